//! `ReadShareGroupState`: API 84, versions 0.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Reads the stored state of share partitions (KIP-932).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 84, versions = 0, flexible = 0..)]
pub struct ReadShareGroupStateRequest {
    /// The id of the group.
    pub group_id: String,
    /// The topics.
    pub topics: Vec<ReadStateData>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct ReadStateData {
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<PartitionData>,
}

/// A partition of the request.
#[derive(Clone, PartialEq, RequestPart)]
pub struct PartitionData {
    /// The number of the partition.
    pub partition: i32,
    /// The epoch of the partition's leader, which grows with every change of leadership.
    pub leader_epoch: i32,
}

/// The answer to [`ReadShareGroupStateRequest`]: the state of each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 84, versions = 0, flexible = 0..)]
pub struct ReadShareGroupStateResponse {
    /// The outcomes.
    pub results: Vec<ReadStateResult>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ReadStateResult {
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<PartitionResult>,
}

/// The outcome for one partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct PartitionResult {
    /// The number of the partition.
    pub partition: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
    /// The epoch of the state, which grows with every initialization.
    pub state_epoch: i32,
    /// The first offset that is not done with.
    pub start_offset: i64,
    /// Ranges of records with their states.
    pub state_batches: Vec<StateBatch>,
}

/// A range of records in one state.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct StateBatch {
    /// The first offset.
    pub first_offset: i64,
    /// The last offset, inclusive.
    pub last_offset: i64,
    /// The state of the records: 0 available, 2 acknowledged, 4 archived.
    pub delivery_state: i8,
    /// How often the records were delivered.
    pub delivery_count: i16,
}
