use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::action::LinkId;
use super::pending::Pending;
use crate::cluster::{Endpoint, Lane, NodeId};
use crate::config::ConnectionConfig;
use crate::connection::{Fault, Link};
use crate::time::{Backoff, Moment, earliest};

/// A broker, as it is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum PeerId {
    /// A broker of the metadata.
    Node(NodeId),
    /// The bootstrap server of this index.
    Seed(usize),
}

impl PeerId {
    pub(super) fn node(self) -> Option<NodeId> {
        match self {
            Self::Node(node) => Some(node),
            Self::Seed(_) => None,
        }
    }
}

/// One connection's place: which broker, which lane.
pub(super) type LaneId = (PeerId, Lane);

/// How a lane's connection is doing.
#[derive(Debug)]
pub(super) enum Dial {
    /// There is none.
    Idle,
    /// The name is being looked up.
    Resolving { id: LinkId, deadline: Moment },
    /// An address is being tried; the `rest` follow.
    Connecting {
        id: LinkId,
        rest: VecDeque<SocketAddr>,
        deadline: Moment,
    },
    /// Bytes can be sent. While there is a `deadline`, the handshake has not succeeded yet.
    Up {
        id: LinkId,
        rest: VecDeque<SocketAddr>,
        deadline: Option<Moment>,
        link: Box<Link>,
    },
}

/// One of a broker's connections, and who waits for it.
#[derive(Debug)]
pub(super) struct LaneState {
    pub(super) dial: Dial,
    waiting: VecDeque<Pending>,
    /// No deadline of those who wait is earlier.
    waiting_until: Option<Moment>,
}

impl LaneState {
    fn new() -> Self {
        Self {
            dial: Dial::Idle,
            waiting: VecDeque::new(),
            waiting_until: None,
        }
    }

    pub(super) fn link(&mut self) -> Option<&mut Link> {
        match &mut self.dial {
            Dial::Up { link, .. } => Some(link),
            _ => None,
        }
    }

    pub(super) fn is_established(&self) -> bool {
        matches!(&self.dial, Dial::Up { link, .. } if link.is_established())
    }

    /// The requests on the wire and those that wait.
    pub(super) fn load(&self) -> usize {
        let in_flight = match &self.dial {
            Dial::Up { link, .. } => link.in_flight(),
            _ => 0,
        };
        in_flight + self.waiting.len()
    }

    pub(super) fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(super) fn wait(&mut self, mut pending: Pending, now: Moment) {
        if let Dial::Up { link, .. } = &self.dial
            && let Some(until) = link.muted_until()
        {
            pending.deadline = pending.deadline + until.since(now);
        }
        self.waiting_until = earliest(self.waiting_until, Some(pending.deadline));
        self.waiting.push_back(pending);
    }

    /// Gives everybody who waits more time: the broker asked for silence.
    pub(super) fn extend(&mut self, time: Duration) {
        for pending in &mut self.waiting {
            pending.deadline = pending.deadline + time;
        }
    }

    pub(super) fn next_waiting(&mut self) -> Option<Pending> {
        let next = self.waiting.pop_front();
        if self.waiting.is_empty() {
            self.waiting_until = None;
        }
        next
    }

    pub(super) fn take_waiting(&mut self) -> VecDeque<Pending> {
        self.waiting_until = None;
        std::mem::take(&mut self.waiting)
    }

    /// Takes those whose time is over.
    pub(super) fn take_expired(&mut self, now: Moment) -> VecDeque<Pending> {
        if self.waiting_until.is_none_or(|until| now < until) {
            return VecDeque::new();
        }
        let (expired, waiting) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|p| p.deadline <= now);
        self.waiting = waiting;
        self.waiting_until = self.waiting.iter().map(|pending| pending.deadline).min();
        expired
    }

    fn next_deadline(&self, not_before: Moment) -> Option<Moment> {
        let dial = match &self.dial {
            Dial::Idle => self.has_waiting().then_some(not_before),
            Dial::Resolving { deadline, .. } | Dial::Connecting { deadline, .. } => Some(*deadline),
            Dial::Up { deadline, link, .. } => earliest(*deadline, link.next_deadline()),
        };
        earliest(dial, self.waiting_until)
    }
}

