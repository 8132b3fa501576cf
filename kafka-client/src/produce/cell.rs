//! Where a batch's outcome is kept for those who hold its deliveries.
//!
//! A [`Cell`] is shared by the batch and by every [`Delivery`](super::Delivery) of it. It counts them itself: it starts
//! with more references than a batch can have records, so that issuing a delivery touches nothing shared, and gives
//! back what was not issued when the batch is sealed. Dropping a delivery is one atomic subtraction. Who drops the
//! last reference puts the cell back on the shelf; cells are never freed, so the memory they take is that of the
//! most batches that ever had deliveries at once: some 200 bytes each, and at most 2 KiB more for what was kept of
//! wakers and parts.

use std::sync::atomic::{AtomicI32, AtomicI64, AtomicU8, AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use super::error::{Fate, ProduceError};

/// Where a record was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The partition.
    pub partition: i32,
    /// The offset in the partition; -1 when the broker did not say: with acks=0, and when a retry found that the
    /// record had been written before.
    pub offset: i64,
    /// The record's timestamp in milliseconds since 1970: its own, or the broker's where the topic is set to
    /// `message.timestamp.type=LogAppendTime`.
    pub timestamp: i64,
}

/// What became of a run of records.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// They were written, one after another.
    Written {
        /// Where.
        partition: i32,
        /// The offset of the first; -1 when it is not known.
        base_offset: i64,
        /// The broker's time; -1 when the records have kept theirs.
        append_time: i64,
    },
    /// They were not, or it is not known.
    Failed(ProduceError),
}

#[derive(Debug)]
pub(crate) struct Cell {
    /// Deliveries and [`Share`]s, and until the batch is sealed those that might yet be issued.
    references: AtomicU64,
    state: AtomicU8,
    /// The timestamp of the batch's first record.
    base_timestamp: AtomicI64,
    partition: AtomicI32,
    base_offset: AtomicI64,
    append_time: AtomicI64,
    slow: Mutex<Slow>,
}

#[derive(Debug, Default)]
struct Slow {
    /// How many records the batch has, from when it was sealed.
    total: Option<u32>,
    resolved: u32,
    parts: Vec<Part>,
    wakers: FxHashMap<u32, Waker>,
    /// Timestamps too far from the first one's for a delivery to hold.
    far: FxHashMap<u32, i64>,
}

impl Slow {
    /// Makes it as new, but for small containers, which the next batch is likely to need again.
    fn clear(&mut self) {
        self.total = None;
        self.resolved = 0;
        self.parts.clear();
        self.parts.shrink_to(PARTS_KEPT);
        self.wakers.clear();
        self.wakers.shrink_to(WAKERS_KEPT);
        self.far.clear();
        self.far.shrink_to(WAKERS_KEPT);
    }
}

#[derive(Debug)]
struct Part {
    first: u32,
    count: u32,
    outcome: Outcome,
}

/// Cells that nobody refers to.
static SHELF: Mutex<Vec<&'static Cell>> = Mutex::new(Vec::new());
/// More than a batch has records.
const UNISSUED: u64 = 1 << 40;
/// Room for so many parts a cell keeps.
const PARTS_KEPT: usize = 4;
/// Room for so many wakers and far timestamps.
const WAKERS_KEPT: usize = 28;
/// No record, or not all of them, is resolved.
const PENDING: u8 = 0;
/// All were written in one piece: the atomics tell it.
const WRITTEN: u8 = 1;
/// All are resolved, in parts.
const MIXED: u8 = 2;
/// Stands for a timestamp that is among the far ones.
const FAR: i32 = i32::MIN;

