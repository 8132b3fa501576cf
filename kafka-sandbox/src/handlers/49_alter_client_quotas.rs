//! AlterClientQuotas: sets quotas and takes them away (KIP-546).

use std::collections::{BTreeMap, BTreeSet};

use protocol::ErrorCode;
use protocol::messages::alter_client_quotas::{
    AlterClientQuotasRequest, AlterClientQuotasResponse, OpData, RequestEntityData, RequestEntryData,
    ResponseEntityData, ResponseEntryData,
};

use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::quota::{CLIENT_ID, Entity, IP, USER};
use crate::security::acl::Operation;
use crate::state::Change;

impl Handle for AlterClientQuotasRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<AlterClientQuotasResponse> {
        if !call.authorize_cluster(Operation::AlterConfigs) {
            return Reply::Now(self.refuse(call, ErrorCode::CLUSTER_AUTHORIZATION_FAILED));
        }
        let validate_only = self.validate_only;
        let mut entries = Vec::with_capacity(self.entries.len());
        let repeated = repeated(&self.entries);
        let mut told = BTreeSet::new();
        for entry in self.entries {
            let name = java_text(&entry.entity);
            if repeated.contains(&name) {
                if told.insert(name.clone()) {
                    let text = format!("Ignoring duplicate entity ClientQuotaEntity(entries={name})");
                    entries.push(answer(entry, Some(invalid(text))));
                }
                continue;
            }
            let outcome = read(&entry).and_then(|(entity, changes)| {
                if validate_only {
                    return Ok(());
                }
                changes.into_iter().try_for_each(|(key, value)| {
                    let entity = entity.clone();
                    let change = Change::SetQuota { entity, key, value };
                    call.state.commit(call.now, change).map_err(Refusal::from)
                })
            });
            entries.push(answer(entry, outcome.err()));
        }
        Reply::Now(AlterClientQuotasResponse {
            entries,
            ..AlterClientQuotasResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> AlterClientQuotasResponse {
        let entries = self.entries.into_iter();
        AlterClientQuotasResponse {
            entries: entries
                .map(|entry| answer(entry, Some(Refusal::from(code))))
                .collect(),
            ..AlterClientQuotasResponse::default()
        }
    }
}

/// The entities that are there more than once, or have a key more than once.
fn repeated(entries: &[RequestEntryData]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let repeated = entries.iter().filter_map(|entry| {
        let name = java_text(&entry.entity);
        let mut keys = BTreeSet::new();
        let has_key_twice = entry.ops.iter().any(|op| !keys.insert(&op.key));
        (!seen.insert(name.clone()) || has_key_twice).then_some(name)
    });
    repeated.collect()
}

/// An entity as Java prints a map.
fn java_text(parts: &[RequestEntityData]) -> String {
    let parts: BTreeMap<&str, &str> = parts
        .iter()
        .map(|part| {
            (
                part.entity_type.as_str(),
                part.entity_name.as_deref().unwrap_or("null"),
            )
        })
        .collect();
    let parts: Vec<String> = parts
        .iter()
        .map(|(kind, name)| format!("{kind}={name}"))
        .collect();
    format!("{{{}}}", parts.join(", "))
}

fn answer(entry: RequestEntryData, refusal: Option<Refusal>) -> ResponseEntryData {
    let entity = entry.entity.into_iter().map(|part| ResponseEntityData {
        entity_type: part.entity_type,
        entity_name: part.entity_name,
    });
    ResponseEntryData {
        entity: entity.collect(),
        error_code: refusal.as_ref().map_or(0, |refusal| refusal.code.0),
        error_message: refusal.and_then(|refusal| refusal.message),
    }
}

/// Quotas by their names, with their new values: none takes one away.
type Changes = Vec<(String, Option<f64>)>;

fn read(entry: &RequestEntryData) -> Result<(Entity, Changes), Refusal> {
    let entity = read_entity(&entry.entity)?;
    let mut changes = Changes::with_capacity(entry.ops.len());
    for op in &entry.ops {
        if !entity.keys().contains(&op.key.as_str()) {
            return Err(invalid(format!("Invalid configuration key {}", op.key)));
        }
        let value = if op.remove { None } else { Some(read_value(op)?) };
        changes.push((op.key.clone(), value));
    }
    Ok((entity, changes))
}

fn invalid(text: impl Into<String>) -> Refusal {
    Refusal::new(ErrorCode::INVALID_REQUEST, text)
}

fn read_entity(parts: &[RequestEntityData]) -> Result<Entity, Refusal> {
    if parts.is_empty() {
        return Err(invalid("Invalid empty client quota entity"));
    }
    let mut entity = Entity::default();
    for part in parts {
        let kind = part.entity_type.as_str();
        if ![USER, CLIENT_ID, IP].contains(&kind) {
            return Err(invalid(format!("Unhandled client quota entity type: {kind}")));
        }
        if part.entity_name.as_deref() == Some("") {
            return Err(invalid(format!("Empty {kind} not supported")));
        }
        entity.0.insert(kind.to_owned(), part.entity_name.clone());
    }
    if entity.0.contains_key(IP) && entity.0.len() > 1 {
        return Err(invalid(
            "Invalid quota entity combination, IP entity shouldnot be combined with User or ClientId",
        ));
    }
    if let Some(Some(address)) = entity.0.get(IP)
        && address.parse::<std::net::IpAddr>().is_err()
    {
        return Err(invalid(format!(
            "{address} is not a valid IP or resolvable host."
        )));
    }
    Ok(entity)
}

fn read_value(op: &OpData) -> Result<f64, Refusal> {
    let (key, value) = (&op.key, op.value);
    if !value.is_finite() {
        return Err(invalid(format!("Quota {key} must be a finite number")));
    }
    if value <= 0.0 {
        return Err(invalid(format!("Quota {key} must be greater than 0")));
    }
    let whole = match key.as_str() {
        "producer_byte_rate" | "consumer_byte_rate" => Some((LONG_END, "LONG")),
        "connection_creation_rate" => Some((INT_END, "INT")),
        _ => None,
    };
    if let Some((end, name)) = whole {
        if value >= end {
            return Err(invalid(format!(
                "Proposed value for {key} is too large for a {name}."
            )));
        }
        // As near to a whole number as a sum of floats comes.
        if (value - value.round()).abs() > 1e-6 {
            return Err(invalid(format!("{key} cannot be a fractional value.")));
        }
        return Ok(value.round());
    }
    Ok(value)
}

/// 2^63 and 2^31.
const LONG_END: f64 = 9_223_372_036_854_775_808.0;
const INT_END: f64 = 2_147_483_648.0;
