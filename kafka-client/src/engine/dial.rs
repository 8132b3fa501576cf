//! Makes connections, one address after the other, and does what comes of them.

use std::collections::VecDeque;
use std::net::SocketAddr;

use super::peer::{Dial, Fallback, LaneId, Peer, PeerId};
use super::{Action, Engine, LinkId};
use crate::cluster::Lane;
use crate::connection::{self, API_VERSIONS_COMMON, Fault, FaultKind, Link, LinkEvent};
use crate::error::TransportPhase;
use crate::time::Moment;

impl Engine {
    fn next_link(&mut self, lane: LaneId) -> LinkId {
        let id = LinkId(self.next_link);
        self.next_link += 1;
        self.links.insert(id, lane);
        id
    }

    /// Begins to connect if the lane has no connection and its broker may be tried again.
    pub(super) fn dial(&mut self, now: Moment, (id, lane): LaneId) {
        let Some(peer) = self.peers.get(&id) else { return };
        if !matches!(peer.lane_ref(lane).dial, Dial::Idle) || now < peer.not_before {
            return;
        }
        let endpoint = peer.endpoint.clone();
        match endpoint.literal() {
            Some(address) => self.connect(now, (id, lane), VecDeque::from([address])),
            None => {
                let deadline = now + peer.setup_timeout(&self.config);
                let link = self.next_link((id, lane));
                if let Some(peer) = self.peers.get_mut(&id) {
                    peer.lane(lane).dial = Dial::Resolving { id: link, deadline };
                }
                self.actions.push_back(Action::Resolve { link, endpoint });
            }
        }
    }

    fn connect(&mut self, now: Moment, lane_id: LaneId, mut addresses: VecDeque<SocketAddr>) {
        let Some(address) = addresses.pop_front() else {
            return;
        };
        let link = self.next_link(lane_id);
        let (id, lane) = lane_id;
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        let deadline = now + peer.setup_timeout(&self.config);
        peer.lane(lane).dial = Dial::Connecting {
            id: link,
            rest: addresses,
            deadline,
        };
        self.actions.push_back(Action::Connect {
            link,
            address,
            host: peer.endpoint.host.clone(),
        });
    }

    pub(super) fn resolved(&mut self, now: Moment, link: LinkId, outcome: Result<Vec<SocketAddr>, Fault>) {
        let Some(lane_id) = self.links.remove(&link) else {
            return;
        };
        match outcome {
            Ok(addresses) if !addresses.is_empty() => self.connect(now, lane_id, alternate(addresses)),
            Ok(_) => self.attempt_failed(now, lane_id, unknown_name(), VecDeque::new()),
            Err(fault) => self.attempt_failed(now, lane_id, fault, VecDeque::new()),
        }
    }

    pub(super) fn connected(&mut self, now: Moment, link_id: LinkId, outcome: Result<(), Fault>) {
        let Some(&lane_id) = self.links.get(&link_id) else {
            return;
        };
        let Some(peer) = self.peers.get_mut(&lane_id.0) else {
            return;
        };
        let state = peer.lane(lane_id.1);
        let Dial::Connecting { rest, deadline, .. } = std::mem::replace(&mut state.dial, Dial::Idle) else {
            return;
        };
        match outcome {
            Ok(()) => {
                let cluster = self
                    .metadata
                    .cluster_id
                    .as_deref()
                    .filter(|_| self.config.cluster_check);
                let checked = lane_id.0.node().is_some() && cluster.is_some();
                let first_version = match peer.fallback {
                    Fallback::Trying | Fallback::Needed => 0,
                    // The newest version says who is meant; it costs a round trip where it is not known.
                    _ if checked && self.api_versions_seen > API_VERSIONS_COMMON => {
                        self.api_versions_seen.min(5)
                    }
                    _ => API_VERSIONS_COMMON,
                };
                let about = connection::Peer {
                    address: peer.address.clone(),
                    node: lane_id.0.node(),
                    cluster: cluster.map(Into::into),
                    first_version,
                };
                let link = Box::new(Link::new(now, self.link_settings.clone(), about));
                peer.lane(lane_id.1).dial = Dial::Up {
                    id: link_id,
                    rest,
                    deadline: Some(deadline),
                    link,
                };
                self.pump(now, link_id);
            }
            Err(fault) => {
                self.links.remove(&link_id);
                self.attempt_failed(now, lane_id, fault, rest);
            }
        }
    }

