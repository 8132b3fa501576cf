//! The protocol crate against the `kafka-protocol` crate: both sides take turns in one run, the ratio counts.
//!
//! `cargo run --release -p bench-protocol [NAME]` in `bench/` runs what has NAME in its name.

mod compare;
mod metadata;

fn main() {
    settle_the_allocator();
    let only = std::env::args().nth(1).unwrap_or_default();
    metadata::run(&only);
}

/// Frees one large block. glibc takes it as a hint to keep freed memory: without it, the first measurements would
/// be of the kernel taking pages away and giving them back.
fn settle_the_allocator() {
    drop(std::hint::black_box(vec![1u8; 16 * 1024 * 1024]));
}
