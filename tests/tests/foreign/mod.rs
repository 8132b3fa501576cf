//! Clients that others wrote, as they are, against the sandbox.
//!
//! `install` gets them; where one cannot be had the run says so, and under `CI=true` that is a failure.

mod install;
mod java;
mod kcat;
mod program;
mod python;
mod tools;

use kafka_sandbox::{Sandbox, SandboxBuilder};

/// What clients wait for in groups is a heartbeat, of which a test wants many a second.
fn builder() -> SandboxBuilder {
    Sandbox::builder()
        .brokers(3)
        .property("group.consumer.min.heartbeat.interval.ms", "100")
        .property("group.consumer.heartbeat.interval.ms", "200")
}

/// Three brokers that behave like a release of Apache Kafka.
fn sandbox(release: &str) -> Sandbox {
    let builder = match release {
        "2.8" => Sandbox::builder().brokers(3),
        _ => builder(),
    };
    builder
        .profile(release)
        .start_blocking()
        .expect("a sandbox starts")
}
