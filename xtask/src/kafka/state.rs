//! The cluster that runs in the background, as files tell of it.

use std::{
    error::Error,
    fs::{self, File, TryLockError},
    io,
    net::TcpStream,
    path::PathBuf,
    process::Command,
    thread,
    time::{Duration, Instant},
};

/// How long ending a cluster may take.
const END_PATIENCE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Where the background process leaves word of itself: a lock that it holds while it lives, a log, and, once the
/// cluster is ready, its address.
pub(crate) struct Place {
    folder: PathBuf,
}

/// A cluster in the background.
pub(crate) struct Running {
    pid: u32,
    bootstrap: String,
    description: String,
    place: Place,
}

impl Place {
    /// Returns the place of the cluster of a name.
    pub(crate) fn of(name: &str) -> Self {
        Self {
            folder: real_kafka::cache_folder().join("up").join(name),
        }
    }

    /// Makes this process the one in the background, for as long as the value lives.
    ///
    /// Returns `None` if there is one already.
    pub(crate) fn occupy(&self) -> io::Result<Option<File>> {
        fs::create_dir_all(&self.folder)?;
        let lock = File::options()
            .create(true)
            .append(true)
            .open(self.folder.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(lock)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Occupies the place as [`Place::occupy`] does, unless somebody holds it for longer than a look takes.
    pub(crate) fn move_in(&self) -> io::Result<Option<File>> {
        for _ in 0..20 {
            if let Some(lock) = self.occupy()? {
                return Ok(Some(lock));
            }
            thread::sleep(LOOK_EVERY);
        }
        Ok(None)
    }

    /// Returns whether somebody has left word that a cluster is ready.
    pub(crate) fn is_announced(&self) -> bool {
        self.state().exists()
    }

    /// Leaves word that the cluster is ready.
    pub(crate) fn announce(&self, bootstrap: &str, description: &str) -> io::Result<()> {
        let scratch = self.folder.join("state.partial");
        fs::write(
            &scratch,
            format!("{}\n{bootstrap}\n{description}", std::process::id()),
        )?;
        fs::rename(scratch, self.state())
    }

    /// Removes what an earlier process left.
    pub(crate) fn clear(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        for path in [self.state(), self.log()] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// Returns the cluster in the background, if there is one and it is ready.
    pub(crate) fn running(self) -> Result<Option<Running>, Box<dyn Error>> {
        // To look is to make the folder, where there is none.
        if !self.folder.exists() || self.occupy()?.is_some() {
            return Ok(None);
        }
        let text = match fs::read_to_string(self.state()) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err("the cluster is still being started: try again in a moment".into());
            }
            Err(error) => return Err(error.into()),
        };
        let mut lines = text.splitn(3, '\n');
        let mut next = || {
            lines
                .next()
                .ok_or_else(|| format!("{} is cut short", self.state().display()))
        };
        let (pid, bootstrap, description) = (next()?.parse()?, next()?.to_owned(), next()?.to_owned());
        Ok(Some(Running {
            pid,
            bootstrap,
            description,
            place: self,
        }))
    }

    fn state(&self) -> PathBuf {
        self.folder.join("state")
    }
}

impl Running {
    pub(crate) fn bootstrap(&self) -> &str {
        &self.bootstrap
    }

    pub(crate) fn description(&self) -> &str {
        &self.description
    }

    /// Ends the cluster and returns when nothing listens on its port any more.
    pub(crate) fn end(&self) -> Result<(), Box<dyn Error>> {
        // The process is alive, for it holds the lock, so the number is still its own.
        let status = Command::new("kill").arg(self.pid.to_string()).status()?;
        if !status.success() {
            return Err(format!("process {} could not be ended", self.pid).into());
        }
        let deadline = Instant::now() + END_PATIENCE;
        let first = self.bootstrap.split(',').next().unwrap_or_default();
        while self.place.occupy()?.is_none() || TcpStream::connect(first).is_ok() {
            if Instant::now() > deadline {
                return Err(format!("the cluster at {first} did not end within {END_PATIENCE:?}").into());
            }
            thread::sleep(LOOK_EVERY);
        }
        Ok(fs::remove_dir_all(&self.place.folder)?)
    }
}
