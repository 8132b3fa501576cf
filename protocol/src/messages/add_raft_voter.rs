use protocol_derive::{Request, RequestPart, Response};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 80, versions = 0..=1, flexible = 0..)]
pub struct AddRaftVoterRequest {
    pub cluster_id: Option<String>,
    pub timeout_ms: i32,
    pub voter_id: i32,
    pub voter_directory_id: Uuid,
    pub listeners: Vec<Listener>,
    #[kafka(versions = 1.., default = true)]
    pub ack_when_committed: bool,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct Listener {
    pub name: String,
    pub host: String,
    pub port: u16,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 80, versions = 0..=1, flexible = 0..)]
pub struct AddRaftVoterResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
}
