//! Groups in the cluster: which broker coordinates them, and the log that keeps them.

use std::sync::Arc;

use bytes::Bytes;
use protocol::compress::Decompressor;
use protocol::internal::consumer_offsets::Record;
use protocol::records::{Batch, ControlKind, ControlRecord};
use protocol::{ErrorCode, Uuid};

use super::coordinators::visit_batches;
use super::{CONSUMER_OFFSETS, Configs, State, Topics, partition_count};
use crate::answers::Answers;
use crate::group::consumer::TopicView;
use crate::group::{
    Commit, Effects, GroupAnswer, GroupConfig, GroupRecord, GroupSettings, Groups, group_of, join_refusal,
    sync_refusal,
};
use crate::profile::configs::Kind;
use crate::time::Now;

/// A key and a value as they are stored.
type Stored = (Option<Bytes>, Option<Bytes>);

/// The settings of groups as the brokers' configs have them.
pub(super) fn group_settings(configs: &Configs) -> GroupSettings {
    let mut settings = GroupSettings::read(|name| configs.value(Kind::Broker, "", name));
    settings.stores_topic_ids = configs.profile().has_topic_ids_in_offsets();
    settings
}

impl State {
    /// Makes sure that `broker` coordinates a group, and that what is known of the group is at hand. Returns the partition of
    /// `__consumer_offsets` that keeps it.
    ///
    /// # Errors
    ///
    /// `NOT_COORDINATOR`.
    pub(crate) fn coordinate(&mut self, now: Now, broker: i32, group: &str) -> Result<i32, ErrorCode> {
        let partition = self.coordinator_at(broker, CONSUMER_OFFSETS, group)?.partition;
        self.follow_coordinator(now, partition);
        Ok(partition)
    }

    /// Whether there may be consumer groups: the configs say so, and the level of `group.version` (KIP-848).
    pub(crate) fn has_consumer_protocol(&self) -> bool {
        self.groups.settings().consumer_protocol && self.features.level("group.version") > 0
    }

    /// Whether `broker` coordinates the groups of a partition.
    pub(crate) fn coordinates(&self, broker: i32, partition: i32) -> bool {
        let partition = self.topics.partition(CONSUMER_OFFSETS, partition);
        partition.is_some_and(|partition| partition.leader == Some(broker))
    }

    /// Follows what became of the leaders, if something may have: groups whose coordinator has changed are let go, and read again.
    pub(crate) fn follow_coordinators(&mut self, now: Now) {
        if !std::mem::take(&mut self.coordinators_may_differ) {
            return;
        }
        let known = self.groups.loaded();
        let count = self.topics.get(CONSUMER_OFFSETS).map_or(0, partition_count);
        for (partition, _) in known.into_iter().filter(|&(partition, _)| partition >= count) {
            self.unload_groups(now, partition);
        }
        for partition in 0..count {
            self.follow_coordinator(now, partition);
        }
    }

    fn follow_coordinator(&mut self, now: Now, index: i32) {
        let Some(partition) = self.topics.partition(CONSUMER_OFFSETS, index) else {
            return;
        };
        let loaded = self.groups.loaded_epoch(index);
        let epoch = partition.leader_epoch;
        if partition.leader.is_none() {
            if loaded.is_some() {
                self.unload_groups(now, index);
            }
        } else if loaded != Some(epoch) {
            self.reload_groups(now, index);
        }
    }

    /// Reads the groups of a partition again, as if another broker had taken them over.
    pub(crate) fn reload_groups(&mut self, now: Now, index: i32) {
        if self.groups.loaded_epoch(index).is_some() {
            self.unload_groups(now, index);
        }
        self.load_groups(now, index, None);
        let epoch = self.topics.partition(CONSUMER_OFFSETS, index);
        let epoch = epoch.map_or(0, |partition| partition.leader_epoch);
        self.groups.resume(now, &mut self.rng, index, epoch);
    }

    fn unload_groups(&mut self, now: Now, index: i32) {
        let effects = self.groups.unload(now, &mut self.rng, index);
        give(&mut self.answers, effects.answers, None);
    }

    /// Reads the groups of a partition from its log, or one of them.
    fn load_groups(&mut self, now: Now, index: i32, only: Option<&str>) {
        let Some(partition) = self.topics.partition(CONSUMER_OFFSETS, index) else {
            return;
        };
        let groups = &mut self.groups;
        let mut codecs = Decompressor::default();
        let read = visit_batches(&partition.log, CONSUMER_OFFSETS, |batch| {
            replay(groups, now, index, batch, &mut codecs, only);
        });
        if let Err(error) = read {
            tracing::error!("groups cannot be read from {CONSUMER_OFFSETS}-{index}: {error}");
        }
    }

