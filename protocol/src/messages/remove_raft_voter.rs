use protocol_derive::{Request, Response};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 81, versions = 0, flexible = 0..)]
pub struct RemoveRaftVoterRequest {
    pub cluster_id: Option<String>,
    pub voter_id: i32,
    pub voter_directory_id: Uuid,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 81, versions = 0, flexible = 0..)]
pub struct RemoveRaftVoterResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
}
