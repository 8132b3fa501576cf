//! The protocol crate against the `kafka-protocol` crate: both sides take turns in one run, the ratio counts.
//!
//! `cargo run --release -p bench-protocol [NAME]` in `bench/` runs what has NAME in its name.

mod compare;
mod metadata;

fn main() {
    let only = std::env::args().nth(1).unwrap_or_default();
    metadata::run(&only);
}