    /// Takes a group back to what is kept of it, when what it wanted kept could not be. Others are not concerned.
    fn restore_group(&mut self, now: Now, index: i32, records: &[GroupRecord]) {
        let id = records.first().and_then(|record| group_of(&record.key));
        let Some(id) = id else {
            return;
        };
        let effects = self.groups.unload_group(now, &mut self.rng, id);
        give(&mut self.answers, effects.answers, None);
        self.load_groups(now, index, Some(id));
        self.groups.resume_group(now, &mut self.rng, id);
    }

    /// Keeps what a group wants kept, and gives the answers that wait for it.
    ///
    /// # Errors
    ///
    /// The records could not be written. The group is as it was last kept.
    pub(crate) fn settle_group(
        &mut self,
        now: Now,
        partition: i32,
        effects: Effects,
    ) -> Result<(), ErrorCode> {
        let kept = self.keep_records(now, partition, &effects.records, None);
        give(&mut self.answers, effects.answers, kept.err());
        if kept.is_err() {
            self.restore_group(now, partition, &effects.records);
        }
        kept.map(|_| ())
    }

    /// Writes records of groups, perhaps in the transaction of a producer: its id and epoch. Returns where the first one is.
    fn keep_records(
        &mut self,
        now: Now,
        index: i32,
        records: &[GroupRecord],
        transaction: Option<(i64, i16)>,
    ) -> Result<i64, ErrorCode> {
        if records.is_empty() {
            return Ok(-1);
        }
        let encoded: Result<Vec<Stored>, _> = records.iter().map(encode).collect();
        let encoded = encoded.map_err(|error| {
            tracing::debug!("a record of a group cannot be written: {error}");
            ErrorCode::UNKNOWN_SERVER_ERROR
        })?;
        self.append_coordinated(now, CONSUMER_OFFSETS, index, &encoded, transaction)
    }

    /// Commits offsets, for good or in the transaction of a producer: its id and epoch. Returns what became of each.
    ///
    /// # Errors
    ///
    /// None was committed.
    pub(crate) fn commit_offsets(
        &mut self,
        now: Now,
        partition: i32,
        commit: &Commit,
        transaction: Option<(i64, i16)>,
    ) -> Result<Vec<ErrorCode>, ErrorCode> {
        let accepted = self.groups.prepare_commit(now, &mut self.rng, commit)?;
        let written = self.keep_records(now, partition, &accepted.records, transaction);
        let record_offset = written.map_err(|code| match code {
            // What is too large here is too large as a commit.
            ErrorCode::UNKNOWN_SERVER_ERROR => ErrorCode::INVALID_COMMIT_OFFSET_SIZE,
            code => code,
        })?;
        let codes = accepted.codes.clone();
        let producer_id = transaction.map(|(id, _)| id);
        self.groups.store(
            now,
            &commit.group,
            partition,
            accepted,
            record_offset,
            producer_id,
        );
        Ok(codes)
    }

    /// Writes that something of a partition's groups is deleted.
    ///
    /// # Errors
    ///
    /// The records could not be written, and nothing is deleted.
    pub(crate) fn keep_deletions(
        &mut self,
        now: Now,
        partition: i32,
        records: &[GroupRecord],
    ) -> Result<(), ErrorCode> {
        let kept = self.keep_records(now, partition, records, None);
        if kept.is_err() {
            self.restore_group(now, partition, records);
        }
        kept.map(|_| ())
    }

    /// Forgets the offsets of a topic that is gone.
    pub(super) fn forget_offsets(&mut self, now: Now, topic: &str) {
        if topic == CONSUMER_OFFSETS {
            self.coordinators_may_differ = true;
            return;
        }
        for (partition, records) in self.groups.forget_topic(topic) {
            if let Err(code) = self.keep_deletions(now, partition, &records) {
                tracing::warn!("offsets of {topic} could not be deleted: {code}");
            }
        }
    }

    /// Ends a member's membership as if its session were over. Returns whether there was such a member.
    pub(crate) fn expire_member(&mut self, now: Now, group: &str, member: &str) -> bool {
        let expired = self
            .groups
            .expire_member(now, &mut self.rng, &self.topics, (group, member));
        expired.is_some_and(|(partition, effects)| self.settle_group(now, partition, effects).is_ok())
    }

