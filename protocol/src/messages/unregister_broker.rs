//! `UnregisterBroker`: API 64, versions 0.

use protocol_derive::{Request, Response};

/// Takes a broker out of the cluster (KIP-631).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 64, versions = 0, flexible = 0..)]
pub struct UnregisterBrokerRequest {
    /// The id of the broker.
    pub broker_id: i32,
}

/// The answer to [`UnregisterBrokerRequest`]: whether it is out.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 64, versions = 0, flexible = 0..)]
pub struct UnregisterBrokerResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
}
