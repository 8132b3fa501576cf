//! `DeleteTopics`: API 20, versions 1 to 6.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Deletes topics.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 20, versions = 1..=6, flexible = 4..)]
pub struct DeleteTopicsRequest {
    /// The topics.
    #[kafka(versions = 6..)]
    pub topics: Vec<DeleteTopicState>,
    /// The names of the topics.
    #[kafka(versions = 0..=5, ignorable)]
    pub topic_names: Vec<String>,
    /// How long the broker may take, in milliseconds.
    pub timeout_ms: i32,
}

/// A topic to delete, by name or by id.
#[derive(Clone, PartialEq, RequestPart)]
pub struct DeleteTopicState {
    /// The name of the topic; null when it is named by its id.
    #[kafka(default = None)]
    pub name: Option<String>,
    /// The id of the topic (KIP-516).
    pub topic_id: Uuid,
}

/// The answer to [`DeleteTopicsRequest`]: the outcome for each topic.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 20, versions = 1..=6, flexible = 4..)]
pub struct DeleteTopicsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The outcomes.
    pub responses: Vec<DeletableTopicResult>,
}

/// The outcome for one topic.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DeletableTopicResult {
    /// The name of the topic.
    #[kafka(nullable = 6..)]
    pub name: Option<String>,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 6.., ignorable)]
    pub topic_id: Uuid,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(versions = 5.., default = None, ignorable)]
    pub error_message: Option<String>,
}
