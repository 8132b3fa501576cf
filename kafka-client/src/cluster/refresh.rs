use std::time::Duration;

use crate::time::{Backoff, Moment, earliest};

/// Decides when metadata is asked for: on age, on a wish, after a failure; one request at a time, spaced by a back-off.
#[derive(Debug)]
pub struct Refresh {
    max_age: Duration,
    /// For how long refreshes may fail before the client starts over from the bootstrap servers.
    rebootstrap_after: Option<Duration>,
    backoff: Backoff,
    in_flight: bool,
    wanted: bool,
    /// No request starts earlier.
    not_before: Moment,
    /// When the metadata is too old; none until there is some.
    stale_at: Option<Moment>,
    /// The first failure since the last success, or since the last start from the bootstrap servers.
    failing_since: Option<Moment>,
}

impl Refresh {
    /// Wants metadata at once. `backoff` spaces the requests.
    pub fn new(max_age: Duration, rebootstrap_after: Option<Duration>, backoff: Backoff) -> Self {
        Self {
            max_age,
            rebootstrap_after,
            backoff,
            in_flight: false,
            wanted: true,
            not_before: Moment::START,
            stale_at: None,
            failing_since: None,
        }
    }

    /// Asks for a refresh soon.
    pub fn want(&mut self) {
        self.wanted = true;
    }

    /// Lets the wish that is there be served at once: it is about something that nobody asked for before.
    pub fn hurry(&mut self, now: Moment) {
        self.not_before = self.not_before.min(now);
    }

    /// Whether a request is to be sent now; it counts as sent when this says yes.
    pub fn start(&mut self, now: Moment, rng: &mut fastrand::Rng) -> bool {
        let stale = self.stale_at.is_some_and(|at| at <= now);
        if self.in_flight || !(self.wanted || stale) || now < self.not_before {
            return false;
        }
        self.in_flight = true;
        self.wanted = false;
        self.not_before = now + self.backoff.next(rng);
        true
    }

    /// Learns that the request was answered. `changed` is whether anything is new; while nothing is, wishes are
    /// served at growing distances.
    pub fn handle_success(&mut self, now: Moment, changed: bool) {
        self.in_flight = false;
        self.failing_since = None;
        self.stale_at = Some(now + self.max_age);
        if changed {
            self.backoff.reset();
        }
    }

    /// Learns that the request failed. It is repeated.
    pub fn handle_failure(&mut self, now: Moment) {
        self.in_flight = false;
        self.wanted = true;
        self.failing_since.get_or_insert(now);
    }

    /// Whether refreshes have failed for so long that the client is to start over; says so once.
    pub fn rebootstrap(&mut self, now: Moment) -> bool {
        let due = self.rebootstrap_at().is_some_and(|at| at <= now);
        if due {
            self.restart();
        }
        due
    }

    /// Starts over: metadata is wanted at once, failures of the past do not count.
    pub fn restart(&mut self) {
        self.failing_since = None;
        self.wanted = true;
    }

    /// Whether a request is on its way.
    pub fn is_in_flight(&self) -> bool {
        self.in_flight
    }

    /// When [`start`](Self::start) or [`rebootstrap`](Self::rebootstrap) is to be asked again.
    pub fn next_deadline(&self) -> Option<Moment> {
        let refresh = match (self.in_flight, self.wanted) {
            (true, _) => None,
            (false, true) => Some(self.not_before),
            (false, false) => self.stale_at.map(|at| at.max(self.not_before)),
        };
        earliest(refresh, self.rebootstrap_at())
    }

    fn rebootstrap_at(&self) -> Option<Moment> {
        Some(self.failing_since? + self.rebootstrap_after?)
    }
}
