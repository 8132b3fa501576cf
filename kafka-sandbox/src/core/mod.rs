//! The cluster as a machine: bytes in, bytes out, time as an argument.
//!
//! Whoever runs it, be it sockets or a simulation, opens a link for each connection that a client makes, hands over the bytes that arrive,
//! and takes the bytes that are to be sent. Everything that happens, happens in one of the `handle_*` calls.

mod gate;
mod link;
mod outgoing;

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use protocol::frame::decode_request_header;
use protocol::messages::create_topics::CreatableTopic;
use protocol::wire::Frame;
use protocol::{ApiKey, ErrorCode};
use rustc_hash::FxHashMap;

use crate::answers::{LinkId, Outcome, Ticket};
use crate::fault::{
    Command, CommandError, ConnectionEntry, ConnectionLog, Fault, FaultError, Origin, Released, RequestEntry,
    Requests, Rule, RuleError, RuleId,
};
use crate::handlers::{self, Incoming, acknowledging, api_versions, create_topics, fetch, sasl_authenticate};
use crate::security::Authentication;
use crate::state::{BrokerEvent, BrokerStatus, Settings, State};
use crate::storage::{Storage, StorageError};
use crate::time::{Now, earliest};

use gate::{FaultGate, Stopped, Verdict};
use link::Link;
pub use link::Peer;
use outgoing::{Outgoing, Piece, Then};

