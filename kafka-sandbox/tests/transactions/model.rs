//! Producers at random against a model: what is read is what was committed, whatever happens to brokers.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::ErrorCode;

use super::producer::{Producer, Speaks, read};
use super::{OFTEN, perform};
use crate::support::{Cluster, settings_with};

/// What a producer wrote in its transaction: partition, offset and value.
type Written = Vec<(i32, i64, String)>;

struct Writer {
    producer: Producer,
    open: Written,
    added: [bool; 2],
}

struct World {
    cluster: Cluster,
    rng: fastrand::Rng,
    writers: Vec<Writer>,
    /// What was committed, by partition and offset.
    committed: [BTreeMap<i64, String>; 2],
    down: bool,
    next_value: u32,
}

/// The broker that leads a partition; it alone has it.
fn leader(partition: i32) -> i32 {
    partition + 1
}

impl World {
    fn new(seed: u64) -> Self {
        let mut cluster = Cluster::with(settings_with(2, &[OFTEN]));
        super::create_topics(&mut cluster, 1);
        let writers = (0..4).map(|index| {
            let speaks = if index % 2 == 0 { Speaks::V1 } else { Speaks::V2 };
            let mut producer = Producer::new(&format!("writer-{index}"), 1, speaks);
            producer.timeout_ms = 5000;
            assert_eq!(producer.init(&mut cluster), ErrorCode::NONE);
            Writer {
                producer,
                open: Vec::new(),
                added: [false; 2],
            }
        });
        let writers = writers.collect();
        Self {
            cluster,
            rng: fastrand::Rng::with_seed(seed),
            writers,
            committed: Default::default(),
            down: false,
            next_value: 0,
        }
    }

    fn step(&mut self) {
        let writer = self.rng.usize(..self.writers.len());
        match self.rng.u8(..100) {
            0..=54 => self.write(writer),
            55..=74 => self.end(writer, true),
            75..=84 => self.end(writer, false),
            85..=88 => self.start_again(writer),
            89..=91 => {
                let time = self.rng.u64(1..3000);
                self.cluster.advance(Duration::from_millis(time));
            }
            92..=93 => {
                let late = ["markers=0ms", "markers=40ms", "markers=700ms"];
                let late = late[self.rng.usize(..late.len())];
                perform(&mut self.cluster, late);
            }
            94..=96 => {
                perform(&mut self.cluster, if self.down { "restart=2" } else { "kill=2" });
                self.down = !self.down;
            }
            _ => self.check(),
        }
    }

    fn write(&mut self, index: usize) {
        let partition = self.rng.i32(0..2);
        if self.down && partition == 1 {
            return;
        }
        let value = self.next_value.to_string();
        self.next_value += 1;
        let writer = &mut self.writers[index];
        let place = usize::try_from(partition).unwrap();
        if writer.producer.speaks == Speaks::V1 && !writer.added[place] {
            match writer.producer.add(&mut self.cluster, "orders", &[partition]) {
                ErrorCode::NONE => writer.added[place] = true,
                ErrorCode::CONCURRENT_TRANSACTIONS => return,
                ErrorCode::PRODUCER_FENCED => return self.start_again(index),
                code => panic!("a partition cannot be added: {code}"),
            }
        }
        let answer = writer.producer.write(
            &mut self.cluster,
            leader(partition),
            "orders",
            partition,
            &[&value],
        );
        match ErrorCode(answer.error_code) {
            ErrorCode::NONE => writer.open.push((partition, answer.base_offset, value)),
            ErrorCode::CONCURRENT_TRANSACTIONS | ErrorCode::NOT_ENOUGH_REPLICAS => {}
            // Its transaction took too long.
            ErrorCode::INVALID_PRODUCER_EPOCH => self.start_again(index),
            code => panic!("nothing is written: {code}"),
        }
    }

    fn end(&mut self, index: usize, commit: bool) {
        let writer = &mut self.writers[index];
        let open = std::mem::take(&mut writer.open);
        writer.added = [false; 2];
        match writer.producer.end(&mut self.cluster, commit) {
            ErrorCode::NONE if commit => {
                for (partition, offset, value) in open {
                    let place = usize::try_from(partition).unwrap();
                    self.committed[place].insert(offset, value);
                }
            }
            ErrorCode::NONE => {}
            // Nothing was begun.
            ErrorCode::INVALID_TXN_STATE if open.is_empty() => {}
            // It took too long, and is aborted or being aborted.
            ErrorCode::PRODUCER_FENCED
            | ErrorCode::INVALID_TXN_STATE
            | ErrorCode::CONCURRENT_TRANSACTIONS => self.start_again(index),
            code => panic!("nothing is ended: {code}"),
        }
    }

    /// Another producer takes the transactional id over, as soon as it may.
    fn start_again(&mut self, index: usize) {
        let writer = &mut self.writers[index];
        writer.open.clear();
        writer.added = [false; 2];
        for _ in 0..10_000 {
            let old = (writer.producer.id, writer.producer.epoch);
            match writer.producer.init(&mut self.cluster) {
                ErrorCode::NONE => {
                    assert!((writer.producer.id, writer.producer.epoch) > old);
                    return;
                }
                ErrorCode::CONCURRENT_TRANSACTIONS => {
                    if std::mem::take(&mut self.down) {
                        perform(&mut self.cluster, "restart=2");
                    }
                    self.cluster.advance(Duration::from_millis(20));
                }
                code => panic!("a producer is refused: {code}"),
            }
        }
        panic!("a producer never gets its transactional id");
    }

    /// What can be read is a beginning of what was committed.
    fn check(&mut self) {
        for partition in 0..2 {
            if self.down && partition == 1 {
                continue;
            }
            let (values, data) = read(&mut self.cluster, leader(partition), "orders", partition, true);
            let committed = &self.committed[usize::try_from(partition).unwrap()];
            let stable = committed.range(..data.last_stable_offset);
            let expected: Vec<_> = stable.map(|(_, value)| value.clone()).collect();
            assert_eq!(values, expected, "partition {partition}");
        }
    }

    /// When all is over everything that was committed is read.
    fn finish(&mut self) {
        if std::mem::take(&mut self.down) {
            perform(&mut self.cluster, "restart=2");
        }
        perform(&mut self.cluster, "markers=0ms");
        for index in 0..self.writers.len() {
            self.start_again(index);
        }
        self.cluster.advance(Duration::from_secs(10));
        for partition in 0..2 {
            let (values, data) = read(&mut self.cluster, leader(partition), "orders", partition, true);
            assert_eq!(data.last_stable_offset, data.high_watermark);
            let committed = &self.committed[usize::try_from(partition).unwrap()];
            assert!(values.iter().eq(committed.values()), "partition {partition}");
        }
    }
}

#[test]
fn what_is_read_is_what_was_committed() {
    let mut committed = 0;
    for seed in 0..30 {
        let outcome = std::panic::catch_unwind(|| {
            let mut world = World::new(seed);
            for _ in 0..400 {
                world.step();
            }
            world.finish();
            world.committed.iter().map(BTreeMap::len).sum::<usize>()
        });
        match outcome {
            Ok(count) => committed += count,
            Err(panic) => {
                eprintln!("seed {seed}");
                std::panic::resume_unwind(panic);
            }
        }
    }
    assert!(
        committed > 1000,
        "{committed} records are too few to tell anything"
    );
}
