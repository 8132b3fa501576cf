use bytes::Bytes;
use protocol_derive::{Request, Response};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 72, versions = 0, flexible = 0..)]
pub struct PushTelemetryRequest {
    pub client_instance_id: Uuid,
    pub subscription_id: i32,
    pub terminating: bool,
    pub compression_type: i8,
    pub metrics: Bytes,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 72, versions = 0, flexible = 0..)]
pub struct PushTelemetryResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
}
