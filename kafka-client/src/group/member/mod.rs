//! One member of a classic group.
//!
//! ```text
//!            subscribe                       answer             answer
//! Unjoined ────────────► Joining ──────────────────► Syncing ─────────► Stable
//!    ▲  ╲ eager, owns something                ╲ leads  ▲                  │ heartbeats; the group rebalances,
//!    │   ► GivingUp ─ handed over ─► Joining    ► Assigning                │ the subscription or topics change
//!    └─────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! With cooperative assignors what moves away is handed over in `Stable`, and the member joins again right after.

mod heartbeat;
mod join;
mod leave;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use protocol::{ErrorCode, Response};

use super::assignor::{Assignor, GroupMember, PartitionCounts, assignor};
use super::error::GroupError;
use crate::cluster::{CoordinatorKind, Lane, Metadata, Target, TopicPartition};
use crate::config::AssignorKind;
use crate::connection::{Answer, Ask, Body, Reply};
use crate::error::{BrokerError, Class, RequestError};
use crate::machine::Wish;
use crate::time::{Backoff, Moment, earliest};

pub use leave::Leaving;

/// What a member needs to know of its settings.
#[derive(Clone, Debug)]
pub struct MemberConfig {
    /// The group.
    pub group: Arc<str>,
    /// The static name, if it has one (KIP-345).
    pub instance: Option<Arc<str>>,
    /// The assignors it knows, the preferred one first.
    pub assignors: Vec<AssignorKind>,
    /// How long the coordinator waits for a heartbeat.
    pub session_timeout: Duration,
    /// The time between heartbeats.
    pub heartbeat_interval: Duration,
    /// How long a rebalance waits for this member.
    pub rebalance_timeout: Duration,
    /// How long one request may take.
    pub request_timeout: Duration,
    /// The wait before the first retry.
    pub retry_backoff: Duration,
    /// The longest wait between retries.
    pub retry_backoff_max: Duration,
    /// Where the member runs.
    pub rack: Option<String>,
    /// Tells the members of one client apart: each has a connection of its own to the coordinator.
    pub lane: u32,
}

/// How a member shows itself in commits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The id that the coordinator gave it.
    pub member: Arc<str>,
    /// The generation it joined last.
    pub generation: i32,
    /// Its static name.
    pub instance: Option<Arc<str>>,
}

/// What happens to a member.
#[derive(Clone, Debug)]
pub enum MemberEvent {
    /// A rebalance is complete: these partitions came in addition. Those in a [`Self::Revoke`] before it are going.
    Assigned(Vec<TopicPartition>),
    /// The member is out of its group for good.
    Failed(GroupError),
    /// These partitions are gone already, others may have them: nothing can be committed for them.
    Lost(Vec<TopicPartition>),
    /// These partitions go as soon as [`Member::handle_handed_over`] is called. Nothing more of them may be read.
    Revoke(Vec<TopicPartition>),
}

/// A member of a classic group.
#[derive(Debug)]
pub struct Member {
    config: MemberConfig,
    /// All assignors are cooperative, so what stays is never given up.
    cooperative: bool,
    state: State,
    id: Arc<str>,
    generation: i32,
    protocol: Option<&'static dyn Assignor>,
    topics: BTreeSet<Arc<str>>,
    /// Counts the changes of `topics`.
    subscription: u64,
    owned: BTreeSet<TopicPartition>,
    /// What it owned last, for sticky.
    had: BTreeSet<TopicPartition>,
    /// What the caller has to hand over before the member goes on.
    handing_over: Option<BTreeSet<TopicPartition>>,
    /// Why it has to join again, if it has to.
    rejoin: Option<&'static str>,
    leads: Option<Lead>,
    heartbeat: Heartbeat,
    backoff: Backoff,
    retry_at: Option<Moment>,
    tags: Tags,
    wishes: VecDeque<Wish>,
    events: VecDeque<MemberEvent>,
    rng: fastrand::Rng,
}

