//! The harness against real brokers, with Kafka's own tools as the clients.

#![allow(clippy::unwrap_used, reason = "a panic is how a test's helper fails, too")]

mod basics;
mod faults;
mod releases;
mod security;
mod steering;

use std::path::Path;

use real_kafka::{ToolOutput, tools};

/// Runs a tool and returns what it printed, whichever way it ended.
fn run(tool: &str, arguments: &[&str]) -> ToolOutput {
    tools().unwrap().run(tool, arguments).unwrap()
}

/// Runs a tool that must end well and returns its standard output.
fn succeed(tool: &str, arguments: &[&str]) -> String {
    run(tool, arguments).success().unwrap()
}

/// Lists the topics by way of a client's property file.
fn list_topics(bootstrap: &str, config: &Path) -> ToolOutput {
    run(
        "kafka-topics",
        &[
            "--bootstrap-server",
            bootstrap,
            "--command-config",
            config.to_str().unwrap(),
            "--list",
        ],
    )
}
