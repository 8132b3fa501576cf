//! Apache Kafka's own classes as witness of what the crate `protocol` reads and writes.
//!
//! One Java virtual machine runs the programs of `tests/java/` on the class path of Kafka 4.4.0 and answers questions
//! for all tests of the process. Where its answers and ours differ, ours are wrong.
//!
//! Instances are random. The seed is printed; `WITNESS_SEED` sets another, `WITNESS_SEED=random` one never seen.

mod batches;
mod consumer_protocol;
mod facts;
mod jvm;
mod messages;
mod sasl;
mod wire;

use std::fmt::Display;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use protocol::testing::Rng;

/// A generator for the test or case of this name.
fn rng(name: &str) -> Rng {
    let mut hasher = DefaultHasher::new();
    (seed(), name).hash(&mut hasher);
    Rng::new(hasher.finish())
}

/// The seed of this run.
fn seed() -> u64 {
    static SEED: OnceLock<u64> = OnceLock::new();
    *SEED.get_or_init(|| {
        let seed = match std::env::var("WITNESS_SEED").as_deref() {
            Ok("random") => {
                let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
                u64::try_from(since_epoch.as_nanos() & u128::from(u64::MAX)).unwrap()
            }
            Ok(number) => number.parse().expect("WITNESS_SEED must be a number or `random`"),
            Err(_) => 20_260_101,
        };
        report(format_args!("seed {seed} (set another with WITNESS_SEED)"));
        seed
    })
}

/// Says something that is shown even when the tests pass.
fn report(what: impl Display) {
    let line = format!("witness: {what}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}
