use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 57, versions = 0..=2, flexible = 0..)]
pub struct UpdateFeaturesRequest {
    #[kafka(default = 60000)]
    pub timeout_ms: i32,
    pub feature_updates: Vec<FeatureUpdateKey>,
    #[kafka(versions = 1..)]
    pub validate_only: bool,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct FeatureUpdateKey {
    pub feature: String,
    pub max_version_level: i16,
    #[kafka(versions = 0)]
    pub allow_downgrade: bool,
    #[kafka(versions = 1.., default = 1)]
    pub upgrade_type: i8,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 57, versions = 0..=2, flexible = 0..)]
pub struct UpdateFeaturesResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    #[kafka(versions = 0..=1, ignorable)]
    pub results: Vec<UpdatableFeatureResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct UpdatableFeatureResult {
    pub feature: String,
    pub error_code: i16,
    pub error_message: Option<String>,
}
