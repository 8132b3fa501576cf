//! What every command works with: the settings, the output, the guards.

use std::path::PathBuf;

use crate::cli::GlobalArgs;
use crate::commands::Class;
use crate::contexts::{ConfigFile, Files, Settings};
use crate::error::{CliError, Kind};
use crate::output::Output;

/// What every command works with. Nothing is read before it is needed.
#[derive(Debug)]
pub struct App {
    args: GlobalArgs,
    output: Output,
}

impl App {
    /// Takes the global flags.
    pub fn new(args: GlobalArgs) -> Self {
        let output = args.output();
        Self { args, output }
    }

    /// The door to stdout and stderr.
    pub fn output(&self) -> &Output {
        &self.output
    }

    /// The settings in force.
    pub fn settings(&self) -> Result<Settings, CliError> {
        Settings::resolve(&self.args)
    }

    /// Where the configuration files are.
    pub fn files(&self) -> Result<Files, CliError> {
        Files::find(self.args.config_file.as_deref())
    }

    /// The name of the context in force, if any.
    pub fn context_name(&self, files: &Files, read: &[(PathBuf, ConfigFile)]) -> Option<String> {
        let chosen = self.args.context.clone().or_else(|| files.chosen());
        chosen.or_else(|| read.iter().find_map(|(_, file)| file.current.clone()))
    }

    /// Refuses what the context does not allow.
    pub fn guard(&self, settings: &Settings, class: Class) -> Result<(), CliError> {
        if class > Class::Read && settings.read_only {
            let place = settings.context.as_deref().map_or("--read-only".to_owned(), |name| format!("context {name}"));
            return Err(CliError::new(Kind::Refused, format!("{place} allows only commands that change nothing")));
        }
        Ok(())
    }

    /// Asks before destructive work, unless `--yes`. Without a terminal the answer is no.
    pub fn confirm(&self, question: &str) -> Result<(), CliError> {
        if self.args.yes || self.output.ask(question) {
            return Ok(());
        }
        Err(CliError::new(Kind::Refused, "not confirmed").hint("say --yes to go ahead without a question"))
    }
}
