//! `CreateDelegationToken`: API 38, versions 1 to 3.

use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response};

/// Creates a delegation token (KIP-48).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 38, versions = 1..=3, flexible = 2..)]
pub struct CreateDelegationTokenRequest {
    /// The type of the token's owner; null for whoever asks (KIP-373).
    #[kafka(versions = 3..)]
    pub owner_principal_type: Option<String>,
    /// The name of the token's owner; null for whoever asks (KIP-373).
    #[kafka(versions = 3..)]
    pub owner_principal_name: Option<String>,
    /// Who may renew the token besides its owner.
    pub renewers: Vec<CreatableRenewers>,
    /// How long the token can live at most, in milliseconds; -1 for as long as the broker allows.
    pub max_lifetime_ms: i64,
}

/// Who may renew the token.
#[derive(Clone, PartialEq, RequestPart)]
pub struct CreatableRenewers {
    /// The type of the principal, as `User`.
    pub principal_type: String,
    /// The name of the principal.
    pub principal_name: String,
}

/// The answer to [`CreateDelegationTokenRequest`]: the token.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 38, versions = 1..=3, flexible = 2..)]
pub struct CreateDelegationTokenResponse {
    /// The error, or 0.
    pub error_code: i16,
    /// The type of the principal, as `User`.
    pub principal_type: String,
    /// The name of the principal.
    pub principal_name: String,
    /// The type of the principal that asked for the token (KIP-373).
    #[kafka(versions = 3..)]
    pub token_requester_principal_type: String,
    /// The name of the principal that asked for the token (KIP-373).
    #[kafka(versions = 3..)]
    pub token_requester_principal_name: String,
    /// When the token was made, in milliseconds since 1970.
    pub issue_timestamp_ms: i64,
    /// When the token expires, in milliseconds since 1970.
    pub expiry_timestamp_ms: i64,
    /// The latest time the token can be renewed to, in milliseconds since 1970.
    pub max_timestamp_ms: i64,
    /// The id of the token.
    pub token_id: String,
    /// The secret of the token.
    #[kafka(secret)]
    pub hmac: Bytes,
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
}
