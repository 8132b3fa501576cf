//! The zstd of the protocol crate against the C library: random inputs and levels both ways, and damage.
//!
//! `cargo run --release -p bench-protocol zstd-check [ROUNDS [SEED]]` panics at the first difference.

use std::io::Read;

use protocol::compress::{Compression, Compressor, Decompressor, Lz4Header};
use protocol::testing::Rng;

pub fn run(rounds: usize, seed: u64) {
    println!("zstd-check: {rounds} rounds, seed {seed}");
    let mut rng = Rng::new(seed);
    let (mut compressor, mut decompressor) = (Compressor::new(), Decompressor::default());
    let (mut both, mut stricter) = (0, 0);
    for round in 0..rounds {
        let input = input(&mut rng);
        let level = match round % 3 {
            0 => 3,
            1 => 1 + i32::try_from(rng.below(9)).expect("small"),
            // The highest levels take a second for what the others take a millisecond for.
            _ if input.len() > 50_000 => -1 - i32::try_from(rng.below(7)).expect("small"),
            _ => i32::try_from(rng.below(27)).expect("small") - 7,
        };
        let mut ours = Vec::new();
        compressor
            .compress(Compression::Zstd, Some(level), &input, &mut ours)
            .expect("ours compresses");
        assert_eq!(
            theirs_reads(&ours, input.len()).as_deref(),
            Some(&input[..]),
            "C reads ours, level {level}"
        );
        let theirs = zstd::bulk::compress(&input, level).expect("theirs compresses");
        let mut read = |frame: &[u8], limit| {
            decompressor.set_limit(limit);
            decompressor
                .decompress(Compression::Zstd, Lz4Header::Checked, frame)
                .ok()
        };
        assert_eq!(
            read(&theirs, input.len()).as_deref(),
            Some(&input[..]),
            "ours reads C, level {level}"
        );
        for _ in 0..8 {
            let mut damaged = theirs.clone();
            let at = rng.below(damaged.len());
            match rng.below(3) {
                0 => damaged.truncate(at),
                1 => damaged[at] ^= 1 << rng.below(8),
                _ => damaged[at] = rng.u64().to_be_bytes()[0],
            }
            let limit = 2 * input.len() + 1000;
            match (read(&damaged, limit), theirs_reads(&damaged, limit)) {
                (Some(ours), theirs) => {
                    assert_eq!(Some(ours.to_vec()), theirs, "what ours takes of damaged frames");
                    both += 1;
                }
                (None, Some(_)) => stricter += 1,
                (None, None) => {}
            }
        }
    }
    println!("no difference; of damaged frames both took {both}, C alone {stricter}");
}

fn theirs_reads(frame: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let decoder = zstd::stream::read::Decoder::new(frame).ok()?;
    decoder
        .take(limit as u64 + 1)
        .read_to_end(&mut out)
        .ok()
        .filter(|length| *length <= limit)
        .map(|_| out)
}

/// Noise, runs, copies from before, or text, or a mixture.
fn input(rng: &mut Rng) -> Vec<u8> {
    let length = match rng.below(10) {
        0 => rng.below(20),
        1..=4 => rng.below(2000),
        5..=8 => rng.below(40_000),
        _ => rng.below(400_000),
    };
    let kind = rng.below(6);
    let mut input = Vec::with_capacity(length + 400);
    while input.len() < length {
        let byte = rng.u64().to_be_bytes()[0];
        match if kind == 5 { rng.below(5) } else { kind } {
            0 => input.push(byte),
            1 => input.push(byte & 3),
            2 => input.extend(std::iter::repeat_n(byte, 1 + rng.below(200))),
            3 if input.len() > 8 => {
                let start = rng.below(input.len());
                for from in start..start + 1 + rng.below(300) {
                    input.push(input[from]);
                }
                input.push(byte);
            }
            _ => input.extend_from_slice(
                format!(
                    "{{\"order\":{},\"customer\":\"c{byte:05}\",\"paid\":true}}\n",
                    input.len()
                )
                .as_bytes(),
            ),
        }
    }
    input.truncate(length);
    input
}
