mod info;

use crate::app::App;
use crate::error::CliError;

/// Look at the cluster
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Show the cluster's id, controller, brokers and features
    #[command(visible_alias = "describe", aliases = ["show", "get"], after_help = "\
Examples:
  kafkactl cluster info
  kafkactl cluster info -o json | jq '.items[].brokers[].rack'")]
    Info,
}

/// Runs the command.
pub async fn run(app: &App, command: Command) -> Result<(), CliError> {
    match command {
        Command::Info => info::run(app).await,
    }
}
