//! A partition as callers' tasks see it: one open batch behind one lock.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use parking_lot::Mutex;
use protocol::records::{AppendError, OpenBatch, ProducerStamp};

use super::batch::{Batch, Filled, Opened, Place};
use super::delivery::Delivery;
use super::record::Record;
use crate::cluster::TopicPartition;

/// A partition that records are produced to.
#[derive(Debug)]
pub(crate) struct Partition {
    /// Its name.
    pub(super) name: TopicPartition,
    /// The number of its topic in the accumulator.
    pub(super) topic: u32,
    pub(super) lot: Mutex<Lot>,
    /// Batches sealed and not over.
    pub(super) queued: AtomicU32,
    /// Whether it has a leader that keeps up, so that keyless records may go to it.
    pub(super) is_available: AtomicBool,
    /// The sender's number for it; [`NO_LANE`] until it has one.
    pub(super) lane: AtomicU32,
}

pub(super) const NO_LANE: u32 = u32::MAX;

/// What a partition's lock protects.
#[derive(Debug, Default)]
pub(super) struct Lot {
    records: OpenBatch,
    opened: Option<Opened>,
    /// Whether the sender has this partition on its list of those with an open batch.
    pub(super) is_listed: bool,
    /// Whether the sender has been told that sealed batches are there.
    is_announced: bool,
    pub(super) is_closed: bool,
    next_ticket: u64,
    /// The ticket whose batch is to be handed in next.
    due_ticket: u64,
    /// Sealed batches in order; none for one that was lost in sealing.
    sealed: VecDeque<Box<Batch>>,
    /// Sealed before their turn.
    early: BTreeMap<u64, Option<Box<Batch>>>,
    /// Bytes of all batches taken so far.
    bytes: u64,
    /// The stamp of the next batch, as far as is known here. The sender has the last word.
    next: Place,
}

impl Partition {
    pub(super) fn new(name: TopicPartition, topic: u32) -> Self {
        Self {
            name,
            topic,
            lot: Mutex::default(),
            queued: AtomicU32::new(0),
            is_available: AtomicBool::new(true),
            lane: AtomicU32::new(NO_LANE),
        }
    }

    /// Hands a sealed batch in, or tells that there is none for this ticket. Returns whether the sender must be
    /// told; gives the batch back when the sender has ended while it was being sealed.
    pub(super) fn hand_in(&self, ticket: u64, batch: Option<Box<Batch>>) -> Result<bool, Box<Batch>> {
        let mut lot = self.lot.lock();
        if lot.is_closed {
            return batch.map_or(Ok(false), Err);
        }
        if batch.is_some() {
            self.queued.fetch_add(1, Ordering::Relaxed);
        }
        if ticket == lot.due_ticket {
            lot.due_ticket += 1;
            lot.sealed.extend(batch);
        } else {
            lot.early.insert(ticket, batch);
        }
        while let Some(entry) = lot.early.first_entry()
            && *entry.key() == lot.due_ticket
        {
            let batch = lot.early.pop_first().and_then(|(_, batch)| batch);
            lot.due_ticket += 1;
            lot.sealed.extend(batch);
        }
        let tell = !lot.is_announced && !lot.sealed.is_empty();
        lot.is_announced |= tell;
        Ok(tell)
    }

    /// Lets nothing in any more. Returns the open batch, and moves the sealed ones to `to`.
    pub(super) fn close(&self, to: &mut VecDeque<Box<Batch>>) -> Option<Filled> {
        let mut lot = self.lot.lock();
        lot.is_closed = true;
        to.extend(lot.sealed.drain(..));
        // Those before them that are being sealed will not be handed in.
        to.extend(std::mem::take(&mut lot.early).into_values().flatten());
        lot.take()
    }

    /// Moves the sealed batches to the sender.
    pub(super) fn take_sealed(&self, to: &mut VecDeque<Box<Batch>>) {
        let mut lot = self.lot.lock();
        lot.is_announced = false;
        to.extend(lot.sealed.drain(..));
    }

    /// Corrects the stamps of batches yet to be sealed: the one that was sealed in `place` has to be `stamp`.
    pub(super) fn correct(&self, place: Place, stamp: ProducerStamp) -> u32 {
        let mut lot = self.lot.lock();
        if lot.next.series == place.series {
            let since = lot.next.records_before.wrapping_sub(place.records_before);
            lot.next.stamp = stamp.after(since);
            lot.next.series += 1;
        }
        lot.next.series
    }
}

impl Lot {
    /// Appends a record to the open batch; none when there is none, or the record does not go into it.
    #[inline(always)]
    pub(super) fn append(&mut self, timestamp: i64, record: &Record<'_>, movable: bool) -> Option<Delivery> {
        let opened = self.opened.as_mut()?;
        let headers = record.headers.iter().copied();
        match self.records.append(timestamp, record.key, record.value, headers) {
            Ok(index) => {
                opened.movable &= movable;
                Some(Delivery::new(
                    opened.cell,
                    index,
                    opened.cell.lateness(index, timestamp),
                ))
            }
            Err(AppendError::Full | AppendError::Timestamp | AppendError::TooLarge) => None,
        }
    }

    /// Opens a batch in `records`, which is empty. There must be none open.
    pub(super) fn open(&mut self, records: OpenBatch, opened: Opened) {
        debug_assert!(self.opened.is_none() && records.is_empty());
        self.records = records;
        self.opened = Some(opened);
    }

    /// The open batch, if there is one.
    pub(super) fn opened(&self) -> Option<&Opened> {
        self.opened.as_ref()
    }

    /// Whether the open batch takes no more.
    pub(super) fn is_full(&self) -> bool {
        self.records.size() >= self.records.limit()
    }

    /// Bytes appended since the partition was first used.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes + u64::try_from(self.records.size()).unwrap_or(0)
    }

    /// Takes the open batch to be sealed, with a ticket for its place.
    pub(super) fn take(&mut self) -> Option<Filled> {
        let opened = self.opened.take()?;
        let records = std::mem::take(&mut self.records);
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.bytes += u64::try_from(records.size()).unwrap_or(0);
        let place = self.next;
        self.next.stamp = place.stamp.after(records.count());
        self.next.records_before = place.records_before.wrapping_add(records.count());
        let share = opened.cell.seal(records.count());
        Some(Filled {
            records,
            share,
            opened,
            ticket,
            place,
        })
    }
}
