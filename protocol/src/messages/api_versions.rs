//! `ApiVersions`: API 18, versions 0 to 5.

use protocol_derive::{Request, Response, ResponsePart};

/// Asks for the APIs and versions a broker offers: the first request on a connection.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 18, versions = 0..=5, flexible = 3..)]
pub struct ApiVersionsRequest {
    /// The name of the client's software (KIP-511).
    #[kafka(versions = 3.., ignorable)]
    pub client_software_name: String,
    /// The version of the client's software (KIP-511).
    #[kafka(versions = 3.., ignorable)]
    pub client_software_version: String,
    /// The id of the cluster the client believes to speak to, if it knows it (KIP-1242).
    #[kafka(versions = 5.., default = None, ignorable)]
    pub cluster_id: Option<String>,
    /// The id of the node the client believes to speak to; -1 for unknown (KIP-1242).
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub node_id: i32,
}

/// The answer to [`ApiVersionsRequest`]: the APIs. Its header has version 0 always, and a broker that does
/// not know the version asked in answers in version 0 (KIP-511).
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 18, versions = 0..=5, flexible = 3..)]
pub struct ApiVersionsResponse {
    /// The error, or 0.
    pub error_code: i16,
    /// The APIs the broker offers, with their versions.
    pub api_keys: Vec<ApiVersion>,
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    #[kafka(versions = 1.., ignorable)]
    pub throttle_time_ms: i32,
    /// The features the broker supports (KIP-584).
    #[kafka(versions = 3.., tag = 0, ignorable)]
    pub supported_features: Vec<SupportedFeatureKey>,
    /// The epoch of the features in force; -1 for unknown.
    #[kafka(versions = 3.., tag = 1, default = -1, ignorable)]
    pub finalized_features_epoch: i64,
    /// The features in force in the cluster (KIP-584).
    #[kafka(versions = 3.., tag = 2, ignorable)]
    pub finalized_features: Vec<FinalizedFeatureKey>,
    /// Whether the controller is ready for a migration from ZooKeeper (KIP-866).
    #[kafka(versions = 3.., tag = 3, ignorable)]
    pub zk_migration_ready: bool,
}

/// An API and its versions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ApiVersion {
    /// The number of the API.
    pub api_key: i16,
    /// The lowest version the broker offers.
    pub min_version: i16,
    /// The highest version the broker offers.
    pub max_version: i16,
}

/// A feature and the versions the broker supports.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct SupportedFeatureKey {
    /// The name of the feature.
    pub name: String,
    /// The lowest version.
    pub min_version: i16,
    /// The highest version.
    pub max_version: i16,
}

/// A feature and the version levels in force.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct FinalizedFeatureKey {
    /// The name of the feature.
    pub name: String,
    /// The highest version level that is in force.
    pub max_version_level: i16,
    /// The lowest version level that is in force.
    pub min_version_level: i16,
}
