mod faults;
mod files;
mod up;
mod users;

use crate::app::App;
use crate::error::CliError;

/// Run a Kafka-compatible cluster in this process
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Make things go wrong in a running sandbox
    #[command(subcommand)]
    Faults(faults::Command),
    /// Start brokers, and keep them up until Ctrl-C
    #[command(visible_alias = "start")]
    Up(up::Args),
}

/// Runs the command.
pub async fn run(app: &App, command: Command) -> Result<(), CliError> {
    match command {
        Command::Faults(command) => faults::run(app, command).await,
        Command::Up(args) => up::run(app, args).await,
    }
}
