//! Which broker a request goes to, and where it waits until it can.

use std::sync::Arc;

use super::peer::{Dial, PeerId};
use super::pending::Pending;
use super::{Engine, Owner};
use crate::cluster::{Broker, CoordinatorKind, Endpoint, Lane, NodeId, Target};
use crate::connection::{Answer, Ask, Ticket};
use crate::error::{BrokerError, RequestError, TransportError, TransportPhase};
use crate::time::{Moment, earliest};

impl Engine {
    /// Takes a request of a machine.
    pub(super) fn ask(&mut self, now: Moment, owner: Owner, ask: Ask) {
        let pending = Pending {
            ticket: Ticket { owner, tag: ask.tag },
            target: ask.target,
            lane: ask.lane,
            body: ask.body,
            deadline: now + ask.timeout,
            timeout: ask.timeout,
            answered: ask.answered,
        };
        self.route(now, pending);
    }

    /// Gives a request to a broker, or puts it where it waits for one.
    pub(super) fn route(&mut self, now: Moment, pending: Pending) {
        match &pending.target {
            Target::Any => match self.choose_any(now, pending.lane) {
                Some(peer) => self.enqueue(now, peer, pending),
                None => self.park_for_metadata(pending),
            },
            _ if self.metadata.is_empty() => self.park_for_metadata(pending),
            Target::Node(node) => self.route_to_node(now, *node, pending),
            Target::Controller => match self.metadata.controller {
                Some(node) => self.route_to_node(now, node, pending),
                None => self.refuse(&pending, "the brokers name no controller at the moment"),
            },
            Target::Coordinator(kind, key) => match self.coordinators.known(*kind, key) {
                Some(node) if self.metadata.brokers.contains_key(&node) => {
                    self.route_to_node(now, node, pending)
                }
                _ => {
                    let (kind, key) = (*kind, key.clone());
                    self.coordinators.forget(kind, &key);
                    self.coordinators.want(now, kind, &key);
                    self.parked.until = earliest(self.parked.until, Some(pending.deadline));
                    self.parked
                        .coordinators
                        .entry((kind, key))
                        .or_default()
                        .push(pending);
                }
            },
        }
    }

    fn route_to_node(&mut self, now: Moment, node: NodeId, pending: Pending) {
        if self.metadata.brokers.contains_key(&node) {
            self.enqueue(now, PeerId::Node(node), pending);
        } else {
            self.refuse(
                &pending,
                &format!("broker {node} is not in the metadata of the cluster"),
            );
        }
    }

    /// Fails a request that has no broker now but may have one after the next refresh.
    fn refuse(&mut self, pending: &Pending, reason: &str) {
        self.refresh.want();
        let error = TransportError {
            address: match &pending.target {
                Target::Node(node) => format!("broker {node}"),
                _ => "cluster".to_owned(),
            },
            phase: TransportPhase::Resolve,
            sent: false,
            permanent: false,
            reason: reason.to_owned(),
            source: None,
        };
        self.answer(pending.ticket, None, Err(error.into()));
    }

    fn park_for_metadata(&mut self, pending: Pending) {
        self.refresh.want();
        self.parked.until = earliest(self.parked.until, Some(pending.deadline));
        self.parked.metadata.push(pending);
    }

    /// Sends a request on its lane, or lets it wait for the connection.
    fn enqueue(&mut self, now: Moment, id: PeerId, pending: Pending) {
        let Some(peer) = self.peers.get_mut(&id) else {
            return self.refuse(&pending, "the broker has just left the metadata of the cluster");
        };
        let lane_id = (id, pending.lane);
        let lane = peer.lane(pending.lane);
        let free = !lane.has_waiting() && lane.link().is_some_and(|link| link.is_ready());
        if free {
            self.transmit(now, lane_id, pending);
        } else {
            lane.wait(pending, now);
            self.dial(now, lane_id);
        }
    }

    /// Writes a request to a link that is ready.
    pub(super) fn transmit(&mut self, now: Moment, (id, lane): (PeerId, Lane), pending: Pending) {
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        let Dial::Up {
            id: link_id, link, ..
        } = &mut peer.lane(lane).dial
        else {
            return;
        };
        let Pending {
            ticket,
            body,
            deadline,
            timeout,
            answered,
            ..
        } = pending;
        match link.send(now, ticket, body.as_ref(), deadline, timeout, answered) {
            Ok(()) => {
                while let Some(output) = link.poll_output() {
                    let (frame, report) = (output.frame, output.report);
                    self.actions.push_back(super::Action::Write {
                        link: *link_id,
                        frame,
                        report,
                    });
                }
            }
            Err(error) => self.answer(ticket, id.node(), Err(error)),
        }
    }

    /// Hands an answer in.
    pub(super) fn answer(
        &mut self,
        ticket: Ticket,
        node: Option<NodeId>,
        outcome: Result<crate::connection::Reply, RequestError>,
    ) {
        self.answers.push_back((
            ticket.owner,
            Answer {
                tag: ticket.tag,
                node,
                outcome,
            },
        ));
    }

