//! `ExpireDelegationToken`: API 40, versions 1 to 2.

use bytes::Bytes;
use protocol_derive::{Request, Response};

/// Shortens the life of a delegation token (KIP-48).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 40, versions = 1..=2, flexible = 2..)]
pub struct ExpireDelegationTokenRequest {
    /// The secret of the token.
    #[kafka(secret)]
    pub hmac: Bytes,
    /// After which time the token is to expire, in milliseconds; negative for at once.
    pub expiry_time_period_ms: i64,
}

/// The answer to [`ExpireDelegationTokenRequest`]: when the token expires.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 40, versions = 1..=2, flexible = 2..)]
pub struct ExpireDelegationTokenResponse {
    /// The error, or 0.
    pub error_code: i16,
    /// When the token expires, in milliseconds since 1970.
    pub expiry_timestamp_ms: i64,
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
}
