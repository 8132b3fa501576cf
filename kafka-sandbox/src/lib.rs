//! An embedded Kafka-compatible cluster.
#![forbid(unsafe_code)]

pub mod log;
pub mod profile;
pub mod storage;
pub mod time;
