//! `DescribeConfigs`: API 32, versions 1 to 4.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Asks for the settings of topics, brokers and other resources.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 32, versions = 1..=4, flexible = 4..)]
pub struct DescribeConfigsRequest {
    /// The resources.
    pub resources: Vec<DescribeConfigsResource>,
    /// Whether to say where else the values could come from (KIP-226).
    pub include_synonyms: bool,
    /// Whether to send the documentation of the settings (KIP-569).
    #[kafka(versions = 3..)]
    pub include_documentation: bool,
}

/// A resource, and the settings to ask for.
#[derive(Clone, PartialEq, RequestPart)]
pub struct DescribeConfigsResource {
    /// The kind of resource.
    pub resource_type: i8,
    /// The name of the resource.
    pub resource_name: String,
    /// The names of the settings; null for all.
    pub configuration_keys: Option<Vec<String>>,
}

/// The answer to [`DescribeConfigsRequest`]: the settings, by resource.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 32, versions = 1..=4, flexible = 4..)]
pub struct DescribeConfigsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The outcomes.
    pub results: Vec<DescribeConfigsResult>,
}

/// A resource and its settings.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeConfigsResult {
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The kind of resource.
    pub resource_type: i8,
    /// The name of the resource.
    pub resource_name: String,
    /// The settings.
    pub configs: Vec<DescribeConfigsResourceResult>,
}

/// A setting.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeConfigsResourceResult {
    /// The name of the setting.
    pub name: String,
    /// The value; null for secrets.
    pub value: Option<String>,
    /// Whether the setting cannot be changed.
    pub read_only: bool,
    /// Where the value comes from, as a number: 1 topic, 2 broker, 3 all brokers, 4 broker's file, 5
    /// default, 6 logger, 7 client metrics, 8 group.
    #[kafka(default = -1)]
    pub config_source: i8,
    /// Whether the value is a secret, which is then not shown.
    pub is_sensitive: bool,
    /// The settings the value could come from, the one in force first.
    pub synonyms: Vec<DescribeConfigsSynonym>,
    /// The type of the value, as a number.
    #[kafka(versions = 3.., ignorable)]
    pub config_type: i8,
    /// What the setting is for.
    #[kafka(versions = 3.., ignorable)]
    pub documentation: Option<String>,
}

/// A place the value could come from.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeConfigsSynonym {
    /// The name of the setting the value could come from.
    pub name: String,
    /// The value; null for secrets.
    pub value: Option<String>,
    /// What the place is, as a number like that of the value itself.
    pub source: i8,
}
