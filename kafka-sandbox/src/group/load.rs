//! Reading groups back from the records of their partition.

use std::sync::Arc;

use protocol::ErrorCode;
use protocol::internal::consumer_offsets::{Key, Record, Value};

use super::classic::ClassicGroup;
use super::consumer::ConsumerGroup;
use super::effects::{Context, Effects};
use super::offsets::CommittedOffset;
use super::{Group, Groups, Kind};
use crate::time::Now;

impl Groups {
    /// The partitions whose groups are here, with the epochs of the leaders they are here for.
    pub(crate) fn loaded(&self) -> Vec<(i32, i32)> {
        self.loaded
            .iter()
            .map(|(&partition, &epoch)| (partition, epoch))
            .collect()
    }

    /// The epoch of the leader for which the groups of a partition are here.
    pub(crate) fn loaded_epoch(&self, partition: i32) -> Option<i32> {
        self.loaded.get(&partition).copied()
    }

    /// The groups that a partition of `__consumer_offsets` holds.
    fn ids_in(&self, partition: i32) -> Vec<Arc<str>> {
        let held = self.groups.iter();
        let held = held.filter(|(_, group)| group.partition == partition);
        held.map(|(id, _)| id.clone()).collect()
    }

    /// Lets the groups of a partition go: whoever waits is told that the coordinator is another.
    pub(crate) fn unload(&mut self, now: Now, rng: &mut fastrand::Rng, partition: i32) -> Effects {
        let mut effects = Effects::default();
        self.loaded.remove(&partition);
        for id in self.ids_in(partition) {
            self.let_go(now, rng, &mut effects, &id);
        }
        effects
    }

    /// Lets one group go, to read it again.
    pub(crate) fn unload_group(&mut self, now: Now, rng: &mut fastrand::Rng, id: &str) -> Effects {
        let mut effects = Effects::default();
        self.let_go(now, rng, &mut effects, id);
        effects
    }

    fn let_go(&mut self, now: Now, rng: &mut fastrand::Rng, effects: &mut Effects, id: &str) {
        self.with(now, rng, effects, id, |group, cx| {
            if let Kind::Classic(group) = &mut group.kind {
                group.refuse_all(cx, ErrorCode::NOT_COORDINATOR);
            }
        });
        self.forget(id);
    }

    /// Takes in a record of a partition: one for good, or one of an open transaction.
    pub(crate) fn replay(
        &mut self,
        now: Now,
        partition: i32,
        record: Record,
        record_offset: i64,
        transaction: Option<i64>,
    ) {
        let Record { key, value } = record;
        match key {
            Key::OffsetCommit(key) => {
                let Some(Value::OffsetCommit(value)) = value else {
                    if let Some(group) = self.groups.get_mut(key.group.as_str()) {
                        group.offsets.remove(&key.topic, key.partition);
                        if value.is_none() {
                            self.drop_if_bare(&key.group);
                        }
                    }
                    return;
                };
                let committed = CommittedOffset {
                    offset: value.offset,
                    leader_epoch: value.leader_epoch,
                    metadata: value.metadata,
                    commit_timestamp: value.commit_timestamp,
                    expire_timestamp: (value.expire_timestamp >= 0).then_some(value.expire_timestamp),
                    topic_id: value.topic_id,
                };
                let group = self.get_or_create(now, &key.group, partition);
                let topic = key.topic.into();
                group
                    .offsets
                    .put(topic, key.partition, committed, record_offset, transaction);
            }
            Key::GroupMetadata(key) => match value {
                Some(Value::GroupMetadata(value)) => {
                    let group = self.get_or_create(now, &key.group, partition);
                    let id = key.group.as_str().into();
                    group.kind = Kind::Classic(ClassicGroup::restore(id, now, value));
                }
                _ => self.lose_kind(&key.group, |kind| matches!(kind, Kind::Classic(_))),
            },
            Key::ConsumerGroupMetadata(ref metadata) if value.is_none() => {
                self.lose_kind(&metadata.group_id, |kind| matches!(kind, Kind::Consumer(_)));
            }
            key => {
                if let Some(id) = group_of(&key).map(str::to_owned) {
                    self.replay_consumer(now, partition, &id, key, value);
                }
            }
        }
    }

    /// Takes in a record of a consumer group. One that takes something back does not make a group of it.
    fn replay_consumer(&mut self, now: Now, partition: i32, id: &str, key: Key, value: Option<Value>) {
        if value.is_some() {
            let group = self.get_or_create(now, id, partition);
            if matches!(group.kind, Kind::Classic(_)) {
                group.kind = Kind::Consumer(ConsumerGroup::new(id.into()));
            }
        }
        if let Some(Group {
            kind: Kind::Consumer(group),
            ..
        }) = self.groups.get_mut(id)
        {
            group.replay(key, value);
        }
    }

    /// Takes the members' part of a group away: what is left are its offsets.
    fn lose_kind(&mut self, id: &str, is_meant: impl Fn(&Kind) -> bool) {
        if let Some(group) = self.groups.get_mut(id)
            && is_meant(&group.kind)
        {
            group.kind = Kind::Classic(ClassicGroup::new(id.into()));
            self.drop_if_bare(id);
        }
    }

    /// Forgets a group of which there is nothing but the name.
    fn drop_if_bare(&mut self, id: &str) {
        let is_bare = self.groups.get(id).is_some_and(|group| {
            let has_kind = match &group.kind {
                Kind::Classic(classic) => !classic.is_bare(),
                Kind::Consumer(_) => true,
            };
            !has_kind && group.offsets.is_empty()
        });
        if is_bare {
            self.forget(id);
        }
    }

    /// Gets to work with what was replayed of a partition, for the leader of this epoch.
    pub(crate) fn resume(&mut self, now: Now, rng: &mut fastrand::Rng, partition: i32, epoch: i32) {
        self.loaded.insert(partition, epoch);
        for id in self.ids_in(partition) {
            self.resume_group(now, rng, &id);
        }
    }

    /// Gets to work with what was replayed of one group.
    pub(crate) fn resume_group(&mut self, now: Now, rng: &mut fastrand::Rng, id: &str) {
        let resume = |group: &mut Group, cx: &mut Context<'_>| {
            if let Kind::Consumer(group) = &mut group.kind {
                group.resume(cx.now, cx.settings);
            }
        };
        self.with(now, rng, &mut Effects::default(), id, resume);
    }
}

/// The group that a record is of.
pub(crate) fn group_of(key: &Key) -> Option<&str> {
    Some(match key {
        Key::OffsetCommit(key) => &key.group,
        Key::GroupMetadata(key) => &key.group,
        Key::ConsumerGroupMetadata(key) => &key.group_id,
        Key::ConsumerGroupMemberMetadata(key) => &key.group_id,
        Key::ConsumerGroupTargetAssignmentMetadata(key) => &key.group_id,
        Key::ConsumerGroupTargetAssignmentMember(key) => &key.group_id,
        Key::ConsumerGroupCurrentMemberAssignment(key) => &key.group_id,
        Key::ConsumerGroupRegularExpression(key) => &key.group_id,
        _ => return None,
    })
}
