//! The consumer as the engine runs it: fetcher, lookups, committer and group member composed into one machine.
//!
//! The caller's task reads batches out of the [`Buffer`] and sends [`Command`]s; everything else happens here.

mod close;
mod closing;
mod command;
mod hand_over;
mod rebalance;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use protocol::ErrorCode;

use crate::cluster::{Metadata, TopicPartition};
use crate::connection::Answer;
use crate::consume::{
    Buffer, Committer, Committing, ConsumeError, Epochs, Fetcher, Lookup, Notice, Offsets, Partitions,
    Settings, Subscription,
};
use crate::error::BrokerError;
use crate::group::{Member, MemberConfig};
use crate::machine::{Machine, TopicInterest, Wish};
use crate::port::MachinePort;
use crate::time::{Moment, earliest};

use closing::Closing;
pub(crate) use command::Command;
use hand_over::HandOver;

/// The least time between automatic commits: a deadline that is due as soon as it is set would keep the engine from
/// everything else.
const AUTO_COMMIT_INTERVAL_MIN: Duration = Duration::from_millis(1);
/// The least time between metadata refreshes for what is missing.
const LOOKOUT_MIN: Duration = Duration::from_millis(100);

/// The parts of the machine, as the highest byte of their asks' marks.
mod part {
    pub(super) const SHIFT: u32 = 56;
    pub(super) const FETCH: u64 = 1;
    pub(super) const OFFSETS: u64 = 2;
    pub(super) const EPOCHS: u64 = 3;
    pub(super) const COMMIT: u64 = 4;
    pub(super) const COMMITTED: u64 = 5;
    pub(super) const MEMBER: u64 = 6;

    /// The bits of a part's marks.
    pub(super) const fn base(part: u64) -> u64 {
        part << SHIFT
    }
}

/// A consumer.
#[derive(Debug)]
pub(crate) struct ConsumerMachine {
    settings: Settings,
    buffer: Arc<Buffer>,
    port: MachinePort<Command, ()>,
    subscription: Subscription,
    partitions: Partitions,
    fetcher: Fetcher,
    offsets: Offsets,
    epochs: Epochs,
    group: Option<Grouped>,
    presence: Presence,
    wishes: VecDeque<Wish>,
    closing: Option<Closing>,
    /// When metadata is asked for again, while a partition has no leader or a topic is missing.
    lookout: Option<Moment>,
    /// The subscribed topics that the caller was told cannot be read.
    told: BTreeMap<Arc<str>, ErrorCode>,
    now: Moment,
    done: bool,
}

/// What a consumer with a group has beside.
#[derive(Debug)]
struct Grouped {
    /// The membership; none while partitions are assigned by hand.
    member: Option<Member>,
    committer: Committer,
    lookup: Lookup,
    handing_over: Option<HandOver>,
    hand_overs: u64,
    auto_commit_at: Option<Moment>,
}

/// When the application was last seen to ask for records.
#[derive(Debug)]
struct Presence {
    asked: u64,
    seen: Moment,
    late: bool,
}

impl ConsumerMachine {
    /// Creates a consumer of nothing yet; [`Command::Subscribe`] and [`Command::Assign`] say what to read.
    pub(crate) fn new(
        now: Moment,
        settings: Settings,
        buffer: Arc<Buffer>,
        port: MachinePort<Command, ()>,
        mut rng: fastrand::Rng,
    ) -> Self {
        let group = settings.consumer.group_id.as_deref().map(|group| {
            let group: Arc<str> = Arc::from(group);
            let config = &settings.consumer;
            Grouped {
                member: None,
                committer: Committer::new(group.clone(), &settings, part::base(part::COMMIT), rng.fork()),
                lookup: Lookup::new(group, &settings, part::base(part::COMMITTED), rng.fork()),
                handing_over: None,
                hand_overs: 0,
                auto_commit_at: config
                    .enable_auto_commit
                    .then(|| now + config.auto_commit_interval),
            }
        });
        Self {
            partitions: Partitions::new(buffer.clone(), settings.clone(), rng.fork()),
            settings,
            buffer,
            port,
            subscription: Subscription::default(),
            fetcher: Fetcher::new(part::base(part::FETCH)),
            offsets: Offsets::new(part::base(part::OFFSETS)),
            epochs: Epochs::new(part::base(part::EPOCHS)),
            group,
            presence: Presence {
                asked: 0,
                seen: now,
                late: false,
            },
            wishes: VecDeque::new(),
            closing: None,
            lookout: None,
            told: BTreeMap::new(),
            now,
            done: false,
        }
    }

    /// Does whatever has become possible.
    fn drive(&mut self, now: Moment, metadata: &Metadata) {
        self.now = now;
        self.watch_caller(now, metadata);
        self.handle_member_events(now, metadata);
        self.auto_commit(now);
        self.hand_over(now, metadata);
        self.close_further(now);
        self.handle_member_events(now, metadata);
        self.plan(now, metadata);
    }

