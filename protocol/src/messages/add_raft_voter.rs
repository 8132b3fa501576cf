//! `AddRaftVoter`: API 80, versions 0 to 1.

use protocol_derive::{Request, RequestPart, Response};

use crate::Uuid;

/// Adds a voter to the metadata quorum (KIP-853).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 80, versions = 0..=1, flexible = 0..)]
pub struct AddRaftVoterRequest {
    /// The id of the cluster.
    pub cluster_id: Option<String>,
    /// How long the broker may take, in milliseconds.
    pub timeout_ms: i32,
    /// The id of the voter.
    pub voter_id: i32,
    /// The id of the voter's metadata directory (KIP-853).
    pub voter_directory_id: Uuid,
    /// The listeners.
    pub listeners: Vec<Listener>,
    /// Whether to answer only when the change is committed.
    #[kafka(versions = 1.., default = true)]
    pub ack_when_committed: bool,
}

/// Where a node listens.
#[derive(Clone, PartialEq, RequestPart)]
pub struct Listener {
    /// The name of the listener.
    pub name: String,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: u16,
}

/// The answer to [`AddRaftVoterRequest`]: whether it was added.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 80, versions = 0..=1, flexible = 0..)]
pub struct AddRaftVoterResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
}
