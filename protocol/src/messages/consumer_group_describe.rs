//! `ConsumerGroupDescribe`: API 69, versions 0 to 1.

use protocol_derive::{Request, Response, ResponsePart};

use crate::Uuid;

/// Asks for state and members of consumer groups (KIP-848).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 69, versions = 0..=1, flexible = 0..)]
pub struct ConsumerGroupDescribeRequest {
    /// The ids of the groups.
    pub group_ids: Vec<String>,
    /// Whether to say what the client may do with each group (KIP-430).
    pub include_authorized_operations: bool,
}

/// The answer to [`ConsumerGroupDescribeRequest`]: the groups.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 69, versions = 0..=1, flexible = 0..)]
pub struct ConsumerGroupDescribeResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The groups.
    pub groups: Vec<DescribedGroup>,
}

/// A group.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribedGroup {
    /// The error of this group, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
    /// The id of the group.
    pub group_id: String,
    /// The state of the group, as `Stable` or `Empty`.
    pub group_state: String,
    /// The epoch of the group, which grows with every change of members or subscriptions.
    pub group_epoch: i32,
    /// The epoch the assignment was made for.
    pub assignment_epoch: i32,
    /// The name of the assignor.
    pub assignor_name: String,
    /// The members.
    pub members: Vec<Member>,
    /// What the client may do, one bit for each operation; `i32::MIN` when not asked for (KIP-430).
    #[kafka(default = i32::MIN)]
    pub authorized_operations: i32,
}

/// A member of a group.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct Member {
    /// The id of the member.
    pub member_id: String,
    /// The id of a static member, which survives restarts.
    #[kafka(default = None)]
    pub instance_id: Option<String>,
    /// The rack of the client.
    #[kafka(default = None)]
    pub rack_id: Option<String>,
    /// The epoch of the member, which follows that of the group.
    pub member_epoch: i32,
    /// What the client calls itself.
    pub client_id: String,
    /// The host the member connects from.
    pub client_host: String,
    /// The names of the topics the member subscribes to.
    pub subscribed_topic_names: Vec<String>,
    /// The regular expression (RE2/J) of the topics the member subscribes to.
    #[kafka(default = None)]
    pub subscribed_topic_regex: Option<String>,
    /// What is assigned to the member.
    pub assignment: Assignment,
    /// What the member is to have in the end.
    pub target_assignment: Assignment,
    /// What the member speaks: 0 the classic protocol, 1 that of KIP-848, -1 for unknown.
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub member_type: i8,
}

/// What a member has.
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
    /// The name of the topic.
    pub topic_name: String,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}
