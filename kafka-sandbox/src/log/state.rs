//! What a log keeps beside its segments: what cannot be read from them once old ones are gone.

use serde::{Deserialize, Serialize};

use super::Log;
use super::producers::{ProducerBatch, ProducerState};
use crate::storage::StorageError;

/// The note beside the segments, as JSON.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct State {
    version: u32,
    /// Records before are gone.
    pub(super) start_offset: i64,
    /// Where the log ended when this was written.
    pub(super) end_offset: i64,
    /// Before it no key appears twice.
    pub(super) clean_offset: i64,
    /// Leader epochs and their first offsets.
    pub(super) epochs: Vec<(i32, i64)>,
    producers: Vec<StoredProducer>,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct StoredProducer {
    producer_id: i64,
    epoch: i16,
    coordinator_epoch: i32,
    last_timestamp: i64,
    /// Last sequence, last offset, records but one, timestamp.
    batches: Vec<(i32, i64, i32, i64)>,
}

impl State {
    /// Reads the note. One that cannot be read counts as none, since most of it is in the segments too.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let state: Self = serde_json::from_slice(bytes).ok()?;
        (state.version == VERSION && state.start_offset >= 0).then_some(state)
    }

    /// The producers as they were, without the transactions that were open.
    pub(super) fn producers(&self) -> impl Iterator<Item = ProducerState> {
        self.producers.iter().map(|stored| {
            let batches = stored.batches.iter();
            let mut producer = ProducerState::unknown(stored.producer_id);
            producer.epoch = stored.epoch;
            producer.coordinator_epoch = stored.coordinator_epoch;
            producer.last_timestamp = stored.last_timestamp;
            producer.with_batches(
                batches.map(
                    |&(last_sequence, last_offset, offset_delta, timestamp)| ProducerBatch {
                        last_sequence,
                        last_offset,
                        offset_delta,
                        timestamp,
                    },
                ),
            )
        })
    }
}

impl Log {
    /// Writes the note down as of now.
    pub(super) fn save_state(&mut self) -> Result<(), StorageError> {
        let state = State {
            version: VERSION,
            start_offset: self.start_offset,
            end_offset: self.end_offset,
            clean_offset: self.clean_offset,
            epochs: self.epochs.entries().to_vec(),
            producers: self.producers().map(StoredProducer::of).collect(),
        };
        let bytes = serde_json::to_vec(&state).map_err(|error| {
            StorageError::new("write down", format!("the state of {}", self.name), error.into())
        })?;
        self.store.save_state(&bytes)
    }
}

impl StoredProducer {
    fn of(producer: &ProducerState) -> Self {
        let batches = producer.batches().iter();
        Self {
            producer_id: producer.producer_id,
            epoch: producer.epoch,
            coordinator_epoch: producer.coordinator_epoch,
            last_timestamp: producer.last_timestamp,
            batches: batches
                .map(|batch| {
                    (
                        batch.last_sequence,
                        batch.last_offset,
                        batch.offset_delta,
                        batch.timestamp,
                    )
                })
                .collect(),
        }
    }
}

const VERSION: u32 = 1;
