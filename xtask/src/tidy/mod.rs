//! `cargo xtask tidy`: what neither compiler nor linter checks.

mod circles;
mod floors;

use std::{
    error::Error,
    fmt, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use crate::{Outcome, talk};

/// Longer files have more than one subject.
const LINES_MAX: usize = 800;

/// What a finished line does not say. Written in halves, lest this file find itself.
const FORBIDDEN: [(&str, &str); 6] = [
    ("to", "do!("),
    ("unimpl", "emented!("),
    ("TO", "DO"),
    ("FIX", "ME"),
    ("XX", "X"),
    ("for ", "now,"),
];

/// Where only somebody's own machine has anything.
const MACHINE_PATHS: [(&str, &str); 4] = [("/ro", "ot/"), ("/ho", "me/"), ("/wo", "rk/"), ("/Use", "rs/")];

/// What has no place in a state machine or a codec. Addresses have: they are values.
const IMPURE: [&str; 7] = [
    "tokio",
    "TcpListener",
    "TcpStream",
    "ToSocketAddrs",
    "UdpSocket",
    "Instant::now",
    "SystemTime::now",
];

/// Folders without sockets and clocks, and what is excepted in each.
const PURE: [(&str, &[&str]); 3] = [
    ("protocol/src", &[]),
    (
        "kafka-client/src",
        &[
            "kafka-client/src/io",
            "kafka-client/src/client",
            "kafka-client/src/lib.rs",
            // A provider of tokens as users write them: `io` calls it, and a token says when it was issued.
            "kafka-client/src/config/unsecured.rs",
        ],
    ),
    (
        "kafka-sandbox/src",
        &[
            "kafka-sandbox/src/shell",
            "kafka-sandbox/src/builder",
            "kafka-sandbox/src/sandbox.rs",
            "kafka-sandbox/src/lib.rs",
            // It measures.
            "kafka-sandbox/src/log/tests/speed.rs",
        ],
    ),
];

/// Pages that lead through the tree.
const PAGES: [&str; 2] = ["ARCHITECTURE.md", "README.md"];

/// A place in the tree and what is wrong there.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    file: PathBuf,
    line: usize,
    what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.what)
    }
}

pub(crate) fn run() -> Outcome {
    let findings = check(&workspace())?;
    for finding in &findings {
        talk::data(finding);
    }
    match findings.len() {
        0 => Ok(ExitCode::SUCCESS),
        count => Err(format!("{count} findings").into()),
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn check(root: &Path) -> Result<Vec<Finding>, Box<dyn Error>> {
    let mut findings = Vec::new();
    for file in tracked(root)? {
        if file.ends_with("src/lib.rs") || file.ends_with("src/main.rs") {
            findings.extend(circles::check_crate(root, &file));
        }
        // What is not text is data; a file that Git still lists may be gone from the folder.
        let Ok(text) = fs::read_to_string(root.join(&file)) else {
            continue;
        };
        findings.extend(check_file(&file, &text));
    }
    for page in PAGES {
        findings.extend(check_paths(root, Path::new(page)));
    }
    Ok(findings)
}

/// Returns every file of the project: what Git tracks, and what it would if it were added.
fn tracked(root: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let listing = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()?;
    if !listing.status.success() {
        return Err(format!(
            "git ls-files: {}",
            String::from_utf8_lossy(&listing.stderr).trim()
        )
        .into());
    }
    let names = String::from_utf8(listing.stdout)?;
    Ok(names
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .collect())
}

fn check_file(file: &Path, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |line, what| {
        findings.push(Finding {
            file: file.to_owned(),
            line,
            what,
        })
    };
    let is_source = file
        .extension()
        .is_some_and(|extension| extension == "rs" || extension == "java");
    if is_source && text.lines().count() > LINES_MAX {
        find(LINES_MAX, format!("the file is longer than {LINES_MAX} lines"));
    }
    let pure = is_source && is_pure(file);
    for (number, line) in (1..).zip(text.lines()) {
        for (left, right) in MACHINE_PATHS {
            if names_path(line, &format!("{left}{right}")) {
                find(number, format!("`{left}{right}` is a path of some machine"));
            }
        }
        if !is_source {
            continue;
        }
        for (left, right) in FORBIDDEN {
            if contains_word(line, &format!("{left}{right}")) {
                find(
                    number,
                    format!("`{left}{right}` is not what a finished line says"),
                );
            }
        }
        let is_comment = line.trim_start().starts_with("//");
        for (module, other) in floors::imports_from_above(file, line)
            .into_iter()
            .filter(|_| !is_comment)
        {
            find(
                number,
                format!("`{module}` imports from `{other}`, which is not below it"),
            );
        }
        for word in IMPURE.iter().filter(|_| pure && !is_comment) {
            if contains_word(line, word) {
                find(number, format!("`{word}` in a module without sockets and clocks"));
            }
        }
    }
    findings
}

fn is_pure(file: &Path) -> bool {
    PURE.iter().any(|(folder, exceptions)| {
        file.starts_with(folder) && !exceptions.iter().any(|exception| file.starts_with(exception))
    })
}

/// Finds what does not stand inside a longer word.
fn contains_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !joins(before) && (!joins(after) || word.ends_with('('))
    })
}

