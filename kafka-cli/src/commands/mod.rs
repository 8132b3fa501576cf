//! The commands. The path of a file is the words that are typed: `topics create` is `topics/create.rs`.
//!
//! Each leaf is an `Args` struct, whose doc comment is the help, and one async function.

mod cluster;
mod completion;
mod consume;
mod contexts;
mod groups;
mod known;
mod outcome;
mod produce;
mod quickstart;
mod sandbox;
mod topics;

use clap::Subcommand;

use crate::app::App;
use crate::error::CliError;

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create, list, describe, alter and delete topics
    #[command(subcommand, visible_alias = "t", alias = "topic")]
    Topics(topics::Command),
    /// Write records to a topic, from stdin, files or the command line
    #[command(visible_alias = "p")]
    Produce(produce::Args),
    /// Read records from topics
    #[command(visible_alias = "c", alias = "cat")]
    Consume(consume::Args),
    /// Look at groups, their members and their lag
    #[command(subcommand, visible_alias = "g", alias = "group")]
    Groups(groups::Command),
    /// Look at the cluster
    #[command(subcommand)]
    Cluster(cluster::Command),
    /// See in a moment what Kafka does: a tour on a cluster in this process
    Quickstart(quickstart::Args),
    /// Run a Kafka-compatible cluster in this process
    #[command(subcommand)]
    Sandbox(sandbox::Command),
    /// Name clusters and switch between them
    #[command(subcommand, visible_alias = "ctx", alias = "context")]
    Contexts(contexts::Command),
    /// Print a completion script for a shell
    Completion(completion::Args),
}

/// Runs a command. `whole` describes the command line it is of.
pub async fn run(app: &App, command: Command, whole: fn() -> clap::Command) -> Result<(), CliError> {
    match command {
        Command::Topics(command) => topics::run(app, command).await,
        Command::Produce(args) => produce::run(app, args).await,
        Command::Consume(args) => consume::run(app, args).await,
        Command::Groups(command) => groups::run(app, command).await,
        Command::Cluster(command) => cluster::run(app, command).await,
        Command::Quickstart(args) => quickstart::run(app, args).await,
        Command::Sandbox(command) => sandbox::run(app, command).await,
        Command::Contexts(command) => contexts::run(app, command),
        Command::Completion(args) => completion::run(app, &args, &mut whole()),
    }
}
