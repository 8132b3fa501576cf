use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 3, versions = 0..=13, flexible = 9..)]
pub struct MetadataRequest {
    #[kafka(nullable = 1..)]
    pub topics: Option<Vec<MetadataRequestTopic>>,
    #[kafka(versions = 4.., default = true)]
    pub allow_auto_topic_creation: bool,
    #[kafka(versions = 8..=10)]
    pub include_cluster_authorized_operations: bool,
    #[kafka(versions = 8..)]
    pub include_topic_authorized_operations: bool,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct MetadataRequestTopic {
    #[kafka(versions = 10.., ignorable)]
    pub topic_id: Uuid,
    #[kafka(nullable = 10..)]
    pub name: Option<String>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 3, versions = 0..=13, flexible = 9..)]
pub struct MetadataResponse {
    #[kafka(versions = 3.., ignorable)]
    pub throttle_time_ms: i32,
    pub brokers: Vec<MetadataResponseBroker>,
    #[kafka(versions = 2.., default = None, ignorable)]
    pub cluster_id: Option<String>,
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub controller_id: i32,
    pub topics: Vec<MetadataResponseTopic>,
    #[kafka(versions = 8..=10, default = i32::MIN)]
    pub cluster_authorized_operations: i32,
    #[kafka(versions = 13.., ignorable)]
    pub error_code: i16,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct MetadataResponseBroker {
    pub node_id: i32,
    pub host: String,
    pub port: i32,
    #[kafka(versions = 1.., default = None, ignorable)]
    pub rack: Option<String>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct MetadataResponseTopic {
    pub error_code: i16,
    #[kafka(nullable = 12..)]
    pub name: Option<String>,
    #[kafka(versions = 10.., ignorable)]
    pub topic_id: Uuid,
    #[kafka(versions = 1.., ignorable)]
    pub is_internal: bool,
    pub partitions: Vec<MetadataResponsePartition>,
    #[kafka(versions = 8.., default = i32::MIN)]
    pub topic_authorized_operations: i32,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct MetadataResponsePartition {
    pub error_code: i16,
    pub partition_index: i32,
    pub leader_id: i32,
    #[kafka(versions = 7.., default = -1, ignorable)]
    pub leader_epoch: i32,
    pub replica_nodes: Vec<i32>,
    pub isr_nodes: Vec<i32>,
    #[kafka(versions = 5.., ignorable)]
    pub offline_replicas: Vec<i32>,
}