#[derive(Debug)]
enum State {
    /// The leader waits for the metadata of the group's topics.
    Assigning {
        members: Vec<GroupMember>,
        until: Moment,
        skip: bool,
    },
    /// It left, was refused or was fenced.
    Ended,
    /// Everything is handed over before the join.
    GivingUp,
    Joining {
        tag: u64,
        subscription: u64,
    },
    Leaving {
        tag: u64,
    },
    Stable,
    /// The application took too long; the member is out until it is back.
    Stale,
    Syncing {
        tag: u64,
        subscription: u64,
    },
    Unjoined,
}

/// What the leader watches.
#[derive(Debug)]
struct Lead {
    /// What the whole group subscribes to.
    topics: BTreeSet<Arc<str>>,
    /// The partition counts that the last assignment went by.
    counts: PartitionCounts,
}

#[derive(Debug)]
struct Heartbeat {
    due: Moment,
    /// The heartbeat under way, and the generation it was sent in.
    under_way: Option<(u64, i32)>,
    /// The last sign of life from the coordinator.
    heard: Moment,
    backoff: Backoff,
}

/// Gives out marks for asks.
#[derive(Debug)]
struct Tags {
    base: u64,
    next: u64,
}

impl Tags {
    fn take(&mut self) -> u64 {
        self.next += 1;
        self.base | self.next
    }
}

impl Member {
    /// Creates a member that joins as soon as it subscribes to something. The marks of its asks have the bits of
    /// `tag_base` set.
    pub fn new(config: MemberConfig, tag_base: u64, rng: fastrand::Rng) -> Self {
        let backoff = Backoff::new(config.retry_backoff, config.retry_backoff_max);
        let cooperative = !config.assignors.is_empty()
            && config
                .assignors
                .iter()
                .all(|&kind| assignor(kind).is_cooperative());
        Self {
            cooperative,
            state: State::Unjoined,
            id: Arc::from(""),
            generation: -1,
            protocol: None,
            topics: BTreeSet::new(),
            subscription: 0,
            owned: BTreeSet::new(),
            had: BTreeSet::new(),
            handing_over: None,
            rejoin: None,
            leads: None,
            heartbeat: Heartbeat {
                due: Moment::START,
                under_way: None,
                heard: Moment::START,
                backoff: backoff.clone(),
            },
            backoff,
            retry_at: None,
            tags: Tags {
                base: tag_base,
                next: 0,
            },
            wishes: VecDeque::new(),
            events: VecDeque::new(),
            rng,
            config,
        }
    }

    /// When the topics of the subscription change. Without topics the member leaves.
    pub fn handle_subscription(&mut self, now: Moment, metadata: &Metadata, topics: BTreeSet<Arc<str>>) {
        if topics == self.topics {
            return;
        }
        self.topics = topics;
        self.subscription += 1;
        if !matches!(self.state, State::Unjoined | State::Ended | State::Stale) {
            self.rejoin = Some("the subscription changed");
        }
        self.drive(now, metadata);
    }

    /// When new metadata is in force: the leader looks whether the assignment still fits the topics.
    pub fn handle_metadata(&mut self, now: Moment, metadata: &Metadata) {
        if let (State::Stable, Some(lead)) = (&self.state, &self.leads)
            && self.rejoin.is_none()
            && counts_of(&lead.topics, metadata) != lead.counts
        {
            self.rejoin = Some("the topics of the group or their partitions changed");
        }
        self.drive(now, metadata);
    }

    /// When one of this member's asks was answered.
    pub fn handle_answer(&mut self, now: Moment, metadata: &Metadata, answer: Answer) {
        match self.state {
            State::Joining { tag, subscription } if tag == answer.tag => {
                self.handle_join(now, answer.outcome, subscription);
            }
            State::Syncing { tag, subscription } if tag == answer.tag => {
                self.handle_sync(now, answer.outcome, subscription);
            }
            State::Leaving { tag } if tag == answer.tag => self.state = State::Ended,
            _ => {
                if let Some((tag, generation)) = self.heartbeat.under_way
                    && tag == answer.tag
                {
                    self.heartbeat.under_way = None;
                    self.handle_heartbeat(now, answer.outcome, generation);
                }
            }
        }
        self.drive(now, metadata);
    }

