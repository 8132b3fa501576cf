use protocol_derive::{Request, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 77, versions = 1, flexible = 0..)]
pub struct ShareGroupDescribeRequest {
    pub group_ids: Vec<String>,
    pub include_authorized_operations: bool,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 77, versions = 1, flexible = 0..)]
pub struct ShareGroupDescribeResponse {
    pub throttle_time_ms: i32,
    pub groups: Vec<DescribedGroup>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribedGroup {
    pub error_code: i16,
    #[kafka(default = None)]
    pub error_message: Option<String>,
    pub group_id: String,
    pub group_state: String,
    pub group_epoch: i32,
    pub assignment_epoch: i32,
    pub assignor_name: String,
    pub members: Vec<Member>,
    #[kafka(default = i32::MIN)]
    pub authorized_operations: i32,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct Member {
    pub member_id: String,
    #[kafka(default = None)]
    pub rack_id: Option<String>,
    pub member_epoch: i32,
    pub client_id: String,
    pub client_host: String,
    pub subscribed_topic_names: Vec<String>,
    pub assignment: Assignment,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct Assignment {
    pub topic_partitions: Vec<TopicPartitions>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopicPartitions {
    pub topic_id: Uuid,
    pub topic_name: String,
    pub partitions: Vec<i32>,
}
