use protocol_derive::{Request, Response};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 12, versions = 0..=4, flexible = 4..)]
pub struct HeartbeatRequest {
    pub group_id: String,
    pub generation_id: i32,
    pub member_id: String,
    #[kafka(versions = 3.., default = None)]
    pub group_instance_id: Option<String>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 12, versions = 0..=4, flexible = 4..)]
pub struct HeartbeatResponse {
    #[kafka(versions = 1.., ignorable)]
    pub throttle_time_ms: i32,
    pub error_code: i16,
}
