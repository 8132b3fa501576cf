//! kafkactl: one binary that replaces the kafka-*.sh scripts.

mod error;
mod output;
mod records;

fn main() {}
