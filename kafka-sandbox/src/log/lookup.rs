use protocol::records::{Batch, TimestampType};

use super::Log;
use super::codecs::with_codecs;
use super::error::ReadError;
use super::segment::{Found, Segment};
use crate::storage::StorageError;

/// A record that was found by its timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundRecord {
    /// Its offset.
    pub offset: i64,
    /// Its timestamp, in milliseconds.
    pub timestamp: i64,
    /// Epoch of the leader that appended it; -1 when it is unknown.
    pub leader_epoch: i32,
}

impl Log {
    /// Returns the first record whose timestamp is `timestamp` or later.
    ///
    /// # Errors
    ///
    /// The store failed, or a batch is damaged.
    pub fn offset_for_timestamp(&self, timestamp: i64) -> Result<Option<FoundRecord>, ReadError> {
        for segment in &self.segments {
            let Some(first) = segment.find_timestamp(&*self.store, timestamp)? else {
                continue;
            };
            let mut walk = segment.walk_from(&*self.store, first.position);
            while let Some(found) = walk.next()? {
                if found.head.max_timestamp < timestamp {
                    continue;
                }
                let hit = self.record_where(segment, &found, |offset, time| {
                    time >= timestamp && offset >= self.start_offset
                })?;
                if hit.is_some() {
                    return Ok(hit);
                }
            }
        }
        Ok(None)
    }

    /// Returns the first record that has the largest timestamp of all.
    ///
    /// # Errors
    ///
    /// The store failed, or a batch is damaged.
    pub fn max_timestamp(&self) -> Result<Option<FoundRecord>, ReadError> {
        let mut latest: Option<&Segment> = None;
        for segment in &self.segments {
            if latest.is_none_or(|latest| segment.max_timestamp > latest.max_timestamp) {
                latest = Some(segment);
            }
        }
        let Some(segment) = latest.filter(|segment| segment.max_timestamp >= 0) else {
            return Ok(None);
        };
        let Some(found) = segment.find_offset(&*self.store, segment.max_timestamp_batch)? else {
            return Ok(None);
        };
        self.record_where(segment, &found, |_, time| time == segment.max_timestamp)
    }

    /// The first record of a batch that is `wanted` by its offset and timestamp.
    fn record_where(
        &self,
        segment: &Segment,
        found: &Found,
        wanted: impl Fn(i64, i64) -> bool,
    ) -> Result<Option<FoundRecord>, ReadError> {
        let batch = self.batch_at(segment, found)?;
        let header = batch.header();
        let record = |offset, timestamp| FoundRecord {
            offset,
            timestamp,
            leader_epoch: header.partition_leader_epoch,
        };
        // All records have the same time, so that none needs to be looked at.
        if header.attributes.timestamp_type() == TimestampType::LogAppendTime && header.count != Some(0) {
            let offset = header.base_offset.max(self.start_offset);
            return Ok(wanted(offset, header.max_timestamp).then(|| record(offset, header.max_timestamp)));
        }
        let damaged = |error| self.damaged(segment, found, &error);
        let records = with_codecs(|codecs| batch.records(&mut codecs.decompressor)).map_err(damaged)?;
        for stored in &records {
            let stored = stored.map_err(damaged)?;
            if wanted(stored.offset, stored.timestamp) {
                return Ok(Some(record(stored.offset, stored.timestamp)));
            }
        }
        Ok(None)
    }

    /// Reads a batch that was found.
    pub(super) fn batch_at(&self, segment: &Segment, found: &Found) -> Result<Batch, StorageError> {
        let size = usize::try_from(found.head.size()).unwrap_or(usize::MAX);
        let raw = self.store.read(segment.base_offset, found.position, size)?;
        Batch::whole(raw).map_err(|error| self.damaged(segment, found, &error))
    }

    #[cold]
    fn damaged(&self, segment: &Segment, found: &Found, error: &dyn std::fmt::Display) -> StorageError {
        let (at, base, name) = (found.position, segment.base_offset, &self.name);
        let what = format!("the batch at byte {at} of the segment at offset {base} of {name}");
        let source = std::io::Error::new(std::io::ErrorKind::InvalidData, error.to_string());
        StorageError::new("read", what, source)
    }
}
