//! What comes from callers' tasks: sealed batches, open ones that are due, the end.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{Sender, TICK};
use crate::cluster::Metadata;
use crate::error::Class;
use crate::produce::batch::Batch;
use crate::produce::cell::Outcome;
use crate::produce::error::{Fate, ProduceError};
use crate::produce::lane::Lane;
use crate::produce::partition::{NO_LANE, Partition};
use crate::time::{Backoff, Moment, earliest};

impl Sender {
    /// Takes in what callers' tasks have left.
    pub(super) fn take_in(&mut self, now: Moment, metadata: &Metadata) {
        let known = self.open.len();
        let inbox = self.shared.take_inbox(&mut self.open);
        for number in inbox.topics {
            self.follow(now, metadata, number);
        }
        self.arm(now, known);
        for partition in inbox.sealed {
            self.take_sealed(now, metadata, &partition);
        }
        if inbox.flush || self.shared.closing.is_requested() || self.shared.memory.is_wanted() {
            self.seal_open(now, metadata, |_| true);
        } else if self.linger_at.is_some_and(|at| at <= now) {
            self.seal_due(now, metadata);
        }
    }

    /// Seals what has waited long enough for company.
    pub(super) fn seal_due(&mut self, now: Moment, metadata: &Metadata) {
        if self.linger_at.is_some_and(|at| at <= now) {
            let linger = self.shared.config.linger;
            self.seal_open(now, metadata, |opened_at| opened_at + linger <= now);
        }
    }

    /// Seals the open batches whose opening time `is_due` agrees to, and drops partitions without one from the list.
    fn seal_open(&mut self, now: Moment, metadata: &Metadata, is_due: impl Fn(Moment) -> bool) {
        let mut open = std::mem::take(&mut self.open);
        let mut next = None;
        open.retain(|partition| {
            let mut lot = partition.lot.lock();
            let Some(opened_at) = lot.opened().map(|opened| opened.at) else {
                lot.is_listed = false;
                return false;
            };
            if !is_due(opened_at) {
                next = earliest(next, Some(opened_at + self.shared.config.linger));
                return true;
            }
            lot.is_listed = false;
            let filled = lot.take();
            drop(lot);
            if let Some(filled) = filled {
                self.shared.seal(partition, filled);
            }
            false
        });
        self.open = open;
        self.linger_at = next.map(|at| at.min(now + TICK));
        // Keeps the callers' coarse clock going while batches are open.
        self.shared
            .unix_ms
            .store(self.shared.clock.unix_ms(), Ordering::Relaxed);
        // What was just sealed, and what was opened meanwhile by callers who believe the list to be looked at.
        let known = self.open.len();
        let inbox = self.shared.take_inbox(&mut self.open);
        self.arm(now, known);
        for number in inbox.topics {
            self.follow(now, metadata, number);
        }
        for partition in inbox.sealed {
            self.take_sealed(now, metadata, &partition);
        }
        if inbox.flush {
            self.shared.seal_open();
        }
    }

    /// Sets the time to look at open batches; those from number `known` on are new on the list.
    fn arm(&mut self, now: Moment, known: usize) {
        for partition in self.open.get(known..).unwrap_or_default() {
            let opened_at = partition.lot.lock().opened().map(|opened| opened.at);
            // One that is not open any more is taken off the list then.
            let due = opened_at.unwrap_or(now) + self.shared.config.linger;
            self.linger_at = earliest(self.linger_at, Some(due.min(now + TICK)));
        }
    }

    /// Moves a partition's sealed batches into its lane, and has it served.
    fn take_sealed(&mut self, now: Moment, metadata: &Metadata, partition: &Arc<Partition>) {
        if let Some(number) = self.collect_sealed(partition) {
            self.enlist(now, metadata, number);
        }
    }

    /// Moves a partition's sealed batches into its lane.
    pub(super) fn collect_sealed(&mut self, partition: &Arc<Partition>) -> Option<usize> {
        let mut arrived = std::mem::take(&mut self.arrived);
        partition.take_sealed(&mut arrived);
        let number = self.lane_of(partition);
        if let Some(number) = number {
            self.unresolved += arrived.len();
            if let Some(first) = arrived.front() {
                let expiry = first.opened_at + self.shared.config.delivery_timeout;
                self.expiry_at = earliest(self.expiry_at, Some(expiry));
            }
            if let Some(lane) = self.lanes.get_mut(number) {
                arrived.drain(..).for_each(|batch| lane.push(batch));
            }
        }
        self.arrived = arrived;
        number
    }

