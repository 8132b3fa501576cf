//! All transactional ids of the cluster.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use protocol::ErrorCode;

use super::end::{self, End, Outcome};
use super::entry::{Partitions, Status, Transaction};
use super::init::{self, Init, InitRequest};
use super::partitions;
use crate::time::{Now, millis};

/// What brokers are set up with, by Kafka's names and defaults. Times are in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TransactionSettings {
    /// `transaction.max.timeout.ms`, the longest time-out a producer may ask for: 15 minutes.
    pub(crate) max_timeout_ms: i32,
    /// `transaction.abort.timed.out.transaction.cleanup.interval.ms`, how often transactions that took too long are
    /// looked for: 10 seconds.
    pub(crate) abort_interval_ms: i64,
    /// `transactional.id.expiration.ms`, after which an idle transactional id is forgotten: 7 days.
    pub(crate) expiration_ms: i64,
    /// `transaction.remove.expired.transaction.cleanup.interval.ms`, how often those are looked for: 1 hour.
    pub(crate) expiration_interval_ms: i64,
}

impl Default for TransactionSettings {
    fn default() -> Self {
        Self {
            max_timeout_ms: 15 * 60 * 1000,
            abort_interval_ms: 10 * 1000,
            expiration_ms: 7 * 24 * 60 * 60 * 1000,
            expiration_interval_ms: 60 * 60 * 1000,
        }
    }
}

/// What becomes of a transactional id, not yet kept.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "nothing has happened before it is applied"]
pub(crate) struct Change {
    pub(crate) id: Arc<str>,
    /// What is known of it from now on; none when it is forgotten.
    pub(crate) next: Option<Transaction>,
}

/// Who asks: the producer's id and epoch.
pub(crate) type Producer = (i64, i16);

/// The transactional ids.
#[derive(Debug, Default)]
pub(crate) struct Transactions {
    settings: TransactionSettings,
    by_id: BTreeMap<Arc<str>, Entry>,
    /// When to look at an id: its transaction has taken too long, its markers are to be written, or it has been idle for
    /// too long.
    due: BTreeSet<(Duration, Arc<str>)>,
    /// The ids whose markers are to be written once a leader may take them.
    stuck: BTreeSet<Arc<str>>,
    /// Whether leaders may take markers by now that they did not take before.
    leaders_may_differ: bool,
    /// How long after the end of a transaction was decided its markers are written.
    marker_delay: Duration,
}

#[derive(Debug)]
struct Entry {
    transaction: Transaction,
    due: Option<Duration>,
}

impl Transactions {
    pub(crate) fn new(settings: TransactionSettings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Transaction> {
        self.by_id.get(id).map(|entry| &entry.transaction)
    }

    /// All, by id.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Transaction)> {
        let all = self.by_id.iter();
        all.map(|(id, entry)| (id, &entry.transaction))
    }

    /// How long after the end of a transaction was decided its markers are written: at once, unless it was set.
    pub(crate) fn marker_delay(&self) -> Duration {
        self.marker_delay
    }

    /// Sets how long markers are late: for so long the next transaction gets `CONCURRENT_TRANSACTIONS`.
    pub(crate) fn set_marker_delay(&mut self, delay: Duration) {
        self.marker_delay = delay;
    }

    /// Checks what an InitProducerId with a transactional id asks for, before its coordinator is looked for.
    ///
    /// # Errors
    ///
    /// `INVALID_REQUEST` for an empty id, `INVALID_TRANSACTION_TIMEOUT`.
    pub(crate) fn check(&self, id: &str, request: InitRequest) -> Result<(), ErrorCode> {
        if id.is_empty() {
            return Err(ErrorCode::INVALID_REQUEST);
        }
        if request.timeout_ms <= 0 || request.timeout_ms > self.settings.max_timeout_ms {
            return Err(ErrorCode::INVALID_TRANSACTION_TIMEOUT);
        }
        Ok(())
    }

    /// InitProducerId with a transactional id. `version` is the cluster's version of transactions.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check), `PRODUCER_FENCED`, `CONCURRENT_TRANSACTIONS` while markers are being written, and what `new_producer_id` fails with.
    pub(crate) fn init(
        &self,
        now: Now,
        id: &Arc<str>,
        request: InitRequest,
        version: i16,
        new_producer_id: &mut dyn FnMut() -> Result<i64, ErrorCode>,
    ) -> Result<(Init, Change), ErrorCode> {
        self.check(id, request)?;
        let answer = init::init(self.get(id), request, now.timestamp, version, new_producer_id)?;
        let (Init::Done(next) | Init::Abort(next)) = answer.clone();
        Ok((answer, Change::of(id, next)))
    }

