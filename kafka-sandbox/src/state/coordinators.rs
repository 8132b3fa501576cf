//! Which broker coordinates a group or a transactional id: the leader of the partition that keeps it.

use std::io;

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::records::{Batch, Batches};

use super::State;
use super::brokers::BrokerStatus;
use super::topics::{Topic, TopicPartition};
use crate::log::Log;
use crate::storage::StorageError;
use crate::time::Now;

/// A partition of an internal topic, and who leads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Coordinator {
    /// The partition that keeps the group or transactional id.
    pub(crate) partition: i32,
    /// The broker that leads it.
    pub(crate) broker: i32,
    /// The leader's epoch, which is the coordinator's.
    pub(crate) epoch: i32,
}

impl State {
    /// The coordinator of `key`, a group in `__consumer_offsets` or a transactional id in `__transaction_state`.
    ///
    /// # Errors
    ///
    /// `COORDINATOR_NOT_AVAILABLE` while the topic is not there, or its partition has no leader.
    pub(crate) fn coordinator(&self, topic: &str, key: &str) -> Result<Coordinator, ErrorCode> {
        let partitions = self.topics.get(topic).map_or(&[][..], |topic| &topic.partitions);
        let index = partition_of(key, partitions.len()).ok_or(ErrorCode::COORDINATOR_NOT_AVAILABLE)?;
        let partition = partitions
            .get(index)
            .ok_or(ErrorCode::COORDINATOR_NOT_AVAILABLE)?;
        Ok(Coordinator {
            partition: i32::try_from(index).map_err(|_| ErrorCode::COORDINATOR_NOT_AVAILABLE)?,
            broker: partition.leader.ok_or(ErrorCode::COORDINATOR_NOT_AVAILABLE)?,
            epoch: partition.leader_epoch,
        })
    }

    /// As [`coordinator`](Self::coordinator), for a request that came to `broker`.
    ///
    /// # Errors
    ///
    /// `NOT_COORDINATOR` when that is another one, or nobody.
    pub(crate) fn coordinator_at(
        &self,
        broker: i32,
        topic: &str,
        key: &str,
    ) -> Result<Coordinator, ErrorCode> {
        let coordinator = self.coordinator(topic, key);
        coordinator
            .ok()
            .filter(|coordinator| coordinator.broker == broker)
            .ok_or(ErrorCode::NOT_COORDINATOR)
    }

    /// Writes records of a coordinator into its partition of an internal topic.
    ///
    /// # Errors
    ///
    /// As a coordinator's client gets them: `COORDINATOR_NOT_AVAILABLE` without the topic or enough replicas,
    /// `NOT_COORDINATOR` when nothing can be stored, `UNKNOWN_SERVER_ERROR` when a record is too large.
    pub(crate) fn append_for_coordinator(
        &mut self,
        now: Now,
        topic: &str,
        index: i32,
        records: &[(Option<Bytes>, Option<Bytes>)],
    ) -> Result<(), ErrorCode> {
        self.append_coordinated(now, topic, index, records, None)
            .map(|_| ())
    }

    /// As [`append_for_coordinator`](Self::append_for_coordinator), perhaps in the transaction of a producer: its id and
    /// epoch. Returns the offset of the first record.
    ///
    /// # Errors
    ///
    /// As there, and `INVALID_PRODUCER_EPOCH`.
    pub(super) fn append_coordinated(
        &mut self,
        now: Now,
        topic: &str,
        index: i32,
        records: &[(Option<Bytes>, Option<Bytes>)],
        transaction: Option<(i64, i16)>,
    ) -> Result<i64, ErrorCode> {
        let Some(Topic {
            name,
            partitions,
            settings,
            replication,
            ..
        }) = self.topics.get_mut(topic)
        else {
            return Err(ErrorCode::COORDINATOR_NOT_AVAILABLE);
        };
        let place = usize::try_from(index).ok();
        let Some(partition) = place.and_then(|place| partitions.get_mut(place)) else {
            return Err(ErrorCode::COORDINATOR_NOT_AVAILABLE);
        };
        if !partition.has_in_sync(*replication) {
            return Err(ErrorCode::COORDINATOR_NOT_AVAILABLE);
        }
        let (log, epoch) = (&mut partition.log, partition.leader_epoch);
        let appended = match transaction {
            None => log.append_internal(now, records, epoch, settings),
            Some((id, producer_epoch)) => {
                log.append_transactional(now, records, id, producer_epoch, epoch, settings)
            }
        };
        let appended = appended.map_err(|error| {
            tracing::warn!("{topic}-{index} cannot be written: {error}");
            coordinator_error(error.code())
        })?;
        let touched = TopicPartition {
            topic: name.clone(),
            partition: index,
        };
        self.fetches.touch(&touched);
        self.upkeep.note(now);
        Ok(appended.base_offset)
    }

