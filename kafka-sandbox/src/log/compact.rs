use std::io;

use bytes::Bytes;
use protocol::records::{Batch, Record};

use super::Log;
use super::codecs::{Codecs, with_codecs};
use super::rewrite::{emptied, rewrite};
use super::round::Round;
use super::scan::Scan;
use super::segment::Segment;
use super::settings::LogSettings;
use crate::storage::StorageError;
use crate::time::Now;

/// How much of a log could be compacted.
pub(super) struct Dirty {
    /// First offset that was never compacted.
    from: i64,
    /// First offset that cannot be compacted yet.
    limit: i64,
    /// Bytes before and behind `from`.
    clean_bytes: u64,
    pub(super) bytes: u64,
    /// The first timestamp behind `from`, in milliseconds.
    pub(super) first_timestamp: Option<i64>,
    /// When more than that can be compacted because it is old enough, in milliseconds.
    pub(super) grows_at: Option<i64>,
}

impl Log {
    /// Does a piece of a round, or begins one when it is worth it. Returns the bytes that went, and whether the round
    /// goes on.
    pub(super) fn compact(&mut self, now: Now, settings: &LogSettings) -> Result<(u64, bool), StorageError> {
        let mut round = match self.round.take() {
            Some(round) => round,
            None => {
                let dirty = self.dirty(now, settings);
                if !dirty.is_worth_it(now, settings) {
                    return Ok((0, false));
                }
                Box::new(Round::new(dirty.from, dirty.limit))
            }
        };
        if round.rewritten_to.is_none() {
            let learnt = self.learn(&mut round)?;
            if !learnt {
                self.round = Some(round);
                return Ok((0, true));
            }
            round.rewritten_to = Some(i64::MIN);
        }
        let before = self.size();
        let mut left = WORK_MAX;
        while let Some(group) = self.next_group(&round, settings) {
            let Some(rest) = left.checked_sub(self.group_size(&group)) else {
                self.round = Some(round);
                return Ok((before.saturating_sub(self.size()), true));
            };
            left = rest;
            self.rewrite_group(now, &mut round, group, settings)?;
        }
        self.clean_offset = round.mapped_to;
        self.save_state()?;
        Ok((before.saturating_sub(self.size()), false))
    }

    /// What of the log could be compacted.
    pub(super) fn dirty(&self, now: Now, settings: &LogSettings) -> Dirty {
        let from = self.clean_offset;
        let active = self
            .segments
            .last()
            .map_or(self.end_offset, |active| active.base_offset);
        let mut dirty = Dirty {
            from,
            limit: active.min(self.last_stable_offset()),
            clean_bytes: 0,
            bytes: 0,
            first_timestamp: None,
            grows_at: None,
        };
        for (index, segment) in self.segments.iter().enumerate() {
            let next_base = self
                .segments
                .get(index + 1)
                .map_or(self.end_offset, |next| next.base_offset);
            if next_base <= from {
                dirty.clean_bytes += segment.size;
                continue;
            }
            if segment.base_offset >= dirty.limit {
                break;
            }
            let ripe_at = segment
                .max_timestamp
                .saturating_add(settings.min_compaction_lag_ms);
            if settings.min_compaction_lag_ms > 0 && ripe_at > now.timestamp {
                dirty.limit = segment.base_offset;
                dirty.grows_at = Some(ripe_at);
                break;
            }
            dirty.bytes += segment.size;
            if segment.first_timestamp > 0 {
                let first = dirty.first_timestamp.get_or_insert(segment.first_timestamp);
                *first = (*first).min(segment.first_timestamp);
            }
        }
        dirty
    }

