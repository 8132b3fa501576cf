//! `SyncGroup`: API 14, versions 0 to 5.

use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response};

/// Hands in the leader's assignment, or waits for it.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 14, versions = 0..=5, flexible = 4..)]
pub struct SyncGroupRequest {
    /// The id of the group.
    pub group_id: String,
    /// The generation of the group, which grows with every rebalance.
    pub generation_id: i32,
    /// The id of the member.
    pub member_id: String,
    /// The id of a static member, which survives restarts (KIP-345).
    #[kafka(versions = 3.., default = None)]
    pub group_instance_id: Option<String>,
    /// The kind of group: `consumer` for consumers.
    #[kafka(versions = 5.., default = None, ignorable)]
    pub protocol_type: Option<String>,
    /// The protocol the group has settled on: the name of the assignor.
    #[kafka(versions = 5.., default = None, ignorable)]
    pub protocol_name: Option<String>,
    /// The assignments; empty from all but the leader.
    pub assignments: Vec<SyncGroupRequestAssignment>,
}

/// What the leader assigns to one member.
#[derive(Clone, PartialEq, RequestPart)]
pub struct SyncGroupRequestAssignment {
    /// The id of the member.
    pub member_id: String,
    /// The assignment, encoded by the assignor.
    pub assignment: Bytes,
}

/// The answer to [`SyncGroupRequest`]: what the member is assigned.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 14, versions = 0..=5, flexible = 4..)]
pub struct SyncGroupResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    #[kafka(versions = 1.., ignorable)]
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The kind of group: `consumer` for consumers.
    #[kafka(versions = 5.., default = None, ignorable)]
    pub protocol_type: Option<String>,
    /// The protocol the group has settled on: the name of the assignor.
    #[kafka(versions = 5.., default = None, ignorable)]
    pub protocol_name: Option<String>,
    /// The assignment, encoded by the assignor.
    pub assignment: Bytes,
}