    /// Lets a link handle something, then does what comes of it. Reports about links that are over are dropped.
    pub(super) fn with_link(&mut self, now: Moment, id: LinkId, handle: impl FnOnce(&mut Link)) {
        let Some(&(peer, lane)) = self.links.get(&id) else {
            return;
        };
        let Some(link) = self.peers.get_mut(&peer).and_then(|peer| peer.lane(lane).link()) else {
            return;
        };
        handle(link);
        self.pump(now, id);
    }

    /// Passes on what a link has to say.
    fn pump(&mut self, now: Moment, id: LinkId) {
        let Some(&lane_id) = self.links.get(&id) else {
            return;
        };
        let (peer_id, lane) = lane_id;
        loop {
            let Some(link) = self
                .peers
                .get_mut(&peer_id)
                .and_then(|peer| peer.lane(lane).link())
            else {
                return;
            };
            while let Some(output) = link.poll_output() {
                self.actions.push_back(Action::Write {
                    link: id,
                    frame: output.frame,
                    report: output.report,
                });
            }
            match link.poll_event() {
                None => return,
                Some(LinkEvent::Answered(ticket, outcome)) => self.answer(ticket, peer_id.node(), outcome),
                Some(LinkEvent::Ended(fault)) => {
                    self.links.remove(&id);
                    self.actions.push_back(Action::Close(id));
                    return self.ended(now, lane_id, fault);
                }
                Some(LinkEvent::LoginWanted) => self.login(now, id),
                Some(LinkEvent::Ready) => self.ready(now, lane_id),
                Some(LinkEvent::Salted(salted)) => self.logins.keep(salted),
                Some(LinkEvent::Throttled(time)) => {
                    if let Some(peer) = self.peers.get_mut(&peer_id) {
                        peer.lane(lane).extend(time);
                    }
                }
            }
        }
    }

    /// Gives a link the credentials, or has a token fetched for it.
    pub(super) fn login(&mut self, now: Moment, id: LinkId) {
        match self.logins.login(now, &mut self.rng, id) {
            Some(login) => self.with_link(now, id, |link| link.handle_login(now, login)),
            None => {
                if self.logins.start_fetch() {
                    self.actions.push_back(Action::Token);
                }
            }
        }
    }

    /// Sends what waited for a link that is ready, for the first time or again.
    fn ready(&mut self, now: Moment, lane_id: LaneId) {
        let (id, lane) = lane_id;
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        let state = peer.lane(lane);
        let Dial::Up { deadline, link, .. } = &mut state.dial else {
            return;
        };
        let mut first_version = None;
        if deadline.take().is_some() {
            first_version = Some(link.peer().first_version);
            if let Some(versions) = link.versions() {
                let newest = versions
                    .range(protocol::ApiKey::API_VERSIONS)
                    .map_or(0, |range| range.last);
                self.api_versions_seen = newest;
                let features = versions.features.clone();
                if peer.fallback == Fallback::Trying {
                    peer.fallback = if newest >= 3 {
                        Fallback::Doubted
                    } else {
                        Fallback::Needed
                    };
                }
                peer.succeed();
                if let Some(features) = features {
                    self.take_features(now, features);
                }
            }
        }
        if let Some(version) = first_version {
            tracing::debug!(peer = ?id, ?lane, version, "connected");
        }
        while let Some(state) = self.peers.get_mut(&id).map(|peer| peer.lane(lane))
            && state.link().is_some_and(|link| link.is_ready())
            && let Some(pending) = state.next_waiting()
        {
            self.transmit(now, lane_id, pending);
        }
    }

