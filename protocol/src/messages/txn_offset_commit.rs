use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 28, versions = 0..=6, flexible = 3..)]
pub struct TxnOffsetCommitRequest {
    pub transactional_id: String,
    pub group_id: String,
    pub producer_id: i64,
    pub producer_epoch: i16,
    #[kafka(versions = 3.., default = -1)]
    pub generation_id_or_member_epoch: i32,
    #[kafka(versions = 3..)]
    pub member_id: String,
    #[kafka(versions = 3.., default = None)]
    pub group_instance_id: Option<String>,
    pub topics: Vec<TxnOffsetCommitRequestTopic>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct TxnOffsetCommitRequestTopic {
    #[kafka(versions = 0..=5, ignorable)]
    pub name: String,
    #[kafka(versions = 6.., ignorable)]
    pub topic_id: Uuid,
    pub partitions: Vec<TxnOffsetCommitRequestPartition>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct TxnOffsetCommitRequestPartition {
    pub partition_index: i32,
    pub committed_offset: i64,
    #[kafka(versions = 2.., default = -1, ignorable)]
    pub committed_leader_epoch: i32,
    pub committed_metadata: Option<String>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 28, versions = 0..=6, flexible = 3..)]
pub struct TxnOffsetCommitResponse {
    pub throttle_time_ms: i32,
    pub topics: Vec<TxnOffsetCommitResponseTopic>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TxnOffsetCommitResponseTopic {
    #[kafka(versions = 0..=5, ignorable)]
    pub name: String,
    #[kafka(versions = 6.., ignorable)]
    pub topic_id: Uuid,
    pub partitions: Vec<TxnOffsetCommitResponsePartition>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TxnOffsetCommitResponsePartition {
    pub partition_index: i32,
    pub error_code: i16,
}
