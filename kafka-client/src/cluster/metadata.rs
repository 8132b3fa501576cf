use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::{ErrorCode, Uuid};
use rustc_hash::FxHashMap;

use super::features::Features;
use crate::node::NodeId;

/// A snapshot of what the brokers last said about the cluster. Immutable: a refresh makes a new one.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// The cluster's id, from Kafka 0.10.1 on.
    pub cluster_id: Option<String>,
    /// The controller, or a broker that forwards to it.
    pub controller: Option<NodeId>,
    /// Brokers by id.
    pub brokers: BTreeMap<NodeId, Arc<Broker>>,
    /// Topics by name: those that somebody is interested in.
    pub topics: BTreeMap<Arc<str>, Arc<Topic>>,
    /// Names by topic id, for the topics that have one.
    pub names: FxHashMap<Uuid, Arc<str>>,
    /// The finalized features of the cluster; none until a broker told them, and before Kafka 2.7 (KIP-584).
    pub features: Option<Arc<Features>>,
    /// Counts the snapshots, so that a machine sees cheaply whether it knows this one.
    pub revision: u64,
}

/// A broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broker {
    /// Its id.
    pub id: NodeId,
    /// The host it advertises on the listener that was asked.
    pub host: String,
    /// The port it advertises.
    pub port: u16,
    /// Its rack, if it has one.
    pub rack: Option<String>,
}

/// A topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name.
    pub name: Arc<str>,
    /// Its id; zero from brokers before 2.8 (KIP-516).
    pub id: Uuid,
    /// Whether Kafka itself uses it.
    pub internal: bool,
    /// Why the brokers could not describe it, e.g. that it does not exist.
    pub error: Option<ErrorCode>,
    /// Its partitions; the index is the partition's number. A hole has no leader.
    pub partitions: Vec<Partition>,
}

/// A partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    /// Its leader, if it has one that is alive.
    pub leader: Option<NodeId>,
    /// Counts the leaders; -1 from brokers before 2.1 (KIP-320).
    pub leader_epoch: i32,
    /// Its replicas, the preferred leader first.
    pub replicas: Vec<NodeId>,
    /// The replicas that are in sync.
    pub in_sync: Vec<NodeId>,
    /// The replicas that are offline.
    pub offline: Vec<NodeId>,
    /// Why the brokers could not describe it.
    pub error: Option<ErrorCode>,
}

impl Metadata {
    /// Whether no broker has described the cluster yet.
    pub fn is_empty(&self) -> bool {
        self.brokers.is_empty()
    }

    /// The topic called `name`, if it is known.
    pub fn topic(&self, name: &str) -> Option<&Arc<Topic>> {
        self.topics.get(name)
    }

    /// The topic with this id, if it is known.
    pub fn topic_by_id(&self, id: Uuid) -> Option<&Arc<Topic>> {
        self.names.get(&id).and_then(|name| self.topics.get(name))
    }

    /// A partition, if it is known.
    pub fn partition(&self, topic: &str, partition: i32) -> Option<&Partition> {
        let index = usize::try_from(partition).ok()?;
        self.topics.get(topic)?.partitions.get(index)
    }

    /// A partition's leader and leader epoch, if it has a leader.
    pub fn leader(&self, topic: &str, partition: i32) -> Option<(NodeId, i32)> {
        let partition = self.partition(topic, partition)?;
        Some((partition.leader?, partition.leader_epoch))
    }
}
