//! What it costs a caller to send a record: 100 bytes without a key, into a producer whose brokers answer at once.
//!
//! `cargo run --release -p bench-send [LIMIT]` in `bench/` fails when a `send` takes more than LIMIT nanoseconds,
//! 30 by default. What the engine does is not counted; sealing, with checksum and codec, is.

#[path = "../../../kafka-client/tests/instant.rs"]
mod instant;

use std::hint::black_box;
use std::process::ExitCode;

use instant::{InstantEngine, now, time};
use kafka_client::client::{Delivery, Producer, Record};
use kafka_client::config::ProducerConfig;
use protocol::compress::{Compression, Compressor};
use protocol::records::{OpenBatch, SealOptions};

/// Few enough for a round to fit between two turns of a busy machine.
const RECORDS: u32 = 5_000;
const ROUNDS: usize = 1000;

fn main() -> ExitCode {
    let limit = std::env::args().nth(1).and_then(|limit| limit.parse().ok()).unwrap_or(30.0);
    let value = value();
    let large = ProducerConfig { batch_size: 1024 * 1024, ..ProducerConfig::default() };
    let lz4 = ProducerConfig { compression: Compression::Lz4, ..ProducerConfig::default() };

    let mut compressor = Compressor::new();
    let mut batch = OpenBatch::new(16 * 1024 * 1024);
    let append = best(|| {
        let sealed = batch.seal(&SealOptions::default(), &mut compressor).expect("no codec can fail");
        batch = OpenBatch::with_buffer(16 * 1024 * 1024, sealed.into_buffer().unwrap_or_default());
        time(|| {
            for _ in 0..RECORDS {
                let _ = black_box(batch.append(1, None, Some(&value), std::iter::empty()));
            }
        })
    });
    println!("{append:>8.1} ns  appending to a batch, for comparison");
    let send = |producer: &Producer| drop(now(producer.send(Record::to("t").value(black_box(&value)))));
    let try_send = |producer: &Producer| drop(producer.try_send(Record::to("t").value(black_box(&value))));
    let open = sending(&large, 1, send);
    println!("{open:>8.1} ns  send, batches of 1 MiB");
    println!("{:>8.1} ns  send, batches of 16 KiB, with their checksums", sending(&ProducerConfig::default(), 6, send));
    println!("{:>8.1} ns  try_send, the same", sending(&ProducerConfig::default(), 6, try_send));
    println!("{:>8.1} ns  send with lz4", sending(&lz4, 6, send));
    println!("{:>8.1} ns  send_all, batches of 16 KiB", sending_all(&value));
    println!("{:>8.1} ns  awaiting a delivery", awaiting(&value));
    if open > limit {
        eprintln!("a send takes {open:.1} ns, more than {limit}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Text that compresses about 2 : 1, as real values do.
fn value() -> Vec<u8> {
    let mut seed = 7_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 16
    };
    (0..100).map(|at| if at % 2 == 0 { b'a' + (next() % 26) as u8 } else { b'=' }).collect()
}

fn sending(config: &ProducerConfig, partitions: usize, send: impl Fn(&Producer)) -> f64 {
    let (producer, mut engine) = InstantEngine::start(config.clone(), partitions);
    best(|| {
        let took = time(|| (0..RECORDS).for_each(|_| send(&producer)));
        engine.linger();
        took
    })
}

fn sending_all(value: &[u8]) -> f64 {
    let (producer, mut engine) = InstantEngine::start(ProducerConfig::default(), 6);
    best(|| {
        let took = time(|| {
            let records = (0..RECORDS).map(|_| Record::to("t").value(black_box(value)));
            drop(now(producer.send_all(records)));
        });
        engine.linger();
        took
    })
}

fn awaiting(value: &[u8]) -> f64 {
    let (producer, mut engine) = InstantEngine::start(ProducerConfig::default(), 6);
    best(|| {
        let sent = (0..RECORDS).map(|_| now(producer.send(Record::to("t").value(value))).expect("there is room"));
        let deliveries: Vec<Delivery> = sent.collect();
        engine.linger();
        time(|| deliveries.into_iter().for_each(|delivery| drop(black_box(now(delivery)))))
    })
}

/// The best of many rounds, in nanoseconds a record: what disturbs only ever adds.
fn best(mut round: impl FnMut() -> std::time::Duration) -> f64 {
    let rounds = (0..ROUNDS).map(|_| round().as_secs_f64() * 1e9 / f64::from(RECORDS));
    rounds.fold(f64::INFINITY, f64::min)
}
