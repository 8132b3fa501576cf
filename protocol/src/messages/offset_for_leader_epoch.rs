use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 23, versions = 2..=4, flexible = 4..)]
pub struct OffsetForLeaderEpochRequest {
    #[kafka(versions = 3.., default = -2, ignorable)]
    pub replica_id: i32,
    pub topics: Vec<OffsetForLeaderTopic>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetForLeaderTopic {
    pub topic: String,
    pub partitions: Vec<OffsetForLeaderPartition>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetForLeaderPartition {
    pub partition: i32,
    #[kafka(default = -1)]
    pub current_leader_epoch: i32,
    pub leader_epoch: i32,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 23, versions = 2..=4, flexible = 4..)]
pub struct OffsetForLeaderEpochResponse {
    pub throttle_time_ms: i32,
    pub topics: Vec<OffsetForLeaderTopicResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetForLeaderTopicResult {
    pub topic: String,
    pub partitions: Vec<EpochEndOffset>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct EpochEndOffset {
    pub error_code: i16,
    pub partition: i32,
    #[kafka(default = -1)]
    pub leader_epoch: i32,
    #[kafka(default = -1)]
    pub end_offset: i64,
}
