use std::fmt;

use super::header::{HEADER_LEN, NO_TIMESTAMP};
use super::record::Header;
use super::varint::{SCRATCH_LEN, Scratch};
use crate::wire::{varint_len, varlong_len, zigzag64};

/// A batch of magic 2 that records are appended to, one at a time, already in their final bytes.
///
/// The buffer begins with a gap for the header, which [`OpenBatch::seal`] fills in. Appending copies
/// key and value once and allocates only when the buffer grows; it starts empty and grows by doubling
/// up to the limit.
#[derive(Debug, Default)]
pub struct OpenBatch {
    pub(super) buffer: Vec<u8>,
    limit: usize,
    pub(super) base_timestamp: i64,
    pub(super) max_timestamp: i64,
    pub(super) count: u32,
}

impl OpenBatch {
    /// An empty batch that takes records up to `limit` bytes, header included and before compression
    /// (`batch.size`). The first record is taken whatever its size.
    pub fn new(limit: usize) -> Self {
        Self::with_buffer(limit, Vec::new())
    }

    /// As [`OpenBatch::new`], building in `buffer`, whose content is dropped.
    pub fn with_buffer(limit: usize, mut buffer: Vec<u8>) -> Self {
        buffer.clear();
        Self {
            buffer,
            limit,
            base_timestamp: NO_TIMESTAMP,
            max_timestamp: NO_TIMESTAMP,
            count: 0,
        }
    }

    /// Appends a record if it fits and returns its offset relative to the first.
    ///
    /// `timestamp` is in milliseconds. `headers` is walked twice; pass [`std::iter::empty`] for none.
    ///
    /// # Errors
    ///
    /// The batch is unchanged; see [`AppendError`].
    #[inline]
    pub fn append<'h>(
        &mut self,
        timestamp: i64,
        key: Option<&[u8]>,
        value: Option<&[u8]>,
        headers: impl Iterator<Item = Header<'h>> + Clone,
    ) -> Result<u32, AppendError> {
        let base = if self.count == 0 {
            timestamp
        } else {
            self.base_timestamp
        };
        let Some(timestamp_delta) = timestamp.checked_sub(base) else {
            return Err(AppendError::Timestamp);
        };
        let offset_delta = self.count;
        let body = 1
            + varlong_len(zigzag64(timestamp_delta))
            + varint_len(offset_delta << 1)
            + field_len(key)
            + field_len(value)
            + headers_len(headers.clone());
        let size = body_varint_len(body) + body;
        let end = self.buffer.len().max(HEADER_LEN) + size;
        if end > self.limit || end > self.buffer.capacity() || offset_delta == 0 {
            self.make_room(timestamp, end)?;
        }
        let mut scratch = Scratch::new();
        // `make_room` has refused whatever is beyond 31 bits.
        scratch.put_i32(i32::try_from(body).unwrap_or(i32::MAX));
        scratch.put_byte(0);
        scratch.put_i64(timestamp_delta);
        scratch.put_i32(offset_delta.cast_signed());
        put_field(&mut scratch, &mut self.buffer, key);
        put_field(&mut scratch, &mut self.buffer, value);
        put_headers(&mut scratch, &mut self.buffer, headers);
        debug_assert_eq!(self.buffer.len(), end);
        self.max_timestamp = self.max_timestamp.max(timestamp);
        self.count = offset_delta + 1;
        Ok(offset_delta)
    }

    /// What happens less than once a record: the first record, growth, and refusal.
    #[cold]
    fn make_room(&mut self, timestamp: i64, end: usize) -> Result<(), AppendError> {
        if end > SIZE_MAX {
            return Err(if self.count == 0 {
                AppendError::TooLarge
            } else {
                AppendError::Full
            });
        }
        if self.count != 0 && (end > self.limit || self.count == COUNT_MAX) {
            return Err(AppendError::Full);
        }
        if self.count == 0 {
            self.base_timestamp = timestamp;
            self.max_timestamp = timestamp;
        }
        // Varints are copied in whole scratches and cut to length.
        let room = end + SCRATCH_LEN;
        if room > self.buffer.capacity() {
            let doubled = (self.buffer.capacity() * 2).clamp(BUFFER_MIN, self.limit.max(BUFFER_MIN));
            self.buffer
                .reserve_exact(room.max(doubled + SCRATCH_LEN) - self.buffer.len());
        }
        if self.count == 0 {
            self.buffer.resize(HEADER_LEN, 0);
        }
        Ok(())
    }

    /// Whether a record of at most `size` bytes fits; see [`OpenBatch::record_size_max`].
    pub fn fits(&self, size: usize) -> bool {
        self.count == 0 || self.size() + size <= self.limit
    }

    /// Bytes so far, header included and before compression; 0 when empty.
    pub fn size(&self) -> usize {
        self.buffer.len()
    }

    /// The bytes up to which records are taken.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// How many records there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The timestamp of the first record, in milliseconds; -1 when empty.
    pub fn base_timestamp(&self) -> i64 {
        self.base_timestamp
    }

    /// The largest timestamp, in milliseconds; -1 when empty.
    pub fn max_timestamp(&self) -> i64 {
        self.max_timestamp
    }

    /// Bytes the buffer holds on to.
    pub fn capacity(&self) -> usize {
        self.buffer.capacity()
    }

    /// The most bytes that a record with these parts takes in any batch, the batch's header not included.
    pub fn record_size_max<'h>(
        key: Option<&[u8]>,
        value: Option<&[u8]>,
        headers: impl Iterator<Item = Header<'h>>,
    ) -> usize {
        RECORD_OVERHEAD_MAX + field_len(key) + field_len(value) + headers_len(headers)
    }
}

