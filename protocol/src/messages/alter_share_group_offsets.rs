//! `AlterShareGroupOffsets`: API 91, versions 0.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Sets where an empty share group goes on (KIP-932).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 91, versions = 0, flexible = 0..)]
pub struct AlterShareGroupOffsetsRequest {
    /// The id of the group.
    pub group_id: String,
    /// The topics.
    pub topics: Vec<AlterShareGroupOffsetsRequestTopic>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct AlterShareGroupOffsetsRequestTopic {
    /// The name of the topic.
    pub topic_name: String,
    /// The partitions of the topic.
    pub partitions: Vec<AlterShareGroupOffsetsRequestPartition>,
}

/// A partition of the request.
#[derive(Clone, PartialEq, RequestPart)]
pub struct AlterShareGroupOffsetsRequestPartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The first offset that is not done with.
    pub start_offset: i64,
}

/// The answer to [`AlterShareGroupOffsetsRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 91, versions = 0, flexible = 0..)]
pub struct AlterShareGroupOffsetsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
    /// The outcomes.
    pub responses: Vec<AlterShareGroupOffsetsResponseTopic>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AlterShareGroupOffsetsResponseTopic {
    /// The name of the topic.
    pub topic_name: String,
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<AlterShareGroupOffsetsResponsePartition>,
}

/// The outcome for one partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AlterShareGroupOffsetsResponsePartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
}
