use std::time::Duration;

use super::Log;
use super::segment::Segment;
use super::settings::LogSettings;
use crate::storage::StorageError;
use crate::time::{Now, earliest, millis};

/// What maintenance did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Maintained {
    /// Segments that were removed for their age, or because the log is too large.
    pub removed_segments: usize,
    /// Producers that were forgotten, having been silent for too long.
    pub expired_producers: usize,
    /// Bytes that compaction took out.
    pub compacted_bytes: u64,
    /// Whether there is more to do right away.
    pub more: bool,
}

impl Log {
    /// Removes what is too old or too much, compacts, and forgets silent producers, as the topic's settings say.
    ///
    /// One call does a bounded piece of the work: some segments' worth. Call it at [`Log::next_maintenance`].
    ///
    /// # Errors
    ///
    /// The store failed. The log is whole, and maintenance goes on with the next call.
    pub fn maintain(&mut self, now: Now, settings: &LogSettings) -> Result<Maintained, StorageError> {
        let mut done = Maintained {
            expired_producers: self.expire_producers(now, settings),
            ..Maintained::default()
        };
        self.next_check = millis(settings.check_interval_ms).map(|interval| now.elapsed + interval);
        if settings.cleanup.delete {
            done.removed_segments = self.remove_old(now, settings)?;
        }
        if settings.cleanup.compact {
            (done.compacted_bytes, done.more) = self.compact(now, settings)?;
        }
        Ok(done)
    }

    /// When [`Log::maintain`] has something to do, as far as it can be known now, in time since the start of the
    /// sandbox; never earlier than the check interval allows. `None` for never, as long as nothing is appended.
    pub fn next_maintenance(&self, now: Now, settings: &LogSettings) -> Option<Duration> {
        if self.round.is_some() && settings.cleanup.compact {
            return Some(now.elapsed);
        }
        let due = earliest(self.removal_due(now, settings), self.expiry_due(now, settings));
        let due = earliest(due, self.compaction_due(now, settings))?;
        Some(self.next_check.map_or(due, |check| due.max(check)))
    }

    /// Removes whole segments from the start on.
    fn remove_old(&mut self, now: Now, settings: &LogSettings) -> Result<usize, StorageError> {
        let mut excess = excess(self.size(), settings);
        let mut start = self.start_offset;
        let mut removed = 0;
        for (index, segment) in self.segments.iter().enumerate() {
            let next_base = self
                .segments
                .get(index + 1)
                .map_or(self.end_offset, |next| next.base_offset);
            let old = expires_at(segment, settings).is_some_and(|time| time < now.timestamp);
            let too_much = segment.size <= excess;
            if segment.size == 0 || !(old || too_much) {
                break;
            }
            excess = excess.saturating_sub(segment.size);
            start = start.max(next_base);
            removed += 1;
        }
        if removed > 0 {
            self.advance_start(start)?;
        }
        Ok(removed)
    }

    fn removal_due(&self, now: Now, settings: &LogSettings) -> Option<Duration> {
        let first = self.segments.first().filter(|_| settings.cleanup.delete)?;
        if first.size > 0 && first.size <= excess(self.size(), settings) {
            return Some(now.elapsed);
        }
        let time = expires_at(first, settings)?;
        Some(elapsed_at(now, time.saturating_add(1)))
    }

    fn compaction_due(&self, now: Now, settings: &LogSettings) -> Option<Duration> {
        if !settings.cleanup.compact {
            return None;
        }
        let dirty = self.dirty(now, settings);
        if dirty.is_worth_it(now, settings) {
            return Some(now.elapsed);
        }
        let waits = dirty
            .first_timestamp
            .filter(|_| settings.max_compaction_lag_ms < i64::MAX);
        let waits = waits.map(|first| {
            first
                .saturating_add(settings.max_compaction_lag_ms)
                .saturating_add(1)
        });
        let times = [waits, dirty.grows_at].into_iter().flatten();
        Some(elapsed_at(now, times.min()?))
    }

    /// Forgets producers that have been silent for too long and have no transaction open.
    fn expire_producers(&mut self, now: Now, settings: &LogSettings) -> usize {
        let before = self.producers.len();
        let limit = now.timestamp.saturating_sub(settings.producer_id_expiration_ms);
        self.producers
            .retain(|_, producer| producer.transaction_start.is_some() || producer.last_timestamp > limit);
        self.oldest_producer = self.producers().map(|producer| producer.last_timestamp).min();
        before - self.producers.len()
    }

    fn expiry_due(&self, now: Now, settings: &LogSettings) -> Option<Duration> {
        // Producers only get younger, so that what was the oldest once is no later than the oldest now.
        let time = self
            .oldest_producer?
            .saturating_add(settings.producer_id_expiration_ms);
        Some(elapsed_at(now, time))
    }
}

/// Bytes that a log has too many.
fn excess(size: u64, settings: &LogSettings) -> u64 {
    u64::try_from(settings.retention_bytes).map_or(0, |limit| size.saturating_sub(limit))
}

/// The time of day after which a segment is too old.
fn expires_at(segment: &Segment, settings: &LogSettings) -> Option<i64> {
    let time = if segment.max_timestamp >= 0 {
        segment.max_timestamp
    } else {
        segment.modified
    };
    (settings.retention_ms >= 0).then(|| time.saturating_add(settings.retention_ms))
}

/// When it will be `timestamp`; now if it was before.
fn elapsed_at(now: Now, timestamp: i64) -> Duration {
    let left = timestamp.saturating_sub(now.timestamp);
    millis(left).map_or(now.elapsed, |left| now.elapsed.saturating_add(left))
}
