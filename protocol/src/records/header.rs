use crate::compress::Compression;
use crate::wire::{DecodeError, DecodeErrorKind};

/// Length of the header of a batch of magic 2, in bytes.
pub const HEADER_LEN: usize = 61;
/// The producer id of a producer that is not idempotent.
pub const NO_PRODUCER_ID: i64 = -1;
/// The base sequence of a producer that is not idempotent.
pub const NO_SEQUENCE: i32 = -1;
/// The timestamp of a record that has none, in milliseconds.
pub const NO_TIMESTAMP: i64 = -1;

/// What the timestamps of a batch say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TimestampType {
    /// When the producer made the record (`message.timestamp.type=CreateTime`).
    #[default]
    CreateTime,
    /// When the broker appended the batch; all its records have the batch's largest timestamp.
    LogAppendTime,
}

/// The attributes of a batch, bit by bit.
///
/// Bits 0–2 are the codec, 3 the timestamp type, 4 transactional, 5 control, 6 delete horizon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Attributes(pub i16);

impl Attributes {
    /// Attributes of a batch compressed by `compression`.
    pub fn new(compression: Compression, timestamp_type: TimestampType) -> Self {
        let time = match timestamp_type {
            TimestampType::CreateTime => 0,
            TimestampType::LogAppendTime => TIMESTAMP_TYPE,
        };
        Self(i16::from(compression.id()) | time)
    }

    /// Sets the transactional bit.
    #[must_use]
    pub fn transactional(self) -> Self {
        Self(self.0 | TRANSACTIONAL)
    }

    /// Sets the control bit.
    #[must_use]
    pub fn control(self) -> Self {
        Self(self.0 | CONTROL)
    }

    /// The number of the codec, 0 to 7; numbers above 4 have no codec.
    pub fn codec_id(self) -> u8 {
        let [_, low] = self.0.to_be_bytes();
        low & CODEC_MASK
    }

    /// The codec, if there is one with its number.
    pub fn compression(self) -> Option<Compression> {
        Compression::from_id(self.codec_id())
    }

    /// What the timestamps say.
    pub fn timestamp_type(self) -> TimestampType {
        if self.0 & TIMESTAMP_TYPE == 0 {
            TimestampType::CreateTime
        } else {
            TimestampType::LogAppendTime
        }
    }

    /// Whether the records belong to a transaction.
    pub fn is_transactional(self) -> bool {
        self.0 & TRANSACTIONAL != 0
    }

    /// Whether the records are control records, which applications never see.
    pub fn is_control(self) -> bool {
        self.0 & CONTROL != 0
    }

    /// Whether the base timestamp is the time from which compaction may drop tombstones (KIP-534).
    pub fn has_delete_horizon(self) -> bool {
        self.0 & DELETE_HORIZON != 0
    }
}

/// The header of a batch.
///
/// A message of magic 0 or 1 is a batch too: of one record, or of a compressed set of them. Fields it
/// does not have hold what "none" is in magic 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchHeader {
    /// Offset of the first record. A compressed set of magic 0 or 1 names only its last one, which stands here.
    pub base_offset: i64,
    /// Bytes of the whole batch, this header included.
    pub size: usize,
    /// Epoch of the leader that appended the batch; -1 when it is unknown.
    pub partition_leader_epoch: i32,
    /// Version of the format: 0, 1 or 2.
    pub magic: i8,
    /// The stored checksum: CRC-32C in magic 2, CRC-32 before.
    pub crc: u32,
    /// Codec, timestamp type, and kind of the batch.
    pub attributes: Attributes,
    /// Offset of the last record as the batch was written, relative to the base offset.
    pub last_offset_delta: i32,
    /// What the timestamp deltas are relative to, in milliseconds.
    pub base_timestamp: i64,
    /// The largest timestamp, in milliseconds.
    pub max_timestamp: i64,
    /// The idempotent producer that wrote the batch; -1 for none.
    pub producer_id: i64,
    /// That producer's epoch; -1 for none.
    pub producer_epoch: i16,
    /// That producer's sequence number of the first record; -1 for none.
    pub base_sequence: i32,
    /// How many records there are. Zero after compaction removed them all; `None` for a compressed
    /// set of magic 0 or 1, which does not say.
    pub count: Option<u32>,
}

impl BatchHeader {
    /// Offset of the last record as the batch was written.
    pub fn last_offset(&self) -> i64 {
        // The reader has checked that the sum is in range.
        self.base_offset.saturating_add(i64::from(self.last_offset_delta))
    }

    /// The offset after this batch: where a consumer goes on, also when the batch has no records left.
    pub fn next_offset(&self) -> i64 {
        self.last_offset().saturating_add(1)
    }

