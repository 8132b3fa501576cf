mod up;

use crate::app::App;
use crate::error::CliError;

/// Run a Kafka-compatible cluster in this process
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Start brokers, and keep them up until Ctrl-C
    #[command(visible_alias = "start")]
    Up(up::Args),
}

/// Runs the command.
pub async fn run(app: &App, command: Command) -> Result<(), CliError> {
    match command {
        Command::Up(args) => up::run(app, args).await,
    }
}
