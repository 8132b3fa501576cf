//! Batches with fewer records: what compaction leaves of them.

use bytes::Bytes;
use protocol::compress::{CompressError, Compression, Compressor};
use protocol::records::{Attributes, Batch, BatchHeader, HEADER_LEN, Record, TimestampType};

use super::head::NewHead;

/// Puts together the batch that `kept` of its records make, at the offsets they have.
///
/// Producer, sequence numbers and the range of offsets stay. A `horizon`, in milliseconds, notes from when on
/// tombstones and markers may go; it stands in the base timestamp's place (KIP-534).
///
/// # Errors
///
/// The codec failed.
pub(super) fn rewrite(
    batch: &Batch,
    kept: &[Record<'_>],
    horizon: Option<i64>,
    compressor: &mut Compressor,
) -> Result<Bytes, CompressError> {
    let header = batch.header();
    let base_timestamp = horizon.unwrap_or(header.base_timestamp);
    let mut records = Vec::with_capacity(header.size);
    for record in kept {
        put_record(&mut records, header, base_timestamp, record);
    }
    let times = kept.iter().map(|record| record.timestamp);
    let max_timestamp = match header.attributes.timestamp_type() {
        TimestampType::CreateTime => times.max().unwrap_or(header.max_timestamp),
        TimestampType::LogAppendTime => header.max_timestamp,
    };
    let codec = header.attributes.compression().unwrap_or(Compression::None);
    let packed = if codec == Compression::None {
        records
    } else {
        let mut packed = Vec::with_capacity(records.len());
        compressor.compress(codec, None, &records, &mut packed)?;
        packed
    };
    let attributes = match horizon {
        Some(_) => header.attributes.0 | DELETE_HORIZON,
        None => header.attributes.0,
    };
    Ok(assemble(
        batch,
        attributes,
        [base_timestamp, max_timestamp],
        kept.len(),
        &packed,
    ))
}

/// The batch without any records: it still tells offsets and sequence numbers.
pub(super) fn emptied(batch: &Batch) -> Bytes {
    let header = batch.header();
    let attributes = header.attributes.0 & !(CODEC | DELETE_HORIZON);
    assemble(batch, attributes, [-1, header.max_timestamp], 0, &[])
}

/// The batch with its records as another codec has packed them.
pub(super) fn recoded(batch: &Batch, codec: Compression, max_timestamp: i64, packed: &[u8]) -> Bytes {
    let header = batch.header();
    let attributes = header.attributes.0 & !CODEC | Attributes::new(codec, TimestampType::CreateTime).0;
    let count = usize::try_from(header.count.unwrap_or(0)).unwrap_or(0);
    assemble(
        batch,
        attributes,
        [header.base_timestamp, max_timestamp],
        count,
        packed,
    )
}

fn assemble(
    batch: &Batch,
    attributes: i16,
    [base_timestamp, max_timestamp]: [i64; 2],
    count: usize,
    records: &[u8],
) -> Bytes {
    let Some(mut head) = NewHead::of(batch.raw()) else {
        return batch.raw().clone();
    };
    head.attributes(attributes);
    head.base_timestamp(base_timestamp);
    head.max_timestamp(max_timestamp);
    head.count(i32::try_from(count).unwrap_or(i32::MAX));
    head.size(HEADER_LEN + records.len());
    let head = head.finish(records);
    let mut raw = Vec::with_capacity(HEADER_LEN + records.len());
    raw.extend_from_slice(&head);
    raw.extend_from_slice(records);
    Bytes::from(raw)
}

fn put_record(into: &mut Vec<u8>, header: &BatchHeader, base_timestamp: i64, record: &Record<'_>) {
    let mut body = vec![0];
    put_varlong(&mut body, record.timestamp.wrapping_sub(base_timestamp));
    put_varlong(&mut body, record.offset - header.base_offset);
    put_field(&mut body, record.key);
    put_field(&mut body, record.value);
    put_len(&mut body, record.headers().len());
    for one in record.headers().iter() {
        put_field(&mut body, Some(one.key));
        put_field(&mut body, one.value);
    }
    put_len(into, body.len());
    into.extend_from_slice(&body);
}

fn put_field(into: &mut Vec<u8>, field: Option<&[u8]>) {
    match field {
        None => put_varlong(into, -1),
        Some(bytes) => {
            put_len(into, bytes.len());
            into.extend_from_slice(bytes);
        }
    }
}

fn put_len(into: &mut Vec<u8>, len: usize) {
    put_varlong(into, i64::try_from(len).unwrap_or(i64::MAX));
}

/// A zigzag varint; one of 32 bits is the same bytes.
fn put_varlong(into: &mut Vec<u8>, value: i64) {
    let mut raw = ((value << 1) ^ (value >> 63)).cast_unsigned();
    while raw >= 0x80 {
        into.push(raw.to_le_bytes()[0] | 0x80);
        raw >>= 7;
    }
    into.push(raw.to_le_bytes()[0]);
}

const CODEC: i16 = 7;
const DELETE_HORIZON: i16 = 64;
