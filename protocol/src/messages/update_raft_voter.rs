//! `UpdateRaftVoter`: API 82, versions 0.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Tells the leader of the metadata quorum a voter's endpoints and versions (KIP-853).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 82, versions = 0, flexible = 0..)]
pub struct UpdateRaftVoterRequest {
    /// The id of the cluster.
    pub cluster_id: Option<String>,
    /// The leader epoch the client knows; a broker that knows another refuses (KIP-320). -1 for none.
    pub current_leader_epoch: i32,
    /// The id of the voter.
    pub voter_id: i32,
    /// The id of the voter's metadata directory (KIP-853).
    pub voter_directory_id: Uuid,
    /// The listeners.
    pub listeners: Vec<Listener>,
    /// The versions of `kraft.version` that the voter supports.
    pub kraft_version_feature: KRaftVersionFeature,
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

/// The versions of `kraft.version` that a voter supports.
#[derive(Clone, PartialEq, RequestPart)]
pub struct KRaftVersionFeature {
    /// The lowest version that is supported.
    pub min_supported_version: i16,
    /// The highest version that is supported.
    pub max_supported_version: i16,
}

/// The answer to [`UpdateRaftVoterRequest`]: whether it was updated.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 82, versions = 0, flexible = 0..)]
pub struct UpdateRaftVoterResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The leader as the node knows it.
    #[kafka(tag = 0)]
    pub current_leader: CurrentLeader,
}

/// The leader, and where to reach it.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct CurrentLeader {
    /// The id of the broker that leads.
    #[kafka(default = -1)]
    pub leader_id: i32,
    /// The epoch of the partition's leader, which grows with every change of leadership.
    #[kafka(default = -1)]
    pub leader_epoch: i32,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: i32,
}
