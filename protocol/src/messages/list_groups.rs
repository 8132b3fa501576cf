//! `ListGroups`: API 16, versions 0 to 5.

use protocol_derive::{Request, Response, ResponsePart};

/// Asks for the groups a broker coordinates.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 16, versions = 0..=5, flexible = 3..)]
pub struct ListGroupsRequest {
    /// The group states to list; all when empty (KIP-518).
    #[kafka(versions = 4..)]
    pub states_filter: Vec<String>,
    /// The group types to list; all when empty (KIP-848).
    #[kafka(versions = 5..)]
    pub types_filter: Vec<String>,
}

/// The answer to [`ListGroupsRequest`]: the groups of this broker.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 16, versions = 0..=5, flexible = 3..)]
pub struct ListGroupsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    #[kafka(versions = 1.., ignorable)]
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The groups.
    pub groups: Vec<ListedGroup>,
}

/// A group.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ListedGroup {
    /// The id of the group.
    pub group_id: String,
    /// The kind of group: `consumer` for consumers.
    pub protocol_type: String,
    /// The state of the group, as `Stable` or `Empty`.
    #[kafka(versions = 4.., ignorable)]
    pub group_state: String,
    /// The type of the group, as `classic` or `consumer` (KIP-848).
    #[kafka(versions = 5.., ignorable)]
    pub group_type: String,
}
