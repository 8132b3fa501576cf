//! `cargo xtask kafka`.

mod state;
mod up;

use clap::{Args, Subcommand};
use real_kafka::{Release, Tools};

use crate::{Outcome, talk};
use state::Place;

#[derive(Subcommand)]
pub(crate) enum KafkaTask {
    /// Start a cluster and keep it until Ctrl-C; stdout is its bootstrap servers
    Up(UpArgs),
    /// End the cluster that `up --detach` started
    Down(NameArgs),
    /// Print the bootstrap servers of the cluster that `up --detach` started
    Status(NameArgs),
    /// Run one of Kafka's own tools, such as `kafka-topics --bootstrap-server localhost:9092 --list`
    Tool(ToolArgs),
}

/// Which of the clusters in the background.
#[derive(Args, Clone)]
pub(crate) struct NameArgs {
    /// Its name, where there are several
    #[arg(long, default_value = "default", value_parser = name)]
    name: String,
}

/// The cluster to start.
#[derive(Args, Clone)]
pub(crate) struct UpArgs {
    /// Kafka's release, such as 4.3.1
    #[arg(long, default_value = Release::LATEST.version())]
    version: String,
    /// How many brokers
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(i32).range(1..=9))]
    brokers: i32,
    /// The first broker's port, or 0 for any; further brokers and listeners take the next ones
    #[arg(long, default_value_t = 9092)]
    port: u16,
    /// Add a listener with TLS
    #[arg(long)]
    tls: bool,
    /// Add a listener with TLS that demands a client certificate
    #[arg(long)]
    mtls: bool,
    /// Add listeners with SASL, with and without TLS, and this user (can be repeated)
    #[arg(long, value_name = "USER:PASSWORD", value_parser = user)]
    sasl: Vec<(String, String)>,
    /// Set a broker property (can be repeated)
    #[arg(long = "property", value_name = "NAME=VALUE", value_parser = property)]
    properties: Vec<(String, String)>,
    #[command(flatten)]
    name: NameArgs,
    /// Return when the cluster is ready and leave it running; `cargo xtask kafka down` ends it
    #[arg(long)]
    detach: bool,
    /// Be the process that `--detach` leaves behind
    #[arg(long, hide = true, conflicts_with = "detach")]
    background: bool,
}

/// The tool to run.
#[derive(Args)]
pub(crate) struct ToolArgs {
    /// The tool's script, with or without .sh
    name: String,
    /// What the tool gets
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(task: KafkaTask) -> Outcome {
    match task {
        KafkaTask::Up(args) => up::run(&args),
        KafkaTask::Down(args) => down(&args.name),
        KafkaTask::Status(args) => status(&args.name),
        KafkaTask::Tool(args) => tool(&args),
    }
}

fn down(name: &str) -> Outcome {
    match Place::of(name).running()? {
        Some(running) => {
            running.end()?;
            talk::say(format_args!("Ended the cluster at {}.", running.bootstrap()));
        }
        None => talk::say("No cluster is running."),
    }
    Ok(0.into())
}

fn status(name: &str) -> Outcome {
    match Place::of(name).running()? {
        Some(running) => {
            talk::data(running.bootstrap());
            talk::say(running.description().trim_end());
            Ok(0.into())
        }
        None => {
            talk::say("No cluster is running. Start one: cargo xtask kafka up --detach");
            Ok(1.into())
        }
    }
}

fn tool(args: &ToolArgs) -> Outcome {
    let status = Tools::of(Release::TOOLS)?
        .command(&args.name)?
        .args(&args.arguments)
        .status()?;
    // A shell reports a signal as 128 and its number; which one is not worth more code here.
    Ok(status
        .code()
        .map_or(128, |code| u8::try_from(code).unwrap_or(255))
        .into())
}

fn name(text: &str) -> Result<String, String> {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    plain
        .then(|| text.into())
        .ok_or_else(|| "a name is letters, digits and hyphens".into())
}

fn user(text: &str) -> Result<(String, String), String> {
    pair(text, ':').ok_or_else(|| "a user is written name:password".into())
}

fn property(text: &str) -> Result<(String, String), String> {
    pair(text, '=').ok_or_else(|| "a property is written name=value".into())
}

fn pair(text: &str, separator: char) -> Option<(String, String)> {
    let (left, right) = text.split_once(separator)?;
    (!left.is_empty()).then(|| (left.into(), right.into()))
}
