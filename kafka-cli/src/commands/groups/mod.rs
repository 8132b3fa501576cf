mod describe;
mod list;

use crate::app::App;
use crate::error::CliError;

/// Look at groups, their members and their lag
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Show groups with their lag by partition and their members
    #[command(visible_alias = "show", aliases = ["desc", "d"])]
    Describe(describe::Args),
    /// List groups
    #[command(visible_alias = "ls", alias = "get")]
    List(list::Args),
}

/// Runs the command.
pub async fn run(app: &App, command: Command) -> Result<(), CliError> {
    match command {
        Command::Describe(args) => describe::run(app, args).await,
        Command::List(args) => list::run(app, args).await,
    }
}
