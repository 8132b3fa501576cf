//! Message sets of magic 0 and 1, as brokers before 0.11 wrote them; they are read only.
//!
//! A message is an int64 offset, an int32 size, a CRC-32 of what follows it, magic, attributes, from
//! magic 1 on an int64 timestamp, and key and value with int32 lengths. A message with a codec in its
//! attributes holds a compressed set in its value and has the offset of the last message in there
//! (KIP-31): in magic 1 those in there count from 0, in magic 0 their offsets are absolute.

use bytes::Bytes;

use super::header::{Attributes, BatchHeader, NO_PRODUCER_ID, NO_SEQUENCE, NO_TIMESTAMP};
use crate::compress::{Compression, Decompressor, Lz4Header};
use crate::wire::{DecodeError, DecodeErrorKind};

/// Bytes of a message after its size, with null key and value.
pub(super) const SIZE_MIN_V0: usize = 14;
/// As [`SIZE_MIN_V0`], with a timestamp.
pub(super) const SIZE_MIN_V1: usize = SIZE_MIN_V0 + 8;

/// Reads `raw`, one whole message, as the header of a batch.
pub(super) fn read_header(raw: &Bytes) -> Result<BatchHeader, DecodeError> {
    let mut rest = &raw[..];
    let message = Message::read(&mut rest)?;
    if message.offset < 0 || message.offset == i64::MAX {
        return Err(fault(
            "offset",
            0,
            DecodeErrorKind::Invalid("offset out of range"),
        ));
    }
    let plain = message.attributes.codec_id() == 0;
    Ok(BatchHeader {
        base_offset: message.offset,
        size: raw.len(),
        partition_leader_epoch: -1,
        magic: message.magic,
        crc: message.crc,
        attributes: message.attributes,
        last_offset_delta: 0,
        base_timestamp: message.timestamp,
        max_timestamp: message.timestamp,
        producer_id: NO_PRODUCER_ID,
        producer_epoch: -1,
        base_sequence: NO_SEQUENCE,
        count: plain.then_some(1),
    })
}

/// What a compressed message wraps.
pub(super) struct Wrapped {
    /// Messages, whose offsets count from `base_offset`.
    pub(super) set: Bytes,
    pub(super) count: u32,
    pub(super) base_offset: i64,
    pub(super) last_offset: i64,
}

/// Decompresses the messages in the value of `raw`, which has `header`. Positions are relative to the message.
pub(super) fn unwrap(
    header: &BatchHeader,
    raw: &Bytes,
    codec: Compression,
    decompressor: &mut Decompressor,
) -> Result<Wrapped, DecodeError> {
    let value_at = |value: &[u8]| raw.len() - value.len();
    let message = Message::read(&mut &raw[..])?;
    let Some(value) = message.value else {
        return Err(fault("value", raw.len(), DecodeErrorKind::NullNotAllowed));
    };
    let lz4 = match header.magic {
        0 => Lz4Header::Legacy,
        _ => Lz4Header::Checked,
    };
    let set = decompressor
        .decompress(codec, lz4, value)
        .map_err(|error| error.offset_by(value_at(value)).within("value").of(MESSAGE))?;
    let (count, last) = scan(&set, header.magic)?;
    // Some clients left the wrapper's offset at 0; then those inside count from there.
    let base_offset = match (header.magic, header.base_offset) {
        (0, _) | (_, 0) => 0,
        (_, offset) => offset - last,
    };
    let out_of_range = base_offset < 0 || (header.magic == 0 && last > header.base_offset);
    if out_of_range {
        return Err(fault(
            "offset",
            0,
            DecodeErrorKind::Invalid("offset out of range"),
        ));
    }
    Ok(Wrapped {
        set,
        count,
        base_offset,
        last_offset: base_offset + last,
    })
}

