use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 11, versions = 0..=9, flexible = 6..)]
pub struct JoinGroupRequest {
    pub group_id: String,
    pub session_timeout_ms: i32,
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub rebalance_timeout_ms: i32,
    pub member_id: String,
    #[kafka(versions = 5.., default = None)]
    pub group_instance_id: Option<String>,
    pub protocol_type: String,
    pub protocols: Vec<JoinGroupRequestProtocol>,
    #[kafka(versions = 8.., default = None, ignorable)]
    pub reason: Option<String>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct JoinGroupRequestProtocol {
    pub name: String,
    pub metadata: Bytes,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 11, versions = 0..=9, flexible = 6..)]
pub struct JoinGroupResponse {
    #[kafka(versions = 2.., ignorable)]
    pub throttle_time_ms: i32,
    pub error_code: i16,
    #[kafka(default = -1)]
    pub generation_id: i32,
    #[kafka(versions = 7.., default = None, ignorable)]
    pub protocol_type: Option<String>,
    #[kafka(nullable = 7..)]
    pub protocol_name: Option<String>,
    pub leader: String,
    #[kafka(versions = 9..)]
    pub skip_assignment: bool,
    pub member_id: String,
    pub members: Vec<JoinGroupResponseMember>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct JoinGroupResponseMember {
    pub member_id: String,
    #[kafka(versions = 5.., default = None, ignorable)]
    pub group_instance_id: Option<String>,
    pub metadata: Bytes,
}
