//! Composes machines, links and the view of the cluster. Pure: time, randomness and bytes come in, actions go out.
//!
//! ```text
//! machines ─ Wish::Send ─▶ route ─▶ lane of a peer ─▶ Link ─▶ Action::Write
//!     ▲                      │                          │
//!     └──── Answer ──────────┴── answers ◀──────────────┘
//! ```

mod action;
pub(crate) mod consumer;
mod dial;
mod login;
mod peer;
mod pending;
mod route;
mod status;
mod view;

pub mod calls;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use protocol::wire::DecodeError;
use rustc_hash::FxHashMap;

use crate::cluster::{Coordinators, Endpoint, EndpointError, Metadata, Refresh};
use crate::config::ConnectionConfig;
use crate::connection::{Answer, Fault, LinkSettings};
use crate::machine::{LeaderHint, Machine, Wish};
use crate::time::{Backoff, Moment, earliest};

use login::Logins;
use peer::{LaneId, Peer, PeerId};
use pending::Parked;

pub use action::{Action, LinkId};
pub use login::TokenResult;
pub use status::Status;

/// Who asked: a machine, or the engine itself.
type Owner = u64;

const OWNER_METADATA: Owner = 0;
const OWNER_COORDINATORS: Owner = 1;
/// The first number that machines get.
const OWNER_MACHINES: Owner = 16;

/// The core of a client.
///
/// Call the `handle_*` method of what happened, then [`poll_action`](Self::poll_action) until there is none, and be
/// back at [`next_deadline`](Self::next_deadline) with [`handle_deadline`](Self::handle_deadline).
#[derive(Debug)]
pub struct Engine {
    config: Arc<ConnectionConfig>,
    link_settings: Arc<LinkSettings>,
    rng: fastrand::Rng,
    logins: Logins,
    metadata: Arc<Metadata>,
    refresh: Refresh,
    scopes: view::Scopes,
    coordinators: Coordinators,
    searches: BTreeMap<u64, crate::cluster::CoordinatorKind>,
    peers: BTreeMap<PeerId, Peer>,
    /// Whether metadata is to come from the bootstrap servers.
    bootstrapping: bool,
    links: FxHashMap<LinkId, LaneId>,
    next_link: u64,
    /// The newest version of ApiVersions that a broker was seen to know.
    api_versions_seen: i16,
    machines: BTreeMap<Owner, Box<dyn Machine>>,
    /// Room for a list of machines, kept so that a wake-up allocates nothing.
    owners: Vec<Owner>,
    next_owner: Owner,
    next_tag: u64,
    parked: Parked,
    hints: Vec<LeaderHint>,
    answers: VecDeque<(Owner, Answer)>,
    actions: VecDeque<Action>,
    status: Status,
    /// When whoever waits for the client to be connected is told that it is not; none afterwards.
    connect_by: Option<Moment>,
}

impl Engine {
    /// An engine that knows the bootstrap servers. `seed` must be random where passwords are used.
    ///
    /// # Errors
    ///
    /// When a bootstrap server is not `host:port`, or there is none.
    pub fn new(config: Arc<ConnectionConfig>, seed: [u8; 32]) -> Result<Self, EndpointError> {
        let seeds: Vec<Endpoint> = config
            .bootstrap
            .iter()
            .map(|text| text.parse())
            .collect::<Result<_, EndpointError>>()?;
        if seeds.is_empty() {
            return Err(EndpointError(String::new()));
        }
        let retry = Backoff::new(config.retry_backoff, config.retry_backoff_max);
        let mut engine = Self {
            link_settings: Arc::new(LinkSettings {
                client_id: config.client_id.clone(),
                mechanism: config.security.sasl.as_ref().map(|sasl| sasl.mechanism),
                encrypted: config.security.tls.is_some(),
                request_timeout: config.request_timeout,
                idle_timeout: config.idle_timeout,
                in_flight_max: config.in_flight_max,
            }),
            rng: fastrand::Rng::with_seed(u64::from_le_bytes(*seed.first_chunk().unwrap_or(&[0; 8]))),
            logins: Logins::new(config.security.sasl.as_ref(), seed),
            metadata: Arc::default(),
            refresh: Refresh::new(config.metadata_max_age, config.rebootstrap_after, retry.clone()),
            scopes: view::Scopes::default(),
            coordinators: Coordinators::new(retry),
            searches: BTreeMap::new(),
            peers: BTreeMap::new(),
            bootstrapping: true,
            links: FxHashMap::default(),
            next_link: 0,
            api_versions_seen: 0,
            machines: BTreeMap::new(),
            owners: Vec::new(),
            next_owner: OWNER_MACHINES,
            next_tag: 0,
            parked: Parked::default(),
            hints: Vec::new(),
            answers: VecDeque::new(),
            actions: VecDeque::new(),
            status: Status::default(),
            connect_by: None,
            config,
        };
        for (index, endpoint) in seeds.into_iter().enumerate() {
            let peer = Peer::new(endpoint, &engine.config);
            engine.peers.insert(PeerId::Seed(index), peer);
        }
        Ok(engine)
    }

