//! `ListPartitionReassignments`: API 46, versions 0.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Asks which partitions are being moved (KIP-455).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 46, versions = 0, flexible = 0..)]
pub struct ListPartitionReassignmentsRequest {
    /// How long the broker may take, in milliseconds.
    #[kafka(default = 60000)]
    pub timeout_ms: i32,
    /// The partitions to ask for, by topic; null for all.
    #[kafka(default = None)]
    pub topics: Option<Vec<ListPartitionReassignmentsTopics>>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct ListPartitionReassignmentsTopics {
    /// The name of the topic.
    pub name: String,
    /// The numbers of the partitions.
    pub partition_indexes: Vec<i32>,
}

/// The answer to [`ListPartitionReassignmentsRequest`]: the partitions.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 46, versions = 0, flexible = 0..)]
pub struct ListPartitionReassignmentsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The topics.
    pub topics: Vec<OngoingTopicReassignment>,
}

/// A topic whose partitions are being moved.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct OngoingTopicReassignment {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<OngoingPartitionReassignment>,
}

/// A partition that is being moved.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct OngoingPartitionReassignment {
    /// The number of the partition.
    pub partition_index: i32,
    /// The ids of the brokers that hold the partition.
    pub replicas: Vec<i32>,
    /// The ids of the brokers that take the partition on.
    pub adding_replicas: Vec<i32>,
    /// The ids of the brokers that give the partition up.
    pub removing_replicas: Vec<i32>,
}
