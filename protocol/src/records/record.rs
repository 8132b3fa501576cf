use bytes::Bytes;

use super::explain::{Bounds, explain};
use super::headers::{Headers, read_field};
use super::legacy::{self, Message};
use super::varint::{read_i32, read_i64};
use crate::wire::DecodeError;

/// The records of one batch, decompressed but not decoded.
///
/// Iterating by reference decodes them in place and allocates nothing. The records of a batch whose
/// bytes do not parse come up to the fault, then the error; see [`Records::validate`].
#[derive(Clone, Debug)]
pub struct Records {
    pub(super) payload: Bytes,
    /// Position of the payload in what was fetched; 0 when it was decompressed.
    pub(super) origin: usize,
    pub(super) form: Form,
    pub(super) base_offset: i64,
    pub(super) last_offset: i64,
    pub(super) base_timestamp: i64,
    /// The timestamp of every record where the broker set it.
    pub(super) append_time: Option<i64>,
    pub(super) count: u32,
}

/// How the bytes of records are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Records of magic 2.
    Compact,
    /// Messages of magic 0 or 1, whose offsets are relative to the base offset.
    Messages,
}

/// One record, as a view of the bytes it was fetched in.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Where the record stands in its partition.
    pub offset: i64,
    /// Milliseconds since 1970, as the batch's timestamp type says; -1 for none.
    pub timestamp: i64,
    /// The key, or null.
    pub key: Option<&'a [u8]>,
    /// The value, or null: a tombstone in a compacted topic.
    pub value: Option<&'a [u8]>,
    headers: Headers<'a>,
    payload: &'a Bytes,
}

impl Records {
    /// Decodes the records one after another.
    pub fn iter(&self) -> RecordIter<'_> {
        self.iter_from(self.start())
    }

    /// Goes on from a place that [`RecordIter::cursor`] gave for these records.
    pub fn iter_from(&self, cursor: Cursor) -> RecordIter<'_> {
        RecordIter {
            records: self,
            rest: self.payload.get(cursor.at..).unwrap_or_default(),
            left: cursor.left,
        }
    }

    /// The place before the first record.
    pub fn start(&self) -> Cursor {
        Cursor {
            at: 0,
            left: self.count,
        }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Bytes of the records after decompression.
    pub fn size(&self) -> usize {
        self.payload.len()
    }

    /// Offset of the last record as the batch was written.
    pub fn last_offset(&self) -> i64 {
        self.last_offset
    }

    /// Decodes all records once and keeps none, so that a batch can be delivered whole or not at all.
    ///
    /// # Errors
    ///
    /// The first fault, with its position.
    pub fn validate(&self) -> Result<(), DecodeError> {
        self.iter().try_for_each(|record| record.map(drop))
    }

    /// The bytes the records are views of, for [`crate::compress::Decompressor::recycle`].
    pub fn into_payload(self) -> Bytes {
        self.payload
    }

    #[inline(always)]
    fn next_compact<'a>(&'a self, rest: &mut &'a [u8]) -> Option<Record<'a>> {
        // What comes next stays where it is until all of it has parsed.
        let mut input = *rest;
        let length = usize::try_from(read_i32(&mut input)?).ok()?;
        let (mut body, after) = input.split_at_checked(length)?;
        // No bit of the attributes is in use.
        body = body.split_first()?.1;
        let timestamp_delta = read_i64(&mut body)?;
        let offset_delta = read_i32(&mut body)?;
        let key = read_field(&mut body)?;
        let value = read_field(&mut body)?;
        let headers = if body == [0] {
            Headers::NONE
        } else {
            Headers::read(body)?
        };
        let offset = self.base_offset.checked_add(i64::from(offset_delta))?;
        if offset_delta < 0 || offset > self.last_offset {
            return None;
        }
        let timestamp = match self.append_time {
            Some(time) => time,
            None => self.base_timestamp.checked_add(timestamp_delta)?,
        };
        *rest = after;
        Some(Record {
            offset,
            timestamp,
            key,
            value,
            headers,
            payload: &self.payload,
        })
    }

    fn next_message<'a>(&'a self, rest: &mut &'a [u8]) -> Option<Record<'a>> {
        let message = Message::read(rest).ok()?;
        Some(Record {
            offset: self.base_offset.checked_add(message.offset)?,
            timestamp: self.append_time.unwrap_or(message.timestamp),
            key: message.key,
            value: message.value,
            headers: Headers::NONE,
            payload: &self.payload,
        })
    }

    fn bounds(&self) -> Bounds {
        Bounds {
            base_offset: self.base_offset,
            last_offset: self.last_offset,
            base_timestamp: self.append_time.is_none().then_some(self.base_timestamp),
        }
    }
}

impl<'a> IntoIterator for &'a Records {
    type Item = Result<Record<'a>, DecodeError>;
    type IntoIter = RecordIter<'a>;

    fn into_iter(self) -> RecordIter<'a> {
        self.iter()
    }
}

/// A place between two records of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    at: usize,
    left: u32,
}

/// Iterates over the records of a batch; ends after an error.
#[derive(Clone, Debug)]
pub struct RecordIter<'a> {
    records: &'a Records,
    rest: &'a [u8],
    left: u32,
}

impl RecordIter<'_> {
    /// The place before the next record, to go on from later with [`Records::iter_from`].
    pub fn cursor(&self) -> Cursor {
        Cursor {
            at: self.at(),
            left: self.left,
        }
    }

    fn at(&self) -> usize {
        self.records.payload.len() - self.rest.len()
    }

    /// The error of what comes next; ends the iteration.
    #[cold]
    fn fail(&mut self) -> DecodeError {
        let error = match self.records.form {
            Form::Compact => explain(self.records.bounds(), self.rest, self.left),
            Form::Messages => legacy::explain(self.rest),
        };
        let error = error.offset_by(self.records.origin + self.at());
        self.rest = &[];
        self.left = 0;
        error
    }
}

impl<'a> Iterator for RecordIter<'a> {
    type Item = Result<Record<'a>, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            if self.rest.is_empty() {
                return None;
            }
            return Some(Err(self.fail()));
        }
        let record = match self.records.form {
            Form::Compact => self.records.next_compact(&mut self.rest),
            Form::Messages => self.records.next_message(&mut self.rest),
        };
        match record {
            Some(record) => {
                self.left -= 1;
                Some(Ok(record))
            }
            None => Some(Err(self.fail())),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        // One more for the error of bytes that are left over.
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        (left.min(1), left.checked_add(1))
    }
}

impl std::iter::FusedIterator for RecordIter<'_> {}

impl<'a> Record<'a> {
    /// The headers.
    pub fn headers(&self) -> Headers<'a> {
        self.headers
    }

    /// The key, sharing the memory of the batch: costs a reference count and keeps all of that memory.
    pub fn key_bytes(&self) -> Option<Bytes> {
        self.key.map(|key| self.payload.slice_ref(key))
    }

    /// The value, sharing the memory of the batch: costs a reference count and keeps all of that memory.
    pub fn value_bytes(&self) -> Option<Bytes> {
        self.value.map(|value| self.payload.slice_ref(value))
    }

    /// A part of this record, such as the value of a header, sharing the memory of the batch.
    ///
    /// # Panics
    ///
    /// `part` is not a part of this record's batch.
    pub fn share(&self, part: &[u8]) -> Bytes {
        self.payload.slice_ref(part)
    }
}
