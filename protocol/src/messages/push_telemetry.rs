//! `PushTelemetry`: API 72, versions 0.

use bytes::Bytes;
use protocol_derive::{Request, Response};

use crate::Uuid;

/// Sends metrics of the client (KIP-714).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 72, versions = 0, flexible = 0..)]
pub struct PushTelemetryRequest {
    /// The id of the client instance (KIP-714).
    pub client_instance_id: Uuid,
    /// The id of the subscription the metrics are for.
    pub subscription_id: i32,
    /// Whether this is the last push of the client.
    pub terminating: bool,
    /// The codec of the metrics, as in record batches.
    pub compression_type: i8,
    /// The metrics, encoded as OpenTelemetry's `MetricsData` and compressed.
    pub metrics: Bytes,
}

/// The answer to [`PushTelemetryRequest`]: whether they were taken.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 72, versions = 0, flexible = 0..)]
pub struct PushTelemetryResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
}
