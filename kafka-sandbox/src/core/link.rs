//! One connection: bytes that wait, and the request that is worked on.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use protocol::frame::{FRAME_MAX, FrameDecoder, decode_request_header};
use protocol::wire::DecodeError;

use super::gate::{AnswerFaults, Verdict};
use super::outgoing::Piece;
use crate::fault::{CONTROL_CLIENT_ID, Released};
use crate::handlers::Client;
use crate::security::Session;

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

/// A connection of a client to a broker. Like Kafka's, it takes a request only when the one before is answered.
#[derive(Debug)]
pub(super) struct Link {
    broker: i32,
    client: Client,
    session: Session,
    /// Whether its quota of connections was asked.
    counted: bool,
    /// None while no bytes wait: an idle connection holds no buffer.
    input: Option<FrameDecoder>,
    busy: bool,
    /// Quiet until then: the client was told to be (KIP-219), or a request is held up.
    rests_until: Duration,
    /// A request that is held up, with what was decided of it.
    held: Option<(Bytes, Verdict)>,
    /// What happens to the answer that is due.
    answer_faults: AnswerFaults,
    /// The next request, where it was looked at before its time.
    seen: Option<Bytes>,
    /// Whether it is one of who controls the sandbox: such are served by a paused broker, too.
    controls: bool,
    /// Answers that a paused broker did not send.
    kept: Vec<Piece>,
    /// Whether the world tells when answers have left.
    paced: bool,
    /// Bytes of answers that have not left yet, where the world tells.
    unsent: usize,
    /// Whether it waits for answers of others to leave.
    queued: bool,
}

/// Bytes that may wait behind the request that is worked on.
const BEHIND_MAX: usize = 256 * 1024;
/// Bytes of answers that may wait to leave before the next request has to wait, too: small answers to requests that
/// were sent in one go leave in one go.
const UNSENT_MAX: usize = 64 * 1024;
/// The most bytes of a request before its client is authenticated: the default of `sasl.server.max.receive.size`.
const UNAUTHENTICATED_MAX: usize = 512 * 1024;

impl Link {
    /// A new connection, which must authenticate by SASL or need not.
    pub(super) fn new(broker: i32, peer: Peer, authenticate: bool) -> Self {
        Self {
            session: Session::new(authenticate),
            counted: false,
            broker,
            client: Client {
                id: Arc::from(""),
                host: peer.host,
                principal: peer.principal.unwrap_or_else(|| Arc::from("User:ANONYMOUS")),
                listener: peer.listener,
            },
            input: None,
            busy: false,
            rests_until: Duration::ZERO,
            held: None,
            seen: None,
            controls: false,
            answer_faults: AnswerFaults::default(),
            kept: Vec::new(),
            paced: false,
            unsent: 0,
            queued: false,
        }
    }

    pub(super) fn broker(&self) -> i32 {
        self.broker
    }

    /// Who asks, by the name in the header of the request.
    pub(super) fn client(&mut self, id: Option<&str>) -> Client {
        let id = id.unwrap_or_default();
        if *self.client.id != *id {
            self.client.id = id.into();
        }
        self.client.clone()
    }

    /// How far it is with its authentication.
    pub(super) fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    /// Where it comes from, the first time this is asked.
    pub(super) fn count(&mut self) -> Option<(i32, Arc<str>)> {
        let is_first = !std::mem::replace(&mut self.counted, true);
        is_first.then(|| (self.broker, self.client.host.clone()))
    }

    /// Takes over whom the client has proved to be.
    pub(super) fn follow_session(&mut self) {
        if let Some(principal) = self.session.principal()
            && *principal != self.client.principal
        {
            self.client.principal = principal.clone();
        }
    }

    /// The most bytes that a request may have now.
    fn frame_max(&self) -> usize {
        if self.session.is_open() {
            FRAME_MAX
        } else {
            UNAUTHENTICATED_MAX
        }
    }

    pub(super) fn receive(&mut self, bytes: &[u8]) {
        let frame_max = self.frame_max();
        let input = self.input.get_or_insert_with(|| FrameDecoder::new(frame_max));
        input.push(bytes);
    }

    /// Bytes that arrived and wait.
    pub(super) fn buffered(&self) -> usize {
        let seen = self.seen.as_ref().map_or(0, Bytes::len);
        self.input.as_ref().map_or(seen, |input| seen + input.buffered())
    }

    /// Whether it is known to be one of who controls the sandbox.
    pub(super) fn controls(&self) -> bool {
        self.controls
    }

    /// Whether it is one of who controls the sandbox, by the first request that waits.
    pub(super) fn is_found_to_control(&mut self) -> bool {
        if !self.controls && self.held.is_none() && !self.session.is_raw() {
            if self.seen.is_none() {
                self.seen = self.take_frame().ok().flatten();
            }
            let header = self.seen.as_ref().map(decode_request_header);
            self.controls = header.is_some_and(|header| {
                header.is_ok_and(|(header, _)| header.client_id.as_deref() == Some(CONTROL_CLIENT_ID))
            });
        }
        self.controls
    }

