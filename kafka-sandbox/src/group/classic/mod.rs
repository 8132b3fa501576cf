//! A group whose members choose a leader that assigns: the classic protocol.
//!
//! ```text
//!          join                 all have joined,           the leader's
//!  Empty ───────► Preparing     or time is up  Completing  sync        Stable
//!    ▲            Rebalance ─────────────────► Rebalance ────────────►
//!    │ nobody left    ▲                            │ a member comes,      │
//!    └────────────────┼────────────────────────────┘ leaves or is lost    │
//!                     └───────────────────────────────────────────────────┘
//! ```
//!
//! | file | does |
//! |---|---|
//! | `join` | JoinGroup |
//! | `rebalance` | what follows from who is there: the way from state to state |
//! | `session` | SyncGroup, Heartbeat, LeaveGroup, and silence |
//! | `commit` | who may commit and delete offsets, and when they are forgotten |
//! | `migration` | groups that become consumer groups, or were |
//! | `view` | what others see of the group |
//! | `stored` | the record that keeps the group |

mod commit;
mod join;
mod member;
mod migration;
mod rebalance;
mod session;
mod stored;
mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;
use protocol::ErrorCode;

pub(crate) use join::Joining;
pub(crate) use session::{Leaving, Syncing};

use super::effects::Context;
use super::timers::Timers;
use crate::answers::{LinkId, Ticket};
use member::{Member, MemberId, Waits};

/// The states of a classic group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClassicState {
    /// Without members; it may have offsets.
    Empty,
    /// Waits for its members to join.
    PreparingRebalance,
    /// Waits for its leader's assignment.
    CompletingRebalance,
    /// Everybody has an assignment.
    Stable,
}

impl ClassicState {
    /// The state's name in answers.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Empty => "Empty",
            Self::PreparingRebalance => "PreparingRebalance",
            Self::CompletingRebalance => "CompletingRebalance",
            Self::Stable => "Stable",
        }
    }
}

/// A classic group.
#[derive(Debug)]
pub(crate) struct ClassicGroup {
    id: Arc<str>,
    state: ClassicState,
    /// Whether the rebalance under way began without members: it waits for some.
    was_empty: bool,
    /// When it came to its state, in milliseconds since 1970; none for a group that only ever had offsets.
    state_timestamp: Option<i64>,
    generation: i32,
    protocol_type: Option<String>,
    protocol: Option<String>,
    leader: Option<MemberId>,
    /// In the order they came.
    members: IndexMap<MemberId, Member>,
    /// Members by instance (KIP-345).
    instances: BTreeMap<String, MemberId>,
    /// Those who got an id and are to join with it (KIP-394).
    pending: BTreeSet<MemberId>,
    /// Those whose sync is missing in this generation.
    unsynced: BTreeSet<MemberId>,
    /// Whether somebody came since the initial delay was set.
    newcomers: bool,
    /// For how much longer the initial delay may be prolonged.
    delay_left: Duration,
    /// The topics of all members, when they say so in the format of consumers.
    subscribed: Option<BTreeSet<String>>,
    timers: Timers<Timer>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Timer {
    /// When members are no longer waited for.
    Join,
    /// When the syncs of a generation are no longer waited for.
    Sync,
    /// When a member was silent for too long.
    Session(MemberId),
}

/// Members that may hold an id without having joined: more are not let in.
const PENDING_MAX: usize = 10_000;

/// How long a member that waits for its first answer is kept, since it knows no id to send heartbeats with.
const NEWCOMER_PATIENCE: Duration = Duration::from_secs(300);

impl ClassicGroup {
    /// A group without members.
    pub(crate) fn new(id: Arc<str>) -> Self {
        Self {
            id,
            state: ClassicState::Empty,
            was_empty: false,
            state_timestamp: None,
            generation: 0,
            protocol_type: None,
            protocol: None,
            leader: None,
            members: IndexMap::new(),
            instances: BTreeMap::new(),
            pending: BTreeSet::new(),
            unsynced: BTreeSet::new(),
            newcomers: false,
            delay_left: Duration::ZERO,
            subscribed: None,
            timers: Timers::default(),
        }
    }

    pub(crate) fn state(&self) -> ClassicState {
        self.state
    }

