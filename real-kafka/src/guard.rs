//! Processes that never outlive us.
//!
//! A test that is killed, or ends while a cluster sits in a static, runs no destructor. So a shell stands guard: it
//! holds the reading end of a pipe whose writing end only this process has. When the pipe closes, for whatever reason,
//! it kills what it was told to watch and removes the folder.

use std::{
    ffi::OsStr,
    fs::File,
    io::Write,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
};

use crate::Error;

/// A process that is killed mid-removal still writes; hence the second and later attempts.
const GUARD: &str = r#"
trap '' INT TERM HUP
pids=
while read -r verb pid; do
    case $verb in
        watch) pids="$pids $pid" ;;
        forget)
            left=
            for other in $pids; do [ "$other" = "$pid" ] || left="$left $other"; done
            pids=$left ;;
    esac
done
for pid in $pids; do kill -9 "$pid"; done
tries=0
until rm -rf -- "$1" || [ $tries -ge 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
"#;

/// Holds its program back until it is being watched: were we killed in between, `read` ends instead.
const HELD_BACK: &str = r#"read -r go && exec "$@""#;

/// A folder and the processes that use it; both go when this is dropped or this process ends, however it ends.
pub(crate) struct Guard {
    folder: PathBuf,
    shell: Child,
    orders: Mutex<Option<ChildStdin>>,
}

impl Guard {
    /// Makes a folder under the system's temporary one and sets the guard over it.
    pub(crate) fn over_new_folder(prefix: &str) -> Result<Arc<Self>, Error> {
        let folder = tempfile::Builder::new()
            .prefix(prefix)
            .tempdir()
            .map_err(Error::io("create a temporary folder"))?
            .keep();
        let mut shell = Command::new("sh")
            .args(["-c", GUARD, "guard"])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C on a terminal goes to a whole process group.
            .process_group(0)
            .spawn()
            .map_err(Error::io("start sh"))?;
        let orders = Mutex::new(shell.stdin.take());
        Ok(Arc::new(Self {
            folder,
            shell,
            orders,
        }))
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    fn order(&self, verb: &str, pid: u32) -> Result<(), Error> {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        match orders.as_mut() {
            Some(pipe) => writeln!(pipe, "{verb} {pid}").map_err(Error::io("give an order to the guard")),
            None => Ok(()),
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        *self.orders.get_mut().unwrap_or_else(PoisonError::into_inner) = None;
        let _ = self.shell.wait();
    }
}

/// A process under guard. Killed when dropped.
pub(crate) struct Process {
    guard: Arc<Guard>,
    child: Child,
    ended: Option<ExitStatus>,
}

impl Process {
    /// Starts a program. Its standard input stays open until [`Process::take_stdin`]'s value is dropped.
    pub(crate) fn start<I, S>(
        guard: &Arc<Guard>,
        program: &OsStr,
        args: I,
        stdout: Stdio,
        stderr: Stdio,
    ) -> Result<Self, Error>
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let child = Command::new("sh")
            .args(["-c", HELD_BACK, "sh"])
            .arg(program)
            .args(args)
            .current_dir(guard.folder())
            .stdin(Stdio::piped())
            .stdout(stdout)
            .stderr(stderr)
            .process_group(0)
            .spawn()
            .map_err(Error::io("start sh"))?;
        let mut process = Self {
            guard: Arc::clone(guard),
            child,
            ended: None,
        };
        guard.order("watch", process.child.id())?;
        if let Some(stdin) = &mut process.child.stdin {
            stdin
                .write_all(b"go\n")
                .map_err(Error::io(format!("start {}", program.display())))?;
        }
        Ok(process)
    }

    /// Starts a program whose output goes to the end of a file.
    pub(crate) fn start_logged<I, S>(
        guard: &Arc<Guard>,
        program: &OsStr,
        args: I,
        log: &Path,
    ) -> Result<Self, Error>
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let open = || File::options().create(true).append(true).open(log);
        let stdout = open().map_err(Error::io(format!("open {}", log.display())))?;
        let stderr = open().map_err(Error::io(format!("open {}", log.display())))?;
        Self::start(guard, program, args, stdout.into(), stderr.into())
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Returns how the process ended, or `None` while it runs.
    pub(crate) fn poll_ended(&mut self) -> Result<Option<ExitStatus>, Error> {
        if self.ended.is_none() {
            self.ended = self.child.try_wait().map_err(Error::io("look after a process"))?;
            if self.ended.is_some() {
                self.guard.order("forget", self.child.id())?;
            }
        }
        Ok(self.ended)
    }

    /// Kills the process with SIGKILL, which ends a stopped one too, and waits until it is gone.
    pub(crate) fn kill(&mut self) -> Result<(), Error> {
        if self.poll_ended()?.is_some() {
            return Ok(());
        }
        self.child.kill().map_err(Error::io("kill a process"))?;
        self.ended = Some(self.child.wait().map_err(Error::io("wait for a process"))?);
        self.guard.order("forget", self.child.id())
    }

    /// Sends a signal by name, such as `STOP`. A process that has ended gets none.
    pub(crate) fn signal(&mut self, name: &str) -> Result<(), Error> {
        if self.poll_ended()?.is_some() {
            return Err(Error::Config(format!(
                "process {} has ended and takes no SIG{name}",
                self.pid()
            )));
        }
        let status = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(self.pid().to_string())
            .status()
            .map_err(Error::io("run kill"))?;
        if status.success() {
            Ok(())
        } else {
            Err(Error::Failed {
                what: format!("kill -{name} {}", self.pid()),
                output: status.to_string(),
            })
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

#[cfg(test)]
mod tests {
    use std::{ffi::OsStr, process::Stdio};

    use super::{Guard, Process};

    fn sleeper(guard: &std::sync::Arc<Guard>) -> Process {
        Process::start(guard, OsStr::new("sleep"), ["1000"], Stdio::null(), Stdio::null()).unwrap()
    }

    #[test]
    fn a_process_ends_when_it_is_dropped_and_the_folder_when_nobody_uses_it() {
        let guard = Guard::over_new_folder("guard-test-").unwrap();
        let folder = guard.folder().to_owned();
        let mut process = sleeper(&guard);
        assert!(process.poll_ended().unwrap().is_none());
        drop(guard);
        assert!(folder.is_dir());
        drop(process);
        assert!(!folder.exists());
    }

    #[test]
    fn a_stopped_process_is_killed_too() {
        let guard = Guard::over_new_folder("guard-test-").unwrap();
        let mut process = sleeper(&guard);
        process.signal("STOP").unwrap();
        process.kill().unwrap();
        assert!(process.signal("CONT").is_err());
        // Twice is not an error.
        process.kill().unwrap();
    }

    #[test]
    fn the_shell_alone_ends_what_it_watches() {
        let guard = Guard::over_new_folder("guard-test-").unwrap();
        let folder = guard.folder().to_owned();
        let mut process = sleeper(&guard);
        // As if this process were gone: the pipe closes and nothing else happens.
        *guard.orders.lock().unwrap() = None;
        while process.poll_ended().unwrap().is_none() || folder.exists() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    }
}