impl Cell {
    /// Takes a cell for a batch whose first record has this timestamp.
    pub(crate) fn take(base_timestamp: i64) -> &'static Self {
        let cell = SHELF.lock().pop();
        let cell = cell.unwrap_or_else(|| Box::leak(Box::new(Self::new())));
        cell.base_timestamp.store(base_timestamp, Ordering::Relaxed);
        cell
    }

    fn new() -> Self {
        Self {
            references: AtomicU64::new(UNISSUED),
            state: AtomicU8::new(PENDING),
            base_timestamp: AtomicI64::new(0),
            partition: AtomicI32::new(0),
            base_offset: AtomicI64::new(0),
            append_time: AtomicI64::new(0),
            slow: Mutex::default(),
        }
    }

    /// What a delivery remembers of its record's timestamp.
    #[inline(always)]
    pub(crate) fn lateness(&self, index: u32, timestamp: i64) -> i32 {
        let base = self.base_timestamp.load(Ordering::Relaxed);
        match timestamp
            .checked_sub(base)
            .and_then(|late| i32::try_from(late).ok())
        {
            Some(late) if late != FAR => late,
            _ => self.remember_far(index, timestamp),
        }
    }

    #[cold]
    fn remember_far(&self, index: u32, timestamp: i64) -> i32 {
        self.slow.lock().far.insert(index, timestamp);
        FAR
    }

    /// Ends the issuing of deliveries: the batch is sealed with `issued` records. Returns the batch's own part.
    pub(crate) fn seal(&'static self, issued: u32) -> Share {
        self.slow.lock().total = Some(issued);
        self.release(UNISSUED - u64::from(issued) - 1);
        Share {
            cell: self,
            first: 0,
            count: issued,
            resolved: false,
        }
    }

    /// Gives references back; who gives the last puts the cell on the shelf.
    pub(crate) fn release(&'static self, references: u64) {
        if self.references.fetch_sub(references, Ordering::AcqRel) == references {
            self.shelve();
        }
    }

    #[cold]
    fn shelve(&'static self) {
        self.slow.lock().clear();
        self.state.store(PENDING, Ordering::Relaxed);
        self.references.store(UNISSUED, Ordering::Relaxed);
        SHELF.lock().push(self);
    }

    /// The outcome of record `index`, if it is there.
    #[inline]
    pub(crate) fn outcome(&self, index: u32, lateness: i32) -> Option<Result<Written, ProduceError>> {
        if self.state.load(Ordering::Acquire) == WRITTEN && lateness != FAR {
            return Some(Ok(self.written(index, lateness)));
        }
        self.outcome_slowly(index, lateness, &self.slow.lock())
    }

    /// As [`Cell::outcome`]; leaves the waker of `cx` when the outcome is not there.
    #[inline]
    pub(crate) fn poll(
        &self,
        index: u32,
        lateness: i32,
        cx: &Context<'_>,
    ) -> Poll<Result<Written, ProduceError>> {
        if self.state.load(Ordering::Acquire) == WRITTEN && lateness != FAR {
            return Poll::Ready(Ok(self.written(index, lateness)));
        }
        self.poll_slowly(index, lateness, cx)
    }

    #[cold]
    fn poll_slowly(
        &self,
        index: u32,
        lateness: i32,
        cx: &Context<'_>,
    ) -> Poll<Result<Written, ProduceError>> {
        let mut slow = self.slow.lock();
        if let Some(outcome) = self.outcome_slowly(index, lateness, &slow) {
            return Poll::Ready(outcome);
        }
        slow.wakers.insert(index, cx.waker().clone());
        Poll::Pending
    }

    /// How many records from `index` on were written in one piece with all of their batch; for counting without
    /// looking at each.
    pub(crate) fn is_written(&self) -> bool {
        self.state.load(Ordering::Acquire) == WRITTEN
    }

    fn written(&self, index: u32, lateness: i32) -> Written {
        let base = self.base_offset.load(Ordering::Relaxed);
        let append_time = self.append_time.load(Ordering::Relaxed);
        let timestamp = match append_time {
            -1 => self.base_timestamp.load(Ordering::Relaxed) + i64::from(lateness),
            time => time,
        };
        Written {
            partition: self.partition.load(Ordering::Relaxed),
            offset: offset_after(base, index),
            timestamp,
        }
    }

    fn outcome_slowly(
        &self,
        index: u32,
        lateness: i32,
        slow: &Slow,
    ) -> Option<Result<Written, ProduceError>> {
        let own_time = match lateness {
            FAR => slow.far.get(&index).copied().unwrap_or(-1),
            late => self.base_timestamp.load(Ordering::Relaxed) + i64::from(late),
        };
        if self.state.load(Ordering::Acquire) == WRITTEN {
            let timestamp = match self.append_time.load(Ordering::Relaxed) {
                -1 => own_time,
                time => time,
            };
            return Some(Ok(Written {
                timestamp,
                ..self.written(index, 0)
            }));
        }
        let part = slow
            .parts
            .iter()
            .find(|part| (part.first..part.first + part.count).contains(&index))?;
        Some(match &part.outcome {
            Outcome::Written {
                partition,
                base_offset,
                append_time,
            } => Ok(Written {
                partition: *partition,
                offset: offset_after(*base_offset, index - part.first),
                timestamp: if *append_time == -1 {
                    own_time
                } else {
                    *append_time
                },
            }),
            Outcome::Failed(error) => Err(error.clone()),
        })
    }

    fn resolve(&self, first: u32, count: u32, outcome: Outcome) {
        let mut slow = self.slow.lock();
        let whole = first == 0 && slow.total == Some(count);
        match outcome {
            Outcome::Written {
                partition,
                base_offset,
                append_time,
            } if whole => {
                self.partition.store(partition, Ordering::Relaxed);
                self.base_offset.store(base_offset, Ordering::Relaxed);
                self.append_time.store(append_time, Ordering::Relaxed);
                self.state.store(WRITTEN, Ordering::Release);
            }
            outcome => {
                slow.parts.push(Part {
                    first,
                    count,
                    outcome,
                });
                slow.resolved += count;
                if slow.total == Some(slow.resolved) {
                    self.state.store(MIXED, Ordering::Release);
                }
            }
        }
        if slow.wakers.is_empty() {
            return;
        }
        // Woken outside the lock: a waker may poll at once.
        let mut wakers = std::mem::take(&mut slow.wakers);
        drop(slow);
        for (_, waker) in wakers.drain() {
            waker.wake();
        }
        let mut slow = self.slow.lock();
        if slow.wakers.is_empty() {
            slow.wakers = wakers;
        }
    }
}

