//! `DescribeClientQuotas`: API 48, versions 0 to 1.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Asks for the quotas of clients (KIP-546).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 48, versions = 0..=1, flexible = 1..)]
pub struct DescribeClientQuotasRequest {
    /// The parts of the entities, all of which must match.
    pub components: Vec<ComponentData>,
    /// Whether entities with parts that are not named are left out.
    pub strict: bool,
}

/// A part of an entity, and how it is matched.
#[derive(Clone, PartialEq, RequestPart)]
pub struct ComponentData {
    /// The kind of entity: `user`, `client-id` or `ip`.
    pub entity_type: String,
    /// How the name is matched: 0 exactly, 1 the default, 2 any that is named.
    pub match_type: i8,
    /// The name, when it is matched exactly.
    pub r#match: Option<String>,
}

/// The answer to [`DescribeClientQuotasRequest`]: the quotas.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 48, versions = 0..=1, flexible = 1..)]
pub struct DescribeClientQuotasResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
    /// The entities and their quotas; null when there is an error.
    pub entries: Option<Vec<EntryData>>,
}

/// An entity and its quotas.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct EntryData {
    /// The entity, part by part.
    pub entity: Vec<EntityData>,
    /// The values.
    pub values: Vec<ValueData>,
}

/// A part of an entity: its kind and name.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct EntityData {
    /// The kind of entity: `user`, `client-id` or `ip`.
    pub entity_type: String,
    /// The name of the entity; null for the default.
    pub entity_name: Option<String>,
}

/// A quota.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ValueData {
    /// The name of the quota, as `producer_byte_rate`.
    pub key: String,
    /// The quota.
    pub value: f64,
}
