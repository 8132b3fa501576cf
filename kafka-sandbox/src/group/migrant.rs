//! What goes from a group of one kind to a group of the other.

use std::collections::BTreeSet;
use std::sync::Arc;

use protocol::consumer_protocol::TopicPartitions;
use protocol::messages::join_group::JoinGroupRequestProtocol;

/// A member as both kinds of groups know it.
#[derive(Debug)]
pub(crate) struct Migrant {
    pub(crate) id: Arc<str>,
    pub(crate) instance_id: Option<String>,
    pub(crate) client_id: String,
    pub(crate) client_host: String,
    pub(crate) session_timeout_ms: i32,
    pub(crate) rebalance_timeout_ms: i32,
    pub(crate) protocols: Vec<JoinGroupRequestProtocol>,
    /// The topics it wants.
    pub(crate) topics: BTreeSet<String>,
    pub(crate) rack_id: Option<String>,
    pub(crate) assigned: Vec<TopicPartitions>,
}

/// What becomes of a group in which nobody speaks the consumer protocol any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Downgrade {
    /// Its members are to share what the last one had.
    Rebalance,
    /// A classic member has taken the place of the last one.
    AsItIs,
}
