//! `OffsetFetch`: API 9, versions 1 to 10.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Asks how far groups have come.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 9, versions = 1..=10, flexible = 6..)]
pub struct OffsetFetchRequest {
    /// The id of the group.
    #[kafka(versions = 0..=7)]
    pub group_id: String,
    /// The partitions to ask for, by topic; null for all.
    #[kafka(versions = 0..=7, nullable = 2..)]
    pub topics: Option<Vec<OffsetFetchRequestTopic>>,
    /// The groups.
    #[kafka(versions = 8..)]
    pub groups: Vec<OffsetFetchRequestGroup>,
    /// Whether to wait for offsets of transactions that have not ended (KIP-447).
    #[kafka(versions = 7..)]
    pub require_stable: bool,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetFetchRequestTopic {
    /// The name of the topic.
    pub name: String,
    /// The numbers of the partitions.
    pub partition_indexes: Vec<i32>,
}

/// A group, and the partitions to ask for.
#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetFetchRequestGroup {
    /// The id of the group.
    pub group_id: String,
    /// The id of the member; null when the asker is none.
    #[kafka(versions = 9.., default = None, ignorable)]
    pub member_id: Option<String>,
    /// The epoch of the member; -1 when the asker is none.
    #[kafka(versions = 9.., default = -1, ignorable)]
    pub member_epoch: i32,
    /// The partitions to ask for, by topic; null for all.
    pub topics: Option<Vec<OffsetFetchRequestTopics>>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetFetchRequestTopics {
    /// The name of the topic.
    #[kafka(versions = 0..=9, ignorable)]
    pub name: String,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 10.., ignorable)]
    pub topic_id: Uuid,
    /// The numbers of the partitions.
    pub partition_indexes: Vec<i32>,
}

/// The answer to [`OffsetFetchRequest`]: the stored offsets.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 9, versions = 1..=10, flexible = 6..)]
pub struct OffsetFetchResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    #[kafka(versions = 3.., ignorable)]
    pub throttle_time_ms: i32,
    /// The topics.
    #[kafka(versions = 0..=7)]
    pub topics: Vec<OffsetFetchResponseTopic>,
    /// The error of the whole group, or 0.
    #[kafka(versions = 2..=7, ignorable)]
    pub error_code: i16,
    /// The groups.
    #[kafka(versions = 8..)]
    pub groups: Vec<OffsetFetchResponseGroup>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetFetchResponseTopic {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<OffsetFetchResponsePartition>,
}

/// A partition of the response.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetFetchResponsePartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The committed offset; -1 for none.
    pub committed_offset: i64,
    /// The leader epoch of the last record before the offset; -1 for unknown (KIP-320).
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub committed_leader_epoch: i32,
    /// What the committer stored with the offset.
    pub metadata: Option<String>,
    /// The error, or 0.
    pub error_code: i16,
}

/// A group with its offsets.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetFetchResponseGroup {
    /// The id of the group.
    pub group_id: String,
    /// The topics.
    pub topics: Vec<OffsetFetchResponseTopics>,
    /// The error of the whole group, or 0.
    pub error_code: i16,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetFetchResponseTopics {
    /// The name of the topic.
    #[kafka(versions = 0..=9, ignorable)]
    pub name: String,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 10.., ignorable)]
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<OffsetFetchResponsePartitions>,
}

/// A partition of the response.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetFetchResponsePartitions {
    /// The number of the partition.
    pub partition_index: i32,
    /// The committed offset; -1 for none.
    pub committed_offset: i64,
    /// The leader epoch of the last record before the offset; -1 for unknown (KIP-320).
    #[kafka(default = -1)]
    pub committed_leader_epoch: i32,
    /// What the committer stored with the offset.
    pub metadata: Option<String>,
    /// The error, or 0.
    pub error_code: i16,
}
