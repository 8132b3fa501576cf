use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 73, versions = 0, flexible = 0..)]
pub struct AssignReplicasToDirsRequest {
    pub broker_id: i32,
    #[kafka(default = -1)]
    pub broker_epoch: i64,
    pub directories: Vec<RequestDirectoryData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestDirectoryData {
    pub id: Uuid,
    pub topics: Vec<RequestTopicData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestTopicData {
    pub topic_id: Uuid,
    pub partitions: Vec<RequestPartitionData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestPartitionData {
    pub partition_index: i32,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 73, versions = 0, flexible = 0..)]
pub struct AssignReplicasToDirsResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub directories: Vec<ResponseDirectoryData>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseDirectoryData {
    pub id: Uuid,
    pub topics: Vec<ResponseTopicData>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseTopicData {
    pub topic_id: Uuid,
    pub partitions: Vec<ResponsePartitionData>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponsePartitionData {
    pub partition_index: i32,
    pub error_code: i16,
}
