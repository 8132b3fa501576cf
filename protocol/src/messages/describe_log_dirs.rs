//! `DescribeLogDirs`: API 35, versions 1 to 5.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Asks what lies in a broker's log directories.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 35, versions = 1..=5, flexible = 2..)]
pub struct DescribeLogDirsRequest {
    /// The partitions to ask for, by topic; null for all.
    pub topics: Option<Vec<DescribableLogDirTopic>>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct DescribableLogDirTopic {
    /// The name of the topic.
    pub topic: String,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}

/// The answer to [`DescribeLogDirsRequest`]: the directories with their replicas.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 35, versions = 1..=5, flexible = 2..)]
pub struct DescribeLogDirsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    #[kafka(versions = 3.., ignorable)]
    pub error_code: i16,
    /// The outcomes.
    pub results: Vec<DescribeLogDirsResult>,
}

/// A log directory.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeLogDirsResult {
    /// The error, or 0.
    pub error_code: i16,
    /// The path of the directory.
    pub log_dir: String,
    /// The topics.
    pub topics: Vec<DescribeLogDirsTopic>,
    /// The size of the volume, in bytes; -1 for unknown (KIP-827).
    #[kafka(versions = 4.., default = -1, ignorable)]
    pub total_bytes: i64,
    /// The bytes that are free on the volume; -1 for unknown (KIP-827).
    #[kafka(versions = 4.., default = -1, ignorable)]
    pub usable_bytes: i64,
    /// Whether the directory takes no new replicas (KIP-1066).
    #[kafka(versions = 5.., ignorable)]
    pub is_cordoned: bool,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeLogDirsTopic {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<DescribeLogDirsPartition>,
}

/// A replica in the directory.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeLogDirsPartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The size of the replica's log in this directory, in bytes.
    pub partition_size: i64,
    /// How far the replica is behind the high watermark, or the future replica behind the current, in
    /// records.
    pub offset_lag: i64,
    /// Whether the replica is being moved into this directory.
    pub is_future_key: bool,
}