    /// The broker to ask when any will do: an established connection with little to do, else one that can be made
    /// soon. None while none is known.
    fn choose_any(&mut self, now: Moment, lane: Lane) -> Option<PeerId> {
        let use_seeds = self.bootstrapping || self.no_broker_works();
        let spread = self.rng.usize(..) | 1;
        let candidates = self.peers.iter().filter(|(id, peer)| match id {
            PeerId::Seed(_) if peer.lane_ref(lane).is_established() => true,
            PeerId::Seed(_) => self.bootstrapping || (use_seeds && !self.is_known(&peer.endpoint)),
            PeerId::Node(node) => !self.bootstrapping && self.metadata.brokers.contains_key(node),
        });
        candidates
            .enumerate()
            .min_by_key(|(index, (id, peer))| {
                let state = peer.lane_ref(lane);
                let readiness = match &state.dial {
                    Dial::Up { link, .. } if link.is_established() => 0,
                    _ if peer.trouble.is_some() && peer.not_before > now => 3,
                    Dial::Idle if peer.trouble.is_some() => 2,
                    _ => 1,
                };
                // Of those that failed the one whose turn is next, or whose failure is the oldest.
                let turn = match readiness {
                    3 => peer.not_before,
                    2 => peer.failed_at,
                    _ => Moment::START,
                };
                let shuffled = index.wrapping_add(1).wrapping_mul(spread) >> 8;
                (
                    readiness,
                    turn,
                    state.load(),
                    matches!(id, PeerId::Seed(_)),
                    shuffled,
                )
            })
            .map(|(_, (id, _))| *id)
    }

    /// Whether a broker of the metadata listens here.
    fn is_known(&self, endpoint: &Endpoint) -> bool {
        let is_here = |broker: &Broker| broker.port == endpoint.port && *broker.host == *endpoint.host;
        self.metadata.brokers.values().any(|broker| is_here(broker))
    }

    /// Whether the last attempt at every broker of the metadata failed: then the bootstrap servers may know better.
    fn no_broker_works(&self) -> bool {
        self.metadata.brokers.keys().all(|node| {
            self.peers
                .get(&PeerId::Node(*node))
                .is_some_and(|peer| peer.trouble.is_some())
        })
    }

    /// Routes what waited for metadata.
    pub(super) fn unpark_metadata(&mut self, now: Moment) {
        for pending in std::mem::take(&mut self.parked.metadata) {
            self.route(now, pending);
        }
    }

    /// Routes what waited for a coordinator, or fails it.
    pub(super) fn unpark_coordinator(
        &mut self,
        now: Moment,
        kind: CoordinatorKind,
        key: &Arc<str>,
        error: Option<&BrokerError>,
    ) {
        for pending in self
            .parked
            .coordinators
            .remove(&(kind, key.clone()))
            .unwrap_or_default()
        {
            match error {
                None => self.route(now, pending),
                Some(error) => {
                    let error = RequestError::NoCoordinator {
                        key: key.clone(),
                        last: Some(error.clone()),
                    };
                    self.answer(pending.ticket, None, Err(error));
                }
            }
        }
    }

    /// Fails what has waited too long.
    pub(super) fn expire_parked(&mut self, now: Moment) {
        if self.parked.until.is_none_or(|until| now < until) {
            return;
        }
        let mut expired: Vec<(Pending, Option<RequestError>)> = Vec::new();
        let trouble = self.status.trouble.clone();
        let waited = std::mem::take(&mut self.parked.metadata);
        let (late, waiting): (Vec<_>, Vec<_>) = waited.into_iter().partition(|p| p.deadline <= now);
        self.parked.metadata = waiting;
        expired.extend(late.into_iter().map(|pending| (pending, trouble.clone())));
        for ((kind, key), waited) in std::mem::take(&mut self.parked.coordinators) {
            let (late, waiting): (Vec<_>, Vec<_>) = waited.into_iter().partition(|p| p.deadline <= now);
            let last = self.coordinators.last_error(kind, &key).cloned();
            let why = match last {
                Some(last) => Some(RequestError::NoCoordinator {
                    key: key.clone(),
                    last: Some(last),
                }),
                None => trouble.clone(),
            };
            expired.extend(late.into_iter().map(|pending| (pending, why.clone())));
            if waiting.is_empty() {
                self.coordinators.unwant(kind, &key);
            } else {
                self.parked.coordinators.insert((kind, key), waiting);
            }
        }
        let all = self
            .parked
            .coordinators
            .values()
            .flatten()
            .chain(&self.parked.metadata);
        self.parked.until = all.map(|pending| pending.deadline).min();
        for (pending, last) in expired {
            self.time_out(&pending, last);
        }
    }

    /// Fails a request that was never written.
    pub(super) fn time_out(&mut self, pending: &Pending, last: Option<RequestError>) {
        let error = RequestError::Timeout {
            api: pending.body.key(),
            after: pending.timeout,
            sent: false,
            last: last.map(Box::new),
        };
        self.answer(pending.ticket, None, Err(error));
    }
}
