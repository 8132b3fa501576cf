//! `DescribeCluster`: API 60, versions 0 to 2.

use protocol_derive::{Request, Response, ResponsePart};

/// Asks for the nodes of the cluster (KIP-700).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 60, versions = 0..=2, flexible = 0..)]
pub struct DescribeClusterRequest {
    /// Whether to say what the client may do with the cluster (KIP-430).
    pub include_cluster_authorized_operations: bool,
    /// Whose endpoints: 1 of brokers, 2 of controllers (KIP-919).
    #[kafka(versions = 1.., default = 1)]
    pub endpoint_type: i8,
    /// Whether to list brokers that are fenced off (KIP-1073).
    #[kafka(versions = 2..)]
    pub include_fenced_brokers: bool,
}

/// The answer to [`DescribeClusterRequest`]: the nodes.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 60, versions = 0..=2, flexible = 0..)]
pub struct DescribeClusterResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
    /// Whose endpoints: 1 of brokers, 2 of controllers (KIP-919).
    #[kafka(versions = 1.., default = 1)]
    pub endpoint_type: i8,
    /// The id of the cluster.
    pub cluster_id: String,
    /// The id of the controller.
    #[kafka(default = -1)]
    pub controller_id: i32,
    /// The brokers.
    pub brokers: Vec<DescribeClusterBroker>,
    /// What the client may do with the cluster, one bit for each operation; `i32::MIN` when not asked for
    /// (KIP-430).
    #[kafka(default = i32::MIN)]
    pub cluster_authorized_operations: i32,
}

/// A node.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeClusterBroker {
    /// The id of the broker.
    pub broker_id: i32,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: i32,
    /// The rack of the node, if it has one.
    #[kafka(default = None)]
    pub rack: Option<String>,
    /// Whether the broker is fenced off.
    #[kafka(versions = 2..)]
    pub is_fenced: bool,
}
