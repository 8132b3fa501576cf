use std::fmt;
use std::sync::Arc;

use crate::node::NodeId;

/// A partition of a topic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicPartition {
    /// The topic's name.
    pub topic: Arc<str>,
    /// The partition's number, from 0.
    pub partition: i32,
}

impl TopicPartition {
    /// Names partition `partition` of `topic`.
    pub fn new(topic: impl Into<Arc<str>>, partition: i32) -> Self {
        Self {
            topic: topic.into(),
            partition,
        }
    }
}

impl fmt::Display for TopicPartition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.topic, self.partition)
    }
}

/// Where a request is to go. The engine finds the broker.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Any broker that can be reached; the least busy one.
    Any,
    /// The controller; with KRaft, where brokers forward, any broker that was named as such.
    Controller,
    /// The coordinator of a group or a transactional id, looked up when it is not known.
    Coordinator(CoordinatorKind, Arc<str>),
    /// One broker.
    Node(NodeId),
}

/// What a coordinator coordinates; the numbers are the protocol's key types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoordinatorKind {
    /// Consumer groups, of either protocol.
    Group = 0,
    /// Transactional ids.
    Transaction = 1,
    /// Share-partition state.
    Share = 2,
}

/// Which of a broker's connections a request takes. A broker answers one request of a connection at a time, so a
/// request that waits there, for data or for other members, would hold up whatever is behind it. Where a lane has a number
/// it tells the consumers of one client apart: their waits must not hold up each other either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Metadata, commits, admin and other short requests.
    Control,
    /// Join, sync and heartbeat of one member: a join may wait for a whole rebalance.
    Group(u32),
    /// Produce.
    Produce,
    /// Fetches of one consumer that are answered at once.
    Fetch(u32),
    /// Fetches of one consumer that wait until there is something to fetch.
    FetchWait(u32),
}
