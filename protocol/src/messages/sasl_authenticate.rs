//! `SaslAuthenticate`: API 36, versions 0 to 2.

use bytes::Bytes;
use protocol_derive::{Request, Response};

/// A message of the SASL exchange (KIP-152).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 36, versions = 0..=2, flexible = 2..)]
pub struct SaslAuthenticateRequest {
    /// The message of the mechanism.
    #[kafka(secret)]
    pub auth_bytes: Bytes,
}

/// The answer to [`SaslAuthenticateRequest`]: the broker's message.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 36, versions = 0..=2, flexible = 2..)]
pub struct SaslAuthenticateResponse {
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The message of the mechanism.
    #[kafka(secret)]
    pub auth_bytes: Bytes,
    /// After which time the connection must authenticate again, in milliseconds; 0 for never (KIP-368).
    #[kafka(versions = 1.., ignorable)]
    pub session_lifetime_ms: i64,
}
