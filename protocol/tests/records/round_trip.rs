//! What is written is read, whatever the codec, its level, and the batch's size.

use protocol::compress::{Compression, Compressor, Decompressor};
use protocol::records::{AppendError, OpenBatch, SealOptions};

use super::{Owned, options, random_records, read, seal, stamp, whole};
use crate::seed;

#[test]
fn every_codec_and_level() {
    let mut rng = seed::rng("record round trip");
    let mut compressor = Compressor::new();
    let mut decompressor = Decompressor::default();
    let mut batches = 0;
    for compression in Compression::ALL {
        let levels: Vec<Option<i32>> = match compression.levels() {
            None => vec![None],
            Some(levels) => [None, Some(i32::MIN), Some(-5), Some(i32::MAX)]
                .into_iter()
                .chain((1..=9.min(*levels.end())).map(Some))
                .collect(),
        };
        for level in levels {
            for count in [1, 2, 60, 300] {
                let records = random_records(&mut rng, count);
                let mut open = OpenBatch::new(usize::MAX >> 1);
                for (index, record) in records.iter().enumerate() {
                    assert_eq!(record.append(&mut open), Ok(u32::try_from(index).unwrap()));
                }
                let options = SealOptions {
                    level,
                    ..options(compression)
                };
                let sealed = open.seal(&options, &mut compressor).unwrap();
                assert!(sealed.size() <= sealed.uncompressed_size());
                let batch = whole(sealed.bytes().clone());
                batch.verify().unwrap();
                let read = batch.records(&mut decompressor).unwrap();
                assert_eq!(read.len(), count);
                for (index, record) in read.iter().enumerate() {
                    let record = record.unwrap();
                    assert_eq!(usize::try_from(record.offset).unwrap(), index);
                    assert_eq!(Owned::from(record), records[index], "{compression} {level:?}");
                }
                assert_eq!(
                    batch.header().max_timestamp,
                    records.iter().map(|record| record.timestamp).max().unwrap()
                );
                decompressor.recycle(read.into_payload());
                batches += 1;
            }
        }
    }
    println!("{batches} batches");
    assert_eq!(batches, 4 * (1 + 13 + 1 + 13 + 13));
}

