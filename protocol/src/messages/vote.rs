//! `Vote`: API 52, versions 0 to 2.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Asks a voter of the metadata quorum for its vote (KIP-595).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 52, versions = 0..=2, flexible = 0..)]
pub struct VoteRequest {
    /// The id of the cluster.
    #[kafka(default = None)]
    pub cluster_id: Option<String>,
    /// The id of the voter that is asked (KIP-853).
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub voter_id: i32,
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
    /// The epoch of the candidate.
    pub replica_epoch: i32,
    /// The id of the candidate.
    pub replica_id: i32,
    /// The id of the candidate's metadata directory (KIP-853).
    #[kafka(versions = 1.., ignorable)]
    pub replica_directory_id: Uuid,
    /// The id of the voter's metadata directory (KIP-853).
    #[kafka(versions = 1.., ignorable)]
    pub voter_directory_id: Uuid,
    /// The epoch of the last record of the candidate's log.
    pub last_offset_epoch: i32,
    /// The last offset of the candidate's log.
    pub last_offset: i64,
    /// Whether it is only asked if a vote would be granted (KIP-996).
    #[kafka(versions = 2..)]
    pub pre_vote: bool,
}

/// The answer to [`VoteRequest`]: the vote.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 52, versions = 0..=2, flexible = 0..)]
pub struct VoteResponse {
    /// The error, or 0.
    pub error_code: i16,
    /// The topics.
    pub topics: Vec<ResponseTopicData>,
    /// Where to reach the leaders named above (KIP-853).
    #[kafka(versions = 1.., tag = 0)]
    pub node_endpoints: Vec<NodeEndpoint>,
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
    /// The id of the broker that leads.
    pub leader_id: i32,
    /// The epoch of the partition's leader, which grows with every change of leadership.
    pub leader_epoch: i32,
    /// Whether the vote is granted.
    pub vote_granted: bool,
}

/// Where to reach a node.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct NodeEndpoint {
    /// The id of the node.
    pub node_id: i32,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: u16,
}
