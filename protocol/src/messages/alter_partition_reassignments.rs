//! `AlterPartitionReassignments`: API 45, versions 0 to 1.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Moves partitions to other brokers, or cancels that (KIP-455).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 45, versions = 0..=1, flexible = 0..)]
pub struct AlterPartitionReassignmentsRequest {
    /// How long the broker may take, in milliseconds.
    #[kafka(default = 60000)]
    pub timeout_ms: i32,
    /// Whether a reassignment may change the number of replicas (KIP-860).
    #[kafka(versions = 1.., default = true)]
    pub allow_replication_factor_change: bool,
    /// The partitions to move, by topic.
    pub topics: Vec<ReassignableTopic>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct ReassignableTopic {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<ReassignablePartition>,
}

/// A partition and where it is to go.
#[derive(Clone, PartialEq, RequestPart)]
pub struct ReassignablePartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The ids of the brokers that are to hold the partition; null to cancel what is under way.
    #[kafka(default = None)]
    pub replicas: Option<Vec<i32>>,
}

/// The answer to [`AlterPartitionReassignmentsRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 45, versions = 0..=1, flexible = 0..)]
pub struct AlterPartitionReassignmentsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// Whether a reassignment may change the number of replicas (KIP-860).
    #[kafka(versions = 1.., default = true, ignorable)]
    pub allow_replication_factor_change: bool,
    /// The error of the whole request, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The outcomes.
    pub responses: Vec<ReassignableTopicResponse>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ReassignableTopicResponse {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<ReassignablePartitionResponse>,
}

/// The outcome for one partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ReassignablePartitionResponse {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
}
