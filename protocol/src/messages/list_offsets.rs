use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 2, versions = 1..=11, flexible = 6..)]
pub struct ListOffsetsRequest {
    pub replica_id: i32,
    #[kafka(versions = 2..)]
    pub isolation_level: i8,
    pub topics: Vec<ListOffsetsTopic>,
    #[kafka(versions = 10.., ignorable)]
    pub timeout_ms: i32,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct ListOffsetsTopic {
    pub name: String,
    pub partitions: Vec<ListOffsetsPartition>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct ListOffsetsPartition {
    pub partition_index: i32,
    #[kafka(versions = 4.., default = -1, ignorable)]
    pub current_leader_epoch: i32,
    pub timestamp: i64,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 2, versions = 1..=11, flexible = 6..)]
pub struct ListOffsetsResponse {
    #[kafka(versions = 2.., ignorable)]
    pub throttle_time_ms: i32,
    pub topics: Vec<ListOffsetsTopicResponse>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ListOffsetsTopicResponse {
    pub name: String,
    pub partitions: Vec<ListOffsetsPartitionResponse>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ListOffsetsPartitionResponse {
    pub partition_index: i32,
    pub error_code: i16,
    #[kafka(default = -1)]
    pub timestamp: i64,
    #[kafka(default = -1)]
    pub offset: i64,
    #[kafka(versions = 4.., default = -1)]
    pub leader_epoch: i32,
}
