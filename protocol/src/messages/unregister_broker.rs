use protocol_derive::{Request, Response};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 64, versions = 0, flexible = 0..)]
pub struct UnregisterBrokerRequest {
    pub broker_id: i32,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 64, versions = 0, flexible = 0..)]
pub struct UnregisterBrokerResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
}
