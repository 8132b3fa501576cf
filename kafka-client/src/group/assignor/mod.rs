//! How the leader of a classic group distributes partitions over the members. One file per way.
//!
//! All of them are deterministic: the same members and topics give the same assignment, whatever order they come in.

mod cooperative;
mod range;
mod round_robin;
mod sticky;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

pub use cooperative::CooperativeSticky;
pub use range::Range;
pub use round_robin::RoundRobin;
pub use sticky::Sticky;

use crate::cluster::TopicPartition;
use crate::config::AssignorKind;

/// What each member gets; every member has an entry. Partitions ascend.
pub type Assignments = BTreeMap<Arc<str>, Vec<TopicPartition>>;

/// How many partitions each topic has. Topics that do not exist are left out.
pub type PartitionCounts = BTreeMap<Arc<str>, i32>;

/// A way to distribute partitions.
pub trait Assignor: fmt::Debug + Send + Sync {
    /// The name that the members agree on.
    fn kind(&self) -> AssignorKind;

    /// Whether members keep what they own while they join (KIP-429). Otherwise they give everything up first.
    fn is_cooperative(&self) -> bool {
        false
    }

    /// Distributes the partitions of the topics that the members subscribe to. Never gives a partition to two
    /// members, nor one to a member that did not subscribe to its topic.
    fn assign(&self, members: &[GroupMember], counts: &PartitionCounts) -> Assignments;
}

/// The assignor of a kind.
pub fn assignor(kind: AssignorKind) -> &'static dyn Assignor {
    match kind {
        AssignorKind::CooperativeSticky => &CooperativeSticky,
        AssignorKind::Range => &Range,
        AssignorKind::RoundRobin => &RoundRobin,
        AssignorKind::Sticky => &Sticky,
    }
}

/// A member as the leader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupMember {
    /// The id that the coordinator gave it.
    pub id: Arc<str>,
    /// Its static name, if it has one (KIP-345).
    pub instance_id: Option<Arc<str>>,
    /// What it subscribes to.
    pub topics: BTreeSet<Arc<str>>,
    /// What it says it owns. Empty with eager assignors, except for what sticky remembers.
    pub owned: BTreeSet<TopicPartition>,
    /// The generation in which it came to own that (KIP-792); -1 when it does not say.
    pub generation: i32,
    /// Where it runs (KIP-881).
    pub rack: Option<String>,
}

impl GroupMember {
    /// The order of members that range and round robin go by: static ones first, by their lasting names.
    fn rank(&self) -> (bool, &str) {
        match &self.instance_id {
            Some(instance) => (false, instance),
            None => (true, &self.id),
        }
    }
}

/// The members in the order of their ranks, each with an empty list.
fn ranked(members: &[GroupMember]) -> Vec<&GroupMember> {
    let mut ranked: Vec<_> = members.iter().collect();
    ranked.sort_by(|a, b| a.rank().cmp(&b.rank()));
    ranked
}

fn nothing_for(members: &[GroupMember]) -> Assignments {
    members
        .iter()
        .map(|member| (member.id.clone(), Vec::new()))
        .collect()
}

#[cfg(test)]
mod tests;
