//! `TxnOffsetCommit`: API 28, versions 0 to 6.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Stores how far a group has come, as part of a transaction (KIP-98).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 28, versions = 0..=6, flexible = 3..)]
pub struct TxnOffsetCommitRequest {
    /// The transactional id of the producer.
    pub transactional_id: String,
    /// The id of the group.
    pub group_id: String,
    /// The id of the producer.
    pub producer_id: i64,
    /// The epoch of the producer; an older one is fenced off.
    pub producer_epoch: i16,
    /// The generation of a classic group, or the member's epoch in groups of KIP-848; -1 for neither.
    #[kafka(versions = 3.., default = -1)]
    pub generation_id_or_member_epoch: i32,
    /// The id of the member.
    #[kafka(versions = 3..)]
    pub member_id: String,
    /// The id of a static member, which survives restarts (KIP-345).
    #[kafka(versions = 3.., default = None)]
    pub group_instance_id: Option<String>,
    /// The topics.
    pub topics: Vec<TxnOffsetCommitRequestTopic>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct TxnOffsetCommitRequestTopic {
    /// The name of the topic.
    #[kafka(versions = 0..=5, ignorable)]
    pub name: String,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 6.., ignorable)]
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<TxnOffsetCommitRequestPartition>,
}

/// A partition of the request.
#[derive(Clone, PartialEq, RequestPart)]
pub struct TxnOffsetCommitRequestPartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The committed offset; -1 for none.
    pub committed_offset: i64,
    /// The leader epoch of the last record before the offset; -1 for unknown (KIP-320).
    #[kafka(versions = 2.., default = -1, ignorable)]
    pub committed_leader_epoch: i32,
    /// What to store with the offset.
    pub committed_metadata: Option<String>,
}

/// The answer to [`TxnOffsetCommitRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 28, versions = 0..=6, flexible = 3..)]
pub struct TxnOffsetCommitResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The topics.
    pub topics: Vec<TxnOffsetCommitResponseTopic>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TxnOffsetCommitResponseTopic {
    /// The name of the topic.
    #[kafka(versions = 0..=5, ignorable)]
    pub name: String,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 6.., ignorable)]
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<TxnOffsetCommitResponsePartition>,
}

/// The outcome for one partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TxnOffsetCommitResponsePartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
}
