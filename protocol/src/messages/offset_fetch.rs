use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 9, versions = 1..=10, flexible = 6..)]
pub struct OffsetFetchRequest {
    #[kafka(versions = 0..=7)]
    pub group_id: String,
    #[kafka(versions = 0..=7, nullable = 2..)]
    pub topics: Option<Vec<OffsetFetchRequestTopic>>,
    #[kafka(versions = 8..)]
    pub groups: Vec<OffsetFetchRequestGroup>,
    #[kafka(versions = 7..)]
    pub require_stable: bool,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetFetchRequestTopic {
    pub name: String,
    pub partition_indexes: Vec<i32>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetFetchRequestGroup {
    pub group_id: String,
    #[kafka(versions = 9.., default = None, ignorable)]
    pub member_id: Option<String>,
    #[kafka(versions = 9.., default = -1, ignorable)]
    pub member_epoch: i32,
    pub topics: Option<Vec<OffsetFetchRequestTopics>>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct OffsetFetchRequestTopics {
    #[kafka(versions = 0..=9, ignorable)]
    pub name: String,
    #[kafka(versions = 10.., ignorable)]
    pub topic_id: Uuid,
    pub partition_indexes: Vec<i32>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 9, versions = 1..=10, flexible = 6..)]
pub struct OffsetFetchResponse {
    #[kafka(versions = 3.., ignorable)]
    pub throttle_time_ms: i32,
    #[kafka(versions = 0..=7)]
    pub topics: Vec<OffsetFetchResponseTopic>,
    #[kafka(versions = 2..=7, ignorable)]
    pub error_code: i16,
    #[kafka(versions = 8..)]
    pub groups: Vec<OffsetFetchResponseGroup>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetFetchResponseTopic {
    pub name: String,
    pub partitions: Vec<OffsetFetchResponsePartition>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetFetchResponsePartition {
    pub partition_index: i32,
    pub committed_offset: i64,
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub committed_leader_epoch: i32,
    pub metadata: Option<String>,
    pub error_code: i16,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetFetchResponseGroup {
    pub group_id: String,
    pub topics: Vec<OffsetFetchResponseTopics>,
    pub error_code: i16,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetFetchResponseTopics {
    #[kafka(versions = 0..=9, ignorable)]
    pub name: String,
    #[kafka(versions = 10.., ignorable)]
    pub topic_id: Uuid,
    pub partitions: Vec<OffsetFetchResponsePartitions>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct OffsetFetchResponsePartitions {
    pub partition_index: i32,
    pub committed_offset: i64,
    #[kafka(default = -1)]
    pub committed_leader_epoch: i32,
    pub metadata: Option<String>,
    pub error_code: i16,
}
