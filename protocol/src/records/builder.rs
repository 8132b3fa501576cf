use std::fmt;

use super::header::{HEADER_LEN, NO_TIMESTAMP};
use super::headers::Header;
use super::varint::{GATHER_LEN, Put};
use crate::wire::{varint_len, varlong_len, zigzag64};

/// A batch of magic 2 that records are appended to, one at a time, already in their final bytes.
///
/// The buffer begins with a gap for the header, which [`OpenBatch::seal`] fills in. Appending copies
/// key and value once and allocates only when the buffer grows; it starts empty and grows by doubling
/// up to the limit.
#[derive(Debug, Default)]
pub struct OpenBatch {
    /// Longer than what is written, so that appending writes over bytes that are there.
    buffer: Vec<u8>,
    /// Where the written part ends; 0 when empty.
    end: usize,
    limit: usize,
    /// A record that ends here or before needs neither growth nor a look at the limit; 0 when empty.
    room: usize,
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
    pub fn with_buffer(limit: usize, buffer: Vec<u8>) -> Self {
        Self {
            buffer,
            end: 0,
            limit,
            room: 0,
            base_timestamp: NO_TIMESTAMP,
            max_timestamp: NO_TIMESTAMP,
            count: 0,
        }
    }

    /// Appends a record if it fits and returns its offset relative to the first.
    ///
    /// `timestamp` is in milliseconds. `headers` is walked a few times; pass [`std::iter::empty`] for none.
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
        let (timestamp_delta, overflow) = timestamp.overflowing_sub(self.base_timestamp);
        let timestamp_raw = zigzag64(timestamp_delta);
        let offset_raw = u64::from(self.count) << 1;
        let content_len =
            key.map_or(0, <[u8]>::len) + value.map_or(0, <[u8]>::len) + headers_len(headers.clone());
        // With everything short, each varint has one or two bytes.
        let short = !overflow && timestamp_raw | offset_raw < SHORT && content_len < CONTENT_SHORT;
        let target_end = self.end + content_len + OVERHEAD_MAX;
        if !short || target_end > self.room {
            return self.append_any(timestamp, key, value, headers);
        }
        let body = 1
            + short_len(timestamp_raw)
            + short_len(offset_raw)
            + short_len(length_raw(key))
            + short_len(length_raw(value))
            + content_len;
        let mut put = Put::new(&mut self.buffer[self.end..target_end]);
        put.gather((body as u64) << 1);
        put.gather_zero();
        put.gather(timestamp_raw);
        put.gather(offset_raw);
        match key {
            None => put.gather(NULL_RAW),
            Some(bytes) => {
                put.store();
                put.gather(length_raw(key));
                put.store();
                put.bytes(bytes);
            }
        }
        put.store();
        put.gather(length_raw(value));
        put.store();
        put.bytes(value.unwrap_or_default());
        put_headers(&mut put, headers);
        self.end += put.len();
        self.max_timestamp = self.max_timestamp.max(timestamp);
        self.count += 1;
        Ok(self.count - 1)
    }

    /// Appends what needs a closer look: the first record, growth, the last one before the limit, long varints.
    #[cold]
    fn append_any<'h>(
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
        let timestamp_delta = timestamp.checked_sub(base).ok_or(AppendError::Timestamp)?;
        let body = 1
            + varlong_len(zigzag64(timestamp_delta))
            + varint_len(self.count << 1)
            + field_len(key)
            + field_len(value)
            + headers_len(headers.clone());
        self.make_room(timestamp, length_len(body) + body)?;
        let mut put = Put::new(&mut self.buffer[self.end..]);
        put_length(&mut put, body);
        put.byte(0);
        put.varlong(timestamp_delta);
        put.varlong(self.count.into());
        put_field(&mut put, key);
        put_field(&mut put, value);
        put_headers(&mut put, headers);
        self.end += put.len();
        self.max_timestamp = self.max_timestamp.max(timestamp);
        self.count += 1;
        Ok(self.count - 1)
    }

    /// Refuses a record of `size` bytes, or makes room for it; for the first one, begins the batch.
    fn make_room(&mut self, timestamp: i64, size: usize) -> Result<(), AppendError> {
        let end = self.end.max(HEADER_LEN) + size;
        if self.count == 0 {
            if end > SIZE_MAX {
                return Err(AppendError::TooLarge);
            }
            self.base_timestamp = timestamp;
            self.max_timestamp = timestamp;
            self.end = HEADER_LEN;
        } else if end > self.limit.min(SIZE_MAX) || self.count == COUNT_MAX {
            return Err(AppendError::Full);
        }
        if end > self.buffer.len() {
            let doubled = (self.buffer.len() * 2).clamp(BUFFER_MIN, self.limit.max(BUFFER_MIN));
            let len = end.max(doubled).max(self.buffer.capacity().min(self.limit));
            self.buffer.reserve_exact(len - self.buffer.len());
            self.buffer.resize(len, 0);
        }
        self.room = self.limit.min(SIZE_MAX).min(self.buffer.len());
        Ok(())
    }

    /// Takes the written part out, a gap for the header in front, and leaves `spare` to write to.
    /// The batch is empty afterwards.
    pub(super) fn take(&mut self, spare: Vec<u8>) -> Vec<u8> {
        let end = self.written().len();
        let mut buffer = std::mem::replace(&mut self.buffer, spare);
        buffer.truncate(end);
        *self = Self::with_buffer(self.limit, std::mem::take(&mut self.buffer));
        buffer
    }

    /// The written part, a gap for the header in front.
    pub(super) fn written(&mut self) -> &[u8] {
        if self.count == 0 {
            self.buffer.resize(self.buffer.len().max(HEADER_LEN), 0);
            self.end = HEADER_LEN;
        }
        &self.buffer[..self.end]
    }

    /// Gives the buffer back for [`OpenBatch::with_buffer`]; the records in it are dropped.
    pub fn into_buffer(self) -> Vec<u8> {
        self.buffer
    }

    /// Whether a record of at most `size` bytes fits; see [`OpenBatch::record_size_max`].
    pub fn fits(&self, size: usize) -> bool {
        self.count == 0 || self.size().saturating_add(size) <= self.limit
    }

    /// Bytes so far, header included and before compression; 0 when empty.
    pub fn size(&self) -> usize {
        self.end
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

/// The length of a field as it is written, unsigned; null has the length -1.
#[inline(always)]
fn length_raw(field: Option<&[u8]>) -> u64 {
    field.map_or(NULL_RAW, |bytes| (bytes.len() as u64) << 1)
}

/// Bytes of a varint below 2¹⁴.
#[inline(always)]
fn short_len(raw: u64) -> usize {
    1 + usize::from(raw >= 1 << 7)
}

/// Bytes of `length` as a varint. Too long a length is refused by the size it leads to.
#[inline(always)]
fn length_len(length: usize) -> usize {
    varlong_len((length as u64) << 1)
}

/// Bytes of a field and its length.
#[inline(always)]
fn field_len(field: Option<&[u8]>) -> usize {
    field.map_or(1, |bytes| length_len(bytes.len()) + bytes.len())
}

#[inline(always)]
fn headers_len<'h>(headers: impl Iterator<Item = Header<'h>>) -> usize {
    let (count, size) = headers.fold((0, 0), |(count, size), header| {
        (
            count + 1,
            size + field_len(Some(header.key)) + field_len(header.value),
        )
    });
    length_len(count) + size
}

