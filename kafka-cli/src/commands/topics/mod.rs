mod alter;
mod create;
mod delete;
mod describe;
mod list;
mod names;

pub use names::whole;

use crate::app::App;
use crate::error::CliError;

/// Create, list, describe, alter and delete topics
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Change partitions and settings of topics
    #[command(visible_alias = "set", alias = "edit")]
    Alter(alter::Args),
    /// Create topics
    #[command(visible_alias = "new")]
    Create(create::Args),
    /// Delete topics and all their records
    #[command(visible_alias = "rm", alias = "del")]
    Delete(delete::Args),
    /// Show topics with their partitions, replicas and settings
    #[command(visible_alias = "show", aliases = ["desc", "d"])]
    Describe(describe::Args),
    /// List topics
    #[command(visible_alias = "ls", alias = "get")]
    List(list::Args),
}

/// Runs the command.
pub async fn run(app: &App, command: Command) -> Result<(), CliError> {
    match command {
        Command::Alter(args) => alter::run(app, args).await,
        Command::Create(args) => create::run(app, args).await,
        Command::Delete(args) => delete::run(app, args).await,
        Command::Describe(args) => describe::run(app, args).await,
        Command::List(args) => list::run(app, args).await,
    }
}
