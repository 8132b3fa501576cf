//! `OffsetDelete`: API 47, versions 0.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Deletes stored offsets of a group (KIP-496).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 47, versions = 0)]
pub struct OffsetDeleteRequest {
    /// The id of the group.
    pub group_id: String,
    /// The topics.
    pub topics: Vec<OffsetDeleteRequestTopic>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetDeleteRequestTopic {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<OffsetDeleteRequestPartition>,
}

/// A partition of the request.
#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetDeleteRequestPartition {
    /// The number of the partition.
    pub partition_index: i32,
}

/// The answer to [`OffsetDeleteRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 47, versions = 0)]
pub struct OffsetDeleteResponse {
    /// The error, or 0.
    pub error_code: i16,
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The topics.
    pub topics: Vec<OffsetDeleteResponseTopic>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetDeleteResponseTopic {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<OffsetDeleteResponsePartition>,
}

/// The outcome for one partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetDeleteResponsePartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
}
