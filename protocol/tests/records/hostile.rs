//! Bytes that are no batch: an error that says where, never a panic, never memory by what is claimed.

use bytes::Bytes;
use protocol::compress::{Compression, Compressor, Decompressor, Lz4Header};
use protocol::records::{Batch, Batches, crc32c};
use protocol::wire::{DecodeError, DecodeErrorKind};

use super::message_set::{message, wrapper};
use super::{Owned, options, random_records, read, seal, whole};
use crate::allocation::measure;
use crate::seed;

/// Reads without a look at checksums, so that damage reaches the parsers.
fn read_unchecked(fetched: Bytes) -> Result<usize, DecodeError> {
    let mut decompressor = Decompressor::new(1 << 20);
    let mut count = 0;
    for batch in Batches::new(fetched) {
        for record in &batch?.records(&mut decompressor)? {
            let record = record?;
            count += 1 + record.headers().iter().count();
        }
    }
    Ok(count)
}

/// A batch around `records` with a right checksum, claiming `count`.
fn batch_of(records: &[u8], count: i32, last_offset_delta: i32) -> Bytes {
    let mut raw = seal(&[Owned::value(0, b"")], &options(Compression::None)).bytes()[..61].to_vec();
    raw.extend(records);
    let length = i32::try_from(raw.len() - 12).unwrap();
    raw[8..12].copy_from_slice(&length.to_be_bytes());
    raw[23..27].copy_from_slice(&last_offset_delta.to_be_bytes());
    raw[57..61].copy_from_slice(&count.to_be_bytes());
    let crc = crc32c(&raw[21..]);
    raw[17..21].copy_from_slice(&crc.to_be_bytes());
    raw.into()
}

fn fault(records: &[u8], count: i32) -> DecodeError {
    read(batch_of(records, count, 10)).unwrap_err()
}

#[test]
fn a_batch_cut_anywhere_is_left_for_the_next_fetch() {
    let mut rng = seed::rng("cut batches");
    for codec in Compression::ALL {
        let raw = seal(&random_records(&mut rng, 5), &options(codec))
            .bytes()
            .clone();
        for length in 0..raw.len() {
            let mut batches = Batches::new(raw.slice(..length));
            assert!(batches.next().is_none(), "{codec} cut at {length}");
            match batches.cut() {
                None => assert_eq!(length, 0),
                Some(needed) if length >= 17 => assert_eq!(needed, raw.len()),
                Some(needed) => assert!(needed > length),
            }
            assert!(Batch::whole(raw.slice(..length)).is_err());
        }
    }
}

#[test]
fn records_cut_anywhere_are_an_error() {
    let mut rng = seed::rng("cut records");
    let raw = seal(&random_records(&mut rng, 6), &options(Compression::None))
        .bytes()
        .clone();
    let records = &raw[61..];
    let mut cuts = 0;
    for length in 0..records.len().min(4000) {
        let error = fault(&records[..length], 6);
        assert!(
            error.message() == "RecordBatch" && !error.field().is_empty(),
            "{error}"
        );
        assert!(error.at() <= 61 + length, "cut at {length}: {error}");
        cuts += 1;
    }
    println!("{cuts} cuts");
    for codec in [
        Compression::Gzip,
        Compression::Snappy,
        Compression::Lz4,
        Compression::Zstd,
    ] {
        let mut packed = Vec::new();
        Compressor::new()
            .compress(codec, None, records, &mut packed)
            .unwrap();
        for length in 0..packed.len() {
            let result = Decompressor::default().decompress(codec, Lz4Header::Checked, &packed[..length]);
            // A snappy stream may end after any block, here the header alone.
            let at_a_block = codec == Compression::Snappy && length == 16;
            assert_eq!(result.is_err(), !at_a_block, "{codec} cut at {length}");
        }
    }
}

#[test]
fn every_field_of_a_record_is_checked() {
    let trailing = |error: &DecodeError| matches!(error.kind(), DecodeErrorKind::Trailing(_));
    let long = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
    let record = |body: &[u8]| [&[u8::try_from(body.len() * 2).unwrap()], body].concat();
    // attributes, timestamp, offset, key, value, headers
    assert!(read(batch_of(&record(&[0, 0, 0, 1, 1, 0]), 1, 10)).is_ok());
    for (field, bytes) in [
        ("records.length", vec![1, 0, 0, 0, 1, 1, 0]),
        ("records.length", vec![0x7f, 0, 0, 0, 1, 1, 0]),
        ("records.length", [&long[..], &[0; 10]].concat()),
        ("records.length", vec![14, 0, 0, 0, 1, 1, 0]),
        ("records.attributes", vec![0; 7]),
        ("records.timestamp_delta", record(&[&[0][..], &long].concat())),
        (
            "records.timestamp_delta",
            [&record(&[0, 0x80])[..], &[0; 7]].concat(),
        ),
        (
            "records.offset_delta",
            record(&[0, 0, 0xff, 0xff, 0xff, 0xff, 0x7f, 1, 1, 0]),
        ),
        ("records.offset_delta", record(&[0, 0, 1, 1, 1, 0])),
        ("records.offset_delta", record(&[0, 0, 22, 1, 1, 0])),
        ("records.key", record(&[0, 0, 0, 3, 1, 0])),
        ("records.key", record(&[0, 0, 0, 100, 1, 0])),
        (
            "records.key",
            record(&[0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0x0f, 1, 0]),
        ),
        ("records.value", record(&[0, 0, 0, 1, 3, 0])),
        ("records.value", record(&[0, 0, 0, 1, 8, 0])),
        ("records.headers", record(&[0, 0, 0, 1, 1, 1])),
        ("records.headers", record(&[0, 0, 0, 1, 1, 2])),
        (
            "records.headers",
            record(&[0, 0, 0, 1, 1, 0xfe, 0xff, 0xff, 0xff, 0x0f]),
        ),
        ("records.headers.key", record(&[0, 0, 0, 1, 1, 2, 1, 0])),
        ("records.headers.key", record(&[0, 0, 0, 1, 1, 2, 9, 0])),
        ("records.headers.value", record(&[0, 0, 0, 1, 1, 2, 0, 3])),
        ("records", record(&[0, 0, 0, 1, 1, 0, 0])),
    ] {
        let error = fault(&bytes, 1);
        assert_eq!(error.field(), field, "{bytes:x?}: {error}");
        assert_ne!(*error.kind(), DecodeErrorKind::Invalid("record"), "{bytes:x?}");
        assert!(
            (61..=61 + bytes.len()).contains(&error.at()),
            "{bytes:x?}: {error}"
        );
    }
    let two = record(&[0, 0, 0, 1, 1, 0]).repeat(2);
    assert!(trailing(&fault(&two, 1)), "a record more than the count");
    assert_eq!(fault(&two, 3).field(), "count", "a record less than the count");
}

