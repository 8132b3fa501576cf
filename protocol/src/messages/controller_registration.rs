use protocol_derive::{Request, RequestPart, Response};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 70, versions = 0, flexible = 0..)]
pub struct ControllerRegistrationRequest {
    pub controller_id: i32,
    pub incarnation_id: Uuid,
    pub zk_migration_ready: bool,
    pub listeners: Vec<Listener>,
    pub features: Vec<Feature>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct Listener {
    pub name: String,
    pub host: String,
    pub port: u16,
    pub security_protocol: i16,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct Feature {
    pub name: String,
    pub min_supported_version: i16,
    pub max_supported_version: i16,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 70, versions = 0, flexible = 0..)]
pub struct ControllerRegistrationResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
}
