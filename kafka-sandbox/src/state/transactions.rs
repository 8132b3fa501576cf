//! Transactions in the cluster: their records in `__transaction_state`, their markers in the partitions they reach.

use std::sync::Arc;

use protocol::ErrorCode;
use protocol::compress::Decompressor;
use protocol::records::Batch;

use super::coordinators::visit_batches;
use super::topics::{Topic, TopicPartition};
use super::{CONSUMER_OFFSETS, State, TRANSACTION_STATE};
use crate::fault::CommandError;
use crate::log::Marker;
use crate::storage::StorageError;
use crate::time::Now;
use crate::transaction::{
    Change, End, Init, InitRequest, Outcome, Partitions, Status, TransactionSettings, Transactions,
    UnreadableRecord, read_record,
};

/// The producer that asks: its id and epoch.
type Producer = (i64, i16);

impl State {
    /// InitProducerId with a transactional id: the producer id and epoch to go on with.
    ///
    /// # Errors
    ///
    /// Those of [`Transactions::init`]; `CONCURRENT_TRANSACTIONS` also when a transaction was open, which is aborted now;
    /// and those of a coordinator that cannot write.
    pub(crate) fn init_transactional(
        &mut self,
        now: Now,
        id: &Arc<str>,
        request: InitRequest,
    ) -> Result<Producer, ErrorCode> {
        let version = self.transaction_version();
        let (answer, change) = self.with_producer_id(now, |transactions, new_producer_id| {
            transactions.init(now, id, request, version, new_producer_id)
        })?;
        self.keep_transaction(now, change)?;
        match answer {
            Init::Done(next) => Ok((next.producer_id, next.producer_epoch)),
            Init::Abort(_) => {
                self.begin_markers(now, id);
                Err(ErrorCode::CONCURRENT_TRANSACTIONS)
            }
        }
    }

    /// Adds partitions to the transaction of a producer.
    ///
    /// # Errors
    ///
    /// Those of [`Transactions::add_partitions`], and those of a coordinator that cannot write.
    pub(crate) fn add_to_transaction(
        &mut self,
        now: Now,
        id: &Arc<str>,
        producer: Producer,
        partitions: &Partitions,
    ) -> Result<(), ErrorCode> {
        let change = self.transactions.add_partitions(now, id, producer, partitions)?;
        change.map_or(Ok(()), |change| self.keep_transaction(now, change))
    }

    /// EndTxn of a client that speaks `version` of transactions: the producer id and epoch to go on with.
    ///
    /// # Errors
    ///
    /// Those of [`Transactions::end`], `UNSUPPORTED_VERSION` when the cluster is set to version 0, and those of a
    /// coordinator that cannot write.
    pub(crate) fn end_transaction(
        &mut self,
        now: Now,
        id: &Arc<str>,
        producer: Producer,
        outcome: Outcome,
        version: i16,
    ) -> Result<Producer, ErrorCode> {
        let (answer, change) = self.with_producer_id(now, |transactions, new_producer_id| {
            transactions.end(now, id, producer, outcome, version, new_producer_id)
        })?;
        if let Some(change) = change {
            self.check_client_version(version)?;
            self.keep_transaction(now, change)?;
        }
        match answer {
            End::Prepared(next) => {
                self.begin_markers(now, id);
                Ok(if next.next_producer_id >= 0 {
                    (next.next_producer_id, 0)
                } else {
                    (next.producer_id, next.producer_epoch)
                })
            }
            End::Already => {
                let known = self.transactions.get(id);
                let known = known.ok_or(ErrorCode::INVALID_PRODUCER_ID_MAPPING)?;
                Ok((known.producer_id, known.producer_epoch))
            }
        }
    }

    /// Ends a transaction in one partition, by a marker.
    ///
    /// # Errors
    ///
    /// `UNKNOWN_TOPIC_OR_PARTITION`, `UNKNOWN_SERVER_ERROR` for a producer id or epoch below 0 as Kafka has it,
    /// `NOT_ENOUGH_REPLICAS`, and those of [`Log::append_marker`](crate::log::Log::append_marker).
    pub(crate) fn write_marker(
        &mut self,
        now: Now,
        topic: &str,
        index: i32,
        marker: Marker,
    ) -> Result<(), ErrorCode> {
        let Topic {
            name,
            partitions,
            settings,
            replication,
            ..
        } = self
            .topics
            .get_mut(topic)
            .ok_or(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)?;
        let place = usize::try_from(index).ok();
        let partition = place
            .and_then(|place| partitions.get_mut(place))
            .ok_or(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)?;
        if marker.producer_id < 0 || marker.producer_epoch < 0 {
            return Err(ErrorCode::UNKNOWN_SERVER_ERROR);
        }
        if !partition.takes_markers(*replication) {
            return Err(ErrorCode::NOT_ENOUGH_REPLICAS);
        }
        let appended = partition
            .log
            .append_marker(now, marker, partition.leader_epoch, settings);
        appended.map_err(|error| error.code())?;
        let touched = TopicPartition {
            topic: name.clone(),
            partition: index,
        };
        self.fetches.touch(&touched);
        self.upkeep.note(now);
        if topic == CONSUMER_OFFSETS {
            self.groups
                .complete_transaction(index, marker.producer_id, marker.committed);
        }
        Ok(())
    }

