//! `JoinGroup`: API 11, versions 0 to 9.

use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Joins a classic group, and waits until its members are complete.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 11, versions = 0..=9, flexible = 6..)]
pub struct JoinGroupRequest {
    /// The id of the group.
    pub group_id: String,
    /// After which time without a heartbeat the member is taken for dead, in milliseconds.
    pub session_timeout_ms: i32,
    /// How long members may take to rejoin, in milliseconds (KIP-62).
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub rebalance_timeout_ms: i32,
    /// The id of the member; empty before the broker has given one.
    pub member_id: String,
    /// The id of a static member, which survives restarts (KIP-345).
    #[kafka(versions = 5.., default = None)]
    pub group_instance_id: Option<String>,
    /// The kind of group: `consumer` for consumers.
    pub protocol_type: String,
    /// The protocols the member supports, the best first.
    pub protocols: Vec<JoinGroupRequestProtocol>,
    /// Why, in words for the broker's log (KIP-800).
    #[kafka(versions = 8.., default = None, ignorable)]
    pub reason: Option<String>,
}

/// A protocol (an assignor) and what the member says in it.
#[derive(Clone, PartialEq, RequestPart)]
pub struct JoinGroupRequestProtocol {
    /// The name of the protocol: of the assignor, for consumers.
    pub name: String,
    /// What the member says in this protocol: its subscription, for consumers.
    pub metadata: Bytes,
}

/// The answer to [`JoinGroupRequest`]: the generation and, for the leader, all members.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 11, versions = 0..=9, flexible = 6..)]
pub struct JoinGroupResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    #[kafka(versions = 2.., ignorable)]
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The generation of the group, which grows with every rebalance.
    #[kafka(default = -1)]
    pub generation_id: i32,
    /// The kind of group: `consumer` for consumers.
    #[kafka(versions = 7.., default = None, ignorable)]
    pub protocol_type: Option<String>,
    /// The protocol the group has settled on: the name of the assignor.
    #[kafka(nullable = 7..)]
    pub protocol_name: Option<String>,
    /// The id of the member that leads the group, and assigns.
    pub leader: String,
    /// Whether the leader is to leave the assignment as it is (KIP-814).
    #[kafka(versions = 9..)]
    pub skip_assignment: bool,
    /// The id of the member.
    pub member_id: String,
    /// The members with their subscriptions; empty for all but the leader.
    pub members: Vec<JoinGroupResponseMember>,
}

/// A member and what it said of itself.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct JoinGroupResponseMember {
    /// The id of the member.
    pub member_id: String,
    /// The id of a static member, which survives restarts (KIP-345).
    #[kafka(versions = 5.., default = None, ignorable)]
    pub group_instance_id: Option<String>,
    /// What the member said in the chosen protocol: its subscription, for consumers.
    pub metadata: Bytes,
}
