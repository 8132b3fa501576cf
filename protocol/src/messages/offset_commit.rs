//! `OffsetCommit`: API 8, versions 2 to 10.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Stores how far a group has come.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 8, versions = 2..=10, flexible = 8..)]
pub struct OffsetCommitRequest {
    /// The id of the group.
    pub group_id: String,
    /// The generation of a classic group, or the member's epoch in groups of KIP-848; -1 for neither.
    #[kafka(default = -1)]
    pub generation_id_or_member_epoch: i32,
    /// The id of the member.
    pub member_id: String,
    /// The id of a static member, which survives restarts (KIP-345).
    #[kafka(versions = 7.., default = None)]
    pub group_instance_id: Option<String>,
    /// How long to keep the offsets, in milliseconds; -1 for as long as the broker does.
    #[kafka(versions = 0..=4, default = -1, ignorable)]
    pub retention_time_ms: i64,
    /// The topics.
    pub topics: Vec<OffsetCommitRequestTopic>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetCommitRequestTopic {
    /// The name of the topic.
    #[kafka(versions = 0..=9, ignorable)]
    pub name: String,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 10.., ignorable)]
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<OffsetCommitRequestPartition>,
}

/// A partition of the request.
#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetCommitRequestPartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The committed offset; -1 for none.
    pub committed_offset: i64,
    /// The leader epoch of the last record before the offset; -1 for unknown (KIP-320).
    #[kafka(versions = 6.., default = -1, ignorable)]
    pub committed_leader_epoch: i32,
    /// What to store with the offset.
    pub committed_metadata: Option<String>,
}

/// The answer to [`OffsetCommitRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 8, versions = 2..=10, flexible = 8..)]
pub struct OffsetCommitResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    #[kafka(versions = 3.., ignorable)]
    pub throttle_time_ms: i32,
    /// The topics.
    pub topics: Vec<OffsetCommitResponseTopic>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetCommitResponseTopic {
    /// The name of the topic.
    #[kafka(versions = 0..=9, ignorable)]
    pub name: String,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 10.., ignorable)]
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<OffsetCommitResponsePartition>,
}

/// The outcome for one partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetCommitResponsePartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
}
