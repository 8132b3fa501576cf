//! Retention, compaction, and the forgetting of silent producers, in all logs.

use std::time::Duration;

use super::State;
use crate::time::{Now, earliest};

impl State {
    /// Makes all that was appended survive a loss of power: for a clean end.
    pub(crate) fn flush(&mut self) {
        for topic in self.topics.iter_mut() {
            for (index, partition) in topic.partitions.iter_mut().enumerate() {
                if let Err(error) = partition.log.flush() {
                    tracing::warn!("{}-{index} may not survive a loss of power: {error}", topic.name);
                }
            }
        }
        if let Err(error) = self.storage.sync() {
            tracing::warn!("the journal may not survive a loss of power: {error}");
        }
    }

    /// Looks after the logs that need it, if it is time.
    pub(super) fn handle_upkeep(&mut self, now: Now) {
        if self.upkeep.next.is_none_or(|next| next > now.elapsed) {
            return;
        }
        let mut next = None;
        for topic in self.topics.iter_mut() {
            for (index, partition) in topic.partitions.iter_mut().enumerate() {
                let log = &mut partition.log;
                let due = log.next_maintenance(now, &topic.settings);
                if due.is_none_or(|due| due > now.elapsed) {
                    next = earliest(next, due);
                    continue;
                }
                let is_unfinished = match log.maintain(now, &topic.settings) {
                    Ok(done) => done.more,
                    Err(error) => {
                        let reason = std::error::Error::source(&error).map(ToString::to_string);
                        let reason = reason.unwrap_or_default();
                        tracing::warn!("{}-{index} was not looked after: {error}: {reason}", topic.name);
                        false
                    }
                };
                // What is left to do right away lets others have their turn; anything else waits.
                let soonest = if is_unfinished {
                    Duration::ZERO
                } else {
                    self.upkeep.interval
                };
                let due = log.next_maintenance(now, &topic.settings);
                next = earliest(next, due.map(|due| due.max(now.elapsed.saturating_add(soonest))));
            }
        }
        self.upkeep.next = next;
    }
}
