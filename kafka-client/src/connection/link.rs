use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Buf, Bytes};
use protocol::frame::decode_response_header;
use protocol::sasl::Mechanism;
use protocol::sasl::scram::SaltedPassword;
use protocol::wire::{DecodeError, Frame};

use super::ask::{Body, Reply};
use super::diagnosis::{self, Progress};
use super::fault::{Fault, FaultKind};
use super::handshake::{Authenticated, Handshake, Login, Next, Peer};
use super::inflight::{InFlight, Purpose, Sent, Ticket};
use super::throttle::throttle_time;
use super::versions::BrokerVersions;
use crate::cluster::NodeId;
use crate::error::{RequestError, TransportPhase};
use crate::time::{Moment, earliest};

/// What all links of a client have in common.
#[derive(Clone, Debug)]
pub struct LinkSettings {
    /// The name under which brokers log and limit this client.
    pub client_id: String,
    /// How to authenticate; none for not at all.
    pub mechanism: Option<Mechanism>,
    /// Whether the connection uses TLS.
    pub encrypted: bool,
    /// How long the broker may take to answer a request of the link's own.
    pub request_timeout: Duration,
    /// After which time without use the link ends.
    pub idle_timeout: Duration,
    /// The most requests on the wire.
    pub in_flight_max: usize,
}

/// Something to write.
#[derive(Debug)]
pub struct Output {
    /// The bytes.
    pub frame: Frame,
    /// Whether [`Link::handle_written`] is to be called when they are written.
    pub report: bool,
}

/// What happened on a link.
#[derive(Debug)]
pub enum LinkEvent {
    /// A request was answered, or will not be.
    Answered(Ticket, Result<Reply, RequestError>),
    /// The link is over: drop it and close the socket. The last event.
    Ended(Fault),
    /// [`Link::handle_login`] is to be called.
    LoginWanted,
    /// Requests can be sent, for the first time or again.
    Ready,
    /// SCRAM hashed the password to this; it saves time on the next connection.
    Salted(SaltedPassword),
    /// The broker asked for silence for this long (KIP-219). [`LinkEvent::Ready`] tells when it is over.
    Throttled(Duration),
}

/// The state of one connection to one broker, from the moment bytes can be sent.
///
/// ```text
/// new ─▶ versions ─▶ (login ─▶ SASL) ─▶ ready ⇄ (re-authentication | throttled) ─▶ ended
/// ```
#[derive(Debug)]
pub struct Link {
    settings: Arc<LinkSettings>,
    handshake: Handshake,
    in_flight: InFlight,
    output: VecDeque<Output>,
    events: VecDeque<LinkEvent>,
    /// When the broker's wish for silence ends.
    muted_until: Option<Moment>,
    reauthenticate_at: Option<Moment>,
    last_used: Moment,
    /// Whether the handshake has succeeded once.
    established: bool,
    /// Whether anybody's request was ever answered.
    answered: bool,
    ended: bool,
}

impl Link {
    /// A link on a connection that was just made.
    pub fn new(now: Moment, settings: Arc<LinkSettings>, peer: Peer) -> Self {
        let handshake = Handshake::new(peer, settings.mechanism);
        let mut link = Self {
            settings,
            handshake,
            in_flight: InFlight::default(),
            output: VecDeque::new(),
            events: VecDeque::new(),
            muted_until: None,
            reauthenticate_at: None,
            last_used: now,
            established: false,
            answered: false,
            ended: false,
        };
        let first = link.handshake.start();
        link.advance(now, Ok(first));
        link
    }

    /// The peer.
    pub fn peer(&self) -> &Peer {
        self.handshake.peer()
    }

    /// Says which broker the peer is, when that is found out later.
    pub fn name_node(&mut self, node: NodeId) {
        self.handshake.name_node(node);
    }

    /// What the broker said of itself, once it did.
    pub fn versions(&self) -> Option<&Arc<BrokerVersions>> {
        self.handshake.versions()
    }

    /// Whether [`send`](Self::send) may be called.
    pub fn is_ready(&self) -> bool {
        self.handshake.is_done()
            && !self.ended
            && self.muted_until.is_none()
            && self.in_flight.len() < self.settings.in_flight_max
    }

    /// Whether the handshake has succeeded once.
    pub fn is_established(&self) -> bool {
        self.established && !self.ended
    }

    /// Until when the broker wants silence.
    pub fn muted_until(&self) -> Option<Moment> {
        self.muted_until
    }

