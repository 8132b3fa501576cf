use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::time::Now;

/// The clocks of the system.
#[derive(Debug)]
pub(super) struct Clock {
    start: Instant,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    /// What they show.
    pub(super) fn now(&self) -> Now {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Now {
            elapsed: self.start.elapsed(),
            timestamp: i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX),
        }
    }

    /// When so much will have passed since the start.
    pub(super) fn instant(&self, elapsed: std::time::Duration) -> Instant {
        self.start + elapsed
    }
}
