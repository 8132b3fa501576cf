//! `DeleteShareGroupOffsets`: API 92, versions 0.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Deletes the offsets of an empty share group for topics (KIP-932).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 92, versions = 0, flexible = 0..)]
pub struct DeleteShareGroupOffsetsRequest {
    /// The id of the group.
    pub group_id: String,
    /// The topics.
    pub topics: Vec<DeleteShareGroupOffsetsRequestTopic>,
}

/// A topic.
#[derive(Clone, PartialEq, RequestPart)]
pub struct DeleteShareGroupOffsetsRequestTopic {
    /// The name of the topic.
    pub topic_name: String,
}

/// The answer to [`DeleteShareGroupOffsetsRequest`]: the outcome for each topic.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 92, versions = 0, flexible = 0..)]
pub struct DeleteShareGroupOffsetsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
    /// The outcomes.
    pub responses: Vec<DeleteShareGroupOffsetsResponseTopic>,
}

/// The outcome for one topic.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DeleteShareGroupOffsetsResponseTopic {
    /// The name of the topic.
    pub topic_name: String,
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
}
