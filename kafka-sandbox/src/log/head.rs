//! The heads of batches as bytes: read where only a few fields matter, written where a log sets some.

use protocol::records::{HEADER_LEN, crc32c};

/// What a walk over stored batches looks at. The bytes were checked when they were appended or opened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) base_offset: i64,
    length: u32,
    last_offset_delta: i32,
    pub(super) max_timestamp: i64,
}

impl Head {
    /// Reads the head at the start of `raw`; `None` when it is too short or not one.
    pub(super) fn read(raw: &[u8]) -> Option<Self> {
        let head = raw.first_chunk::<HEADER_LEN>()?;
        let length = u32::try_from(i32::from_be_bytes(field(head, LENGTH_AT))).ok()?;
        let whole = u64::from(length) + PREFIX >= u64::try_from(HEADER_LEN).ok()?;
        (whole && head[MAGIC_AT] == 2).then_some(Self {
            base_offset: i64::from_be_bytes(field(head, BASE_OFFSET_AT)),
            length,
            last_offset_delta: i32::from_be_bytes(field(head, LAST_OFFSET_DELTA_AT)),
            max_timestamp: i64::from_be_bytes(field(head, MAX_TIMESTAMP_AT)),
        })
    }

    /// Whether the checksum in the head of `batch` is that of its bytes, whatever its length says.
    pub(super) fn is_checksum_of(batch: &[u8]) -> bool {
        let head = batch.first_chunk::<HEADER_LEN>();
        let stored = head.map(|head| u32::from_be_bytes(field(head, CRC_AT)));
        stored.is_some_and(|stored| stored == crc32c(&batch[ATTRIBUTES_AT..]))
    }

    /// Bytes of the whole batch.
    pub(super) fn size(&self) -> u64 {
        u64::from(self.length) + PREFIX
    }

    pub(super) fn last_offset(&self) -> i64 {
        self.base_offset.saturating_add(i64::from(self.last_offset_delta))
    }
}

/// The head of a batch that is about to be stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewHead {
    bytes: [u8; HEADER_LEN],
    /// Whether something under the checksum was changed.
    covered: bool,
}

impl NewHead {
    /// The head of `batch`; `None` when it is too short.
    pub(super) fn of(batch: &[u8]) -> Option<Self> {
        Some(Self {
            bytes: *batch.first_chunk()?,
            covered: false,
        })
    }

    /// Says where the batch stands, and under which leader it was appended.
    pub(super) fn place(&mut self, base_offset: i64, partition_leader_epoch: i32) {
        self.put(BASE_OFFSET_AT, base_offset.to_be_bytes());
        self.put(LEADER_EPOCH_AT, partition_leader_epoch.to_be_bytes());
    }

    /// Sets the largest timestamp.
    pub(super) fn max_timestamp(&mut self, max_timestamp: i64) {
        self.put(MAX_TIMESTAMP_AT, max_timestamp.to_be_bytes());
        self.covered = true;
    }

    /// Sets the attributes.
    pub(super) fn attributes(&mut self, attributes: i16) {
        self.put(ATTRIBUTES_AT, attributes.to_be_bytes());
        self.covered = true;
    }

    /// Sets what the records' timestamps are relative to.
    pub(super) fn base_timestamp(&mut self, base_timestamp: i64) {
        self.put(BASE_TIMESTAMP_AT, base_timestamp.to_be_bytes());
        self.covered = true;
    }

    /// Sets how many records there are.
    pub(super) fn count(&mut self, count: i32) {
        self.put(COUNT_AT, count.to_be_bytes());
        self.covered = true;
    }

    /// Sets the bytes of the whole batch.
    pub(super) fn size(&mut self, size: usize) {
        let length = u64::try_from(size).unwrap_or(u64::MAX).saturating_sub(PREFIX);
        let length = i32::try_from(length).unwrap_or(i32::MAX);
        self.put(LENGTH_AT, length.to_be_bytes());
    }

    /// The head's bytes before the rest of its batch, `rest`, with the checksum of both.
    pub(super) fn finish(mut self, rest: &[u8]) -> [u8; HEADER_LEN] {
        if self.covered {
            // The checksum has no function to go on with, and changes under it are rare.
            let mut covered = Vec::with_capacity(HEADER_LEN + rest.len());
            covered.extend_from_slice(&self.bytes[ATTRIBUTES_AT..]);
            covered.extend_from_slice(rest);
            self.put(CRC_AT, crc32c(&covered).to_be_bytes());
        }
        self.bytes
    }

    fn put<const N: usize>(&mut self, at: usize, bytes: [u8; N]) {
        self.bytes[at..at + N].copy_from_slice(&bytes);
    }
}

fn field<const N: usize>(head: &[u8; HEADER_LEN], at: usize) -> [u8; N] {
    let mut bytes = [0; N];
    bytes.copy_from_slice(&head[at..at + N]);
    bytes
}

/// Bytes before a batch's length counts.
const PREFIX: u64 = 12;
const BASE_OFFSET_AT: usize = 0;
const LENGTH_AT: usize = 8;
const LEADER_EPOCH_AT: usize = 12;
const MAGIC_AT: usize = 16;
const CRC_AT: usize = 17;
const ATTRIBUTES_AT: usize = 21;
const LAST_OFFSET_DELTA_AT: usize = 23;
const BASE_TIMESTAMP_AT: usize = 27;
const MAX_TIMESTAMP_AT: usize = 35;
const COUNT_AT: usize = 57;