    /// Takes a machine in. It is dropped when it says that it is done.
    pub fn install(&mut self, now: Moment, machine: Box<dyn Machine>) {
        let owner = self.next_owner;
        self.next_owner += 1;
        self.machines.insert(owner, machine);
        self.with_machine(now, owner, |machine, metadata| {
            machine.handle_wakeup(now, metadata)
        });
        self.settle(now);
    }

    /// Begins to connect, though nobody asks for anything yet.
    pub fn handle_start(&mut self, now: Moment) {
        self.connect_by = Some(now + self.config.connect_timeout);
        self.settle(now);
    }

    /// Learns that callers may have left something with the machines.
    pub fn handle_wakeup(&mut self, now: Moment) {
        self.each_machine(now, |machine, metadata| machine.handle_wakeup(now, metadata));
        self.settle(now);
    }

    /// Takes the addresses of a name, or why there are none.
    pub fn handle_resolved(&mut self, now: Moment, link: LinkId, outcome: Result<Vec<SocketAddr>, Fault>) {
        self.resolved(now, link, outcome);
        self.settle(now);
    }

    /// Learns that bytes can be sent, or that the connection could not be made.
    pub fn handle_connected(&mut self, now: Moment, link: LinkId, outcome: Result<(), Fault>) {
        self.connected(now, link, outcome);
        self.settle(now);
    }

    /// Takes a frame without its length.
    pub fn handle_frame(&mut self, now: Moment, link: LinkId, frame: Bytes) {
        self.with_link(now, link, |link| link.handle_frame(now, frame));
        self.settle(now);
    }

    /// Learns that the oldest write that was to be reported is done.
    pub fn handle_written(&mut self, now: Moment, link: LinkId) {
        self.with_link(now, link, |link| link.handle_written(now));
        self.settle(now);
    }

    /// Learns that the peer closed a connection, or that it broke.
    pub fn handle_closed(&mut self, now: Moment, link: LinkId, source: Option<io::Error>) {
        self.with_link(now, link, |link| link.handle_closed(source));
        self.settle(now);
    }

    /// Learns that a connection is of no use, and why.
    pub fn handle_fault(&mut self, now: Moment, link: LinkId, fault: Fault) {
        self.with_link(now, link, |link| link.handle_end(fault));
        self.settle(now);
    }

    /// Learns that what a peer sent is no frame.
    pub fn handle_bad_frame(&mut self, now: Moment, link: LinkId, error: &DecodeError) {
        self.with_link(now, link, |link| link.handle_bad_frame(error));
        self.settle(now);
    }

    /// Takes a token, or why there is none.
    pub fn handle_token(&mut self, now: Moment, outcome: TokenResult) {
        let (waiting, error) = self.logins.handle_token(now, &mut self.rng, outcome);
        for link in waiting {
            match &error {
                None => self.login(now, link),
                Some(reason) => self.with_link(now, link, |link| link.handle_login(now, Err(reason.clone()))),
            }
        }
        self.settle(now);
    }

