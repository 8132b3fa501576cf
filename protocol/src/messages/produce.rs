//! `Produce`: API 0, versions 3 to 13.

use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Appends record batches to partitions.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 0, versions = 3..=13, flexible = 9..)]
pub struct ProduceRequest {
    /// The transactional id of the producer; null outside transactions (KIP-98).
    #[kafka(default = None)]
    pub transactional_id: Option<String>,
    /// How many replicas must have the records: 0 for no answer at all, 1 the leader, -1 all in sync.
    pub acks: i16,
    /// How long the leader may wait for the replicas, in milliseconds.
    pub timeout_ms: i32,
    /// The batches, by topic.
    pub topic_data: Vec<TopicProduceData>,
}

/// A topic, and what to append to its partitions.
#[derive(Clone, PartialEq, RequestPart)]
pub struct TopicProduceData {
    /// The name of the topic.
    #[kafka(versions = 0..=12, ignorable)]
    pub name: String,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 13.., ignorable)]
    pub topic_id: Uuid,
    /// The batches, by partition.
    pub partition_data: Vec<PartitionProduceData>,
}

/// A partition, and what to append to it.
#[derive(Clone, PartialEq, RequestPart)]
pub struct PartitionProduceData {
    /// The number of the partition.
    pub index: i32,
    /// The record batches.
    #[kafka(records)]
    pub records: Option<Bytes>,
}

/// The answer to [`ProduceRequest`]: where the batches were put. Not sent for `acks` 0.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 0, versions = 3..=13, flexible = 9..)]
pub struct ProduceResponse {
    /// The outcomes.
    pub responses: Vec<TopicProduceResponse>,
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// Where to reach the leaders named above, so that no metadata need be asked for (KIP-951).
    #[kafka(versions = 10.., tag = 0)]
    pub node_endpoints: Vec<NodeEndpoint>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopicProduceResponse {
    /// The name of the topic.
    #[kafka(versions = 0..=12, ignorable)]
    pub name: String,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 13.., ignorable)]
    pub topic_id: Uuid,
    /// The outcomes, by partition.
    pub partition_responses: Vec<PartitionProduceResponse>,
}

/// The outcome for one partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct PartitionProduceResponse {
    /// The number of the partition.
    pub index: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The offset of the first record; -1 when nothing was appended.
    pub base_offset: i64,
    /// When the broker appended the batch, in milliseconds since 1970; -1 when records keep the time of
    /// their creation.
    #[kafka(default = -1)]
    pub log_append_time_ms: i64,
    /// The first offset of the log (KIP-107).
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub log_start_offset: i64,
    /// The records that made the broker refuse the batch (KIP-467).
    #[kafka(versions = 8.., ignorable)]
    pub record_errors: Vec<BatchIndexAndErrorMessage>,
    /// What went wrong in words, if the broker says.
    #[kafka(versions = 8.., default = None, ignorable)]
    pub error_message: Option<String>,
    /// The leader as the broker knows it, when the one addressed is not (KIP-951).
    #[kafka(versions = 10.., tag = 0)]
    pub current_leader: LeaderIdAndEpoch,
}

/// A record that made the broker refuse the batch (KIP-467).
#[derive(Clone, PartialEq, ResponsePart)]
pub struct BatchIndexAndErrorMessage {
    /// The place of the record in the batch, from zero.
    pub batch_index: i32,
    /// What is wrong with the record, in words.
    #[kafka(default = None)]
    pub batch_index_error_message: Option<String>,
}

/// A leader and its epoch; -1 and -1 for none.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct LeaderIdAndEpoch {
    /// The id of the leader; -1 for none.
    #[kafka(default = -1)]
    pub leader_id: i32,
    /// The epoch of the leader; -1 for unknown.
    #[kafka(default = -1)]
    pub leader_epoch: i32,
}

/// Where to reach a node.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct NodeEndpoint {
    /// The id of the node.
    pub node_id: i32,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: i32,
    /// The rack of the node, if it has one.
    #[kafka(default = None)]
    pub rack: Option<String>,
}
