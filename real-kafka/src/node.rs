//! One process of a cluster: a broker (with its controller) or ZooKeeper.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::{
    Error,
    guard::{Guard, Process},
    java,
    ports::Port,
    security::Security,
};

/// How long a node may take to start. It takes two seconds on an idle machine; tests run on busy ones.
pub(crate) const START_PATIENCE: Duration = Duration::from_secs(120);
/// How long a node may take to end in order before it is killed.
const STOP_PATIENCE: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(20);
const LOG_TAIL_LINES: usize = 40;
const ERROR_LINES: usize = 5;

/// The ports of one broker.
#[derive(Debug)]
pub(crate) struct Ports {
    pub(crate) internal: Port,
    pub(crate) controller: Port,
    pub(crate) listeners: BTreeMap<Security, Port>,
}

/// How to start a node.
#[derive(Clone, Debug)]
pub(crate) struct Launch {
    /// Options and class path of the virtual machine, main class and its arguments.
    pub(crate) java: Vec<String>,
    /// What the log says when the node serves.
    pub(crate) ready: String,
}

/// A process with a log of its own.
pub(crate) struct Node {
    name: String,
    guard: Arc<Guard>,
    launch: Launch,
    log: PathBuf,
    process: Option<Process>,
    /// Where the log of the running process begins.
    log_begin: u64,
}

impl Node {
    pub(crate) fn new(name: String, guard: &Arc<Guard>, launch: Launch, log: PathBuf) -> Self {
        Self {
            name,
            guard: Arc::clone(guard),
            launch,
            log,
            process: None,
            log_begin: 0,
        }
    }

    /// Starts the process without waiting for it.
    pub(crate) fn launch(&mut self) -> Result<(), Error> {
        self.log_begin = fs::metadata(&self.log).map_or(0, |log| log.len());
        let java = java::program("java");
        self.process = Some(Process::start_logged(
            &self.guard,
            &java,
            &self.launch.java,
            &self.log,
        )?);
        Ok(())
    }

    /// Waits until the log says that the process serves.
    pub(crate) fn wait_started(&mut self) -> Result<(), Error> {
        let deadline = Instant::now() + START_PATIENCE;
        loop {
            let ended = match &mut self.process {
                Some(process) => process.poll_ended()?,
                None => return Err(self.failed("is not running")),
            };
            // A process that fails writes why before it ends, so its end is looked at first.
            let log = self.log_since_launch();
            if log.contains(&self.launch.ready) {
                return Ok(());
            }
            if let Some(status) = ended {
                // Until a lost session ends, ZooKeeper takes a node that comes back for its own ghost.
                if log.contains("NodeExistsException") && Instant::now() < deadline {
                    thread::sleep(Duration::from_millis(500));
                    self.launch()?;
                    continue;
                }
                return Err(self.failed(&format!("ended with {status}")));
            }
            if Instant::now() > deadline {
                return Err(self.failed(&format!("was not ready within {} s", START_PATIENCE.as_secs())));
            }
            thread::sleep(LOOK_EVERY);
        }
    }

    pub(crate) fn is_running(&mut self) -> Result<bool, Error> {
        match &mut self.process {
            Some(process) => Ok(process.poll_ended()?.is_none()),
            None => Ok(false),
        }
    }

    pub(crate) fn pid(&self) -> Option<u32> {
        self.process.as_ref().map(Process::pid)
    }

    /// Kills the process at once.
    pub(crate) fn kill(&mut self) -> Result<(), Error> {
        match self.process.take() {
            Some(mut process) => process.kill(),
            None => Ok(()),
        }
    }

    /// Asks the process to end, without waiting for it.
    pub(crate) fn ask_to_stop(&mut self) -> Result<(), Error> {
        if self.is_running()? {
            self.signal("TERM")
        } else {
            Ok(())
        }
    }

    /// Waits for the end of a process that was asked for it, and kills it if that takes too long.
    pub(crate) fn wait_stopped(&mut self) -> Result<(), Error> {
        let deadline = Instant::now() + STOP_PATIENCE;
        while self.is_running()? && Instant::now() < deadline {
            thread::sleep(LOOK_EVERY);
        }
        self.kill()
    }

    pub(crate) fn signal(&mut self, name: &str) -> Result<(), Error> {
        match &mut self.process {
            Some(process) => process.signal(name),
            None => Err(Error::Config(format!(
                "{} is not running and takes no SIG{name}",
                self.name
            ))),
        }
    }

    pub(crate) fn log(&self) -> &Path {
        &self.log
    }

    /// Returns the last lines of the log.
    pub(crate) fn log_tail(&self) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        java::tail(&String::from_utf8_lossy(&log), LOG_TAIL_LINES)
    }

    /// Returns what the running process, or the last one, logged: its first error and its last lines.
    ///
    /// An orderly shutdown may bury the error that caused it.
    fn log_of_failure(&self) -> String {
        let log = self.log_since_launch();
        let tail = java::tail(&log, LOG_TAIL_LINES);
        let is_error = |line: &&str| line.contains("] ERROR ") || line.contains("] FATAL ");
        match log.lines().find(is_error) {
            Some(first) if !tail.contains(first) => {
                let about: Vec<_> = log
                    .lines()
                    .skip_while(|line| *line != first)
                    .take(ERROR_LINES)
                    .collect();
                format!("{}\n...\n{tail}", about.join("\n"))
            }
            _ => tail,
        }
    }

    fn log_since_launch(&self) -> String {
        let mut bytes = Vec::new();
        if let Ok(mut log) = File::open(&self.log)
            && log.seek(SeekFrom::Start(self.log_begin)).is_ok()
        {
            // What cannot be read now will be at the next look.
            let _ = log.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    pub(crate) fn failed(&self, why: &str) -> Error {
        Error::Start {
            node: self.name.clone(),
            why: why.into(),
            log: self.log_of_failure(),
            path: self.log.clone(),
        }
    }
}

/// Takes a node's lock even if a test panicked while it held it: what it guards stays usable.
pub(crate) fn lock(node: &Mutex<Node>) -> MutexGuard<'_, Node> {
    node.lock().unwrap_or_else(PoisonError::into_inner)
}
