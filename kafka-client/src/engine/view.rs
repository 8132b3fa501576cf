//! Keeps what is known of the cluster: metadata, coordinators, features.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use protocol::frame::encode_request;
use protocol::messages::find_coordinator::{FindCoordinatorRequest, FindCoordinatorResponse};
use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic, MetadataResponse};
use protocol::wire::{EncodeError, Frame};
use protocol::{ApiKey, ErrorCode, Message, Request, VersionRange};

use super::peer::{Peer, PeerId};
use super::{Engine, OWNER_COORDINATORS, OWNER_METADATA};
use crate::cluster::{Endpoint, Features, FindCoordinators, Lane, Metadata, Scope, Target};
use crate::connection::{Answer, Ask, Body, Capped, Fault};
use crate::error::{RequestError, TransportPhase};
use crate::machine::TopicInterest;
use crate::time::Moment;

/// The questions that one refresh consists of: brokers create topics for a whole request or not at all.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    /// Questions not asked yet.
    queue: VecDeque<(Scope, bool)>,
    /// What the question on its way is about.
    asked: Option<Scope>,
    /// Whether anything was new so far.
    changed: bool,
    /// What the last refresh was about.
    last: Option<Scope>,
    /// Whether a machine wished for a refresh since the interests were looked at.
    pub(super) wished: bool,
}

impl Body for FindCoordinators {
    fn key(&self) -> ApiKey {
        FindCoordinatorRequest::KEY
    }

    fn versions(&self) -> VersionRange {
        FindCoordinatorRequest::VERSIONS
    }

    fn encode(&self, correlation_id: i32, client_id: &str, version: i16) -> Result<Frame, EncodeError> {
        encode_request(correlation_id, Some(client_id), version, &self.request(version))
    }
}

impl Engine {
    /// Asks for metadata if it is time to.
    pub(super) fn ask_for_metadata(&mut self, now: Moment) {
        if self.scopes.asked.is_some() {
            return;
        }
        if self.scopes.queue.is_empty() {
            if std::mem::take(&mut self.scopes.wished) && self.has_new_interest() {
                self.refresh.hurry(now);
            }
            if !self.refresh.start(now, &mut self.rng) {
                return;
            }
            self.scopes.last = Some(self.interest().map_or(Scope::All, Scope::These));
            self.scopes.queue = self.questions();
            self.scopes.changed = false;
        }
        let Some((scope, create)) = self.scopes.queue.pop_front() else {
            return;
        };
        let request = MetadataRequest {
            topics: match &scope {
                Scope::All => None,
                Scope::These(names) => Some(names.iter().map(topic_request).collect()),
            },
            allow_auto_topic_creation: create,
            ..MetadataRequest::default()
        };
        self.scopes.asked = Some(scope);
        // Version 0 has no way to ask for no topic, and always creates.
        let versions = VersionRange {
            first: 1,
            ..MetadataRequest::VERSIONS
        };
        let body = Capped { request, versions };
        let ask = Ask::new(0, Target::Any, Lane::Control, body, self.config.request_timeout);
        self.ask(now, OWNER_METADATA, ask);
    }

    /// What the machines want to know, as few questions as possible.
    fn questions(&self) -> VecDeque<(Scope, bool)> {
        let mut names: BTreeMap<Arc<str>, bool> = BTreeMap::new();
        let mut all = false;
        for machine in self.machines.values() {
            match machine.topics() {
                TopicInterest::All => all = true,
                TopicInterest::None => {}
                TopicInterest::These {
                    names: wanted,
                    create,
                } => {
                    for name in wanted {
                        *names.entry(name).or_default() |= create;
                    }
                }
            }
        }
        // A topic that is known needs no creation.
        let known = |name: &str| {
            self.metadata
                .topic(name)
                .is_some_and(|topic| topic.error.is_none())
        };
        let create: BTreeSet<Arc<str>> = names
            .iter()
            .filter(|(name, create)| **create && !known(name))
            .map(|(name, _)| name.clone())
            .collect();
        let others: BTreeSet<Arc<str>> = names.into_keys().filter(|name| !create.contains(name)).collect();
        let mut questions = VecDeque::new();
        if !create.is_empty() {
            questions.push_back((Scope::These(create), true));
        }
        if all {
            questions.push_back((Scope::All, false));
        } else if !others.is_empty() || questions.is_empty() {
            questions.push_back((Scope::These(others), false));
        }
        questions
    }

