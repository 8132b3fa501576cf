//! `DeleteRecords`: API 21, versions 0 to 2.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Deletes the records before given offsets (KIP-107).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 21, versions = 0..=2, flexible = 2..)]
pub struct DeleteRecordsRequest {
    /// The topics.
    pub topics: Vec<DeleteRecordsTopic>,
    /// How long the broker may take, in milliseconds.
    pub timeout_ms: i32,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct DeleteRecordsTopic {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<DeleteRecordsPartition>,
}

/// A partition of the request.
#[derive(Clone, PartialEq, RequestPart)]
pub struct DeleteRecordsPartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The first offset to keep; -1 for the high watermark.
    pub offset: i64,
}

/// The answer to [`DeleteRecordsRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 21, versions = 0..=2, flexible = 2..)]
pub struct DeleteRecordsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The topics.
    pub topics: Vec<DeleteRecordsTopicResult>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DeleteRecordsTopicResult {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<DeleteRecordsPartitionResult>,
}

/// A partition of the response.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DeleteRecordsPartitionResult {
    /// The number of the partition.
    pub partition_index: i32,
    /// The first offset that is left.
    pub low_watermark: i64,
    /// The error, or 0.
    pub error_code: i16,
}
