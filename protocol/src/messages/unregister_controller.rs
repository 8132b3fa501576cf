use protocol_derive::{Request, Response};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 94, versions = 0, flexible = 0..)]
pub struct UnregisterControllerRequest {
    pub controller_id: i32,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 94, versions = 0, flexible = 0..)]
pub struct UnregisterControllerResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
}