    /// Requests on the wire.
    pub fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// Writes a request in the highest version that both sides speak. Only when [`is_ready`](Self::is_ready).
    /// `answered` is whether the broker will reply; if not, being written is the answer.
    ///
    /// # Errors
    ///
    /// When there is no common version, or the request cannot be said in it. Nothing was written then.
    pub fn send(
        &mut self,
        now: Moment,
        ticket: Ticket,
        body: &dyn Body,
        deadline: Moment,
        timeout: Duration,
        answered: bool,
    ) -> Result<(), RequestError> {
        debug_assert!(self.is_ready());
        let key = body.key();
        let versions = self.handshake.versions().ok_or(RequestError::Closed)?;
        let version = versions.choose(key, body.versions(), self.peer().node)?;
        let correlation_id = self.in_flight.next_id();
        let frame = body.encode(correlation_id, &self.settings.client_id, version)?;
        let purpose = Purpose::Ask(ticket);
        self.in_flight.push(
            Sent {
                correlation_id,
                key,
                version,
                purpose,
                deadline,
                timeout,
            },
            answered,
        );
        self.last_used = now;
        self.output.push_back(Output {
            frame,
            report: !answered,
        });
        Ok(())
    }

    /// Takes a frame without its length.
    pub fn handle_frame(&mut self, now: Moment, mut frame: Bytes) {
        if self.ended {
            return;
        }
        let Some(sent) = self.in_flight.front().copied() else {
            return self.end(Fault::lost(
                self.phase(),
                "the broker replied to a request that was not sent",
            ));
        };
        let (id, header) = match decode_response_header(&frame, sent.key, sent.version) {
            Ok((id, rest)) => (id, rest.at()),
            Err(error) => {
                let reason = format!("cannot read the reply to {}: {error}", sent.key);
                return self.end(Fault::lost(self.phase(), reason));
            }
        };
        if id != sent.correlation_id {
            let reason = format!(
                "the broker replied to request {id} when {} was due",
                sent.correlation_id
            );
            return self.end(Fault::lost(self.phase(), reason));
        }
        self.in_flight.pop();
        self.last_used = now;
        frame.advance(header);
        let throttle = throttle_time(sent.key, sent.version, &frame);
        match sent.purpose {
            Purpose::Ask(ticket) => {
                self.answered = true;
                let reply = Reply {
                    key: sent.key,
                    version: sent.version,
                    body: frame,
                };
                self.events.push_back(LinkEvent::Answered(ticket, Ok(reply)));
            }
            Purpose::Setup => {
                let next = self.handshake.handle_reply(sent.version, &frame);
                self.advance(now, next);
            }
        }
        if !throttle.is_zero() && !self.ended {
            self.muted_until = self.muted_until.max(Some(now + throttle));
            self.events.push_back(LinkEvent::Throttled(throttle));
        } else {
            self.make_room();
        }
    }

    /// Tells when there is room again for a request, after one of as many as may be left the wire.
    fn make_room(&mut self) {
        if self.in_flight.len() + 1 == self.settings.in_flight_max {
            self.become_ready();
        }
    }

    /// Learns that the oldest output to be reported was written.
    pub fn handle_written(&mut self, now: Moment) {
        if let Some(sent) = self.in_flight.pop_written()
            && let Purpose::Ask(ticket) = sent.purpose
        {
            self.last_used = now;
            let reply = Reply {
                key: sent.key,
                version: sent.version,
                body: Bytes::new(),
            };
            self.events.push_back(LinkEvent::Answered(ticket, Ok(reply)));
            self.make_room();
        }
    }

    /// Takes what the client is to prove itself with, or why there is nothing.
    pub fn handle_login(&mut self, now: Moment, login: Result<Login, String>) {
        if self.ended || !self.handshake.awaits_login() {
            return;
        }
        let next = match login {
            Ok(login) => self.handshake.handle_login(login),
            Err(reason) => {
                let mechanism = self.settings.mechanism.map_or("SASL", Mechanism::name);
                Err(Fault::denied(TransportPhase::Handshake, mechanism, reason))
            }
        };
        self.advance(now, next);
    }

    /// Learns that the peer closed the connection, or that it broke.
    pub fn handle_closed(&mut self, source: Option<io::Error>) {
        let progress = if !self.established {
            match self.versions() {
                None => Progress::Silent,
                Some(_) => Progress::Authenticating,
            }
        } else if self.answered || self.in_flight.is_empty() {
            Progress::Working
        } else {
            Progress::Greeted
        };
        let fault = diagnosis::ended(
            progress,
            self.settings.encrypted,
            self.settings.mechanism.is_some(),
            source,
        );
        self.end(fault);
    }

    /// Learns that what the peer sent is no frame.
    pub fn handle_bad_frame(&mut self, error: &DecodeError) {
        self.end(diagnosis::bad_frame(error, self.phase(), self.settings.encrypted));
    }