    /// Does what is due.
    pub fn handle_deadline(&mut self, now: Moment) {
        self.expire_parked(now);
        self.check_peers(now);
        if self.connect_by.is_some_and(|at| at <= now) {
            self.connect_by = None;
            self.status.overdue = !self.status.connected;
        }
        if self.refresh.rebootstrap(now) {
            self.rebootstrap(now);
        }
        if self.logins.refresh_due(now) {
            self.actions.push_back(Action::Token);
        }
        let due: Vec<Owner> = self
            .machines
            .iter()
            .filter(|(_, machine)| machine.next_deadline().is_some_and(|at| at <= now))
            .map(|(&owner, _)| owner)
            .collect();
        for owner in due {
            self.with_machine(now, owner, |machine, metadata| {
                machine.handle_deadline(now, metadata)
            });
        }
        self.settle(now);
    }

    /// When [`handle_deadline`](Self::handle_deadline) is to be called.
    pub fn next_deadline(&self) -> Option<Moment> {
        let machines = self
            .machines
            .values()
            .filter_map(|machine| machine.next_deadline())
            .min();
        let peers = self.peers.values().filter_map(Peer::next_deadline).min();
        let own = [
            self.refresh.next_deadline(),
            self.coordinators.next_deadline(),
            self.parked.until,
            self.logins.next_deadline(),
            self.connect_by,
            peers,
        ];
        own.into_iter().fold(machines, earliest)
    }

    /// The next thing the world is to do.
    pub fn poll_action(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    /// How the client is doing.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// How many machines there are, and how many requests are under way or wait.
    #[cfg(feature = "simulation")]
    pub fn load(&self) -> (usize, usize) {
        let parked =
            self.parked.metadata.len() + self.parked.coordinators.values().map(Vec::len).sum::<usize>();
        let under_way: usize = self.peers.values().map(Peer::load).sum();
        (self.machines.len(), parked + under_way)
    }

    /// What is known of the cluster.
    pub fn metadata(&self) -> &Arc<Metadata> {
        &self.metadata
    }

    /// Hands out answers and starts what the engine itself needs, until nothing is left to do.
    fn settle(&mut self, now: Moment) {
        loop {
            while let Some((owner, answer)) = self.answers.pop_front() {
                match owner {
                    OWNER_METADATA => self.metadata_answered(now, answer),
                    OWNER_COORDINATORS => self.coordinators_answered(now, answer),
                    machine => self.with_machine(now, machine, |machine, metadata| {
                        machine.handle_answer(now, metadata, answer);
                    }),
                }
            }
            self.take_hints(now);
            self.ask_for_metadata(now);
            self.ask_for_coordinators(now);
            if self.answers.is_empty() && self.hints.is_empty() {
                break;
            }
        }
        self.update_status();
    }

    fn each_machine(&mut self, now: Moment, mut handle: impl FnMut(&mut dyn Machine, &Metadata)) {
        let mut owners = std::mem::take(&mut self.owners);
        owners.clear();
        owners.extend(self.machines.keys());
        for &owner in &owners {
            self.with_machine(now, owner, &mut handle);
        }
        self.owners = owners;
    }

    /// Lets a machine handle something, then does what it wants.
    fn with_machine(&mut self, now: Moment, owner: Owner, handle: impl FnOnce(&mut dyn Machine, &Metadata)) {
        // A machine that has ended gets no answers any more.
        let Some(machine) = self.machines.get_mut(&owner) else {
            return;
        };
        handle(machine.as_mut(), &self.metadata);
        while let Some(machine) = self.machines.get_mut(&owner)
            && let Some(wish) = machine.poll_wish(now, &self.metadata)
        {
            self.grant(now, owner, wish);
        }
        if self.machines.get(&owner).is_some_and(|machine| machine.is_done()) {
            self.machines.remove(&owner);
        }
    }

    fn grant(&mut self, now: Moment, owner: Owner, wish: Wish) {
        match wish {
            Wish::Send(ask) => self.ask(now, owner, ask),
            Wish::Refresh => {
                self.refresh.want();
                self.scopes.wished = true;
            }
            Wish::ForgetCoordinator(kind, key) => self.coordinators.forget(kind, &key),
            Wish::Leader(hint) => self.hints.push(hint),
        }
    }
}
