//! `Heartbeat`: API 12, versions 0 to 4.

use protocol_derive::{Request, Response};

/// Says that the member of a classic group lives.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 12, versions = 0..=4, flexible = 4..)]
pub struct HeartbeatRequest {
    /// The id of the group.
    pub group_id: String,
    /// The generation of the group, which grows with every rebalance.
    pub generation_id: i32,
    /// The id of the member.
    pub member_id: String,
    /// The id of a static member, which survives restarts (KIP-345).
    #[kafka(versions = 3.., default = None)]
    pub group_instance_id: Option<String>,
}

/// The answer to [`HeartbeatRequest`]: whether the group goes on or rebalances.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 12, versions = 0..=4, flexible = 4..)]
pub struct HeartbeatResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    #[kafka(versions = 1.., ignorable)]
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
}
