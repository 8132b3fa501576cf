//! `DescribeProducers`: API 61, versions 0.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Asks which producers have written to partitions (KIP-664).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 61, versions = 0, flexible = 0..)]
pub struct DescribeProducersRequest {
    /// The topics.
    pub topics: Vec<TopicRequest>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct TopicRequest {
    /// The name of the topic.
    pub name: String,
    /// The numbers of the partitions.
    pub partition_indexes: Vec<i32>,
}

/// The answer to [`DescribeProducersRequest`]: the producers, by partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 61, versions = 0, flexible = 0..)]
pub struct DescribeProducersResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The topics.
    pub topics: Vec<TopicResponse>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopicResponse {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<PartitionResponse>,
}

/// A partition of the response.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct PartitionResponse {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
    /// The producers.
    pub active_producers: Vec<ProducerState>,
}

/// A producer, as the partition knows it.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ProducerState {
    /// The id of the producer.
    pub producer_id: i64,
    /// The epoch of the producer; an older one is fenced off.
    pub producer_epoch: i32,
    /// The sequence number of the producer's last record; -1 for none.
    #[kafka(default = -1)]
    pub last_sequence: i32,
    /// The timestamp of the producer's last batch; -1 for none.
    #[kafka(default = -1)]
    pub last_timestamp: i64,
    /// The epoch of the transaction coordinator.
    pub coordinator_epoch: i32,
    /// The first offset of the open transaction; -1 for none.
    #[kafka(default = -1)]
    pub current_txn_start_offset: i64,
}
