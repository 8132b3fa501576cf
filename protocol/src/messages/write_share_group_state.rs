//! `WriteShareGroupState`: API 85, versions 0 to 1.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Writes the stored state of share partitions (KIP-932).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 85, versions = 0..=1, flexible = 0..)]
pub struct WriteShareGroupStateRequest {
    /// The id of the group.
    pub group_id: String,
    /// The topics.
    pub topics: Vec<WriteStateData>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct WriteStateData {
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
    /// The epoch of the state, which grows with every initialization.
    pub state_epoch: i32,
    /// The epoch of the partition's leader, which grows with every change of leadership.
    pub leader_epoch: i32,
    /// The first offset that is not done with.
    pub start_offset: i64,
    /// The number of records from the start offset on that are done with (KIP-1226); -1 for unknown.
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub delivery_complete_count: i32,
    /// Ranges of records with their states.
    pub state_batches: Vec<StateBatch>,
}

/// A range of records in one state.
#[derive(Clone, PartialEq, RequestPart)]
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

/// The answer to [`WriteShareGroupStateRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 85, versions = 0..=1, flexible = 0..)]
pub struct WriteShareGroupStateResponse {
    /// The outcomes.
    pub results: Vec<WriteStateResult>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct WriteStateResult {
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
}
