use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 13, versions = 0..=5, flexible = 4..)]
pub struct LeaveGroupRequest {
    pub group_id: String,
    #[kafka(versions = 0..=2)]
    pub member_id: String,
    #[kafka(versions = 3..)]
    pub members: Vec<MemberIdentity>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct MemberIdentity {
    pub member_id: String,
    #[kafka(default = None)]
    pub group_instance_id: Option<String>,
    #[kafka(versions = 5.., default = None, ignorable)]
    pub reason: Option<String>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 13, versions = 0..=5, flexible = 4..)]
pub struct LeaveGroupResponse {
    #[kafka(versions = 1.., ignorable)]
    pub throttle_time_ms: i32,
    pub error_code: i16,
    #[kafka(versions = 3..)]
    pub members: Vec<MemberResponse>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct MemberResponse {
    pub member_id: String,
    pub group_instance_id: Option<String>,
    pub error_code: i16,
}