    /// A link is over.
    fn ended(&mut self, now: Moment, lane_id: LaneId, fault: Fault) {
        let (id, lane) = lane_id;
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        let Dial::Up { rest, deadline, .. } = std::mem::replace(&mut peer.lane(lane).dial, Dial::Idle) else {
            return;
        };
        let address = peer.address.clone();
        match fault.kind {
            FaultKind::Idle => {}
            FaultKind::Rebootstrap => {
                tracing::warn!(%address, "starting over from the bootstrap servers: {}", fault.reason);
                peer.fail(now, &mut self.rng, fault.clone());
                self.fail_waiting(lane_id, &fault);
                self.rebootstrap(now);
            }
            FaultKind::Silent if fall_back(peer) => {
                peer.not_before = now;
                self.dial(now, lane_id);
            }
            _ if deadline.is_some() => self.attempt_failed(now, lane_id, fault, rest),
            _ => {
                tracing::debug!(%address, ?lane, "connection lost: {}", fault.reason);
                let denied = matches!(fault.kind, FaultKind::Denied(_) | FaultKind::Permanent);
                peer.fail(now, &mut self.rng, fault.clone());
                if denied {
                    self.fail_waiting(lane_id, &fault);
                }
                self.lost_node(id, lane);
            }
        }
    }

    /// A connection could not be made: the next address is tried, or everybody who waits is told.
    fn attempt_failed(&mut self, now: Moment, lane_id: LaneId, fault: Fault, rest: VecDeque<SocketAddr>) {
        let (id, lane) = lane_id;
        let elsewhere = matches!(fault.kind, FaultKind::Lost | FaultKind::Silent) && !rest.is_empty();
        if elsewhere {
            return self.connect(now, lane_id, rest);
        }
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        peer.lane(lane).dial = Dial::Idle;
        let fault = advertised(id, peer, fault);
        tracing::debug!(address = %peer.address, ?lane, "cannot connect: {}", fault.reason);
        peer.fail(now, &mut self.rng, fault.clone());
        self.fail_waiting(lane_id, &fault);
        self.lost_node(id, lane);
    }

    fn fail_waiting(&mut self, (id, lane): LaneId, fault: &Fault) {
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        let error = fault.error(&peer.address, false);
        for pending in peer.lane(lane).take_waiting() {
            self.answer(pending.ticket, id.node(), Err(error.clone()));
        }
    }

    /// What a broker led or coordinated may be elsewhere now.
    fn lost_node(&mut self, id: PeerId, lane: Lane) {
        self.refresh.want();
        if let (Some(node), Lane::Control | Lane::Group(_)) = (id.node(), lane) {
            self.coordinators.forget_node(node);
        }
    }

    /// Does what is due on all lanes of all brokers.
    pub(super) fn check_peers(&mut self, now: Moment) {
        let due: Vec<PeerId> = self
            .peers
            .iter()
            .filter(|(_, peer)| peer.next_deadline().is_some_and(|at| at <= now))
            .map(|(&id, _)| id)
            .collect();
        for id in due {
            for lane in self.peers.get_mut(&id).map(Peer::lanes).unwrap_or_default() {
                self.check_lane(now, (id, lane));
            }
        }
    }

    fn check_lane(&mut self, now: Moment, lane_id: LaneId) {
        let (id, lane) = lane_id;
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        let trouble = peer
            .trouble
            .as_ref()
            .map(|fault| fault.error(&peer.address, false));
        let state = peer.lane(lane);
        let expired = state.take_expired(now);
        let up = match &state.dial {
            Dial::Up { id, deadline, .. } => Some((*id, deadline.is_some_and(|at| at <= now))),
            _ => None,
        };
        for pending in expired {
            self.time_out(&pending, trouble.clone());
        }
        match up {
            Some((link, true)) => {
                let reason = "the broker accepted the connection but did not answer in time; is this a Kafka listener?";
                let fault = Fault::lost(TransportPhase::Handshake, reason);
                self.with_link(now, link, |link| link.handle_end(fault));
            }
            Some((link, false)) => self.with_link(now, link, |link| link.handle_deadline(now)),
            None => self.check_attempt(now, lane_id),
        }
    }

