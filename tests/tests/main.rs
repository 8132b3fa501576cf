//! Scenarios on a real Kafka, and what Apache Kafka's own classes make of our bytes.
#![cfg(test)]

mod admin;
mod allocation;
mod connect;
mod consume;
mod example;
mod foreign;
mod produce;
mod profile;
mod rows;
mod secure;
mod sim;
mod support;
mod twins;
mod witness;

#[global_allocator]
static ALLOCATOR: allocation::Counting = allocation::Counting;
