use protocol_derive::{Request, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 74, versions = 0..=1, flexible = 0..)]
pub struct ListConfigResourcesRequest {
    #[kafka(versions = 1..)]
    pub resource_types: Vec<i8>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 74, versions = 0..=1, flexible = 0..)]
pub struct ListConfigResourcesResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub config_resources: Vec<ConfigResource>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ConfigResource {
    pub resource_name: String,
    #[kafka(versions = 1.., default = 16, ignorable)]
    pub resource_type: i8,
}
