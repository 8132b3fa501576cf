//! `ShareAcknowledge`: API 79, versions 1 to 2.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Acknowledges records for a member of a share group (KIP-932).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 79, versions = 1..=2, flexible = 0..)]
pub struct ShareAcknowledgeRequest {
    /// The id of the group.
    #[kafka(default = None)]
    pub group_id: Option<String>,
    /// The id of the member.
    pub member_id: Option<String>,
    /// The epoch of the share session: 0 opens one, -1 closes it, otherwise it grows with each request.
    pub share_session_epoch: i32,
    /// Whether the acknowledgements of type 4 (renew) prolong acquisition locks (KIP-1222).
    #[kafka(versions = 2..)]
    pub is_renew_ack: bool,
    /// The topics.
    pub topics: Vec<AcknowledgeTopic>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct AcknowledgeTopic {
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<AcknowledgePartition>,
}

/// A partition of the request.
#[derive(Clone, PartialEq, RequestPart)]
pub struct AcknowledgePartition {
    /// The number of the partition.
    pub partition_index: i32,
    /// The acknowledgements, by ranges of offsets.
    pub acknowledgement_batches: Vec<AcknowledgementBatch>,
}

/// What became of a range of records.
#[derive(Clone, PartialEq, RequestPart)]
pub struct AcknowledgementBatch {
    /// The first offset.
    pub first_offset: i64,
    /// The last offset, inclusive.
    pub last_offset: i64,
    /// One for all records of the range or one for each: 0 gap, 1 accept, 2 release, 3 reject, 4 renew.
    pub acknowledge_types: Vec<i8>,
}

/// The answer to [`ShareAcknowledgeRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 79, versions = 1..=2, flexible = 0..)]
pub struct ShareAcknowledgeResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
    /// How long records stay acquired, in milliseconds.
    #[kafka(versions = 2.., ignorable)]
    pub acquisition_lock_timeout_ms: i32,
    /// The outcomes.
    pub responses: Vec<ShareAcknowledgeTopicResponse>,
    /// Where to reach the leaders named above, so that no metadata need be asked for.
    pub node_endpoints: Vec<NodeEndpoint>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ShareAcknowledgeTopicResponse {
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<PartitionData>,
}

/// A partition of the response.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct PartitionData {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
    /// The leader as the broker knows it, when the one addressed is not (KIP-951).
    pub current_leader: LeaderIdAndEpoch,
}

/// A leader and its epoch; -1 and -1 for none.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct LeaderIdAndEpoch {
    /// The id of the leader; -1 for none.
    pub leader_id: i32,
    /// The epoch of the leader; -1 for unknown.
    pub leader_epoch: i32,
}

/// Where to reach a node.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct NodeEndpoint {
    /// The id of the node.
    pub node_id: i32,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: i32,
    /// The rack of the node, if it has one.
    #[kafka(default = None)]
    pub rack: Option<String>,
}
