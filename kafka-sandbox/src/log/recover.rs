use std::io;

use bytes::Bytes;
use protocol::records::{Batch, HEADER_LEN};

use super::head::Head;
use super::replay::Replay;
use super::scan::Scan;
use super::segment::Segment;
use super::state::State;
use super::{Epochs, Log, Transactions};
use crate::storage::{LogStore, StorageError, StoredSegment};

/// What was found when a log was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Bytes at the end that were no whole batch, as an append leaves them that did not finish. They were cut off.
    pub torn_bytes: u64,
    /// What is damaged. It was taken out of the log; the store keeps a copy of the segment as it was.
    pub corrupt: Vec<CorruptBatch>,
}

/// A part of a log that cannot be believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorruptBatch {
    /// Base offset of its segment.
    pub segment: i64,
    /// Where it begins in the segment, in bytes.
    pub position: u64,
    /// Its bytes: up to the next batch that can be believed.
    pub len: u64,
    /// The first offset that is missing now.
    pub offset: i64,
    /// What is wrong with it.
    pub reason: String,
}

impl Log {
    /// Opens the log that errors call `name`, such as `orders-0`.
    ///
    /// All that is stored is read once, checksums are compared, and indexes and producers learnt again. A batch at
    /// the end that is cut short was never acknowledged, and is cut off. Damage anywhere else does not take what
    /// is behind it along: it is taken out, so that readers step over it as over what compaction removed, and named.
    ///
    /// # Errors
    ///
    /// The store failed.
    pub fn open(name: &str, store: Box<dyn LogStore>) -> Result<(Self, Recovery), StorageError> {
        let stored = store.segments()?;
        let state = store.load_state()?.and_then(|state| State::read(&state));
        let start_offset = state.as_ref().map_or(0, |state| state.start_offset);
        // Segments may have gone on a disk too full to write that down.
        let first_base = stored.first().map_or(0, |first| first.base_offset);
        let start_offset = start_offset.max(first_base);
        let mut log = Self {
            name: name.into(),
            store,
            segments: Vec::new(),
            start_offset,
            end_offset: start_offset,
            clean_offset: state.as_ref().map_or(0, |state| state.clean_offset),
            next_check: None,
            round: None,
            epochs: Epochs::default(),
            producers: Default::default(),
            oldest_producer: None,
            transactions: Transactions::default(),
        };
        let mut recovery = Recovery::default();
        let mut replay = Replay::new(state.as_ref(), None);
        for (index, segment) in stored.iter().enumerate() {
            let next = Next::of(stored.get(index + 1..).unwrap_or_default());
            // An append that failed may leave an empty one, and the one before goes on.
            let before = log.segments.last().map_or(i64::MIN, |_| log.end_offset);
            if segment.size == 0 && segment.base_offset < before {
                log.store.remove(segment.base_offset)?;
                continue;
            }
            // A start that moved on while the process died in removing what was before.
            if next.base.is_some_and(|next| next <= start_offset) {
                log.store.remove(segment.base_offset)?;
                continue;
            }
            log.recover_segment(*segment, next, &mut replay, &mut recovery)?;
        }
        if state.is_some_and(|state| state.end_offset > log.end_offset) {
            // What was written down reaches behind the end that was found.
            log.rebuild()?;
        } else {
            log.adopt(replay);
        }
        Ok((log, recovery))
    }

    /// Learns again what is known beside the batches, and where they end, from the segments, which are believed.
    pub(super) fn rebuild(&mut self) -> Result<(), StorageError> {
        let state = self.store.load_state()?.and_then(|state| State::read(&state));
        let mut replay = Replay::new(state.as_ref(), Some(self.end_offset));
        let mut end = self.start_offset;
        for segment in &mut self.segments {
            end = end.max(segment.base_offset);
            let mut again = Segment::new(segment.base_offset, segment.modified);
            for found in Scan::new(&*self.store, segment.base_offset, 0, segment.size) {
                let (_, batch) = found?;
                end = end.max(batch.header().next_offset());
                again.note(batch.header());
                replay.note(&batch);
            }
            *segment = again;
        }
        self.end_offset = end;
        self.adopt(replay);
        Ok(())
    }