/// Appending has a short way and one for everything else: both must write the same.
#[test]
fn both_ways_of_appending_write_the_same() {
    let mut rng = seed::rng("append");
    for round in 0..60 {
        let records = random_records(&mut rng, 1 + round * 3);
        let whole = seal(&records, &SealOptions::default());
        // The limit of one byte sends every record after the first the long way, if it is let in at all.
        let mut expected = Vec::new();
        for record in &records {
            put_slowly(&mut expected, records[0].timestamp, record);
        }
        assert_eq!(whole.bytes()[61..], expected, "round {round}");
    }

    fn put_slowly(out: &mut Vec<u8>, base: i64, record: &Owned) {
        fn varlong(out: &mut Vec<u8>, value: i64) {
            let mut raw = (value << 1 ^ value >> 63).cast_unsigned();
            while raw >= 0x80 {
                out.push(raw.to_le_bytes()[0] | 0x80);
                raw >>= 7;
            }
            out.push(raw.to_le_bytes()[0]);
        }
        fn field(out: &mut Vec<u8>, field: Option<&Vec<u8>>) {
            varlong(out, field.map_or(-1, |bytes| i64::try_from(bytes.len()).unwrap()));
            out.extend(field.into_iter().flatten());
        }
        // Offsets are counted by what is there already; records are re-read to count them.
        let mut count = 0;
        let mut rest = out.as_slice();
        while !rest.is_empty() {
            let (mut length, mut shift) = (0usize, 0);
            loop {
                let byte = rest[0];
                rest = &rest[1..];
                length |= usize::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            rest = &rest[length / 2..];
            count += 1;
        }
        let mut body = vec![0];
        varlong(&mut body, record.timestamp - base);
        varlong(&mut body, count);
        field(&mut body, record.key.as_ref());
        field(&mut body, record.value.as_ref());
        varlong(&mut body, i64::try_from(record.headers.len()).unwrap());
        for (key, value) in &record.headers {
            field(&mut body, Some(key));
            field(&mut body, value.as_ref());
        }
        varlong(out, i64::try_from(body.len()).unwrap());
        out.extend(body);
    }
}

#[test]
fn a_batch_is_filled_to_its_limit_and_not_beyond() {
    let mut rng = seed::rng("limit");
    for _ in 0..200 {
        let limit = 100 + rng.below(20_000);
        let mut open = OpenBatch::new(limit);
        let mut taken = Vec::new();
        let refused = loop {
            let record = random_records(&mut rng, 1).remove(0);
            let before = open.size();
            match record.append(&mut open) {
                Ok(_) => {
                    assert!(open.count() == 1 || open.size() <= limit);
                    taken.push(record);
                }
                Err(error) => {
                    assert_eq!((error, open.size()), (AppendError::Full, before));
                    break record;
                }
            }
        };
        // One with just the room it needs takes it.
        let mut roomier = taken.clone();
        roomier.push(refused);
        let needed = seal(&roomier, &SealOptions::default()).size();
        assert!(needed > limit);
        let mut open = OpenBatch::new(needed);
        assert!(roomier.iter().all(|record| record.append(&mut open).is_ok()));
        assert_eq!(open.size(), needed);
        let sealed = open
            .seal(&SealOptions::default(), &mut Compressor::new())
            .unwrap();
        assert_eq!(read(sealed.bytes().clone()).unwrap().len(), roomier.len());
    }
}

#[test]
fn timestamps_too_far_apart_are_refused() {
    for (first, second) in [(i64::MIN, i64::MAX), (i64::MAX, -1), (i64::MIN, 0), (0, i64::MIN)] {
        let mut open = OpenBatch::new(1000);
        Owned::value(first, b"a").append(&mut open).unwrap();
        let refused = Owned::value(second, b"b").append(&mut open);
        if second.checked_sub(first).is_none() {
            assert_eq!(refused, Err(AppendError::Timestamp), "{first} {second}");
            assert_eq!(open.count(), 1);
        } else {
            assert_eq!(refused, Ok(1));
        }
    }
}

#[test]
fn splitting_keeps_records_order_and_sequence() {
    let mut rng = seed::rng("split");
    let (mut compressor, mut decompressor) = (Compressor::new(), Decompressor::default());
    for compression in Compression::ALL {
        for count in [1, 2, 3, 7, 100] {
            let records = random_records(&mut rng, count);
            let options = SealOptions {
                producer: stamp(9, 1, i32::MAX - 3),
                transactional: true,
                ..options(compression)
            };
            let whole_batch = seal(&records, &options);
            let limit = 61 + rng.below(whole_batch.uncompressed_size());
            let parts = whole_batch
                .split(limit, &mut compressor, &mut decompressor)
                .unwrap();
            assert!(
                parts.len() > 1 || count == 1,
                "{count} records in {} parts",
                parts.len()
            );
            let mut index = 0;
            for part in &parts {
                assert!(part.count() == 1 || part.uncompressed_size() <= limit);
                let batch = whole(part.bytes().clone());
                let header = batch.header();
                let sequence = (i64::from(i32::MAX - 3) + i64::try_from(index).unwrap()) % (1 << 31);
                assert_eq!(i64::from(header.base_sequence), sequence);
                assert_eq!((header.producer_id, header.producer_epoch), (9, 1));
                assert!(header.attributes.is_transactional());
                for (_, record) in read(part.bytes().clone()).unwrap() {
                    assert_eq!(record, records[index]);
                    index += 1;
                }
            }
            assert_eq!(index, count);
        }
    }
}

#[test]
fn a_shared_batch_is_copied_before_it_is_stamped_again() {
    let mut sealed = seal(&[Owned::value(1, b"a")], &SealOptions::default());
    let on_the_wire = sealed.bytes().clone();
    let copy = on_the_wire.to_vec();
    sealed.restamp(stamp(1, 2, 3));
    assert_eq!(on_the_wire, copy);
    drop(on_the_wire);
    let place = sealed.bytes().as_ptr();
    sealed.restamp(stamp(1, 3, 0));
    assert_eq!(
        sealed.bytes().as_ptr(),
        place,
        "a batch of one owner stays where it is"
    );
    let batch = whole(sealed.bytes().clone());
    batch.verify().unwrap();
    assert_eq!(batch.header().producer_epoch, 3);
}

#[test]
fn iteration_goes_on_where_it_stopped() {
    let mut rng = seed::rng("cursor");
    let records = random_records(&mut rng, 50);
    let batch = whole(seal(&records, &options(Compression::Lz4)).bytes().clone());
    let read = batch.records(&mut Decompressor::default()).unwrap();
    let mut cursor = read.start();
    for (index, expected) in records.iter().enumerate() {
        let mut iter = read.iter_from(cursor);
        let record = iter.next().unwrap().unwrap();
        assert_eq!(usize::try_from(record.offset).unwrap(), index);
        assert_eq!(record.value_bytes().as_deref(), expected.value.as_deref());
        cursor = iter.cursor();
    }
    assert!(read.iter_from(cursor).next().is_none());
}
