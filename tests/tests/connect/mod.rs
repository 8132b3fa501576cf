//! Connections to a real Kafka: plain, encrypted, authenticated, mistaken, interrupted.

mod lifecycle;
mod mistakes;
mod outage;
mod plain;
mod secured;
mod wire;
