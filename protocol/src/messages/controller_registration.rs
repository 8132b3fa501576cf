//! `ControllerRegistration`: API 70, versions 0.

use protocol_derive::{Request, RequestPart, Response};

use crate::Uuid;

/// Registers a controller with the active one (KIP-919).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 70, versions = 0, flexible = 0..)]
pub struct ControllerRegistrationRequest {
    /// The id of the controller.
    pub controller_id: i32,
    /// The id of this run of the process.
    pub incarnation_id: Uuid,
    /// Whether the controller is ready for a migration from ZooKeeper (KIP-866).
    pub zk_migration_ready: bool,
    /// The listeners.
    pub listeners: Vec<Listener>,
    /// The features.
    pub features: Vec<Feature>,
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
    /// The security protocol, as a number.
    pub security_protocol: i16,
}

/// A feature and the versions that are supported.
#[derive(Clone, PartialEq, RequestPart)]
pub struct Feature {
    /// The name of the feature.
    pub name: String,
    /// The lowest version that is supported.
    pub min_supported_version: i16,
    /// The highest version that is supported.
    pub max_supported_version: i16,
}

/// The answer to [`ControllerRegistrationRequest`]: whether it is registered.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 70, versions = 0, flexible = 0..)]
pub struct ControllerRegistrationResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
}
