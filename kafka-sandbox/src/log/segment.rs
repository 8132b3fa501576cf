use protocol::records::{BatchHeader, HEADER_LEN};

use super::head::Head;
use crate::storage::{LogStore, StorageError};

/// What is known of a stored segment.
#[derive(Debug)]
pub(super) struct Segment {
    /// Its name: no record in it has a lower offset.
    pub(super) base_offset: i64,
    /// Its bytes.
    pub(super) size: u64,
    /// The largest timestamp in it; -1 for none.
    pub(super) max_timestamp: i64,
    /// Base offset of the first batch that has it.
    pub(super) max_timestamp_batch: i64,
    /// The largest timestamp of the first batch, from which `segment.ms` counts.
    pub(super) first_timestamp: i64,
    /// When it was last written to, in milliseconds: its age where records have no timestamps.
    pub(super) modified: i64,
    /// A batch about every 4 KiB.
    index: Vec<Entry>,
}

/// A batch that a search can start at.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Relative to the segment's base offset.
    base_offset: u32,
    position: u32,
    /// The largest timestamp of the batches before.
    max_timestamp_before: i64,
}

/// Where a batch is in its segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) position: u64,
    pub(super) head: Head,
}

impl Segment {
    pub(super) fn new(base_offset: i64, modified: i64) -> Self {
        Self {
            base_offset,
            size: 0,
            max_timestamp: -1,
            max_timestamp_batch: -1,
            first_timestamp: -1,
            modified,
            index: Vec::new(),
        }
    }

    /// Takes note of a batch that was appended.
    pub(super) fn note(&mut self, header: &BatchHeader) {
        let far = self
            .index
            .last()
            .is_none_or(|last| self.size - u64::from(last.position) >= INDEX_INTERVAL);
        if far
            && let (Ok(base_offset), Ok(position)) = (
                u32::try_from(header.base_offset - self.base_offset),
                u32::try_from(self.size),
            )
        {
            if self.index.is_empty() {
                self.index.reserve_exact(1);
            }
            self.index.push(Entry {
                base_offset,
                position,
                max_timestamp_before: self.max_timestamp,
            });
        }
        if self.size == 0 {
            self.first_timestamp = header.max_timestamp;
        }
        // What compaction emptied has no record with a time.
        if header.max_timestamp > self.max_timestamp && header.count != Some(0) {
            self.max_timestamp = header.max_timestamp;
            self.max_timestamp_batch = header.base_offset;
        }
        self.size += u64::try_from(header.size).unwrap_or(u64::MAX);
    }

    /// Returns the first batch whose last offset is `offset` or more.
    pub(super) fn find_offset(
        &self,
        store: &dyn LogStore,
        offset: i64,
    ) -> Result<Option<Found>, StorageError> {
        let relative = offset - self.base_offset;
        let behind = self
            .index
            .partition_point(|entry| i64::from(entry.base_offset) <= relative);
        self.walk(store, behind).find(|head| head.last_offset() >= offset)
    }

    /// Returns the first batch with a timestamp of `timestamp` or more.
    pub(super) fn find_timestamp(
        &self,
        store: &dyn LogStore,
        timestamp: i64,
    ) -> Result<Option<Found>, StorageError> {
        if self.max_timestamp < timestamp {
            return Ok(None);
        }
        let behind = self
            .index
            .partition_point(|entry| entry.max_timestamp_before < timestamp);
        self.walk(store, behind)
            .find(|head| head.max_timestamp >= timestamp)
    }

    /// Walks the batches from the last index entry before `behind` on.
    fn walk<'a>(&self, store: &'a dyn LogStore, behind: usize) -> Walk<'a> {
        let entry = behind.checked_sub(1).and_then(|at| self.index.get(at));
        self.walk_from(store, entry.map_or(0, |entry| u64::from(entry.position)))
    }

    /// Walks the batches from `position` on, where one must begin.
    pub(super) fn walk_from<'a>(&self, store: &'a dyn LogStore, position: u64) -> Walk<'a> {
        Walk {
            store,
            segment: self.base_offset,
            position,
            end: self.size,
            window: [0; WINDOW],
            window_at: position,
            window_len: 0,
        }
    }
}

/// Reads the heads of batches one after another.
pub(super) struct Walk<'a> {
    store: &'a dyn LogStore,
    segment: i64,
    /// Where the next batch begins.
    position: u64,
    end: u64,
    window: [u8; WINDOW],
    window_at: u64,
    window_len: usize,
}

impl Walk<'_> {
    /// Returns the next batch, nothing at the segment's end.
    pub(super) fn next(&mut self) -> Result<Option<Found>, StorageError> {
        if self.position >= self.end {
            return Ok(None);
        }
        let in_window = usize::try_from(self.position - self.window_at).unwrap_or(usize::MAX);
        let mut raw = self.window.get(in_window..self.window_len).unwrap_or_default();
        if raw.len() < HEADER_LEN {
            self.window_at = self.position;
            self.window_len = self.store.peek(self.segment, self.position, &mut self.window)?;
            raw = self.window.get(..self.window_len).unwrap_or_default();
        }
        let Some(head) = Head::read(raw) else {
            let what = format!(
                "a batch at byte {} of the segment at offset {}",
                self.position, self.segment
            );
            return Err(StorageError::new(
                "read",
                what,
                std::io::ErrorKind::InvalidData.into(),
            ));
        };
        let position = self.position;
        self.position += head.size();
        Ok(Some(Found { position, head }))
    }

    /// Returns the first batch from here on that is `wanted`.
    fn find(mut self, wanted: impl Fn(&Head) -> bool) -> Result<Option<Found>, StorageError> {
        while let Some(found) = self.next()? {
            if wanted(&found.head) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

/// Bytes between two entries of the index (`index.interval.bytes`).
const INDEX_INTERVAL: u64 = 4096;
/// Bytes that are read at once when heads are.
const WINDOW: usize = 1024;