    /// The version of transactions that the cluster is set to: the finalized level of `transaction.version`.
    pub(crate) fn transaction_version(&self) -> i16 {
        self.features.level("transaction.version")
    }

    /// Fails where what a client does that speaks `version` of transactions cannot be kept: records of version 0 have no
    /// place for it.
    pub(crate) fn check_client_version(&self, version: i16) -> Result<(), ErrorCode> {
        if version >= 2 && self.transaction_version() == 0 {
            return Err(ErrorCode::UNSUPPORTED_VERSION);
        }
        Ok(())
    }

    /// Takes up what `__transaction_state` holds: at the start, when its logs are open.
    pub(super) fn load_transactions(&mut self, now: Now) -> Result<(), StorageError> {
        self.transactions = Transactions::new(self.transaction_settings());
        let partitions = self
            .topics
            .get(TRANSACTION_STATE)
            .map_or(&[][..], |topic| &topic.partitions);
        for partition in partitions {
            visit_batches(&partition.log, TRANSACTION_STATE, |batch| {
                read_batch(batch, |change| self.transactions.apply(now, change));
            })?;
        }
        let prepared = self
            .transactions
            .iter()
            .filter(|(_, known)| known.status.is_prepared());
        let prepared: Vec<Arc<str>> = prepared.map(|(id, _)| id.clone()).collect();
        for id in prepared {
            self.begin_markers(now, &id);
        }
        Ok(())
    }

    /// Forgets all transactional ids: their topic is gone.
    pub(super) fn forget_transactions(&mut self) {
        let delay = self.transactions.marker_delay();
        self.transactions = Transactions::new(self.transaction_settings());
        self.transactions.set_marker_delay(delay);
    }

    /// Does what is due in transactions.
    pub(super) fn handle_transaction_deadline(&mut self, now: Now) {
        for id in self.transactions.take_due(now) {
            self.look_at_transaction(now, &id);
            // Nothing where a change made it due at another time.
            self.transactions.look_again(now, &id);
        }
    }

    fn look_at_transaction(&mut self, now: Now, id: &Arc<str>) {
        let coordinator = self.coordinator(TRANSACTION_STATE, id);
        if !coordinator.is_ok_and(|coordinator| self.is_running(coordinator.broker)) {
            return;
        }
        let Some(known) = self.transactions.get(id) else {
            return;
        };
        if known.status.is_prepared() {
            self.write_markers(now, id);
            return;
        }
        let version = self.transaction_version();
        let change = self.with_producer_id(now, |transactions, new_producer_id| {
            transactions.expire(now, id, version, new_producer_id)
        });
        match change.and_then(|change| change.map_or(Ok(()), |change| self.keep_transaction(now, change))) {
            Ok(()) => self.begin_markers(now, id),
            Err(code) => tracing::warn!("transactional id {id:?} could not be cleaned up: {code}"),
        }
    }

    /// Aborts an open transaction as if its time-out were over.
    ///
    /// # Errors
    ///
    /// When there is none, or nobody coordinates it, or its end cannot be kept.
    pub(super) fn expire_transaction(&mut self, now: Now, id: &Arc<str>) -> Result<(), CommandError> {
        let coordinator = self.coordinator(TRANSACTION_STATE, id);
        if !coordinator.is_ok_and(|coordinator| self.is_running(coordinator.broker)) {
            return Err(CommandError::NoTransactionCoordinator(id.clone()));
        }
        let version = self.transaction_version();
        let change = self.with_producer_id(now, |transactions, new_producer_id| {
            transactions.abort(now, id, version, new_producer_id)
        });
        match change {
            Ok(None) => Err(CommandError::NoTransaction(id.clone())),
            Ok(Some(change)) => {
                self.keep_transaction(now, change)
                    .map_err(CommandError::Storage)?;
                self.begin_markers(now, id);
                Ok(())
            }
            Err(code) => Err(CommandError::Storage(code)),
        }
    }

    /// Writes the markers of a transaction whose end was just decided, unless they are to be late.
    fn begin_markers(&mut self, now: Now, id: &Arc<str>) {
        if self.transactions.marker_delay().is_zero() {
            self.write_markers(now, id);
        }
    }

