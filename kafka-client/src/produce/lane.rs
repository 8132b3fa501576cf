//! A partition as the sender sees it: batches in order, of which some are under way.

use std::collections::VecDeque;
use std::sync::Arc;

use protocol::records::ProducerStamp;

use super::batch::Batch;
use super::partition::Partition;
use super::topic::Topic;
use crate::cluster::NodeId;
use crate::mutant::{self, Mutant};
use crate::time::{Backoff, Moment, earliest};

/// How many batches of a producer a broker remembers in each partition.
const REMEMBERED: usize = 5;

/// The batches of one partition.
///
/// Batches leave in order, several at once, and their numbers are fixed when they leave for the first time. After
/// a failure nothing more leaves until all that is under way has come back; then everything that has to be repeated
/// goes again in order, byte for byte the same. So the broker never sees a gap that is not really one. The first batch
/// under a producer id and epoch leaves alone: only a broker that has it sees gaps at all.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) partition: Arc<Partition>,
    pub(super) topic: Arc<Topic>,
    /// To be sent, in order: first those to be repeated.
    pub(super) queue: VecDeque<Box<Batch>>,
    /// Under way to `node`, in order.
    pub(super) in_flight: VecDeque<Box<Batch>>,
    pub(super) node: Option<NodeId>,
    /// The stamp of the next batch to be numbered.
    pub(super) next: ProducerStamp,
    /// Nothing leaves before what is under way has come back.
    pub(super) is_draining: bool,
    /// The numbers after those in use may not be what the broker expects: a new epoch must begin.
    pub(super) is_broken: bool,
    pub(super) paused_until: Option<Moment>,
    pub(super) backoff: Backoff,
    /// The broker whose list of lanes has this one.
    pub(super) enlisted: Option<NodeId>,
    /// The leader and its epoch that was sent to last.
    pub(super) tried_leader: Option<(NodeId, i32)>,
    /// The producer id and epoch under which the broker has taken a batch of this partition.
    pub(super) acknowledged: Option<(i64, i16)>,
    /// Since when brokers say that there is no such partition.
    pub(super) unknown_since: Option<Moment>,
    pub(super) last_written: Option<i64>,
    /// The places of the batches that the broker took last, in no order.
    written: VecDeque<(u64, u32)>,
    next_order: u64,
}

impl Lane {
    pub(super) fn new(partition: Arc<Partition>, topic: Arc<Topic>, backoff: Backoff) -> Self {
        Self {
            partition,
            topic,
            queue: VecDeque::new(),
            in_flight: VecDeque::new(),
            node: None,
            next: ProducerStamp::default(),
            is_draining: false,
            is_broken: false,
            paused_until: None,
            backoff,
            enlisted: None,
            tried_leader: None,
            acknowledged: None,
            unknown_since: None,
            last_written: None,
            written: VecDeque::new(),
            next_order: 0,
        }
    }

    /// Puts a batch that was never sent behind all others.
    pub(super) fn push(&mut self, mut batch: Box<Batch>) {
        batch.order = (self.next_order, 0);
        self.next_order += 1;
        self.queue.push_back(batch);
    }

    /// Puts a batch that came back where it belongs.
    pub(super) fn put_back(&mut self, batch: Box<Batch>) {
        let at = self.queue.partition_point(|other| other.order < batch.order);
        self.queue.insert(at, batch);
        self.is_draining = !self.in_flight.is_empty();
    }

    /// Whether a batch may leave for `leader`. `first` is the producer's stamp in its present epoch.
    pub(super) fn may_send(
        &self,
        now: Moment,
        leader: NodeId,
        first: Option<ProducerStamp>,
        in_flight_max: usize,
    ) -> bool {
        let Some(front) = self.queue.front() else {
            return false;
        };
        let is_free = self.in_flight.is_empty();
        if self.is_draining
            || self.paused_until.is_some_and(|until| until > now)
            || self.in_flight.len() >= in_flight_max
            || !is_free && self.node != Some(leader)
        {
            return false;
        }
        let may_follow =
            mutant::is(Mutant::PipelineBeforeAck) || self.is_known(front) && self.is_remembered(front);
        if !is_free && !may_follow {
            return false;
        }
        front.is_numbered || first.is_some_and(|first| is_free || !self.needs_new_epoch(first))
    }

    /// Whether the broker refuses `batch` if one before it is missing. A broker that has no batch of this producer id
    /// yet takes any number for the first one, so that a second batch must not leave before the first is written.
    fn is_known(&self, batch: &Batch) -> bool {
        let stamp = self.stamp_of(batch);
        stamp.base_sequence < 0 || self.acknowledged == Some((stamp.producer_id, stamp.epoch))
    }

    /// Whether the broker still knows what is under way when it has `batch`, too. It remembers the last batches only, those
    /// included that were written while an older one was lost: one beyond them would be refused as out of order when it
    /// is repeated, though it is in the log.
    fn is_remembered(&self, batch: &Batch) -> bool {
        let Some(oldest) = self.in_flight.front().map(|oldest| oldest.order) else {
            return true;
        };
        let written = self.written.iter().filter(|order| **order > oldest).count();
        self.stamp_of(batch).base_sequence < 0 || self.in_flight.len() + written < REMEMBERED
    }

