//! Who the producer is to the brokers, so that they can discard what they get twice (KIP-98, KIP-360).

use std::time::Duration;

use fastrand::Rng;
use protocol::records::ProducerStamp;

use crate::time::{Backoff, Moment};

/// The one owner of the producer's id and epoch. A transactional producer will get them from its coordinator; here
/// any broker gives the id, and the epoch is raised by the client itself.
#[derive(Debug)]
pub(super) struct Identity {
    state: State,
    backoff: Backoff,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Idempotence is off: batches bear no number.
    Anonymous,
    /// An id is to be asked for, not before this moment.
    Wanted(Moment),
    Asked,
    Known {
        id: i64,
        epoch: i16,
    },
}

impl Identity {
    /// An identity that is still to be asked for, or none at all.
    pub(super) fn new(is_idempotent: bool, retry_backoff: Duration, retry_backoff_max: Duration) -> Self {
        let state = if is_idempotent {
            State::Wanted(Moment::START)
        } else {
            State::Anonymous
        };
        Self {
            state,
            backoff: Backoff::new(retry_backoff, retry_backoff_max),
        }
    }

    /// Whether batches are numbered.
    pub(super) fn is_idempotent(&self) -> bool {
        self.state != State::Anonymous
    }

    /// The stamp of a partition's first batch; none while the id is not known.
    pub(super) fn first_stamp(&self) -> Option<ProducerStamp> {
        match self.state {
            State::Anonymous => Some(ProducerStamp::default()),
            State::Known { id, epoch } => Some(ProducerStamp {
                producer_id: id,
                epoch,
                base_sequence: 0,
            }),
            State::Asked | State::Wanted(_) => None,
        }
    }

    /// Whether a request for an id is due; if so it counts as sent.
    pub(super) fn poll_ask(&mut self, now: Moment) -> bool {
        let is_due = matches!(self.state, State::Wanted(not_before) if not_before <= now);
        if is_due {
            self.state = State::Asked;
        }
        is_due
    }

    /// When a request for an id is due.
    pub(super) fn next_deadline(&self) -> Option<Moment> {
        match self.state {
            State::Wanted(not_before) => Some(not_before),
            State::Anonymous | State::Asked | State::Known { .. } => None,
        }
    }

    /// When a broker gave an id.
    pub(super) fn handle_id(&mut self, id: i64, epoch: i16) {
        self.backoff.reset();
        self.state = State::Known { id, epoch };
    }

    /// When no broker gave an id: the next attempt waits a while.
    pub(super) fn handle_failure(&mut self, now: Moment, rng: &mut Rng) {
        self.state = State::Wanted(now + self.backoff.next(rng));
    }

    /// Begins a new epoch, in which every partition's numbers start from zero again. After the last epoch comes a
    /// new id.
    pub(super) fn bump(&mut self) {
        if let State::Known { id, epoch } = self.state {
            self.state = match epoch.checked_add(1) {
                Some(next) => State::Known { id, epoch: next },
                None => State::Wanted(Moment::START),
            };
        }
    }
}
