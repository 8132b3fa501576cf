//! `DeleteGroups`: API 42, versions 0 to 3.

use protocol_derive::{Request, Response, ResponsePart};

/// Deletes empty groups (KIP-229).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 42, versions = 0..=3, flexible = 2..)]
pub struct DeleteGroupsRequest {
    /// The ids of the groups.
    pub groups_names: Vec<String>,
}

/// The answer to [`DeleteGroupsRequest`]: the outcome for each group.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 42, versions = 0..=3, flexible = 2..)]
pub struct DeleteGroupsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The outcomes.
    pub results: Vec<DeletableGroupResult>,
}

/// The outcome for one group.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DeletableGroupResult {
    /// The id of the group.
    pub group_id: String,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(versions = 3.., default = None, ignorable)]
    pub error_message: Option<String>,
}
