use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 19, versions = 2..=7, flexible = 5..)]
pub struct CreateTopicsRequest {
    pub topics: Vec<CreatableTopic>,
    #[kafka(default = 60000)]
    pub timeout_ms: i32,
    pub validate_only: bool,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct CreatableTopic {
    pub name: String,
    pub num_partitions: i32,
    pub replication_factor: i16,
    pub assignments: Vec<CreatableReplicaAssignment>,
    pub configs: Vec<CreatableTopicConfig>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct CreatableReplicaAssignment {
    pub partition_index: i32,
    pub broker_ids: Vec<i32>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct CreatableTopicConfig {
    pub name: String,
    pub value: Option<String>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 19, versions = 2..=7, flexible = 5..)]
pub struct CreateTopicsResponse {
    pub throttle_time_ms: i32,
    pub topics: Vec<CreatableTopicResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct CreatableTopicResult {
    pub name: String,
    #[kafka(versions = 7.., ignorable)]
    pub topic_id: Uuid,
    pub error_code: i16,
    pub error_message: Option<String>,
    #[kafka(versions = 5.., tag = 0, ignorable)]
    pub topic_config_error_code: i16,
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub num_partitions: i32,
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub replication_factor: i16,
    #[kafka(versions = 5.., ignorable)]
    pub configs: Option<Vec<CreatableTopicConfigs>>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct CreatableTopicConfigs {
    pub name: String,
    pub value: Option<String>,
    pub read_only: bool,
    #[kafka(default = -1)]
    pub config_source: i8,
    pub is_sensitive: bool,
}