    fn adopt(&mut self, mut replay: Replay) {
        replay.finish();
        self.epochs = replay.epochs;
        self.producers = replay.producers;
        self.transactions = replay.transactions;
        self.oldest_producer = self.producers().map(|producer| producer.last_timestamp).min();
        self.epochs.forget_before(self.start_offset);
        self.transactions.forget_before(self.start_offset);
        self.clean_offset = self.clean_offset.clamp(self.start_offset, self.end_offset);
    }

    fn recover_segment(
        &mut self,
        stored: StoredSegment,
        following: Next,
        replay: &mut Replay,
        recovery: &mut Recovery,
    ) -> Result<(), StorageError> {
        let base = stored.base_offset;
        let mut segment = Segment::new(base, stored.modified.unwrap_or(0));
        let mut expected = base.max(self.segments.last().map_or(0, |_| self.end_offset));
        let limit = following.base.unwrap_or(i64::MAX);
        // What is kept, where something is damaged: from, to.
        let mut kept: Vec<(u64, u64)> = Vec::new();
        let mut position = 0;
        let mut damaged = false;
        while position < stored.size {
            let from = position;
            let mut fault = None;
            for found in Scan::new(&*self.store, base, position, stored.size) {
                let checked = match found {
                    Ok((at, batch)) => self.check(base, at, &batch, expected, limit).map(|()| batch),
                    Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(describe(&error)),
                    Err(error) => return Err(error),
                };
                match checked {
                    Ok(batch) => {
                        let header = batch.header();
                        position += u64::try_from(header.size).unwrap_or(u64::MAX);
                        expected = header.next_offset();
                        segment.note(header);
                        replay.note(&batch);
                    }
                    Err(reason) => {
                        fault = Some(reason);
                        break;
                    }
                }
            }
            kept.push((from, position));
            let Some(reason) = fault else {
                break;
            };
            // Appends ended here, and one of them may not have finished.
            let is_last = following.base.is_none() && following.empty.is_none_or(|base| expected >= base);
            let cut = is_last.then(|| self.cut_batch(stored, position)).transpose()?;
            let cut = cut.flatten();
            let head = cut.and_then(|cut| cut.head);
            let own = head.filter(|head| head.base_offset == expected);
            let next = self.find_batch(stored, position, expected, limit, own)?;
            let is_torn = next.is_none() && cut.is_some();
            let len = next.unwrap_or(stored.size) - position;
            if is_torn {
                recovery.torn_bytes += len;
                self.store.truncate(base, position)?;
                break;
            }
            damaged = true;
            recovery.corrupt.push(CorruptBatch {
                segment: base,
                position,
                len,
                offset: expected,
                reason,
            });
            position += len;
        }
        if damaged {
            self.take_out(base, &kept)?;
        }
        self.end_offset = self.end_offset.max(expected);
        self.segments.push(segment);
        Ok(())
    }

    /// Whether a batch at `at` can be believed; else what is wrong with it.
    fn check(&self, segment: i64, at: u64, batch: &Batch, expected: i64, limit: i64) -> Result<(), String> {
        let header = batch.header();
        batch.verify().map_err(|error| error.to_string())?;
        if header.magic != 2 {
            return Err(format!("magic {} instead of 2", header.magic));
        }
        let (first, last) = (header.base_offset, header.last_offset());
        if first < expected || last >= limit {
            return Err(format!("offsets {first} to {last} where {expected} is next"));
        }
        if first > expected {
            // Compaction leaves gaps. Damage is one that is taken back: no checksum covers the offset.
            let mut raw = [0; HEADER_LEN];
            let behind = at + u64::try_from(header.size).unwrap_or(u64::MAX);
            let len = self.store.peek(segment, behind, &mut raw).unwrap_or(0);
            let next = Head::read(raw.get(..len).unwrap_or_default());
            if next.is_some_and(|next| (expected..=last).contains(&next.base_offset)) {
                return Err(format!("offset {first} where {expected} is next"));
            }
        }
        Ok(())
    }

