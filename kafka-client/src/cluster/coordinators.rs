use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::ErrorCode;
use protocol::messages::find_coordinator::{FindCoordinatorRequest, FindCoordinatorResponse};
use rustc_hash::FxHashMap;

use super::metadata::Broker;
use super::target::CoordinatorKind;
use crate::error::{BrokerError, Class};
use crate::node::NodeId;
use crate::time::{Backoff, Moment};

/// Who coordinates which group or transactional id, and the search for those that are not known.
///
/// Keys of one kind are looked up together, one request at a time (KIP-699); whoever waits for a key waits for the
/// same search.
#[derive(Debug)]
pub struct Coordinators {
    known: FxHashMap<(CoordinatorKind, Arc<str>), NodeId>,
    searches: BTreeMap<CoordinatorKind, Search>,
    backoff: Backoff,
}

#[derive(Debug, Default)]
struct Search {
    /// Keys to look up, and from when on.
    due: BTreeMap<Arc<str>, Due>,
    /// Keys in the request on its way.
    in_flight: BTreeMap<Arc<str>, Due>,
}

#[derive(Debug)]
struct Due {
    not_before: Moment,
    backoff: Backoff,
    last: Option<BrokerError>,
}

/// Keys to look up. The request depends on the version: below 4 it has room for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindCoordinators {
    /// What is looked for.
    pub kind: CoordinatorKind,
    /// The keys.
    pub keys: Vec<Arc<str>>,
}

impl FindCoordinators {
    /// The request in `version`.
    pub fn request(&self, version: i16) -> FindCoordinatorRequest {
        let mut request = FindCoordinatorRequest {
            key_type: self.kind as i8,
            ..FindCoordinatorRequest::default()
        };
        if version >= 4 {
            request.coordinator_keys = self.keys.iter().map(|key| key.as_ref().to_owned()).collect();
        } else {
            request.key = self
                .keys
                .first()
                .map(|key| key.as_ref().to_owned())
                .unwrap_or_default();
        }
        request
    }
}

/// The end of a search for one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What was looked for.
    pub kind: CoordinatorKind,
    /// The key.
    pub key: Arc<str>,
    /// The broker, or why none can be named however often one asks.
    pub outcome: Result<Broker, BrokerError>,
}

impl Coordinators {
    /// Knows nobody. `backoff` spaces the questions for a key that has no coordinator yet.
    pub fn new(backoff: Backoff) -> Self {
        Self {
            known: FxHashMap::default(),
            searches: BTreeMap::new(),
            backoff,
        }
    }

    /// The coordinator, if it is known.
    pub fn known(&self, kind: CoordinatorKind, key: &Arc<str>) -> Option<NodeId> {
        self.known.get(&(kind, key.clone())).copied()
    }

    /// Wants a key looked up. Does nothing when it is being looked up.
    pub fn want(&mut self, now: Moment, kind: CoordinatorKind, key: &Arc<str>) {
        let search = self.searches.entry(kind).or_default();
        if !search.in_flight.contains_key(key) && !search.due.contains_key(key) {
            let due = Due {
                not_before: now,
                backoff: self.backoff.clone(),
                last: None,
            };
            search.due.insert(key.clone(), due);
        }
    }

    /// Nobody waits for the key any more.
    pub fn unwant(&mut self, kind: CoordinatorKind, key: &str) {
        if let Some(search) = self.searches.get_mut(&kind) {
            search.due.remove(key);
        }
    }

    /// Why the last search for a key found nobody.
    pub fn last_error(&self, kind: CoordinatorKind, key: &str) -> Option<&BrokerError> {
        let search = self.searches.get(&kind)?;
        search
            .due
            .get(key)
            .or_else(|| search.in_flight.get(key))?
            .last
            .as_ref()
    }

    /// The broker says that it does not coordinate this key.
    pub fn forget(&mut self, kind: CoordinatorKind, key: &Arc<str>) {
        self.known.remove(&(kind, key.clone()));
    }

