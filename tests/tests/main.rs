//! Scenarios on a real Kafka, and what Apache Kafka's own classes make of our bytes.
#![cfg(test)]

mod admin;
mod connect;
mod consume;
mod example;
mod produce;
mod support;
mod witness;
