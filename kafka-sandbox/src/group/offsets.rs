//! The offsets that a group has committed, and those that wait for their transactions to end.

use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::Uuid;
use protocol::internal::consumer_offsets::{Key, OffsetCommitKey, OffsetCommitValue, Value};

use super::effects::GroupRecord;

/// A committed offset.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CommittedOffset {
    /// The offset of the record to go on with.
    pub(crate) offset: i64,
    /// The leader's epoch of the record before it; -1 when unknown (KIP-320).
    pub(crate) leader_epoch: i32,
    pub(crate) metadata: String,
    /// When it was committed, in milliseconds since 1970.
    pub(crate) commit_timestamp: i64,
    /// When it is to be forgotten, where the client said so (OffsetCommit before version 5).
    pub(crate) expire_timestamp: Option<i64>,
    /// The topic's id; zero when unknown.
    pub(crate) topic_id: Uuid,
}

/// An offset with where it is kept: of two for the same partition the later record wins.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    committed: CommittedOffset,
    record_offset: i64,
}

/// The offsets of one group.
#[derive(Debug, Default)]
pub(crate) struct Offsets {
    by_topic: BTreeMap<Arc<str>, BTreeMap<i32, Kept>>,
    /// By producer: what its open transaction has committed.
    pending: BTreeMap<i64, BTreeMap<(Arc<str>, i32), Kept>>,
}

impl Offsets {
    pub(crate) fn get(&self, topic: &str, partition: i32) -> Option<&CommittedOffset> {
        let kept = self.by_topic.get(topic)?.get(&partition)?;
        Some(&kept.committed)
    }

    /// All, by topic and partition.
    pub(crate) fn topics(
        &self,
    ) -> impl Iterator<Item = (&Arc<str>, impl Iterator<Item = (i32, &CommittedOffset)>)> {
        self.by_topic.iter().map(|(topic, partitions)| {
            let partitions = partitions.iter();
            (topic, partitions.map(|(&index, kept)| (index, &kept.committed)))
        })
    }

    /// Whether there is nothing, not even in an open transaction.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_topic.is_empty() && self.pending.is_empty()
    }

    /// Whether an open transaction has committed an offset of this partition.
    pub(crate) fn is_pending(&self, topic: &Arc<str>, partition: i32) -> bool {
        let key = (topic.clone(), partition);
        self.pending.values().any(|offsets| offsets.contains_key(&key))
    }

    /// Takes note of a record that was written at `record_offset`: for good, or in the transaction of a producer.
    pub(crate) fn put(
        &mut self,
        topic: Arc<str>,
        partition: i32,
        committed: CommittedOffset,
        record_offset: i64,
        transaction: Option<i64>,
    ) {
        let kept = Kept {
            committed,
            record_offset,
        };
        match transaction {
            Some(producer_id) => {
                let pending = self.pending.entry(producer_id).or_default();
                pending.insert((topic, partition), kept);
            }
            None => {
                self.by_topic.entry(topic).or_default().insert(partition, kept);
            }
        }
    }

    /// Takes note of the end of a producer's transaction.
    pub(crate) fn complete(&mut self, producer_id: i64, commit: bool) {
        let Some(offsets) = self.pending.remove(&producer_id).filter(|_| commit) else {
            return;
        };
        for ((topic, partition), kept) in offsets {
            let partitions = self.by_topic.entry(topic).or_default();
            let newer = partitions
                .get(&partition)
                .is_none_or(|old| old.record_offset < kept.record_offset);
            if newer {
                partitions.insert(partition, kept);
            }
        }
        self.by_topic.retain(|_, partitions| !partitions.is_empty());
    }

    /// Forgets the offset of a partition, also in open transactions. Returns whether there was one.
    pub(crate) fn remove(&mut self, topic: &str, partition: i32) -> bool {
        let mut found = false;
        if let Some(partitions) = self.by_topic.get_mut(topic) {
            found = partitions.remove(&partition).is_some();
            if partitions.is_empty() {
                self.by_topic.remove(topic);
            }
        }
        for offsets in self.pending.values_mut() {
            let before = offsets.len();
            offsets.retain(|(name, index), _| &**name != topic || *index != partition);
            found |= offsets.len() < before;
        }
        self.pending.retain(|_, offsets| !offsets.is_empty());
        found
    }

    /// The partitions that have offsets, also in open transactions, where the topic is one of those asked for.
    pub(crate) fn partitions(&self, wanted: impl Fn(&str) -> bool) -> Vec<(Arc<str>, i32)> {
        let committed = self.by_topic.iter().flat_map(|(topic, partitions)| {
            let partitions = partitions.keys();
            partitions.map(move |&partition| (topic.clone(), partition))
        });
        let pending = self.pending.values().flat_map(|offsets| offsets.keys().cloned());
        let mut all: Vec<_> = committed
            .chain(pending)
            .filter(|(topic, _)| wanted(topic))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The partitions whose offsets are to be forgotten: those that `is_over` says so of, unless a transaction is at them.
    pub(crate) fn expired(&self, is_over: impl Fn(&str, &CommittedOffset) -> bool) -> Vec<(Arc<str>, i32)> {
        let mut expired = Vec::new();
        for (topic, partitions) in &self.by_topic {
            for (&partition, kept) in partitions {
                if is_over(topic, &kept.committed) && !self.is_pending(topic, partition) {
                    expired.push((topic.clone(), partition));
                }
            }
        }
        expired
    }
}

fn key(group: &str, topic: &str, partition: i32) -> Key {
    Key::OffsetCommit(OffsetCommitKey {
        group: group.to_owned(),
        topic: topic.to_owned(),
        partition,
    })
}

/// The record that keeps an offset.
pub(crate) fn offset_record(
    group: &str,
    topic: &str,
    partition: i32,
    committed: &CommittedOffset,
    with_topic_id: bool,
) -> GroupRecord {
    let value = OffsetCommitValue {
        offset: committed.offset,
        leader_epoch: committed.leader_epoch,
        metadata: committed.metadata.clone(),
        commit_timestamp: committed.commit_timestamp,
        expire_timestamp: committed.expire_timestamp.unwrap_or(-1),
        topic_id: committed.topic_id,
    };
    // Version 1 alone can say when the offset expires.
    let version = match committed.expire_timestamp {
        Some(_) => 1,
        None if with_topic_id => 4,
        None => 3,
    };
    GroupRecord {
        key: key(group, topic, partition),
        value: Some((version, Value::OffsetCommit(value))),
    }
}

/// The record that takes an offset back.
pub(crate) fn offset_tombstone(group: &str, topic: &str, partition: i32) -> GroupRecord {
    GroupRecord {
        key: key(group, topic, partition),
        value: None,
    }
}