    /// Adds partitions to the transaction of `producer`, which begins with the first. None when there is nothing to add.
    ///
    /// # Errors
    ///
    /// `INVALID_REQUEST` for an empty id, `INVALID_PRODUCER_ID_MAPPING` when nothing is known of the id or another
    /// producer id has it, `PRODUCER_FENCED`, `CONCURRENT_TRANSACTIONS` while markers are being written.
    pub(crate) fn add_partitions(
        &self,
        now: Now,
        id: &Arc<str>,
        producer: Producer,
        partitions: &Partitions,
    ) -> Result<Option<Change>, ErrorCode> {
        if id.is_empty() {
            return Err(ErrorCode::INVALID_REQUEST);
        }
        let added = partitions::add(self.get(id), producer, partitions, now.timestamp)?;
        Ok(added.map(|next| Change::of(id, next)))
    }

    /// Checks that a partition is part of the transaction of `producer`.
    ///
    /// # Errors
    ///
    /// As [`add_partitions`](Self::add_partitions), and `TRANSACTION_ABORTABLE` when it is not.
    pub(crate) fn verify(
        &self,
        id: &str,
        producer: Producer,
        topic: &str,
        partition: i32,
    ) -> Result<(), ErrorCode> {
        if id.is_empty() {
            return Err(ErrorCode::INVALID_REQUEST);
        }
        partitions::verify(self.get(id), producer, topic, partition)
    }

    /// EndTxn by a client that speaks `version` of transactions.
    ///
    /// # Errors
    ///
    /// As [`add_partitions`](Self::add_partitions), `INVALID_TXN_STATE` when there is nothing to end or it was ended
    /// the other way, and what `new_producer_id` fails with.
    pub(crate) fn end(
        &self,
        now: Now,
        id: &Arc<str>,
        producer: Producer,
        outcome: Outcome,
        version: i16,
        new_producer_id: &mut dyn FnMut() -> Result<i64, ErrorCode>,
    ) -> Result<(End, Option<Change>), ErrorCode> {
        if id.is_empty() {
            return Err(ErrorCode::INVALID_REQUEST);
        }
        let known = self.get(id);
        let answer = end::end(known, producer, outcome, version, now.timestamp, new_producer_id)?;
        let change = match &answer {
            End::Prepared(next) => Some(Change::of(id, next.clone())),
            End::Already => None,
        };
        Ok((answer, change))
    }

    /// The end of a transaction whose markers are all written; none while it has partitions left.
    pub(crate) fn complete(&self, now: Now, id: &Arc<str>) -> Option<Change> {
        let known = self.get(id)?;
        let done = known.status.is_prepared() && known.partitions.is_empty();
        done.then(|| Change::of(id, end::complete(known, now.timestamp)))
    }

    /// Notes that the marker of a partition is written, or that there is no such partition any more.
    ///
    /// That is not kept: after a restart all markers are written again.
    pub(crate) fn note_marker(&mut self, id: &str, topic: &str, partition: i32) {
        if let Some(entry) = self.by_id.get_mut(id)
            && entry.transaction.status.is_prepared()
        {
            entry.transaction.partitions.remove(topic, partition);
        }
    }

    /// Has the ids looked at whose markers wait for leaders to take them.
    pub(crate) fn follow_leaders(&mut self) {
        self.leaders_may_differ = !self.stuck.is_empty();
    }

    /// The ids that are to be looked at now.
    pub(crate) fn take_due(&mut self, now: Now) -> Vec<Arc<str>> {
        let mut ids = Vec::new();
        if std::mem::take(&mut self.leaders_may_differ) {
            ids.extend(std::mem::take(&mut self.stuck));
        }
        while self.due.first().is_some_and(|&(at, _)| at <= now.elapsed) {
            if let Some((_, id)) = self.due.pop_first() {
                if let Some(entry) = self.by_id.get_mut(&id) {
                    entry.due = None;
                }
                ids.push(id);
            }
        }
        ids
    }

    /// What becomes of an id that was due: its transaction is aborted, or it is forgotten. None when it is too early. `version` is the cluster's version of transactions.
    ///
    /// # Errors
    ///
    /// What `new_producer_id` fails with.
    pub(crate) fn expire(
        &self,
        now: Now,
        id: &Arc<str>,
        version: i16,
        new_producer_id: &mut dyn FnMut() -> Result<i64, ErrorCode>,
    ) -> Result<Option<Change>, ErrorCode> {
        let Some(known) = self.get(id) else {
            return Ok(None);
        };
        match known.status {
            Status::Ongoing if known.started.saturating_add(known.timeout_ms.into()) < now.timestamp => {
                self.abort(now, id, version, new_producer_id)
            }
            Status::Empty | Status::CompleteCommit | Status::CompleteAbort
                if known.updated.saturating_add(self.settings.expiration_ms) <= now.timestamp =>
            {
                Ok(Some(Change {
                    id: id.clone(),
                    next: None,
                }))
            }
            _ => Ok(None),
        }
    }

