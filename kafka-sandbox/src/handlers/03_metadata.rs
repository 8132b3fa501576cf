//! Metadata: the brokers, the topics, and who leads each partition.

use protocol::messages::metadata::{
    MetadataRequest, MetadataRequestTopic, MetadataResponse, MetadataResponseBroker,
    MetadataResponsePartition, MetadataResponseTopic,
};
use protocol::{ErrorCode, NodeIds, Uuid};
use rustc_hash::FxHashSet;

use super::create_topics::create_automatically;
use super::topic_names::why_invalid;
use super::{Call, Handle, Reply, operations};
use crate::fault::{CONTROL_CLIENT_ID, Subject};
use crate::security::acl::{Operation, ResourceType};
use crate::state::{Broker, BrokerStatus, Partition, State, Topic, is_internal};

impl Handle for MetadataRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<MetadataResponse> {
        // Ids were part of the request before brokers looked at them.
        let no_ids = |topic: &MetadataRequestTopic| topic.name.is_none() || !topic.topic_id.is_zero();
        if call.version < 12 && self.topics.iter().flatten().any(no_ids) {
            return Reply::Now(self.refuse(call, ErrorCode::INVALID_REQUEST));
        }
        // Kafka fails over a topic that is neither named nor has an id.
        let is_none = |topic: &MetadataRequestTopic| topic.name.is_none() && topic.topic_id.is_zero();
        if self.topics.iter().flatten().any(is_none) {
            return Reply::Now(self.refuse(call, ErrorCode::UNKNOWN_SERVER_ERROR));
        }
        let mut topics = match self.topics {
            // Version 0 asks for all topics by an empty list.
            Some(asked) if call.version > 0 || !asked.is_empty() => {
                let create = self.allow_auto_topic_creation || call.version < 4;
                let create = create && call.state.configs.broker_flag("auto.create.topics.enable");
                look_up(call, asked, create)
            }
            _ => {
                let all = call.state.topics.iter();
                all.filter(|topic| call.require_topic(Operation::Describe, &topic.name).is_ok())
                    .map(|topic| describe(call, topic))
                    .collect()
            }
        };
        for topic in &mut topics {
            let name = topic.name.as_deref().unwrap_or_default();
            if let Some(code) = call.injected(name, -1) {
                topic.error_code = code.0;
                topic.partitions.clear();
            }
            // It is told of topics that are not there, too, but of none that may not be told of.
            let hidden = [ErrorCode::UNKNOWN_TOPIC_ID, ErrorCode::TOPIC_AUTHORIZATION_FAILED];
            if self.include_topic_authorized_operations && !hidden.contains(&ErrorCode(topic.error_code)) {
                let name = topic.name.as_deref().unwrap_or_default();
                topic.topic_authorized_operations = operations::on_topic(call, name);
            }
        }
        let mut response = cluster(call);
        response.topics = topics;
        if self.include_cluster_authorized_operations {
            response.cluster_authorized_operations = operations::on_cluster(call);
        }
        Reply::Now(response)
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> MetadataResponse {
        let topics = self.topics.unwrap_or_default().into_iter();
        // The name of one that has none is empty.
        let topics = topics.map(|topic| {
            let name = Some(topic.name.unwrap_or_default());
            unknown(name, topic.topic_id, code)
        });
        MetadataResponse {
            topics: topics.collect(),
            error_code: code.0,
            ..MetadataResponse::default()
        }
    }

    fn subjects(&self, state: &State) -> Vec<Subject> {
        let topics = self.topics.iter().flatten();
        topics
            .filter_map(|topic| match &topic.name {
                Some(name) => Some(name.as_str().into()),
                None => state.topics.name_of(topic.topic_id).cloned(),
            })
            .map(|topic| Subject {
                topic,
                partition: None,
            })
            .collect()
    }
}

/// What the answer says besides topics. Whoever controls the sandbox is told of brokers that are paused, too: they answer him.
fn cluster(call: &Call<'_>) -> MetadataResponse {
    let state = &*call.state;
    let controls = *call.client.id == *CONTROL_CLIENT_ID;
    let answers = |broker: &&Broker| broker.is_alive() || (controls && broker.status != BrokerStatus::Down);
    let answering = || state.brokers.iter().filter(answers);
    let brokers = answering().map(|broker| MetadataResponseBroker {
        node_id: broker.id,
        host: broker.host.to_string(),
        port: broker.port.into(),
        rack: broker.rack.as_deref().map(str::to_owned),
    });
    MetadataResponse {
        brokers: brokers.collect(),
        cluster_id: Some(state.cluster_id.to_string()),
        controller_id: answering().next().map_or(-1, |broker| broker.id),
        ..MetadataResponse::default()
    }
}

