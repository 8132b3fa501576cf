//! Answers on their way out: given at once, or by somebody who was asked earlier.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use protocol::wire::{EncodeError, Frame};
use protocol::{ApiKey, Encode, Response, frame};

/// A connection of a client to a broker. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub(crate) u64);

/// The right to answer one request, once.
///
/// Whoever parks a request keeps its ticket. A connection takes no further request before its ticket has come back,
/// so a ticket that is dropped leaves its client waiting: give an answer, or [`Answers::abandon`] it.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a request whose ticket is dropped is never answered"]
pub(crate) struct Ticket {
    pub(crate) link: LinkId,
    pub(crate) key: ApiKey,
    pub(crate) version: i16,
    pub(crate) correlation_id: i32,
    /// Whom what it takes is charged to; none where nobody counts.
    pub(crate) account: Option<Account>,
    /// How many bytes the request has.
    pub(crate) size: usize,
    /// How long the client is to stay quiet after the answer (KIP-219).
    pub(crate) throttle: Duration,
}

/// Whom a broker charges what a request takes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    /// The broker that counts.
    pub(crate) broker: i32,
    /// The name of the user, without its type.
    pub(crate) user: Arc<str>,
    /// What the client calls itself.
    pub(crate) client_id: Arc<str>,
}

/// A response that a broker can give, with the place of its throttle time.
pub(crate) trait Answer: Response + Encode {
    /// Sets how long the client is to stay quiet, in milliseconds, where the response can say so.
    fn throttle(&mut self, millis: i32);
}

/// What became of a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// An answer, encoded; or why it cannot be.
    Frame(Result<Frame, EncodeError>),
    /// An answer after which the connection is closed; and how long it is kept back.
    Last(Result<Frame, EncodeError>, Duration),
    /// No answer is due, as for Produce with `acks` 0.
    Silence,
    /// The connection is to be closed.
    Close,
}

/// The answers that were given since they were last collected.
#[derive(Debug)]
pub(crate) struct Answers {
    given: Vec<(Ticket, Outcome)>,
    /// Bytes of one answer, records not counted.
    limit: usize,
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            given: Vec::new(),
            limit: ANSWER_MAX,
        }
    }
}

/// The most bytes of an answer unless set: as many as a request may have, and as librdkafka takes.
pub(crate) const ANSWER_MAX: usize = 100 * 1024 * 1024;

impl Answers {
    /// The most bytes that an answer may have. Records that are fetched have a limit of their own, `fetch.max.bytes`.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Sets the most bytes that an answer may have.
    pub(crate) fn set_limit(&mut self, bytes: usize) {
        self.limit = bytes;
    }

    /// Closes the connection of a request whose answer would be too long.
    pub(crate) fn refuse_length(&mut self, ticket: Ticket) {
        let (api, limit) = (ticket.key.name(), self.limit);
        tracing::warn!(
            "a connection is closed that asked for more than {limit} bytes by one {api} request: ask for less at a time"
        );
        self.abandon(ticket);
    }

    /// Answers the request of `ticket`.
    pub(crate) fn give<R: Answer>(&mut self, ticket: Ticket, mut response: R) {
        if !ticket.throttle.is_zero() {
            response.throttle(i32::try_from(ticket.throttle.as_millis()).unwrap_or(i32::MAX));
        }
        let frame = frame::encode_response(ticket.correlation_id, ticket.version, &response);
        match frame {
            Ok(frame) if frame.len() > self.limit && ticket.key != ApiKey::FETCH => {
                self.refuse_length(ticket)
            }
            frame => self.given.push((ticket, Outcome::Frame(frame))),
        }
    }

    /// Answers the request of `ticket` after a while, and then closes its connection.
    pub(crate) fn give_last<R: Answer>(&mut self, ticket: Ticket, response: &R, after: Duration) {
        let frame = frame::encode_response(ticket.correlation_id, ticket.version, response);
        self.given.push((ticket, Outcome::Last(frame, after)));
    }

    /// Answers with bytes that have a length before them and no header, as those of SASL mechanisms once had (KIP-43).
    pub(crate) fn give_raw(&mut self, ticket: Ticket, message: &[u8]) {
        let length = i32::try_from(message.len()).unwrap_or(i32::MAX).to_be_bytes();
        let bytes = [&length[..], message].concat();
        let chunks = vec![Bytes::from(bytes)];
        self.given.push((ticket, Outcome::Frame(Ok(Frame { chunks }))));
    }

    /// Ends the request of `ticket` without an answer.
    pub(crate) fn stay_silent(&mut self, ticket: Ticket) {
        self.given.push((ticket, Outcome::Silence));
    }

    /// Ends the request of `ticket` by closing its connection.
    pub(crate) fn abandon(&mut self, ticket: Ticket) {
        self.given.push((ticket, Outcome::Close));
    }

    /// Takes the answers that were given.
    pub(crate) fn take(&mut self) -> Vec<(Ticket, Outcome)> {
        std::mem::take(&mut self.given)
    }
}
