use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use protocol::records::{BatchHeader, Cursor, Headers, Record, RecordIter, Records};

use super::position::Position;
use crate::cluster::TopicPartition;

/// Records of one partition, one behind the other, as they were delivered together.
///
/// The records lie in the memory that they were received or decompressed in: iterating by reference copies and
/// allocates nothing. That memory lives as long as a batch of it, or an [`OwnedRecord`] of it, does.
#[derive(Clone)]
pub struct Batch {
    pub(super) partition: TopicPartition,
    pub(super) segments: Vec<Segment>,
    pub(super) len: usize,
    pub(super) next: Position,
}

/// A run of records in one batch of the log. They were decoded once, so that iterating cannot fail.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) header: BatchHeader,
    pub(super) records: Records,
    pub(super) start: Cursor,
    pub(super) len: usize,
}

impl Batch {
    /// The topic.
    pub fn topic(&self) -> &Arc<str> {
        &self.partition.topic
    }

    /// The partition's number.
    pub fn partition(&self) -> i32 {
        self.partition.partition
    }

    /// Topic and partition.
    pub fn topic_partition(&self) -> &TopicPartition {
        &self.partition
    }

    /// How many records there are; never zero.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The offset behind the last record, control records and gaps included: what is committed once the batch is
    /// processed.
    pub fn next_offset(&self) -> i64 {
        self.next.offset
    }

    /// That offset with the leader epoch of the last record.
    pub fn next_position(&self) -> Position {
        self.next
    }

    /// The records in the order of their offsets.
    pub fn iter(&self) -> BatchIter<'_> {
        BatchIter {
            batch: self,
            segments: self.segments.iter(),
            current: None,
            left_here: 0,
            left: self.len,
        }
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Batch({}, {} records before {})",
            self.partition, self.len, self.next.offset
        )
    }
}

impl<'a> IntoIterator for &'a Batch {
    type Item = ConsumerRecord<'a>;
    type IntoIter = BatchIter<'a>;

    fn into_iter(self) -> BatchIter<'a> {
        self.iter()
    }
}

/// Iterates over the records of a [`Batch`].
#[derive(Clone, Debug)]
pub struct BatchIter<'a> {
    batch: &'a Batch,
    segments: std::slice::Iter<'a, Segment>,
    current: Option<(&'a BatchHeader, RecordIter<'a>)>,
    left_here: usize,
    left: usize,
}

impl<'a> Iterator for BatchIter<'a> {
    type Item = ConsumerRecord<'a>;

    #[inline]
    fn next(&mut self) -> Option<ConsumerRecord<'a>> {
        loop {
            if self.left_here > 0
                && let Some((header, records)) = &mut self.current
            {
                self.left_here -= 1;
                // Decoded before, see `Segment`: there is no error to be had.
                let record = records.next()?.ok()?;
                self.left = self.left.saturating_sub(1);
                return Some(ConsumerRecord {
                    batch: self.batch,
                    header,
                    record,
                });
            }
            let segment = self.segments.next()?;
            self.current = Some((&segment.header, segment.records.iter_from(segment.start)));
            self.left_here = segment.len;
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for BatchIter<'_> {}

/// A record as a view of the batch it came in.
#[derive(Clone, Copy)]
pub struct ConsumerRecord<'a> {
    batch: &'a Batch,
    header: &'a BatchHeader,
    record: Record<'a>,
}

impl<'a> ConsumerRecord<'a> {
    /// The topic.
    pub fn topic(&self) -> &'a Arc<str> {
        self.batch.topic()
    }

    /// The partition's number.
    pub fn partition(&self) -> i32 {
        self.batch.partition()
    }

    /// Topic and partition.
    pub fn topic_partition(&self) -> &'a TopicPartition {
        self.batch.topic_partition()
    }

    /// Where the record stands in its partition.
    pub fn offset(&self) -> i64 {
        self.record.offset
    }

    /// Milliseconds since 1970, of the producer or of the append, as the topic is set up; -1 for none.
    pub fn timestamp(&self) -> i64 {
        self.record.timestamp
    }

    /// The key; none when it is null.
    pub fn key(&self) -> Option<&'a [u8]> {
        self.record.key
    }

    /// The value; none when it is null, which deletes the key from a compacted topic.
    pub fn value(&self) -> Option<&'a [u8]> {
        self.record.value
    }

    /// The headers.
    pub fn headers(&self) -> Headers<'a> {
        self.record.headers()
    }

    /// What the log says of the batch that the record was written in: producer, leader epoch, codec, whose timestamps.
    pub fn log_batch(&self) -> &'a BatchHeader {
        self.header
    }

    /// The record on its own. Key and value share the memory of the batch, nothing but header names is copied.
    pub fn to_owned(&self) -> OwnedRecord {
        let headers = self.record.headers();
        OwnedRecord {
            partition: self.batch.partition.clone(),
            offset: self.record.offset,
            timestamp: self.record.timestamp,
            key: self.record.key_bytes(),
            value: self.record.value_bytes(),
            headers: headers
                .iter()
                .map(|header| {
                    (
                        header.name().into_owned(),
                        header.value.map(|value| self.record.share(value)),
                    )
                })
                .collect(),
        }
    }
}

impl fmt::Debug for ConsumerRecord<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = |field: Option<&[u8]>| field.map(<[u8]>::len);
        f.debug_struct("ConsumerRecord")
            .field("partition", &format_args!("{}", self.batch.partition))
            .field("offset", &self.record.offset)
            .field("timestamp", &self.record.timestamp)
            .field("key_bytes", &size(self.record.key))
            .field("value_bytes", &size(self.record.value))
            .finish_non_exhaustive()
    }
}

/// A record that lives on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedRecord {
    /// Topic and partition.
    pub partition: TopicPartition,
    /// Where the record stands in its partition.
    pub offset: i64,
    /// Milliseconds since 1970; -1 for none.
    pub timestamp: i64,
    /// The key; none when it is null.
    pub key: Option<Bytes>,
    /// The value; none when it is null.
    pub value: Option<Bytes>,
    /// The headers in their order; names may repeat.
    pub headers: Vec<(String, Option<Bytes>)>,
}