/// Finds an absolute path, which begins a word: the same letters inside a relative path or an address are none.
fn names_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "._-~/}".contains(c))
    })
}

/// Finds the paths in a page's code spans that do not exist.
fn check_paths(root: &Path, page: &Path) -> Vec<Finding> {
    let Ok(text) = fs::read_to_string(root.join(page)) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for span in line
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|span| looks_like_path(span))
        {
            if !root.join(span.trim_end_matches('/')).exists() {
                let what = format!("`{span}` does not exist");
                findings.push(Finding {
                    file: page.to_owned(),
                    line: number,
                    what,
                });
            }
        }
    }
    findings
}

fn looks_like_path(span: &str) -> bool {
    let is_path_character = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    let has_extension = [".rs", ".md", ".toml", ".java"]
        .iter()
        .any(|extension| span.ends_with(extension));
    (span.contains('/') || has_extension) && !span.starts_with('/') && span.chars().all(is_path_character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(file: &str, text: &str) -> Vec<String> {
        check_file(Path::new(file), text)
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    #[test]
    fn the_workspace_is_tidy() {
        let findings = check(&workspace()).unwrap();
        let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "\n{}", lines.join("\n"));
    }

    #[test]
    fn long_files_are_found() {
        assert!(whats("a.rs", &"\n".repeat(LINES_MAX)).is_empty());
        assert_eq!(whats("a.rs", &"\n".repeat(LINES_MAX + 1)).len(), 1);
        assert!(whats("data.txt", &"\n".repeat(LINES_MAX + 1)).is_empty());
    }

    #[test]
    fn machine_paths_are_found_where_they_begin() {
        for (left, right) in MACHINE_PATHS {
            assert_eq!(whats("a.md", &format!("see {left}{right}x")).len(), 1);
            assert!(whats("a.md", &format!("see ../net{left}{right}x")).is_empty());
        }
    }

    #[test]
    fn unfinished_lines_are_found() {
        for (left, right) in FORBIDDEN {
            assert_eq!(
                whats("a.rs", &format!("    // {left}{right} x")).len(),
                1,
                "{left}{right}"
            );
        }
        assert!(whats("a.rs", "TOPOLOGY and mktodo_list").is_empty());
    }

    #[test]
    fn sockets_and_clocks_are_found_outside_their_place() {
        let line = "use tokio::time::sleep;";
        assert_eq!(whats("kafka-client/src/produce/mod.rs", line).len(), 1);
        assert_eq!(whats("protocol/src/lib.rs", "let t = Instant::now();").len(), 1);
        assert!(whats("kafka-client/src/io/mod.rs", line).is_empty());
        assert!(whats("kafka-client/src/client/mod.rs", line).is_empty());
        assert!(whats("kafka-cli/src/main.rs", line).is_empty());
        assert!(whats("protocol/src/lib.rs", "//! No tokio here.").is_empty());
        assert!(whats("protocol/src/lib.rs", "use std::net::SocketAddr;").is_empty());
    }

    #[test]
    fn paths_that_a_page_names_must_exist() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("here")).unwrap();
        fs::write(
            root.path().join("page.md"),
            "`here/` `there/x.rs` `fn main()` `a/b c` `gone.md`",
        )
        .unwrap();
        let findings = check_paths(root.path(), Path::new("page.md"));
        let whats: Vec<_> = findings.into_iter().map(|finding| finding.what).collect();
        assert_eq!(whats, ["`there/x.rs` does not exist", "`gone.md` does not exist"]);
    }
}
