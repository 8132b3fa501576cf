//! `IncrementalAlterConfigs`: API 44, versions 0 to 1.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Changes single settings of resources (KIP-339).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 44, versions = 0..=1, flexible = 1..)]
pub struct IncrementalAlterConfigsRequest {
    /// The resources.
    pub resources: Vec<AlterConfigsResource>,
    /// Whether to check the request and change nothing.
    pub validate_only: bool,
}

/// A resource and its new settings.
#[derive(Clone, PartialEq, RequestPart)]
pub struct AlterConfigsResource {
    /// The kind of resource.
    pub resource_type: i8,
    /// The name of the resource.
    pub resource_name: String,
    /// The settings.
    pub configs: Vec<AlterableConfig>,
}

/// A setting.
#[derive(Clone, PartialEq, RequestPart)]
pub struct AlterableConfig {
    /// The name of the setting.
    pub name: String,
    /// What to do: 0 set, 1 delete, 2 append, 3 subtract.
    pub config_operation: i8,
    /// The value; null for none.
    #[kafka(secret)]
    pub value: Option<String>,
}

/// The answer to [`IncrementalAlterConfigsRequest`]: the outcome for each resource.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 44, versions = 0..=1, flexible = 1..)]
pub struct IncrementalAlterConfigsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The outcomes.
    pub responses: Vec<AlterConfigsResourceResponse>,
}

/// The outcome for one resource.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AlterConfigsResourceResponse {
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The kind of resource.
    pub resource_type: i8,
    /// The name of the resource.
    pub resource_name: String,
}