    /// Ends the link for a reason of the caller's.
    pub fn handle_end(&mut self, fault: Fault) {
        self.end(fault);
    }

    /// When [`handle_deadline`](Self::handle_deadline) is to be called.
    pub fn next_deadline(&self) -> Option<Moment> {
        if self.ended {
            return None;
        }
        let idle = self
            .in_flight
            .is_empty()
            .then(|| self.last_used + self.settings.idle_timeout);
        let own = earliest(self.muted_until, self.reauthenticate_at);
        earliest(earliest(self.in_flight.next_deadline(), idle), own)
    }

    /// Does what is due.
    pub fn handle_deadline(&mut self, now: Moment) {
        if self.ended {
            return;
        }
        if let Some(sent) = self.in_flight.expired(now) {
            return self.time_out(sent);
        }
        if self.muted_until.is_some_and(|until| until <= now) {
            self.muted_until = None;
            self.become_ready();
        }
        if self.reauthenticate_at.is_some_and(|at| at <= now) {
            self.reauthenticate_at = None;
            let next = self.handshake.restart();
            self.advance(now, Ok(next));
        } else if self.in_flight.is_empty() && now.since(self.last_used) >= self.settings.idle_timeout {
            self.end(Fault {
                phase: self.phase(),
                kind: FaultKind::Idle,
                reason: "the connection had not been used for long".to_owned(),
                source: None,
            });
        }
    }

    /// The next thing to write.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.output.pop_front()
    }

    /// The next thing that happened.
    pub fn poll_event(&mut self) -> Option<LinkEvent> {
        self.events.pop_front()
    }

    fn phase(&self) -> TransportPhase {
        if self.established {
            TransportPhase::Established
        } else {
            TransportPhase::Handshake
        }
    }

    fn advance(&mut self, now: Moment, next: Result<Next, Fault>) {
        match next {
            Ok(Next::Send(request, version)) => {
                let correlation_id = self.in_flight.next_id();
                match request.encode(correlation_id, &self.settings.client_id, version) {
                    Ok(frame) => {
                        let sent = Sent {
                            correlation_id,
                            key: request.key(),
                            version,
                            purpose: Purpose::Setup,
                            deadline: now + self.settings.request_timeout,
                            timeout: self.settings.request_timeout,
                        };
                        self.in_flight.push(sent, true);
                        self.output.push_back(Output { frame, report: false });
                    }
                    Err(error) => self.end(Fault::permanent(self.phase(), error.to_string())),
                }
            }
            Ok(Next::Login) => self.events.push_back(LinkEvent::LoginWanted),
            Ok(Next::Done(authenticated)) => self.handle_authenticated(now, authenticated),
            Err(fault) => self.end(fault),
        }
    }

    fn handle_authenticated(&mut self, now: Moment, authenticated: Authenticated) {
        self.established = true;
        // Between 85 and 95 % of the time: clients that started together do not come back together.
        self.reauthenticate_at = authenticated
            .lifetime
            .map(|lifetime| now + lifetime.mul_f64(0.85 + 0.1 * authenticated.jitter));
        if let Some(salted) = authenticated.salted {
            self.events.push_back(LinkEvent::Salted(salted));
        }
        self.become_ready();
    }

    fn become_ready(&mut self) {
        if self.is_ready() {
            self.events.push_back(LinkEvent::Ready);
        }
    }

    /// Gives up on the connection because of one request: a broker answers in order, so nothing behind it can come.
    fn time_out(&mut self, late: Sent) {
        let reason = format!(
            "{} was not answered within {:?}; the connection was closed",
            late.key, late.timeout
        );
        let fault = Fault::lost(self.phase(), reason);
        self.ended = true;
        self.output.clear();
        for sent in self.in_flight.drain() {
            let Purpose::Ask(ticket) = sent.purpose else {
                continue;
            };
            let error = if sent.correlation_id == late.correlation_id {
                RequestError::Timeout {
                    api: sent.key,
                    after: sent.timeout,
                    sent: true,
                    last: None,
                }
            } else {
                fault.error(&self.handshake.peer().address, true)
            };
            self.events.push_back(LinkEvent::Answered(ticket, Err(error)));
        }
        self.events.push_back(LinkEvent::Ended(fault));
    }

    fn end(&mut self, fault: Fault) {
        if self.ended {
            return;
        }
        self.ended = true;
        self.output.clear();
        for sent in self.in_flight.drain() {
            if let Purpose::Ask(ticket) = sent.purpose {
                let error = fault.error(&self.handshake.peer().address, true);
                self.events.push_back(LinkEvent::Answered(ticket, Err(error)));
            }
        }
        self.events.push_back(LinkEvent::Ended(fault));
    }
}
