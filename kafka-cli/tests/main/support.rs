//! How the tests run kafkactl.

use std::{
    ffi::OsStr,
    io::{Read, Write},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::{Arc, Condvar, Mutex},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use real_kafka::{KafkaCluster, tools};
use serde_json::Value;

/// How long a command may take, on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// kafkactl as it is called against one cluster, with no configuration but what a test gives it.
#[derive(Clone)]
pub(crate) struct Kafkactl {
    before: Vec<String>,
    variables: Vec<(String, String)>,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code; none when a signal killed it.
    pub(crate) code: Option<i32>,
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
    pub(crate) took: Duration,
}

/// kafkactl without a cluster.
pub(crate) fn kafkactl() -> Kafkactl {
    Kafkactl {
        before: Vec::new(),
        variables: Vec::new(),
    }
}

/// kafkactl against this cluster's first listener.
pub(crate) fn on(cluster: &KafkaCluster) -> Kafkactl {
    at(&cluster.bootstrap())
}

/// kafkactl against these brokers.
pub(crate) fn at(bootstrap: &str) -> Kafkactl {
    kafkactl().with(&["-b", bootstrap])
}

/// kafkactl against the broker that all tests share.
pub(crate) fn shared() -> Kafkactl {
    on(real_kafka::shared().unwrap())
}

impl Kafkactl {
    /// Puts arguments before those of each command.
    pub(crate) fn with(mut self, arguments: &[&str]) -> Self {
        self.before
            .extend(arguments.iter().map(|&argument| argument.to_owned()));
        self
    }

    /// Sets an environment variable.
    pub(crate) fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.variables
            .push((name.to_owned(), value.as_ref().to_str().unwrap().to_owned()));
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kafkactl"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KAFKACTL_")) {
            command.env_remove(name);
        }
        // Nobody's own files: neither this user's nor this folder's.
        for name in [
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "XDG_DATA_HOME",
            "CLICOLOR_FORCE",
        ] {
            command.env_remove(name);
        }
        command
            .env("HOME", "/nonexistent")
            .current_dir("/")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .args(&self.before)
            .args(arguments);
        command
    }

    /// Starts a command, its input open.
    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = Stream::of(child.stdout.take().unwrap());
        let err = Stream::of(child.stderr.take().unwrap());
        Running {
            input: child.stdin.take(),
            what: arguments.join(" "),
            started: Instant::now(),
            child,
            out,
            err,
        }
    }

    /// Runs a command with nothing on its standard input.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.feed(arguments, b"")
    }

    /// Runs a command with this on its standard input.
    pub(crate) fn feed(&self, arguments: &[&str], input: &[u8]) -> Ended {
        let mut running = self.start(arguments);
        // A command that does not read to the end closes the pipe, which is its right.
        let _ = running.input.as_mut().unwrap().write_all(input);
        running.end()
    }

    /// Runs a command that must end with 0 and returns what it printed.
    #[track_caller]
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        self.run(arguments).ok()
    }

    /// As [`Kafkactl::ok`], for JSON.
    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.ok(&[arguments, &["-o", "json"]].concat())).unwrap()
    }

    /// Runs a command that must end with this code and returns what it said on stderr; nothing is on stdout.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!(
            (ended.code, ended.text().as_str()),
            (Some(code), ""),
            "{arguments:?}: {ended:?}"
        );
        ended.err
    }

    /// Creates a topic with more flags.
    #[track_caller]
    pub(crate) fn create(&self, topic: &str, flags: &[&str]) {
        self.ok(&[&["topics", "create", topic], flags].concat());
    }

    /// Writes lines to a topic.
    #[track_caller]
    pub(crate) fn produce(&self, topic: &str, lines: &str, flags: &[&str]) {
        self.feed(&[&["produce", topic], flags].concat(), lines.as_bytes())
            .ok();
    }

    /// Reads a topic to its end.
    #[track_caller]
    pub(crate) fn consume(&self, topic: &str, flags: &[&str]) -> String {
        self.ok(&[&["consume", topic, "--from-beginning", "--exit"], flags].concat())
    }

    /// Reads a topic until it holds so many records, one a line.
    #[track_caller]
    pub(crate) fn wait_consumed(&self, topic: &str, count: usize) -> String {
        let started = Instant::now();
        loop {
            let text = self.consume(topic, &[]);
            if text.lines().count() == count {
                return text;
            }
            assert!(started.elapsed() < PATIENCE, "{topic}: {}", text.lines().count());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until a command's JSON satisfies a condition.
    #[track_caller]
    pub(crate) fn wait_json(&self, arguments: &[&str], satisfied: impl Fn(&Value) -> bool) -> Value {
        let started = Instant::now();
        loop {
            let ended = self.run(&[arguments, &["-o", "json"]].concat());
            if let Ok(found) = serde_json::from_slice(&ended.out)
                && satisfied(&found)
            {
                return found;
            }
            assert!(started.elapsed() < PATIENCE, "{arguments:?}: {ended:?}");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Ended {
    /// What it printed on stdout, as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    /// Standard output, if it ended with 0.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.text()
    }

    /// Standard output, if it ended with this code.
    #[track_caller]
    pub(crate) fn failed_with_output(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self:?}");
        self.text()
    }

    /// Standard error, if it ended with this code.
    #[track_caller]
    pub(crate) fn failed(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self:?}");
        self.err
    }
}

/// A command that runs beside the test; it is killed when this is dropped.
pub(crate) struct Running {
    pub(crate) input: Option<ChildStdin>,
    what: String,
    started: Instant,
    child: Child,
    out: Stream,
    err: Stream,
}

impl Running {
    /// Waits until what it printed satisfies a condition, and returns that.
    #[track_caller]
    pub(crate) fn wait_out(&self, satisfied: impl Fn(&str) -> bool) -> String {
        match self.out.wait(satisfied) {
            Ok(text) => text,
            Err(text) => panic!("{}: {text}{}", self.what, self.err.text()),
        }
    }

    /// As [`Running::wait_out`], for standard error.
    #[track_caller]
    pub(crate) fn wait_err(&self, satisfied: impl Fn(&str) -> bool) -> String {
        match self.err.wait(satisfied) {
            Ok(text) => text,
            Err(text) => panic!("{}: {text}{}", self.what, self.out.text()),
        }
    }

    /// Sends it a signal, such as `INT`.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let status = Command::new("kill").args([&format!("-{name}"), &pid]).status();
        assert!(status.unwrap().success(), "kill -{name} {pid}");
    }

    /// Closes its standard input and waits for its end.
    #[track_caller]
    pub(crate) fn end(mut self) -> Ended {
        drop(self.input.take());
        let status = self.wait();
        Ended {
            code: status.code(),
            took: self.started.elapsed(),
            out: self.out.whole(),
            err: String::from_utf8_lossy(&self.err.whole()).into_owned(),
        }
    }

    #[track_caller]
    fn wait(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            if Instant::now() > deadline {
                let _ = self.child.kill();
                panic!(
                    "`{}` does not end: {}{}",
                    self.what,
                    self.out.text(),
                    self.err.text()
                );
            }
            thread::sleep(LOOK_EVERY);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came out of a pipe, and whether that is all.
type Come = (Vec<u8>, bool);

/// What comes out of a pipe, read as it comes.
struct Stream {
    shared: Arc<(Mutex<Come>, Condvar)>,
    reader: Option<JoinHandle<()>>,
}

impl Stream {
    fn of(mut pipe: impl Read + Send + 'static) -> Self {
        let shared = Arc::new((Mutex::new((Vec::new(), false)), Condvar::new()));
        let ours = Arc::clone(&shared);
        let reader = thread::spawn(move || {
            let mut buffer = vec![0; 64 * 1024];
            loop {
                let count = pipe.read(&mut buffer).unwrap_or(0);
                let mut read = ours.0.lock().unwrap();
                read.0.extend_from_slice(&buffer[..count]);
                read.1 = count == 0;
                ours.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        Self {
            shared,
            reader: Some(reader),
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.shared.0.lock().unwrap().0).into_owned()
    }

    fn wait(&self, satisfied: impl Fn(&str) -> bool) -> Result<String, String> {
        let deadline = Instant::now() + PATIENCE;
        let mut read = self.shared.0.lock().unwrap();
        loop {
            let text = String::from_utf8_lossy(&read.0).into_owned();
            if satisfied(&text) {
                return Ok(text);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if read.1 || left.is_zero() {
                return Err(text);
            }
            read = self.shared.1.wait_timeout(read, left).unwrap().0;
        }
    }

    /// All of it, once the writer is gone.
    fn whole(&mut self) -> Vec<u8> {
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        std::mem::take(&mut self.shared.0.lock().unwrap().0)
    }
}

/// Runs one of Kafka's own tools, which must end with 0, and returns what it printed.
#[track_caller]
pub(crate) fn tool(name: &str, bootstrap: &str, arguments: &[&str]) -> String {
    let arguments = [&["--bootstrap-server", bootstrap], arguments].concat();
    let ended = tools().unwrap().run(name, &arguments).unwrap();
    assert_eq!(ended.code, 0, "{name} {arguments:?}: {ended:?}");
    ended.stdout
}

/// A file that lives as long as this.
pub(crate) fn file(content: impl AsRef<[u8]>) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(content.as_ref()).unwrap();
    file
}

/// The path of a file, as an argument.
pub(crate) fn path(file: &tempfile::NamedTempFile) -> &str {
    file.path().to_str().unwrap()
}

/// Lines that are numbered from 1 on.
pub(crate) fn numbered(prefix: &str, count: usize) -> String {
    (1..=count).map(|number| format!("{prefix}{number}\n")).collect()
}

/// The lines of a text in order.
pub(crate) fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}