    /// Writes the markers of a prepared transaction as far as there are leaders that take them, and when all are
    /// written completes it. What is left is tried again later.
    fn write_markers(&mut self, now: Now, id: &Arc<str>) {
        let Ok(coordinator) = self.coordinator(TRANSACTION_STATE, id) else {
            return;
        };
        let Some(known) = self
            .transactions
            .get(id)
            .filter(|known| known.status.is_prepared())
        else {
            return;
        };
        let marker = Marker {
            producer_id: known.producer_id,
            producer_epoch: known.producer_epoch,
            committed: known.status == Status::PrepareCommit,
            coordinator_epoch: coordinator.epoch,
            epoch_rises: known.epoch_rises(),
        };
        let partitions = known.partitions.clone();
        for (topic, partition) in partitions.iter() {
            let leader = self
                .topics
                .partition(topic, partition)
                .map(|partition| partition.leader);
            let written = match leader {
                None => Err(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION),
                Some(Some(leader)) if self.is_running(leader) => {
                    self.write_marker(now, topic, partition, marker)
                }
                Some(_) => Err(ErrorCode::LEADER_NOT_AVAILABLE),
            };
            match written {
                // A topic that was deleted has nothing to be ended.
                Ok(()) | Err(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION) => {
                    self.transactions.note_marker(id, topic, partition);
                }
                // Somebody ended it there by hand, for a later epoch. Kafka would leave the transaction as it is until
                // its coordinator moves, and try in vain again.
                Err(ErrorCode::INVALID_PRODUCER_EPOCH | ErrorCode::TRANSACTION_COORDINATOR_FENCED) => {
                    tracing::warn!("{topic}-{partition} has seen a later end of transactional id {id:?}");
                    self.transactions.note_marker(id, topic, partition);
                }
                Err(code) => {
                    tracing::debug!("{topic}-{partition} takes no marker of {id:?} yet: {code}");
                    if self.is_writable(topic, partition) {
                        self.transactions.retry_markers(now, id);
                    }
                }
            }
        }
        if let Some(change) = self.transactions.complete(now, id)
            && let Err(code) = self.keep_transaction(now, change)
        {
            tracing::warn!("the end of transactional id {id:?} could not be kept: {code}");
            if self.is_writable(TRANSACTION_STATE, coordinator.partition) {
                self.transactions.retry_markers(now, id);
            }
        }
    }

    /// Whether a partition has a leader that runs and enough replicas: else nothing can be written before that changes.
    fn is_writable(&self, topic: &str, index: i32) -> bool {
        self.topics.get(topic).is_some_and(|topic| {
            topic.partition(index).is_some_and(|partition| {
                partition.leader.is_some_and(|leader| self.is_running(leader))
                    && partition.takes_markers(topic.replication)
            })
        })
    }

    /// Writes what becomes of a transactional id, and lets it be so.
    fn keep_transaction(&mut self, now: Now, change: Change) -> Result<(), ErrorCode> {
        let version = self.transaction_version();
        let index = self.coordinator(TRANSACTION_STATE, &change.id)?.partition;
        let record = change.record(version).map_err(|error| {
            tracing::warn!("transactional id {:?} cannot be kept: {error}", change.id);
            ErrorCode::UNKNOWN_SERVER_ERROR
        })?;
        self.append_for_coordinator(now, TRANSACTION_STATE, index, &[record])?;
        self.transactions.apply(now, change);
        Ok(())
    }

    /// Asks something that may need a new producer id; it is used up only then.
    fn with_producer_id<T>(
        &mut self,
        now: Now,
        ask: impl FnOnce(&Transactions, &mut dyn FnMut() -> Result<i64, ErrorCode>) -> Result<T, ErrorCode>,
    ) -> Result<T, ErrorCode> {
        let next = self.next_producer_id(now);
        let mut taken = false;
        let answer = ask(&self.transactions, &mut || {
            taken = true;
            next
        });
        if taken && next.is_ok() {
            self.producer_ids.0 += 1;
        }
        answer
    }

    fn transaction_settings(&self) -> TransactionSettings {
        let defaults = TransactionSettings::default();
        let number = |name: &str, default: i64| self.configs.broker_number(name, default);
        TransactionSettings {
            max_timeout_ms: i32::try_from(number(
                "transaction.max.timeout.ms",
                defaults.max_timeout_ms.into(),
            ))
            .unwrap_or(i32::MAX),
            abort_interval_ms: number(
                "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                defaults.abort_interval_ms,
            ),
            expiration_ms: number("transactional.id.expiration.ms", defaults.expiration_ms),
            expiration_interval_ms: number(
                "transaction.remove.expired.transaction.cleanup.interval.ms",
                defaults.expiration_interval_ms,
            ),
        }
    }
}

/// Finds what the records of a batch say.
fn read_batch(batch: &Batch, mut found: impl FnMut(Change)) {
    if batch.header().attributes.is_control() {
        return;
    }
    let mut decompressor = Decompressor::default();
    let records = match batch.records(&mut decompressor) {
        Ok(records) => records,
        Err(error) => {
            tracing::error!("records of {TRANSACTION_STATE} cannot be read: {error}");
            return;
        }
    };
    for record in records.iter() {
        let change = record
            .map_err(UnreadableRecord::from)
            .and_then(|record| read_record(record.key_bytes().as_ref(), record.value_bytes().as_ref()));
        match change {
            Ok(change) => found(change),
            Err(error) => tracing::error!("a record of {TRANSACTION_STATE} is passed over: {error}"),
        }
    }
}
