//! When logs are looked after.

use std::time::Duration;

use crate::time::{Now, earliest};

/// When logs are looked after: the check interval after something was appended, then when there is something to do. A
/// cluster in which nothing happens has nothing due for days.
#[derive(Debug)]
pub(crate) struct Upkeep {
    /// `log.retention.check.interval.ms`.
    pub(super) interval: Duration,
    pub(super) next: Option<Duration>,
}

impl Upkeep {
    pub(super) fn new(interval: Duration) -> Self {
        Self { interval, next: None }
    }

    /// Notes that a log, or what it follows, has changed.
    pub(crate) fn note(&mut self, now: Now) {
        self.next = earliest(self.next, Some(now.elapsed.saturating_add(self.interval)));
    }

    pub(super) fn next_deadline(&self) -> Option<Duration> {
        self.next
    }
}
