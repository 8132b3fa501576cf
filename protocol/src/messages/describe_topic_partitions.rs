use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 75, versions = 0, flexible = 0..)]
pub struct DescribeTopicPartitionsRequest {
    pub topics: Vec<TopicRequest>,
    #[kafka(default = 2000)]
    pub response_partition_limit: i32,
    pub cursor: Option<RequestCursor>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct TopicRequest {
    pub name: String,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestCursor {
    pub topic_name: String,
    pub partition_index: i32,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 75, versions = 0, flexible = 0..)]
pub struct DescribeTopicPartitionsResponse {
    pub throttle_time_ms: i32,
    pub topics: Vec<DescribeTopicPartitionsResponseTopic>,
    pub next_cursor: Option<ResponseCursor>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeTopicPartitionsResponseTopic {
    pub error_code: i16,
    pub name: Option<String>,
    pub topic_id: Uuid,
    pub is_internal: bool,
    pub partitions: Vec<DescribeTopicPartitionsResponsePartition>,
    #[kafka(default = i32::MIN)]
    pub topic_authorized_operations: i32,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeTopicPartitionsResponsePartition {
    pub error_code: i16,
    pub partition_index: i32,
    pub leader_id: i32,
    #[kafka(default = -1)]
    pub leader_epoch: i32,
    pub replica_nodes: Vec<i32>,
    pub isr_nodes: Vec<i32>,
    #[kafka(default = None)]
    pub eligible_leader_replicas: Option<Vec<i32>>,
    #[kafka(default = None)]
    pub last_known_elr: Option<Vec<i32>>,
    pub offline_replicas: Vec<i32>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseCursor {
    pub topic_name: String,
    pub partition_index: i32,
}
