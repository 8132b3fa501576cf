use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use protocol::ErrorCode;
use protocol::messages::metadata::{
    MetadataResponse, MetadataResponseBroker, MetadataResponsePartition, MetadataResponseTopic,
};
use rustc_hash::FxHashMap;

use super::metadata::{Broker, Metadata, Partition, Topic};
use crate::node::NodeId;

/// Which topics a metadata reply speaks of; it says nothing of the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of the cluster.
    All,
    /// These.
    These(BTreeSet<Arc<str>>),
}

impl Scope {
    fn contains(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::These(names) => names.contains(name),
        }
    }
}

/// Beyond so many holes a partition's number is not believed: it would decide how much is allocated.
const HOLES_MAX: usize = 1000;

impl Metadata {
    /// The snapshot after `response`, which speaks of `scope`. Topics outside of it stay when `keep` says so.
    pub fn updated(&self, response: MetadataResponse, scope: &Scope, keep: impl Fn(&str) -> bool) -> Self {
        let other_cluster =
            matches!((&self.cluster_id, &response.cluster_id), (Some(old), Some(new)) if old != new);
        if other_cluster {
            tracing::warn!(old = ?self.cluster_id, new = ?response.cluster_id, "the brokers belong to another cluster now");
        }
        let mut topics: BTreeMap<Arc<str>, Arc<Topic>> = self
            .topics
            .iter()
            .filter(|(name, _)| !other_cluster && !scope.contains(name) && keep(name))
            .map(|(name, topic)| (name.clone(), topic.clone()))
            .collect();
        for topic in response.topics {
            let name = topic.name.as_deref().unwrap_or_default();
            if name.is_empty() {
                continue;
            }
            let known = self.topics.get_key_value(name).filter(|_| !other_cluster);
            let name = known.map_or_else(|| Arc::from(name), |(name, _)| name.clone());
            let topic = read_topic(name.clone(), topic, known.map(|(_, topic)| topic));
            topics.insert(name, topic);
        }
        let names = topics
            .values()
            .filter(|topic| !topic.id.is_zero())
            .map(|topic| (topic.id, topic.name.clone()))
            .collect::<FxHashMap<_, _>>();
        let brokers = read_brokers(&response.brokers, &self.brokers);
        Self {
            cluster_id: response.cluster_id.or_else(|| self.cluster_id.clone()),
            controller: Some(NodeId(response.controller_id)).filter(|node| brokers.contains_key(node)),
            brokers,
            topics,
            names,
            features: self.features.clone().filter(|_| !other_cluster),
            revision: self.revision + 1,
        }
    }

    /// Puts a newer leader of a partition in (KIP-951). Does nothing, and returns false, when `epoch` is not newer
    /// than what is known, or nobody knows where the leader listens.
    pub fn set_leader(
        &mut self,
        topic: &str,
        partition: i32,
        leader: NodeId,
        epoch: i32,
        endpoint: Option<&Broker>,
    ) -> bool {
        let endpoint = endpoint.filter(|broker| broker.id == leader && is_usable(broker));
        let reachable = endpoint.is_some() || self.brokers.contains_key(&leader);
        let newer = self
            .partition(topic, partition)
            .is_some_and(|known| epoch > known.leader_epoch);
        let index = usize::try_from(partition).ok();
        let (true, true, Some(index), Some(topic)) = (newer, reachable, index, self.topics.get_mut(topic))
        else {
            return false;
        };
        if let Some(place) = Arc::make_mut(topic).partitions.get_mut(index) {
            place.leader = Some(leader);
            place.leader_epoch = epoch;
            place.error = None;
        }
        if let Some(broker) = endpoint {
            self.brokers.insert(leader, Arc::new(broker.clone()));
        }
        true
    }

    /// The snapshot with a broker that another reply than metadata named; none when it is known as it is.
    pub fn with_broker(&self, broker: Broker) -> Option<Self> {
        if !is_usable(&broker) {
            return None;
        }
        if let Some(known) = self.brokers.get(&broker.id)
            && known.host == broker.host
            && known.port == broker.port
        {
            return None;
        }
        let mut next = self.clone();
        next.revision += 1;
        next.brokers.insert(broker.id, Arc::new(broker));
        Some(next)
    }
}

fn is_usable(broker: &Broker) -> bool {
    broker.id.0 >= 0 && !broker.host.is_empty() && broker.port != 0
}

fn read_brokers(
    named: &[MetadataResponseBroker],
    known: &BTreeMap<NodeId, Arc<Broker>>,
) -> BTreeMap<NodeId, Arc<Broker>> {
    let mut brokers = BTreeMap::new();
    for named in named {
        let broker = Broker {
            id: NodeId(named.node_id),
            host: named.host.clone(),
            port: u16::try_from(named.port).unwrap_or(0),
            rack: named.rack.clone(),
        };
        if !is_usable(&broker) || brokers.contains_key(&broker.id) {
            tracing::warn!(id = named.node_id, host = %named.host, port = named.port, "ignoring an impossible broker");
            continue;
        }
        let same = known.get(&broker.id).filter(|known| ***known == broker).cloned();
        brokers.insert(broker.id, same.unwrap_or_else(|| Arc::new(broker)));
    }
    brokers
}

fn read_topic(name: Arc<str>, read: MetadataResponseTopic, known: Option<&Arc<Topic>>) -> Arc<Topic> {
    // Another id is another topic of the same name: what was known of the old one counts no more.
    let same = known.filter(|known| known.id == read.topic_id);
    let bound = read.partitions.len() + HOLES_MAX;
    let mut partitions = Vec::with_capacity(read.partitions.len());
    for read in read.partitions {
        let Some(index) = usize::try_from(read.partition_index)
            .ok()
            .filter(|index| *index < bound)
        else {
            tracing::warn!(topic = %name, partition = read.partition_index, "ignoring an impossible partition");
            continue;
        };
        if partitions.len() <= index {
            partitions.resize_with(index + 1, hole);
        }
        let known = same.and_then(|topic| topic.partitions.get(index));
        partitions[index] = read_partition(&read, known);
    }
    let topic = Topic {
        name,
        id: read.topic_id,
        internal: read.is_internal,
        error: error_of(read.error_code),
        partitions,
    };
    match known {
        Some(known) if **known == topic => known.clone(),
        _ => Arc::new(topic),
    }
}

fn read_partition(read: &MetadataResponsePartition, known: Option<&Partition>) -> Partition {
    if let Some(known) = known
        && read.leader_epoch >= 0
        && read.leader_epoch < known.leader_epoch
    {
        // The broker that answered has not heard of the newer leader yet.
        return known.clone();
    }
    let nodes = |ids: &[i32]| ids.iter().copied().map(NodeId).collect();
    Partition {
        leader: Some(NodeId(read.leader_id)).filter(|leader| leader.0 >= 0),
        leader_epoch: read.leader_epoch,
        replicas: nodes(&read.replica_nodes),
        in_sync: nodes(&read.isr_nodes),
        offline: nodes(&read.offline_replicas),
        error: error_of(read.error_code),
    }
}

fn hole() -> Partition {
    Partition {
        leader: None,
        leader_epoch: -1,
        replicas: Vec::new(),
        in_sync: Vec::new(),
        offline: Vec::new(),
        error: None,
    }
}

fn error_of(code: i16) -> Option<ErrorCode> {
    Some(ErrorCode(code)).filter(|code| code.is_err())
}