    /// The abort of a transaction that is open, as if its time-out were over; none when it is not open.
    ///
    /// # Errors
    ///
    /// What `new_producer_id` fails with.
    pub(crate) fn abort(
        &self,
        now: Now,
        id: &Arc<str>,
        version: i16,
        new_producer_id: &mut dyn FnMut() -> Result<i64, ErrorCode>,
    ) -> Result<Option<Change>, ErrorCode> {
        let Some(known) = self.get(id).filter(|known| known.status == Status::Ongoing) else {
            return Ok(None);
        };
        let aborted = end::fence(known, now.timestamp, version, new_producer_id)?;
        Ok(Some(Change::of(id, aborted)))
    }

    /// Lets a change be so that was kept, or was found in the log.
    pub(crate) fn apply(&mut self, now: Now, Change { id, next }: Change) {
        self.stuck.remove(&id);
        if let Some(Entry { due: Some(due), .. }) = self.by_id.remove(&id) {
            self.due.remove(&(due, id.clone()));
        }
        let Some(transaction) = next else {
            return;
        };
        let due = self.due_of(now, &transaction);
        if let Some(due) = due {
            self.due.insert((due, id.clone()));
        } else if transaction.status.is_prepared() {
            self.stuck.insert(id.clone());
        }
        self.by_id.insert(id, Entry { transaction, due });
    }

    /// Has an id looked at again that was due, and is as it was. Markers wait for leaders that take them.
    pub(crate) fn look_again(&mut self, now: Now, id: &Arc<str>) {
        let Some(known) = self.get(id) else {
            return;
        };
        if !known.status.is_prepared() {
            if let Some(due) = self.due_of(now, known) {
                self.set_due(due, id);
            }
        } else if self.by_id.get(id).is_some_and(|entry| entry.due.is_none()) {
            self.stuck.insert(id.clone());
        }
    }

    /// Has markers tried again after a while: no leader stands in the way, and nothing tells when it is gone what does.
    pub(crate) fn retry_markers(&mut self, now: Now, id: &Arc<str>) {
        self.set_due(now.elapsed.saturating_add(MARKER_RETRY), id);
    }

    fn set_due(&mut self, due: Duration, id: &Arc<str>) {
        if let Some(entry) = self.by_id.get_mut(id)
            && entry.due.is_none()
        {
            entry.due = Some(due);
            self.due.insert((due, id.clone()));
        }
    }

    /// When something is due.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        if self.leaders_may_differ {
            return Some(Duration::ZERO);
        }
        self.due.first().map(|&(at, _)| at)
    }

    /// When to look at an id: Kafka looks at all of them every so often.
    fn due_of(&self, now: Now, transaction: &Transaction) -> Option<Duration> {
        let (at, interval) = match transaction.status {
            // They are written at once, or stuck.
            Status::PrepareCommit | Status::PrepareAbort if self.marker_delay.is_zero() => return None,
            Status::PrepareCommit | Status::PrepareAbort => {
                return Some(now.elapsed.saturating_add(self.marker_delay));
            }
            Status::Ongoing => (
                // Only what took longer than its time-out is aborted.
                transaction
                    .started
                    .saturating_add(i64::from(transaction.timeout_ms) + 1),
                self.settings.abort_interval_ms,
            ),
            Status::Empty | Status::CompleteCommit | Status::CompleteAbort => (
                transaction.updated.saturating_add(self.settings.expiration_ms),
                self.settings.expiration_interval_ms,
            ),
        };
        let elapsed = i64::try_from(now.elapsed.as_millis()).ok()?;
        let at = elapsed.checked_add(at.checked_sub(now.timestamp)?)?;
        let interval = interval.max(1);
        // The first look after `at` that is still to come.
        let looks = at.max(elapsed.checked_add(1)?).checked_add(interval - 1)? / interval;
        millis(looks.checked_mul(interval)?)
    }
}

/// After which time markers are tried again that a leader failed to write.
const MARKER_RETRY: Duration = Duration::from_secs(1);

impl Change {
    fn of(id: &Arc<str>, next: Transaction) -> Self {
        Self {
            id: id.clone(),
            next: Some(next),
        }
    }
}