    pub(super) fn metadata_answered(&mut self, now: Moment, answer: Answer) {
        let Some(scope) = self.scopes.asked.take() else {
            return;
        };
        let outcome = answer
            .outcome
            .and_then(|reply| reply.decode::<MetadataResponse>());
        let response = match outcome {
            Ok(response) if ErrorCode(response.error_code) == ErrorCode::REBOOTSTRAP_REQUIRED => {
                tracing::warn!("a broker sends this client back to the bootstrap servers");
                self.scopes.queue.clear();
                self.refresh.handle_failure(now);
                return self.rebootstrap(now);
            }
            Ok(response) if response.error_code == 0 && !response.brokers.is_empty() => response,
            Ok(response) => {
                tracing::debug!(code = %ErrorCode(response.error_code), "metadata without a broker");
                self.scopes.queue.clear();
                return self.refresh.handle_failure(now);
            }
            Err(error) => return self.metadata_failed(now, error),
        };
        let interest = self.interest();
        let keep = |name: &str| interest.as_ref().is_none_or(|names| names.contains(name));
        let next = self.metadata.updated(response, &scope, keep);
        let same = next.brokers == self.metadata.brokers
            && next.topics == self.metadata.topics
            && next.controller == self.metadata.controller
            && next.cluster_id == self.metadata.cluster_id;
        self.scopes.changed |= !same;
        let first = self.metadata.is_empty();
        self.bootstrapping = false;
        if same {
            if self.scopes.queue.is_empty() {
                // Machines that wait for something to appear have to know that it did not, to ask again.
                self.each_machine(now, |machine, metadata| machine.handle_metadata(now, metadata));
            }
            self.unpark_metadata(now);
        } else {
            self.publish(now, next);
        }
        if self.scopes.queue.is_empty() {
            self.refresh.handle_success(now, first || self.scopes.changed);
        }
    }

    fn metadata_failed(&mut self, now: Moment, error: RequestError) {
        tracing::debug!("metadata did not come: {error}");
        if let RequestError::Transport(transport) = &error
            && transport.phase == TransportPhase::Established
            && self.metadata.is_empty()
        {
            self.status.turned_away += 1;
        }
        self.scopes.queue.clear();
        self.status.trouble = Some(error);
        self.refresh.handle_failure(now);
    }

    /// Whether a machine wants to know what the last refresh did not ask for: that need not be spaced.
    fn has_new_interest(&self) -> bool {
        match (&self.scopes.last, self.interest()) {
            (None, _) | (Some(Scope::These(_)), None) => true,
            (Some(Scope::All), _) => false,
            (Some(Scope::These(last)), Some(names)) => !names.is_subset(last),
        }
    }

    /// The topics that the machines want to know of; none for all.
    fn interest(&self) -> Option<BTreeSet<Arc<str>>> {
        let mut names = BTreeSet::new();
        for machine in self.machines.values() {
            match machine.topics() {
                TopicInterest::All => return None,
                TopicInterest::None => {}
                TopicInterest::These { names: wanted, .. } => names.extend(wanted),
            }
        }
        Some(names)
    }

    /// Puts a snapshot in force.
    fn publish(&mut self, now: Moment, next: Metadata) {
        self.metadata = Arc::new(next);
        self.match_peers(now);
        self.each_machine(now, |machine, metadata| machine.handle_metadata(now, metadata));
        self.unpark_metadata(now);
    }

    /// Brings the peers in line with the brokers of the metadata.
    fn match_peers(&mut self, now: Moment) {
        let metadata = self.metadata.clone();
        for (&node, broker) in &metadata.brokers {
            let id = PeerId::Node(node);
            let endpoint = Endpoint {
                host: broker.host.as_str().into(),
                port: broker.port,
            };
            match self.peers.get(&id) {
                Some(peer) if peer.endpoint == endpoint => continue,
                Some(_) => {
                    let reason = format!("broker {node} listens at {endpoint} now");
                    self.drop_peer(now, id, &Fault::lost(TransportPhase::Established, reason));
                }
                None => {}
            }
            let peer = self
                .adopt(&endpoint, id)
                .unwrap_or_else(|| Peer::new(endpoint, &self.config));
            self.peers.insert(id, peer);
        }
        let gone: Vec<PeerId> = self
            .peers
            .iter()
            .filter(|(id, peer)| {
                id.node()
                    .is_some_and(|node| !metadata.brokers.contains_key(&node))
                    && !peer.is_in_use()
            })
            .map(|(&id, _)| id)
            .collect();
        for id in gone {
            self.peers.remove(&id);
        }
    }