/// The topics that are asked for, each once. Where one is asked for by its id, names are not looked at.
fn look_up(
    call: &mut Call<'_>,
    asked: Vec<MetadataRequestTopic>,
    create: bool,
) -> Vec<MetadataResponseTopic> {
    let by_id = asked.iter().any(|topic| !topic.topic_id.is_zero());
    let mut told = FxHashSet::default();
    let mut created = 0;
    let mut topics = Vec::with_capacity(asked.len());
    for MetadataRequestTopic { topic_id, name } in asked {
        if by_id {
            if topic_id.is_zero() || !told.insert((topic_id, None)) {
                continue;
            }
            let found = call.state.topics.find("", topic_id);
            topics.push(match found {
                // Whoever may not know of it is not told its name.
                Ok(topic) => match call.require_topic(Operation::Describe, &topic.name) {
                    Ok(()) => describe(call, topic),
                    Err(code) => unknown(None, topic_id, code),
                },
                Err(code) => unknown(None, topic_id, code),
            });
            continue;
        }
        let name = name.unwrap_or_default();
        if !told.insert((Uuid::ZERO, Some(name.clone()))) {
            continue;
        }
        let found = call.state.topics.get(&name);
        let may_create = || {
            call.authorize_cluster(Operation::Create)
                || call.authorize(Operation::Create, ResourceType::Topic, &name)
        };
        let denied = call.require_topic(Operation::Describe, &name).err().or_else(|| {
            (found.is_none() && create && !may_create()).then_some(ErrorCode::TOPIC_AUTHORIZATION_FAILED)
        });
        if let Some(code) = denied {
            topics.push(unknown(Some(name), Uuid::ZERO, code));
            continue;
        }
        topics.push(match found {
            Some(topic) => describe(call, topic),
            None => {
                let create = create && created < CREATED_MAX;
                created += usize::from(create);
                missing(call, name, create)
            }
        });
    }
    topics
}

/// How many topics one request may create: as many as Kafka's controller takes in one.
const CREATED_MAX: usize = 5_000;

/// The answer for a topic that is not there. It may be at the next look.
fn missing(call: &mut Call<'_>, name: String, create: bool) -> MetadataResponseTopic {
    let code = if why_invalid(&name).is_some() {
        ErrorCode::INVALID_TOPIC_EXCEPTION
    } else if !create {
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
    } else {
        let created = create_automatically(call.now, call.state, &name);
        let with_controller = call.state.configs.profile().is_kraft();
        match created {
            // The controller is asked for it, and the answer is not awaited.
            _ if with_controller => ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
            Ok(()) => ErrorCode::LEADER_NOT_AVAILABLE,
            Err(code) => code,
        }
    };
    unknown(Some(name), Uuid::ZERO, code)
}

fn unknown(name: Option<String>, topic_id: Uuid, code: ErrorCode) -> MetadataResponseTopic {
    MetadataResponseTopic {
        error_code: code.0,
        is_internal: name.as_deref().is_some_and(is_internal),
        name,
        topic_id,
        ..MetadataResponseTopic::default()
    }
}

fn describe(call: &Call<'_>, topic: &Topic) -> MetadataResponseTopic {
    let partitions = (0..).zip(&topic.partitions);
    MetadataResponseTopic {
        name: Some(topic.name.to_string()),
        topic_id: topic.id,
        is_internal: topic.is_internal(),
        partitions: partitions
            .map(|(index, partition)| describe_partition(call, index, partition))
            .collect(),
        ..MetadataResponseTopic::default()
    }
}

fn describe_partition(call: &Call<'_>, index: i32, partition: &Partition) -> MetadataResponsePartition {
    let state = &*call.state;
    let offline = offline_replicas(state, partition);
    let (mut replicas, mut isr) = (partition.replicas.clone(), partition.isr.clone());
    let mut error = partition
        .leader
        .map_or(ErrorCode::LEADER_NOT_AVAILABLE, |_| ErrorCode::NONE);
    if call.version == 0 && !offline.is_empty() {
        replicas.retain(|&id| state.brokers.is_alive(id));
        isr.retain(|&id| state.brokers.is_alive(id));
        if error == ErrorCode::NONE {
            error = ErrorCode::REPLICA_NOT_AVAILABLE;
        }
    }
    MetadataResponsePartition {
        error_code: error.0,
        partition_index: index,
        leader_id: partition.leader.unwrap_or(-1),
        leader_epoch: partition.leader_epoch,
        replica_nodes: NodeIds::from(replicas),
        isr_nodes: NodeIds::from(isr),
        offline_replicas: offline,
    }
}

/// The replicas of a partition whose brokers are down.
pub(super) fn offline_replicas(state: &State, partition: &Partition) -> NodeIds {
    let replicas = partition.replicas.iter().copied();
    let offline: Vec<i32> = replicas.filter(|&id| !state.brokers.is_alive(id)).collect();
    NodeIds::from(offline)
}