    /// When the time has come that was asked for.
    pub fn handle_deadline(&mut self, now: Moment, metadata: &Metadata) {
        self.drive(now, metadata);
    }

    /// When the caller has handed over what it was asked to.
    pub fn handle_handed_over(&mut self, now: Moment, metadata: &Metadata) {
        let Some(going) = self.handing_over.take() else {
            return;
        };
        self.owned.retain(|partition| !going.contains(partition));
        match self.state {
            State::GivingUp => self.state = State::Unjoined,
            State::Stable => self.rejoin = Some("revoked partitions were handed over"),
            _ => {}
        }
        self.drive(now, metadata);
    }

    /// When a commit was refused because the coordinator does not know `identity` as a current member.
    pub fn handle_commit_fenced(
        &mut self,
        now: Moment,
        metadata: &Metadata,
        identity: &Identity,
        code: ErrorCode,
    ) {
        if self.identity().as_ref() == Some(identity) && matches!(self.state, State::Stable | State::GivingUp)
        {
            self.handle_refusal(now, code, self.generation);
            self.drive(now, metadata);
        }
    }

    /// The next thing the member wants.
    pub fn poll_wish(&mut self) -> Option<Wish> {
        self.wishes.pop_front()
    }

    /// The next thing that happened to it.
    pub fn poll_event(&mut self) -> Option<MemberEvent> {
        self.events.pop_front()
    }

    /// When it wants [`Self::handle_deadline`] to be called.
    pub fn next_deadline(&self) -> Option<Moment> {
        let assigning = match &self.state {
            State::Assigning { until, .. } => Some(*until),
            _ => None,
        };
        let retry = self
            .retry_at
            .filter(|_| matches!(self.state, State::Unjoined) && !self.topics.is_empty());
        earliest(earliest(assigning, retry), self.heartbeat_deadline())
    }

    /// How the member shows itself to the coordinator, while it is in a generation.
    pub fn identity(&self) -> Option<Identity> {
        (self.generation >= 0).then(|| Identity {
            member: self.id.clone(),
            generation: self.generation,
            instance: self.config.instance.clone(),
        })
    }

    /// Whether the group is on the way from one generation to the next.
    pub fn is_rebalancing(&self) -> bool {
        matches!(
            self.state,
            State::Joining { .. } | State::Syncing { .. } | State::Assigning { .. } | State::Unjoined
        )
    }

    /// Whether the member has ended: it left, or was refused for good.
    pub fn is_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// What it owns.
    pub fn owned(&self) -> &BTreeSet<TopicPartition> {
        &self.owned
    }

    /// Topics beyond the subscription whose metadata it needs, because it leads the group.
    pub fn interest(&self) -> impl Iterator<Item = &Arc<str>> {
        self.leads.iter().flat_map(|lead| lead.topics.iter())
    }