    /// Does what is due in groups.
    pub(super) fn handle_group_deadlines(&mut self, now: Now) {
        while let Some((partition, effects)) = self.groups.handle_deadline(now, &mut self.rng, &self.topics) {
            if let Err(code) = self.settle_group(now, partition, effects) {
                tracing::warn!("a group of {CONSUMER_OFFSETS}-{partition} is read again: {code}");
            }
        }
        for (partition, records) in self.groups.clean_up(now, &mut self.rng) {
            if let Err(code) = self.keep_deletions(now, partition, &records) {
                tracing::warn!("old offsets could not be deleted: {code}");
            }
        }
    }

    /// What a group follows besides the settings of all groups (KIP-848).
    pub(crate) fn group_config(&self, group: &str) -> GroupConfig {
        let settings = self.groups.settings();
        let number = |name, otherwise: i32| {
            let number = self.configs.group_number(group, name, otherwise.into());
            i32::try_from(number).unwrap_or(otherwise)
        };
        GroupConfig {
            session_timeout_ms: number(
                "consumer.session.timeout.ms",
                settings.consumer_session_timeout_ms,
            ),
            heartbeat_interval_ms: number(
                "consumer.heartbeat.interval.ms",
                settings.consumer_heartbeat_interval_ms,
            ),
            assignment_interval_ms: self.configs.group_number(
                group,
                "consumer.assignment.interval.ms",
                settings.consumer_assignment_interval_ms,
            ),
        }
    }
}

/// Takes in a batch of a partition's log.
fn replay(
    groups: &mut Groups,
    now: Now,
    index: i32,
    batch: &Batch,
    codecs: &mut Decompressor,
    only: Option<&str>,
) {
    let header = batch.header();
    let records = match batch.records(codecs) {
        Ok(records) => records,
        Err(error) => {
            tracing::error!("records of {CONSUMER_OFFSETS}-{index} cannot be read: {error}");
            return;
        }
    };
    let transaction = header.attributes.is_transactional().then_some(header.producer_id);
    for record in records.iter().flatten() {
        if header.attributes.is_control() {
            let commit = match ControlRecord::read(&record).map(|control| control.kind) {
                Ok(ControlKind::Commit) => true,
                Ok(ControlKind::Abort) => false,
                _ => continue,
            };
            match only {
                None => groups.complete_transaction(index, header.producer_id, commit),
                Some(id) => groups.complete_transaction_of(id, header.producer_id, commit),
            }
            continue;
        }
        let Some(key) = record.key_bytes() else {
            continue;
        };
        match Record::decode(&key, record.value_bytes().as_ref()) {
            Ok(stored) if only.is_none_or(|id| group_of(&stored.key) == Some(id)) => {
                groups.replay(now, index, stored, record.offset, transaction);
            }
            Ok(_) => {}
            Err(error) => {
                let at = record.offset;
                tracing::error!("{CONSUMER_OFFSETS}-{index} at offset {at}: {error}");
            }
        }
    }
}

fn encode(record: &GroupRecord) -> Result<Stored, protocol::wire::EncodeError> {
    let key = record.key.encode()?;
    let value = match &record.value {
        Some((version, value)) => Some(value.encode(*version)?),
        None => None,
    };
    Ok((Some(key), value))
}

/// Gives answers, or this error instead.
fn give(answers: &mut Answers, given: Vec<GroupAnswer>, error: Option<ErrorCode>) {
    for answer in given {
        match answer {
            GroupAnswer::Join(ticket, response) => {
                let mut response = match error {
                    Some(code) => join_refusal(&response.member_id, code),
                    None => response,
                };
                // Before version 7 there is no way to say that there is none.
                if ticket.version < 7 {
                    response.protocol_name.get_or_insert_default();
                }
                answers.give(ticket, response);
            }
            GroupAnswer::Sync(ticket, response) => {
                answers.give(ticket, error.map_or(response, sync_refusal));
            }
            GroupAnswer::Abandon(ticket) => answers.abandon(ticket),
        }
    }
}

impl TopicView for Topics {
    fn version(&self) -> u64 {
        self.version()
    }

    fn by_name(&self, name: &str) -> Option<(Uuid, i32)> {
        self.get(name).map(|topic| (topic.id, partition_count(topic)))
    }

    fn name_of(&self, id: Uuid) -> Option<Arc<str>> {
        self.name_of(id).cloned()
    }

    fn names(&self) -> Vec<Arc<str>> {
        let topics = self.iter().filter(|topic| !topic.is_internal());
        topics.map(|topic| topic.name.clone()).collect()
    }
}