    /// Returns what is at `position` if it is the beginning of a batch whose end is not there.
    fn cut_batch(&self, stored: StoredSegment, position: u64) -> Result<Option<Cut>, StorageError> {
        let mut raw = [0; HEADER_LEN];
        let len = self.store.peek(stored.base_offset, position, &mut raw)?;
        let head = Head::read(raw.get(..len).unwrap_or_default());
        let is_cut = match &head {
            Some(head) => position + head.size() > stored.size,
            None => len < HEADER_LEN,
        };
        Ok(is_cut.then_some(Cut { head }))
    }

    /// Returns where the next batch begins behind `position` that can be believed.
    ///
    /// `cut` is the head of the batch at `position` if it is the one that should be there but for its end. Records may
    /// have whole batches as their values: only where the checksum says that the batch ends before the one that was
    /// found is its length damaged. Else it is torn, and nothing is behind it.
    fn find_batch(
        &self,
        stored: StoredSegment,
        position: u64,
        expected: i64,
        limit: i64,
        cut: Option<Head>,
    ) -> Result<Option<u64>, StorageError> {
        let end = stored.size.min(position.saturating_add(SEARCHED_MAX));
        let bytes = self.gather(stored.base_offset, position, end)?;
        let mut tries = 0;
        for at in 1..bytes.len().saturating_sub(HEADER_LEN) {
            let Some(head) = Head::read(&bytes[at..]) else {
                continue;
            };
            let (first, last) = (head.base_offset, head.last_offset());
            let Some(size) = usize::try_from(head.size())
                .ok()
                .filter(|size| *size <= bytes.len() - at)
            else {
                continue;
            };
            if first < expected || last < first || last >= limit {
                continue;
            }
            if let Some(cut) = &cut {
                if first != cut.last_offset().saturating_add(1) {
                    continue;
                }
                if tries == ENDS_TRIED_MAX {
                    return Ok(None);
                }
                tries += 1;
                if !Head::is_checksum_of(&bytes[..at]) {
                    continue;
                }
            }
            let batch = Batch::whole(bytes.slice(at..at + size));
            if batch.is_ok_and(|batch| batch.verify().is_ok()) {
                return Ok(Some(position + u64::try_from(at).unwrap_or(u64::MAX)));
            }
        }
        Ok(None)
    }

    /// Leaves of a segment what is in `kept`; the store keeps a copy of how it was.
    fn take_out(&mut self, base: i64, kept: &[(u64, u64)]) -> Result<(), StorageError> {
        self.store.set_aside(base)?;
        let mut parts = Vec::new();
        for &(from, to) in kept {
            parts.push(self.gather(base, from, to)?);
        }
        self.store.replace(&[base], &parts)
    }

    /// Reads from `from` to `to`, however the bytes lie.
    fn gather(&self, segment: i64, from: u64, to: u64) -> Result<Bytes, StorageError> {
        let len = usize::try_from(to - from).unwrap_or(usize::MAX);
        let mut gathered = Vec::new();
        while gathered.len() < len {
            let at = from + u64::try_from(gathered.len()).unwrap_or(u64::MAX);
            let part = self.store.read(segment, at, len - gathered.len())?;
            gathered.extend_from_slice(&part);
        }
        Ok(Bytes::from(gathered))
    }
}

/// What follows a segment.
#[derive(Clone, Copy, Debug)]
struct Next {
    /// Base offset of the next one that holds anything.
    base: Option<i64>,
    /// Base offset of an empty one before that.
    empty: Option<i64>,
}

impl Next {
    fn of(rest: &[StoredSegment]) -> Self {
        let first = rest.first().filter(|first| first.size == 0);
        Self {
            base: rest
                .iter()
                .find(|next| next.size > 0)
                .map(|next| next.base_offset),
            empty: first.map(|first| first.base_offset),
        }
    }
}

/// The beginning of a batch.
#[derive(Clone, Copy, Debug)]
struct Cut {
    /// None if not even that is whole.
    head: Option<Head>,
}

/// The innermost words of an error about damage.
fn describe(error: &StorageError) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

/// How far a next batch is searched for behind a damaged one, in bytes.
const SEARCHED_MAX: u64 = 64 << 20;
/// How many places are tried at which a batch may end whose length is damaged.
const ENDS_TRIED_MAX: usize = 16;
