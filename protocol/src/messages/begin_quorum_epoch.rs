//! `BeginQuorumEpoch`: API 53, versions 0 to 1.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Tells voters who leads the metadata quorum (KIP-595).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 53, versions = 0..=1, flexible = 1..)]
pub struct BeginQuorumEpochRequest {
    /// The id of the cluster.
    #[kafka(default = None)]
    pub cluster_id: Option<String>,
    /// The id of the voter.
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub voter_id: i32,
    /// The topics.
    pub topics: Vec<RequestTopicData>,
    /// Where to reach the leader (KIP-853).
    #[kafka(versions = 1.., ignorable)]
    pub leader_endpoints: Vec<LeaderEndpoint>,
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
    /// The id of the voter's metadata directory (KIP-853).
    #[kafka(versions = 1.., ignorable)]
    pub voter_directory_id: Uuid,
    /// The id of the broker that leads.
    pub leader_id: i32,
    /// The epoch of the partition's leader, which grows with every change of leadership.
    pub leader_epoch: i32,
}

/// Where to reach the leader, on one listener.
#[derive(Clone, PartialEq, RequestPart)]
pub struct LeaderEndpoint {
    /// The name of the listener.
    pub name: String,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: u16,
}

/// The answer to [`BeginQuorumEpochRequest`]: the leader as the voter knows it.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 53, versions = 0..=1, flexible = 1..)]
pub struct BeginQuorumEpochResponse {
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
