//! The machine that sends batches: one request per broker takes every partition that is due.
//!
//! ```text
//! accumulator ─sealed─▶ lane (one a partition) ─▶ node (one a broker) ─▶ Produce request
//!                         ▲                                                    │
//!                         └──── put back, split, given up ◀── verdict ◀── answer
//! ```

mod answer;
mod expiry;
mod intake;
mod request;
mod topics;
mod verdict;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use fastrand::Rng;
use protocol::Uuid;
use rustc_hash::FxHashMap;

use super::accumulator::Accumulator;
use super::batch::Batch;
use super::lane::Lane;
use super::partition::Partition;
use super::sequence::Identity;
use crate::cluster::{Metadata, NodeId};
use crate::connection::Answer;
use crate::machine::{Machine, TopicInterest, Wish};
use crate::time::{Moment, earliest};

/// What the sender takes from the settings of the client's connections.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timing {
    /// `request.timeout.ms`.
    pub(crate) request_timeout: Duration,
    /// `retry.backoff.ms`.
    pub(crate) retry_backoff: Duration,
    /// `retry.backoff.max.ms`.
    pub(crate) retry_backoff_max: Duration,
}

/// The sending half of a producer.
#[derive(Debug)]
pub(crate) struct Sender {
    shared: Arc<Accumulator>,
    timing: Timing,
    rng: Rng,
    identity: Identity,
    lanes: Vec<Lane>,
    /// Batches in lanes.
    unresolved: usize,
    nodes: BTreeMap<NodeId, Node>,
    /// Requests under way.
    requests: FxHashMap<u64, Sent>,
    next_tag: u64,
    /// Partitions with an open batch.
    open: Vec<Arc<Partition>>,
    /// When an open batch is to be sealed; never later than the first one, possibly earlier.
    linger_at: Option<Moment>,
    /// When a batch times out; never later than the first one, possibly earlier.
    expiry_at: Option<Moment>,
    paused: BTreeSet<(Moment, usize)>,
    wishes: VecDeque<Wish>,
    is_refresh_wished: bool,
    /// Topics whose metadata is needed.
    followed: Vec<Followed>,
    /// Topics that somebody may be waiting for.
    waited_for: Vec<u32>,
    /// Topics by the ids under which they are produced to.
    ids: FxHashMap<Uuid, u32>,
    /// When idle topics are looked for.
    idle_at: Option<Moment>,
    arrived: VecDeque<Box<Batch>>,
    is_done: bool,
}

/// A broker as the sender sees it.
#[derive(Debug, Default)]
struct Node {
    /// Requests under way.
    in_flight: usize,
    /// Lanes that have something to send, the next one first.
    ready: VecDeque<usize>,
    /// Since when lanes wait because too many requests are under way.
    blocked_since: Option<Moment>,
    /// Whether it has been blocked for so long that keyless records go elsewhere.
    is_slow: bool,
}

/// A request under way.
#[derive(Debug)]
struct Sent {
    node: NodeId,
    /// The lanes whose batches it carries, one each.
    lanes: Vec<usize>,
}

/// A topic whose metadata is needed.
#[derive(Debug)]
struct Followed {
    number: u32,
    used_at: Moment,
}

/// The mark of a request for a producer id; produce requests have higher ones.
const TAG_IDENTITY: u64 = 0;
/// How precise the timestamps of records are whose batches wait for long.
const TICK: Duration = Duration::from_millis(10);

impl Sender {
    /// The sender of an accumulator. `seed` varies back-offs and which partitions go first.
    pub(crate) fn new(shared: Arc<Accumulator>, timing: Timing, seed: u64) -> Self {
        let is_idempotent = shared.config.is_idempotent();
        Self {
            identity: Identity::new(is_idempotent, timing.retry_backoff, timing.retry_backoff_max),
            shared,
            timing,
            rng: Rng::with_seed(seed),
            lanes: Vec::new(),
            unresolved: 0,
            nodes: BTreeMap::new(),
            requests: FxHashMap::default(),
            next_tag: TAG_IDENTITY + 1,
            open: Vec::new(),
            linger_at: None,
            expiry_at: None,
            paused: BTreeSet::new(),
            wishes: VecDeque::new(),
            is_refresh_wished: false,
            followed: Vec::new(),
            waited_for: Vec::new(),
            ids: FxHashMap::default(),
            idle_at: None,
            arrived: VecDeque::new(),
            is_done: false,
        }
    }

    /// What every call begins with: what callers' tasks have left is taken in.
    fn look(&mut self, now: Moment, metadata: &Metadata) {
        self.take_in(now, metadata);
        self.close_if_due(now, metadata);
    }

    fn wish_refresh(&mut self) {
        if !std::mem::replace(&mut self.is_refresh_wished, true) {
            self.wishes.push_back(Wish::Refresh);
        }
    }

