//! `RemoveRaftVoter`: API 81, versions 0.

use protocol_derive::{Request, Response};

use crate::Uuid;

/// Removes a voter from the metadata quorum (KIP-853).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 81, versions = 0, flexible = 0..)]
pub struct RemoveRaftVoterRequest {
    /// The id of the cluster.
    pub cluster_id: Option<String>,
    /// The id of the voter.
    pub voter_id: i32,
    /// The id of the voter's metadata directory (KIP-853).
    pub voter_directory_id: Uuid,
}

/// The answer to [`RemoveRaftVoterRequest`]: whether it was removed.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 81, versions = 0, flexible = 0..)]
pub struct RemoveRaftVoterResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
}
