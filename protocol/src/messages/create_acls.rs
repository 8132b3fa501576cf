//! `CreateAcls`: API 30, versions 1 to 3.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Creates access control entries.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 30, versions = 1..=3, flexible = 2..)]
pub struct CreateAclsRequest {
    /// The entries to create.
    pub creations: Vec<AclCreation>,
}

/// An entry to create.
#[derive(Clone, PartialEq, RequestPart)]
pub struct AclCreation {
    /// The kind of resource.
    pub resource_type: i8,
    /// The name of the resource.
    pub resource_name: String,
    /// How the resource name is meant: 3 literally, 4 as a prefix (KIP-290).
    #[kafka(default = 3)]
    pub resource_pattern_type: i8,
    /// The principal, as `User:alice`.
    pub principal: String,
    /// The host to connect to.
    pub host: String,
    /// The operation, as a number; 1 in filters means any.
    pub operation: i8,
    /// Whether access is allowed or denied, as a number: 2 denies, 3 allows, 1 in filters means any.
    pub permission_type: i8,
}

/// The answer to [`CreateAclsRequest`]: the outcome for each entry, in the order of the request.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 30, versions = 1..=3, flexible = 2..)]
pub struct CreateAclsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The outcomes.
    pub results: Vec<AclCreationResult>,
}

/// The outcome for one entry.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AclCreationResult {
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
}
