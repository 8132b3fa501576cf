//! An embedded Kafka-compatible cluster.
#![forbid(unsafe_code)]

pub mod time;
