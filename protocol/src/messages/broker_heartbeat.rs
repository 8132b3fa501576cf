use protocol_derive::{Request, Response};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 63, versions = 0..=2, flexible = 0..)]
pub struct BrokerHeartbeatRequest {
    pub broker_id: i32,
    #[kafka(default = -1)]
    pub broker_epoch: i64,
    pub current_metadata_offset: i64,
    pub want_fence: bool,
    pub want_shut_down: bool,
    #[kafka(versions = 1.., tag = 0)]
    pub offline_log_dirs: Vec<Uuid>,
    #[kafka(versions = 2.., tag = 1, default = None)]
    pub cordoned_log_dirs: Option<Vec<Uuid>>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 63, versions = 0..=2, flexible = 0..)]
pub struct BrokerHeartbeatResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub is_caught_up: bool,
    #[kafka(default = true)]
    pub is_fenced: bool,
    pub should_shut_down: bool,
}
