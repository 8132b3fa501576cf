//! `LeaveGroup`: API 13, versions 0 to 5.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Takes members out of a classic group.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 13, versions = 0..=5, flexible = 4..)]
pub struct LeaveGroupRequest {
    /// The id of the group.
    pub group_id: String,
    /// The id of the member.
    #[kafka(versions = 0..=2)]
    pub member_id: String,
    /// The members that leave (KIP-345).
    #[kafka(versions = 3..)]
    pub members: Vec<MemberIdentity>,
}

/// A member that leaves.
#[derive(Clone, PartialEq, RequestPart)]
pub struct MemberIdentity {
    /// The id of the member.
    pub member_id: String,
    /// The id of a static member, which survives restarts (KIP-345).
    #[kafka(default = None)]
    pub group_instance_id: Option<String>,
    /// Why, in words for the broker's log (KIP-800).
    #[kafka(versions = 5.., default = None, ignorable)]
    pub reason: Option<String>,
}

/// The answer to [`LeaveGroupRequest`]: the outcome for each member.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 13, versions = 0..=5, flexible = 4..)]
pub struct LeaveGroupResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    #[kafka(versions = 1.., ignorable)]
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The members.
    #[kafka(versions = 3..)]
    pub members: Vec<MemberResponse>,
}

/// The outcome for one member.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct MemberResponse {
    /// The id of the member.
    pub member_id: String,
    /// The id of a static member, which survives restarts (KIP-345).
    pub group_instance_id: Option<String>,
    /// The error, or 0.
    pub error_code: i16,
}
