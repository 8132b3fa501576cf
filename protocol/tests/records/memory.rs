//! What reading allocates: nothing for a record, one buffer for a compressed batch, never what is claimed.

use protocol::compress::{Compression, Compressor, Decompressor, Lz4Header};
use protocol::records::{Batches, OpenBatch};

use super::{Owned, options, seal};
use crate::allocation::measure;

fn values(count: usize) -> Vec<Owned> {
    (0..count)
        .map(|n| {
            Owned::value(
                1_700_000_000_000,
                format!("{{\"order\": {n}, \"state\": \"paid\"}}").as_bytes(),
            )
        })
        .collect()
}

#[test]
fn iterating_allocates_nothing() {
    let records = values(1000);
    let plain = seal(&records, &options(Compression::None)).bytes().clone();
    let mut decompressor = Decompressor::default();
    // A part of a frame, as every answer to Fetch is: memory that has been shared once.
    let fetched = plain.slice(..);
    let (bytes, allocated) = measure(|| {
        let mut bytes = 0;
        for batch in Batches::new(fetched) {
            let batch = batch.unwrap();
            batch.verify().unwrap();
            for record in &batch.records(&mut decompressor).unwrap() {
                let record = record.unwrap();
                bytes += record.value.unwrap().len() + record.headers().len();
                std::hint::black_box(record.value_bytes());
            }
        }
        bytes
    });
    assert_eq!(
        bytes,
        records
            .iter()
            .map(|record| record.value.as_ref().unwrap().len())
            .sum()
    );
    println!("plain batch of 1000 records: {allocated:?}");
    assert_eq!(allocated.calls, 0);
}

#[test]
fn a_compressed_batch_takes_one_buffer_and_gives_it_back() {
    let batch = seal(&values(1000), &options(Compression::Lz4)).bytes().clone();
    let mut decompressor = Decompressor::default();
    let mut read = || {
        measure(|| {
            for batch in Batches::new(batch.clone()) {
                let records = batch.unwrap().records(&mut decompressor).unwrap();
                assert_eq!(records.iter().map(Result::unwrap).count(), 1000);
                decompressor.recycle(records.into_payload());
            }
        })
        .1
    };
    let first = read();
    let again = read();
    println!("lz4 batch of 1000 records: first {first:?}, again {again:?}");
    assert!(first.calls <= 6, "{first:?}");
    assert!(again.calls <= 2 && again.peak < 200, "{again:?}");
}

#[test]
fn appending_allocates_as_the_buffer_doubles() {
    let records = values(400);
    let mut open = OpenBatch::new(16 << 10);
    let (_, allocated) = measure(|| {
        for record in &records {
            let _ = open.append(
                record.timestamp,
                None,
                record.value.as_deref(),
                std::iter::empty(),
            );
        }
    });
    assert!(open.size() > 15 << 10);
    println!("16 KiB batch: {allocated:?}");
    assert!(
        allocated.calls <= 7 && allocated.peak <= 49 << 10,
        "{allocated:?}"
    );
    let sealed = open
        .seal(&options(Compression::None), &mut Compressor::new())
        .unwrap();
    let mut open = OpenBatch::with_buffer(16 << 10, sealed.into_buffer().unwrap());
    let (_, allocated) = measure(|| {
        for record in &records {
            let _ = open.append(
                record.timestamp,
                None,
                record.value.as_deref(),
                std::iter::empty(),
            );
        }
    });
    assert_eq!(allocated.calls, 0, "a buffer that came back is enough");
}

/// A thousand times what it weighs, under a limit of a hundredth.
#[test]
fn bombs_are_stopped_at_the_limit() {
    const LIMIT: usize = 1 << 20;
    let content = vec![0; 100 * LIMIT];
    for codec in Compression::ALL {
        let mut bomb = Vec::new();
        Compressor::new()
            .compress(codec, None, &content, &mut bomb)
            .unwrap();
        let mut decompressor = Decompressor::new(LIMIT);
        let (result, allocated) = measure(|| {
            decompressor
                .decompress(codec, Lz4Header::Checked, &bomb)
                .map(drop)
        });
        println!("{codec}: {} bytes, {allocated:?}", bomb.len());
        assert!(result.is_err());
        // Growing holds the old and the new buffer at once; a codec's own tables come on top.
        assert!(allocated.peak <= 4 * LIMIT, "{codec}: {allocated:?}");
    }
}

/// Lengths that compressed data claims are not believed before the content is there.
#[test]
fn claims_are_not_allocated() {
    let zstd = [
        0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0xff, 0xff, 0xff, 0x07, 0, 0, 0, 0, 0x03, 0, 0,
    ];
    let lz4 = [
        0x04, 0x22, 0x4d, 0x18, 0x60, 0x70, 0x73, 4, 0, 0, 0, 0x1f, b'a', 1, 0,
    ];
    let snappy = [0xff, 0xff, 0xff, 0x7f, 0, b'a'];
    for (codec, claim) in [
        (Compression::Zstd, &zstd[..]),
        (Compression::Lz4, &lz4),
        (Compression::Snappy, &snappy),
    ] {
        let mut decompressor = Decompressor::default();
        let (result, allocated) = measure(|| decompressor.decompress(codec, Lz4Header::Checked, claim));
        println!("{codec}: {:?} {allocated:?}", result.as_ref().err());
        assert!(result.is_err());
        assert!(allocated.peak <= 1 << 20, "{codec}: {allocated:?}");
    }
}

#[test]
fn a_sealed_batch_holds_no_more_than_its_bytes() {
    let mut compressor = Compressor::new();
    let mut open = OpenBatch::new(16 << 10);
    for codec in [
        Compression::Gzip,
        Compression::Snappy,
        Compression::Lz4,
        Compression::Zstd,
    ] {
        let mut calls = 0;
        for _ in 0..2 {
            for record in &values(300) {
                record.append(&mut open).unwrap();
            }
            let (sealed, allocated) = measure(|| open.seal(&options(codec), &mut compressor).unwrap());
            assert_eq!(sealed.compression(), codec);
            let size = sealed.size();
            assert_eq!(sealed.into_buffer().unwrap().capacity(), size);
            calls = allocated.calls;
        }
        println!("{codec}: {calls} allocations to seal again");
        assert!(codec == Compression::Zstd || calls <= 2, "{codec}: {calls}");
    }
}
