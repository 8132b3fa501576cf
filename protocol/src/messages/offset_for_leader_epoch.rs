//! `OffsetForLeaderEpoch`: API 23, versions 2 to 4.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Asks where leader epochs ended, to find where a log was truncated (KIP-320).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 23, versions = 2..=4, flexible = 4..)]
pub struct OffsetForLeaderEpochRequest {
    /// The id of the follower; -1 for clients, -2 for debugging.
    #[kafka(versions = 3.., default = -2, ignorable)]
    pub replica_id: i32,
    /// The topics.
    pub topics: Vec<OffsetForLeaderTopic>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetForLeaderTopic {
    /// The name of the topic.
    pub topic: String,
    /// The partitions of the topic.
    pub partitions: Vec<OffsetForLeaderPartition>,
}

/// A partition of the request.
#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetForLeaderPartition {
    /// The number of the partition.
    pub partition: i32,
    /// The leader epoch the client knows; a broker that knows another refuses (KIP-320). -1 for none.
    #[kafka(default = -1)]
    pub current_leader_epoch: i32,
    /// The epoch whose end is sought.
    pub leader_epoch: i32,
}

/// The answer to [`OffsetForLeaderEpochRequest`]: the ends of the epochs.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 23, versions = 2..=4, flexible = 4..)]
pub struct OffsetForLeaderEpochResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The topics.
    pub topics: Vec<OffsetForLeaderTopicResult>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetForLeaderTopicResult {
    /// The name of the topic.
    pub topic: String,
    /// The partitions of the topic.
    pub partitions: Vec<EpochEndOffset>,
}

/// Where a leader epoch ended; -1 and -1 for none.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct EpochEndOffset {
    /// The error, or 0.
    pub error_code: i16,
    /// The number of the partition.
    pub partition: i32,
    /// The epoch of the partition's leader, which grows with every change of leadership.
    #[kafka(default = -1)]
    pub leader_epoch: i32,
    /// The offset after the last record of the epoch; -1 for unknown.
    #[kafka(default = -1)]
    pub end_offset: i64,
}