/// What the world is to do.
#[derive(Debug)]
pub enum Action {
    /// Send these bytes on a connection.
    Write {
        /// The connection.
        link: LinkId,
        /// The bytes.
        frame: Frame,
        /// Whether the client is to see them apart from what was before them and comes behind them: write and flush them
        /// on their own.
        apart: bool,
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
    connections: ConnectionLog,
    /// Links that may take their next request when the time has come.
    resting: BTreeSet<(Duration, LinkId)>,
    outgoing: Outgoing,
    /// Links whose request was answered, and that may have another one waiting.
    answered: Vec<LinkId>,
    /// Bytes of answers that have not left, over all links whose world tells; and beyond how many no request is taken.
    unsent: usize,
    unsent_max: usize,
    /// Links whose next request waits until enough has left, longest waiting first.
    crowded: VecDeque<LinkId>,
    actions: VecDeque<Action>,
}

/// The most elements that all arrays of a request may have together: an element of a byte or two may take a hundred and more
/// once it is read, and so may its answer.
const ELEMENTS_MAX: usize = 1_000_000;

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
            connections: ConnectionLog::default(),
            resting: BTreeSet::new(),
            outgoing: Outgoing::default(),
            answered: Vec::new(),
            unsent: 0,
            unsent_max: usize::MAX,
            crowded: VecDeque::new(),
            actions: VecDeque::new(),
        })
    }

    /// The id of the cluster.
    pub fn cluster_id(&self) -> &str {
        &self.state.cluster_id
    }

    /// Takes a connection to a broker in; none when the broker is down or unknown: it refuses the connection.
    pub fn open_link(&mut self, now: Now, broker: i32, peer: Peer) -> Option<LinkId> {
        let up = self.state.brokers.get(broker)?.status != BrokerStatus::Down;
        up.then(|| {
            let id = LinkId(self.next_link);
            self.next_link += 1;
            let authenticate = self.state.security.mechanisms.is_some();
            self.connections.push(ConnectionEntry {
                at: now.elapsed,
                broker,
                link: id,
                host: peer.host.clone(),
            });
            self.links.insert(id, Link::new(broker, peer, authenticate));
            id
        })
    }

    /// Takes bytes that arrived. Those of a link that is gone are ignored.
    pub fn handle_bytes(&mut self, now: Now, link: LinkId, bytes: &[u8]) {
        if let Some(known) = self.links.get_mut(&link) {
            known.receive(bytes);
            if let Some((broker, host)) = known.count() {
                let quiet = self.state.quotas.connect(now.elapsed, broker, &host);
                if !quiet.is_zero() {
                    let until = now.elapsed.saturating_add(quiet);
                    known.rest(until);
                    self.resting.insert((until, link));
                }
            }
        }
        self.advance(now, link);
        self.settle(now);
    }

    /// Makes a link wait with its next request until its last answers have left, as
    /// [`handle_sent`](Self::handle_sent) tells: a client that asks much and reads nothing is then answered no more.
    pub fn pace_link(&mut self, link: LinkId) {
        if let Some(link) = self.links.get_mut(&link) {
            link.pace();
        }
    }

    /// Bounds what one answer may have in bytes, records that are fetched not counted, and what all answers together may have
    /// that have not left: beyond that no further request is taken, on whatever link. Only links that are
    /// [paced](Self::pace_link) count.
    pub fn limit_answers(&mut self, one: usize, unsent: usize) {
        self.state.answers.set_limit(one);
        self.unsent_max = unsent;
    }

    /// Learns that so many bytes that were to be written on a link have left, or will never be written: such a link may be gone.
    pub fn handle_sent(&mut self, now: Now, link: LinkId, bytes: usize) {
        let was_crowded = self.is_crowded();
        self.unsent = self.unsent.saturating_sub(bytes);
        let mut may_go_on = was_crowded && !self.is_crowded();
        may_go_on |= self.links.get_mut(&link).is_some_and(|link| link.sent(bytes));
        if may_go_on {
            self.advance(now, link);
        }
        while !self.is_crowded()
            && let Some(link) = self.crowded.pop_front()
        {
            if let Some(known) = self.links.get_mut(&link) {
                known.leave_queue();
                may_go_on = true;
            }
            self.advance(now, link);
        }
        if may_go_on {
            self.settle(now);
        }
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

    /// Whether a link waits because its broker is paused.
    pub fn is_held_up(&self, link: LinkId) -> bool {
        let link = self.links.get(&link);
        link.is_some_and(|link| !self.is_up(link.broker()))
    }

    /// Does something to the cluster.
    ///
    /// # Errors
    ///
    /// When it does not fit the cluster as it is; nothing has changed then.
    pub fn perform(&mut self, now: Now, command: &Command) -> Result<(), CommandError> {
        let outcome = self.state.perform(now, command);
        self.settle(now);
        outcome
    }

    /// Creates a topic with as many partitions and replicas of each, spread over the brokers.
    ///
    /// # Errors
    ///
    /// As CreateTopics answers, with its message.
    pub fn create_topic(
        &mut self,
        now: Now,
        name: &str,
        partitions: i32,
        replicas: i16,
    ) -> Result<(), (ErrorCode, Option<String>)> {
        let topic = CreatableTopic {
            name: name.to_owned(),
            num_partitions: partitions,
            replication_factor: replicas,
            ..CreatableTopic::default()
        };
        let outcome = create_topics::create_for_owner(now, &mut self.state, topic);
        self.settle(now);
        outcome
    }

    /// How many partitions a topic has; none when there is no such topic.
    pub fn partition_count(&self, topic: &str) -> Option<usize> {
        self.state.topics.get(topic).map(|topic| topic.partitions.len())
    }

    /// The brokers that have replicas and are not of this cluster, ascending: it was started with fewer than before.
    pub fn missing_brokers(&self) -> BTreeSet<i32> {
        let partitions = self.state.topics.iter().flat_map(|topic| &topic.partitions);
        let replicas = partitions.flat_map(|partition| partition.replicas.iter().copied());
        replicas
            .filter(|&id| self.state.brokers.get(id).is_none())
            .collect()
    }

    /// The brokers by id, and whether they are up.
    pub fn brokers(&self) -> impl Iterator<Item = (i32, BrokerStatus)> {
        self.state.brokers.iter().map(|broker| (broker.id, broker.status))
    }

    /// Puts a rule in force.
    ///
    /// # Errors
    ///
    /// When it could never strike.
    pub fn add_rule(&mut self, rule: Rule) -> Result<RuleId, RuleError> {
        self.state.add_rule(rule, Origin::Owner)
    }

    /// Takes a fault as one that comes from outside, as those of `kafkactl sandbox faults`: what is so already is fine, and
    /// neither the command nor the rule ends the last broker that runs.
    ///
    /// # Errors
    ///
    /// When a rule could never strike, or a command does not fit the cluster as it is.
    pub fn take_fault(&mut self, now: Now, fault: Fault) -> Result<(), FaultError> {
        let taken = self.state.take_fault(now, fault, None);
        self.settle(now);
        taken
    }

    /// Takes a rule out of force. Returns whether it was in. What it holds up goes on.
    pub fn remove_rule(&mut self, now: Now, id: RuleId) -> bool {
        let was_in = self.state.rules.remove(id);
        self.settle(now);
        was_in
    }

    /// Takes all rules out of force. What they hold up goes on, also what was held up by those that came to their end.
    pub fn clear_rules(&mut self, now: Now) {
        self.state.rules.clear();
        self.settle(now);
    }

    /// The ids of a group's members, sorted; none when there is no such group.
    pub fn members(&self, group: &str) -> Vec<String> {
        self.state.groups.members(group, &self.state.topics)
    }

    /// The rules in force with what is left of their counts, oldest first.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = &(RuleId, Rule)> {
        self.state.rules.iter()
    }

    /// The connections that brokers took, the latest 16 384, oldest first.
    pub fn connections(&self) -> impl ExactSizeIterator<Item = &ConnectionEntry> {
        self.connections.iter()
    }

    /// How many requests there ever were.
    pub(crate) fn requests_total(&self) -> u64 {
        self.state.requests.total()
    }

    /// The requests that arrived: the latest 65 536, and fewer where they take more than 16 MiB.
    pub fn requests(&self) -> Requests {
        self.state.requests.snapshot()
    }

    /// Forgets the requests that arrived, and the connections.
    pub fn clear_requests(&mut self) {
        self.state.requests.clear();
        self.connections.clear();
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
        while let Some(piece) = self.outgoing.pop(now.elapsed) {
            let link = piece.link;
            self.send_piece(piece);
            self.advance(now, link);
        }
        self.settle(now);
    }

    /// When [`handle_deadline`](Self::handle_deadline) is to be called.
    pub fn next_deadline(&self) -> Option<Duration> {
        let resting = self.resting.first().map(|&(until, _)| until);
        let own = earliest(resting, self.outgoing.next_deadline());
        // While there is no room for them, fetches wait for that.
        let fetches = self.state.fetches.next_deadline().filter(|_| !self.is_crowded());
        earliest(earliest(own, fetches), self.state.next_deadline())
    }

    /// Makes all that the cluster keeps survive a loss of power, as far as its storage can: for a clean end. The end of the
    /// process alone is survived without.
    pub fn flush(&mut self) {
        self.state.flush();
    }

    /// The next thing the world is to do.
    pub fn poll_action(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    fn may_advance(&mut self, now: Now, id: LinkId) -> bool {
        let Some(link) = self.links.get_mut(&id).filter(|link| link.is_idle(now.elapsed)) else {
            return false;
        };
        let broker = self.state.brokers.get(link.broker());
        let may = broker.is_some_and(|broker| match broker.status {
            BrokerStatus::Up => true,
            BrokerStatus::Paused { .. } => link.is_found_to_control(),
            BrokerStatus::Down => false,
        });
        if !may || link.controls() || !self.is_crowded() {
            return may;
        }
        if self.links.get_mut(&id).is_some_and(Link::enter_queue) {
            self.crowded.push_back(id);
        }
        false
    }

    /// Whether too much has not left.
    fn is_crowded(&self) -> bool {
        self.unsent > self.unsent_max
    }

    fn is_up(&self, broker: i32) -> bool {
        let broker = self.state.brokers.get(broker);
        broker.is_some_and(|broker| broker.status == BrokerStatus::Up)
    }

    /// Handles the requests of a link, one after the other, until one has to wait.
    fn advance(&mut self, now: Now, id: LinkId) {
        while self.may_advance(now, id) {
            let next = self.links.get_mut(&id).map_or(Ok(None), Link::next_request);
            let handled = match next {
                Ok(Some((frame, verdict))) => self.handle_request(now, id, &frame, verdict),
                Ok(None) => break,
                Err(error) => Err(error.to_string()),
            };
            if let Err(reason) = handled {
                tracing::debug!("connection closed: {reason}");
                self.close(id);
            }
            self.collect_answers(now);
        }
    }

    /// Handles one request. Fails when the connection is to be closed without an answer, as Kafka does with whatever it
    /// cannot understand.
    fn handle_request(
        &mut self,
        now: Now,
        id: LinkId,
        frame: &Bytes,
        verdict: Option<Verdict>,
    ) -> Result<(), String> {
        let Some(link) = self.links.get_mut(&id) else {
            return Ok(());
        };
        if link.session().is_raw() {
            return self.handle_token(now, id, frame);
        }
        let (header, mut body) = decode_request_header(frame).map_err(|error| error.to_string())?;
        body.limit_elements(ELEMENTS_MAX);
        let Some(broker) = self.state.brokers.get(link.broker()) else {
            return Err(format!("there is no broker {}", link.broker()));
        };
        let profile = broker.profile;
        let (key, version) = (ApiKey(header.request_api_key), header.request_api_version);
        let ticket = Ticket {
            link: id,
            key,
            version,
            correlation_id: header.correlation_id,
            account: None,
            size: frame.len(),
            throttle: Duration::ZERO,
        };
        link.begin();
        let not_admitted = |link: &mut Link| RequestEntry {
            at: now.elapsed,
            broker: link.broker(),
            link: id,
            api: key,
            version,
            client_id: link.client(header.client_id.as_deref()).id,
            subjects: Vec::new(),
            admitted: false,
        };
        if !link.session().admit(now.elapsed, key) {
            self.state.requests.push(not_admitted(link));
            return Err(format!("{} came without authentication", key.name()));
        }
        let offered = api_versions::offered(profile, key);
        if !offered.is_some_and(|versions| versions.contains(version)) {
            self.state.requests.push(not_admitted(link));
            if key != ApiKey::API_VERSIONS {
                return Err(format!("{} {version} is not offered", key.name()));
            }
            // The one error a client can understand whatever it speaks (KIP-511).
            let response = api_versions::unsupported(profile);
            let answer = Ticket { version: 0, ..ticket };
            self.state.answers.give(answer, response);
            return Ok(());
        }
        let client = link.client(header.client_id.as_deref());
        let mut ticket = ticket;
        if self.state.quotas.is_any_set() && link.session().is_charged() {
            ticket.account = Some(client.account(link.broker()));
        }
        let incoming = Incoming {
            broker: link.broker(),
            client: &client,
            ticket,
            session: link.session(),
        };
        let mut gate = FaultGate::new(now, verdict);
        let handled = handlers::dispatch(now, &mut self.state, incoming, &mut body, &mut gate);
        handled.map_err(|error| error.to_string())?;
        let Some(link) = self.links.get_mut(&id) else {
            return Ok(());
        };
        link.follow_session();
        match gate.stopped {
            None => link.expect(gate.into_verdict().answer),
            Some(Stopped::Held(time)) => {
                let until = now.elapsed.saturating_add(time);
                link.hold(frame.clone(), gate.into_verdict(), until);
                self.resting.insert((until, id));
            }
            Some(Stopped::Closed) => return Err("a rule wants it so".to_owned()),
        }
        Ok(())
    }

    /// Handles a message of a SASL mechanism that came without a header. Fails when the connection is to be closed, which
    /// is the only way to say that it was not accepted.
    fn handle_token(&mut self, now: Now, id: LinkId, message: &Bytes) -> Result<(), String> {
        let Some(link) = self.links.get_mut(&id) else {
            return Ok(());
        };
        link.begin();
        let ticket = Ticket {
            link: id,
            key: ApiKey::SASL_AUTHENTICATE,
            version: 0,
            correlation_id: 0,
            account: None,
            size: message.len(),
            throttle: Duration::ZERO,
        };
        match sasl_authenticate::take_message(now, &mut self.state, link.session(), message) {
            Authentication::Challenge(message) | Authentication::Done { message, .. } => {
                link.follow_session();
                self.state.answers.give_raw(ticket, &message);
                Ok(())
            }
            Authentication::Failed(reason) => Err(reason),
            Authentication::Broken | Authentication::Illegal => Err("no authentication".to_owned()),
        }
    }

    /// Hands out the answers that were given, and lets their links go on.
    fn settle(&mut self, now: Now) {
        loop {
            for event in self.state.take_broker_events() {
                self.handle_broker_event(now, event);
            }
            self.state.note_imbalance(now);
            acknowledging::retry(now, &mut self.state);
            let released = self.state.rules.take_released();
            if released != Released::Nothing {
                self.release(now, &released);
            }
            // Many may wait for the same, and the answer to one alone may be all that there is room for.
            while !self.is_crowded() && fetch::retry(now, &mut self.state) {
                self.collect_answers(now);
            }
            self.state.follow_coordinators(now);
            self.collect_answers(now);
            let orders = self.state.take_orders();
            for order in &orders {
                if let Err(error) = self.state.perform(now, order) {
                    tracing::warn!("{order}: {error}");
                }
            }
            if self.answered.is_empty() && orders.is_empty() {
                break;
            }
            for link in std::mem::take(&mut self.answered) {
                self.advance(now, link);
            }
        }
    }

    /// Lets go on what these rules hold up: requests, and answers.
    fn release(&mut self, now: Now, released: &Released) {
        let links = self.links.iter_mut();
        let free = links.filter_map(|(&id, link)| link.release(now.elapsed, released).then_some(id));
        let mut free: Vec<LinkId> = free.collect();
        free.sort_unstable();
        self.outgoing.release(now.elapsed, released);
        while let Some(piece) = self.outgoing.pop(now.elapsed) {
            free.push(piece.link);
            self.send_piece(piece);
        }
        for link in free {
            self.advance(now, link);
        }
    }

    fn handle_broker_event(&mut self, now: Now, event: BrokerEvent) {
        let of = |broker| {
            let links = self.links.iter();
            let links = links.filter(move |(_, link)| link.broker() == broker);
            let mut links: Vec<LinkId> = links.map(|(&id, _)| id).collect();
            links.sort_unstable();
            links
        };
        match event {
            BrokerEvent::Ended(broker) => {
                let links = of(broker);
                let accept = false;
                self.actions.push_back(Action::Listen { broker, accept });
                links.into_iter().for_each(|link| self.close(link));
            }
            BrokerEvent::Changed(broker) => of(broker).into_iter().for_each(|link| self.close(link)),
            BrokerEvent::Started(broker) => {
                let accept = true;
                self.actions.push_back(Action::Listen { broker, accept });
            }
            BrokerEvent::Resumed(broker) => {
                for id in of(broker) {
                    let kept = self.links.get_mut(&id).map(Link::take_kept).unwrap_or_default();
                    for piece in kept {
                        self.send_piece(piece);
                    }
                    self.advance(now, id);
                }
            }
        }
    }

    /// Sends the answers that were given. Their links are gone on with by [`settle`](Self::settle).
    fn collect_answers(&mut self, now: Now) {
        for (ticket, outcome) in self.state.answers.take() {
            self.answered.push(ticket.link);
            self.deliver(now, ticket, outcome);
        }
    }

    fn deliver(&mut self, now: Now, ticket: Ticket, outcome: Outcome) {
        let id = ticket.link;
        let Some(link) = self.links.get_mut(&id) else {
            return;
        };
        if !ticket.throttle.is_zero() {
            let until = now.elapsed.saturating_add(ticket.throttle);
            link.rest(until);
            self.resting.insert((until, id));
        }
        let mut faults = link.take_answer_faults();
        let outcome = match (outcome, faults.instead.take()) {
            (Outcome::Frame(Ok(_)), Some(frame)) => Outcome::Frame(Ok(frame)),
            (outcome, _) => outcome,
        };
        match outcome {
            Outcome::Frame(Ok(_)) | Outcome::Silence if faults.drop => self.close(id),
            Outcome::Frame(Ok(frame)) if faults.leave_it() => {
                let (apart, then) = (false, Then::Next);
                self.send_piece(Piece {
                    link: id,
                    frame,
                    apart,
                    then,
                });
            }
            Outcome::Frame(Ok(frame)) => {
                self.outgoing.push(now.elapsed, id, frame, &faults);
                while let Some(piece) = self.outgoing.pop(now.elapsed) {
                    self.send_piece(piece);
                }
            }
            Outcome::Last(Ok(frame), after) => {
                self.outgoing
                    .push_last(now.elapsed.saturating_add(after), id, frame);
                while let Some(piece) = self.outgoing.pop(now.elapsed) {
                    self.send_piece(piece);
                }
            }
            Outcome::Frame(Err(error)) | Outcome::Last(Err(error), _) => {
                let (api, version) = (ticket.key.name(), ticket.version);
                tracing::error!("an answer to {api} {version} cannot be written: {error}");
                self.close(id);
            }
            Outcome::Silence => link.end(),
            Outcome::Close => self.close(id),
        }
    }

    /// Sends a piece of an answer, unless its broker is paused: then it is kept for later.
    fn send_piece(&mut self, piece: Piece) {
        let id = piece.link;
        let Some(broker) = self.links.get(&id).map(Link::broker) else {
            return;
        };
        let up = self.is_up(broker);
        let Some(link) = self.links.get_mut(&id) else {
            return;
        };
        if !up && !link.controls() {
            return link.keep(piece);
        }
        let Piece {
            frame, apart, then, ..
        } = piece;
        if link.answer(frame.len()) {
            self.unsent += frame.len();
        }
        self.actions.push_back(Action::Write {
            link: id,
            frame,
            apart,
        });
        match then {
            Then::More => {}
            Then::Next => link.end(),
            Then::Close => self.close(id),
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
