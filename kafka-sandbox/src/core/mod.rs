//! The cluster as a machine: bytes in, bytes out, time as an argument.
//!
//! Whoever runs it, be it sockets or a simulation, opens a link for each connection that a client makes, hands over the bytes that arrive,
//! and takes the bytes that are to be sent. Everything that happens, happens in one of the `handle_*` calls.

mod gate;
mod link;

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use protocol::frame::decode_request_header;
use protocol::wire::Frame;
use protocol::{ApiKey, ErrorCode};
use rustc_hash::FxHashMap;

use crate::answers::{LinkId, Outcome, Ticket};
use crate::handlers::{self, Client, Incoming, api_versions, fetch};
use crate::state::{BrokerStatus, Settings, State};
use crate::storage::{Storage, StorageError};
use crate::time::{Now, earliest};

use gate::FaultGate;
use link::Link;

/// Where a connection comes from.
#[derive(Clone, Debug)]
pub struct Peer {
    /// The client's address, without its port.
    pub host: Arc<str>,
    /// The name of the listener it came in by, e.g. `PLAINTEXT`.
    pub listener: Arc<str>,
    /// Who it is by its certificate, e.g. `User:CN=alice`; else it is `User:ANONYMOUS` until it authenticates.
    pub principal: Option<Arc<str>>,
}

/// What the world is to do.
#[derive(Debug)]
pub enum Action {
    /// Send these bytes on a connection.
    Write {
        /// The connection.
        link: LinkId,
        /// The bytes.
        frame: Frame,
    },
    /// Close a connection once what was written before is sent; nothing of it is to be reported any more.
    Close(LinkId),
    /// A broker began to accept connections, or ceased to.
    Listen {
        /// The broker.
        broker: i32,
        /// Whether it accepts them.
        accept: bool,
    },
}

/// The cluster.
pub struct Core {
    state: State,
    links: FxHashMap<LinkId, Link>,
    next_link: u64,
    /// Links that may take their next request when the time has come.
    resting: BTreeSet<(Duration, LinkId)>,
    actions: VecDeque<Action>,
}

impl Core {
    /// A cluster with what its storage holds.
    ///
    /// # Errors
    ///
    /// When the storage cannot be read, or holds what no sandbox wrote.
    pub fn new(now: Now, settings: Settings, storage: Box<dyn Storage>) -> Result<Self, StorageError> {
        Ok(Self {
            state: State::open(now, settings, storage)?,
            links: FxHashMap::default(),
            next_link: 0,
            resting: BTreeSet::new(),
            actions: VecDeque::new(),
        })
    }

    /// Takes a connection to a broker in; none when the broker is down or unknown: it refuses the connection.
    pub fn open_link(&mut self, broker: i32, peer: Peer) -> Option<LinkId> {
        let up = self.state.brokers.get(broker)?.status != BrokerStatus::Down;
        up.then(|| {
            let id = LinkId(self.next_link);
            self.next_link += 1;
            self.links.insert(id, Link::new(broker, peer));
            id
        })
    }

    /// Makes a link wait with its next request until its last answers have left, as
    /// [`handle_sent`](Self::handle_sent) tells: a client that asks much and reads nothing is then answered no more.
    pub fn pace_link(&mut self, link: LinkId) {
        if let Some(link) = self.links.get_mut(&link) {
            link.pace();
        }
    }

    /// Learns that all that was to be written on a link has left.
    pub fn handle_sent(&mut self, now: Now, link: LinkId) {
        if self.links.get_mut(&link).is_some_and(Link::sent) {
            self.advance(now, link);
            self.settle(now);
        }
    }

    /// Takes bytes that arrived. Those of a link that is gone are ignored.
    pub fn handle_bytes(&mut self, now: Now, link: LinkId, bytes: &[u8]) {
        if let Some(link) = self.links.get_mut(&link) {
            link.receive(bytes);
        }
        self.advance(now, link);
        self.settle(now);
    }

    /// Whether bytes of this link should be left where they are: it cannot take its next request, and more wait behind it.
    pub fn is_full(&self, now: Now, link: LinkId) -> bool {
        let Some(link) = self.links.get(&link) else {
            return false;
        };
        link.is_full(now.elapsed, self.is_up(link.broker()))
    }

    /// How many bytes of this link have arrived and wait: behind a request that is worked on, or for the rest of theirs.
    pub fn buffered(&self, link: LinkId) -> usize {
        self.links.get(&link).map_or(0, Link::buffered)
    }

    fn may_advance(&self, now: Now, link: LinkId) -> bool {
        let link = self.links.get(&link);
        link.is_some_and(|link| link.is_idle(now.elapsed) && self.is_up(link.broker()))
    }

    fn is_up(&self, broker: i32) -> bool {
        let broker = self.state.brokers.get(broker);
        broker.is_some_and(|broker| broker.status == BrokerStatus::Up)
    }

