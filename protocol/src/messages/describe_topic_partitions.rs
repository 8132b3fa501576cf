//! `DescribeTopicPartitions`: API 75, versions 0.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::{NodeIds, Uuid};

/// Asks for the partitions of topics, in pages (KIP-966).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 75, versions = 0, flexible = 0..)]
pub struct DescribeTopicPartitionsRequest {
    /// The topics.
    pub topics: Vec<TopicRequest>,
    /// The most partitions to answer with.
    #[kafka(default = 2000)]
    pub response_partition_limit: i32,
    /// Where to begin; null for the beginning.
    pub cursor: Option<RequestCursor>,
}

/// A topic.
#[derive(Clone, PartialEq, RequestPart)]
pub struct TopicRequest {
    /// The name of the topic.
    pub name: String,
}

/// A place in the list of topics and partitions.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestCursor {
    /// The name of the topic.
    pub topic_name: String,
    /// The number of the partition.
    pub partition_index: i32,
}

/// The answer to [`DescribeTopicPartitionsRequest`]: a page of partitions.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 75, versions = 0, flexible = 0..)]
pub struct DescribeTopicPartitionsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The topics.
    pub topics: Vec<DescribeTopicPartitionsResponseTopic>,
    /// Where to go on; null when there is no more.
    pub next_cursor: Option<ResponseCursor>,
}

/// A topic.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeTopicPartitionsResponseTopic {
    /// The error, or 0.
    pub error_code: i16,
    /// The name of the topic.
    pub name: Option<String>,
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// Whether the topic is internal to Kafka.
    pub is_internal: bool,
    /// The partitions of the topic.
    pub partitions: Vec<DescribeTopicPartitionsResponsePartition>,
    /// What the client may do with the topic, one bit for each operation; `i32::MIN` when not asked for
    /// (KIP-430).
    #[kafka(default = i32::MIN)]
    pub topic_authorized_operations: i32,
}

/// A partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeTopicPartitionsResponsePartition {
    /// The error, or 0.
    pub error_code: i16,
    /// The number of the partition.
    pub partition_index: i32,
    /// The id of the broker that leads; -1 for none.
    pub leader_id: i32,
    /// The epoch of the partition's leader, which grows with every change of leadership.
    #[kafka(default = -1)]
    pub leader_epoch: i32,
    /// The ids of the brokers that hold the partition, the preferred leader first.
    pub replica_nodes: NodeIds,
    /// The ids of the brokers that are in sync.
    pub isr_nodes: NodeIds,
    /// The ids of the brokers that can lead without loss although they are not in sync (KIP-966).
    #[kafka(default = None)]
    pub eligible_leader_replicas: Option<NodeIds>,
    /// The ids of the eligible leader replicas before the last ones were lost (KIP-966).
    #[kafka(default = None)]
    pub last_known_elr: Option<NodeIds>,
    /// The ids of the brokers that hold the partition and are offline.
    pub offline_replicas: NodeIds,
}

/// A place in the list of topics and partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseCursor {
    /// The name of the topic.
    pub topic_name: String,
    /// The number of the partition.
    pub partition_index: i32,
}
