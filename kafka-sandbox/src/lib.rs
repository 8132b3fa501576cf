//! An embedded Kafka-compatible cluster.
#![forbid(unsafe_code)]

pub mod profile;
pub mod time;
