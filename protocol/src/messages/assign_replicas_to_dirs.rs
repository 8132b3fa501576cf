//! `AssignReplicasToDirs`: API 73, versions 0.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Tells the controller which directories hold which replicas: sent by brokers (KIP-858).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 73, versions = 0, flexible = 0..)]
pub struct AssignReplicasToDirsRequest {
    /// The id of the broker.
    pub broker_id: i32,
    /// The epoch the broker got at its registration.
    #[kafka(default = -1)]
    pub broker_epoch: i64,
    /// The directories.
    pub directories: Vec<RequestDirectoryData>,
}

/// A log directory and its replicas.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestDirectoryData {
    /// The id of the directory.
    pub id: Uuid,
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
}

/// The answer to [`AssignReplicasToDirsRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 73, versions = 0, flexible = 0..)]
pub struct AssignReplicasToDirsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The directories.
    pub directories: Vec<ResponseDirectoryData>,
}

/// A log directory and its replicas.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseDirectoryData {
    /// The id of the directory.
    pub id: Uuid,
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

/// The outcome for one partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponsePartitionData {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
}
