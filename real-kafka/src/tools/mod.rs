//! Kafka's own command line tools: the oracle that says what happened on a broker.

mod machine;
mod names;
mod output;
mod process;
mod server;

use std::{
    process::Command,
    sync::{Mutex, OnceLock, PoisonError},
    time::Duration,
};

pub use names::class_of;
pub use process::ToolProcess;

use crate::{Distribution, Error, Release, java};
pub use output::ToolOutput;
use server::Server;

/// How long a tool may run unless told otherwise.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs Kafka's tools in a virtual machine that stays: a call costs 1 to 50 ms rather than a second.
///
/// Calls from several threads take turns. A tool that overstays is ended with its machine; the next call gets a new one.
pub struct Tools {
    distribution: Distribution,
    server: Mutex<Option<Server>>,
}

/// Returns the tools of [`Release::TOOLS`], shared by all tests of a process.
///
/// # Errors
/// When the jars cannot be had.
pub fn tools() -> Result<&'static Tools, &'static Error> {
    static TOOLS: OnceLock<Result<Tools, Error>> = OnceLock::new();
    TOOLS.get_or_init(|| Tools::of(Release::TOOLS)).as_ref()
}

impl Tools {
    /// Returns the tools of a release from 4.0 on.
    ///
    /// # Errors
    /// When the jars cannot be had, or no tools were published with the release.
    pub fn of(release: Release) -> Result<Self, Error> {
        if !release.has_tools() {
            return Err(Error::Config(format!(
                "Kafka {} came without tools",
                release.version()
            )));
        }
        Ok(Self {
            distribution: Distribution::obtain(release)?,
            server: Mutex::new(None),
        })
    }

    /// Runs a tool by the name of its script, such as `kafka-topics` (with or without `.sh`), or by its class.
    ///
    /// # Errors
    /// When there is no such tool, or it takes longer than a minute. How the tool itself ends is no error.
    pub fn run(&self, tool: &str, arguments: &[&str]) -> Result<ToolOutput, Error> {
        self.run_with(tool, arguments, b"", PATIENCE)
    }

    /// Runs a tool as [`Tools::run`] does, with bytes on its standard input and a limit of its own.
    ///
    /// # Errors
    /// As [`Tools::run`].
    pub fn run_with(
        &self,
        tool: &str,
        arguments: &[&str],
        stdin: &[u8],
        patience: Duration,
    ) -> Result<ToolOutput, Error> {
        let class = class_of(tool)?;
        // A call that panicked left no half-written request: it holds the server only while it waits.
        let mut server = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        let mut running = match server.take() {
            Some(running) => running,
            None => Server::start(&self.distribution)?,
        };
        let output = running.call(&class, arguments, stdin, patience)?;
        *server = Some(running);
        Ok(output)
    }

    /// Starts a tool that keeps running beside the test, such as a console consumer, in a machine of its own.
    ///
    /// # Errors
    /// When there is no such tool or Java does not start.
    pub fn spawn(&self, tool: &str, arguments: &[&str]) -> Result<ToolProcess, Error> {
        ToolProcess::start(&self.distribution, &class_of(tool)?, arguments)
    }

    /// Returns a command that runs a tool by itself, with this process's input and output.
    ///
    /// # Errors
    /// When there is no such tool.
    pub fn command(&self, tool: &str) -> Result<Command, Error> {
        let class = class_of(tool)?;
        let mut command = Command::new(java::program("java"));
        command
            .args(machine::options(&self.distribution, None)?)
            .arg(class);
        Ok(command)
    }

    /// Returns the jars the tools run from.
    #[must_use]
    pub fn distribution(&self) -> &Distribution {
        &self.distribution
    }
}

impl ToolOutput {
    /// Returns standard output if the tool ended with 0.
    ///
    /// # Errors
    /// [`Error::Failed`] with all it printed.
    pub fn success(self) -> Result<String, Error> {
        if self.code == 0 {
            return Ok(self.stdout);
        }
        let output = format!("{}{}", self.stdout, self.stderr);
        Err(Error::Failed {
            what: format!("the tool (exit code {})", self.code),
            output,
        })
    }
}