    /// When [`handle_deadline`](Self::handle_deadline) is to be called.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        self.timers.next()
    }

    /// Does what is due.
    pub(crate) fn handle_deadline(&mut self, cx: &mut Context<'_>) {
        while let Some(timer) = self.timers.pop_due(cx.now.elapsed) {
            match timer {
                Timer::Join => self.end_joining(cx),
                Timer::Sync => self.drop_unsynced(cx),
                Timer::Session(member) => self.expire(cx, &member),
            }
        }
    }

    /// Drops the ticket of a member's connection that is gone. The member stays until its session ends.
    pub(crate) fn forget_link(&mut self, link: LinkId, member_id: &str) -> Option<Ticket> {
        self.members.get_mut(member_id)?.forget_link(link)
    }

    /// Gives everybody who waits this error, as a coordinator that is none any more.
    pub(crate) fn refuse_all(&mut self, cx: &mut Context<'_>, code: ErrorCode) {
        for (id, member) in &mut self.members {
            match std::mem::take(&mut member.waits) {
                Waits::Join(Some(ticket)) => cx.refuse_join(ticket, id, code),
                Waits::Sync(Some(ticket)) => cx.refuse_sync(ticket, code),
                Waits::Join(None) | Waits::Sync(None) | Waits::Nothing => {}
            }
        }
    }

    /// Whether somebody is in the group, or about to be.
    pub(crate) fn is_empty(&self) -> bool {
        self.state == ClassicState::Empty
    }

    /// Whether a member is known by this id, or by this instance where one is given.
    fn check_member(&self, member_id: &str, instance_id: Option<&str>) -> Result<(), ErrorCode> {
        match instance_id {
            Some(instance_id) => match self.instances.get(instance_id) {
                None => Err(ErrorCode::UNKNOWN_MEMBER_ID),
                Some(known) if **known != *member_id => Err(ErrorCode::FENCED_INSTANCE_ID),
                Some(_) => Ok(()),
            },
            None if self.members.contains_key(member_id) => Ok(()),
            None => Err(ErrorCode::UNKNOWN_MEMBER_ID),
        }
    }

    fn is_leader(&self, member_id: &str) -> bool {
        self.leader.as_deref() == Some(member_id)
    }

    /// Starts the time anew for which a member may be silent.
    fn extend_session(&mut self, cx: &Context<'_>, member_id: &str) {
        if let Some((id, member)) = self.members.get_key_value(member_id) {
            let until = cx.now.elapsed + member.session_timeout();
            self.timers.set(Timer::Session(id.clone()), until);
        }
    }

    /// Has everybody join.
    pub(crate) fn rebalance(&mut self, cx: &mut Context<'_>) {
        self.prepare(cx);
    }

    /// Takes a member out. One that waits learns that it is not known.
    fn remove(&mut self, cx: &mut Context<'_>, member_id: &str) -> bool {
        let Some((id, member)) = self.members.shift_remove_entry(member_id) else {
            return false;
        };
        if let Some(instance) = &member.instance_id
            && self.instances.get(instance) == Some(&id)
        {
            self.instances.remove(instance);
        }
        self.unsynced.remove(&id);
        if self.is_leader(&id) {
            self.leader = self.members.keys().next().cloned();
        }
        match member.waits {
            Waits::Join(Some(ticket)) => cx.refuse_join(ticket, "", ErrorCode::UNKNOWN_MEMBER_ID),
            Waits::Sync(Some(ticket)) => cx.refuse_sync(ticket, ErrorCode::UNKNOWN_MEMBER_ID),
            Waits::Join(None) | Waits::Sync(None) | Waits::Nothing => {}
        }
        self.timers.cancel(&Timer::Session(id));
        true
    }

    /// Gives up on somebody who got an id and did not come back with it.
    fn remove_pending(&mut self, member_id: &str) -> bool {
        let Some(id) = self.pending.take(member_id) else {
            return false;
        };
        self.timers.cancel(&Timer::Session(id));
        true
    }

    /// Ends a member's membership from outside, as if its session were over. Returns whether there was one.
    pub(crate) fn expire_member(&mut self, cx: &mut Context<'_>, member_id: &str) -> bool {
        let found = self.remove(cx, member_id) || self.remove_pending(member_id);
        if found {
            self.follow_loss(cx);
        }
        found
    }
}
