use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 68, versions = 0..=1, flexible = 0..)]
pub struct ConsumerGroupHeartbeatRequest {
    pub group_id: String,
    pub member_id: String,
    pub member_epoch: i32,
    #[kafka(default = None)]
    pub instance_id: Option<String>,
    #[kafka(default = None)]
    pub rack_id: Option<String>,
    #[kafka(default = -1)]
    pub rebalance_timeout_ms: i32,
    #[kafka(default = None)]
    pub subscribed_topic_names: Option<Vec<String>>,
    #[kafka(versions = 1.., default = None)]
    pub subscribed_topic_regex: Option<String>,
    #[kafka(default = None)]
    pub server_assignor: Option<String>,
    #[kafka(default = None)]
    pub topic_partitions: Option<Vec<RequestTopicPartitions>>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestTopicPartitions {
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 68, versions = 0..=1, flexible = 0..)]
pub struct ConsumerGroupHeartbeatResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    #[kafka(default = None)]
    pub error_message: Option<String>,
    #[kafka(default = None)]
    pub member_id: Option<String>,
    pub member_epoch: i32,
    pub heartbeat_interval_ms: i32,
    pub assignment: Option<Assignment>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct Assignment {
    pub topic_partitions: Vec<ResponseTopicPartitions>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseTopicPartitions {
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
}
