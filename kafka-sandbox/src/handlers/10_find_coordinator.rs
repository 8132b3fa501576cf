//! FindCoordinator: the broker that a group or a transactional id belongs to.

use protocol::ErrorCode;
use protocol::messages::find_coordinator::{Coordinator, FindCoordinatorRequest, FindCoordinatorResponse};

use super::placement::place;
use super::refusal::default_message;
use super::{Call, Handle, Reply};
use crate::profile::configs::Kind;
use crate::state::{CONSUMER_OFFSETS, Change, TRANSACTION_STATE};

/// The kinds of keys.
const GROUP: i8 = 0;
const TRANSACTION: i8 = 1;

impl Handle for FindCoordinatorRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<FindCoordinatorResponse> {
        let kind = self.key_type;
        let keys = keys(self, call.version);
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
    if let Some(code) = call.injected("", -1) {
        return unknown(key, code);
    }
    let topic = match kind {
        GROUP => CONSUMER_OFFSETS,
        TRANSACTION => TRANSACTION_STATE,
        _ => return unknown(key, ErrorCode::INVALID_REQUEST),
    };
    if call.state.topics.get(topic).is_none()
        && let Err(code) = create(call, topic)
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

/// Creates an internal topic as a broker does at its first use: as its configs say, with no more replicas than there are
/// brokers where they do not insist.
fn create(call: &mut Call<'_>, topic: &str) -> Result<(), ErrorCode> {
    let (partitions, factor, segment) = if topic == CONSUMER_OFFSETS {
        (
            "offsets.topic.num.partitions",
            "offsets.topic.replication.factor",
            "offsets.topic.segment.bytes",
        )
    } else {
        (
            "transaction.state.log.num.partitions",
            "transaction.state.log.replication.factor",
            "transaction.state.log.segment.bytes",
        )
    };
    let configs = &call.state.configs;
    let count = usize::try_from(configs.broker_number(partitions, 50)).unwrap_or(50);
    let mut wanted = i16::try_from(configs.broker_number(factor, 3)).unwrap_or(3);
    if !configs.started_with().contains_key(factor) {
        let alive = i16::try_from(call.state.brokers.alive().count()).unwrap_or(i16::MAX);
        wanted = wanted.min(alive);
    }
    let segment_bytes = configs.broker_number(segment, 100 << 20);
    let mut set = vec![
        ("cleanup.policy", "compact".to_owned()),
        ("segment.bytes", segment_bytes.to_string()),
    ];
    if topic == CONSUMER_OFFSETS {
        set.push(("compression.type", "producer".to_owned()));
    } else {
        let least = configs.broker_number("transaction.state.log.min.isr", 2);
        set.push(("compression.type", "uncompressed".to_owned()));
        set.push(("min.insync.replicas", least.min(wanted.into()).to_string()));
        set.push(("unclean.leader.election.enable", "false".to_owned()));
    }
    let replicas = place(call.state, count, wanted).map_err(|refusal| refusal.code)?;
    let id = call.state.new_id();
    let create = Change::CreateTopic {
        name: topic.to_owned(),
        id,
        replicas,
    };
    call.state.commit(call.now, create)?;
    for (name, value) in set {
        let change = Change::SetConfig {
            kind: Kind::Topic.number(),
            resource: topic.to_owned(),
            name: name.to_owned(),
            value: Some(value),
        };
        call.state.commit(call.now, change)?;
    }
    call.state.touch_all();
    Ok(())
}