    /// Whether a broker runs: it is neither down nor paused.
    pub(crate) fn is_running(&self, broker: i32) -> bool {
        let broker = self.brokers.get(broker);
        broker.is_some_and(|broker| broker.status == BrokerStatus::Up)
    }
}

/// Shows all batches of a log to `visit`, in order, to take up what a coordinator wrote. `name` is what errors call the
/// log.
///
/// # Errors
///
/// The log cannot be read.
pub(super) fn visit_batches(
    log: &Log,
    name: &str,
    mut visit: impl FnMut(&Batch),
) -> Result<(), StorageError> {
    let failed = |error| StorageError::new("read", name, error);
    let mut offset = log.start_offset();
    while offset < log.end_offset() {
        let bytes = log.read(offset, LOAD_BYTES, true, log.end_offset());
        let bytes = bytes.map_err(|error| failed(io::Error::other(error)))?;
        let before = offset;
        for batch in Batches::new(bytes) {
            let batch = batch.map_err(|error| failed(io::Error::new(io::ErrorKind::InvalidData, error)))?;
            offset = batch.header().next_offset();
            visit(&batch);
        }
        if offset == before {
            break;
        }
    }
    Ok(())
}

/// How much of a log is read at a time.
const LOAD_BYTES: usize = 1 << 20;

/// The error of a coordinator whose record could not be written, as its clients get it.
pub(crate) fn coordinator_error(code: ErrorCode) -> ErrorCode {
    match code {
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
        | ErrorCode::NOT_ENOUGH_REPLICAS
        | ErrorCode::NOT_ENOUGH_REPLICAS_AFTER_APPEND
        | ErrorCode::REQUEST_TIMED_OUT => ErrorCode::COORDINATOR_NOT_AVAILABLE,
        ErrorCode::NOT_LEADER_OR_FOLLOWER | ErrorCode::KAFKA_STORAGE_ERROR => ErrorCode::NOT_COORDINATOR,
        ErrorCode::MESSAGE_TOO_LARGE
        | ErrorCode::RECORD_LIST_TOO_LARGE
        | ErrorCode::INVALID_FETCH_SIZE
        | ErrorCode::CORRUPT_MESSAGE => ErrorCode::UNKNOWN_SERVER_ERROR,
        other => other,
    }
}

/// The index of the partition among `count` that keeps `key`; none when there are none.
fn partition_of(key: &str, count: usize) -> Option<usize> {
    let hash = usize::try_from(java_hash(key).checked_abs().unwrap_or(0)).ok()?;
    hash.checked_rem(count)
}

/// What `String.hashCode` of Java gives.
fn java_hash(text: &str) -> i32 {
    text.encode_utf16().fold(0, |hash: i32, unit| {
        hash.wrapping_mul(31).wrapping_add(i32::from(unit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_where_java_puts_them() {
        for (text, hash) in [
            ("", 0),
            ("a", 97),
            ("hello", 99_162_322),
            ("polygenelubricants", i32::MIN),
            // Two units beyond the basic plane: 0xd83d * 31 + 0xde00.
            ("\u{1f600}", 1_772_899),
        ] {
            assert_eq!(java_hash(text), hash, "{text:?}");
        }
        assert_eq!(partition_of("hello", 50), Some(22));
        assert_eq!(partition_of("polygenelubricants", 50), Some(0));
        assert_eq!(partition_of("a", 0), None);
    }
}
