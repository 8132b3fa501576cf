use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 83, versions = 0, flexible = 0..)]
pub struct InitializeShareGroupStateRequest {
    pub group_id: String,
    pub topics: Vec<InitializeStateData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct InitializeStateData {
    pub topic_id: Uuid,
    pub partitions: Vec<PartitionData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct PartitionData {
    pub partition: i32,
    pub state_epoch: i32,
    pub start_offset: i64,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 83, versions = 0, flexible = 0..)]
pub struct InitializeShareGroupStateResponse {
    pub results: Vec<InitializeStateResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct InitializeStateResult {
    pub topic_id: Uuid,
    pub partitions: Vec<PartitionResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct PartitionResult {
    pub partition: i32,
    pub error_code: i16,
    #[kafka(default = None)]
    pub error_message: Option<String>,
}
