//! The real binary against a real Apache Kafka and the sandbox: what each command prints, where, and how it ends.

#![allow(clippy::unwrap_used, reason = "a panic is how a test's helper fails, too")]

mod commands;
mod contexts;
mod ends;
mod failover;
mod groups;
mod java;
mod kills;
mod lossless;
mod members;
mod mistakes;
mod quickstart;
mod reading;
mod sandbox;
mod secured;
mod support;
mod topics;
mod twins;
mod writing;