#[test]
fn every_field_of_the_header_is_checked() {
    let raw = seal(&[Owned::value(5, b"abc")], &options(Compression::None))
        .bytes()
        .to_vec();
    for (field, at, bytes) in [
        ("base_offset", 0, &(-1i64).to_be_bytes()[..]),
        ("base_offset", 0, &i64::MIN.to_be_bytes()),
        ("last_offset_delta", 0, &i64::MAX.to_be_bytes()),
        ("batch_length", 8, &(-1i32).to_be_bytes()),
        ("batch_length", 8, &48i32.to_be_bytes()),
        ("batch_length", 8, &0i32.to_be_bytes()),
        ("magic", 16, &[3]),
        ("magic", 16, &[0xff]),
        ("attributes", 21, &[0, 5]),
        ("last_offset_delta", 23, &(-1i32).to_be_bytes()),
        ("count", 57, &(-1i32).to_be_bytes()),
        ("count", 57, &2i32.to_be_bytes()),
        ("count", 57, &i32::MAX.to_be_bytes()),
        ("records", 57, &0i32.to_be_bytes()),
        ("records.timestamp_delta", 27, &i64::MAX.to_be_bytes()),
    ] {
        let mut damaged = raw.clone();
        // A delta of one, so that a base timestamp can make it overflow.
        damaged[63] = 2;
        damaged[at..at + bytes.len()].copy_from_slice(bytes);
        let (result, allocated) = measure(|| read_unchecked(damaged.into()));
        let error = result.expect_err(field);
        let named = match field {
            "records" => matches!(error.kind(), DecodeErrorKind::Trailing(_)),
            field => error.field() == field,
        };
        assert!(
            named && error.message() == "RecordBatch",
            "{field} at {at}: {error}"
        );
        assert!(allocated.peak < 4096, "{field}: {allocated:?}");
    }
}

#[test]
fn a_second_batch_at_fault_leaves_the_first_alone_and_says_where() {
    let first = seal(&[Owned::value(5, b"abc")], &options(Compression::None))
        .bytes()
        .to_vec();
    let mut second = first.clone();
    second[16] = 9;
    let mut batches = Batches::new([first.clone(), second].concat().into());
    assert!(batches.next().unwrap().is_ok());
    let error = batches.next().unwrap().unwrap_err();
    assert_eq!((error.field(), error.at()), ("magic", first.len() + 16));
    assert!(batches.next().is_none(), "nothing after an error");
    assert_eq!(batches.position(), first.len());
}

#[test]
fn empty_batches_pass_and_move_the_position() {
    for codec in [Compression::None, Compression::Gzip] {
        let mut raw = batch_of(&[], 0, 4).to_vec();
        raw[22] = codec.id();
        let batch = whole(raw);
        assert_eq!(batch.header().next_offset(), 5);
        assert!(batch.records(&mut Decompressor::default()).unwrap().is_empty());
    }
}

/// Bits flipped at random: whatever comes of it, no panic, and memory within the limit.
#[test]
fn damage_anywhere() {
    let mut rng = seed::rng("damaged batches");
    let (mut refused, mut passed) = (0, 0);
    let set: Vec<u8> = (0..5)
        .flat_map(|n| message(1, n, 0, n, Some(b"key"), Some(b"value")))
        .collect();
    let mut samples: Vec<Vec<u8>> = Compression::ALL
        .iter()
        .map(|codec| {
            seal(&random_records(&mut rng, 30), &options(*codec))
                .bytes()
                .to_vec()
        })
        .collect();
    for codec in [Compression::Gzip, Compression::Snappy, Compression::Lz4] {
        samples.push(wrapper(1, 4, 0, 5, codec, &set));
    }
    samples.push(set);
    for raw in samples {
        for _ in 0..400 {
            let mut damaged = raw.clone();
            for _ in 0..=rng.below(3) {
                let at = rng.below(damaged.len());
                damaged[at] = match rng.below(3) {
                    0 => damaged[at] ^ 1 << rng.below(8),
                    1 => 0xff,
                    _ => rng.u64().to_be_bytes()[0],
                };
            }
            let (result, allocated) = measure(|| read_unchecked(damaged.into()));
            match result {
                Ok(_) => passed += 1,
                Err(error) => {
                    assert_ne!(*error.kind(), DecodeErrorKind::Invalid("record"), "{error}");
                    refused += 1;
                }
            }
            assert!(allocated.peak <= 4 << 20, "{allocated:?}");
        }
    }
    println!("{refused} refused, {passed} passed");
    assert!(refused > 1000);
}
