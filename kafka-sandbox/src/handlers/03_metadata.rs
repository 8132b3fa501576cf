//! Metadata: the brokers, the topics, and who leads each partition.

use protocol::messages::metadata::{
    MetadataRequest, MetadataResponse, MetadataResponseBroker, MetadataResponsePartition,
    MetadataResponseTopic,
};
use protocol::{ErrorCode, NodeIds};

use super::create_topics::create_automatically;
use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::state::{Partition, State, Topic};

impl Handle for MetadataRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<MetadataResponse> {
        // Version 0 asks for all topics by an empty list.
        let all = self
            .topics
            .as_ref()
            .is_none_or(|topics| call.version == 0 && topics.is_empty());
        let asked = self.topics.unwrap_or_default();
        let topics = if all {
            call.state
                .topics
                .iter()
                .map(|topic| describe(call.state, topic))
                .collect()
        } else {
            let mut topics = Vec::with_capacity(asked.len());
            for topic in asked {
                let create = self.allow_auto_topic_creation || call.version < 4;
                topics.push(look_up(call, topic.name, topic.topic_id, create));
            }
            topics
        };
        let mut response = cluster(call.state);
        response.topics = topics;
        for topic in &mut response.topics {
            let name = topic.name.as_deref().unwrap_or_default();
            if let Some(code) = call.injected(name, -1) {
                topic.error_code = code.0;
                topic.partitions.clear();
            }
        }
        Reply::Now(response)
    }

    fn refuse(self, call: &Call<'_>, code: ErrorCode) -> MetadataResponse {
        let topics = self.topics.unwrap_or_default().into_iter();
        MetadataResponse {
            topics: topics
                .map(|topic| unknown(topic.name, topic.topic_id, code))
                .collect(),
            error_code: code.0,
            ..cluster(call.state)
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let topics = self.topics.iter().flatten();
        topics
            .filter_map(|topic| topic.name.as_deref())
            .map(|name| Subject {
                topic: name.into(),
                partition: None,
            })
            .collect()
    }
}

/// What the answer says besides topics.
fn cluster(state: &State) -> MetadataResponse {
    let brokers = state.brokers.alive().map(|broker| MetadataResponseBroker {
        node_id: broker.id,
        host: broker.host.to_string(),
        port: broker.port.into(),
        rack: broker.rack.as_deref().map(str::to_owned),
    });
    MetadataResponse {
        brokers: brokers.collect(),
        cluster_id: Some(state.cluster_id.to_string()),
        controller_id: state.brokers.controller(),
        ..MetadataResponse::default()
    }
}

fn look_up(
    call: &mut Call<'_>,
    name: Option<String>,
    id: protocol::Uuid,
    create: bool,
) -> MetadataResponseTopic {
    let text = name.as_deref().unwrap_or_default();
    match call.state.topics.find(text, id) {
        Ok(topic) => describe(call.state, topic),
        Err(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION) if create => match create_automatically(call, text) {
            // Its leaders are known at the next look, as with Kafka.
            Ok(()) => unknown(name, id, ErrorCode::LEADER_NOT_AVAILABLE),
            Err(code) => unknown(name, id, code),
        },
        Err(code) => unknown(name, id, code),
    }
}

fn unknown(name: Option<String>, topic_id: protocol::Uuid, code: ErrorCode) -> MetadataResponseTopic {
    MetadataResponseTopic {
        error_code: code.0,
        name,
        topic_id,
        ..MetadataResponseTopic::default()
    }
}

fn describe(state: &State, topic: &Topic) -> MetadataResponseTopic {
    let partitions = (0..).zip(&topic.partitions);
    MetadataResponseTopic {
        name: Some(topic.name.to_string()),
        topic_id: topic.id,
        is_internal: topic.is_internal(),
        partitions: partitions
            .map(|(index, partition)| describe_partition(state, index, partition))
            .collect(),
        ..MetadataResponseTopic::default()
    }
}

fn describe_partition(state: &State, index: i32, partition: &Partition) -> MetadataResponsePartition {
    let error = partition
        .leader
        .map_or(ErrorCode::LEADER_NOT_AVAILABLE, |_| ErrorCode::NONE);
    let offline = partition
        .replicas
        .iter()
        .copied()
        .filter(|&id| !state.brokers.is_alive(id));
    MetadataResponsePartition {
        error_code: error.0,
        partition_index: index,
        leader_id: partition.leader.unwrap_or(-1),
        leader_epoch: partition.leader_epoch,
        replica_nodes: NodeIds::from(partition.replicas.clone()),
        isr_nodes: NodeIds::from(partition.isr.clone()),
        offline_replicas: NodeIds::from(offline.collect::<Vec<i32>>()),
    }
}
