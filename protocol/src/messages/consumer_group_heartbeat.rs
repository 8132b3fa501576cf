//! `ConsumerGroupHeartbeat`: API 68, versions 0 to 1.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Joins, stays in and leaves a consumer group, and tells what the member holds (KIP-848).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 68, versions = 0..=1, flexible = 0..)]
pub struct ConsumerGroupHeartbeatRequest {
    /// The id of the group.
    pub group_id: String,
    /// The id of the member.
    pub member_id: String,
    /// The epoch of the member: 0 joins, -1 leaves, -2 leaves for a while as a static member.
    pub member_epoch: i32,
    /// The id of a static member, which survives restarts.
    #[kafka(default = None)]
    pub instance_id: Option<String>,
    /// The rack of the member; null when nothing has changed.
    #[kafka(default = None)]
    pub rack_id: Option<String>,
    /// How long the member may take to give partitions up, in milliseconds; -1 when nothing has changed.
    #[kafka(default = -1)]
    pub rebalance_timeout_ms: i32,
    /// The names of the topics the member subscribes to; null when nothing has changed.
    #[kafka(default = None)]
    pub subscribed_topic_names: Option<Vec<String>>,
    /// The regular expression (RE2/J) of the topics the member subscribes to; null when nothing has
    /// changed.
    #[kafka(versions = 1.., default = None)]
    pub subscribed_topic_regex: Option<String>,
    /// The assignor the member would like the broker to use; null to leave the choice to it.
    #[kafka(default = None)]
    pub server_assignor: Option<String>,
    /// What the member holds; null when nothing has changed.
    #[kafka(default = None)]
    pub topic_partitions: Option<Vec<RequestTopicPartitions>>,
}

/// A topic and some of its partitions.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestTopicPartitions {
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}

/// The answer to [`ConsumerGroupHeartbeatRequest`]: what the member is to hold.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 68, versions = 0..=1, flexible = 0..)]
pub struct ConsumerGroupHeartbeatResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
    /// The id of the member.
    #[kafka(default = None)]
    pub member_id: Option<String>,
    /// The epoch of the member, which follows that of the group.
    pub member_epoch: i32,
    /// How often to send heartbeats, in milliseconds.
    pub heartbeat_interval_ms: i32,
    /// What the member is to hold; null when nothing has changed.
    pub assignment: Option<Assignment>,
}

/// What the member is to hold.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct Assignment {
    /// The partitions, by topic.
    pub topic_partitions: Vec<ResponseTopicPartitions>,
}

/// A topic and some of its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseTopicPartitions {
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}
