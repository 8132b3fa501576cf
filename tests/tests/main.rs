//! Scenarios on a real Kafka.

mod connect;
mod support;
