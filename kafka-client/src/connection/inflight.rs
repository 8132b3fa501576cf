use std::collections::VecDeque;
use std::time::Duration;

use protocol::ApiKey;

use crate::time::{Moment, earliest};

/// Whom an answer belongs to. The link hands it back untouched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Whoever asked.
    pub owner: u64,
    /// Its own mark.
    pub tag: u64,
}

/// What a request on the wire is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Somebody asked.
    Ask(Ticket),
    /// The link is setting itself up.
    Setup,
}

/// A request on the wire.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sent {
    pub(super) correlation_id: i32,
    pub(super) key: ApiKey,
    pub(super) version: i16,
    pub(super) purpose: Purpose,
    pub(super) deadline: Moment,
    /// What the deadline was made of, for the error.
    pub(super) timeout: Duration,
}

/// The requests on the wire of one connection. A broker answers them in their order.
#[derive(Debug, Default)]
pub(super) struct InFlight {
    /// Those that will be answered.
    answered: VecDeque<Sent>,
    /// Those whose being written is the answer.
    written: VecDeque<Sent>,
    /// No deadline is earlier. May lie before the true one after an answer, which costs one needless look.
    earliest: Option<Moment>,
    next_id: i32,
}

impl InFlight {
    /// The correlation id for the next request.
    pub(super) fn next_id(&self) -> i32 {
        self.next_id
    }

    /// Notes a request that is being written; `answered` is whether a reply will come.
    pub(super) fn push(&mut self, sent: Sent, answered: bool) {
        self.next_id = if self.next_id == i32::MAX {
            0
        } else {
            self.next_id + 1
        };
        self.earliest = earliest(self.earliest, Some(sent.deadline));
        if answered {
            self.answered.push_back(sent);
        } else {
            self.written.push_back(sent);
        }
    }

    /// The request that the next reply must belong to.
    pub(super) fn front(&self) -> Option<&Sent> {
        self.answered.front()
    }

    /// Takes the request that was replied to.
    pub(super) fn pop(&mut self) -> Option<Sent> {
        let sent = self.answered.pop_front();
        self.forget_deadline();
        sent
    }

    /// Takes the oldest request that needed only to be written.
    pub(super) fn pop_written(&mut self) -> Option<Sent> {
        let sent = self.written.pop_front();
        self.forget_deadline();
        sent
    }

    fn forget_deadline(&mut self) {
        if self.is_empty() {
            self.earliest = None;
        }
    }

    /// Requests on the wire.
    pub(super) fn len(&self) -> usize {
        self.answered.len() + self.written.len()
    }

    /// Whether nothing is on the wire.
    pub(super) fn is_empty(&self) -> bool {
        self.answered.is_empty() && self.written.is_empty()
    }

    /// When to call [`expired`](Self::expired).
    pub(super) fn next_deadline(&self) -> Option<Moment> {
        self.earliest
    }

    /// A request whose time is over, the oldest first.
    pub(super) fn expired(&mut self, now: Moment) -> Option<Sent> {
        if self.earliest.is_none_or(|earliest| now < earliest) {
            return None;
        }
        let all = || self.answered.iter().chain(&self.written);
        let expired = all().find(|sent| sent.deadline <= now).copied();
        let soonest = all().map(|sent| sent.deadline).min();
        self.earliest = soonest;
        expired
    }

    /// Takes everything, the oldest first of each kind.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = Sent> {
        self.earliest = None;
        let written = std::mem::take(&mut self.written);
        std::mem::take(&mut self.answered).into_iter().chain(written)
    }
}
