//! The offsets that a group has committed, and those that wait for their transactions to end.

use std::collections::{BTreeMap, BTreeSet};
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
    /// The producers that have something pending for a partition.
    pending_at: BTreeMap<Arc<str>, BTreeMap<i32, BTreeSet<i64>>>,
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
    pub(crate) fn is_pending(&self, topic: &str, partition: i32) -> bool {
        let partitions = self.pending_at.get(topic);
        partitions.is_some_and(|partitions| partitions.contains_key(&partition))
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
                let partitions = self.pending_at.entry(topic.clone()).or_default();
                partitions.entry(partition).or_default().insert(producer_id);
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
        let Some(offsets) = self.pending.remove(&producer_id) else {
            return;
        };
        for ((topic, partition), kept) in offsets {
            self.forget_pending(producer_id, &topic, partition);
            if !commit {
                continue;
            }
            let partitions = self.by_topic.entry(topic).or_default();
            let newer = partitions
                .get(&partition)
                .is_none_or(|old| old.record_offset < kept.record_offset);
            if newer {
                partitions.insert(partition, kept);
            }
        }
    }

    /// Forgets that a producer has something pending for a partition.
    fn forget_pending(&mut self, producer_id: i64, topic: &str, partition: i32) {
        let Some(partitions) = self.pending_at.get_mut(topic) else {
            return;
        };
        if let Some(producers) = partitions.get_mut(&partition) {
            producers.remove(&producer_id);
            if producers.is_empty() {
                partitions.remove(&partition);
            }
        }
        if partitions.is_empty() {
            self.pending_at.remove(topic);
        }
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
        let partitions = self.pending_at.get(topic);
        let producers = partitions.and_then(|partitions| partitions.get(&partition));
        let Some(producers) = producers.cloned() else {
            return found;
        };
        let key = (Arc::from(topic), partition);
        for producer_id in producers {
            self.forget_pending(producer_id, topic, partition);
            if let Some(offsets) = self.pending.get_mut(&producer_id) {
                found |= offsets.remove(&key).is_some();
                if offsets.is_empty() {
                    self.pending.remove(&producer_id);
                }
            }
        }
        found
    }

    /// The partitions that have offsets, also in open transactions, where the topic is one of those asked for.
    pub(crate) fn partitions(&self, wanted: impl Fn(&str) -> bool) -> Vec<(Arc<str>, i32)> {
        let mut all = Vec::new();
        for (topic, partitions) in self.by_topic.iter().filter(|(topic, _)| wanted(topic)) {
            all.extend(partitions.keys().map(|&partition| (topic.clone(), partition)));
        }
        for (topic, partitions) in self.pending_at.iter().filter(|(topic, _)| wanted(topic)) {
            all.extend(partitions.keys().map(|&partition| (topic.clone(), partition)));
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    impl Offsets {
        /// What `pending_at` should be.
        fn counted(&self) -> BTreeMap<Arc<str>, BTreeMap<i32, BTreeSet<i64>>> {
            let mut counted: BTreeMap<Arc<str>, BTreeMap<i32, BTreeSet<i64>>> = BTreeMap::new();
            for (&producer_id, offsets) in &self.pending {
                assert!(!offsets.is_empty(), "producer {producer_id}");
                for (topic, partition) in offsets.keys() {
                    let partitions = counted.entry(topic.clone()).or_default();
                    partitions.entry(*partition).or_default().insert(producer_id);
                }
            }
            counted
        }
    }

    #[test]
    fn who_has_something_pending_is_known_by_partition() {
        let mut rng = fastrand::Rng::with_seed(5);
        let mut offsets = Offsets::default();
        let names: [Arc<str>; 3] = ["a".into(), "b".into(), "c".into()];
        for at in 0..5000 {
            let (topic, partition) = (&names[rng.usize(..3)], rng.i32(0..4));
            let producer_id = rng.i64(0..6);
            match rng.u32(..8) {
                0..=3 => {
                    let committed = CommittedOffset {
                        offset: at,
                        leader_epoch: -1,
                        metadata: String::new(),
                        commit_timestamp: at,
                        expire_timestamp: None,
                        topic_id: Uuid::ZERO,
                    };
                    let transaction = (producer_id > 0).then_some(producer_id);
                    offsets.put(topic.clone(), partition, committed, at, transaction);
                }
                4..=5 => offsets.complete(producer_id, rng.bool()),
                _ => {
                    let was_there = offsets.get(topic, partition).is_some();
                    let was_pending = offsets.is_pending(topic, partition);
                    assert_eq!(offsets.remove(topic, partition), was_there || was_pending);
                    assert!(!offsets.is_pending(topic, partition));
                }
            }
            assert_eq!(offsets.pending_at, offsets.counted(), "step {at}");
        }
    }
}
