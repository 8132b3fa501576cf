//! The group coordinator: who is in which group, who has which partitions, and which offsets were committed.
//!
//! A pure machine: requests and time in, records to keep and answers out. All groups of the cluster are here, whichever
//! broker coordinates them; the brokers' part is kept by whoever asks. A group belongs to a partition of
//! `__consumer_offsets`, and with that to the partition's leader. When that changes, the groups of the partition are
//! dropped and read again from its log, as a broker would that takes them over.
//!
//! | module | does |
//! |---|---|
//! | [`classic`] | groups whose members assign |
//! | [`consumer`] | groups whose coordinator assigns (KIP-848) |
//! | [`assignor`] | how the coordinator assigns |
//! | `offsets` | committed offsets |
//! | `protocols` | what members can be led by |
//! | `commit` | offsets in and out |
//! | `members` | what members ask for, by group |
//! | `kind` | a group with its offsets: a classic one or a consumer group |
//! | `migrant` | a member as both kinds know it |
//! | `migration` | groups that change their kind while they have members |
//! | `load` | reading groups back from their records |
//! | `expiry` | offsets that are too old, topics that are gone, groups that are deleted |
//! | `view` | what others see |

pub(crate) mod assignor;
pub(crate) mod classic;
mod commit;
pub(crate) mod consumer;
mod effects;
mod expiry;
mod kind;
mod load;
mod members;
mod migrant;
mod migration;
mod offsets;
mod protocols;
mod settings;
mod timers;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rustc_hash::FxHashMap;

pub(crate) use commit::{Commit, NewOffset};
pub(crate) use effects::{Context, Effects, GroupAnswer, GroupRecord, join_refusal, sync_refusal};
pub(crate) use load::group_of;
pub(crate) use members::GroupConfig;
pub(crate) use offsets::CommittedOffset;
pub(crate) use settings::GroupSettings;

use crate::answers::{LinkId, Ticket};
use crate::time::{Now, earliest};
use consumer::TopicView;
use kind::{Group, Kind};
use migration::downgrade;
use timers::Timers;

/// All groups.
#[derive(Debug)]
pub(crate) struct Groups {
    settings: GroupSettings,
    groups: BTreeMap<Arc<str>, Group>,
    /// The partitions of `__consumer_offsets` whose groups are here, each with the epoch of the leader they are here for.
    loaded: BTreeMap<i32, i32>,
    timers: Timers<Arc<str>>,
    /// The connections whose requests wait, each with the group and the member it waits in.
    waiting: FxHashMap<LinkId, (Arc<str>, Arc<str>)>,
    /// When offsets are looked through for old ones; none while there are none.
    cleanup: Option<Duration>,
}

impl Groups {
    pub(crate) fn new(settings: GroupSettings) -> Self {
        Self {
            settings,
            groups: BTreeMap::new(),
            loaded: BTreeMap::new(),
            timers: Timers::default(),
            waiting: FxHashMap::default(),
            cleanup: None,
        }
    }

    pub(crate) fn settings(&self) -> &GroupSettings {
        &self.settings
    }

    /// When something is due.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        earliest(self.timers.next(), self.cleanup)
    }

    /// Takes the next group for which something is due: what it wants done, and its partition of `__consumer_offsets`.
    pub(crate) fn handle_deadline(
        &mut self,
        now: Now,
        rng: &mut fastrand::Rng,
        topics: &dyn TopicView,
    ) -> Option<(i32, Effects)> {
        let id = self.timers.pop_due(now.elapsed)?;
        let mut effects = Effects::default();
        let partition = self.with(now, rng, &mut effects, &id, |group, cx| {
            match &mut group.kind {
                Kind::Classic(group) => group.handle_deadline(cx),
                Kind::Consumer(group) => group.handle_deadline(cx),
            }
            downgrade(group, cx, topics, &id);
            group.partition
        })?;
        Some((partition, effects))
    }

    /// Takes back the ticket of a member that waits on a connection that is gone; the member stays.
    pub(crate) fn forget_link(&mut self, link: LinkId) -> Option<Ticket> {
        let (group, member) = self.waiting.remove(&link)?;
        match &mut self.groups.get_mut(&group)?.kind {
            Kind::Classic(group) => group.forget_link(link, &member),
            Kind::Consumer(_) => None,
        }
    }

    /// Ends a member's membership as if its session were over. None when there is no such member; else what is to be
    /// done, and the group's partition of `__consumer_offsets`.
    pub(crate) fn expire_member(
        &mut self,
        now: Now,
        rng: &mut fastrand::Rng,
        topics: &dyn TopicView,
        (id, member): (&str, &str),
    ) -> Option<(i32, Effects)> {
        let mut effects = Effects::default();
        let partition = self.with(now, rng, &mut effects, id, |group, cx| {
            let found = match &mut group.kind {
                Kind::Classic(group) => group.expire_member(cx, member),
                Kind::Consumer(group) => group.expire_member(cx, member),
            };
            downgrade(group, cx, topics, id);
            found.then_some(group.partition)
        })??;
        Some((partition, effects))
    }

    /// Does some work on a group, and follows what it makes of its deadlines. None when there is no such group.
    fn with<T>(
        &mut self,
        now: Now,
        rng: &mut fastrand::Rng,
        effects: &mut Effects,
        id: &str,
        work: impl FnOnce(&mut Group, &mut Context<'_>) -> T,
    ) -> Option<T> {
        let id = self.groups.get_key_value(id)?.0.clone();
        let group = self.groups.get_mut(&id)?;
        let mut cx = Context {
            now,
            settings: &self.settings,
            rng,
            effects,
        };
        let result = work(group, &mut cx);
        let deadline = group.next_deadline();
        if let Some((link, member)) = effects.waits.take() {
            self.waiting.insert(link, (id.clone(), member));
        }
        for answer in &effects.answers {
            self.waiting.remove(&answer.ticket().link);
        }
        self.timers.set_or_cancel(id, deadline);
        Some(result)
    }

    /// The group of that name; one without members and offsets if there is none.
    fn get_or_create(&mut self, now: Now, id: &str, partition: i32) -> &mut Group {
        self.arm_cleanup(now);
        let id: Arc<str> = id.into();
        self.groups
            .entry(id.clone())
            .or_insert_with(|| Group::classic(id, partition))
    }

    /// Forgets a group that nothing keeps.
    fn forget(&mut self, id: &str) {
        if let Some((id, _)) = self.groups.remove_entry(id) {
            self.timers.cancel(&id);
        }
        if self.groups.is_empty() {
            self.cleanup = None;
        }
    }

    fn arm_cleanup(&mut self, now: Now) {
        let next = now.elapsed + self.settings.offsets_check_interval;
        self.cleanup.get_or_insert(next);
    }
}

#[cfg(test)]
mod tests;
