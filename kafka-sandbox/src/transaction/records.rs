//! Transactional ids as records of `__transaction_state`.

use std::sync::Arc;

use bytes::Bytes;
use protocol::internal::transaction_state::{
    Key, PartitionsSchema, Record, TransactionLogKey, TransactionLogValue, Value,
};
use protocol::wire::{DecodeError, EncodeError};

use super::coordinator::Change;
use super::entry::{Partitions, Status, Transaction};

/// Why a record of the topic means nothing to the coordinator.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UnreadableRecord {
    /// It is none of that topic.
    #[error("no record of a transactional id")]
    Format(#[from] DecodeError),
    /// It has no key, or one of a type that is not known.
    #[error("a record without the key of a transactional id")]
    Key,
    /// It says that the transaction is somewhere where none can be.
    #[error("transactional id {id:?} is kept with status {status}, which is none")]
    Status {
        /// The transactional id.
        id: String,
        /// The number of the status.
        status: i8,
    },
}

impl Change {
    /// The record that keeps it: key and value. `version` is the cluster's version of transactions: from 1 on the
    /// value has fields that older brokers do not know.
    ///
    /// # Errors
    ///
    /// The transactional id is longer than the format allows.
    pub(crate) fn record(&self, version: i16) -> Result<(Option<Bytes>, Option<Bytes>), EncodeError> {
        let key = Key::TransactionLog(TransactionLogKey {
            transactional_id: self.id.to_string(),
        });
        let value = self.next.as_ref().map(|next| {
            let version = version.clamp(0, 1);
            Value::TransactionLog(next.stored(version)).encode(version)
        });
        Ok((Some(key.encode()?), value.transpose()?))
    }
}

impl Transaction {
    /// The value of its record in one of the versions 0 and 1.
    fn stored(&self, version: i16) -> TransactionLogValue {
        let topics = self
            .partitions
            .topics()
            .map(|(topic, partitions)| PartitionsSchema {
                topic: topic.to_string(),
                partition_ids: partitions.iter().copied().collect(),
            });
        // Kafka has a null where no transaction can be open.
        let partitions = (self.status != Status::Empty).then(|| topics.collect());
        let older = TransactionLogValue {
            producer_id: self.producer_id,
            producer_epoch: self.producer_epoch,
            transaction_timeout_ms: self.timeout_ms,
            transaction_status: self.status.stored().0,
            transaction_partitions: partitions,
            transaction_last_update_timestamp_ms: self.updated,
            transaction_start_timestamp_ms: self.started,
            ..TransactionLogValue::default()
        };
        if version < 1 {
            return older;
        }
        TransactionLogValue {
            previous_producer_id: self.previous_producer_id,
            next_producer_id: self.next_producer_id,
            client_transaction_version: self.client_version,
            ..older
        }
    }
}

/// Reads what a record of the topic says.
///
/// # Errors
///
/// When it is none that a coordinator wrote.
pub(crate) fn read_record(key: Option<&Bytes>, value: Option<&Bytes>) -> Result<Change, UnreadableRecord> {
    let record = Record::decode(key.ok_or(UnreadableRecord::Key)?, value)?;
    let Key::TransactionLog(key) = record.key else {
        return Err(UnreadableRecord::Key);
    };
    let id: Arc<str> = key.transactional_id.into();
    let Some(Value::TransactionLog(value)) = record.value else {
        return Ok(Change { id, next: None });
    };
    let number = value.transaction_status;
    let Some(status) = Status::ALL.into_iter().find(|status| status.stored().0 == number) else {
        return Err(UnreadableRecord::Status {
            id: id.to_string(),
            status: number,
        });
    };
    let mut partitions = Partitions::default();
    for topic in value.transaction_partitions.unwrap_or_default() {
        let name: Arc<str> = topic.topic.into();
        for partition in topic.partition_ids {
            partitions.insert(name.clone(), partition);
        }
    }
    Ok(Change {
        id,
        next: Some(Transaction {
            producer_id: value.producer_id,
            previous_producer_id: value.previous_producer_id,
            next_producer_id: value.next_producer_id,
            producer_epoch: value.producer_epoch,
            // The epoch before is not kept.
            last_producer_epoch: -1,
            timeout_ms: value.transaction_timeout_ms,
            status,
            partitions,
            started: value.transaction_start_timestamp_ms,
            updated: value.transaction_last_update_timestamp_ms,
            client_version: value.client_transaction_version,
        }),
    })
}
