//! A program with an end.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const LOOK_EVERY: Duration = Duration::from_millis(5);

/// How a program ended.
#[derive(Debug)]
pub(super) struct Ended {
    /// Its exit code; none when a signal ended it.
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
}

impl Ended {
    /// What it printed, if it ended with 0.
    ///
    /// # Errors
    ///
    /// All it printed.
    pub(super) fn success(self) -> Result<String, String> {
        match self.code {
            Some(0) => Ok(self.out),
            code => Err(format!("exit code {code:?}\n{}{}", self.out, self.err)),
        }
    }
}

/// Runs a program with bytes on its standard input. One that overstays is killed.
///
/// # Errors
///
/// When it cannot be started, or had to be killed; with what it printed.
pub(super) fn run(command: &mut Command, stdin: &[u8], patience: Duration) -> Result<Ended, String> {
    let what = format!("{command:?}");
    let told = |error: std::io::Error| format!("{what}: {error}");
    let files = Files::new().map_err(told)?;
    // Files, not pipes: nothing has to read while it writes.
    fs::write(files.path("in"), stdin).map_err(told)?;
    let mut child = command
        .stdin(Stdio::from(File::open(files.path("in")).map_err(told)?))
        .stdout(Stdio::from(File::create(files.path("out")).map_err(told)?))
        .stderr(Stdio::from(File::create(files.path("err")).map_err(told)?))
        .spawn()
        .map_err(told)?;
    let until = Instant::now() + patience;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(told)? {
            break status;
        }
        if Instant::now() > until {
            child.kill().and_then(|()| child.wait().map(drop)).map_err(told)?;
            let (out, err) = (files.text("out"), files.text("err"));
            return Err(format!("{what} took longer than {patience:?}\n{out}{err}"));
        }
        thread::sleep(LOOK_EVERY);
    };
    Ok(Ended {
        code: status.code(),
        out: files.text("out"),
        err: files.text("err"),
    })
}

/// A folder for the streams of one program, which goes with this.
struct Files(PathBuf);

impl Files {
    fn new() -> std::io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let nth = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("foreign-{}-{nth}", std::process::id()));
        fs::create_dir(&path)?;
        Ok(Self(path))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.path(name)).unwrap_or_default()).into_owned()
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        // Left over in the folder for temporary files, it does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Writes to standard error past the capture of a test that passes, as whoever waits should see why.
pub(super) fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Whether there is such a file or folder, as text for [`Command`].
pub(super) fn existing(path: &Path) -> Option<PathBuf> {
    path.exists().then(|| path.to_owned())
}
