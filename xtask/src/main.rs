//! The project's own tasks: `cargo xtask --help`.

mod completions;
mod kafka;
mod sim;
mod suite;
mod talk;
mod tidy;

use std::{error::Error, process::ExitCode};

use clap::{Parser, Subcommand};

/// The project's own tasks.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write the completion scripts under `completions/` anew
    Completions,
    /// Run a real Apache Kafka on this machine
    #[command(subcommand)]
    Kafka(kafka::KafkaTask),
    /// Run the simulation for many seeds, or tell the story of one
    Sim(sim::SimArgs),
    /// Run the whole test suite and say at its end what was not tested
    Test(suite::TestArgs),
    /// Check what neither compiler nor linter checks: sizes, paths, floors
    Tidy,
}

/// What a task returns: the code to exit with.
type Outcome = Result<ExitCode, Box<dyn Error>>;

fn main() -> ExitCode {
    let outcome = match Args::parse().task {
        Task::Completions => completions::run(),
        Task::Kafka(task) => kafka::run(task),
        Task::Sim(args) => sim::run(&args),
        Task::Test(args) => suite::run(&args),
        Task::Tidy => tidy::run(),
    };
    outcome.unwrap_or_else(|error| {
        talk::say(format_args!("error: {error}"));
        ExitCode::FAILURE
    })
}