    /// A broker cannot be reached: whatever it coordinated is somebody else's soon.
    pub fn forget_node(&mut self, node: NodeId) {
        self.known.retain(|_, known| *known != node);
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.known.clear();
    }

    /// The next request; it counts as sent. [`handle_reply`](Self::handle_reply) or
    /// [`handle_failure`](Self::handle_failure) must follow.
    pub fn poll_request(&mut self, now: Moment) -> Option<FindCoordinators> {
        for (&kind, search) in &mut self.searches {
            if !search.in_flight.is_empty() {
                continue;
            }
            let ready: Vec<Arc<str>> = search
                .due
                .iter()
                .filter(|(_, due)| due.not_before <= now)
                .map(|(key, _)| key.clone())
                .collect();
            if ready.is_empty() {
                continue;
            }
            search.in_flight = ready
                .iter()
                .filter_map(|key| search.due.remove_entry(key))
                .collect();
            return Some(FindCoordinators { kind, keys: ready });
        }
        None
    }

    /// When [`poll_request`](Self::poll_request) is to be asked again.
    pub fn next_deadline(&self) -> Option<Moment> {
        let idle = self
            .searches
            .values()
            .filter(|search| search.in_flight.is_empty());
        idle.flat_map(|search| search.due.values().map(|due| due.not_before))
            .min()
    }

    /// Takes the reply to the request for `kind`, which had `version`. Returns the searches that have ended.
    pub fn handle_reply(
        &mut self,
        now: Moment,
        rng: &mut fastrand::Rng,
        kind: CoordinatorKind,
        version: i16,
        response: FindCoordinatorResponse,
    ) -> Vec<Found> {
        let Some(search) = self.searches.get_mut(&kind) else {
            return Vec::new();
        };
        let mut asked = std::mem::take(&mut search.in_flight);
        let mut found = Vec::new();
        let mut conclude = |key: Arc<str>, mut due: Due, answer: Result<Broker, BrokerError>| match answer {
            Err(error) if matches!(error.class(), Class::Retry | Class::Reroute) => {
                due.not_before = now + due.backoff.next(rng);
                due.last = Some(error);
                search.due.insert(key, due);
            }
            outcome => {
                if let Ok(broker) = &outcome {
                    self.known.insert((kind, key.clone()), broker.id);
                }
                found.push(Found { kind, key, outcome });
            }
        };
        if version < 4 {
            if let Some((key, due)) = asked.pop_first() {
                let answer = read(
                    response.error_code,
                    response.error_message.as_deref(),
                    response.node_id,
                    response.host,
                    response.port,
                );
                conclude(key, due, answer);
            }
        } else {
            for named in response.coordinators {
                if let Some((key, due)) = asked.remove_entry(named.key.as_str()) {
                    let message = named.error_message.as_deref();
                    conclude(
                        key,
                        due,
                        read(named.error_code, message, named.node_id, named.host, named.port),
                    );
                }
            }
        }
        // Keys that were not answered: there was no room for them, or the broker left them out.
        for (key, mut due) in asked {
            if version >= 4 {
                due.not_before = now + due.backoff.next(rng);
            }
            search.due.insert(key, due);
        }
        found
    }

    /// The request for `kind` got no reply: the keys are looked up again after a pause.
    pub fn handle_failure(&mut self, now: Moment, rng: &mut fastrand::Rng, kind: CoordinatorKind) {
        if let Some(search) = self.searches.get_mut(&kind) {
            for (key, mut due) in std::mem::take(&mut search.in_flight) {
                due.not_before = now + due.backoff.next(rng);
                search.due.insert(key, due);
            }
        }
    }
}

fn read(code: i16, message: Option<&str>, node: i32, host: String, port: i32) -> Result<Broker, BrokerError> {
    BrokerError::check(code, message)?;
    match u16::try_from(port) {
        Ok(port) if node >= 0 && port != 0 && !host.is_empty() => Ok(Broker {
            id: NodeId(node),
            host,
            port,
            rack: None,
        }),
        _ => Err(BrokerError::from(ErrorCode::COORDINATOR_NOT_AVAILABLE)),
    }
}