fn put_length(put: &mut Put<'_>, length: usize) {
    put.varlong(i64::try_from(length).unwrap_or(i64::MAX));
}

fn put_field(put: &mut Put<'_>, field: Option<&[u8]>) {
    match field {
        None => put.varlong(-1),
        Some(bytes) => {
            put_length(put, bytes.len());
            put.bytes(bytes);
        }
    }
}

#[inline(always)]
fn put_headers<'h>(put: &mut Put<'_>, headers: impl Iterator<Item = Header<'h>> + Clone) {
    let count = headers.clone().count();
    if count == 0 {
        put.byte(0);
        return;
    }
    put_length(put, count);
    for header in headers {
        put_field(put, Some(header.key));
        put_field(put, header.value);
    }
}

/// A batch's length is an int32 that does not count the first twelve bytes; a little less is the same everywhere.
const SIZE_MAX: usize = i32::MAX as usize;
const COUNT_MAX: u32 = i32::MAX as u32;
/// Null's length, -1, as it is written.
const NULL_RAW: u64 = 1;
/// Varints below this have one or two bytes.
const SHORT: u64 = 1 << 14;
/// The same for a length and what it counts, a record's overhead included.
const CONTENT_SHORT: usize = (1 << 13) - OVERHEAD_MAX;
/// Length, attributes, timestamp delta, and offset delta at their longest.
const RECORD_OVERHEAD_MAX: usize = 5 + 1 + 10 + 5;
/// Bytes to have for a record with short varints besides its content: two for the length, one for the
/// attributes, two for each of timestamp, offset and the lengths of key and value, and what a store
/// may touch behind.
const OVERHEAD_MAX: usize = 11 + GATHER_LEN;
/// The least a buffer begins with, in bytes.
const BUFFER_MIN: usize = 512;