    fn check_attempt(&mut self, now: Moment, lane_id: LaneId) {
        let (id, lane) = lane_id;
        let Some(peer) = self.peers.get_mut(&id) else {
            return;
        };
        let state = peer.lane(lane);
        let has_waiting = state.has_waiting();
        match &mut state.dial {
            Dial::Idle if has_waiting => self.dial(now, lane_id),
            Dial::Resolving { id: link, deadline } if *deadline <= now => {
                let link = *link;
                self.abandon(link);
                let fault = Fault::lost(TransportPhase::Resolve, "looking the name up takes too long");
                self.attempt_failed(now, lane_id, fault, VecDeque::new());
            }
            Dial::Connecting {
                id: link,
                deadline,
                rest,
            } if *deadline <= now => {
                let (link, rest) = (*link, std::mem::take(rest));
                self.abandon(link);
                let fault = Fault::lost(
                    TransportPhase::Connect,
                    "no connection within the set-up time; check host, port and firewalls",
                );
                self.attempt_failed(now, lane_id, fault, rest);
            }
            _ => {}
        }
    }

    fn abandon(&mut self, link: LinkId) {
        self.links.remove(&link);
        self.actions.push_back(Action::Close(link));
    }

    /// Ends all connections to a broker; whoever waits is told why.
    pub(super) fn drop_peer(&mut self, now: Moment, id: PeerId, fault: &Fault) {
        for lane in self.peers.get_mut(&id).map(Peer::lanes).unwrap_or_default() {
            let Some(peer) = self.peers.get_mut(&id) else {
                return;
            };
            match &mut peer.lane(lane).dial {
                Dial::Idle => {}
                Dial::Resolving { id, .. } | Dial::Connecting { id, .. } => {
                    let link = *id;
                    peer.lane(lane).dial = Dial::Idle;
                    self.abandon(link);
                }
                Dial::Up { id, rest, .. } => {
                    let link = *id;
                    rest.clear();
                    self.with_link(now, link, |link| link.handle_end(fault.clone()));
                }
            }
            self.fail_waiting((id, lane), fault);
        }
        self.peers.remove(&id);
    }
}

/// Whether the next attempt begins with the oldest question: the broker dropped the connection upon the first one.
fn fall_back(peer: &mut Peer) -> bool {
    let (next, again) = match peer.fallback {
        Fallback::None => (Fallback::Trying, true),
        Fallback::Doubted => (Fallback::Needed, true),
        Fallback::Trying => (Fallback::None, false),
        Fallback::Needed => (Fallback::Needed, false),
    };
    peer.fallback = next;
    again
}

/// Adds to a broker's first failure what it means that the address came from the cluster.
fn advertised(id: PeerId, peer: &Peer, mut fault: Fault) -> Fault {
    let unreachable = matches!(fault.phase, TransportPhase::Resolve | TransportPhase::Connect);
    if let (PeerId::Node(node), false, true) = (id, peer.reached, unreachable) {
        fault.reason = format!(
            "{}; broker {node} advertises this address, which must be reachable from here: check its \
             advertised.listeners",
            fault.reason
        );
    }
    fault
}

/// A fault for a name without addresses.
pub(super) fn unknown_name() -> Fault {
    Fault::lost(
        TransportPhase::Resolve,
        "the name does not resolve; check its spelling in bootstrap.servers, or the resolver",
    )
}

/// Lets the two kinds of addresses take turns: a network without IPv6 costs one attempt, not all.
fn alternate(addresses: Vec<SocketAddr>) -> VecDeque<SocketAddr> {
    let first_is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (mut same, mut other): (VecDeque<_>, VecDeque<_>) = addresses
        .into_iter()
        .partition(|address| address.is_ipv6() == first_is_v6);
    let mut ordered = VecDeque::with_capacity(same.len() + other.len());
    while let Some(address) = same.pop_front() {
        ordered.push_back(address);
        ordered.extend(other.pop_front());
    }
    ordered.extend(other);
    ordered
}
