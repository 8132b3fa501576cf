//! The Java and Maven programs of this machine.

use std::{
    ffi::OsString,
    io,
    path::Path,
    process::{Command, Output, Stdio},
    sync::OnceLock,
};

use crate::Error;

const JAVA_REMEDY: &str =
    "install a JDK, version 17 or newer, and put its java and javac on the PATH or in JAVA_HOME";
const MAVEN_REMEDY: &str = "install Apache Maven and put mvn on the PATH";

/// Returns why no real Kafka can be started here, or `None` if one can.
///
/// The programs are looked for once per process.
#[must_use]
pub fn unavailable_reason() -> Option<&'static str> {
    static REASON: OnceLock<Option<String>> = OnceLock::new();
    REASON
        .get_or_init(|| {
            let missing = check_java().and_then(|()| check_maven());
            missing.err().map(|error| error.to_string())
        })
        .as_deref()
}

/// Returns the path or name of a program of the JDK, such as `java`: in `JAVA_HOME` if that is set, else on the PATH.
#[must_use]
pub fn program(name: &str) -> OsString {
    match std::env::var_os("JAVA_HOME").filter(|home| !home.is_empty()) {
        Some(home) => Path::new(&home).join("bin").join(name).into_os_string(),
        None => name.into(),
    }
}

/// Returns a text that changes with the virtual machine: class archives fit only the one that made them.
pub(crate) fn identity() -> Result<&'static str, Error> {
    static IDENTITY: OnceLock<Option<String>> = OnceLock::new();
    IDENTITY
        .get_or_init(|| {
            let output = Command::new(program("java")).arg("-version").output().ok()?;
            output
                .status
                .success()
                .then(|| String::from_utf8_lossy(&output.stderr).into_owned())
        })
        .as_deref()
        .ok_or_else(|| Error::Missing {
            what: "java does not run".into(),
            remedy: JAVA_REMEDY,
        })
}

fn check_java() -> Result<(), Error> {
    let major = major_version(identity()?);
    if major.is_none_or(|major| major < 17) {
        let first_line = identity()?.lines().next().unwrap_or_default();
        return Err(Error::Missing {
            what: format!("java is too old ({first_line})"),
            remedy: JAVA_REMEDY,
        });
    }
    require(&program("javac"), "javac is missing", JAVA_REMEDY)
}

fn check_maven() -> Result<(), Error> {
    require(&OsString::from("mvn"), "mvn is missing", MAVEN_REMEDY)
}

/// Looks for a program without running it: Maven takes half a second to tell its version.
fn require(program: &OsString, what: &str, remedy: &'static str) -> Result<(), Error> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    // An absolute path, as JAVA_HOME makes, stays itself when it is joined to a folder.
    if std::env::split_paths(&path).any(|folder| folder.join(program).is_file()) {
        return Ok(());
    }
    Err(Error::Missing {
        what: what.into(),
        remedy,
    })
}

/// Reads the 17 of `openjdk version "17.0.15"`; the 1 of `1.8.0` is old enough to say so.
fn major_version(banner: &str) -> Option<u32> {
    let quoted = banner.split('"').nth(1)?;
    quoted.split(['.', '-', '+']).next()?.parse().ok()
}

/// Runs a program to its end.
pub(crate) fn run(what: &str, command: &mut Command, remedy: &'static str) -> Result<Output, Error> {
    let output = match command.stdin(Stdio::null()).output() {
        Ok(output) => output,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Error::Missing {
                what: what.into(),
                remedy,
            });
        }
        Err(source) => {
            return Err(Error::Io {
                what: what.into(),
                source,
            });
        }
    };
    if output.status.success() {
        return Ok(output);
    }
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    Err(Error::Failed {
        what: format!("{what} ({})", output.status),
        output: tail(&text, 40),
    })
}

/// Runs a program of the JDK to its end.
pub(crate) fn run_jdk(what: &str, command: &mut Command) -> Result<Output, Error> {
    run(what, command, JAVA_REMEDY)
}

/// Runs Maven to its end.
pub(crate) fn run_maven(what: &str, command: &mut Command) -> Result<Output, Error> {
    run(what, command, MAVEN_REMEDY)
}

/// Returns the last lines of a text.
pub(crate) fn tail(text: &str, lines: usize) -> String {
    let all: Vec<_> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::major_version;

    #[test]
    fn reads_the_major_version_of_java() {
        assert_eq!(major_version("openjdk version \"17.0.15\" 2025-04-15"), Some(17));
        assert_eq!(major_version("java version \"1.8.0_412\""), Some(1));
        assert_eq!(major_version("openjdk version \"25\" 2025-09-16"), Some(25));
        assert_eq!(major_version("openjdk version \"26-ea\" 2026-03-17"), Some(26));
        assert_eq!(major_version("not java"), None);
    }
}