    /// Learns that a client closed its connection, or that it broke.
    pub fn handle_closed(&mut self, now: Now, link: LinkId) {
        self.links.remove(&link);
        self.state.forget_link(link);
        self.settle(now);
    }

    /// Does what is due.
    pub fn handle_deadline(&mut self, now: Now) {
        self.state.handle_deadline(now);
        while let Some(&(until, link)) = self.resting.first()
            && until <= now.elapsed
        {
            self.resting.pop_first();
            self.advance(now, link);
        }
        self.settle(now);
    }

    /// When [`handle_deadline`](Self::handle_deadline) is to be called.
    pub fn next_deadline(&self) -> Option<Duration> {
        let resting = self.resting.first().map(|&(until, _)| until);
        earliest(resting, self.state.next_deadline())
    }

    /// The next thing the world is to do.
    pub fn poll_action(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    /// Handles the requests of a link, one after the other, until one has to wait.
    fn advance(&mut self, now: Now, id: LinkId) {
        while self.may_advance(now, id) {
            let next = self.links.get_mut(&id).map_or(Ok(None), Link::next_request);
            match next {
                Ok(Some(frame)) => {
                    if let Err(refusal) = self.handle_request(now, id, &frame) {
                        tracing::debug!("connection closed: {refusal}");
                        self.close(id);
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    tracing::debug!("connection closed: {error}");
                    self.close(id);
                }
            }
            self.collect_answers(now);
        }
    }

    /// Handles one request. Fails when the connection is to be closed without an answer, as Kafka does with whatever it
    /// cannot understand.
    fn handle_request(&mut self, now: Now, id: LinkId, frame: &bytes::Bytes) -> Result<(), String> {
        let Some(link) = self.links.get_mut(&id) else {
            return Ok(());
        };
        let (header, mut body) = decode_request_header(frame).map_err(|error| error.to_string())?;
        let broker = link.broker();
        let profile = match self.state.brokers.get(broker) {
            Some(broker) => broker.profile,
            None => return Ok(()),
        };
        let (key, version) = (ApiKey(header.request_api_key), header.request_api_version);
        let ticket = Ticket {
            link: id,
            key,
            version,
            correlation_id: header.correlation_id,
            throttle: Duration::ZERO,
        };
        link.begin();
        let offered = api_versions::offered(profile, key);
        if !offered.is_some_and(|versions| versions.contains(version)) {
            if key != ApiKey::API_VERSIONS {
                return Err(format!("{} {version} is not offered", key.name()));
            }
            // The one error a client can understand whatever it speaks (KIP-511).
            let response = api_versions::response(profile, 0, ErrorCode::UNSUPPORTED_VERSION);
            let answer = Ticket { version: 0, ..ticket };
            self.state.answers.give(answer, response);
            return Ok(());
        }
        let client: Client = link.client(header.client_id.as_deref());
        let incoming = Incoming {
            broker,
            client: &client,
            ticket,
        };
        let mut gate = FaultGate {};
        let handled = handlers::dispatch(now, &mut self.state, incoming, &mut body, &mut gate);
        handled.map_err(|error| error.to_string())
    }

    /// Hands out the answers that were given, and lets their links go on.
    fn settle(&mut self, now: Now) {
        loop {
            fetch::retry(now, &mut self.state);
            let answered = self.collect_answers(now);
            if answered.is_empty() {
                break;
            }
            for link in answered {
                self.advance(now, link);
            }
        }
    }

    fn collect_answers(&mut self, now: Now) -> Vec<LinkId> {
        let answers = self.state.answers.take();
        let mut links = Vec::with_capacity(answers.len());
        for (ticket, outcome) in answers {
            links.push(ticket.link);
            self.deliver(now, ticket, outcome);
        }
        links
    }

    fn deliver(&mut self, now: Now, ticket: Ticket, outcome: Outcome) {
        let id = ticket.link;
        let Some(link) = self.links.get_mut(&id) else {
            return;
        };
        let until = now.elapsed + ticket.throttle;
        link.end(until);
        if !ticket.throttle.is_zero() {
            self.resting.insert((until, id));
        }
        match outcome {
            Outcome::Frame(Ok(frame)) => {
                link.answer(frame.len());
                self.actions.push_back(Action::Write { link: id, frame });
            }
            Outcome::Frame(Err(error)) => {
                tracing::error!(
                    "an answer to {} {} cannot be written: {error}",
                    ticket.key.name(),
                    ticket.version
                );
                self.close(id);
            }
            Outcome::Silence => {}
            Outcome::Close => self.close(id),
        }
    }

    fn close(&mut self, id: LinkId) {
        if self.links.remove(&id).is_some() {
            self.state.forget_link(id);
            self.actions.push_back(Action::Close(id));
        }
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("state", &self.state)
            .field("links", &self.links.len())
            .finish_non_exhaustive()
    }
}
