//! `BrokerRegistration`: API 62, versions 0 to 4.

use protocol_derive::{Request, RequestPart, Response};

use crate::Uuid;

/// Registers a broker with the controller (KIP-631).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 62, versions = 0..=4, flexible = 0..)]
pub struct BrokerRegistrationRequest {
    /// The id of the broker.
    pub broker_id: i32,
    /// The id of the cluster.
    pub cluster_id: String,
    /// The id of this run of the process.
    pub incarnation_id: Uuid,
    /// The listeners.
    pub listeners: Vec<Listener>,
    /// The features.
    pub features: Vec<Feature>,
    /// The rack of the node, if it has one.
    pub rack: Option<String>,
    /// Whether the broker is in a migration from ZooKeeper (KIP-866).
    #[kafka(versions = 1..)]
    pub is_migrating_zk_broker: bool,
    /// The ids of the broker's log directories (KIP-858).
    #[kafka(versions = 2.., ignorable)]
    pub log_dirs: Vec<Uuid>,
    /// The epoch before a clean shutdown; -1 for none (KIP-966).
    #[kafka(versions = 3.., default = -1, ignorable)]
    pub previous_broker_epoch: i64,
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

/// The answer to [`BrokerRegistrationRequest`]: the epoch of the broker.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 62, versions = 0..=4, flexible = 0..)]
pub struct BrokerRegistrationResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The epoch the broker got at its registration.
    #[kafka(default = -1)]
    pub broker_epoch: i64,
}
