//! A group whose coordinator assigns: the consumer protocol (KIP-848).
//!
//! ```text
//!  heartbeat ─► wishes ─► group epoch ─► target assignment ─► each member, step by step:
//!                                                             gives up ─► waits for others ─► has it all
//! ```
//!
//! Whenever members or topics change what is to be assigned, the group's epoch rises. The target for it is made at
//! once, unless there was one just before. Each member gets there in its own time, by its heartbeats: first it gives
//! up what it is to give up, then it gets what is free.
//!
//! | file | does |
//! |---|---|
//! | `heartbeat` | ConsumerGroupHeartbeat |
//! | `classic` | members that speak the classic protocol |
//! | `leave` | leaving, for good or for a while, and silence |
//! | `member` | what a member has, and its next step |
//! | `target` | the target assignment |
//! | `commit` | who may commit and fetch offsets |
//! | `view` | what others see of the group |
//! | `stored` | the records that keep the group |
//! | `migration` | groups that become classic ones, or were |

mod classic;
mod commit;
mod heartbeat;
mod leave;
mod member;
mod migration;
mod stored;
mod target;
mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use protocol::{ErrorCode, Uuid};

pub(super) use classic::encode_assignment;
pub(crate) use heartbeat::{Heartbeat, check};

use super::assignor::Assignment;
use super::effects::Context;
use super::migrant::Downgrade;
use super::settings::GroupSettings;
use super::timers::Timers;
use crate::time::millis;
use member::{ConsumerMember, Progress};

/// The topics of the cluster, as far as groups care.
pub(crate) trait TopicView {
    /// Rises whenever a topic comes, goes or grows.
    fn version(&self) -> u64;
    /// The id of a topic, and how many partitions it has.
    fn by_name(&self, name: &str) -> Option<(Uuid, i32)>;
    fn name_of(&self, id: Uuid) -> Option<Arc<str>>;
    /// The names of all topics but the brokers' own.
    fn names(&self) -> Vec<Arc<str>>;
}

/// Why a member is refused, and what it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupError {
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
}

impl GroupError {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

/// A consumer group.
#[derive(Debug)]
pub(crate) struct ConsumerGroup {
    id: Arc<str>,
    epoch: i32,
    members: BTreeMap<Arc<str>, ConsumerMember>,
    /// Members by instance.
    instances: BTreeMap<String, Arc<str>>,
    /// The epoch of the group that the target is for.
    target_epoch: i32,
    /// When the target was made, in milliseconds since 1970.
    target_timestamp: i64,
    target: BTreeMap<Arc<str>, Assignment>,
    /// Who has a partition, be it to keep or to give up.
    owners: BTreeMap<(Uuid, i32), Arc<str>>,
    /// The topics that match each regular expression of a member.
    matches: BTreeMap<String, BTreeSet<String>>,
    /// What the topics that members want looked like, in short, when it was last compared.
    topics_hash: i64,
    /// The version of the topics at that time; none makes the next heartbeat compare.
    topics_version: Option<u64>,
    /// Set when the last member of the consumer protocol is gone.
    downgrade: Option<Downgrade>,
    timers: Timers<Timer>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Timer {
    /// When a member was silent for too long.
    Session(Arc<str>),
    /// When a member took too long to give partitions up.
    Rebalance(Arc<str>),
    /// When a member of the classic protocol took too long to join again.
    Join(Arc<str>),
    /// When a member of the classic protocol took too long to sync.
    Sync(Arc<str>),
}

/// The epoch of a group that nobody has wanted anything of yet.
const FIRST_EPOCH: i32 = 1;

/// The epoch of a member that leaves.
pub(crate) const LEAVES: i32 = -1;
/// The epoch of an instance that leaves for a while (KIP-848).
pub(crate) const LEAVES_FOR_A_WHILE: i32 = -2;

impl ConsumerGroup {
    /// A group without members.
    pub(crate) fn new(id: Arc<str>) -> Self {
        Self {
            id,
            epoch: FIRST_EPOCH,
            members: BTreeMap::new(),
            instances: BTreeMap::new(),
            target_epoch: 0,
            target_timestamp: 0,
            target: BTreeMap::new(),
            owners: BTreeMap::new(),
            matches: BTreeMap::new(),
            topics_hash: 0,
            topics_version: None,
            downgrade: None,
            timers: Timers::default(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// When [`handle_deadline`](Self::handle_deadline) is to be called.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        self.timers.next()
    }

    /// Does what is due.
    pub(crate) fn handle_deadline(&mut self, cx: &mut Context<'_>) {
        while let Some(timer) = self.timers.pop_due(cx.now.elapsed) {
            match timer {
                Timer::Session(id) | Timer::Join(id) | Timer::Sync(id) => {
                    self.expire_member(cx, &id);
                }
                Timer::Rebalance(id) => {
                    let member = self.members.get(&id);
                    if member.is_some_and(|member| member.progress == Progress::Unrevoked) {
                        self.expire_member(cx, &id);
                    }
                }
            }
        }
    }

    /// How long a member may be silent.
    fn session_timeout(member: &ConsumerMember, settings: &GroupSettings) -> Duration {
        let classic = member.wishes.classic.as_ref();
        let timeout = classic.map_or(settings.consumer_session_timeout_ms, |classic| {
            classic.session_timeout_ms
        });
        millis(timeout.into()).unwrap_or_default()
    }

    /// Starts the time anew for which a member may be silent.
    fn extend_session(&mut self, cx: &Context<'_>, id: &Arc<str>) {
        if let Some(member) = self.members.get(id) {
            let until = cx.now.elapsed + Self::session_timeout(member, cx.settings);
            self.timers.set(Timer::Session(id.clone()), until);
        }
    }

    fn cancel_timers(&mut self, id: &Arc<str>) {
        for timer in [Timer::Session, Timer::Rebalance, Timer::Join, Timer::Sync] {
            self.timers.cancel(&timer(id.clone()));
        }
    }

    /// Puts a member in the place of the one of that name, and keeps note of what it has.
    fn set_member(&mut self, id: &Arc<str>, member: ConsumerMember) {
        self.release(id);
        for key in member.owned() {
            self.owners.insert(key, id.clone());
        }
        self.members.insert(id.clone(), member);
    }

    /// Forgets what a member has.
    fn release(&mut self, id: &Arc<str>) {
        if let Some(member) = self.members.get(id) {
            for key in member.owned() {
                if self.owners.get(&key) == Some(id) {
                    self.owners.remove(&key);
                }
            }
        }
    }
}