    /// The stamp that a batch leaves with.
    fn stamp_of(&self, batch: &Batch) -> ProducerStamp {
        if batch.is_numbered {
            batch.sealed.producer()
        } else {
            self.next
        }
    }

    /// When the broker has `batch`.
    pub(super) fn note_written(&mut self, batch: &Batch) {
        let stamp = batch.sealed.producer();
        self.acknowledged = Some((stamp.producer_id, stamp.epoch));
        if stamp.base_sequence >= 0 {
            if self.written.len() == REMEMBERED {
                self.written.pop_front();
            }
            self.written.push_back(batch.order);
        }
    }

    /// Whether the next number to be given is not one of the producer's present epoch.
    pub(super) fn needs_new_epoch(&self, first: ProducerStamp) -> bool {
        let is_same = self.next.producer_id == first.producer_id && self.next.epoch == first.epoch;
        first.base_sequence >= 0 && (self.is_broken || !is_same)
    }

    /// Whether the present epoch is the one whose numbers are broken, so that the producer must begin another.
    pub(super) fn has_broken(&self, first: ProducerStamp) -> bool {
        // A producer without numbers has no epoch to begin.
        first.base_sequence >= 0
            && self.is_broken
            && self.in_flight.is_empty()
            && self.queue.front().is_some_and(|front| !front.is_numbered)
            && self.next.producer_id == first.producer_id
            && self.next.epoch == first.epoch
    }

    /// Takes the first batch and numbers it; `first` is the producer's stamp in its present epoch.
    pub(super) fn take_front(&mut self, first: Option<ProducerStamp>) -> Option<Box<Batch>> {
        let mut batch = self.queue.pop_front()?;
        if let Some(first) = first
            && first.base_sequence >= 0
            && !batch.is_numbered
        {
            if self.needs_new_epoch(first) {
                debug_assert!(self.in_flight.is_empty());
                self.next = first;
                self.is_broken = false;
            }
            if batch.sealed.producer() != self.next {
                batch.sealed.restamp(self.next);
                self.partition.correct(batch.place, self.next);
            }
            batch.is_numbered = true;
            self.next = self.next.after(batch.sealed.count());
        }
        Some(batch)
    }

    /// Takes the batch that `request` carries.
    pub(super) fn take_in_flight(&mut self, request: u64) -> Option<Box<Batch>> {
        let at = self.in_flight.iter().position(|batch| batch.request == request)?;
        let batch = self.in_flight.remove(at);
        if self.in_flight.is_empty() {
            self.is_draining = false;
        }
        batch
    }

    /// Whether no batch before `batch`, which is neither queued nor in flight, is still to be written.
    pub(super) fn is_head(&self, batch: &Batch) -> bool {
        self.in_flight
            .front()
            .is_none_or(|first| first.order > batch.order)
            && self.queue.front().is_none_or(|first| first.order > batch.order)
    }

    /// When `batch`, neither queued nor in flight, is given up: settles which number comes next.
    pub(super) fn give_up(&mut self, batch: &Batch) {
        if !batch.is_numbered || batch.sealed.producer().base_sequence < 0 {
            return;
        }
        if batch.maybe_written && !batch.behind_gap {
            // Whether its numbers are used up is not known. Those behind it that were sent are repeated as they
            // are: they are refused if it was not written.
            self.is_broken = true;
            return;
        }
        self.renumber_from(batch);
        self.next = batch.sealed.producer();
    }

    /// Takes the numbers back of all that comes after `batch`, which was certainly not written.
    pub(super) fn renumber_from(&mut self, batch: &Batch) {
        for later in self.queue.iter_mut().filter(|later| later.order > batch.order) {
            later.unnumber();
        }
        for later in self
            .in_flight
            .iter_mut()
            .filter(|later| later.order > batch.order)
        {
            later.behind_gap = true;
        }
        self.is_draining = !self.in_flight.is_empty();
    }

    /// Waits for a while, unless it does so already.
    pub(super) fn pause(&mut self, now: Moment, rng: &mut fastrand::Rng) -> Moment {
        match self.paused_until {
            Some(until) if until > now => until,
            _ => {
                let until = match mutant::is(Mutant::RetryAtOnce) {
                    true => now,
                    false => now + self.backoff.next(rng),
                };
                self.paused_until = Some(until);
                until
            }
        }
    }

    /// The earliest opening time of a batch.
    pub(super) fn oldest(&self) -> Option<Moment> {
        let queued = self.queue.iter().map(|batch| batch.opened_at).min();
        let in_flight = self.in_flight.iter().map(|batch| batch.opened_at).min();
        earliest(queued, in_flight)
    }

    /// Whether it has nothing to do.
    pub(super) fn is_idle(&self) -> bool {
        self.queue.is_empty() && self.in_flight.is_empty()
    }
}