    /// Reads the header at the start of `raw`, a whole batch of magic 2, and checks it against the batch's size.
    pub(super) fn read(raw: &[u8]) -> Result<Self, DecodeError> {
        let Some(head) = raw.first_chunk::<HEADER_LEN>() else {
            return Err(invalid_length("batch_length", BATCH_LENGTH_AT, raw.len()));
        };
        let header = Self {
            base_offset: i64::from_be_bytes(field(head, BASE_OFFSET_AT)),
            size: raw.len(),
            partition_leader_epoch: i32::from_be_bytes(field(head, LEADER_EPOCH_AT)),
            magic: 2,
            crc: u32::from_be_bytes(field(head, CRC_AT)),
            attributes: Attributes(i16::from_be_bytes(field(head, ATTRIBUTES_AT))),
            last_offset_delta: i32::from_be_bytes(field(head, LAST_OFFSET_DELTA_AT)),
            base_timestamp: i64::from_be_bytes(field(head, BASE_TIMESTAMP_AT)),
            max_timestamp: i64::from_be_bytes(field(head, MAX_TIMESTAMP_AT)),
            producer_id: i64::from_be_bytes(field(head, PRODUCER_ID_AT)),
            producer_epoch: i16::from_be_bytes(field(head, PRODUCER_EPOCH_AT)),
            base_sequence: i32::from_be_bytes(field(head, BASE_SEQUENCE_AT)),
            count: None,
        };
        let count = i32::from_be_bytes(field(head, COUNT_AT));
        let Ok(records) = u32::try_from(count) else {
            return Err(bad("count", COUNT_AT, DecodeErrorKind::BadLength(count.into())));
        };
        let payload = raw.len() - HEADER_LEN;
        if header.attributes.codec_id() == 0
            && usize::try_from(records).map_or(true, |records| records > payload / RECORD_LEN_MIN)
        {
            return Err(bad("count", COUNT_AT, DecodeErrorKind::BadLength(count.into())));
        }
        if header.base_offset < 0 {
            return Err(bad(
                "base_offset",
                BASE_OFFSET_AT,
                DecodeErrorKind::Invalid("negative offset"),
            ));
        }
        if header.last_offset_delta < 0
            || header
                .base_offset
                .checked_add(i64::from(header.last_offset_delta))
                .is_none_or(|last| last == i64::MAX)
        {
            return Err(bad(
                "last_offset_delta",
                LAST_OFFSET_DELTA_AT,
                DecodeErrorKind::Invalid("offset out of range"),
            ));
        }
        Ok(Self {
            count: Some(records),
            ..header
        })
    }

    /// Writes the header into the first bytes of `head`, but the checksum, which is [`seal_crc`]'s.
    pub(super) fn write(&self, head: &mut [u8; HEADER_LEN], length: i32) {
        put(head, BASE_OFFSET_AT, self.base_offset.to_be_bytes());
        put(head, BATCH_LENGTH_AT, length.to_be_bytes());
        put(head, LEADER_EPOCH_AT, self.partition_leader_epoch.to_be_bytes());
        put(head, MAGIC_AT, self.magic.to_be_bytes());
        put(head, ATTRIBUTES_AT, self.attributes.0.to_be_bytes());
        put(head, LAST_OFFSET_DELTA_AT, self.last_offset_delta.to_be_bytes());
        put(head, BASE_TIMESTAMP_AT, self.base_timestamp.to_be_bytes());
        put(head, MAX_TIMESTAMP_AT, self.max_timestamp.to_be_bytes());
        put(head, PRODUCER_ID_AT, self.producer_id.to_be_bytes());
        put(head, PRODUCER_EPOCH_AT, self.producer_epoch.to_be_bytes());
        put(head, BASE_SEQUENCE_AT, self.base_sequence.to_be_bytes());
        put(head, COUNT_AT, self.count.unwrap_or(0).to_be_bytes());
    }
}

/// Computes the checksum of a whole batch of magic 2 and puts it in its place.
pub(super) fn seal_crc(batch: &mut [u8]) {
    let Some(covered) = batch.get(ATTRIBUTES_AT..) else {
        return;
    };
    let crc = super::crc32c(covered);
    if let Some(place) = batch.get_mut(CRC_AT..ATTRIBUTES_AT) {
        place.copy_from_slice(&crc.to_be_bytes());
    }
}

fn field<const N: usize>(head: &[u8; HEADER_LEN], at: usize) -> [u8; N] {
    let mut bytes = [0; N];
    bytes.copy_from_slice(&head[at..at + N]);
    bytes
}

/// Puts a field in its place.
pub(super) fn put<const N: usize>(head: &mut [u8; HEADER_LEN], at: usize, bytes: [u8; N]) {
    head[at..at + N].copy_from_slice(&bytes);
}

#[cold]
pub(super) fn bad(field: &'static str, at: usize, kind: DecodeErrorKind) -> DecodeError {
    DecodeError::new(at, kind).within(field).of(MESSAGE)
}

#[cold]
pub(super) fn invalid_length(field: &'static str, at: usize, length: usize) -> DecodeError {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    bad(field, at, DecodeErrorKind::BadLength(length))
}

/// The message that errors name.
pub(super) const MESSAGE: &str = "RecordBatch";
/// Bytes before a batch's length counts: base offset and the length itself.
pub(super) const PREFIX_LEN: usize = 12;
/// A record has no fewer bytes: seven fields of one byte each.
const RECORD_LEN_MIN: usize = 7;

const BASE_OFFSET_AT: usize = 0;
pub(super) const BATCH_LENGTH_AT: usize = 8;
pub(super) const LEADER_EPOCH_AT: usize = 12;
pub(super) const MAGIC_AT: usize = 16;
pub(super) const CRC_AT: usize = 17;
pub(super) const ATTRIBUTES_AT: usize = 21;
const LAST_OFFSET_DELTA_AT: usize = 23;
const BASE_TIMESTAMP_AT: usize = 27;
const MAX_TIMESTAMP_AT: usize = 35;
pub(super) const PRODUCER_ID_AT: usize = 43;
pub(super) const PRODUCER_EPOCH_AT: usize = 51;
pub(super) const BASE_SEQUENCE_AT: usize = 53;
const COUNT_AT: usize = 57;

const CODEC_MASK: u8 = 7;
const TIMESTAMP_TYPE: i16 = 8;
const TRANSACTIONAL: i16 = 16;
const CONTROL: i16 = 32;
const DELETE_HORIZON: i16 = 64;