    /// The lane of a partition, made when it is new.
    pub(super) fn lane_of(&mut self, partition: &Arc<Partition>) -> Option<usize> {
        let number = partition.lane.load(Ordering::Relaxed);
        if number != NO_LANE {
            return usize::try_from(number).ok();
        }
        let topic = self.shared.topics.get(partition.topic)?.clone();
        let backoff = Backoff::new(self.timing.retry_backoff, self.timing.retry_backoff_max);
        let number = self.lanes.len();
        self.lanes.push(Lane::new(partition.clone(), topic, backoff));
        partition
            .lane
            .store(u32::try_from(number).ok()?, Ordering::Relaxed);
        Some(number)
    }

    /// Ends a batch that was written.
    pub(super) fn succeed(&mut self, partition: &Partition, batch: Batch, outcome: Outcome) {
        self.unresolved -= 1;
        super::count_over(partition);
        batch.share.resolve(outcome);
        self.shared.reuse(batch.sealed);
    }

    /// Ends a batch that was not, or may not have been.
    pub(super) fn fail(&mut self, partition: &Partition, batch: Batch, error: ProduceError) {
        self.unresolved -= 1;
        super::count_over(partition);
        tracing::debug!(partition = %partition.name, records = batch.share.count(), %error, "batch failed");
        self.shared.tally.lock().add(batch.share.count(), &error);
        batch.share.resolve(Outcome::Failed(error));
    }

    /// Ends a batch that the broker refused because of some of its records.
    pub(super) fn reject(
        &mut self,
        partition: &Partition,
        batch: Batch,
        refused: Vec<(u32, ProduceError)>,
        rest: &ProduceError,
    ) {
        self.unresolved -= 1;
        super::count_over(partition);
        let first = refused.first().map_or(rest, |(_, error)| error);
        self.shared.tally.lock().add(batch.share.count(), first);
        batch.share.reject(refused, rest);
    }

    /// Fails what is queued in all lanes and was never numbered, e.g. because there is no producer id.
    pub(super) fn fail_unnumbered(&mut self, error: &ProduceError) {
        for number in 0..self.lanes.len() {
            let Some(lane) = self.lanes.get_mut(number) else {
                continue;
            };
            let (kept, failed): (VecDeque<_>, VecDeque<_>) = std::mem::take(&mut lane.queue)
                .into_iter()
                .partition(|batch| batch.is_numbered);
            lane.queue = kept;
            let partition = lane.partition.clone();
            failed
                .into_iter()
                .for_each(|batch| self.fail(&partition, *batch, error.clone()));
        }
    }

    /// Ends the producer when that was asked for and nothing is left, or the time is over.
    pub(super) fn close_if_due(&mut self, now: Moment, metadata: &Metadata) {
        if self.is_done || !self.shared.closing.is_requested() {
            return;
        }
        let is_late = self
            .shared
            .closing
            .deadline()
            .is_some_and(|deadline| deadline <= now);
        if !is_late && !self.open.is_empty() {
            self.seal_open(now, metadata, |_| true);
        }
        // A batch that a caller is sealing right now counts in memory alone.
        if is_late || self.unresolved == 0 && self.open.is_empty() && self.shared.memory.is_unused() {
            self.abort();
        }
    }

    /// Fails everything that is left and tells everybody who waits.
    pub(super) fn abort(&mut self) {
        if std::mem::replace(&mut self.is_done, true) {
            return;
        }
        let shared = self.shared.clone();
        // From here on nothing is let in.
        shared.closing.begin_end();
        for topic in shared.topics.iter() {
            topic.settle(crate::produce::topic::TopicVerdict::Closed);
            for partition in topic.partitions.iter() {
                let mut sealed = VecDeque::new();
                if let Some(filled) = partition.close(&mut sealed) {
                    let error = ProduceError::Closed {
                        fate: Fate::NotWritten,
                    };
                    shared.tally.lock().add(filled.share.count(), &error);
                    filled.share.resolve(Outcome::Failed(error));
                }
                sealed.into_iter().for_each(|batch| shared.end(*batch));
            }
        }
        for lane in std::mem::take(&mut self.lanes) {
            lane.in_flight.into_iter().chain(lane.queue).for_each(|batch| {
                let was_sent = batch.request != 0;
                shared.end(Batch {
                    maybe_written: batch.maybe_written || was_sent,
                    ..*batch
                });
            });
        }
        self.unresolved = 0;
        self.requests.clear();
        self.nodes.clear();
        self.open.clear();
        self.paused.clear();
        self.wishes.clear();
        shared.memory.close();
        shared.closing.finish();
    }

    /// Whether an error of the whole request is one that trying again may mend.
    pub(super) fn may_pass(class: Class) -> bool {
        matches!(class, Class::Retry | Class::Reroute)
    }
}