/// Why a record was not appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppendError {
    /// It does not fit; it will into an empty batch.
    Full,
    /// Its timestamp is further from the first one's than 63 bits can say.
    Timestamp,
    /// It does not fit into any batch: more than 2 GiB.
    TooLarge,
}

impl fmt::Display for AppendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "the batch is full",
            Self::Timestamp => "the timestamp is too far from the batch's first one",
            Self::TooLarge => "the record is larger than a batch can be",
        })
    }
}

impl std::error::Error for AppendError {}

/// Bytes of a length and what it counts; null takes the length -1.
#[inline(always)]
fn field_len(field: Option<&[u8]>) -> usize {
    match field {
        None => 1,
        Some(bytes) => body_varint_len(bytes.len()) + bytes.len(),
    }
}

/// Bytes of `length` as a varint. Too long a length is refused by the size it leads to.
#[inline(always)]
fn body_varint_len(length: usize) -> usize {
    varlong_len((length as u64) << 1)
}

#[inline(always)]
fn headers_len<'h>(headers: impl Iterator<Item = Header<'h>>) -> usize {
    let mut count = 0;
    let mut size = 0;
    for header in headers {
        count += 1;
        size += field_len(Some(header.key)) + field_len(header.value);
    }
    body_varint_len(count) + size
}

#[inline(always)]
fn put_field(scratch: &mut Scratch, buffer: &mut Vec<u8>, field: Option<&[u8]>) {
    match field {
        None => scratch.put_i32(-1),
        Some(bytes) => {
            scratch.put_i32(i32::try_from(bytes.len()).unwrap_or(i32::MAX));
            if !bytes.is_empty() {
                scratch.flush(buffer);
                buffer.extend_from_slice(bytes);
            }
        }
    }
}

#[inline(always)]
fn put_headers<'h>(
    scratch: &mut Scratch,
    buffer: &mut Vec<u8>,
    headers: impl Iterator<Item = Header<'h>> + Clone,
) {
    let count = headers.clone().count();
    scratch.put_i32(i32::try_from(count).unwrap_or(i32::MAX));
    for header in headers {
        put_field(scratch, buffer, Some(header.key));
        put_field(scratch, buffer, header.value);
        // An empty key and a null value stay in the scratch; it must not fill up.
        scratch.flush(buffer);
    }
    scratch.flush(buffer);
}

/// A batch's length is an int32 that does not count the first twelve bytes; a little less is the same everywhere.
const SIZE_MAX: usize = i32::MAX as usize;
const COUNT_MAX: u32 = i32::MAX as u32;
/// Length, attributes, timestamp delta, and offset delta at their longest.
const RECORD_OVERHEAD_MAX: usize = 5 + 1 + 10 + 5;
/// The least a buffer begins with, in bytes.
const BUFFER_MIN: usize = 512;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scratch_holds_what_comes_between_two_flushes() {
        assert!(RECORD_OVERHEAD_MAX + 2 * varint_len(u32::MAX) <= SCRATCH_LEN);
    }
}