    /// Learns the keys of some more of what is dirty; returns whether that was all.
    fn learn(&self, round: &mut Round) -> Result<bool, StorageError> {
        let mut left = WORK_MAX;
        let mut first = true;
        for (index, segment) in self.segments.iter().enumerate() {
            let next_base = self
                .segments
                .get(index + 1)
                .map_or(self.end_offset, |next| next.base_offset);
            if next_base <= round.mapped_to {
                continue;
            }
            if segment.base_offset >= round.limit || round.keys_len >= KEYS_LEN_MAX {
                return Ok(true);
            }
            let Some(rest) = left.checked_sub(segment.size).or_else(|| first.then_some(0)) else {
                return Ok(false);
            };
            (left, first) = (rest, false);
            for found in Scan::new(&*self.store, segment.base_offset, 0, segment.size) {
                let (_, batch) = found?;
                let header = batch.header();
                if header.base_offset >= round.limit {
                    break;
                }
                if header.base_offset >= round.mapped_to
                    && !header.attributes.is_control()
                    && !self.transactions.is_aborted(header)
                {
                    round
                        .learn(&batch)
                        .map_err(|error| self.unreadable(&batch, &error))?;
                }
            }
            round.mapped_to = next_base.min(round.limit);
        }
        Ok(true)
    }

    /// The next segments that are rewritten into one, by their place.
    fn next_group(&self, round: &Round, settings: &LogSettings) -> Option<std::ops::Range<usize>> {
        let done = round.rewritten_to?;
        let first = self
            .segments
            .partition_point(|segment| segment.base_offset < done);
        let base = self.segments.get(first)?.base_offset;
        let mut end = first;
        let mut size = 0;
        while let Some(segment) = self.segments.get(end) {
            size += segment.size;
            let next_base = self
                .segments
                .get(end + 1)
                .map_or(self.end_offset, |next| next.base_offset);
            let too_large = size > u64::from(settings.segment_bytes).min(WORK_MAX);
            let too_far = next_base - base > i64::from(i32::MAX);
            if segment.base_offset >= round.mapped_to || (end > first && (too_large || too_far)) {
                break;
            }
            end += 1;
        }
        (end > first).then_some(first..end)
    }

    fn group_size(&self, group: &std::ops::Range<usize>) -> u64 {
        // One that is larger than a call's work is done all the same.
        let size: u64 = self.segments[group.clone()]
            .iter()
            .map(|segment| segment.size)
            .sum();
        size.min(WORK_MAX)
    }

    fn rewrite_group(
        &mut self,
        now: Now,
        round: &mut Round,
        group: std::ops::Range<usize>,
        settings: &LogSettings,
    ) -> Result<(), StorageError> {
        let next_base = self
            .segments
            .get(group.end)
            .map_or(self.end_offset, |next| next.base_offset);
        let Some([first, .., last] | [first @ last]) = self.segments.get(group.clone()) else {
            return Ok(());
        };
        let mut new = Segment::new(first.base_offset, last.modified);
        let bases: Vec<_> = self.segments[group.clone()]
            .iter()
            .map(|segment| segment.base_offset)
            .collect();
        let mut parts: Vec<Bytes> = Vec::new();
        let mut gone_markers = Vec::new();
        let mut changed = group.len() > 1;
        for segment in &self.segments[group.clone()] {
            for found in Scan::new(&*self.store, segment.base_offset, 0, segment.size) {
                let (at, batch) = found?;
                let is_last = segment.base_offset == last.base_offset
                    && at + u64::try_from(batch.header().size).unwrap_or(u64::MAX) == segment.size;
                let kept = with_codecs(|codecs| self.filter(now, round, &batch, is_last, settings, codecs));
                let kept = kept.map_err(|error| self.unreadable(&batch, &error))?;
                changed |= !matches!(kept, Kept::Whole);
                // Without its marker a transaction that was aborted would have no end for readers.
                if batch.header().attributes.is_control() && !matches!(kept, Kept::Whole) {
                    gone_markers.push(batch.header().base_offset);
                }
                let raw = match kept {
                    Kept::Whole => batch.raw().clone(),
                    Kept::Rewritten(raw) => raw,
                    Kept::Nothing => continue,
                };
                let batch = Batch::whole(raw).map_err(|error| self.unreadable(&batch, &error))?;
                new.note(batch.header());
                parts.push(batch.raw().clone());
            }
        }
        if changed {
            self.store.replace(&bases, &parts)?;
            self.segments.splice(group, [new]);
            self.transactions.forget_markers(&gone_markers);
        }
        round.rewritten_to = Some(next_base);
        Ok(())
    }

