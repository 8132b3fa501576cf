use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 14, versions = 0..=5, flexible = 4..)]
pub struct SyncGroupRequest {
    pub group_id: String,
    pub generation_id: i32,
    pub member_id: String,
    #[kafka(versions = 3.., default = None)]
    pub group_instance_id: Option<String>,
    #[kafka(versions = 5.., default = None, ignorable)]
    pub protocol_type: Option<String>,
    #[kafka(versions = 5.., default = None, ignorable)]
    pub protocol_name: Option<String>,
    pub assignments: Vec<SyncGroupRequestAssignment>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct SyncGroupRequestAssignment {
    pub member_id: String,
    pub assignment: Bytes,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 14, versions = 0..=5, flexible = 4..)]
pub struct SyncGroupResponse {
    #[kafka(versions = 1.., ignorable)]
    pub throttle_time_ms: i32,
    pub error_code: i16,
    #[kafka(versions = 5.., default = None, ignorable)]
    pub protocol_type: Option<String>,
    #[kafka(versions = 5.., default = None, ignorable)]
    pub protocol_name: Option<String>,
    pub assignment: Bytes,
}
