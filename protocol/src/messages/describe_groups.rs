//! `DescribeGroups`: API 15, versions 0 to 6.

use bytes::Bytes;
use protocol_derive::{Request, Response, ResponsePart};

/// Asks for state and members of classic groups.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 15, versions = 0..=6, flexible = 5..)]
pub struct DescribeGroupsRequest {
    /// The ids of the groups.
    pub groups: Vec<String>,
    /// Whether to say what the client may do with each group (KIP-430).
    #[kafka(versions = 3..)]
    pub include_authorized_operations: bool,
}

/// The answer to [`DescribeGroupsRequest`]: the groups.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 15, versions = 0..=6, flexible = 5..)]
pub struct DescribeGroupsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    #[kafka(versions = 1.., ignorable)]
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
    #[kafka(versions = 6.., default = None)]
    pub error_message: Option<String>,
    /// The id of the group.
    pub group_id: String,
    /// The state of the group, as `Stable` or `Empty`.
    pub group_state: String,
    /// The kind of group: `consumer` for consumers.
    pub protocol_type: String,
    /// The protocol the group has settled on: the name of the assignor.
    pub protocol_data: String,
    /// The members.
    pub members: Vec<DescribedGroupMember>,
    /// What the client may do, one bit for each operation; `i32::MIN` when not asked for (KIP-430).
    #[kafka(versions = 3.., default = i32::MIN)]
    pub authorized_operations: i32,
}

/// A member of a group.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribedGroupMember {
    /// The id of the member.
    pub member_id: String,
    /// The id of a static member, which survives restarts (KIP-345).
    #[kafka(versions = 4.., default = None, ignorable)]
    pub group_instance_id: Option<String>,
    /// What the client calls itself.
    pub client_id: String,
    /// The host the member connects from.
    pub client_host: String,
    /// What the member said when it joined: its subscription, for consumers.
    pub member_metadata: Bytes,
    /// What the leader assigned to the member.
    pub member_assignment: Bytes,
}
