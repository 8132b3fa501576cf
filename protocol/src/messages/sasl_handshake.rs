//! `SaslHandshake`: API 17, versions 0 to 1.

use protocol_derive::{Request, Response};

/// Chooses the SASL mechanism (KIP-43).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 17, versions = 0..=1)]
pub struct SaslHandshakeRequest {
    /// The mechanism the client wants, as `SCRAM-SHA-512`.
    pub mechanism: String,
}

/// The answer to [`SaslHandshakeRequest`]: whether the mechanism is offered.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 17, versions = 0..=1)]
pub struct SaslHandshakeResponse {
    /// The error, or 0.
    pub error_code: i16,
    /// The mechanisms the broker offers.
    pub mechanisms: Vec<String>,
}
