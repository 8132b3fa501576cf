//! What lies between the machine that fetches and the caller that reads.
//!
//! One lock, taken twice per batch of records. The machine owns the slots: it makes, moves and clears them. The caller
//! takes chunks out, decodes them outside the lock and puts back what is left. A chunk that was fetched for a position
//! that was left since (seek, revocation) carries an old version and is thrown away, on whichever side it is noticed.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::task::Waker;

use parking_lot::{Mutex, MutexGuard};

use super::chunk::Chunk;
use super::commit::Offsets;
use super::error::ConsumeError;
use super::position::Position;
use crate::cluster::TopicPartition;
use crate::mutant::{self, Mutant};

/// Identifies a slot; a slot's place is used again, its version never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SlotId(pub(super) usize);

/// The buffer. Shared by the machine and the consumer handle.
#[derive(Debug)]
pub(crate) struct Buffer {
    shared: Mutex<Shared>,
    engine: Waker,
}

/// What the caller is told besides records, in order with them.
#[derive(Clone, Debug)]
pub(crate) enum Notice {
    /// A rebalance is complete, these partitions came in addition.
    Assigned(Vec<TopicPartition>),
    /// The machine has ended.
    Closed,
    /// A partition gives no records.
    Error(ConsumeError),
    /// The consumer gives no records any more.
    Failed(ConsumeError),
    /// These partitions are gone.
    Lost(Vec<TopicPartition>),
    /// These partitions go as soon as the caller says so, by this number.
    Revoke(u64, Vec<TopicPartition>),
}

#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub(super) slots: Vec<Option<Slot>>,
    pub(super) index: BTreeMap<TopicPartition, SlotId>,
    ready: VecDeque<SlotId>,
    notices: VecDeque<Notice>,
    /// Bytes in the chunks, and what was decompressed of them.
    pub(super) bytes: usize,
    caller: Option<Waker>,
    /// Counts how often the caller asked for records.
    pub(crate) asked: u64,
    /// The caller waits for records.
    pub(crate) waiting: bool,
    /// The fetcher held back for want of room.
    pub(super) starved: bool,
    /// The slot of the batch that the caller has.
    held: Option<SlotId>,
    /// The caller left something for the machine to look at.
    kicked: bool,
    /// The caller exceeded the poll interval: the machine wants to know when it is back.
    pub(crate) late: bool,
    /// Nothing comes any more.
    ended: Option<ConsumeError>,
}

#[derive(Debug)]
pub(super) struct Slot {
    pub(super) partition: TopicPartition,
    pub(super) version: u64,
    chunks: VecDeque<Chunk>,
    pub(super) bytes: usize,
    queued: bool,
    /// A chunk is with the caller.
    taken: bool,
    /// The next offset to deliver.
    pub(super) position: Option<Position>,
    /// The offset that may be committed without being asked to.
    pub(super) processed: Option<Position>,
    /// What becomes that as soon as the caller is done with the batch it has.
    chosen: Option<Position>,
    pub(super) paused: bool,
    /// It is being handed over: nothing more is delivered.
    pub(super) going: bool,
    pub(super) high_watermark: i64,
    pub(super) last_stable: i64,
    pub(super) log_start: i64,
}

/// A chunk on loan to the caller.
#[derive(Debug)]
pub(crate) struct Loan {
    pub(super) slot: SlotId,
    pub(super) version: u64,
    pub(super) partition: TopicPartition,
    pub(super) position: Position,
    pub(super) chunk: Chunk,
    before: usize,
}

/// How a partition stands, for the caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartitionState {
    /// The next offset to be delivered; none while it is not known yet.
    pub position: Option<Position>,
    /// Whether it is paused.
    pub paused: bool,
    /// The offset behind the newest record that all in-sync replicas have, as last heard.
    pub high_watermark: Option<i64>,
    /// The offset of the first record that belongs to an open transaction, or the high watermark, as last heard.
    pub last_stable_offset: Option<i64>,
    /// The offset of the oldest record, as last heard.
    pub log_start_offset: Option<i64>,
}

