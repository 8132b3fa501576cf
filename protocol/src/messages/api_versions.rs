use protocol_derive::{Request, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 18, versions = 0..=5, flexible = 3..)]
pub struct ApiVersionsRequest {
    #[kafka(versions = 3.., ignorable)]
    pub client_software_name: String,
    #[kafka(versions = 3.., ignorable)]
    pub client_software_version: String,
    #[kafka(versions = 5.., default = None, ignorable)]
    pub cluster_id: Option<String>,
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub node_id: i32,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 18, versions = 0..=5, flexible = 3..)]
pub struct ApiVersionsResponse {
    pub error_code: i16,
    pub api_keys: Vec<ApiVersion>,
    #[kafka(versions = 1.., ignorable)]
    pub throttle_time_ms: i32,
    #[kafka(versions = 3.., tag = 0, ignorable)]
    pub supported_features: Vec<SupportedFeatureKey>,
    #[kafka(versions = 3.., tag = 1, default = -1, ignorable)]
    pub finalized_features_epoch: i64,
    #[kafka(versions = 3.., tag = 2, ignorable)]
    pub finalized_features: Vec<FinalizedFeatureKey>,
    #[kafka(versions = 3.., tag = 3, ignorable)]
    pub zk_migration_ready: bool,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ApiVersion {
    pub api_key: i16,
    pub min_version: i16,
    pub max_version: i16,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct SupportedFeatureKey {
    pub name: String,
    pub min_version: i16,
    pub max_version: i16,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct FinalizedFeatureKey {
    pub name: String,
    pub max_version_level: i16,
    pub min_version_level: i16,
}
