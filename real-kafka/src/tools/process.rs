//! A tool in a virtual machine of its own.

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::ChildStdin,
    thread,
    time::{Duration, Instant},
};

use super::machine;
use crate::{
    Distribution, Error,
    guard::{Guard, Process},
    java,
};

const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A tool that runs beside the test. It is killed when this is dropped.
pub struct ToolProcess {
    process: Process,
    stdin: Option<ChildStdin>,
    stdout: PathBuf,
    stderr: PathBuf,
}

impl ToolProcess {
    pub(super) fn start(distribution: &Distribution, class: &str, arguments: &[&str]) -> Result<Self, Error> {
        let guard = Guard::over_new_folder("real-kafka-tool-")?;
        let (stdout, stderr) = (guard.folder().join("stdout"), guard.folder().join("stderr"));
        let mut java = machine::options(distribution, None)?;
        java.push(class.into());
        java.extend(arguments.iter().map(|&argument| argument.into()));
        let create =
            |path: &PathBuf| fs::File::create(path).map_err(Error::io(format!("create {}", path.display())));
        let (out, err) = (create(&stdout)?, create(&stderr)?);
        let mut process = Process::start(&guard, &java::program("java"), &java, out.into(), err.into())?;
        let stdin = process.child().stdin.take();
        Ok(Self {
            process,
            stdin,
            stdout,
            stderr,
        })
    }

    /// Returns what it has printed so far.
    #[must_use]
    pub fn stdout(&self) -> String {
        read(&self.stdout)
    }

    /// Returns what it has printed to standard error so far.
    #[must_use]
    pub fn stderr(&self) -> String {
        read(&self.stderr)
    }

    /// Writes to its standard input.
    ///
    /// # Errors
    /// When it has ended, or its input was closed.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let closed = || Error::Config("the tool's standard input is closed".into());
        let stdin = self.stdin.as_mut().ok_or_else(closed)?;
        stdin
            .write_all(bytes)
            .and_then(|()| stdin.flush())
            .map_err(Error::io("write to a tool"))
    }

    /// Ends its standard input.
    pub fn close_stdin(&mut self) {
        self.stdin = None;
    }

    /// Waits until what it printed satisfies a test, and returns it.
    ///
    /// # Errors
    /// When it ends without, or that takes too long; with all it printed.
    pub fn wait_until(
        &mut self,
        patience: Duration,
        satisfied: impl Fn(&str) -> bool,
    ) -> Result<String, Error> {
        let deadline = Instant::now() + patience;
        loop {
            let ended = self.process.poll_ended()?;
            let stdout = self.stdout();
            if satisfied(&stdout) {
                return Ok(stdout);
            }
            let what = match ended {
                Some(status) => format!("the tool ended with {status}"),
                None if Instant::now() > deadline => {
                    format!("the tool did not get there within {patience:?}")
                }
                None => {
                    thread::sleep(LOOK_EVERY);
                    continue;
                }
            };
            return Err(Error::Failed {
                what,
                output: format!("{stdout}{}", self.stderr()),
            });
        }
    }

    /// Waits for its end and returns its exit code, or `None` if a signal ended it.
    ///
    /// # Errors
    /// When that takes too long; with all it printed.
    pub fn wait_ended(&mut self, patience: Duration) -> Result<Option<i32>, Error> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(status) = self.process.poll_ended()? {
                return Ok(status.code());
            }
            if Instant::now() > deadline {
                let output = format!("{}{}", self.stdout(), self.stderr());
                return Err(Error::Failed {
                    what: format!("the tool did not end within {patience:?} and"),
                    output,
                });
            }
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Asks it to end as Ctrl-C does: a consumer leaves its group.
    ///
    /// # Errors
    /// When it has ended already.
    pub fn interrupt(&mut self) -> Result<(), Error> {
        self.process.signal("INT")
    }

    /// Kills it with SIGKILL.
    ///
    /// # Errors
    /// When the process cannot be reached.
    pub fn kill(&mut self) -> Result<(), Error> {
        self.process.kill()
    }

    /// Freezes it with SIGSTOP.
    ///
    /// # Errors
    /// When it has ended.
    pub fn pause(&mut self) -> Result<(), Error> {
        self.process.signal("STOP")
    }

    /// Lets it go on.
    ///
    /// # Errors
    /// When it has ended.
    pub fn resume(&mut self) -> Result<(), Error> {
        self.process.signal("CONT")
    }
}

fn read(path: &PathBuf) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned()
}
