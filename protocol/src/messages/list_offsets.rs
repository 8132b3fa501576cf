//! `ListOffsets`: API 2, versions 1 to 11.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Asks for the offset that belongs to a timestamp, or for the ends of partitions.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 2, versions = 1..=11, flexible = 6..)]
pub struct ListOffsetsRequest {
    /// The id of the replica's node; -1 for clients.
    pub replica_id: i32,
    /// Which records are visible: 0 all, 1 committed ones only (KIP-98).
    #[kafka(versions = 2..)]
    pub isolation_level: i8,
    /// The topics.
    pub topics: Vec<ListOffsetsTopic>,
    /// How long the broker may take to look into the tiered log, in milliseconds (KIP-1075).
    #[kafka(versions = 10.., ignorable)]
    pub timeout_ms: i32,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct ListOffsetsTopic {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<ListOffsetsPartition>,
}

/// A partition of the request.
#[derive(Clone, PartialEq, RequestPart)]
pub struct ListOffsetsPartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The leader epoch the client knows; a broker that knows another refuses (KIP-320). -1 for none.
    #[kafka(versions = 4.., default = -1, ignorable)]
    pub current_leader_epoch: i32,
    /// The timestamp sought, in milliseconds since 1970; -1 the end, -2 the beginning, -3 the latest
    /// timestamp (KIP-734), -4 the beginning of the local log (KIP-405), -5 the end of the tiered log
    /// (KIP-1005).
    pub timestamp: i64,
}

/// The answer to [`ListOffsetsRequest`]: the offsets.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 2, versions = 1..=11, flexible = 6..)]
pub struct ListOffsetsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    #[kafka(versions = 2.., ignorable)]
    pub throttle_time_ms: i32,
    /// The topics.
    pub topics: Vec<ListOffsetsTopicResponse>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ListOffsetsTopicResponse {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<ListOffsetsPartitionResponse>,
}

/// A partition of the response.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ListOffsetsPartitionResponse {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The timestamp of the record found, in milliseconds since 1970; -1 for none.
    #[kafka(default = -1)]
    pub timestamp: i64,
    /// The offset found; -1 for none.
    #[kafka(default = -1)]
    pub offset: i64,
    /// The leader epoch of the record found; -1 for unknown.
    #[kafka(versions = 4.., default = -1)]
    pub leader_epoch: i32,
}