/// A broker and the connections to it.
#[derive(Debug)]
pub(super) struct Peer {
    pub(super) endpoint: Endpoint,
    /// The endpoint as text, for errors.
    pub(super) address: Arc<str>,
    lanes: BTreeMap<Lane, LaneState>,
    /// What a lane is before it is used.
    unused: LaneState,
    backoff: Backoff,
    /// No connection is tried earlier.
    pub(super) not_before: Moment,
    /// When the last attempt failed.
    pub(super) failed_at: Moment,
    /// Failures in a row: the set-up time grows with them.
    failures: u32,
    /// Whether a handshake has ever succeeded here.
    pub(super) reached: bool,
    /// Why the last attempt failed; none after a success.
    pub(super) trouble: Option<Fault>,
    pub(super) fallback: Fallback,
}

/// What is remembered of a broker that drops connections upon new versions of ApiVersions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fallback {
    /// It is not known to.
    None,
    /// It dropped one: version 0 is tried.
    Trying,
    /// It dropped one, yet claims to know new versions: they get one more chance.
    Doubted,
    /// It drops them.
    Needed,
}

impl Peer {
    /// The requests on the wire and those that wait, of all lanes.
    #[cfg(feature = "simulation")]
    pub(super) fn load(&self) -> usize {
        self.lanes.values().map(LaneState::load).sum()
    }

    pub(super) fn new(endpoint: Endpoint, config: &ConnectionConfig) -> Self {
        Self {
            address: endpoint.to_string().into(),
            endpoint,
            lanes: BTreeMap::new(),
            unused: LaneState::new(),
            backoff: Backoff::new(config.reconnect_backoff, config.reconnect_backoff_max),
            not_before: Moment::START,
            failed_at: Moment::START,
            failures: 0,
            reached: false,
            trouble: None,
            fallback: Fallback::None,
        }
    }

    pub(super) fn lane(&mut self, lane: Lane) -> &mut LaneState {
        self.lanes.entry(lane).or_insert_with(LaneState::new)
    }

    pub(super) fn lane_ref(&self, lane: Lane) -> &LaneState {
        self.lanes.get(&lane).unwrap_or(&self.unused)
    }

    /// The lanes that are in use. Those of members and consumers that are gone are forgotten.
    pub(super) fn lanes(&mut self) -> Vec<Lane> {
        self.lanes
            .retain(|_, lane| !matches!(lane.dial, Dial::Idle) || lane.has_waiting());
        self.lanes.keys().copied().collect()
    }

    /// Says which broker this is, of a bootstrap server that turned out to be one.
    pub(super) fn name_node(&mut self, node: NodeId) {
        for lane in self.lanes.values_mut() {
            if let Some(link) = lane.link() {
                link.name_node(node);
            }
        }
    }

    /// Whether any connection is up or being made.
    pub(super) fn is_in_use(&self) -> bool {
        self.lanes
            .values()
            .any(|lane| !matches!(lane.dial, Dial::Idle) || lane.has_waiting())
    }

    /// Notes that an attempt failed, or that a connection was lost.
    pub(super) fn fail(&mut self, now: Moment, rng: &mut fastrand::Rng, fault: Fault) {
        self.failures = self.failures.saturating_add(1);
        self.failed_at = now;
        self.not_before = now + self.backoff.next(rng);
        self.trouble = Some(fault);
    }

    /// Notes that a handshake succeeded.
    pub(super) fn succeed(&mut self) {
        self.failures = 0;
        self.backoff.reset();
        self.reached = true;
        self.trouble = None;
    }

    /// Failures in a row.
    pub(super) fn failures(&self) -> u32 {
        self.failures
    }

    /// How long the next attempt may take.
    pub(super) fn setup_timeout(&self, config: &ConnectionConfig) -> Duration {
        let doubled = config.setup_timeout.saturating_mul(1 << self.failures.min(8));
        doubled.min(config.setup_timeout_max.max(config.setup_timeout))
    }

    pub(super) fn next_deadline(&self) -> Option<Moment> {
        self.lanes
            .values()
            .filter_map(|lane| lane.next_deadline(self.not_before))
            .min()
    }
}