    /// Has metadata refreshed for as long as it lacks something.
    fn look_out(&mut self, now: Moment, metadata: &Metadata) {
        let missing = |topic: &Arc<str>| metadata.topic(topic).is_none_or(|topic| topic.error.is_some());
        let lacks = match &self.subscription {
            Subscription::Topics(topics) => topics.iter().any(missing),
            Subscription::Assigned | Subscription::Pattern(_) => false,
        };
        if self.closing.is_some() || !(lacks || self.partitions.any_without_leader()) {
            self.lookout = None;
        } else if self.lookout.is_none_or(|at| at <= now) {
            self.lookout = Some(now + self.settings.retry_backoff_max.max(LOOKOUT_MIN));
            self.wishes.push_back(Wish::Refresh);
        }
    }

    /// Tells the caller of subscribed topics that waiting does not help. One that does not exist yet may be created.
    fn tell_of_topics(&mut self, metadata: &Metadata) {
        let Subscription::Topics(topics) = &self.subscription else {
            return self.told.clear();
        };
        self.told.retain(|topic, _| topics.contains(topic));
        for name in topics {
            let Some(topic) = metadata.topic(name) else {
                continue;
            };
            let lasting = topic
                .error
                .filter(|code| !code.is_retriable() && !code.refreshes_metadata());
            match lasting {
                None => {
                    self.told.remove(name);
                }
                Some(code) => {
                    if self.told.insert(name.clone(), code) != Some(code) {
                        let (topic, source) = (name.clone(), BrokerError::from(code));
                        self.buffer
                            .notify(Notice::Error(ConsumeError::Topic { topic, source }));
                    }
                }
            }
        }
    }

    fn plan(&mut self, now: Moment, metadata: &Metadata) {
        self.look_out(now, metadata);
        let as_whom = self.committing();
        if let Some(group) = &mut self.group {
            self.wishes
                .extend(group.lookup.plan(now, metadata, &self.partitions));
            match as_whom {
                Some(as_whom) => {
                    self.wishes
                        .extend(group.committer.plan(now, metadata, &self.settings, as_whom));
                }
                None if !group.committer.is_idle() => group.fail_commits(&self.settings),
                None => {}
            }
            if let Some(member) = &mut group.member {
                self.wishes.extend(std::iter::from_fn(|| member.poll_wish()));
            }
        }
        self.wishes.extend(self.offsets.plan(now, &mut self.partitions));
        self.wishes.extend(self.epochs.plan(now, &mut self.partitions));
        self.wishes.extend(self.fetcher.plan(now, &mut self.partitions));
    }

    /// As whom offsets are committed at present; none for a member that is in no generation.
    fn committing(&self) -> Option<Committing> {
        let group = self.group.as_ref()?;
        match &group.member {
            Some(member) => member.identity().map(|identity| Committing {
                member: identity.member,
                generation: identity.generation,
                instance: identity.instance,
            }),
            None => Some(Committing {
                member: Arc::from(""),
                generation: -1,
                instance: None,
            }),
        }
    }

    fn auto_commit(&mut self, now: Moment) {
        let Some(group) = &mut self.group else { return };
        if group.auto_commit_at.is_some_and(|at| at <= now) && self.closing.is_none() {
            let interval = self
                .settings
                .consumer
                .auto_commit_interval
                .max(AUTO_COMMIT_INTERVAL_MIN);
            group.auto_commit_at = Some(now + interval);
            let positions = self.buffer.lock().processed(None);
            group
                .committer
                .commit_positions(positions, now + self.settings.api_timeout);
        }
    }

    /// Notices an application that does not ask for records any more, and one that is back.
    fn watch_caller(&mut self, now: Moment, metadata: &Metadata) {
        let (asked, waiting) = {
            let shared = self.buffer.lock();
            (shared.asked, shared.waiting)
        };
        let present = waiting || asked != self.presence.asked;
        self.presence.asked = asked;
        if present {
            self.presence.seen = now;
        }
        let Some(member) = self.group.as_mut().and_then(|group| group.member.as_mut()) else {
            return;
        };
        if present && self.presence.late {
            self.presence.late = false;
            self.buffer.lock().late = false;
            member.handle_caller_back(now, metadata);
        } else if !self.presence.late && now >= self.presence.seen + self.settings.consumer.max_poll_interval
        {
            self.presence.late = true;
            self.buffer.lock().late = true;
            member.handle_caller_late();
        }
    }

    fn presence_deadline(&self) -> Option<Moment> {
        let has_member = self.group.as_ref().is_some_and(|group| group.member.is_some());
        (has_member && !self.presence.late)
            .then(|| self.presence.seen + self.settings.consumer.max_poll_interval)
    }