    /// Whether more wait than should behind something that has to happen first, `up` being whether the broker works.
    pub(super) fn is_full(&self, now: Duration, up: bool) -> bool {
        self.buffered() > BEHIND_MAX && !(up && self.is_idle(now))
    }

    /// Whether it may take its next request.
    pub(super) fn is_idle(&self, now: Duration) -> bool {
        !self.busy && self.rests_until <= now && self.unsent <= UNSENT_MAX
    }

    /// From now on counts what has not left.
    pub(super) fn pace(&mut self) {
        self.paced = true;
    }

    /// Notes bytes of an answer. Returns whether the world will tell when they have left.
    pub(super) fn answer(&mut self, bytes: usize) -> bool {
        if self.paced {
            self.unsent += bytes;
        }
        self.paced
    }

    /// Notes that it waits, if there is a request, until enough of others' answers has left. Returns whether it did not before.
    pub(super) fn enter_queue(&mut self) -> bool {
        let waits = self.input.is_some() || self.held.is_some();
        waits && !std::mem::replace(&mut self.queued, true)
    }

    /// Notes that it waits so no more.
    pub(super) fn leave_queue(&mut self) {
        self.queued = false;
    }

    /// Notes that bytes of answers have left. Returns whether something may wait that now may go on.
    pub(super) fn sent(&mut self, bytes: usize) -> bool {
        self.unsent = self.unsent.saturating_sub(bytes);
        self.input.is_some() || self.held.is_some() || self.seen.is_some()
    }

    /// The next request that has arrived whole, or the one that was held up with what was decided of it.
    pub(super) fn next_request(&mut self) -> Result<Option<(Bytes, Option<Verdict>)>, DecodeError> {
        if let Some((frame, verdict)) = self.held.take() {
            return Ok(Some((frame, Some(verdict))));
        }
        let frame = match self.seen.take() {
            None => self.take_frame()?,
            seen => seen,
        };
        Ok(frame.map(|frame| (frame, None)))
    }

    fn take_frame(&mut self) -> Result<Option<Bytes>, DecodeError> {
        let frame_max = self.frame_max();
        let Some(input) = &mut self.input else {
            return Ok(None);
        };
        input.set_limit(frame_max);
        let frame = input.next_frame()?;
        if input.buffered() == 0 {
            self.input = None;
        }
        Ok(frame)
    }

    /// Works on a request from now on.
    pub(super) fn begin(&mut self) {
        self.busy = true;
    }

    /// Puts faults on the answer of the request that is worked on.
    pub(super) fn expect(&mut self, faults: AnswerFaults) {
        self.answer_faults = faults;
    }

    /// Takes the faults of the answer that is due.
    pub(super) fn take_answer_faults(&mut self) -> AnswerFaults {
        std::mem::take(&mut self.answer_faults)
    }

    /// Holds a request up that was begun.
    pub(super) fn hold(&mut self, frame: Bytes, verdict: Verdict, until: Duration) {
        self.held = Some((frame, verdict));
        self.busy = false;
        self.rest(until);
    }

    /// Lets a request go on that these rules hold up. Returns whether there is one.
    pub(super) fn release(&mut self, now: Duration, released: &Released) -> bool {
        let rule = self.held.as_ref().and_then(|(_, verdict)| verdict.rule);
        let free = rule.is_some_and(|rule| released.has(rule));
        if free {
            self.rests_until = self.rests_until.min(now);
        }
        free
    }

    /// Is quiet until then.
    pub(super) fn rest(&mut self, until: Duration) {
        self.rests_until = self.rests_until.max(until);
    }

    /// Is through with a request.
    pub(super) fn end(&mut self) {
        self.busy = false;
    }

    /// Keeps what cannot be sent while the broker is paused.
    pub(super) fn keep(&mut self, piece: Piece) {
        self.kept.push(piece);
    }

    /// Takes what was kept.
    pub(super) fn take_kept(&mut self) -> Vec<Piece> {
        std::mem::take(&mut self.kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_idle_when_enough_of_its_answers_has_left() {
        let peer = Peer {
            host: Arc::from("127.0.0.1"),
            listener: Arc::from("PLAINTEXT"),
            principal: None,
        };
        let mut link = Link::new(1, peer, false);
        link.pace();
        link.answer(UNSENT_MAX);
        assert!(link.is_idle(Duration::ZERO));
        link.answer(2 * UNSENT_MAX);
        link.sent(UNSENT_MAX);
        assert!(!link.is_idle(Duration::ZERO), "the second answer has not left");
        link.sent(2 * UNSENT_MAX);
        assert!(link.is_idle(Duration::ZERO));
    }
}
