use protocol_derive::{Request, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 76, versions = 1, flexible = 0..)]
pub struct ShareGroupHeartbeatRequest {
    pub group_id: String,
    pub member_id: String,
    pub member_epoch: i32,
    #[kafka(default = None)]
    pub rack_id: Option<String>,
    #[kafka(default = None)]
    pub subscribed_topic_names: Option<Vec<String>>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 76, versions = 1, flexible = 0..)]
pub struct ShareGroupHeartbeatResponse {
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
    pub topic_partitions: Vec<TopicPartitions>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopicPartitions {
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
}
