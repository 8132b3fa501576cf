use protocol_derive::{Request, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 42, versions = 0..=3, flexible = 2..)]
pub struct DeleteGroupsRequest {
    pub groups_names: Vec<String>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 42, versions = 0..=3, flexible = 2..)]
pub struct DeleteGroupsResponse {
    pub throttle_time_ms: i32,
    pub results: Vec<DeletableGroupResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct DeletableGroupResult {
    pub group_id: String,
    pub error_code: i16,
    #[kafka(versions = 3.., default = None, ignorable)]
    pub error_message: Option<String>,
}
