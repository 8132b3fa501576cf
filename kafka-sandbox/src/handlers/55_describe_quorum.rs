//! DescribeQuorum: who keeps the cluster's metadata (KIP-595, KIP-836, KIP-853). Here it is all brokers, and whoever answers
//! for the controller leads.

use protocol::ErrorCode;
use protocol::messages::describe_quorum::{
    DescribeQuorumRequest, DescribeQuorumResponse, Listener, Node, ReplicaState, RequestTopicData,
    ResponsePartitionData, ResponseTopicData,
};

use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::security::acl::Operation;
use crate::state::{Broker, State};

/// The topic of the metadata, which has one partition.
const CLUSTER_METADATA: &str = "__cluster_metadata";

impl Handle for DescribeQuorumRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DescribeQuorumResponse> {
        if !call.authorize_cluster(Operation::Describe) {
            return Reply::Now(self.refuse(call, ErrorCode::CLUSTER_AUTHORIZATION_FAILED));
        }
        let is_known =
            |topic: &RequestTopicData, partition: i32| topic.topic_name == CLUSTER_METADATA && partition == 0;
        let timestamp = call.now.timestamp;
        let topics = self.topics.iter().map(|topic| {
            let partitions = topic.partitions.iter().map(|asked| {
                let voters = call.state.brokers.iter().count();
                if is_known(topic, asked.partition_index) && call.spend(voters * VOTER).is_ok() {
                    describe(call.state, timestamp)
                } else {
                    unknown(asked.partition_index)
                }
            });
            ResponseTopicData {
                topic_name: topic.topic_name.clone(),
                partitions: partitions.collect(),
            }
        });
        let topics: Vec<ResponseTopicData> = topics.collect();
        let mut partitions = topics.iter().flat_map(|topic| &topic.partitions);
        let is_described = partitions.any(|partition| partition.error_code == ErrorCode::NONE.0);
        let listener = &call.client.listener;
        let nodes = call.state.brokers.iter().map(|broker| node(broker, listener));
        Reply::Now(DescribeQuorumResponse {
            error_message: Some(String::new()),
            topics,
            // Older ones cannot say them (KIP-853).
            nodes: if call.version >= 2 && is_described {
                nodes.collect()
            } else {
                Vec::new()
            },
            ..DescribeQuorumResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DescribeQuorumResponse {
        DescribeQuorumResponse {
            error_code: code.0,
            error_message: Refusal::from(code).message,
            ..DescribeQuorumResponse::default()
        }
    }
}

/// Bytes of a voter in an answer.
const VOTER: usize = 45;

fn describe(state: &State, timestamp: i64) -> ResponsePartitionData {
    let end = state.metadata_end();
    let voters = state.brokers.iter().map(|broker| {
        // Of one that is gone nobody knows how far it is.
        let (end, time) = if broker.is_alive() {
            (end, timestamp)
        } else {
            (-1, -1)
        };
        ReplicaState {
            replica_id: broker.id,
            log_end_offset: end,
            last_fetch_timestamp: time,
            last_caught_up_timestamp: time,
            ..ReplicaState::default()
        }
    });
    // Each start of a broker may have brought an election.
    let starts: i64 = state.brokers.iter().map(|broker| broker.epoch).sum();
    ResponsePartitionData {
        leader_id: state.brokers.controller(),
        leader_epoch: i32::try_from(starts).unwrap_or(i32::MAX),
        high_watermark: end,
        current_voters: voters.collect(),
        error_message: Some(String::new()),
        ..ResponsePartitionData::default()
    }
}

fn unknown(partition_index: i32) -> ResponsePartitionData {
    let refusal = Refusal::from(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
    ResponsePartitionData {
        partition_index,
        error_code: refusal.code.0,
        error_message: refusal.message,
        ..ResponsePartitionData::default()
    }
}

fn node(broker: &Broker, listener: &str) -> Node {
    Node {
        node_id: broker.id,
        listeners: vec![Listener {
            name: listener.to_owned(),
            host: broker.host.to_string(),
            port: broker.port,
        }],
    }
}
