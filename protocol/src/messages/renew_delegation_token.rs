//! `RenewDelegationToken`: API 39, versions 1 to 2.

use bytes::Bytes;
use protocol_derive::{Request, Response};

/// Prolongs a delegation token (KIP-48).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 39, versions = 1..=2, flexible = 2..)]
pub struct RenewDelegationTokenRequest {
    /// The secret of the token.
    #[kafka(secret)]
    pub hmac: Bytes,
    /// How long the token is to live from now on, in milliseconds.
    pub renew_period_ms: i64,
}

/// The answer to [`RenewDelegationTokenRequest`]: when the token expires.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 39, versions = 1..=2, flexible = 2..)]
pub struct RenewDelegationTokenResponse {
    /// The error, or 0.
    pub error_code: i16,
    /// When the token expires, in milliseconds since 1970.
    pub expiry_timestamp_ms: i64,
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
}
