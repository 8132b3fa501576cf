//! Record batches and message sets.

mod aborted;
mod framing;
mod golden;
mod hostile;
mod legacy;
mod memory;
mod message_set;
mod round_trip;

use bytes::Bytes;
use protocol::compress::{Compression, Compressor, Decompressor};
use protocol::records::{
    AppendError, Batch, Batches, Header, OpenBatch, ProducerStamp, Record, SealOptions, SealedBatch,
};
use protocol::testing::Rng;
use protocol::wire::DecodeError;

/// A record that owns its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owned {
    pub(crate) timestamp: i64,
    pub(crate) key: Option<Vec<u8>>,
    pub(crate) value: Option<Vec<u8>>,
    pub(crate) headers: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

impl Owned {
    pub(crate) fn value(timestamp: i64, value: &[u8]) -> Self {
        Self {
            timestamp,
            key: None,
            value: Some(value.to_vec()),
            headers: Vec::new(),
        }
    }

    fn random(rng: &mut Rng) -> Self {
        let timestamp = match rng.below(8) {
            0 => rng.i32().into(),
            1 => 1_700_000_000_000 + i64::from(rng.i16()),
            _ => 1_700_000_000_000 + i64::from(rng.i8()),
        };
        let field = |rng: &mut Rng| (rng.below(5) != 0).then(|| content(rng));
        let headers = match rng.below(4) {
            0 => rng.array(|rng| (rng.string().into_bytes(), field(rng))),
            _ => Vec::new(),
        };
        Self {
            timestamp,
            key: field(rng),
            value: field(rng),
            headers,
        }
    }

    pub(crate) fn append(&self, open: &mut OpenBatch) -> Result<u32, AppendError> {
        open.append(
            self.timestamp,
            self.key.as_deref(),
            self.value.as_deref(),
            self.headers.iter().map(|(key, value)| Header {
                key,
                value: value.as_deref(),
            }),
        )
    }
}

impl From<Record<'_>> for Owned {
    fn from(record: Record<'_>) -> Self {
        Self {
            timestamp: record.timestamp,
            key: record.key.map(<[u8]>::to_vec),
            value: record.value.map(<[u8]>::to_vec),
            headers: record
                .headers()
                .iter()
                .map(|header| (header.key.to_vec(), header.value.map(<[u8]>::to_vec)))
                .collect(),
        }
    }
}

/// Bytes that compress about as real ones do, rarely long ones.
fn content(rng: &mut Rng) -> Vec<u8> {
    const WORDS: [&str; 8] = [
        "order", "customer", "{\"id\":", "amount", ",", "\"EUR\"", "0000", "paid",
    ];
    let words = match rng.below(12) {
        0 => 0,
        1 => rng.below(3000),
        _ => rng.below(12),
    };
    let mut content = Vec::new();
    for _ in 0..words {
        content.extend_from_slice(WORDS[rng.below(WORDS.len())].as_bytes());
        if rng.below(3) == 0 {
            content.push(rng.u64().to_be_bytes()[0]);
        }
    }
    content
}

pub(crate) fn random_records(rng: &mut Rng, count: usize) -> Vec<Owned> {
    (0..count).map(|_| Owned::random(rng)).collect()
}

pub(crate) fn options(compression: Compression) -> SealOptions {
    SealOptions {
        compression,
        ..SealOptions::default()
    }
}

pub(crate) fn seal(records: &[Owned], options: &SealOptions) -> SealedBatch {
    let mut open = OpenBatch::new(usize::MAX >> 1);
    for record in records {
        record.append(&mut open).unwrap();
    }
    open.seal(options, &mut Compressor::new()).unwrap()
}

/// Reads every record of what was fetched, checksums checked, with its offset.
pub(crate) fn read(fetched: Bytes) -> Result<Vec<(i64, Owned)>, DecodeError> {
    let mut decompressor = Decompressor::default();
    let mut all = Vec::new();
    for batch in Batches::new(fetched) {
        let batch = batch?;
        batch.verify()?;
        let records = batch.records(&mut decompressor)?;
        for record in &records {
            let record = record?;
            all.push((record.offset, record.into()));
        }
    }
    Ok(all)
}

pub(crate) fn stamp(producer_id: i64, epoch: i16, base_sequence: i32) -> ProducerStamp {
    ProducerStamp {
        producer_id,
        epoch,
        base_sequence,
    }
}

pub(crate) fn whole(bytes: impl Into<Bytes>) -> Batch {
    Batch::whole(bytes.into()).unwrap()
}
