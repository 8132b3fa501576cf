//! `Metadata`: API 3, versions 0 to 13.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::{NodeIds, Uuid};

/// Asks for the brokers, and for the partitions of topics with their leaders.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 3, versions = 0..=13, flexible = 9..)]
pub struct MetadataRequest {
    /// The topics; null for all. In version 0 none means all.
    #[kafka(nullable = 1..)]
    pub topics: Option<Vec<MetadataRequestTopic>>,
    /// Whether unknown topics may be created, if the broker does that.
    #[kafka(versions = 4.., default = true)]
    pub allow_auto_topic_creation: bool,
    /// Whether to say what the client may do with the cluster (KIP-430).
    #[kafka(versions = 8..=10)]
    pub include_cluster_authorized_operations: bool,
    /// Whether to say what the client may do with each topic (KIP-430).
    #[kafka(versions = 8..)]
    pub include_topic_authorized_operations: bool,
}

/// A topic, by name or, since version 10, by id.
#[derive(Clone, PartialEq, RequestPart)]
pub struct MetadataRequestTopic {
    /// The id of the topic (KIP-516).
    #[kafka(versions = 10.., ignorable)]
    pub topic_id: Uuid,
    /// The name of the topic; null when it is named by its id.
    #[kafka(nullable = 10..)]
    pub name: Option<String>,
}

/// The answer to [`MetadataRequest`]: brokers and topics of the cluster.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 3, versions = 0..=13, flexible = 9..)]
pub struct MetadataResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    #[kafka(versions = 3.., ignorable)]
    pub throttle_time_ms: i32,
    /// The brokers.
    pub brokers: Vec<MetadataResponseBroker>,
    /// The id of the cluster (KIP-78).
    #[kafka(versions = 2.., default = None, ignorable)]
    pub cluster_id: Option<String>,
    /// The id of the broker to send administrative requests to; -1 for unknown.
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub controller_id: i32,
    /// The topics.
    pub topics: Vec<MetadataResponseTopic>,
    /// What the client may do with the cluster, one bit for each operation; `i32::MIN` when not asked for
    /// (KIP-430).
    #[kafka(versions = 8..=10, default = i32::MIN)]
    pub cluster_authorized_operations: i32,
    /// The error of the whole request, or 0: the client is told to bootstrap anew (KIP-1102).
    #[kafka(versions = 13.., ignorable)]
    pub error_code: i16,
}

/// A broker.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct MetadataResponseBroker {
    /// The id of the node.
    pub node_id: i32,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: i32,
    /// The rack of the node, if it has one.
    #[kafka(versions = 1.., default = None, ignorable)]
    pub rack: Option<String>,
}

/// A topic.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct MetadataResponseTopic {
    /// The error, or 0.
    pub error_code: i16,
    /// The name; null when the id is unknown.
    #[kafka(nullable = 12..)]
    pub name: Option<String>,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 10.., ignorable)]
    pub topic_id: Uuid,
    /// Whether the topic is internal to Kafka.
    #[kafka(versions = 1.., ignorable)]
    pub is_internal: bool,
    /// The partitions of the topic.
    pub partitions: Vec<MetadataResponsePartition>,
    /// What the client may do with the topic, one bit for each operation; `i32::MIN` when not asked for
    /// (KIP-430).
    #[kafka(versions = 8.., default = i32::MIN)]
    pub topic_authorized_operations: i32,
}

/// A partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct MetadataResponsePartition {
    /// The error, or 0.
    pub error_code: i16,
    /// The number of the partition.
    pub partition_index: i32,
    /// The id of the broker that leads; -1 for none.
    pub leader_id: i32,
    /// The epoch of the partition's leader, which grows with every change of leadership.
    #[kafka(versions = 7.., default = -1, ignorable)]
    pub leader_epoch: i32,
    /// The ids of the brokers that hold the partition, the preferred leader first.
    pub replica_nodes: NodeIds,
    /// The ids of the brokers that are in sync.
    pub isr_nodes: NodeIds,
    /// The ids of the brokers that hold the partition and are offline.
    #[kafka(versions = 5.., ignorable)]
    pub offline_replicas: NodeIds,
}
