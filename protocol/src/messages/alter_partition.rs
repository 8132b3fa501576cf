//! `AlterPartition`: API 56, versions 2 to 3.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Changes the in-sync replicas of partitions: sent by their leaders (KIP-497).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 56, versions = 2..=3, flexible = 0..)]
pub struct AlterPartitionRequest {
    /// The id of the broker.
    pub broker_id: i32,
    /// The epoch the broker got at its registration.
    #[kafka(default = -1)]
    pub broker_epoch: i64,
    /// The topics.
    pub topics: Vec<RequestTopicData>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestTopicData {
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<RequestPartitionData>,
}

/// A partition of the request.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestPartitionData {
    /// The number of the partition.
    pub partition_index: i32,
    /// The epoch of the partition's leader, which grows with every change of leadership.
    pub leader_epoch: i32,
    /// The ids of the brokers that are in sync.
    #[kafka(versions = 0..=2)]
    pub new_isr: Vec<i32>,
    /// The brokers that are in sync, with their epochs.
    #[kafka(versions = 3..)]
    pub new_isr_with_epochs: Vec<BrokerState>,
    /// Whether the leader is recovering from an unclean election: 0 no, 1 yes (KIP-704).
    pub leader_recovery_state: i8,
    /// The epoch of the partition, which grows with every change of its state.
    pub partition_epoch: i32,
}

/// A broker that is in sync.
#[derive(Clone, PartialEq, RequestPart)]
pub struct BrokerState {
    /// The id of the broker.
    pub broker_id: i32,
    /// The epoch the broker got at its registration.
    #[kafka(default = -1)]
    pub broker_epoch: i64,
}

/// The answer to [`AlterPartitionRequest`]: the state of the partitions.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 56, versions = 2..=3, flexible = 0..)]
pub struct AlterPartitionResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The topics.
    pub topics: Vec<ResponseTopicData>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseTopicData {
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<ResponsePartitionData>,
}

/// A partition of the response.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponsePartitionData {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The id of the broker that leads.
    pub leader_id: i32,
    /// The epoch of the partition's leader, which grows with every change of leadership.
    pub leader_epoch: i32,
    /// The ids of the brokers that are in sync.
    pub isr: Vec<i32>,
    /// Whether the leader is recovering from an unclean election: 0 no, 1 yes (KIP-704).
    pub leader_recovery_state: i8,
    /// The epoch of the partition, which grows with every change of its state.
    pub partition_epoch: i32,
}
