//! `FindCoordinator`: API 10, versions 0 to 6.

use protocol_derive::{Request, Response, ResponsePart};

/// Asks which broker coordinates groups or transactions.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 10, versions = 0..=6, flexible = 3..)]
pub struct FindCoordinatorRequest {
    /// The id whose coordinator is sought: of a group or a transaction.
    #[kafka(versions = 0..=3)]
    pub key: String,
    /// What the keys are: 0 groups, 1 transactional ids, 2 share-group partitions.
    #[kafka(versions = 1..)]
    pub key_type: i8,
    /// The ids whose coordinators are sought (KIP-699).
    #[kafka(versions = 4..)]
    pub coordinator_keys: Vec<String>,
}

/// The answer to [`FindCoordinatorRequest`]: the coordinators.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 10, versions = 0..=6, flexible = 3..)]
pub struct FindCoordinatorResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    #[kafka(versions = 1.., ignorable)]
    pub throttle_time_ms: i32,
    /// The error, or 0.
    #[kafka(versions = 0..=3)]
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(versions = 1..=3, ignorable)]
    pub error_message: Option<String>,
    /// The id of the node.
    #[kafka(versions = 0..=3)]
    pub node_id: i32,
    /// The host to connect to.
    #[kafka(versions = 0..=3)]
    pub host: String,
    /// The port to connect to.
    #[kafka(versions = 0..=3)]
    pub port: i32,
    /// The coordinators.
    #[kafka(versions = 4..)]
    pub coordinators: Vec<Coordinator>,
}

/// The coordinator of one key.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct Coordinator {
    /// The key that was asked for.
    pub key: String,
    /// The id of the node.
    pub node_id: i32,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
}