impl Buffer {
    pub(crate) fn new(engine: Waker) -> Arc<Self> {
        Arc::new(Self {
            shared: Mutex::new(Shared::default()),
            engine,
        })
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock()
    }

    /// Tells the caller something.
    pub(crate) fn notify(&self, notice: Notice) {
        let waker = {
            let mut shared = self.lock();
            if let Notice::Failed(error) = &notice {
                shared.ended = Some(error.clone());
            }
            if matches!(notice, Notice::Closed) {
                shared.ended.get_or_insert(ConsumeError::Closed);
            }
            shared.notices.push_back(notice);
            shared.caller.take()
        };
        wake(waker);
    }

    /// Adds what was fetched, unless the slot has moved on since.
    pub(super) fn push(&self, slot: SlotId, version: u64, chunk: Chunk) {
        let waker = {
            let mut shared = self.lock();
            let Some(found) = shared.slot_mut(slot, version).filter(|found| !found.going) else {
                return;
            };
            found.bytes += chunk.size;
            let size = chunk.size;
            found.chunks.push_back(chunk);
            shared.bytes += size;
            shared.queue(slot);
            // Whoever waits is woken for what can be delivered only.
            if shared.ready.is_empty() {
                None
            } else {
                shared.caller.take()
            }
        };
        wake(waker);
    }

    /// Puts back what is left of a chunk and says where the caller stands. False when the loan is void: what was
    /// decoded of it must not be delivered.
    pub(super) fn settle(&self, loan: Loan, next: Position, exhausted: bool, delivers: bool) -> bool {
        let Loan {
            slot,
            version,
            chunk,
            before,
            ..
        } = loan;
        let hungry = {
            let mut shared = self.lock();
            let Some(found) = shared.slot_mut(slot, version).filter(|found| !found.going) else {
                return false;
            };
            let after = if exhausted {
                0
            } else {
                chunk.size + chunk.decoded_size()
            };
            found.taken = false;
            found.position = Some(next);
            found.bytes = (found.bytes + after).saturating_sub(before);
            if !exhausted {
                found.chunks.push_front(chunk);
            }
            shared.bytes = (shared.bytes + after).saturating_sub(before);
            if delivers {
                shared.held = Some(slot);
            }
            if exhausted {
                shared.queue(slot)
            } else {
                shared.queue_first(slot)
            }
            exhausted && std::mem::take(&mut shared.starved)
        };
        if hungry {
            self.kick();
        }
        true
    }

    /// Has the machine look at the buffer.
    pub(crate) fn kick(&self) {
        self.lock().kicked = true;
        self.engine.wake_by_ref();
    }

    /// Whether the machine was to look.
    pub(crate) fn take_kick(&self) -> bool {
        std::mem::take(&mut self.lock().kicked)
    }

