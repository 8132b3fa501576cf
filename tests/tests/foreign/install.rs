//! Where the clients come from: once per machine, in pinned versions, kept beside Kafka's jars.
//!
//! | client | what has to be there | where it is put |
//! |---|---|---|
//! | confluent-kafka, kafka-python | Python from 3.10 on with `venv` and `pip` | a virtual environment of its own |
//! | kcat | Debian's `apt-get` and `dpkg`, or kcat on the PATH | unpacked, not installed; so it needs no root |

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use super::program::{existing, run, tell};

/// The clients, and the codecs of kafka-python.
const REQUIREMENTS: [&str; 5] = [
    "confluent-kafka==2.16.1",
    "kafka-python==3.0.12",
    "lz4==4.4.5",
    "python-snappy==0.7.3",
    "zstandard==0.25.0",
];

/// kcat and what it needs of what a Debian has not got anyway. Its release decides the versions: bookworm has kcat 1.7.1
/// over librdkafka 2.0.2.
const PACKAGES: [&str; 3] = ["kcat", "librdkafka1", "libyajl2"];

/// How long fetching may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// Returns a Python with the clients.
///
/// # Errors
///
/// Why there is none.
pub(super) fn python() -> Result<&'static Path, &'static str> {
    static PYTHON: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let python = PYTHON.get_or_init(|| {
        let folder = installed("python", &REQUIREMENTS.join("\n"), |folder| {
            let venv = ["-m", "venv", "--clear"];
            command(Command::new("python3").args(venv).arg(folder))?;
            let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
            command(
                Command::new(folder.join("bin/python"))
                    .args(pip)
                    .args(REQUIREMENTS),
            )
        })?;
        Ok(folder.join("bin/python"))
    });
    python.as_deref().map_err(String::as_str)
}

/// kcat, and where its libraries are.
pub(super) struct Kcat {
    program: PathBuf,
    libraries: Option<PathBuf>,
}

impl Kcat {
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        if let Some(libraries) = &self.libraries {
            command.env("LD_LIBRARY_PATH", libraries);
        }
        command
    }
}

/// Returns kcat: that of the PATH, or Debian's.
///
/// # Errors
///
/// Why there is none.
pub(super) fn kcat() -> Result<&'static Kcat, &'static str> {
    static KCAT: OnceLock<Result<Kcat, String>> = OnceLock::new();
    let kcat = KCAT.get_or_init(|| {
        let on_path = Kcat {
            program: "kcat".into(),
            libraries: None,
        };
        if command(on_path.command().arg("-V")).is_ok() {
            return Ok(on_path);
        }
        let folder = installed("kcat", &PACKAGES.join("\n"), |folder| {
            fs::create_dir_all(folder).map_err(|error| format!("create {}: {error}", folder.display()))?;
            if download(folder).is_err() {
                // A fresh machine knows no packages yet; without root this fails, and the download tells what is missing.
                let _ = command(Command::new("apt-get").args(["update", "-qq"]));
                download(folder)?;
            }
            for package in entries(folder)? {
                command(Command::new("dpkg").arg("-x").args([&package, folder]))?;
            }
            Ok(())
        })?;
        let libraries = entries(&folder.join("usr/lib"))?
            .into_iter()
            .find_map(|folder| existing(&folder.join("librdkafka.so.1")))
            .and_then(|library| Some(library.parent()?.to_owned()));
        let kcat = Kcat {
            program: folder.join("usr/bin/kcat"),
            libraries,
        };
        command(kcat.command().arg("-V"))?;
        Ok(kcat)
    });
    kcat.as_ref().map_err(String::as_str)
}

fn download(folder: &Path) -> Result<(), String> {
    // As root apt would hand the download over to a user who may not write here.
    let options = ["-qq", "-o", "APT::Sandbox::User=root", "download"];
    command(
        Command::new("apt-get")
            .current_dir(folder)
            .args(options)
            .args(PACKAGES),
    )
}

fn command(command: &mut Command) -> Result<(), String> {
    let what = format!("{command:?}");
    let ended = run(command, b"", PATIENCE)?;
    ended.success().map(drop).map_err(|why| format!("{what}: {why}"))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let told = |error: std::io::Error| format!("read {}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(told)?;
    entries.map(|entry| Ok(entry.map_err(told)?.path())).collect()
}

/// Returns the folder of a client once it is whole, in whichever process that happens.
///
/// Python's environments cannot be moved, so it is made in its place; a file that says what is in it comes last.
fn installed(
    name: &str,
    contents: &str,
    make: impl FnOnce(&Path) -> Result<(), String>,
) -> Result<PathBuf, String> {
    let all = real_kafka::cache_folder().join("clients");
    let folder = all.join(name);
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&all).map_err(told)?;
    let lock = File::create(all.join(format!("{name}.lock"))).map_err(told)?;
    lock.lock().map_err(told)?;
    let whole = all.join(format!("{name}.whole"));
    if fs::read_to_string(&whole).is_ok_and(|have| have == contents) {
        return Ok(folder);
    }
    tell(&format!("installing {}, once ...", contents.replace('\n', ", ")));
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(told)?;
    }
    make(&folder)?;
    fs::write(&whole, contents).map_err(told)?;
    Ok(folder)
}
