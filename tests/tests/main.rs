//! Scenarios on a real Kafka.

mod connect;
mod consume;
mod produce;
mod support;
