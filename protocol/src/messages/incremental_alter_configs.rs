use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 44, versions = 0..=1, flexible = 1..)]
pub struct IncrementalAlterConfigsRequest {
    pub resources: Vec<AlterConfigsResource>,
    pub validate_only: bool,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct AlterConfigsResource {
    pub resource_type: i8,
    pub resource_name: String,
    pub configs: Vec<AlterableConfig>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct AlterableConfig {
    pub name: String,
    pub config_operation: i8,
    #[kafka(secret)]
    pub value: Option<String>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 44, versions = 0..=1, flexible = 1..)]
pub struct IncrementalAlterConfigsResponse {
    pub throttle_time_ms: i32,
    pub responses: Vec<AlterConfigsResourceResponse>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct AlterConfigsResourceResponse {
    pub error_code: i16,
    pub error_message: Option<String>,
    pub resource_type: i8,
    pub resource_name: String,
}
