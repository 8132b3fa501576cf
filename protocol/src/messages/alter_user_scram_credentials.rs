//! `AlterUserScramCredentials`: API 51, versions 0.

use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Creates, replaces and deletes SCRAM credentials (KIP-554).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 51, versions = 0, flexible = 0..)]
pub struct AlterUserScramCredentialsRequest {
    /// The credentials to delete.
    pub deletions: Vec<ScramCredentialDeletion>,
    /// The credentials to create or replace.
    pub upsertions: Vec<ScramCredentialUpsertion>,
}

/// A credential to delete.
#[derive(Clone, PartialEq, RequestPart)]
pub struct ScramCredentialDeletion {
    /// The name of the user.
    pub name: String,
    /// The mechanism: 1 SCRAM-SHA-256, 2 SCRAM-SHA-512.
    pub mechanism: i8,
}

/// A credential to create or replace.
#[derive(Clone, PartialEq, RequestPart)]
pub struct ScramCredentialUpsertion {
    /// The name of the user.
    pub name: String,
    /// The mechanism: 1 SCRAM-SHA-256, 2 SCRAM-SHA-512.
    pub mechanism: i8,
    /// The number of iterations of the SCRAM mechanism.
    pub iterations: i32,
    /// The salt.
    pub salt: Bytes,
    /// The salted password.
    #[kafka(secret)]
    pub salted_password: Bytes,
}

/// The answer to [`AlterUserScramCredentialsRequest`]: the outcome for each user.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 51, versions = 0, flexible = 0..)]
pub struct AlterUserScramCredentialsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The outcomes.
    pub results: Vec<AlterUserScramCredentialsResult>,
}

/// The outcome for one user.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AlterUserScramCredentialsResult {
    /// The name of the user.
    pub user: String,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
}