fn offset_after(base: i64, index: u32) -> i64 {
    if base < 0 {
        -1
    } else {
        base.saturating_add(i64::from(index))
    }
}

/// A batch's part of a cell: the run of records that the batch carries, all of them unless the batch was split.
///
/// Resolves them exactly once; dropped before, it resolves them as closed.
#[derive(Debug)]
pub(crate) struct Share {
    cell: &'static Cell,
    first: u32,
    count: u32,
    resolved: bool,
}

impl Share {
    /// How many records it is.
    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// Tells all records the same outcome.
    pub(crate) fn resolve(mut self, outcome: Outcome) {
        self.resolved = true;
        self.cell.resolve(self.first, self.count, outcome);
    }

    /// Tells the records that `of` names their own error, and all others `rest`. `of` has ascending places in the
    /// batch; places beyond it are ignored.
    pub(crate) fn reject(mut self, of: Vec<(u32, ProduceError)>, rest: &ProduceError) {
        self.resolved = true;
        let mut next = 0;
        for (place, error) in of {
            if place < next || place >= self.count {
                continue;
            }
            if place > next {
                self.cell
                    .resolve(self.first + next, place - next, Outcome::Failed(rest.clone()));
            }
            self.cell.resolve(self.first + place, 1, Outcome::Failed(error));
            next = place + 1;
        }
        if next < self.count {
            self.cell.resolve(
                self.first + next,
                self.count - next,
                Outcome::Failed(rest.clone()),
            );
        }
    }

    /// Splits the first `count` records off.
    pub(crate) fn split_off_front(&mut self, count: u32) -> Self {
        let count = count.min(self.count);
        // The part keeps the cell for itself; the batch's own reference stands for one part only.
        self.cell.references.fetch_add(1, Ordering::Relaxed);
        let front = Self {
            cell: self.cell,
            first: self.first,
            count,
            resolved: false,
        };
        self.first += count;
        self.count -= count;
        front
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        if !self.resolved && self.count > 0 {
            let closed = ProduceError::Closed {
                fate: Fate::MaybeWritten,
            };
            self.cell.resolve(self.first, self.count, Outcome::Failed(closed));
        }
        self.cell.release(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_is_kept_is_small() {
        let cell = Cell::new();
        let mut slow = cell.slow.lock();
        for index in 0..10_000 {
            slow.wakers.insert(index, Waker::noop().clone());
            slow.far.insert(index, 0);
            let closed = ProduceError::Closed {
                fate: Fate::NotWritten,
            };
            slow.parts.push(Part {
                first: index,
                count: 1,
                outcome: Outcome::Failed(closed),
            });
        }
        slow.clear();
        // A map has a control byte for each place, and an eighth of them to spare.
        let map = |capacity: usize, pair: usize| capacity.next_power_of_two() * (pair + 1);
        let kept = slow.parts.capacity() * size_of::<Part>()
            + map(slow.wakers.capacity(), size_of::<(u32, Waker)>())
            + map(slow.far.capacity(), size_of::<(u32, i64)>());
        assert!(kept <= 2048, "{kept} bytes");
        assert!(size_of::<Cell>() <= 240, "{} bytes", size_of::<Cell>());
    }
}
