mod add;
mod current;
mod delete;
mod list;
mod show;
mod switch;

use crate::app::App;
use crate::error::CliError;

/// Name clusters and switch between them
#[derive(Debug, clap::Subcommand)]
#[command(after_help = "\
A configuration file holds contexts:

  current = \"prod\"

  [context.prod]
  bootstrap = [\"k1:9093\", \"k2:9093\"]
  command_config = \"client.properties\"      # optional: a Java properties file
  cluster_id = \"MkU3OEVBNTcwNTJENDM2Qk\"     # refuse to run against another cluster
  protected = true                           # destructive commands ask for the context's name
  read_only = false                          # true: commands that change something are refused
  tls = { ca = \"ca.pem\", cert = \"client.pem\", key = \"client.key\" }
  sasl = { mechanism = \"SCRAM-SHA-512\", username = \"u\", password = { env = \"KAFKA_PASSWORD\" } }
  properties = { \"request.timeout.ms\" = \"5000\" }

A password is a string, { env = \"NAME\" }, { file = \"PATH\" } or { command = [\"program\", \"argument\"] }.")]
pub enum Command {
    /// Add a context to the user's configuration file
    #[command(visible_alias = "new")]
    Add(add::Args),
    /// Print the name of the context in force
    #[command(after_help = "\
Examples:
  kafkactl contexts current
  PS1='($(kafkactl contexts current 2>/dev/null)) $ '")]
    Current,
    /// Remove a context from the user's configuration file
    #[command(visible_alias = "rm")]
    Delete(delete::Args),
    /// List the contexts
    #[command(
        visible_alias = "ls",
        after_help = "\
Examples:
  kafkactl contexts list
  kafkactl contexts list -o wide"
    )]
    List,
    /// Show the settings in force and where each comes from
    #[command(
        visible_alias = "describe",
        after_help = "\
Examples:
  kafkactl contexts show
  kafkactl contexts show -C prod -F client.properties"
    )]
    Show,
    /// Choose the context for the commands that follow
    Use(switch::Args),
}

/// Runs the command.
pub fn run(app: &App, command: Command) -> Result<(), CliError> {
    match command {
        Command::Add(args) => add::run(app, &args),
        Command::Current => current::run(app),
        Command::Delete(args) => delete::run(app, &args),
        Command::List => list::run(app),
        Command::Show => show::run(app),
        Command::Use(args) => switch::run(app, &args),
    }
}
