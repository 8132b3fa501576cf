use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 56, versions = 2..=3, flexible = 0..)]
pub struct AlterPartitionRequest {
    pub broker_id: i32,
    #[kafka(default = -1)]
    pub broker_epoch: i64,
    pub topics: Vec<RequestTopicData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestTopicData {
    pub topic_id: Uuid,
    pub partitions: Vec<RequestPartitionData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestPartitionData {
    pub partition_index: i32,
    pub leader_epoch: i32,
    #[kafka(versions = 0..=2)]
    pub new_isr: Vec<i32>,
    #[kafka(versions = 3..)]
    pub new_isr_with_epochs: Vec<BrokerState>,
    pub leader_recovery_state: i8,
    pub partition_epoch: i32,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct BrokerState {
    pub broker_id: i32,
    #[kafka(default = -1)]
    pub broker_epoch: i64,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 56, versions = 2..=3, flexible = 0..)]
pub struct AlterPartitionResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub topics: Vec<ResponseTopicData>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseTopicData {
    pub topic_id: Uuid,
    pub partitions: Vec<ResponsePartitionData>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponsePartitionData {
    pub partition_index: i32,
    pub error_code: i16,
    pub leader_id: i32,
    pub leader_epoch: i32,
    pub isr: Vec<i32>,
    pub leader_recovery_state: i8,
    pub partition_epoch: i32,
}
