use std::io;

use bytes::Bytes;
use protocol::records::{Batch, Batches};

use super::Log;
use crate::storage::{LogStore, StorageError};

/// Reads the batches of one segment in order, many at a time.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    store: &'a dyn LogStore,
    segment: i64,
    /// Where what was read begins in the segment.
    block_at: u64,
    block: Batches,
    end: u64,
}

impl<'a> Scan<'a> {
    /// Scans from `position`, where a batch must begin, to `end`.
    pub(super) fn new(store: &'a dyn LogStore, segment: i64, position: u64, end: u64) -> Self {
        Self {
            store,
            segment,
            block_at: position,
            block: Batches::new(Bytes::new()),
            end,
        }
    }

    /// Where the next batch begins.
    fn next_at(&self) -> u64 {
        self.block_at + u64::try_from(self.block.position()).unwrap_or(u64::MAX)
    }

    /// Returns the next batch and where it begins.
    fn read_next(&mut self) -> Result<Option<(u64, Batch)>, StorageError> {
        let mut wanted = BLOCK;
        loop {
            let position = self.next_at();
            match self.block.next() {
                Some(Ok(batch)) => return Ok(Some((position, batch))),
                Some(Err(error)) => return Err(self.damaged(position, error.to_string())),
                None if position >= self.end => return Ok(None),
                None => {}
            }
            wanted = wanted.max(self.block.cut().unwrap_or(0));
            let left = usize::try_from(self.end - position).unwrap_or(usize::MAX);
            let bytes = self.store.read(self.segment, position, wanted.min(left))?;
            let short = bytes.len();
            self.block_at = position;
            self.block = Batches::new(bytes);
            // A batch that what was read ends in is read again, as a whole.
            if let Some(needed) = self.block.clone().cut() {
                if needed > left {
                    return Err(self.damaged(position, format!("{needed} bytes of which {short} are there")));
                }
                wanted = needed.max(BLOCK);
            }
        }
    }

    #[cold]
    fn damaged(&self, position: u64, reason: String) -> StorageError {
        let what = format!(
            "the batch at byte {position} of the segment at offset {}",
            self.segment
        );
        StorageError::new("read", what, io::Error::new(io::ErrorKind::InvalidData, reason))
    }
}

impl Iterator for Scan<'_> {
    type Item = Result<(u64, Batch), StorageError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.read_next().transpose();
        if let Some(Err(_)) = next {
            self.end = 0;
            self.block = Batches::new(Bytes::new());
        }
        next
    }
}

impl Log {
    /// Iterates over all that is stored, control batches and those of aborted transactions too.
    ///
    /// The first batch may begin before the start of the log. An error ends the iteration of its segment.
    pub fn batches(&self) -> impl Iterator<Item = Result<Batch, StorageError>> {
        let segments = self.segments.iter();
        let batches = segments.flat_map(|segment| {
            let found = Scan::new(&*self.store, segment.base_offset, 0, segment.size);
            found.map(|found| found.map(|(_, batch)| batch))
        });
        batches.skip_while(
            |batch| matches!(batch, Ok(batch) if batch.header().last_offset() < self.start_offset),
        )
    }
}

/// Bytes that are read at once.
const BLOCK: usize = 256 << 10;