    /// Puts a lane on its leader's list, if it has something that may be sent.
    fn enlist(&mut self, now: Moment, metadata: &Metadata, number: usize) {
        let in_flight_max = self.shared.config.max_in_flight;
        let Some(lane) = self.lanes.get(number) else {
            return;
        };
        if lane.enlisted.is_some() {
            return;
        }
        let Some(leader) = leader_of(metadata, lane) else {
            if !lane.is_idle() {
                self.wish_refresh();
            }
            return;
        };
        let mut first = self.identity.first_stamp();
        if !lane.may_send(now, leader, first, in_flight_max) {
            return;
        }
        let must_bump = first.is_some_and(|first| lane.has_broken(first));
        if must_bump {
            self.identity.bump();
            first = self.identity.first_stamp();
        }
        // Without an id, once the epochs of the last one are used up, the lane has to wait for the next.
        if let Some(lane) = self.lanes.get_mut(number)
            && lane.may_send(now, leader, first, in_flight_max)
        {
            lane.enlisted = Some(leader);
            self.nodes.entry(leader).or_default().ready.push_back(number);
        }
    }

    /// Puts all lanes on the lists where they belong.
    fn enlist_all(&mut self, now: Moment, metadata: &Metadata) {
        for number in 0..self.lanes.len() {
            if self.lanes.get(number).is_some_and(|lane| !lane.is_idle()) {
                self.enlist(now, metadata, number);
            }
        }
    }

    fn resume_paused(&mut self, now: Moment, metadata: &Metadata) {
        while let Some((until, number)) = self.paused.first().copied()
            && until <= now
        {
            self.paused.pop_first();
            self.enlist(now, metadata, number);
        }
    }
}

/// The leader of a lane's partition.
fn leader_of(metadata: &Metadata, lane: &Lane) -> Option<NodeId> {
    let name = &lane.partition.name;
    metadata
        .leader(&name.topic, name.partition)
        .map(|(leader, _)| leader)
}

impl Machine for Sender {
    fn handle_wakeup(&mut self, now: Moment, metadata: &Metadata) {
        self.look(now, metadata);
    }

    fn handle_metadata(&mut self, now: Moment, metadata: &Metadata) {
        self.take_metadata(now, metadata);
        self.look(now, metadata);
    }

    fn handle_answer(&mut self, now: Moment, metadata: &Metadata, answer: Answer) {
        if answer.tag == TAG_IDENTITY {
            self.take_identity(now, metadata, answer);
        } else {
            self.take_answer(now, metadata, answer);
        }
        self.look(now, metadata);
    }

    fn handle_deadline(&mut self, now: Moment, metadata: &Metadata) {
        self.look(now, metadata);
        self.seal_due(now, metadata);
        self.expire(now, metadata);
        self.resume_paused(now, metadata);
        self.forget_idle_topics(now);
        self.close_if_due(now, metadata);
    }

    fn poll_wish(&mut self, now: Moment, metadata: &Metadata) -> Option<Wish> {
        if let Some(wish) = self.wishes.pop_front() {
            return Some(wish);
        }
        self.is_refresh_wished = false;
        if self.unresolved > 0 && self.identity.poll_ask(now) {
            return Some(Wish::Send(self.ask_for_identity()));
        }
        self.next_request(now, metadata).map(Wish::Send)
    }

    fn next_deadline(&self) -> Option<Moment> {
        if self.is_done {
            return None;
        }
        let mut next = earliest(self.linger_at, self.expiry_at);
        next = earliest(next, self.paused.first().map(|(until, _)| *until));
        next = earliest(next, self.shared.memory.next_deadline());
        next = earliest(next, self.topic_deadline());
        next = earliest(next, self.slow_deadline());
        next = earliest(next, self.idle_at);
        next = earliest(next, self.shared.closing.deadline());
        if self.unresolved > 0 {
            next = earliest(next, self.identity.next_deadline());
        }
        next
    }

    fn topics(&self) -> TopicInterest {
        let topic = |followed: &Followed| self.shared.topics.get(followed.number).map(|t| t.name.clone());
        let names: Vec<_> = self.followed.iter().filter_map(topic).collect();
        if names.is_empty() {
            TopicInterest::None
        } else {
            TopicInterest::These { names, create: true }
        }
    }

    fn is_done(&self) -> bool {
        self.is_done
    }
}

impl Drop for Sender {
    /// Ends everything that is left: nothing will be sent any more.
    fn drop(&mut self) {
        self.abort();
    }
}

/// Counts a batch of `partition` as over.
fn count_over(partition: &Partition) {
    partition.queued.fetch_sub(1, Ordering::Relaxed);
}
