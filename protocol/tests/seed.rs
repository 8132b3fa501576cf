//! Where randomness comes from: `PROTOCOL_TEST_SEED`, or a fixed seed, printed either way.

use protocol::testing::Rng;

pub(crate) fn rng(test: &str) -> Rng {
    let seed = match std::env::var("PROTOCOL_TEST_SEED") {
        Ok(text) => text.parse().expect("PROTOCOL_TEST_SEED is a number"),
        Err(_) => 20_260_404,
    };
    println!("{test}: PROTOCOL_TEST_SEED={seed}");
    Rng::new(seed)
}

/// How often to do what is done with random instances.
pub(crate) fn rounds() -> usize {
    match std::env::var("PROTOCOL_TEST_ROUNDS") {
        Ok(text) => text.parse().expect("PROTOCOL_TEST_ROUNDS is a number"),
        Err(_) => 20,
    }
}
