//! FindCoordinator: the broker that a group or a transactional id belongs to.

use protocol::ErrorCode;
use protocol::messages::find_coordinator::{Coordinator, FindCoordinatorRequest, FindCoordinatorResponse};

use super::create_topics::create_automatically;
use super::refusal::default_message;
use super::{Call, Handle, Reply};
use crate::security::acl::Operation;
use crate::state::{CONSUMER_OFFSETS, TRANSACTION_STATE};

/// Keys in a request: each costs far more in the answer than it does in the question.
const KEYS_MAX: usize = 100_000;

/// The kinds of keys.
const GROUP: i8 = 0;
const TRANSACTION: i8 = 1;

impl Handle for FindCoordinatorRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<FindCoordinatorResponse> {
        let kind = self.key_type;
        let keys = keys(self, call.version);
        if keys.len() > KEYS_MAX {
            return Reply::Close;
        }
        let coordinators = keys.into_iter().map(|key| find(call, kind, key)).collect();
        Reply::Now(in_version(coordinators, call.version))
    }

    fn refuse(self, call: &Call<'_>, code: ErrorCode) -> FindCoordinatorResponse {
        let keys = keys(self, call.version).into_iter();
        in_version(keys.map(|key| unknown(key, code)).collect(), call.version)
    }
}

/// The keys that are asked for: one before version 4 (KIP-699).
fn keys(request: FindCoordinatorRequest, version: i16) -> Vec<String> {
    if version >= 4 {
        request.coordinator_keys
    } else {
        vec![request.key]
    }
}

fn in_version(mut coordinators: Vec<Coordinator>, version: i16) -> FindCoordinatorResponse {
    if version >= 4 {
        return FindCoordinatorResponse {
            coordinators,
            ..FindCoordinatorResponse::default()
        };
    }
    let found = coordinators.pop().unwrap_or_default();
    FindCoordinatorResponse {
        error_code: found.error_code,
        error_message: found.error_message,
        node_id: found.node_id,
        host: found.host,
        port: found.port,
        ..FindCoordinatorResponse::default()
    }
}

fn find(call: &mut Call<'_>, kind: i8, key: String) -> Coordinator {
    let (topic, allowed) = match kind {
        GROUP => (CONSUMER_OFFSETS, call.require_group(Operation::Describe, &key)),
        TRANSACTION => (
            TRANSACTION_STATE,
            call.require_transactional_id(Operation::Describe, &key),
        ),
        _ => return unknown(key, ErrorCode::INVALID_REQUEST),
    };
    if let Err(code) = allowed {
        let mut unknown = unknown(key, code);
        if call.version >= 4 {
            unknown.error_message = Some(String::new());
        }
        return unknown;
    }
    if call.state.topics.get(topic).is_none()
        && let Err(code) = create_automatically(call.now, call.state, topic)
    {
        tracing::warn!("{topic} cannot be created: {code}");
        return unknown(key, ErrorCode::COORDINATOR_NOT_AVAILABLE);
    }
    let found = call.state.coordinator(topic, &key);
    match found.map(|found| call.state.brokers.get(found.broker)) {
        Ok(Some(broker)) if broker.is_alive() => Coordinator {
            key,
            node_id: broker.id,
            host: broker.host.to_string(),
            port: broker.port.into(),
            error_code: ErrorCode::NONE.0,
            error_message: Some(if call.version >= 4 { "" } else { "NONE" }.to_owned()),
        },
        _ => unknown(key, ErrorCode::COORDINATOR_NOT_AVAILABLE),
    }
}

fn unknown(key: String, code: ErrorCode) -> Coordinator {
    Coordinator {
        key,
        node_id: -1,
        host: String::new(),
        port: -1,
        error_code: code.0,
        error_message: Some(default_message(code).unwrap_or_default().to_owned()),
    }
}
