use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 52, versions = 0..=2, flexible = 0..)]
pub struct VoteRequest {
    #[kafka(default = None)]
    pub cluster_id: Option<String>,
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub voter_id: i32,
    pub topics: Vec<RequestTopicData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestTopicData {
    pub topic_name: String,
    pub partitions: Vec<RequestPartitionData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestPartitionData {
    pub partition_index: i32,
    pub replica_epoch: i32,
    pub replica_id: i32,
    #[kafka(versions = 1.., ignorable)]
    pub replica_directory_id: Uuid,
    #[kafka(versions = 1.., ignorable)]
    pub voter_directory_id: Uuid,
    pub last_offset_epoch: i32,
    pub last_offset: i64,
    #[kafka(versions = 2..)]
    pub pre_vote: bool,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 52, versions = 0..=2, flexible = 0..)]
pub struct VoteResponse {
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
    pub vote_granted: bool,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct NodeEndpoint {
    pub node_id: i32,
    pub host: String,
    pub port: u16,
}
