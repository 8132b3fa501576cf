//! What goes: offsets that are too old, topics that are deleted, groups that are.

use std::sync::Arc;

use protocol::ErrorCode;

use super::effects::{Context, Effects, GroupRecord};
use super::offsets::offset_tombstone;
use super::{Group, Groups, Kind};
use crate::time::Now;

/// What is to be deleted: the records that say so, by partition of `__consumer_offsets`.
pub(crate) type Deletions = Vec<(i32, Vec<GroupRecord>)>;

impl Groups {
    /// Looks through all offsets for old ones, if that is due, and forgets them with the groups that nothing is left of.
    pub(crate) fn clean_up(&mut self, now: Now, rng: &mut fastrand::Rng) -> Deletions {
        if self.cleanup.is_none_or(|at| at > now.elapsed) {
            return Deletions::new();
        }
        self.cleanup = None;
        let retention = self.settings.offsets_retention_ms;
        let mut deletions = Deletions::new();
        let mut gone: Vec<Arc<str>> = Vec::new();
        for (id, group) in &mut self.groups {
            let expired = group.offsets.expired(|topic, committed| match &group.kind {
                Kind::Classic(group) => group.is_expired(topic, committed, now.timestamp, retention),
                Kind::Consumer(group) => {
                    !group.is_subscribed(topic)
                        && now.timestamp.saturating_sub(committed.commit_timestamp) >= retention
                }
            });
            let mut effects = Effects::default();
            for (topic, partition) in expired {
                group.offsets.remove(&topic, partition);
                effects.records.push(offset_tombstone(id, &topic, partition));
            }
            if group.is_empty() && group.offsets.is_empty() {
                let mut cx = Context {
                    now,
                    settings: &self.settings,
                    rng,
                    effects: &mut effects,
                };
                take_back(group, &mut cx);
                gone.push(id.clone());
            }
            if !effects.records.is_empty() {
                deletions.push((group.partition, effects.records));
            }
        }
        for id in gone {
            self.forget(&id);
        }
        if !self.groups.is_empty() {
            self.arm_cleanup(now);
        }
        deletions
    }

    /// Forgets the offsets of a topic that is gone.
    pub(crate) fn forget_topic(&mut self, topic: &str) -> Deletions {
        let mut deletions = Deletions::new();
        for (id, group) in &mut self.groups {
            let partitions = group.offsets.partitions(|name| name == topic);
            let mut records = Vec::with_capacity(partitions.len());
            for (topic, partition) in partitions {
                group.offsets.remove(&topic, partition);
                records.push(offset_tombstone(id, &topic, partition));
            }
            if !records.is_empty() {
                deletions.push((group.partition, records));
            }
        }
        deletions
    }

    /// Deletes a group that nobody is in. Returns the records that say so.
    ///
    /// # Errors
    ///
    /// `GROUP_ID_NOT_FOUND` or `NON_EMPTY_GROUP`.
    pub(crate) fn delete(
        &mut self,
        now: Now,
        rng: &mut fastrand::Rng,
        id: &str,
    ) -> Result<Vec<GroupRecord>, ErrorCode> {
        let group = self.groups.get(id).ok_or(ErrorCode::GROUP_ID_NOT_FOUND)?;
        if !group.is_empty() {
            return Err(ErrorCode::NON_EMPTY_GROUP);
        }
        let mut effects = Effects::default();
        for (topic, partition) in group.offsets.partitions(|_| true) {
            effects.records.push(offset_tombstone(id, &topic, partition));
        }
        let mut cx = Context {
            now,
            settings: &self.settings,
            rng,
            effects: &mut effects,
        };
        take_back(group, &mut cx);
        self.forget(id);
        Ok(effects.records)
    }

    /// Whether offsets of a group may be deleted at all.
    ///
    /// # Errors
    ///
    /// `GROUP_ID_NOT_FOUND`, or `NON_EMPTY_GROUP` when it has members that do not say what they read.
    pub(crate) fn check_offset_delete(&self, id: &str) -> Result<(), ErrorCode> {
        let group = self.groups.get(id).ok_or(ErrorCode::GROUP_ID_NOT_FOUND)?;
        match &group.kind {
            Kind::Classic(group) => group.check_offset_delete(),
            Kind::Consumer(_) => Ok(()),
        }
    }

    /// Deletes an offset. Returns the record that says so, if there was one.
    ///
    /// # Errors
    ///
    /// `GROUP_SUBSCRIBED_TO_TOPIC` when a member reads the topic.
    pub(crate) fn delete_offset(
        &mut self,
        id: &str,
        topic: &str,
        partition: i32,
    ) -> Result<Option<GroupRecord>, ErrorCode> {
        let group = self.groups.get_mut(id).ok_or(ErrorCode::GROUP_ID_NOT_FOUND)?;
        let is_read = match &group.kind {
            Kind::Classic(group) => group.is_subscribed(topic),
            Kind::Consumer(group) => group.is_subscribed(topic),
        };
        if is_read {
            return Err(ErrorCode::GROUP_SUBSCRIBED_TO_TOPIC);
        }
        let found = group.offsets.remove(topic, partition);
        Ok(found.then(|| offset_tombstone(id, topic, partition)))
    }
}

fn take_back(group: &Group, cx: &mut Context<'_>) {
    match &group.kind {
        Kind::Classic(group) => group.take_back(cx),
        Kind::Consumer(group) => group.take_back(cx),
    }
}
