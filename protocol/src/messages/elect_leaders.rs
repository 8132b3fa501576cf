//! `ElectLeaders`: API 43, versions 0 to 2.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Elects leaders of partitions (KIP-460).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 43, versions = 0..=2, flexible = 2..)]
pub struct ElectLeadersRequest {
    /// Which leader: 0 the preferred one, 1 any, even with loss (KIP-460).
    #[kafka(versions = 1..)]
    pub election_type: i8,
    /// The partitions, by topic; null for all.
    pub topic_partitions: Option<Vec<TopicPartitions>>,
    /// How long the broker may take, in milliseconds.
    #[kafka(default = 60000)]
    pub timeout_ms: i32,
}

/// A topic and some of its partitions.
#[derive(Clone, PartialEq, RequestPart)]
pub struct TopicPartitions {
    /// The name of the topic.
    pub topic: String,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}

/// The answer to [`ElectLeadersRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 43, versions = 0..=2, flexible = 2..)]
pub struct ElectLeadersResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    #[kafka(versions = 1..)]
    pub error_code: i16,
    /// The outcomes, by topic.
    pub replica_election_results: Vec<ReplicaElectionResult>,
}

/// A topic, with the outcome for each partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ReplicaElectionResult {
    /// The name of the topic.
    pub topic: String,
    /// The outcomes, by partition.
    pub partition_result: Vec<PartitionResult>,
}

/// The outcome for one partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct PartitionResult {
    /// The number of the partition.
    pub partition_id: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
}
