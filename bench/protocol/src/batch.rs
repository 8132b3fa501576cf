//! A batch of 1000 records with values of 100 bytes that compress about as real ones do.

use bytes::{Bytes, BytesMut};
use indexmap::IndexMap;
use kafka_protocol::records as theirs;
use protocol::compress::{Compression, Compressor, Decompressor};
use protocol::records::{Batches, OpenBatch, SealOptions, crc32c};

use crate::compare::{alone, compare};

pub fn run(only: &str) {
    let values: Vec<Bytes> = (0..COUNT).map(value).collect();
    for (ours, theirs) in [
        (Compression::None, theirs::Compression::None),
        (Compression::Gzip, theirs::Compression::Gzip),
        (Compression::Snappy, theirs::Compression::Snappy),
        (Compression::Lz4, theirs::Compression::Lz4),
        (Compression::Zstd, theirs::Compression::Zstd),
    ] {
        if format!("batch {ours}").contains(only) {
            encode(&values, ours, theirs);
            decode(&values, ours);
        }
    }
    if "batch parts".contains(only) {
        parts(&values);
    }
}

/// Ours appends to an open batch and seals it; theirs builds its records and encodes them. Both use
/// their buffers again. Records that are there already are measured too, as they favour theirs.
fn encode(values: &[Bytes], ours: Compression, theirs: theirs::Compression) {
    let options = SealOptions {
        compression: ours,
        ..SealOptions::default()
    };
    let mut compressor = Compressor::new();
    let mut spare = Vec::new();
    let mut encode_ours = || {
        let mut open = OpenBatch::with_buffer(BATCH_SIZE, std::mem::take(&mut spare));
        append_all(&mut open, values);
        let sealed = open.seal(&options, &mut compressor).expect("ours");
        let size = sealed.size();
        spare = sealed.into_buffer().expect("nobody else has it");
        size
    };
    let options = theirs::RecordEncodeOptions {
        version: 2,
        compression: theirs,
    };
    let mut buffer = BytesMut::new();
    let mut encode_theirs = |records: &[theirs::Record]| {
        buffer.clear();
        theirs::RecordBatchEncoder::encode(&mut buffer, records, &options).expect("theirs");
        buffer.len()
    };
    let ready: Vec<_> = values.iter().enumerate().map(their_record).collect();
    println!(
        "{ours}: ours {} bytes, theirs {}",
        encode_ours(),
        encode_theirs(&ready)
    );
    compare(&format!("batch {ours} encode"), &mut encode_ours, || {
        let records: Vec<_> = values.iter().enumerate().map(their_record).collect();
        encode_theirs(&records)
    });
    compare(
        &format!("batch {ours} encode, theirs from ready records"),
        encode_ours,
        || encode_theirs(&ready),
    );
}

/// From fetched bytes to every offset and value, checksum included.
fn decode(values: &[Bytes], compression: Compression) {
    let fetched = sealed(values, compression);
    let mut decompressor = Decompressor::default();
    compare(
        &format!("batch {compression} decode"),
        || {
            let mut sum = 0;
            for batch in Batches::new(fetched.clone()) {
                let batch = batch.expect("ours");
                batch.verify().expect("ours");
                let records = batch.records(&mut decompressor).expect("ours");
                for record in &records {
                    let record = record.expect("ours");
                    sum += record.offset + length(record.value);
                }
                drop(batch);
                decompressor.recycle(records.into_payload());
            }
            sum
        },
        || {
            let set = theirs::RecordBatchDecoder::decode(&mut fetched.clone()).expect("theirs");
            let mut sum = 0;
            for record in &set.records {
                sum += record.offset + length(record.value.as_deref());
            }
            sum
        },
    );
}

/// What the parts of ours cost by themselves, by record and by byte.
fn parts(values: &[Bytes]) {
    let mut open = OpenBatch::new(BATCH_SIZE);
    let append = alone(|| {
        let mut again = OpenBatch::with_buffer(BATCH_SIZE, std::mem::take(&mut open).into_buffer());
        append_all(&mut again, values);
        open = again;
    });
    println!("append: {append:.1?} for {COUNT} records");
    let fetched = sealed(values, Compression::None);
    let crc = alone(|| crc32c(&fetched));
    let gigabytes = fetched.len() as f64 / crc.as_secs_f64() / 1e9;
    println!("crc-32c: {gigabytes:.1} GB/s over {} bytes", fetched.len());
    let mut decompressor = Decompressor::default();
    let batch = Batches::new(fetched).next().expect("one").expect("ours");
    let records = batch.records(&mut decompressor).expect("ours");
    let iterate = alone(|| {
        records
            .iter()
            .map(|record| length(record.expect("ours").value))
            .sum::<i64>()
    });
    println!("iterate: {iterate:.1?} for {COUNT} records");
    let owned = alone(|| {
        for record in &records {
            std::hint::black_box(record.expect("ours").value_bytes());
        }
    });
    println!("iterate, values owned: {owned:.1?} for {COUNT} records");
}

fn append_all(open: &mut OpenBatch, values: &[Bytes]) {
    for (index, value) in values.iter().enumerate() {
        open.append(timestamp(index), None, Some(value), std::iter::empty())
            .expect("there is room");
    }
}

fn sealed(values: &[Bytes], compression: Compression) -> Bytes {
    let mut open = OpenBatch::new(BATCH_SIZE);
    append_all(&mut open, values);
    let options = SealOptions {
        compression,
        ..SealOptions::default()
    };
    let sealed = open.seal(&options, &mut Compressor::new()).expect("ours");
    sealed.bytes().clone()
}

fn their_record((index, value): (usize, &Bytes)) -> theirs::Record {
    theirs::Record {
        transactional: false,
        control: false,
        delete_horizon: false,
        partition_leader_epoch: -1,
        producer_id: -1,
        producer_epoch: -1,
        timestamp_type: theirs::TimestampType::Creation,
        offset: i64::try_from(index).expect("small"),
        sequence: i32::try_from(index).expect("small"),
        timestamp: timestamp(index),
        key: None,
        value: Some(value.clone()),
        headers: IndexMap::new(),
    }
}

fn timestamp(index: usize) -> i64 {
    1_700_000_000_000 + i64::try_from(index / 10).expect("small")
}

fn length(value: Option<&[u8]>) -> i64 {
    value.map_or(0, |value| i64::try_from(value.len()).expect("small"))
}

/// A line of JSON, filled up to 100 bytes.
fn value(index: usize) -> Bytes {
    let noise = (index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let state = ["new", "paid", "sent"][index % 3];
    let text = format!(
        "{{\"order\":{index},\"customer\":\"c{:05}\",\"state\":\"{state}\",\"currency\":\"EUR\",\"trace\":\"{noise:016x}\",\"ok\":true}}",
        index * 7919 % 100_000,
    );
    let mut bytes = text.into_bytes();
    bytes.resize(100, b' ');
    Bytes::from(bytes)
}

const COUNT: usize = 1000;
const BATCH_SIZE: usize = 1 << 20;
