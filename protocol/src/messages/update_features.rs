//! `UpdateFeatures`: API 57, versions 0 to 2.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Changes the version levels of features of the cluster (KIP-584).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 57, versions = 0..=2, flexible = 0..)]
pub struct UpdateFeaturesRequest {
    /// How long the broker may take, in milliseconds.
    #[kafka(default = 60000)]
    pub timeout_ms: i32,
    /// The features to change.
    pub feature_updates: Vec<FeatureUpdateKey>,
    /// Whether to check the request and change nothing.
    #[kafka(versions = 1..)]
    pub validate_only: bool,
}

/// A feature and the level it is to have.
#[derive(Clone, PartialEq, RequestPart)]
pub struct FeatureUpdateKey {
    /// The name of the feature.
    pub feature: String,
    /// The level the feature is to have; below 1 to remove it.
    pub max_version_level: i16,
    /// Whether the level may be lowered.
    #[kafka(versions = 0)]
    pub allow_downgrade: bool,
    /// Which way: 1 upgrade, 2 safe downgrade, 3 unsafe downgrade (KIP-778).
    #[kafka(versions = 1.., default = 1)]
    pub upgrade_type: i8,
}

/// The answer to [`UpdateFeaturesRequest`]: the outcome.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 57, versions = 0..=2, flexible = 0..)]
pub struct UpdateFeaturesResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The outcomes.
    #[kafka(versions = 0..=1, ignorable)]
    pub results: Vec<UpdatableFeatureResult>,
}

/// The outcome for one feature.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct UpdatableFeatureResult {
    /// The name of the feature.
    pub feature: String,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
}
