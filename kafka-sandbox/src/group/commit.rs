//! Offsets in and out.

use std::sync::Arc;

use protocol::{ErrorCode, Uuid};

use super::effects::{Effects, GroupRecord};
use super::offsets::{CommittedOffset, offset_record};
use super::{Groups, Kind};
use crate::time::Now;

/// A wish to commit offsets: OffsetCommit, or TxnOffsetCommit with `transactional`.
#[derive(Clone, Debug)]
pub(crate) struct Commit {
    pub(crate) group: String,
    pub(crate) member_id: String,
    pub(crate) instance_id: Option<String>,
    /// Of the member; -1 for none.
    pub(crate) generation_or_epoch: i32,
    pub(crate) transactional: bool,
    /// Of the request.
    pub(crate) version: i16,
    /// For how long the offsets are to be kept, in milliseconds, where the client says so.
    pub(crate) retention_ms: Option<i64>,
    pub(crate) offsets: Vec<NewOffset>,
}

/// An offset that is to be committed.
#[derive(Clone, Debug)]
pub(crate) struct NewOffset {
    pub(crate) topic: Arc<str>,
    pub(crate) topic_id: Uuid,
    pub(crate) partition: i32,
    pub(crate) offset: i64,
    pub(crate) leader_epoch: i32,
    pub(crate) metadata: String,
}

/// A commit that is in order: what is to be kept before [`Groups::store`] takes note of it.
#[derive(Debug, Default)]
pub(crate) struct Accepted {
    /// By offset of the commit.
    pub(crate) codes: Vec<ErrorCode>,
    pub(crate) records: Vec<GroupRecord>,
    offsets: Vec<(Arc<str>, i32, CommittedOffset)>,
}

impl Groups {
    /// Checks a commit to a group of `partition`, and makes records of it. Nothing is committed yet.
    ///
    /// # Errors
    ///
    /// The commit is refused as a whole.
    pub(crate) fn prepare_commit(
        &mut self,
        now: Now,
        rng: &mut fastrand::Rng,
        commit: &Commit,
    ) -> Result<Accepted, ErrorCode> {
        let Some(group) = self.groups.get(commit.group.as_str()) else {
            // Whoever assigns its partitions itself needs no group to be there.
            if commit.generation_or_epoch >= 0 {
                return Err(if commit.version >= 9 || commit.transactional {
                    ErrorCode::GROUP_ID_NOT_FOUND
                } else {
                    ErrorCode::ILLEGAL_GENERATION
                });
            }
            return Ok(self.accept(now, commit, |_, _| Ok(())));
        };
        let (member, instance) = (commit.member_id.as_str(), commit.instance_id.as_deref());
        let generation = commit.generation_or_epoch;
        if let Kind::Consumer(group) = &group.kind {
            let check =
                group.check_commit(member, generation, instance, commit.transactional, commit.version)?;
            return Ok(self.accept(now, commit, check));
        }
        self.with(
            now,
            rng,
            &mut Effects::default(),
            &commit.group,
            |group, cx| match &mut group.kind {
                Kind::Classic(group) => {
                    group.check_commit(cx, member, instance, generation, commit.transactional)
                }
                Kind::Consumer(_) => Ok(()),
            },
        )
        .unwrap_or(Ok(()))?;
        Ok(self.accept(now, commit, |_, _| Ok(())))
    }

    fn accept(
        &self,
        now: Now,
        commit: &Commit,
        check: impl Fn(Uuid, i32) -> Result<(), ErrorCode>,
    ) -> Accepted {
        let mut accepted = Accepted::default();
        for new in &commit.offsets {
            let checked = if new.metadata.encode_utf16().count() > self.settings.offset_metadata_max {
                Err(ErrorCode::OFFSET_METADATA_TOO_LARGE)
            } else {
                check(new.topic_id, new.partition)
            };
            accepted.codes.push(checked.err().unwrap_or_default());
            if checked.is_err() {
                continue;
            }
            let committed = CommittedOffset {
                offset: new.offset,
                leader_epoch: new.leader_epoch,
                metadata: new.metadata.clone(),
                commit_timestamp: now.timestamp,
                expire_timestamp: commit
                    .retention_ms
                    .map(|retention| now.timestamp.saturating_add(retention)),
                topic_id: new.topic_id,
            };
            let with_id = self.settings.stores_topic_ids;
            let record = offset_record(&commit.group, &new.topic, new.partition, &committed, with_id);
            accepted.records.push(record);
            accepted
                .offsets
                .push((new.topic.clone(), new.partition, committed));
        }
        accepted
    }

    /// Takes note of offsets whose records were written from `record_offset` on: for good, or in the transaction of a
    /// producer.
    pub(crate) fn store(
        &mut self,
        now: Now,
        group: &str,
        partition: i32,
        accepted: Accepted,
        record_offset: i64,
        transaction: Option<i64>,
    ) {
        if accepted.offsets.is_empty() {
            return;
        }
        let group = self.get_or_create(now, group, partition);
        for ((topic, index, committed), at) in accepted.offsets.into_iter().zip(record_offset..) {
            group.offsets.put(topic, index, committed, at, transaction);
        }
    }

    /// Takes note of the end of a producer's transaction in a partition of `__consumer_offsets`: its offsets count from
    /// then on, or never did.
    pub(crate) fn complete_transaction(&mut self, partition: i32, producer_id: i64, commit: bool) {
        let groups = self.groups.values_mut();
        for group in groups.filter(|group| group.partition == partition) {
            group.offsets.complete(producer_id, commit);
        }
    }

    /// As [`complete_transaction`](Self::complete_transaction), for one group that is read again.
    pub(crate) fn complete_transaction_of(&mut self, id: &str, producer_id: i64, commit: bool) {
        if let Some(group) = self.groups.get_mut(id) {
            group.offsets.complete(producer_id, commit);
        }
    }

    /// Whether somebody may ask for offsets of a group, and whether there is anything to tell.
    ///
    /// # Errors
    ///
    /// It says it is a member and is none, or is not where it says.
    pub(crate) fn check_fetch(
        &self,
        group: &str,
        member_id: Option<&str>,
        epoch: i32,
    ) -> Result<(), ErrorCode> {
        match self.groups.get(group).map(|group| &group.kind) {
            Some(Kind::Consumer(group)) => group.check_fetch(member_id, epoch),
            Some(Kind::Classic(_)) | None => Ok(()),
        }
    }

    /// The offset of a partition; none if none was committed.
    ///
    /// # Errors
    ///
    /// `UNSTABLE_OFFSET_COMMIT` when `stable` is wanted and a transaction is open that commits one.
    pub(crate) fn fetch(
        &self,
        group: &str,
        topic: &Arc<str>,
        partition: i32,
        stable: bool,
    ) -> Result<Option<&CommittedOffset>, ErrorCode> {
        let Some(group) = self.groups.get(group) else {
            return Ok(None);
        };
        if stable && group.offsets.is_pending(topic, partition) {
            return Err(ErrorCode::UNSTABLE_OFFSET_COMMIT);
        }
        Ok(group.offsets.get(topic, partition))
    }

    /// The partitions for which a group has offsets, in order.
    pub(crate) fn committed(&self, group: &str) -> Vec<(Arc<str>, Vec<i32>)> {
        let Some(group) = self.groups.get(group) else {
            return Vec::new();
        };
        let topics = group.offsets.topics();
        topics
            .map(|(topic, partitions)| (topic.clone(), partitions.map(|(index, _)| index).collect()))
            .collect()
    }
}