/// Counts the messages of a decompressed set, and gives the offset of the last.
fn scan(set: &[u8], magic: i8) -> Result<(u32, i64), DecodeError> {
    let mut rest = set;
    let (mut count, mut last) = (0, None);
    while !rest.is_empty() {
        let at = set.len() - rest.len();
        let message = Message::read(&mut rest).map_err(|error| error.offset_by(at))?;
        if message.magic != magic {
            return Err(fault("magic", at + 16, DecodeErrorKind::BadMagic(message.magic)));
        }
        if message.attributes.codec_id() != 0 {
            return Err(fault(
                "attributes",
                at + 17,
                DecodeErrorKind::Invalid("compressed message inside a compressed message"),
            ));
        }
        if last.is_some_and(|last| message.offset <= last) || message.offset < 0 {
            return Err(fault(
                "offset",
                at,
                DecodeErrorKind::Invalid("offset out of order"),
            ));
        }
        last = Some(message.offset);
        count += 1;
    }
    match last {
        Some(last) => Ok((count, last)),
        None => Err(fault(
            "value",
            0,
            DecodeErrorKind::Invalid("empty compressed message set"),
        )),
    }
}

/// The fault of the message at the start of `rest`.
pub(super) fn explain(mut rest: &[u8]) -> DecodeError {
    Message::read(&mut rest)
        .err()
        .unwrap_or_else(|| DecodeError::new(0, DecodeErrorKind::Trailing(rest.len())).of(MESSAGE))
}

/// One message.
pub(super) struct Message<'a> {
    pub(super) offset: i64,
    crc: u32,
    magic: i8,
    attributes: Attributes,
    pub(super) timestamp: i64,
    pub(super) key: Option<&'a [u8]>,
    pub(super) value: Option<&'a [u8]>,
}

impl<'a> Message<'a> {
    /// Reads the message at the start of `rest`, and moves that behind it.
    pub(super) fn read(rest: &mut &'a [u8]) -> Result<Self, DecodeError> {
        let mut input = Input { all: rest, at: 0 };
        let offset = input.array("offset").map(i64::from_be_bytes)?;
        let size = input.array("message_size").map(i32::from_be_bytes)?;
        let end = usize::try_from(size)
            .map_err(|_| fault("message_size", 8, DecodeErrorKind::BadLength(size.into())))?
            .saturating_add(input.at);
        if end > input.all.len() {
            let (needed, remaining) = (end - input.at, input.all.len() - input.at);
            return Err(fault(
                "message_size",
                8,
                DecodeErrorKind::Truncated { needed, remaining },
            ));
        }
        input.all = &input.all[..end];
        let crc = input.array("crc").map(u32::from_be_bytes)?;
        let magic = input.array("magic").map(i8::from_be_bytes)?;
        let [attributes] = input.array("attributes")?;
        let (known, timestamp) = match magic {
            0 => (ATTRIBUTES_V0, NO_TIMESTAMP),
            1 => (ATTRIBUTES_V1, input.array("timestamp").map(i64::from_be_bytes)?),
            magic => return Err(fault("magic", 16, DecodeErrorKind::BadMagic(magic))),
        };
        let key = input.field("key")?;
        let value = input.field("value")?;
        if input.at != end {
            return Err(fault(
                "value",
                input.at,
                DecodeErrorKind::Trailing(end - input.at),
            ));
        }
        *rest = &rest[end..];
        Ok(Self {
            offset,
            crc,
            magic,
            attributes: Attributes(i16::from(attributes & known)),
            timestamp,
            key,
            value,
        })
    }
}

struct Input<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Input<'a> {
    fn take(&mut self, field: &'static str, needed: usize) -> Result<&'a [u8], DecodeError> {
        let rest = &self.all[self.at..];
        let Some(taken) = rest.get(..needed) else {
            let remaining = rest.len();
            return Err(fault(
                field,
                self.at,
                DecodeErrorKind::Truncated { needed, remaining },
            ));
        };
        self.at += needed;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], DecodeError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(field, N)?);
        Ok(array)
    }

    /// Bytes with an int32 length, -1 for null.
    fn field(&mut self, field: &'static str) -> Result<Option<&'a [u8]>, DecodeError> {
        let at = self.at;
        match self.array(field).map(i32::from_be_bytes)? {
            -1 => Ok(None),
            length => match usize::try_from(length) {
                Ok(length) => self.take(field, length).map(Some),
                Err(_) => Err(fault(field, at, DecodeErrorKind::BadLength(length.into()))),
            },
        }
    }
}

#[cold]
fn fault(field: &'static str, at: usize, kind: DecodeErrorKind) -> DecodeError {
    DecodeError::new(at, kind).within(field).of(MESSAGE)
}

const MESSAGE: &str = "MessageSet";
const ATTRIBUTES_V0: u8 = 0x07;
const ATTRIBUTES_V1: u8 = 0x0f;