    /// The name of the assignor that the group agreed on.
    pub fn protocol(&self) -> Option<&'static str> {
        self.protocol.map(|protocol| protocol.kind().name())
    }

    /// Does what is due in the present state.
    fn drive(&mut self, now: Moment, metadata: &Metadata) {
        if matches!(self.state, State::Stable) && self.rejoin.is_some() && self.handing_over.is_none() {
            self.state = State::Unjoined;
        }
        if matches!(self.state, State::Unjoined) && self.retry_at.is_none_or(|at| at <= now) {
            self.retry_at = None;
            if self.topics.is_empty() {
                self.forsake(now);
            } else if !self.cooperative && !self.owned.is_empty() {
                self.state = State::GivingUp;
                self.hand_over(self.owned.clone());
            } else {
                self.join(now);
            }
        }
        if matches!(self.state, State::Assigning { .. }) {
            self.assign(now, metadata);
        }
        self.beat(now);
    }

    fn hand_over(&mut self, going: BTreeSet<TopicPartition>) {
        self.events
            .push_back(MemberEvent::Revoke(going.iter().cloned().collect()));
        self.handing_over = Some(going);
    }

    /// Takes note that others may own what this member owned.
    fn lose(&mut self) {
        self.handing_over = None;
        if !self.owned.is_empty() {
            let lost = std::mem::take(&mut self.owned);
            self.events
                .push_back(MemberEvent::Lost(lost.into_iter().collect()));
        }
    }

    /// Deals with a code that throws the member out of its generation, if it still is in the one that was `asked`.
    fn handle_refusal(&mut self, now: Moment, code: ErrorCode, asked: i32) {
        match code {
            // A rebalance went on since: the answer is about a member that this one no longer is (G4).
            ErrorCode::UNKNOWN_MEMBER_ID | ErrorCode::ILLEGAL_GENERATION if asked != self.generation => {}
            ErrorCode::UNKNOWN_MEMBER_ID => {
                self.id = Arc::from("");
                self.start_over(now, "the coordinator does not know the member");
            }
            ErrorCode::ILLEGAL_GENERATION => self.start_over(now, "the generation is over"),
            ErrorCode::FENCED_INSTANCE_ID => {
                let instance = self.config.instance.clone().unwrap_or_else(|| Arc::from(""));
                self.fail(GroupError::Fenced {
                    group: self.config.group.clone(),
                    instance,
                });
            }
            code => self.refused(BrokerError::from(code)),
        }
    }

    /// Joins again as a member of no generation; what it owned is lost.
    fn start_over(&mut self, _now: Moment, reason: &'static str) {
        tracing::info!(group = %self.config.group, member = %self.id, reason, "lost its place in the group");
        self.lose();
        self.had.clear();
        self.generation = -1;
        self.leads = None;
        self.rejoin = Some(reason);
        self.state = State::Unjoined;
    }

    fn refused(&mut self, source: BrokerError) {
        self.fail(GroupError::Refused {
            group: self.config.group.clone(),
            source,
        });
    }

    fn violation(&mut self, reason: String) {
        self.fail(GroupError::Violation {
            group: self.config.group.clone(),
            reason,
        });
    }

    fn fail(&mut self, error: GroupError) {
        self.lose();
        self.generation = -1;
        self.leads = None;
        self.state = State::Ended;
        self.events.push_back(MemberEvent::Failed(error));
    }

    /// Sends a request to the coordinator.
    fn ask(&mut self, body: impl Body + 'static, timeout: Duration) -> u64 {
        let tag = self.tags.take();
        let target = Target::Coordinator(CoordinatorKind::Group, self.config.group.clone());
        self.wishes.push_back(Wish::Send(Ask::new(
            tag,
            target,
            Lane::Group(self.config.lane),
            body,
            timeout,
        )));
        tag
    }

    fn forget_coordinator(&mut self) {
        self.wishes.push_back(Wish::ForgetCoordinator(
            CoordinatorKind::Group,
            self.config.group.clone(),
        ));
    }

    fn retry_later(&mut self, now: Moment) {
        self.retry_at = Some(now + self.backoff.next(&mut self.rng));
    }

    /// What to do with a request that got no reply: try again, unless that cannot help.
    fn unanswered(&mut self, now: Moment, error: RequestError) {
        match error.class() {
            Class::Retry | Class::Reroute => {
                tracing::debug!(group = %self.config.group, %error, "the coordinator did not answer");
                self.forget_coordinator();
                self.rejoin.get_or_insert("the coordinator did not answer");
                self.state = State::Unjoined;
                self.retry_later(now);
            }
            Class::Abort | Class::Denied | Class::Fatal | Class::Fenced | Class::Usage => {
                let group = self.config.group.clone();
                self.fail(GroupError::Unreachable { group, source: error });
            }
        }
    }
}

/// The partition counts of `topics`, as far as they exist.
fn counts_of(topics: &BTreeSet<Arc<str>>, metadata: &Metadata) -> PartitionCounts {
    let count = |name: &Arc<str>| {
        let topic = metadata.topic(name).filter(|topic| topic.error.is_none())?;
        Some((name.clone(), i32::try_from(topic.partitions.len()).ok()?))
    };
    topics.iter().filter_map(count).collect()
}

/// Decodes a reply, if there is one.
fn decoded<R: Response>(outcome: Result<Reply, RequestError>) -> Result<R, RequestError> {
    outcome.and_then(|reply| reply.decode())
}

#[cfg(test)]
mod tests;
