use bytes::Bytes;

use super::Log;
use super::error::ReadError;

impl Log {
    /// Returns batches, from the one that holds `offset` on.
    ///
    /// Nothing of `up_to` and behind it comes back: the high watermark, or the last stable offset. There are at most
    /// `max_bytes`, which may cut the last batch, as they do in Kafka, but for a first batch that is larger: it comes whole
    /// with `min_one`, and not at all without. Fewer bytes than there are may come back, where more would cost a copy or
    /// are in another segment; none only at `up_to`, or where the first batch is too large.
    ///
    /// # Errors
    ///
    /// The offset is before the start or after the end of the log, or the store failed.
    pub fn read(&self, offset: i64, max_bytes: usize, min_one: bool, up_to: i64) -> Result<Bytes, ReadError> {
        self.check_range(offset)?;
        let up_to = up_to.min(self.end_offset);
        let first = self.segment_of(offset);
        for (index, segment) in self.segments.iter().enumerate().skip(first) {
            if segment.base_offset >= up_to {
                break;
            }
            // Compaction may have left nothing from this offset on in the segment.
            let Some(found) = segment.find_offset(&*self.store, offset)? else {
                continue;
            };
            if found.head.base_offset >= up_to {
                break;
            }
            let next_base = self
                .segments
                .get(index + 1)
                .map_or(self.end_offset, |next| next.base_offset);
            let stable = if up_to >= next_base {
                segment.size
            } else {
                let beyond = segment.find_offset(&*self.store, up_to)?;
                beyond.map_or(segment.size, |beyond| beyond.position)
            };
            let room = u64::try_from(max_bytes).unwrap_or(u64::MAX);
            let first = found.head.size();
            if room < first && !min_one {
                break;
            }
            let len = room.max(first).min(stable - found.position);
            let len = usize::try_from(len).unwrap_or(usize::MAX);
            return Ok(self.store.read(segment.base_offset, found.position, len)?);
        }
        Ok(Bytes::new())
    }

    /// Returns how many bytes there are from the batch that holds `offset` on and before `up_to`, without reading them;
    /// no more than `enough`.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read).
    pub fn bytes_between(&self, offset: i64, up_to: i64, enough: u64) -> Result<u64, ReadError> {
        self.check_range(offset)?;
        let up_to = up_to.min(self.end_offset);
        let first = self.segment_of(offset);
        let mut bytes = 0;
        for (index, segment) in self.segments.iter().enumerate().skip(first) {
            if bytes >= enough || segment.base_offset >= up_to || offset >= up_to {
                break;
            }
            let position_of = |offset| -> Result<u64, ReadError> {
                let found = segment.find_offset(&*self.store, offset)?;
                Ok(found.map_or(segment.size, |found| found.position))
            };
            let begin = if index == first { position_of(offset)? } else { 0 };
            let next_base = self.segments.get(index + 1).map(|next| next.base_offset);
            let end = if up_to >= next_base.unwrap_or(self.end_offset) {
                segment.size
            } else {
                position_of(up_to)?
            };
            bytes += end.saturating_sub(begin);
        }
        Ok(bytes.min(enough))
    }

    /// The place of the segment that an offset is in, if it is in any.
    fn segment_of(&self, offset: i64) -> usize {
        let behind = self
            .segments
            .partition_point(|segment| segment.base_offset <= offset);
        behind.saturating_sub(1)
    }

    /// Fails when an offset is before the start or after the end.
    fn check_range(&self, offset: i64) -> Result<(), ReadError> {
        let (start, end) = (self.start_offset, self.end_offset);
        if (start..=end).contains(&offset) {
            return Ok(());
        }
        Err(ReadError::OutOfRange { offset, start, end })
    }
}
