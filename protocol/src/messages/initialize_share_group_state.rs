//! `InitializeShareGroupState`: API 83, versions 0.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Begins the stored state of share partitions (KIP-932).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 83, versions = 0, flexible = 0..)]
pub struct InitializeShareGroupStateRequest {
    /// The id of the group.
    pub group_id: String,
    /// The topics.
    pub topics: Vec<InitializeStateData>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct InitializeStateData {
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
    /// The first offset that is not done with.
    pub start_offset: i64,
}

/// The answer to [`InitializeShareGroupStateRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 83, versions = 0, flexible = 0..)]
pub struct InitializeShareGroupStateResponse {
    /// The outcomes.
    pub results: Vec<InitializeStateResult>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct InitializeStateResult {
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
