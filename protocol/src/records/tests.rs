use bytes::Bytes;

use super::*;
use crate::compress::{Compression, Compressor, Decompressor};
use crate::wire::DecodeErrorKind;

fn sealed(options: &SealOptions, records: u32) -> SealedBatch {
    let mut open = OpenBatch::new(1 << 20);
    for n in 0..records {
        let key = format!("key {}", n % 7);
        let value = format!(
            "{{\"order\": {n}, \"customer\": \"somebody\", \"amount\": {}}}",
            n * 31
        );
        let headers = [Header::new("trace", Some(b"abc")), Header::new("empty", None)];
        open.append(
            1_700_000_000_000 + i64::from(n),
            (n % 3 != 0).then_some(key.as_bytes()),
            (n % 5 != 0).then_some(value.as_bytes()),
            headers.into_iter().take(usize::try_from(n % 3).unwrap()),
        )
        .unwrap();
    }
    assert_eq!(open.count(), records);
    let sealed = open.seal(options, &mut Compressor::new()).unwrap();
    assert!(open.is_empty());
    sealed
}

type Owned = (i64, i64, Option<Vec<u8>>, Option<Vec<u8>>, usize);

fn read(bytes: Bytes) -> Vec<Owned> {
    let mut decompressor = Decompressor::default();
    Batches::new(bytes)
        .flat_map(|batch| {
            let batch = batch.unwrap();
            batch.verify().unwrap();
            let records = batch.records(&mut decompressor).unwrap();
            records.validate().unwrap();
            records
                .iter()
                .map(Result::unwrap)
                .map(|record| {
                    (
                        record.offset,
                        record.timestamp,
                        record.key.map(<[u8]>::to_vec),
                        record.value.map(<[u8]>::to_vec),
                        record.headers().len(),
                    )
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn what_is_sealed_is_read() {
    let plain = read(sealed(&SealOptions::default(), 1000).bytes().clone());
    assert_eq!(plain.len(), 1000);
    assert_eq!(plain[7].0, 7);
    assert_eq!(plain[7].1, 1_700_000_000_007);
    assert_eq!(plain[7].2.as_deref(), Some(&b"key 0"[..]));
    for compression in Compression::ALL {
        let options = SealOptions {
            compression,
            ..SealOptions::default()
        };
        let batch = sealed(&options, 1000);
        assert_eq!(batch.compression(), compression);
        assert_eq!(read(batch.bytes().clone()), plain, "{compression}");
    }
}

#[test]
fn restamping_changes_the_stamp_alone() {
    let mut batch = sealed(&SealOptions::default(), 3);
    let before = batch.bytes().clone();
    let stamp = ProducerStamp {
        producer_id: 4,
        epoch: 5,
        base_sequence: 6,
    };
    batch.restamp(stamp);
    assert_ne!(
        *batch.bytes(),
        before,
        "the bytes that may be on the wire are left alone"
    );
    let read_back = Batch::whole(batch.bytes().clone()).unwrap();
    read_back.verify().unwrap();
    let header = read_back.header();
    assert_eq!(
        (header.producer_id, header.producer_epoch, header.base_sequence),
        (4, 5, 6)
    );
    assert_eq!(read(batch.bytes().clone()), read(before));
    assert_eq!(stamp.after(3).base_sequence, 9);
}

#[test]
fn a_flipped_bit_is_a_checksum_error_at_its_place() {
    let mut raw = sealed(&SealOptions::default(), 3).bytes().to_vec();
    let last = raw.len() - 1;
    raw[last] ^= 0x40;
    let error = Batch::whole(raw.into()).unwrap().verify().unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::BadCrc { .. }));
    assert_eq!(
        (error.message(), error.field(), error.at()),
        ("RecordBatch", "crc", 17)
    );
}
