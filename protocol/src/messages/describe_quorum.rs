//! `DescribeQuorum`: API 55, versions 0 to 2.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Asks for the state of the metadata quorum (KIP-595).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 55, versions = 0..=2, flexible = 0..)]
pub struct DescribeQuorumRequest {
    /// The topics.
    pub topics: Vec<RequestTopicData>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestTopicData {
    /// The name of the topic.
    pub topic_name: String,
    /// The partitions of the topic.
    pub partitions: Vec<RequestPartitionData>,
}

/// A partition of the request.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestPartitionData {
    /// The number of the partition.
    pub partition_index: i32,
}

/// The answer to [`DescribeQuorumRequest`]: the leader, the voters and the observers.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 55, versions = 0..=2, flexible = 0..)]
pub struct DescribeQuorumResponse {
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(versions = 2.., ignorable)]
    pub error_message: Option<String>,
    /// The topics.
    pub topics: Vec<ResponseTopicData>,
    /// The nodes.
    #[kafka(versions = 2..)]
    pub nodes: Vec<Node>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseTopicData {
    /// The name of the topic.
    pub topic_name: String,
    /// The partitions of the topic.
    pub partitions: Vec<ResponsePartitionData>,
}

/// A partition of the response.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponsePartitionData {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(versions = 2.., ignorable)]
    pub error_message: Option<String>,
    /// The id of the broker that leads.
    pub leader_id: i32,
    /// The epoch of the partition's leader, which grows with every change of leadership.
    pub leader_epoch: i32,
    /// The offset up to which records are on all in-sync replicas.
    pub high_watermark: i64,
    /// The voters.
    pub current_voters: Vec<ReplicaState>,
    /// The nodes that follow without a vote.
    pub observers: Vec<ReplicaState>,
}

/// How far a replica of the quorum is.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ReplicaState {
    /// The id of the replica's node.
    pub replica_id: i32,
    /// The id of the directory that holds the replica.
    #[kafka(versions = 2..)]
    pub replica_directory_id: Uuid,
    /// The end of the replica's log; -1 for unknown.
    pub log_end_offset: i64,
    /// When the replica last fetched, in milliseconds since 1970; -1 for unknown (KIP-836).
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub last_fetch_timestamp: i64,
    /// When the replica last was at the leader's end, in milliseconds since 1970; -1 for unknown (KIP-836).
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub last_caught_up_timestamp: i64,
}

/// A node of the quorum.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct Node {
    /// The id of the node.
    pub node_id: i32,
    /// The listeners.
    pub listeners: Vec<Listener>,
}

/// Where a node listens.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct Listener {
    /// The name of the listener.
    pub name: String,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: u16,
}
