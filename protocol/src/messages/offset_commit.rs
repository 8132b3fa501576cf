use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 8, versions = 2..=10, flexible = 8..)]
pub struct OffsetCommitRequest {
    pub group_id: String,
    #[kafka(default = -1)]
    pub generation_id_or_member_epoch: i32,
    pub member_id: String,
    #[kafka(versions = 7.., default = None)]
    pub group_instance_id: Option<String>,
    #[kafka(versions = 0..=4, default = -1, ignorable)]
    pub retention_time_ms: i64,
    pub topics: Vec<OffsetCommitRequestTopic>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetCommitRequestTopic {
    #[kafka(versions = 0..=9, ignorable)]
    pub name: String,
    #[kafka(versions = 10.., ignorable)]
    pub topic_id: Uuid,
    pub partitions: Vec<OffsetCommitRequestPartition>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetCommitRequestPartition {
    pub partition_index: i32,
    pub committed_offset: i64,
    #[kafka(versions = 6.., default = -1, ignorable)]
    pub committed_leader_epoch: i32,
    pub committed_metadata: Option<String>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 8, versions = 2..=10, flexible = 8..)]
pub struct OffsetCommitResponse {
    #[kafka(versions = 3.., ignorable)]
    pub throttle_time_ms: i32,
    pub topics: Vec<OffsetCommitResponseTopic>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetCommitResponseTopic {
    #[kafka(versions = 0..=9, ignorable)]
    pub name: String,
    #[kafka(versions = 10.., ignorable)]
    pub topic_id: Uuid,
    pub partitions: Vec<OffsetCommitResponsePartition>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetCommitResponsePartition {
    pub partition_index: i32,
    pub error_code: i16,
}
