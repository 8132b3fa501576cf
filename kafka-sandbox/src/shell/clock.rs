use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

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

    /// When so much will have passed since the start; a time that the system's clock cannot tell is one that nobody lives to
    /// see.
    pub(super) fn instant(&self, elapsed: Duration) -> Instant {
        let told = self.start.checked_add(elapsed);
        told.unwrap_or_else(|| self.start + FAR_AWAY)
    }
}

/// A century.
const FAR_AWAY: Duration = Duration::from_secs(100 * 365 * 86_400);
