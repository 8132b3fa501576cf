use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 92, versions = 0, flexible = 0..)]
pub struct DeleteShareGroupOffsetsRequest {
    pub group_id: String,
    pub topics: Vec<DeleteShareGroupOffsetsRequestTopic>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct DeleteShareGroupOffsetsRequestTopic {
    pub topic_name: String,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 92, versions = 0, flexible = 0..)]
pub struct DeleteShareGroupOffsetsResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    #[kafka(default = None)]
    pub error_message: Option<String>,
    pub responses: Vec<DeleteShareGroupOffsetsResponseTopic>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct DeleteShareGroupOffsetsResponseTopic {
    pub topic_name: String,
    pub topic_id: Uuid,
    pub error_code: i16,
    #[kafka(default = None)]
    pub error_message: Option<String>,
}
