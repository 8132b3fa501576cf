//! `DescribeUserScramCredentials`: API 50, versions 0.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Asks which SCRAM credentials users have (KIP-554).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 50, versions = 0, flexible = 0..)]
pub struct DescribeUserScramCredentialsRequest {
    /// The users; null for all.
    pub users: Option<Vec<UserName>>,
}

/// A user.
#[derive(Clone, PartialEq, RequestPart)]
pub struct UserName {
    /// The name of the user.
    pub name: String,
}

/// The answer to [`DescribeUserScramCredentialsRequest`]: the credentials, without their secrets.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 50, versions = 0, flexible = 0..)]
pub struct DescribeUserScramCredentialsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The outcomes.
    pub results: Vec<DescribeUserScramCredentialsResult>,
}

/// A user and the credentials there are.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeUserScramCredentialsResult {
    /// The name of the user.
    pub user: String,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The credentials of the user.
    pub credential_infos: Vec<CredentialInfo>,
}

/// A credential, without its secrets.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct CredentialInfo {
    /// The mechanism: 1 SCRAM-SHA-256, 2 SCRAM-SHA-512.
    pub mechanism: i8,
    /// The number of iterations of the SCRAM mechanism.
    pub iterations: i32,
}
