use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 55, versions = 0..=2, flexible = 0..)]
pub struct DescribeQuorumRequest {
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
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 55, versions = 0..=2, flexible = 0..)]
pub struct DescribeQuorumResponse {
    pub error_code: i16,
    #[kafka(versions = 2.., ignorable)]
    pub error_message: Option<String>,
    pub topics: Vec<ResponseTopicData>,
    #[kafka(versions = 2..)]
    pub nodes: Vec<Node>,
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
    #[kafka(versions = 2.., ignorable)]
    pub error_message: Option<String>,
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub high_watermark: i64,
    pub current_voters: Vec<ReplicaState>,
    pub observers: Vec<ReplicaState>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ReplicaState {
    pub replica_id: i32,
    #[kafka(versions = 2..)]
    pub replica_directory_id: Uuid,
    pub log_end_offset: i64,
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub last_fetch_timestamp: i64,
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub last_caught_up_timestamp: i64,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct Node {
    pub node_id: i32,
    pub listeners: Vec<Listener>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct Listener {
    pub name: String,
    pub host: String,
    pub port: u16,
}
