//! Replays what fuzzing has found worth keeping.

use std::fs;
use std::path::Path;

use protocol::testing::{Kind, fuzz, registry};

use crate::seed;

fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    for file in &files {
        run(&fs::read(file).unwrap());
    }
    println!("{target}: {} inputs replayed", files.len());
    assert!(!files.is_empty(), "{} is empty", folder.display());
}

#[test]
fn requests() {
    replay("request", fuzz::request);
}

#[test]
fn responses() {
    replay("response", fuzz::response);
}

#[test]
fn frames() {
    replay("frame", fuzz::frame);
}

#[test]
fn exchanges() {
    replay("scram", fuzz::scram);
}

#[test]
fn stored_records() {
    replay("stored", fuzz::stored);
}

#[test]
fn batches() {
    replay("batch", fuzz::batch);
}

#[test]
fn legacy_sets() {
    replay("legacy_set", fuzz::legacy_set);
}

#[test]
fn decompression() {
    replay("decompress", fuzz::decompress);
}

/// Every message reaches the targets whole, too, whatever the corpus holds.
#[test]
fn every_message_passes_its_target() {
    let mut rng = seed::rng("targets");
    for (kind, run) in [
        (Kind::Request, fuzz::request as fn(&[u8])),
        (Kind::Response, fuzz::response),
    ] {
        for (which, entry) in registry().iter().filter(|e| e.kind == kind).enumerate() {
            for (index, version) in entry.versions.iter().enumerate() {
                let mut data = vec![u8::try_from(which).unwrap(), u8::try_from(index).unwrap()];
                data.extend(entry.random_bytes(&mut rng, version));
                run(&data);
                for _ in 0..20.min(data.len() - 2) {
                    let mut flipped = data.clone();
                    flipped[2 + rng.below(data.len() - 2)] ^= 1 << rng.below(8);
                    run(&flipped);
                }
            }
        }
    }
}
