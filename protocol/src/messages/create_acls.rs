use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 30, versions = 1..=3, flexible = 2..)]
pub struct CreateAclsRequest {
    pub creations: Vec<AclCreation>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct AclCreation {
    pub resource_type: i8,
    pub resource_name: String,
    #[kafka(default = 3)]
    pub resource_pattern_type: i8,
    pub principal: String,
    pub host: String,
    pub operation: i8,
    pub permission_type: i8,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 30, versions = 1..=3, flexible = 2..)]
pub struct CreateAclsResponse {
    pub throttle_time_ms: i32,
    pub results: Vec<AclCreationResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct AclCreationResult {
    pub error_code: i16,
    pub error_message: Option<String>,
}
