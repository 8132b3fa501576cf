//! Time as the sandbox knows it: an argument, never asked of the system.

use std::time::Duration;

/// What the clocks show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Time since the start of the sandbox, by a clock that never goes back: deadlines are measured by it.
    pub elapsed: Duration,
    /// The time of day, in milliseconds since 1970: what records and logs are stamped with.
    pub timestamp: i64,
}

impl Now {
    /// What the clocks show `elapsed` after a start at `timestamp`.
    pub fn at(elapsed: Duration, started: i64) -> Self {
        let millis = i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX);
        Self {
            elapsed,
            timestamp: started.saturating_add(millis),
        }
    }
}

/// The earlier of two deadlines, where none means never.
pub fn earliest(a: Option<Duration>, b: Option<Duration>) -> Option<Duration> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

/// A duration of `millis` milliseconds; none when it is negative.
pub fn millis(millis: i64) -> Option<Duration> {
    u64::try_from(millis).ok().map(Duration::from_millis)
}
