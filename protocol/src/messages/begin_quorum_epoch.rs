use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 53, versions = 0..=1, flexible = 1..)]
pub struct BeginQuorumEpochRequest {
    #[kafka(default = None)]
    pub cluster_id: Option<String>,
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub voter_id: i32,
    pub topics: Vec<RequestTopicData>,
    #[kafka(versions = 1.., ignorable)]
    pub leader_endpoints: Vec<LeaderEndpoint>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestTopicData {
    pub topic_name: String,
    pub partitions: Vec<RequestPartitionData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestPartitionData {
    pub partition_index: i32,
    #[kafka(versions = 1.., ignorable)]
    pub voter_directory_id: Uuid,
    pub leader_id: i32,
    pub leader_epoch: i32,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct LeaderEndpoint {
    pub name: String,
    pub host: String,
    pub port: u16,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 53, versions = 0..=1, flexible = 1..)]
pub struct BeginQuorumEpochResponse {
    pub error_code: i16,
    pub topics: Vec<ResponseTopicData>,
    #[kafka(versions = 1.., tag = 0)]
    pub node_endpoints: Vec<NodeEndpoint>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseTopicData {
    pub topic_name: String,
    pub partitions: Vec<ResponsePartitionData>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponsePartitionData {
    pub partition_index: i32,
    pub error_code: i16,
    pub leader_id: i32,
    pub leader_epoch: i32,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct NodeEndpoint {
    pub node_id: i32,
    pub host: String,
    pub port: u16,
}
