//! `GetTelemetrySubscriptions`: API 71, versions 0.

use protocol_derive::{Request, Response};

use crate::Uuid;

/// Asks which metrics the broker wants from the client (KIP-714).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 71, versions = 0, flexible = 0..)]
pub struct GetTelemetrySubscriptionsRequest {
    /// The id of the client instance (KIP-714).
    pub client_instance_id: Uuid,
}

/// The answer to [`GetTelemetrySubscriptionsRequest`]: the metrics, and how often to send them.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 71, versions = 0, flexible = 0..)]
pub struct GetTelemetrySubscriptionsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The id of the client instance (KIP-714).
    pub client_instance_id: Uuid,
    /// The id of the subscription the metrics are for.
    pub subscription_id: i32,
    /// The codecs the broker takes, the best first.
    pub accepted_compression_types: Vec<i8>,
    /// How often to send metrics, in milliseconds.
    pub push_interval_ms: i32,
    /// The most bytes of metrics to send at once.
    pub telemetry_max_bytes: i32,
    /// Whether counters are sent as differences; otherwise as totals.
    pub delta_temporality: bool,
    /// The prefixes of the metrics to send: none when empty, all for one empty text.
    pub requested_metrics: Vec<String>,
}
