//! `DeleteAcls`: API 31, versions 1 to 3.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Deletes the access control entries that match filters.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 31, versions = 1..=3, flexible = 2..)]
pub struct DeleteAclsRequest {
    /// The filters, each of which may match many entries.
    pub filters: Vec<DeleteAclsFilter>,
}

/// Which entries to delete.
#[derive(Clone, PartialEq, RequestPart)]
pub struct DeleteAclsFilter {
    /// The kind of resource; 1 for any.
    pub resource_type_filter: i8,
    /// The name of the resource; null for any.
    pub resource_name_filter: Option<String>,
    /// How the resource name is matched; 1 for any, 2 for what would match.
    #[kafka(default = 3)]
    pub pattern_type_filter: i8,
    /// The principal; null for any.
    pub principal_filter: Option<String>,
    /// The host; null for any.
    pub host_filter: Option<String>,
    /// The operation, as a number; 1 in filters means any.
    pub operation: i8,
    /// Whether access is allowed or denied, as a number: 2 denies, 3 allows, 1 in filters means any.
    pub permission_type: i8,
}

/// The answer to [`DeleteAclsRequest`]: the deleted entries, by filter.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 31, versions = 1..=3, flexible = 2..)]
pub struct DeleteAclsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The outcomes, by filter.
    pub filter_results: Vec<DeleteAclsFilterResult>,
}

/// The outcome for one filter.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DeleteAclsFilterResult {
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The entries that matched and were deleted.
    pub matching_acls: Vec<DeleteAclsMatchingAcl>,
}

/// An entry that matched.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DeleteAclsMatchingAcl {
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The kind of resource.
    pub resource_type: i8,
    /// The name of the resource.
    pub resource_name: String,
    /// How the resource name is meant: 3 literally, 4 as a prefix (KIP-290).
    #[kafka(default = 3)]
    pub pattern_type: i8,
    /// The principal, as `User:alice`.
    pub principal: String,
    /// The host to connect to.
    pub host: String,
    /// The operation, as a number; 1 in filters means any.
    pub operation: i8,
    /// Whether access is allowed or denied, as a number: 2 denies, 3 allows, 1 in filters means any.
    pub permission_type: i8,
}