    /// Decides what stays of a batch.
    fn filter(
        &self,
        now: Now,
        round: &mut Round,
        batch: &Batch,
        is_last: bool,
        settings: &LogSettings,
        codecs: &mut Codecs,
    ) -> Result<Kept, Box<dyn std::error::Error>> {
        let header = batch.header();
        let is_control = header.attributes.is_control();
        let producer = header.producer_id;
        let can_go = if is_control {
            // A marker stays as long as a batch of its transaction does.
            !round.in_transaction.remove(&producer) || header.count == Some(0)
        } else {
            if header.attributes.is_transactional() {
                round.in_transaction.insert(producer);
            }
            self.transactions.is_aborted(header)
        };
        let horizon = header
            .attributes
            .has_delete_horizon()
            .then_some(header.base_timestamp);
        let expired = horizon.is_some_and(|horizon| horizon <= now.timestamp);
        let all_go = can_go && (!is_control || expired);
        let keeps_empty = is_last || self.is_last_of_producer(batch);
        let records = batch.records(&mut codecs.decompressor)?;
        let mut kept: Vec<Record<'_>> = Vec::new();
        if !all_go {
            for record in &records {
                let record = record?;
                if is_control || round.keeps(&record, expired) {
                    kept.push(record);
                }
            }
        }
        if kept.is_empty() {
            return Ok(match (keeps_empty, header.count) {
                (false, _) => Kept::Nothing,
                (true, Some(0)) => Kept::Whole,
                (true, _) => Kept::Rewritten(emptied(batch)),
            });
        }
        let tombstones = !is_control && kept.iter().any(|record| record.value.is_none());
        let sets_horizon = horizon.is_none() && (tombstones || (is_control && can_go));
        if kept.len() == records.len() && !sets_horizon {
            return Ok(Kept::Whole);
        }
        let horizon = match sets_horizon {
            true => Some(now.timestamp.saturating_add(settings.delete_retention_ms)),
            false => horizon,
        };
        Ok(Kept::Rewritten(rewrite(
            batch,
            &kept,
            horizon,
            &mut codecs.compressor,
        )?))
    }

    /// Whether a batch tells the last sequence number or the epoch of a producer that is remembered.
    fn is_last_of_producer(&self, batch: &Batch) -> bool {
        let header = batch.header();
        self.producers.get(&header.producer_id).is_some_and(|producer| {
            if producer.batches().is_empty() {
                header.attributes.is_control() && header.producer_epoch == producer.epoch
            } else {
                producer.last_offset() == header.last_offset()
            }
        })
    }

    #[cold]
    fn unreadable(&self, batch: &Batch, error: &dyn std::fmt::Display) -> StorageError {
        let what = format!(
            "the batch at offset {} of {}",
            batch.header().base_offset,
            self.name
        );
        let source = io::Error::new(io::ErrorKind::InvalidData, error.to_string());
        StorageError::new("compact", what, source)
    }
}

/// What stays of a batch.
enum Kept {
    Whole,
    Rewritten(Bytes),
    Nothing,
}

impl Dirty {
    /// Whether a round should begin.
    pub(super) fn is_worth_it(&self, now: Now, settings: &LogSettings) -> bool {
        if self.limit <= self.from || self.bytes == 0 {
            return false;
        }
        let waits_for_long = self
            .first_timestamp
            .is_some_and(|first| first.saturating_add(settings.max_compaction_lag_ms) < now.timestamp);
        waits_for_long || self.ratio() > settings.min_cleanable_dirty_ratio
    }

    fn ratio(&self) -> f64 {
        // Sizes are far below 2⁵²; a part of a percent does not matter either.
        let thousandths = self.bytes.saturating_mul(100_000) / (self.clean_bytes + self.bytes).max(1);
        u32::try_from(thousandths).map_or(1.0, f64::from) / 100_000.0
    }
}

/// Bytes that one call reads about: what takes some hundredths of a second.
const WORK_MAX: u64 = 32 << 20;
/// Bytes of keys that one round learns at most, if one segment has no more.
const KEYS_LEN_MAX: usize = 64 << 20;
