//! `ShareGroupHeartbeat`: API 76, versions 1.

use protocol_derive::{Request, Response, ResponsePart};

use crate::Uuid;

/// Joins, stays in and leaves a share group (KIP-932).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 76, versions = 1, flexible = 0..)]
pub struct ShareGroupHeartbeatRequest {
    /// The id of the group.
    pub group_id: String,
    /// The id of the member.
    pub member_id: String,
    /// The epoch of the member: 0 joins, -1 leaves.
    pub member_epoch: i32,
    /// The rack of the client.
    #[kafka(default = None)]
    pub rack_id: Option<String>,
    /// The names of the topics the member subscribes to; null when nothing has changed.
    #[kafka(default = None)]
    pub subscribed_topic_names: Option<Vec<String>>,
}

/// The answer to [`ShareGroupHeartbeatRequest`]: what the member is to read.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 76, versions = 1, flexible = 0..)]
pub struct ShareGroupHeartbeatResponse {
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
    /// What the member is to read; null when nothing has changed.
    pub assignment: Option<Assignment>,
}

/// What the member is to read.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct Assignment {
    /// The partitions, by topic.
    pub topic_partitions: Vec<TopicPartitions>,
}

/// A topic and some of its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopicPartitions {
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}
