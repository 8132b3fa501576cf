use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 20, versions = 1..=6, flexible = 4..)]
pub struct DeleteTopicsRequest {
    #[kafka(versions = 6..)]
    pub topics: Vec<DeleteTopicState>,
    #[kafka(versions = 0..=5, ignorable)]
    pub topic_names: Vec<String>,
    pub timeout_ms: i32,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct DeleteTopicState {
    #[kafka(default = None)]
    pub name: Option<String>,
    pub topic_id: Uuid,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 20, versions = 1..=6, flexible = 4..)]
pub struct DeleteTopicsResponse {
    pub throttle_time_ms: i32,
    pub responses: Vec<DeletableTopicResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct DeletableTopicResult {
    #[kafka(nullable = 6..)]
    pub name: Option<String>,
    #[kafka(versions = 6.., ignorable)]
    pub topic_id: Uuid,
    pub error_code: i16,
    #[kafka(versions = 5.., default = None, ignorable)]
    pub error_message: Option<String>,
}