    /// Takes note that the caller asks for records.
    pub(crate) fn ask(&self) {
        let late = {
            let mut shared = self.lock();
            shared.asked += 1;
            shared.late
        };
        if late {
            self.kick();
        }
    }
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl Shared {
    /// The next thing to tell the caller.
    pub(crate) fn take_notice(&mut self) -> Option<Notice> {
        self.notices.pop_front()
    }

    /// Bytes that lie fetched or decompressed.
    #[cfg(any(test, feature = "simulation"))]
    pub(crate) fn bytes_held(&self) -> usize {
        self.bytes
    }

    /// Whether there is nothing to tell and nothing to deliver.
    pub(crate) fn is_quiet(&self) -> bool {
        self.ready.is_empty() && self.notices.is_empty()
    }

    /// Why nothing comes any more, if so.
    pub(crate) fn ended(&self) -> Option<&ConsumeError> {
        self.ended.as_ref()
    }

    /// Leaves the caller's waker for the next chunk or notice.
    pub(crate) fn wait(&mut self, waker: &Waker) {
        self.waiting = true;
        match &mut self.caller {
            Some(present) => present.clone_from(waker),
            none => *none = Some(waker.clone()),
        }
    }

    /// Lends the next chunk.
    pub(crate) fn take_chunk(&mut self) -> Option<Loan> {
        while let Some(id) = self.ready.pop_front() {
            let Some(slot) = self.slots.get_mut(id.0).and_then(Option::as_mut) else {
                continue;
            };
            slot.queued = false;
            if slot.paused || slot.going || slot.taken {
                continue;
            }
            let (Some(position), Some(chunk)) = (slot.position, slot.chunks.pop_front()) else {
                continue;
            };
            slot.taken = true;
            let before = chunk.size + chunk.decoded_size();
            return Some(Loan {
                slot: id,
                version: slot.version,
                partition: slot.partition.clone(),
                position,
                chunk,
                before,
            });
        }
        None
    }

    /// Takes note that the caller is done with the batch it has, which ends before `next`.
    pub(super) fn release(&mut self, slot: SlotId, version: u64, next: Position) {
        self.held = None;
        self.mark_processed(slot, version, next);
        if let Some(slot) = self.slots.get_mut(slot.0).and_then(Option::as_mut)
            && let Some(chosen) = slot.chosen.take()
        {
            slot.processed = Some(chosen);
        }
    }

    /// Takes note of a position that was chosen: everything before it counts as processed, once the caller is done with
    /// the batch it has of the partition.
    pub(super) fn choose(&mut self, slot: SlotId, version: u64, position: Position) {
        let is_held = self.held == Some(slot);
        match self.slot_mut(slot, version) {
            Some(slot) if is_held => slot.chosen = Some(position),
            Some(slot) => slot.processed = Some(position),
            None => {}
        }
    }

    /// Takes note that everything up to `next` is processed.
    pub(crate) fn mark_processed(&mut self, slot: SlotId, version: u64, next: Position) {
        if let Some(slot) = self.slot_mut(slot, version) {
            slot.processed = Some(next);
        }
    }

    /// The slot of a partition.
    pub(super) fn slot_of(&self, partition: &TopicPartition) -> Option<&Slot> {
        self.slots.get(self.index.get(partition)?.0)?.as_ref()
    }

    /// Pauses or resumes a partition; false when it is not there.
    pub(crate) fn set_paused(&mut self, partition: &TopicPartition, paused: bool) -> bool {
        let Some(&id) = self.index.get(partition) else {
            return false;
        };
        let Some(slot) = self.slots.get_mut(id.0).and_then(Option::as_mut) else {
            return false;
        };
        slot.paused = paused;
        if !paused {
            self.queue(id);
            if !self.ready.is_empty() {
                wake(self.caller.take());
            }
        }
        true
    }

    /// The partitions that are there, those that are going included.
    pub(crate) fn assignment(&self) -> Vec<TopicPartition> {
        self.index.keys().cloned().collect()
    }

    /// How a partition stands.
    pub(crate) fn state(&self, partition: &TopicPartition) -> Option<PartitionState> {
        let slot = self.slot_of(partition)?;
        let heard = |offset: i64| Some(offset).filter(|offset| *offset >= 0);
        Some(PartitionState {
            position: slot.position,
            paused: slot.paused,
            high_watermark: heard(slot.high_watermark),
            last_stable_offset: heard(slot.last_stable),
            log_start_offset: heard(slot.log_start),
        })
    }

    /// The positions that may be committed without being asked to: of all partitions, or of `some`.
    pub(crate) fn processed(&self, some: Option<&[TopicPartition]>) -> BTreeMap<TopicPartition, Position> {
        let of = |partition: &TopicPartition| Some((partition.clone(), self.slot_of(partition)?.processed?));
        match some {
            Some(some) => some.iter().filter_map(of).collect(),
            None => self.index.keys().filter_map(of).collect(),
        }
    }

    /// The positions up to which records were delivered, as they are committed.
    pub(crate) fn delivered(&self) -> Offsets {
        let of =
            |partition: &TopicPartition| Some((partition.clone(), self.slot_of(partition)?.position?.into()));
        self.index.keys().filter_map(of).collect()
    }

    /// Makes a slot without a position.
    pub(super) fn insert(&mut self, partition: TopicPartition, version: u64) -> SlotId {
        let slot = Slot {
            partition: partition.clone(),
            version,
            chunks: VecDeque::new(),
            bytes: 0,
            queued: false,
            taken: false,
            position: None,
            processed: None,
            chosen: None,
            paused: false,
            going: false,
            high_watermark: -1,
            last_stable: -1,
            log_start: -1,
        };
        let id = match self.slots.iter().position(Option::is_none) {
            Some(free) => {
                self.slots[free] = Some(slot);
                SlotId(free)
            }
            None => {
                self.slots.push(Some(slot));
                SlotId(self.slots.len() - 1)
            }
        };
        self.index.insert(partition, id);
        id
    }

    /// Drops a slot with what it holds.
    pub(super) fn remove(&mut self, id: SlotId) {
        if let Some(slot) = self.slots.get_mut(id.0).and_then(Option::take) {
            self.bytes = self.bytes.saturating_sub(slot.bytes);
            self.index.remove(&slot.partition);
        }
    }

    /// Throws away what was fetched and starts over under a new version, at a position or none yet. What was processed
    /// stays so, as far as it lies before the position.
    pub(super) fn restart(&mut self, id: SlotId, version: u64, position: Option<Position>) {
        let Some(slot) = self.slots.get_mut(id.0).and_then(Option::as_mut) else {
            return;
        };
        if !mutant::is(Mutant::KeepOnSeek) {
            self.bytes = self.bytes.saturating_sub(slot.bytes);
            slot.chunks.clear();
            slot.bytes = 0;
        }
        slot.taken = false;
        slot.version = version;
        slot.position = position;
        slot.chosen = None;
        slot.processed = slot.processed.zip(position).map(|(processed, position)| {
            if processed.offset > position.offset {
                position
            } else {
                processed
            }
        });
    }

    /// Throws away what was fetched of a paused partition, if there is something that the caller does not hold. Gives the
    /// position from which it has to be fetched again.
    pub(super) fn drop_paused(&mut self, id: SlotId) -> Option<Position> {
        let slot = self.slots.get_mut(id.0)?.as_mut()?;
        if !slot.paused || slot.taken || slot.chunks.is_empty() {
            return None;
        }
        let position = slot.position?;
        slot.chunks.clear();
        self.bytes = self.bytes.saturating_sub(std::mem::take(&mut slot.bytes));
        Some(position)
    }

    pub(super) fn slot_mut(&mut self, id: SlotId, version: u64) -> Option<&mut Slot> {
        self.slots
            .get_mut(id.0)?
            .as_mut()
            .filter(|slot| slot.version == version)
    }

    pub(super) fn slot(&self, id: SlotId) -> Option<&Slot> {
        self.slots.get(id.0)?.as_ref()
    }

    fn queue(&mut self, id: SlotId) {
        if self.can_queue(id) {
            self.ready.push_back(id);
        }
    }

    fn queue_first(&mut self, id: SlotId) {
        if self.can_queue(id) {
            self.ready.push_front(id);
        }
    }

    fn can_queue(&mut self, id: SlotId) -> bool {
        let Some(slot) = self.slots.get_mut(id.0).and_then(Option::as_mut) else {
            return false;
        };
        let can = !slot.queued && !slot.paused && !slot.going && !slot.taken && !slot.chunks.is_empty();
        slot.queued |= can;
        can
    }
}
