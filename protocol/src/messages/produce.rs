use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 0, versions = 3..=13, flexible = 9..)]
pub struct ProduceRequest {
    #[kafka(default = None)]
    pub transactional_id: Option<String>,
    pub acks: i16,
    pub timeout_ms: i32,
    pub topic_data: Vec<TopicProduceData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct TopicProduceData {
    #[kafka(versions = 0..=12, ignorable)]
    pub name: String,
    #[kafka(versions = 13.., ignorable)]
    pub topic_id: Uuid,
    pub partition_data: Vec<PartitionProduceData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct PartitionProduceData {
    pub index: i32,
    #[kafka(records)]
    pub records: Option<Bytes>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 0, versions = 3..=13, flexible = 9..)]
pub struct ProduceResponse {
    pub responses: Vec<TopicProduceResponse>,
    pub throttle_time_ms: i32,
    #[kafka(versions = 10.., tag = 0)]
    pub node_endpoints: Vec<NodeEndpoint>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopicProduceResponse {
    #[kafka(versions = 0..=12, ignorable)]
    pub name: String,
    #[kafka(versions = 13.., ignorable)]
    pub topic_id: Uuid,
    pub partition_responses: Vec<PartitionProduceResponse>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct PartitionProduceResponse {
    pub index: i32,
    pub error_code: i16,
    pub base_offset: i64,
    #[kafka(default = -1)]
    pub log_append_time_ms: i64,
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub log_start_offset: i64,
    #[kafka(versions = 8.., ignorable)]
    pub record_errors: Vec<BatchIndexAndErrorMessage>,
    #[kafka(versions = 8.., default = None, ignorable)]
    pub error_message: Option<String>,
    #[kafka(versions = 10.., tag = 0)]
    pub current_leader: LeaderIdAndEpoch,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct BatchIndexAndErrorMessage {
    pub batch_index: i32,
    #[kafka(default = None)]
    pub batch_index_error_message: Option<String>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct LeaderIdAndEpoch {
    #[kafka(default = -1)]
    pub leader_id: i32,
    #[kafka(default = -1)]
    pub leader_epoch: i32,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct NodeEndpoint {
    pub node_id: i32,
    pub host: String,
    pub port: i32,
    #[kafka(default = None)]
    pub rack: Option<String>,
}
