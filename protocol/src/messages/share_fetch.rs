//! `ShareFetch`: API 78, versions 1 to 2.

use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Acquires records for a member of a share group, and acknowledges earlier ones (KIP-932).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 78, versions = 1..=2, flexible = 0..)]
pub struct ShareFetchRequest {
    /// The id of the group.
    #[kafka(default = None)]
    pub group_id: Option<String>,
    /// The id of the member.
    pub member_id: Option<String>,
    /// The epoch of the share session: 0 opens one, -1 closes it, otherwise it grows with each request.
    pub share_session_epoch: i32,
    /// How long to wait for enough bytes, in milliseconds.
    pub max_wait_ms: i32,
    /// The least bytes to answer with before the time is up.
    pub min_bytes: i32,
    /// The most bytes to answer with.
    #[kafka(default = i32::MAX)]
    pub max_bytes: i32,
    /// The most records to acquire.
    pub max_records: i32,
    /// How many records a batch of acquired records should have.
    pub batch_size: i32,
    /// How records are acquired: 0 in whole batches, 1 never more than the limit (KIP-1206).
    #[kafka(versions = 2.., ignorable)]
    pub share_acquire_mode: i8,
    /// Whether the acknowledgements of type 4 (renew) prolong acquisition locks (KIP-1222).
    #[kafka(versions = 2..)]
    pub is_renew_ack: bool,
    /// The topics.
    pub topics: Vec<FetchTopic>,
    /// What to take out of the session.
    pub forgotten_topics_data: Vec<ForgottenTopic>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct FetchTopic {
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<FetchPartition>,
}

/// A partition, and where to read from.
#[derive(Clone, PartialEq, RequestPart)]
pub struct FetchPartition {
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

/// A topic whose partitions leave the session.
#[derive(Clone, PartialEq, RequestPart)]
pub struct ForgottenTopic {
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}

/// The answer to [`ShareFetchRequest`]: the records, and which of them are acquired.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 78, versions = 1..=2, flexible = 0..)]
pub struct ShareFetchResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
    /// How long records stay acquired, in milliseconds.
    pub acquisition_lock_timeout_ms: i32,
    /// The records, by topic.
    pub responses: Vec<ShareFetchableTopicResponse>,
    /// Where to reach the leaders named above, so that no metadata need be asked for.
    pub node_endpoints: Vec<NodeEndpoint>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ShareFetchableTopicResponse {
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
    /// The error of the acknowledgements, or 0.
    pub acknowledge_error_code: i16,
    /// What went wrong with the acknowledgements, in words.
    #[kafka(default = None)]
    pub acknowledge_error_message: Option<String>,
    /// The leader as the broker knows it, when the one addressed is not (KIP-951).
    pub current_leader: LeaderIdAndEpoch,
    /// The record batches.
    #[kafka(nullable = 0, records)]
    pub records: Option<Bytes>,
    /// The ranges of records that are acquired.
    pub acquired_records: Vec<AcquiredRecords>,
}

/// A leader and its epoch; -1 and -1 for none.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct LeaderIdAndEpoch {
    /// The id of the leader; -1 for none.
    pub leader_id: i32,
    /// The epoch of the leader; -1 for unknown.
    pub leader_epoch: i32,
}

/// A range of records that the member has acquired.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AcquiredRecords {
    /// The first offset.
    pub first_offset: i64,
    /// The last offset, inclusive.
    pub last_offset: i64,
    /// How often the records were delivered.
    pub delivery_count: i16,
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
