//! `ListConfigResources`: API 74, versions 0 to 1.

use protocol_derive::{Request, Response, ResponsePart};

/// Asks for the names of resources that have settings (KIP-714, KIP-1142).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 74, versions = 0..=1, flexible = 0..)]
pub struct ListConfigResourcesRequest {
    /// The kinds of resource to list; all when empty (KIP-1142).
    #[kafka(versions = 1..)]
    pub resource_types: Vec<i8>,
}

/// The answer to [`ListConfigResourcesRequest`]: the resources.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 74, versions = 0..=1, flexible = 0..)]
pub struct ListConfigResourcesResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The resources.
    pub config_resources: Vec<ConfigResource>,
}

/// A resource that has settings.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ConfigResource {
    /// The name of the resource.
    pub resource_name: String,
    /// The kind of resource.
    #[kafka(versions = 1.., default = 16, ignorable)]
    pub resource_type: i8,
}
