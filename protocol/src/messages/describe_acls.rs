//! `DescribeAcls`: API 29, versions 1 to 3.

use protocol_derive::{Request, Response, ResponsePart};

/// Asks for the access control entries that match a filter.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 29, versions = 1..=3, flexible = 2..)]
pub struct DescribeAclsRequest {
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

/// The answer to [`DescribeAclsRequest`]: the entries, by resource.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 29, versions = 1..=3, flexible = 2..)]
pub struct DescribeAclsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The resources.
    pub resources: Vec<DescribeAclsResource>,
}

/// A resource and its entries.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeAclsResource {
    /// The kind of resource.
    pub resource_type: i8,
    /// The name of the resource.
    pub resource_name: String,
    /// How the resource name is meant: 3 literally, 4 as a prefix (KIP-290).
    #[kafka(default = 3)]
    pub pattern_type: i8,
    /// The entries.
    pub acls: Vec<AclDescription>,
}

/// An entry: who may do what, from where.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AclDescription {
    /// The principal, as `User:alice`.
    pub principal: String,
    /// The host to connect to.
    pub host: String,
    /// The operation, as a number; 1 in filters means any.
    pub operation: i8,
    /// Whether access is allowed or denied, as a number: 2 denies, 3 allows, 1 in filters means any.
    pub permission_type: i8,
}
