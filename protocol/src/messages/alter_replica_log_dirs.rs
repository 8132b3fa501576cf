//! `AlterReplicaLogDirs`: API 34, versions 1 to 2.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Moves replicas between log directories of a broker (KIP-113).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 34, versions = 1..=2, flexible = 2..)]
pub struct AlterReplicaLogDirsRequest {
    /// The directories and what is to be moved there.
    pub dirs: Vec<AlterReplicaLogDir>,
}

/// A directory, and the replicas to move there.
#[derive(Clone, PartialEq, RequestPart)]
pub struct AlterReplicaLogDir {
    /// The path of the directory.
    pub path: String,
    /// The topics.
    pub topics: Vec<AlterReplicaLogDirTopic>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct AlterReplicaLogDirTopic {
    /// The name of the topic.
    pub name: String,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}

/// The answer to [`AlterReplicaLogDirsRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 34, versions = 1..=2, flexible = 2..)]
pub struct AlterReplicaLogDirsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The outcomes.
    pub results: Vec<AlterReplicaLogDirTopicResult>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AlterReplicaLogDirTopicResult {
    /// The name of the topic.
    pub topic_name: String,
    /// The partitions of the topic.
    pub partitions: Vec<AlterReplicaLogDirPartitionResult>,
}

/// The outcome for one partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AlterReplicaLogDirPartitionResult {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
}
