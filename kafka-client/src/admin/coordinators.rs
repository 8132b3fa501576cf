//! Which broker coordinates which group.

use protocol::messages::find_coordinator::{FindCoordinatorRequest, FindCoordinatorResponse};
use protocol::{ErrorCode, VersionRange};

use super::drive::{Admin, Budget, Found};
use super::error::AdminError;
use super::join::join_all;
use crate::cluster::{CoordinatorKind, NodeId, Target};
use crate::connection::Capped;
use crate::error::{BrokerError, RequestError};

/// From this version on one request asks for many keys (KIP-699).
const BATCHED: i16 = 4;

impl Admin {
    /// Asks for the coordinators of groups or transactional ids: all at once where the broker can (M18), one by one
    /// otherwise.
    pub(super) async fn coordinators_of(
        &self,
        kind: CoordinatorKind,
        keys: &[String],
        budget: &Budget,
    ) -> Found<String> {
        match self.call(Target::Any, batched(kind, keys), budget).await {
            Ok(reply) => split(keys, reply),
            Err(RequestError::Version(_)) => {
                let asked = keys.iter().map(|key| async move {
                    let reply: Result<FindCoordinatorResponse, _> =
                        self.call(Target::Any, single(kind, key), budget).await;
                    (key, reply)
                });
                let mut found = Found::default();
                for (key, reply) in join_all(asked).await {
                    let node = reply.map_err(AdminError::from).and_then(|reply| {
                        verdict(reply.error_code, reply.error_message.as_deref(), reply.node_id)
                    });
                    put(&mut found, key.clone(), node);
                }
                found
            }
            Err(error) => {
                let failed = keys
                    .iter()
                    .map(|key| (key.clone(), error.clone().into()))
                    .collect();
                Found {
                    failed,
                    ..Found::default()
                }
            }
        }
    }
}

fn batched(kind: CoordinatorKind, keys: &[String]) -> Capped<FindCoordinatorRequest> {
    let request = FindCoordinatorRequest {
        key_type: number(kind),
        coordinator_keys: keys.to_vec(),
        ..FindCoordinatorRequest::default()
    };
    Capped {
        request,
        versions: VersionRange {
            first: BATCHED,
            ..versions()
        },
    }
}

fn single(kind: CoordinatorKind, key: &str) -> Capped<FindCoordinatorRequest> {
    let request = FindCoordinatorRequest {
        key_type: number(kind),
        key: key.to_owned(),
        ..FindCoordinatorRequest::default()
    };
    Capped {
        request,
        versions: VersionRange {
            last: BATCHED - 1,
            ..versions()
        },
    }
}

fn versions() -> VersionRange {
    <FindCoordinatorRequest as protocol::Message>::VERSIONS
}

fn number(kind: CoordinatorKind) -> i8 {
    match kind {
        CoordinatorKind::Group => 0,
        CoordinatorKind::Transaction => 1,
        CoordinatorKind::Share => 2,
    }
}

fn split(keys: &[String], reply: FindCoordinatorResponse) -> Found<String> {
    let mut found = Found::default();
    let mut silent: Vec<&String> = keys.iter().collect();
    for coordinator in reply.coordinators {
        if !silent.contains(&&coordinator.key) {
            continue;
        }
        silent.retain(|key| **key != coordinator.key);
        let node = verdict(
            coordinator.error_code,
            coordinator.error_message.as_deref(),
            coordinator.node_id,
        );
        put(&mut found, coordinator.key, node);
    }
    for key in silent {
        put(
            &mut found,
            key.clone(),
            Err(ErrorCode::COORDINATOR_NOT_AVAILABLE.into()),
        );
    }
    found
}

fn verdict(code: i16, message: Option<&str>, node: i32) -> Result<NodeId, AdminError> {
    BrokerError::check(code, message)?;
    if node < 0 {
        Err(ErrorCode::COORDINATOR_NOT_AVAILABLE.into())
    } else {
        Ok(NodeId(node))
    }
}

fn put(found: &mut Found<String>, key: String, node: Result<NodeId, AdminError>) {
    match node {
        Ok(node) => found.nodes.entry(node).or_default().push(key),
        Err(error) => found.failed.push((key, error)),
    }
}

#[cfg(test)]
mod tests {
    use protocol::messages::find_coordinator::Coordinator;

    use super::*;

    fn coordinator(key: &str, node_id: i32, code: ErrorCode) -> Coordinator {
        Coordinator {
            key: key.to_owned(),
            node_id,
            error_code: code.0,
            ..Coordinator::default()
        }
    }

    #[test]
    fn groups_go_to_their_coordinators_and_the_others_say_why_not() {
        let reply = FindCoordinatorResponse {
            coordinators: vec![
                coordinator("a", 1, ErrorCode::NONE),
                coordinator("b", -1, ErrorCode::GROUP_AUTHORIZATION_FAILED),
                coordinator("c", 1, ErrorCode::NONE),
                coordinator("a", 2, ErrorCode::NONE),
                coordinator("uninvited", 2, ErrorCode::NONE),
            ],
            ..FindCoordinatorResponse::default()
        };
        let found = split(&["a", "b", "c", "d"].map(str::to_owned), reply);
        assert_eq!(
            found.nodes.into_iter().collect::<Vec<_>>(),
            [(NodeId(1), vec!["a".to_owned(), "c".to_owned()])]
        );
        let failed: Vec<_> = found
            .failed
            .iter()
            .map(|(key, error)| (key.as_str(), error.code().unwrap()))
            .collect();
        let expected = [
            ("b", ErrorCode::GROUP_AUTHORIZATION_FAILED),
            ("d", ErrorCode::COORDINATOR_NOT_AVAILABLE),
        ];
        assert_eq!(failed, expected);
    }

    #[test]
    fn m18_one_key_is_asked_where_many_cannot() {
        assert_eq!(batched(CoordinatorKind::Group, &[]).versions.first, 4);
        let single = single(CoordinatorKind::Transaction, "t");
        assert_eq!(
            (
                single.versions.last,
                single.request.key_type,
                single.request.key.as_str()
            ),
            (3, 1, "t")
        );
    }
}
