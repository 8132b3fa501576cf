use protocol::ErrorCode;
use protocol::records::{BatchHeader, NO_SEQUENCE};

use super::error::AppendError;

/// A batch of an idempotent producer that a log remembers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProducerBatch {
    /// Sequence number of its last record; -1 for none, as coordinators write.
    pub last_sequence: i32,
    /// Offset of its last record.
    pub last_offset: i64,
    /// Its records but one.
    pub offset_delta: i32,
    /// Its largest timestamp, in milliseconds.
    pub timestamp: i64,
}

impl ProducerBatch {
    /// Offset of the first record.
    pub fn first_offset(&self) -> i64 {
        self.last_offset - i64::from(self.offset_delta)
    }

    /// Sequence number of the first record.
    pub fn first_sequence(&self) -> i32 {
        sequence_after(self.last_sequence, -i64::from(self.offset_delta))
    }
}

/// What a log knows of a producer (KIP-98).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProducerState {
    /// The producer's id.
    pub producer_id: i64,
    /// The latest epoch it was seen with.
    pub epoch: i16,
    /// Epoch of the coordinator that ended its last transaction; -1 for none.
    pub coordinator_epoch: i32,
    /// Time of its last batch or marker, in milliseconds: how long it has been silent counts from there.
    pub last_timestamp: i64,
    /// Offset of the first record of the transaction that is open.
    pub transaction_start: Option<i64>,
    /// Its last batches under this epoch, in order.
    batches: Batches,
}

/// At most five batches: as many as a producer has in flight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Batches {
    kept: [ProducerBatch; BATCHES_MAX],
    len: usize,
}

impl ProducerState {
    /// A producer that nothing is known of.
    pub(super) fn unknown(producer_id: i64) -> Self {
        Self {
            producer_id,
            epoch: -1,
            coordinator_epoch: -1,
            last_timestamp: -1,
            transaction_start: None,
            batches: Batches::default(),
        }
    }

    /// The last batches under the epoch, in order, five at most.
    pub fn batches(&self) -> &[ProducerBatch] {
        self.batches.kept.get(..self.batches.len).unwrap_or_default()
    }

    /// The last sequence number that was written under the epoch; -1 for none.
    pub fn last_sequence(&self) -> i32 {
        self.batches().last().map_or(-1, |batch| batch.last_sequence)
    }

    /// Offset of the last record; -1 for none.
    pub fn last_offset(&self) -> i64 {
        self.batches().last().map_or(-1, |batch| batch.last_offset)
    }

    /// The batch that was appended before with the same epoch and sequence numbers.
    pub(super) fn duplicate_of(&self, header: &BatchHeader) -> Option<&ProducerBatch> {
        if header.producer_epoch != self.epoch {
            return None;
        }
        let last_sequence = sequence_after(header.base_sequence, i64::from(header.last_offset_delta));
        self.batches().iter().find(|batch| {
            batch.first_sequence() == header.base_sequence && batch.last_sequence == last_sequence
        })
    }

    /// Checks that a client's batch comes next. `offset` is where it would stand in the log called `name`.
    pub(super) fn check(&self, name: &str, header: &BatchHeader, offset: i64) -> Result<(), AppendError> {
        let (id, epoch, sequence) = (header.producer_id, header.producer_epoch, header.base_sequence);
        self.check_epoch(name, epoch, offset)?;
        let out_of_order = if epoch != self.epoch {
            self.epoch != -1 && sequence != 0
        } else {
            sequence != sequence_after(self.last_sequence(), 1)
        };
        if out_of_order {
            let last = self.last_sequence();
            let known = self.epoch;
            return Err(AppendError::new(
                ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER,
                format!(
                    "producer {id} sent sequence number {sequence} of epoch {epoch} for offset {offset} of {name}, \
                     after sequence number {last} of epoch {known}"
                ),
            ));
        }
        if self.transaction_start.is_some() && !header.attributes.is_transactional() {
            return Err(AppendError::new(
                ErrorCode::INVALID_TXN_STATE,
                format!(
                    "producer {id} sent a batch outside of its open transaction for offset {offset} of {name}"
                ),
            ));
        }
        Ok(())
    }

    /// Checks that nobody has used a later epoch.
    pub(super) fn check_epoch(&self, name: &str, epoch: i16, offset: i64) -> Result<(), AppendError> {
        if epoch >= self.epoch {
            return Ok(());
        }
        let (id, known) = (self.producer_id, self.epoch);
        Err(AppendError::new(
            ErrorCode::INVALID_PRODUCER_EPOCH,
            format!(
                "epoch {epoch} of producer {id} for offset {offset} of {name} is older than the last seen epoch {known}"
            ),
        ))
    }

    /// Takes note of a data batch.
    pub(super) fn note(&mut self, header: &BatchHeader) {
        self.enter(header.producer_epoch);
        self.last_timestamp = header.max_timestamp;
        self.batches.push(ProducerBatch {
            last_sequence: match header.base_sequence {
                // Coordinators write without sequence numbers.
                NO_SEQUENCE => NO_SEQUENCE,
                first => sequence_after(first, i64::from(header.last_offset_delta)),
            },
            last_offset: header.last_offset(),
            offset_delta: header.last_offset_delta,
            timestamp: header.max_timestamp,
        });
        if header.attributes.is_transactional() {
            self.transaction_start.get_or_insert(header.base_offset);
        }
    }

    /// Takes note of the end of a transaction, and returns where it began.
    pub(super) fn end_transaction(
        &mut self,
        epoch: i16,
        coordinator_epoch: i32,
        timestamp: i64,
    ) -> Option<i64> {
        self.enter(epoch);
        self.coordinator_epoch = coordinator_epoch;
        self.last_timestamp = timestamp;
        self.transaction_start.take()
    }

    /// Sequence numbers begin again with each epoch.
    fn enter(&mut self, epoch: i16) {
        if epoch != self.epoch {
            self.epoch = epoch;
            self.batches = Batches::default();
        }
    }

    /// Forgets the batches that end at `offset` or behind it.
    pub(super) fn forget_from(&mut self, offset: i64) {
        self.batches.len = self.batches().partition_point(|batch| batch.last_offset < offset);
    }

    /// The same producer with these last batches.
    pub(super) fn with_batches(mut self, batches: impl Iterator<Item = ProducerBatch>) -> Self {
        self.batches = Batches::default();
        batches.for_each(|batch| self.batches.push(batch));
        self
    }
}

impl Batches {
    fn push(&mut self, batch: ProducerBatch) {
        if self.len == BATCHES_MAX {
            self.kept.rotate_left(1);
            self.len -= 1;
        }
        if let Some(place) = self.kept.get_mut(self.len) {
            *place = batch;
            self.len += 1;
        }
    }
}

/// The sequence number `steps` behind another one; after 2³¹-1 comes 0.
pub(super) fn sequence_after(sequence: i32, steps: i64) -> i32 {
    let sum = (i64::from(sequence) + steps).rem_euclid(1 << 31);
    i32::try_from(sum).unwrap_or(i32::MAX)
}

/// How many batches of a producer are remembered.
const BATCHES_MAX: usize = 5;
