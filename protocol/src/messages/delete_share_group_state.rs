use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 86, versions = 0, flexible = 0..)]
pub struct DeleteShareGroupStateRequest {
    pub group_id: String,
    pub topics: Vec<DeleteStateData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct DeleteStateData {
    pub topic_id: Uuid,
    pub partitions: Vec<PartitionData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct PartitionData {
    pub partition: i32,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 86, versions = 0, flexible = 0..)]
pub struct DeleteShareGroupStateResponse {
    pub results: Vec<DeleteStateResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct DeleteStateResult {
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
