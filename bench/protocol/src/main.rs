//! The protocol crate against the `kafka-protocol` crate: both sides take turns in one run, the ratio counts.
//!
//! `cargo run --release -p bench-protocol [NAME]` in `bench/` runs what has NAME in its name.

mod batch;
mod compare;
mod metadata;
mod zstd_check;

fn main() {
    settle_the_allocator();
    let mut args = std::env::args().skip(1);
    let only = args.next().unwrap_or_default();
    if only == "zstd-check" {
        let mut number = |default| {
            args.next()
                .map_or(default, |text| text.parse().expect("a number"))
        };
        let rounds = number(300);
        zstd_check::run(usize::try_from(rounds).expect("fits"), number(1));
        return;
    }
    batch::run(&only);
    metadata::run(&only);
}

/// Frees one large block. glibc takes it as a hint to keep freed memory: without it, the first measurements would
/// be of the kernel taking pages away and giving them back.
fn settle_the_allocator() {
    drop(std::hint::black_box(vec![1u8; 16 * 1024 * 1024]));
}
