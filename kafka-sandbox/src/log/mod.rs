//! The log of one partition: what producers append, consumers read and retention removes.
//!
//! All replicas of a partition share one log. Who leads it, and how much of it counts, is not its business.

mod append;
mod codecs;
mod compact;
mod epochs;
mod error;
mod head;
mod lookup;
mod maintain;
mod producers;
mod read;
mod recover;
mod replay;
mod rewrite;
mod round;
mod scan;
mod segment;
mod settings;
mod state;
mod transactions;
mod trim;
mod validate;

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::records::{AbortedTransaction, BatchHeader};

pub use append::{Appended, Marker, Verification};
pub use error::{AppendError, ReadError};
pub use lookup::FoundRecord;
pub use maintain::Maintained;
pub use producers::{ProducerBatch, ProducerState};
pub use recover::{CorruptBatch, Recovery};
pub use settings::{Cleanup, LogSettings};

use crate::storage::{LogStore, StorageError};
use epochs::Epochs;
use round::Round;
use segment::Segment;
use transactions::Transactions;

/// The log of one partition.
#[derive(Debug)]
pub struct Log {
    /// What errors call it, such as `orders-0`.
    name: Box<str>,
    store: Box<dyn LogStore>,
    /// By base offset; the last one is appended to.
    segments: Vec<Segment>,
    start_offset: i64,
    end_offset: i64,
    /// Compaction has been over what is before.
    clean_offset: i64,
    /// When retention and compaction look next, since the start of the sandbox.
    next_check: Option<Duration>,
    /// The compaction that is going on.
    round: Option<Box<Round>>,
    epochs: Epochs,
    producers: BTreeMap<i64, ProducerState>,
    /// A time that no producer's last one is before; none if there were none.
    oldest_producer: Option<i64>,
    transactions: Transactions,
}

impl Log {
    /// The offset of the first record that can be read.
    pub fn start_offset(&self) -> i64 {
        self.start_offset
    }

    /// The offset that the next record gets.
    pub fn end_offset(&self) -> i64 {
        self.end_offset
    }

    /// The offset before which no transaction is open: what `read_committed` consumers may read up to.
    pub fn last_stable_offset(&self) -> i64 {
        let first = self.transactions.first_open().unwrap_or(self.end_offset);
        // Its first records may have been deleted since.
        first.max(self.start_offset)
    }

    /// Bytes of all segments.
    pub fn size(&self) -> u64 {
        self.segments.iter().map(|segment| segment.size).sum()
    }

    /// Answers OffsetForLeaderEpoch: the largest epoch that is not above `leader_epoch`, and the offset where it ends.
    /// Both are -1 for an epoch that nothing was appended under yet, or below 0.
    pub fn epoch_end(&self, leader_epoch: i32) -> (i32, i64) {
        self.epochs.end(leader_epoch, self.end_offset)
    }

    /// The epoch of the leader that appended last.
    pub fn latest_epoch(&self) -> Option<i32> {
        self.epochs.latest()
    }

    /// The epoch of the leader that appended at `offset`, or would have.
    pub fn epoch_at(&self, offset: i64) -> Option<i32> {
        self.epochs.at(offset)
    }

    /// Whether a transaction that was aborted ends at `from` or behind it.
    pub fn has_aborted(&self, from: i64) -> bool {
        self.transactions.has_aborted(from)
    }

    /// The transactions that were aborted and reach into `from..to`.
    pub fn aborted(&self, from: i64, to: i64) -> Vec<AbortedTransaction> {
        self.transactions.aborted(from, to)
    }

    /// The idempotent producers that are remembered, by id.
    pub fn producers(&self) -> impl ExactSizeIterator<Item = &ProducerState> {
        self.producers.values()
    }

    /// The idempotent producer of that id, if it is remembered.
    pub fn producer(&self, producer_id: i64) -> Option<&ProducerState> {
        self.producers.get(&producer_id)
    }

    /// The producer that has a transaction open here, if this one has.
    pub fn open_transaction(&self, producer_id: i64) -> Option<&ProducerState> {
        let producer = self.producers.get(&producer_id)?;
        producer.transaction_start.is_some().then_some(producer)
    }

    /// Writes down what the segments do not tell and returns once all of the log survives a loss of power: for a
    /// clean end. The log can be gone on with.
    ///
    /// # Errors
    ///
    /// The store failed.
    pub fn flush(&mut self) -> Result<(), StorageError> {
        if self.end_offset > 0 {
            self.save_state()?;
        }
        self.store.sync()
    }

    /// Takes note of a data batch that was appended.
    fn note_producer(&mut self, header: &BatchHeader) {
        if header.producer_id < 0 {
            return;
        }
        let id = header.producer_id;
        let producer = self
            .producers
            .entry(id)
            .or_insert_with(|| ProducerState::unknown(id));
        let was_open = producer.transaction_start.is_some();
        producer.note(header);
        let time = producer.last_timestamp;
        self.oldest_producer = Some(self.oldest_producer.map_or(time, |oldest| oldest.min(time)));
        if !was_open && producer.transaction_start.is_some() {
            self.transactions.begin(id, header.base_offset);
        }
    }

    /// Takes note of a marker that was appended.
    fn note_marker(&mut self, header: &BatchHeader, marker: Marker) {
        let id = marker.producer_id;
        let producer = self
            .producers
            .entry(id)
            .or_insert_with(|| ProducerState::unknown(id));
        let first = producer.end_transaction(
            marker.producer_epoch,
            marker.coordinator_epoch,
            header.max_timestamp,
        );
        if let Some(first) = first {
            self.transactions
                .end(id, first, header.base_offset, marker.committed);
        }
    }
}

#[cfg(test)]
mod tests;
