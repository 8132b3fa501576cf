//! `AlterClientQuotas`: API 49, versions 0 to 1.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Changes the quotas of clients (KIP-546).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 49, versions = 0..=1, flexible = 1..)]
pub struct AlterClientQuotasRequest {
    /// The entries.
    pub entries: Vec<RequestEntryData>,
    /// Whether to check the request and change nothing.
    pub validate_only: bool,
}

/// An entity and the changes of its quotas.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestEntryData {
    /// The entity, part by part.
    pub entity: Vec<RequestEntityData>,
    /// The changes.
    pub ops: Vec<OpData>,
}

/// A part of an entity: its kind and name.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestEntityData {
    /// The kind of entity: `user`, `client-id` or `ip`.
    pub entity_type: String,
    /// The name of the entity; null for the default.
    pub entity_name: Option<String>,
}

/// A change of a quota.
#[derive(Clone, PartialEq, RequestPart)]
pub struct OpData {
    /// The name of the quota, as `producer_byte_rate`.
    pub key: String,
    /// The new quota.
    pub value: f64,
    /// Whether to remove the quota.
    pub remove: bool,
}

/// The answer to [`AlterClientQuotasRequest`]: the outcome for each entity.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 49, versions = 0..=1, flexible = 1..)]
pub struct AlterClientQuotasResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The entries.
    pub entries: Vec<ResponseEntryData>,
}

/// The outcome for one entity.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseEntryData {
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The entity, part by part.
    pub entity: Vec<ResponseEntityData>,
}

/// A part of an entity: its kind and name.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseEntityData {
    /// The kind of entity: `user`, `client-id` or `ip`.
    pub entity_type: String,
    /// The name of the entity; null for the default.
    pub entity_name: Option<String>,
}
