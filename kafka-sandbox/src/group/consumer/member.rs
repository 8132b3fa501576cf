//! A member of a consumer group.

use std::collections::{BTreeMap, BTreeSet};

use protocol::Uuid;
use protocol::messages::consumer_group_heartbeat::RequestTopicPartitions;
use protocol::messages::join_group::JoinGroupRequestProtocol;

use crate::group::assignor::Assignment;

/// Partitions, each with the epoch of the member at which it got it (KIP-1251).
pub(super) type Owned = BTreeMap<Uuid, BTreeMap<i32, i32>>;

/// How far a member is on its way to what is meant for it. The numbers are those of its record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Progress {
    /// It has what it can have.
    #[default]
    Stable = 0,
    /// It is to give partitions up first.
    Unrevoked = 1,
    /// Others are to give partitions up first.
    Unreleased = 2,
}

impl Progress {
    pub(super) fn of_number(number: i8) -> Self {
        match number {
            1 => Self::Unrevoked,
            2 => Self::Unreleased,
            _ => Self::Stable,
        }
    }
}

/// A member of a consumer group.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ConsumerMember {
    pub(super) wishes: Wishes,
    pub(super) epoch: i32,
    pub(super) previous_epoch: i32,
    pub(super) progress: Progress,
    pub(super) assigned: Owned,
    /// What it still has and is to give up.
    pub(super) revoking: Owned,
}

/// What a member has said of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Wishes {
    pub(super) instance_id: Option<String>,
    pub(super) rack_id: Option<String>,
    pub(super) client_id: String,
    pub(super) client_host: String,
    pub(super) topics: BTreeSet<String>,
    pub(super) regex: Option<String>,
    pub(super) rebalance_timeout_ms: i32,
    pub(super) assignor: Option<String>,
    /// None of those who speak the consumer protocol.
    pub(super) classic: Option<ClassicTerms>,
}

/// How a member takes part that speaks the classic protocol, while its group is moved to the consumer protocol or back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ClassicTerms {
    pub(super) session_timeout_ms: i32,
    /// Never empty: the first is what the member is told.
    pub(super) protocols: Vec<JoinGroupRequestProtocol>,
}

impl ConsumerMember {
    /// Whether it is on its way still.
    pub(super) fn is_reconciled_to(&self, target_epoch: i32) -> bool {
        self.progress == Progress::Stable && self.epoch == target_epoch
    }

    /// What it has, be it to keep or to give up.
    pub(super) fn owned(&self) -> impl Iterator<Item = (Uuid, i32)> {
        [&self.assigned, &self.revoking].into_iter().flat_map(|owned| {
            owned
                .iter()
                .flat_map(|(topic, partitions)| partitions.keys().map(|&index| (*topic, index)))
        })
    }

    /// Takes the next step to `target`, or stays where it is.
    ///
    /// `reported` is what the member says it has; `is_free` tells whether nobody has a partition.
    pub(super) fn step(
        &self,
        target_epoch: i32,
        target: &Assignment,
        reported: Option<&[RequestTopicPartitions]>,
        is_free: impl Fn(Uuid, i32) -> bool,
    ) -> Self {
        let epoch = match self.progress {
            Progress::Stable
                if self.epoch == target_epoch && self.has_only(|topic| target.contains_key(&topic)) =>
            {
                return self.clone();
            }
            Progress::Stable | Progress::Unreleased => self.epoch,
            Progress::Unrevoked if still_has(reported, &self.revoking) => return self.clone(),
            // It has given up what it was to, with which it has caught up by one epoch at least.
            Progress::Unrevoked => self.epoch.saturating_add(1),
        };
        let mut next = self.clone();
        next.assigned.clear();
        next.revoking.clear();
        for (topic, partitions) in &self.assigned {
            let wanted = target.get(topic);
            for (&index, &since) in partitions {
                let stays = wanted.is_some_and(|wanted| wanted.contains(&index));
                let to = if stays {
                    &mut next.assigned
                } else {
                    &mut next.revoking
                };
                to.entry(*topic).or_default().insert(index, since);
            }
        }
        if still_has(reported, &next.revoking) {
            next.progress = Progress::Unrevoked;
            next.set_epoch(epoch);
            return next;
        }
        next.revoking.clear();
        next.progress = Progress::Stable;
        for (topic, wanted) in target {
            for &index in wanted {
                let has = self
                    .assigned
                    .get(topic)
                    .is_some_and(|partitions| partitions.contains_key(&index));
                if has {
                    continue;
                }
                if is_free(*topic, index) {
                    let assigned = next.assigned.entry(*topic).or_default();
                    assigned.insert(index, target_epoch);
                } else {
                    next.progress = Progress::Unreleased;
                }
            }
        }
        next.set_epoch(target_epoch);
        next
    }

    /// Whether everything it has is of topics that are meant for it.
    pub(super) fn has_only(&self, is_meant: impl Fn(Uuid) -> bool) -> bool {
        let mut assigned = self
            .assigned
            .iter()
            .filter(|(_, partitions)| !partitions.is_empty());
        assigned.all(|(topic, _)| is_meant(*topic))
    }

    pub(super) fn set_epoch(&mut self, epoch: i32) {
        if epoch != self.epoch {
            self.previous_epoch = self.epoch;
            self.epoch = epoch;
        }
    }
}

/// Whether a member has something of `revoking` still; whoever does not say has all of it.
fn still_has(reported: Option<&[RequestTopicPartitions]>, revoking: &Owned) -> bool {
    if revoking.is_empty() {
        return false;
    }
    reported.is_none_or(|reported| {
        reported.iter().any(|topic| {
            let revoking = revoking.get(&topic.topic_id);
            revoking.is_some_and(|revoking| topic.partitions.iter().any(|index| revoking.contains_key(index)))
        })
    })
}

/// Whether a member has nothing but what it was given.
pub(super) fn has_no_more_than(reported: Option<&[RequestTopicPartitions]>, assigned: &Owned) -> bool {
    reported.is_some_and(|reported| {
        reported.iter().all(|topic| {
            let assigned = assigned.get(&topic.topic_id);
            assigned.is_some_and(|assigned| topic.partitions.iter().all(|index| assigned.contains_key(index)))
                || topic.partitions.is_empty()
        })
    })
}
