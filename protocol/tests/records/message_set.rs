//! Writes message sets of magic 0 and 1, as old clients did; the crate itself only reads them.

use protocol::compress::{Compression, Compressor};
use protocol::records::crc32;

/// Attributes of a message of magic 1 whose timestamp the broker set.
pub(super) const LOG_APPEND_TIME: u8 = 8;

pub(super) fn message(
    magic: u8,
    offset: i64,
    attributes: u8,
    timestamp: i64,
    key: Option<&[u8]>,
    value: Option<&[u8]>,
) -> Vec<u8> {
    let mut covered = vec![magic, attributes];
    if magic == 1 {
        covered.extend(timestamp.to_be_bytes());
    }
    for field in [key, value] {
        let length = field.map_or(-1, |bytes| i32::try_from(bytes.len()).unwrap());
        covered.extend(length.to_be_bytes());
        covered.extend(field.unwrap_or_default());
    }
    let mut message = offset.to_be_bytes().to_vec();
    message.extend(u32::try_from(covered.len() + 4).unwrap().to_be_bytes());
    message.extend(crc32(&covered).to_be_bytes());
    message.extend(covered);
    message
}

/// A message that holds `set` compressed and has the offset of the last message in there.
pub(super) fn wrapper(
    magic: u8,
    offset: i64,
    attributes: u8,
    timestamp: i64,
    codec: Compression,
    set: &[u8],
) -> Vec<u8> {
    let mut packed = Vec::new();
    Compressor::new().compress(codec, None, set, &mut packed).unwrap();
    wrapped(magic, offset, attributes, timestamp, codec, &packed)
}

/// As [`wrapper`], of bytes compressed already.
pub(super) fn wrapped(
    magic: u8,
    offset: i64,
    attributes: u8,
    timestamp: i64,
    codec: Compression,
    packed: &[u8],
) -> Vec<u8> {
    message(
        magic,
        offset,
        attributes | codec.id(),
        timestamp,
        None,
        Some(packed),
    )
}
