//! `CreatePartitions`: API 37, versions 0 to 3.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Adds partitions to topics (KIP-195).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 37, versions = 0..=3, flexible = 2..)]
pub struct CreatePartitionsRequest {
    /// The topics.
    pub topics: Vec<CreatePartitionsTopic>,
    /// How long the broker may take, in milliseconds.
    pub timeout_ms: i32,
    /// Whether to check the request and change nothing.
    pub validate_only: bool,
}

/// A topic and how many partitions it is to have.
#[derive(Clone, PartialEq, RequestPart)]
pub struct CreatePartitionsTopic {
    /// The name of the topic.
    pub name: String,
    /// The number of partitions there are to be in all.
    pub count: i32,
    /// Which brokers are to hold the new partitions; null to leave it to the broker.
    pub assignments: Option<Vec<CreatePartitionsAssignment>>,
}

/// Which brokers are to hold a new partition.
#[derive(Clone, PartialEq, RequestPart)]
pub struct CreatePartitionsAssignment {
    /// The ids of the brokers that are to hold the partition, the preferred leader first.
    pub broker_ids: Vec<i32>,
}

/// The answer to [`CreatePartitionsRequest`]: the outcome for each topic.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 37, versions = 0..=3, flexible = 2..)]
pub struct CreatePartitionsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The outcomes.
    pub results: Vec<CreatePartitionsTopicResult>,
}

/// The outcome for one topic.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct CreatePartitionsTopicResult {
    /// The name of the topic.
    pub name: String,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
}