    /// Joins, or changes what is subscribed to.
    fn subscribe(&mut self, now: Moment, metadata: &Metadata, subscription: Subscription) {
        self.subscription = subscription;
        self.partitions.note_topics(metadata);
        self.wishes.push_back(Wish::Refresh);
        let Some(group) = &mut self.group else { return };
        if group.member.is_none() {
            // What was assigned by hand makes room for what the group assigns.
            let by_hand: Vec<TopicPartition> = self.partitions.iter().cloned().collect();
            for partition in &by_hand {
                self.partitions.remove(partition);
            }
            let config = &self.settings.consumer;
            let member = MemberConfig {
                group: Arc::from(config.group_id.as_deref().unwrap_or_default()),
                instance: config.group_instance_id.as_deref().map(Arc::from),
                assignors: config.assignors.clone(),
                session_timeout: config.session_timeout,
                heartbeat_interval: config.heartbeat_interval,
                rebalance_timeout: config.max_poll_interval,
                request_timeout: self.settings.request_timeout,
                retry_backoff: self.settings.retry_backoff,
                retry_backoff_max: self.settings.retry_backoff_max,
                rack: config.client_rack.clone(),
                lane: self.settings.lane,
            };
            let rng = self.partitions.fork_rng();
            group.member = Some(Member::new(member, part::base(part::MEMBER), rng));
            self.presence.seen = now;
        }
        self.apply_subscription(now, metadata);
    }

    /// Tells the member which topics the subscription comes to.
    fn apply_subscription(&mut self, now: Moment, metadata: &Metadata) {
        let topics: BTreeSet<Arc<str>> = self
            .subscription
            .topics(metadata, self.settings.consumer.exclude_internal_topics);
        if let Some(member) = self.group.as_mut().and_then(|group| group.member.as_mut()) {
            member.handle_subscription(now, metadata, topics);
        }
    }
}

impl Machine for ConsumerMachine {
    fn handle_wakeup(&mut self, now: Moment, metadata: &Metadata) {
        let kicked = self.buffer.take_kick();
        let commands = self.handle_commands(now, metadata);
        if kicked || commands {
            self.drive(now, metadata);
        }
    }

    fn handle_metadata(&mut self, now: Moment, metadata: &Metadata) {
        self.partitions.handle_metadata(now, metadata);
        self.apply_subscription(now, metadata);
        self.tell_of_topics(metadata);
        if let Some(member) = self.group.as_mut().and_then(|group| group.member.as_mut()) {
            member.handle_metadata(now, metadata);
        }
        self.drive(now, metadata);
    }

    fn handle_answer(&mut self, now: Moment, metadata: &Metadata, answer: Answer) {
        let as_whom = self.committing();
        let partitions = &mut self.partitions;
        match (answer.tag >> part::SHIFT, &mut self.group) {
            (part::FETCH, _) => {
                self.wishes
                    .extend(self.fetcher.handle_answer(now, metadata, partitions, answer));
            }
            (part::OFFSETS, _) => self
                .wishes
                .extend(self.offsets.handle_answer(now, partitions, answer)),
            (part::EPOCHS, _) => self
                .wishes
                .extend(self.epochs.handle_answer(now, partitions, answer)),
            (part::COMMITTED, Some(group)) => {
                self.wishes
                    .extend(group.lookup.handle_answer(now, metadata, partitions, answer));
            }
            (part::COMMIT, Some(group)) => {
                let outcome = group.committer.handle_answer(now, as_whom.as_ref(), answer);
                self.wishes.extend(outcome.wishes);
                if let (Some((who, code)), Some(member)) = (outcome.fenced, &mut group.member) {
                    member.handle_commit_fenced(now, metadata, &rebalance::identity(who), code);
                }
            }
            (
                part::MEMBER,
                Some(Grouped {
                    member: Some(member), ..
                }),
            ) => member.handle_answer(now, metadata, answer),
            _ => {}
        }
        self.drive(now, metadata);
    }

    fn handle_deadline(&mut self, now: Moment, metadata: &Metadata) {
        self.partitions.handle_deadline(now);
        if let Some(member) = self.group.as_mut().and_then(|group| group.member.as_mut()) {
            member.handle_deadline(now, metadata);
        }
        self.drive(now, metadata);
    }

    fn poll_wish(&mut self, _now: Moment, _metadata: &Metadata) -> Option<Wish> {
        self.wishes.pop_front()
    }

    fn next_deadline(&self) -> Option<Moment> {
        let mut next = earliest(self.partitions.next_retry(), self.fetcher.next_deadline(self.now));
        next = earliest(next, self.presence_deadline());
        next = earliest(next, self.lookout);
        if let Some(group) = &self.group {
            next = earliest(next, group.auto_commit_at.filter(|_| self.closing.is_none()));
            next = earliest(next, group.committer.next_deadline());
            next = earliest(next, group.lookup.next_deadline());
            next = earliest(next, group.handing_over.as_ref().and_then(HandOver::deadline));
            next = earliest(next, group.member.as_ref().and_then(Member::next_deadline));
        }
        earliest(next, self.closing.as_ref().map(|closing| closing.until))
    }

    fn topics(&self) -> TopicInterest {
        let of_group = self
            .group
            .iter()
            .flat_map(|group| &group.member)
            .flat_map(Member::interest);
        let of_partitions = self.partitions.iter().map(|partition| &partition.topic);
        self.subscription.interest(
            of_group.chain(of_partitions),
            self.settings.consumer.allow_auto_create_topics,
        )
    }

    fn is_done(&self) -> bool {
        self.done
    }
}

impl Drop for ConsumerMachine {
    fn drop(&mut self) {
        self.buffer.notify(Notice::Closed);
    }
}

#[cfg(test)]
mod tests;