    /// The connections to a bootstrap server that turns out to be a broker go over to it.
    fn adopt(&mut self, endpoint: &Endpoint, node: PeerId) -> Option<Peer> {
        let (&seed, _) = self
            .peers
            .iter()
            .find(|(id, peer)| matches!(id, PeerId::Seed(_)) && peer.endpoint == *endpoint && peer.reached)?;
        let fresh = Peer::new(endpoint.clone(), &self.config);
        let known = self.peers.get_mut(&seed)?;
        let mut peer = std::mem::replace(known, fresh);
        known.fallback = peer.fallback;
        for lane in self.links.values_mut().filter(|(id, _)| *id == seed) {
            lane.0 = node;
        }
        peer.name_node(node.node()?);
        Some(peer)
    }

    /// Starts over from the bootstrap servers (KIP-899, KIP-1102). What is known stays in force until they answer.
    pub(super) fn rebootstrap(&mut self, now: Moment) {
        self.bootstrapping = true;
        self.coordinators.clear();
        self.refresh.restart();
        let fault = Fault::lost(
            TransportPhase::Established,
            "the client starts over from the bootstrap servers",
        );
        let nodes: Vec<PeerId> = self
            .peers
            .keys()
            .copied()
            .filter(|id| id.node().is_some())
            .collect();
        for id in nodes {
            self.drop_peer(now, id, &fault);
        }
        // The names of the bootstrap servers may mean other addresses by now.
        self.match_peers(now);
    }

    /// Puts the leaders in force that brokers named in error replies (KIP-951), all in one snapshot.
    pub(super) fn take_hints(&mut self, now: Moment) {
        if self.hints.is_empty() {
            return;
        }
        let mut next = Metadata::clone(&self.metadata);
        let mut changed = false;
        for hint in std::mem::take(&mut self.hints) {
            let endpoint = hint.endpoint.as_ref();
            changed |= next.set_leader(&hint.topic, hint.partition, hint.leader, hint.epoch, endpoint);
        }
        if changed {
            next.revision += 1;
            self.publish(now, next);
        }
    }

    /// Takes features that are newer than what is known.
    pub(super) fn take_features(&mut self, now: Moment, features: Features) {
        if self
            .metadata
            .features
            .as_ref()
            .is_some_and(|known| known.epoch >= features.epoch)
        {
            return;
        }
        let mut next = Metadata::clone(&self.metadata);
        next.features = Some(Arc::new(features));
        next.revision += 1;
        if next.is_empty() {
            // Nobody is to take this for metadata yet.
            self.metadata = Arc::new(next);
        } else {
            self.publish(now, next);
        }
    }

    /// Looks coordinators up if there are any to find.
    pub(super) fn ask_for_coordinators(&mut self, now: Moment) {
        while let Some(request) = self.coordinators.poll_request(now) {
            self.next_tag += 1;
            self.searches.insert(self.next_tag, request.kind);
            let ask = Ask::new(
                self.next_tag,
                Target::Any,
                Lane::Control,
                request,
                self.config.request_timeout,
            );
            self.ask(now, OWNER_COORDINATORS, ask);
        }
    }

    pub(super) fn coordinators_answered(&mut self, now: Moment, answer: Answer) {
        let Some(kind) = self.searches.remove(&answer.tag) else {
            return;
        };
        let outcome = answer.outcome.and_then(|reply| {
            reply
                .decode::<FindCoordinatorResponse>()
                .map(|response| (reply.version, response))
        });
        let (version, response) = match outcome {
            Ok(read) => read,
            Err(error) => {
                tracing::debug!("no coordinator was named: {error}");
                return self.coordinators.handle_failure(now, &mut self.rng, kind);
            }
        };
        for found in self
            .coordinators
            .handle_reply(now, &mut self.rng, kind, version, response)
        {
            let error = match found.outcome {
                Ok(broker) => {
                    if let Some(next) = self.metadata.with_broker(broker) {
                        self.publish(now, next);
                    }
                    None
                }
                Err(error) => Some(error),
            };
            self.unpark_coordinator(now, found.kind, &found.key, error.as_ref());
        }
    }
}

fn topic_request(name: &Arc<str>) -> MetadataRequestTopic {
    MetadataRequestTopic {
        name: Some(name.as_ref().to_owned()),
        ..MetadataRequestTopic::default()
    }
}
