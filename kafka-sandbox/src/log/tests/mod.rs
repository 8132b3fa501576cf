//! Tests of logs, and what they share: batches as producers make them.

mod appending;
mod compaction;
mod faults;
mod kill;
mod lookup;
mod model;
mod recovery;
mod speed;
mod transactions;
mod trimming;

use std::time::Duration;

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::compress::{Compression, Compressor, Decompressor};
use protocol::records::{Batches, OpenBatch, ProducerStamp, SealOptions};

use super::*;
use crate::storage::MemoryStore;
use crate::time::Now;

/// The time at which tests begin.
const START: i64 = 1_700_000_000_000;

fn now() -> Now {
    after(0)
}

/// That many milliseconds after the start.
fn after(millis: u64) -> Now {
    Now::at(Duration::from_millis(millis), START)
}

/// A directory of its own, in memory where there is such a thing: syncing costs nothing there.
fn directory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

fn memory() -> Log {
    Log::open("orders-0", Box::new(MemoryStore::default())).unwrap().0
}

/// A batch to be.
#[derive(Clone)]
struct Draft {
    records: Vec<(i64, Option<String>, Option<String>)>,
    options: SealOptions,
}

/// A batch of records without keys.
fn values(values: &[&str]) -> Draft {
    Draft {
        records: values
            .iter()
            .map(|value| (START, None, Some((*value).to_owned())))
            .collect(),
        options: SealOptions::default(),
    }
}

/// A batch of records with keys; no value makes a tombstone.
fn pairs(pairs: &[(&str, Option<&str>)]) -> Draft {
    let records = pairs.iter();
    Draft {
        records: records
            .map(|(key, value)| (START, Some((*key).to_owned()), value.map(ToOwned::to_owned)))
            .collect(),
        options: SealOptions::default(),
    }
}

impl Draft {
    fn at(mut self, timestamp: i64) -> Self {
        for record in &mut self.records {
            record.0 = timestamp;
        }
        self
    }

    fn by(mut self, producer_id: i64, epoch: i16, base_sequence: i32) -> Self {
        self.options.producer = ProducerStamp {
            producer_id,
            epoch,
            base_sequence,
        };
        self
    }

    fn transactional(mut self) -> Self {
        self.options.transactional = true;
        self
    }

    fn compressed(mut self, compression: Compression) -> Self {
        self.options.compression = compression;
        self
    }

    fn bytes(&self) -> Bytes {
        let mut open = OpenBatch::new(1 << 20);
        for (timestamp, key, value) in &self.records {
            let (key, value) = (key.as_deref(), value.as_deref());
            open.append(
                *timestamp,
                key.map(str::as_bytes),
                value.map(str::as_bytes),
                std::iter::empty(),
            )
            .unwrap();
        }
        open.seal(&self.options, &mut Compressor::new())
            .unwrap()
            .bytes()
            .clone()
    }
}

fn append(log: &mut Log, draft: &Draft) -> Result<Appended, AppendError> {
    log.append(
        now(),
        draft.bytes(),
        0,
        &LogSettings::default(),
        Verification::Unchecked,
    )
}

fn code(result: Result<Appended, AppendError>) -> ErrorCode {
    result.map_or_else(|error| error.code(), |_| ErrorCode::NONE)
}

fn marker(producer_id: i64, producer_epoch: i16, committed: bool) -> Marker {
    Marker {
        producer_id,
        producer_epoch,
        committed,
        coordinator_epoch: 0,
        epoch_rises: false,
    }
}

fn end(log: &mut Log, marker: Marker) -> Appended {
    log.append_marker(now(), marker, 0, &LogSettings::default())
        .unwrap()
}

/// All records from `offset` to `up_to`, by their offsets, control records too. Every batch is checked.
fn records(log: &Log, offset: i64, up_to: i64) -> Vec<(i64, String)> {
    let mut found = Vec::new();
    let mut next = offset;
    let mut decompressor = Decompressor::default();
    loop {
        let bytes = log.read(next, 1 << 20, true, up_to).unwrap();
        if bytes.is_empty() {
            return found;
        }
        for batch in Batches::new(bytes) {
            let batch = batch.unwrap();
            batch.verify().unwrap();
            assert!(batch.header().next_offset() > next, "a read goes on");
            assert!(
                batch.header().last_offset() < up_to,
                "nothing behind the limit is read"
            );
            next = batch.header().next_offset();
            for record in &batch.records(&mut decompressor).unwrap() {
                let record = record.unwrap();
                if record.offset >= offset {
                    let value = record
                        .value
                        .map_or_else(|| "null".into(), String::from_utf8_lossy);
                    found.push((record.offset, value.into_owned()));
                }
            }
        }
    }
}

fn offsets(log: &Log) -> Vec<i64> {
    let all = records(log, log.start_offset(), log.end_offset());
    all.into_iter().map(|(offset, _)| offset).collect()
}
