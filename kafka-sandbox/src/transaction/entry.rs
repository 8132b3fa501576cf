//! What is known of one transactional id.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use protocol::internal::transaction_state::TransactionStatus;

/// Where a transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// No transaction was begun by this producer yet.
    Empty,
    /// A transaction is open.
    Ongoing,
    /// Commit is decided, not all markers are written.
    PrepareCommit,
    /// Abort is decided, not all markers are written.
    PrepareAbort,
    /// The last transaction was committed.
    CompleteCommit,
    /// The last transaction was aborted.
    CompleteAbort,
}

impl Status {
    /// All that are ever kept, in the order of their numbers.
    pub(crate) const ALL: [Self; 6] = [
        Self::Empty,
        Self::Ongoing,
        Self::PrepareCommit,
        Self::PrepareAbort,
        Self::CompleteCommit,
        Self::CompleteAbort,
    ];

    /// As it is in a record.
    pub(crate) fn stored(self) -> TransactionStatus {
        match self {
            Self::Empty => TransactionStatus::EMPTY,
            Self::Ongoing => TransactionStatus::ONGOING,
            Self::PrepareCommit => TransactionStatus::PREPARE_COMMIT,
            Self::PrepareAbort => TransactionStatus::PREPARE_ABORT,
            Self::CompleteCommit => TransactionStatus::COMPLETE_COMMIT,
            Self::CompleteAbort => TransactionStatus::COMPLETE_ABORT,
        }
    }

    /// Kafka's name of it, such as `"Ongoing"`.
    pub(crate) fn name(self) -> &'static str {
        self.stored().name()
    }

    /// Whether Kafka has a status of this name: also one of the two that nobody ever sees.
    pub(crate) fn is_name(name: &str) -> bool {
        let passing = [TransactionStatus::DEAD, TransactionStatus::PREPARE_EPOCH_FENCE];
        Self::ALL.iter().any(|status| status.name() == name)
            || passing.iter().any(|status| status.name() == name)
    }

    /// Whether the end is decided and markers are being written.
    pub(crate) fn is_prepared(self) -> bool {
        matches!(self, Self::PrepareCommit | Self::PrepareAbort)
    }
}

/// What is known of a transactional id.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Transaction {
    /// The id of its producer.
    pub(crate) producer_id: i64,
    /// The id its producer had before; -1 for none.
    pub(crate) previous_producer_id: i64,
    /// The id its producer gets when the markers are written, because its epochs are used up; -1 for none.
    pub(crate) next_producer_id: i64,
    /// The epoch of its producer.
    pub(crate) producer_epoch: i16,
    /// The epoch it had before, by which a repeated request is known; -1 for none.
    pub(crate) last_producer_epoch: i16,
    /// After which time an open transaction is aborted, in milliseconds.
    pub(crate) timeout_ms: i32,
    pub(crate) status: Status,
    /// The partitions of the open transaction; of a prepared one those whose markers are not written yet.
    pub(crate) partitions: Partitions,
    /// When the transaction was begun, in milliseconds since 1970; -1 for never.
    pub(crate) started: i64,
    /// When anything was changed, in milliseconds since 1970.
    pub(crate) updated: i64,
    /// The version of transactions that its last end was asked for with: 2 where epochs rise with each end.
    pub(crate) client_version: i16,
}

impl Transaction {
    /// Whether the next epoch could not be raised any more. One is kept for fencing.
    pub(super) fn is_exhausted(&self) -> bool {
        is_exhausted(self.producer_epoch)
    }

    /// Whether each end raises the epoch.
    pub(crate) fn epoch_rises(&self) -> bool {
        self.client_version >= EPOCH_RISES
    }
}

/// Whether an epoch is the last that a producer may have.
pub(super) fn is_exhausted(epoch: i16) -> bool {
    epoch >= i16::MAX - 1
}

/// The version of transactions from which each end raises the epoch of the producer (KIP-890).
pub(super) const EPOCH_RISES: i16 = 2;

/// Partitions by topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Partitions(BTreeMap<Arc<str>, BTreeSet<i32>>);

impl Partitions {
    /// Adds a partition; says whether it is new.
    pub(crate) fn insert(&mut self, topic: Arc<str>, partition: i32) -> bool {
        self.0.entry(topic).or_default().insert(partition)
    }

    /// Takes a partition away.
    pub(crate) fn remove(&mut self, topic: &str, partition: i32) {
        if let Some(partitions) = self.0.get_mut(topic) {
            partitions.remove(&partition);
            if partitions.is_empty() {
                self.0.remove(topic);
            }
        }
    }

    pub(crate) fn contains(&self, topic: &str, partition: i32) -> bool {
        let partitions = self.0.get(topic);
        partitions.is_some_and(|partitions| partitions.contains(&partition))
    }

    /// Whether all of `others` are among them.
    pub(crate) fn contains_all(&self, others: &Self) -> bool {
        others
            .iter()
            .all(|(topic, partition)| self.contains(topic, partition))
    }

    /// Adds all of `others`.
    pub(crate) fn extend(&mut self, others: &Self) {
        for (topic, partitions) in &others.0 {
            self.0.entry(topic.clone()).or_default().extend(partitions);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One after another, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, i32)> {
        let topics = self.0.iter();
        topics.flat_map(|(topic, partitions)| partitions.iter().map(move |partition| (topic, *partition)))
    }

    /// By topic, in order.
    pub(crate) fn topics(&self) -> impl Iterator<Item = (&Arc<str>, &BTreeSet<i32>)> {
        self.0.iter()
    }
}

impl FromIterator<(Arc<str>, i32)> for Partitions {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, i32)>>(all: I) -> Self {
        let mut partitions = Self::default();
        for (topic, partition) in all {
            partitions.insert(topic, partition);
        }
        partitions
    }
}
