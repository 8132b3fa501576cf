//! `CreateTopics`: API 19, versions 2 to 7.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Creates topics.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 19, versions = 2..=7, flexible = 5..)]
pub struct CreateTopicsRequest {
    /// The topics.
    pub topics: Vec<CreatableTopic>,
    /// How long the broker may take, in milliseconds.
    #[kafka(default = 60000)]
    pub timeout_ms: i32,
    /// Whether to check the request and change nothing.
    pub validate_only: bool,
}

/// A topic to create.
#[derive(Clone, PartialEq, RequestPart)]
pub struct CreatableTopic {
    /// The name of the topic.
    pub name: String,
    /// The number of partitions; -1 for the default or with assignments.
    pub num_partitions: i32,
    /// The number of replicas; -1 for the default or with assignments.
    pub replication_factor: i16,
    /// Which brokers are to hold which partition; empty to leave it to the broker.
    pub assignments: Vec<CreatableReplicaAssignment>,
    /// The settings.
    pub configs: Vec<CreatableTopicConfig>,
}

/// Which brokers are to hold a partition.
#[derive(Clone, PartialEq, RequestPart)]
pub struct CreatableReplicaAssignment {
    /// The number of the partition.
    pub partition_index: i32,
    /// The ids of the brokers that are to hold the partition, the preferred leader first.
    pub broker_ids: Vec<i32>,
}

/// A setting of the topic.
#[derive(Clone, PartialEq, RequestPart)]
pub struct CreatableTopicConfig {
    /// The name of the setting.
    pub name: String,
    /// The value; null for the default.
    pub value: Option<String>,
}

/// The answer to [`CreateTopicsRequest`]: the outcome for each topic.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 19, versions = 2..=7, flexible = 5..)]
pub struct CreateTopicsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The topics.
    pub topics: Vec<CreatableTopicResult>,
}

/// The outcome for one topic.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct CreatableTopicResult {
    /// The name of the topic.
    pub name: String,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 7.., ignorable)]
    pub topic_id: Uuid,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The error that hid the settings, or 0.
    #[kafka(versions = 5.., tag = 0, ignorable)]
    pub topic_config_error_code: i16,
    /// The number of partitions; -1 for unknown.
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub num_partitions: i32,
    /// The number of replicas; -1 for unknown.
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub replication_factor: i16,
    /// The settings the topic has got (KIP-525).
    #[kafka(versions = 5.., ignorable)]
    pub configs: Option<Vec<CreatableTopicConfigs>>,
}

/// A setting the topic was created with.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct CreatableTopicConfigs {
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
}
