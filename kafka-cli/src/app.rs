//! What every command works with: the settings, the output, the guards.

use std::path::PathBuf;

use kafka_client::client::Client;

use crate::class::Class;
use crate::contexts::{ConfigFile, Files, Settings};
use crate::error::{CliError, Kind};
use crate::global::GlobalArgs;
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

    /// What was set with `-X`, as it was typed.
    pub fn properties(&self) -> &[(String, String)] {
        &self.args.properties
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
        files.in_force(self.args.context.as_deref(), read)
    }

    /// Connects to the cluster, for a command of this class.
    pub async fn connect(&self, class: Class) -> Result<Session, CliError> {
        self.connect_with(self.settings()?, class).await
    }

    /// As [`connect`](Self::connect), under a client id that the command has to have.
    pub async fn connect_as(&self, client_id: &str, class: Class) -> Result<Session, CliError> {
        let mut settings = self.settings()?;
        settings.identify(client_id);
        self.connect_with(settings, class).await
    }

    async fn connect_with(&self, settings: Settings, class: Class) -> Result<Session, CliError> {
        self.guard(&settings, class)?;
        let config = settings.client()?;
        for warning in &config.warnings {
            self.output.warn(&warning.to_string());
        }
        let client = Client::builder()
            .config(config.connection.clone())
            .connect()
            .await?;
        let cluster_id = client.known().cluster_id.clone();
        if let (Some(expected), Some(found)) = (&settings.cluster_id, &cluster_id)
            && expected != found
        {
            return Err(CliError::new(
                Kind::Refused,
                format!("this is cluster {found}, the context is for {expected}"),
            )
            .hint("check the context's bootstrap servers and cluster_id"));
        }
        Ok(Session {
            client,
            cluster_id,
            config,
            settings,
        })
    }

    /// Refuses what the context does not allow.
    fn guard(&self, settings: &Settings, class: Class) -> Result<(), CliError> {
        if class > Class::Read && settings.read_only {
            let place = settings
                .context
                .as_deref()
                .map_or_else(|| "--read-only".to_owned(), |name| format!("context {name}"));
            return Err(CliError::new(
                Kind::Refused,
                format!("{place} allows only commands that change nothing"),
            ));
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

    /// As [`App::confirm`] for work on a cluster: a protected context wants its name typed, `--yes` or not.
    pub fn confirm_on(&self, session: &Session, question: &str) -> Result<(), CliError> {
        match &session.settings.context {
            Some(name) if session.settings.protected => {
                let question = format!("{question}\nContext {name} is protected. Type its name to go ahead:");
                if self.output.read_answer(&question).as_deref() == Some(name) {
                    return Ok(());
                }
                Err(CliError::new(
                    Kind::Refused,
                    format!("context {name} is protected and its name was not typed"),
                ))
            }
            _ => self.confirm(question),
        }
    }
}

/// A connection to a cluster, with the settings it was made of.
#[derive(Debug)]
pub struct Session {
    /// The client.
    pub client: Client,
    /// The cluster's id.
    pub cluster_id: Option<String>,
    /// The client's settings.
    pub config: kafka_client::config::Settings,
    /// Where they came from, and the context's guards.
    pub settings: Settings,
}
