//! `DescribeDelegationToken`: API 41, versions 1 to 3.

use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Asks for delegation tokens (KIP-48).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 41, versions = 1..=3, flexible = 2..)]
pub struct DescribeDelegationTokenRequest {
    /// The owners whose tokens are described; null for all.
    pub owners: Option<Vec<DescribeDelegationTokenOwner>>,
}

/// An owner of tokens.
#[derive(Clone, PartialEq, RequestPart)]
pub struct DescribeDelegationTokenOwner {
    /// The type of the principal, as `User`.
    pub principal_type: String,
    /// The name of the principal.
    pub principal_name: String,
}

/// The answer to [`DescribeDelegationTokenRequest`]: the tokens.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 41, versions = 1..=3, flexible = 2..)]
pub struct DescribeDelegationTokenResponse {
    /// The error, or 0.
    pub error_code: i16,
    /// The tokens.
    pub tokens: Vec<DescribedDelegationToken>,
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
}

/// A token.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribedDelegationToken {
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
    pub issue_timestamp: i64,
    /// When the token expires, in milliseconds since 1970.
    pub expiry_timestamp: i64,
    /// The latest time the token can be renewed to, in milliseconds since 1970.
    pub max_timestamp: i64,
    /// The id of the token.
    pub token_id: String,
    /// The secret of the token.
    #[kafka(secret)]
    pub hmac: Bytes,
    /// Who may renew the token besides its owner.
    pub renewers: Vec<DescribedDelegationTokenRenewer>,
}

/// Who may renew the token.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribedDelegationTokenRenewer {
    /// The type of the principal, as `User`.
    pub principal_type: String,
    /// The name of the principal.
    pub principal_name: String,
}
