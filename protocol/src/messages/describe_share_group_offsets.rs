//! `DescribeShareGroupOffsets`: API 90, versions 0 to 1.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Asks how far share groups have come (KIP-932).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 90, versions = 0..=1, flexible = 0..)]
pub struct DescribeShareGroupOffsetsRequest {
    /// The groups.
    pub groups: Vec<DescribeShareGroupOffsetsRequestGroup>,
}

/// A group, and the partitions to ask for.
#[derive(Clone, PartialEq, RequestPart)]
pub struct DescribeShareGroupOffsetsRequestGroup {
    /// The id of the group.
    pub group_id: String,
    /// The partitions to ask for, by topic; null for all.
    pub topics: Option<Vec<DescribeShareGroupOffsetsRequestTopic>>,
}

/// A topic, and the partitions to ask for.
#[derive(Clone, PartialEq, RequestPart)]
pub struct DescribeShareGroupOffsetsRequestTopic {
    /// The name of the topic.
    pub topic_name: String,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}

/// The answer to [`DescribeShareGroupOffsetsRequest`]: the offsets.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 90, versions = 0..=1, flexible = 0..)]
pub struct DescribeShareGroupOffsetsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The groups.
    pub groups: Vec<DescribeShareGroupOffsetsResponseGroup>,
}

/// A group with its offsets.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeShareGroupOffsetsResponseGroup {
    /// The id of the group.
    pub group_id: String,
    /// The topics.
    pub topics: Vec<DescribeShareGroupOffsetsResponseTopic>,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeShareGroupOffsetsResponseTopic {
    /// The name of the topic.
    pub topic_name: String,
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<DescribeShareGroupOffsetsResponsePartition>,
}

/// A partition of the response.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeShareGroupOffsetsResponsePartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The first offset that is not done with.
    pub start_offset: i64,
    /// The epoch of the partition's leader, which grows with every change of leadership.
    pub leader_epoch: i32,
    /// The number of records that are left; -1 for unknown.
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub lag: i64,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
}
