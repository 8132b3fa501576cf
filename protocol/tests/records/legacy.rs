//! Message sets of magic 0 and 1.

use bytes::Bytes;
use protocol::compress::{Compression, Compressor, Decompressor};
use protocol::records::SealOptions;
use protocol::wire::DecodeErrorKind;

use super::message_set::{LOG_APPEND_TIME, message, wrapped, wrapper};
use super::{Owned, read, seal, whole};

const CODECS: [Compression; 3] = [Compression::Gzip, Compression::Snappy, Compression::Lz4];

fn inner(magic: u8, offsets: &[i64]) -> Vec<u8> {
    offsets
        .iter()
        .flat_map(|offset| message(magic, *offset, 0, 100 + offset, None, Some(b"value")))
        .collect()
}

fn offsets(fetched: Vec<u8>) -> Vec<i64> {
    read(Bytes::from(fetched))
        .unwrap()
        .into_iter()
        .map(|(offset, _)| offset)
        .collect()
}

#[test]
fn f22_offsets_inside_are_absolute_in_magic_0() {
    for codec in CODECS {
        let set = wrapper(0, 12, 0, -1, codec, &inner(0, &[10, 11, 12]));
        assert_eq!(offsets(set), [10, 11, 12], "{codec}");
    }
}

#[test]
fn f22_offsets_inside_are_relative_in_magic_1() {
    for codec in CODECS {
        // Compaction removed the second of four.
        let set = wrapper(1, 103, 0, 5, codec, &inner(1, &[0, 2, 3]));
        assert_eq!(offsets(set), [100, 102, 103], "{codec}");
        // A producer that left the wrapper's offset at 0.
        let set = wrapper(1, 0, 0, 5, codec, &inner(1, &[0, 1]));
        assert_eq!(offsets(set), [0, 1], "{codec}");
    }
}

#[test]
fn f22_the_brokers_time_overrides_those_inside() {
    let times = |attributes| -> Vec<i64> {
        let set = wrapper(1, 1, attributes, 777, Compression::Gzip, &inner(1, &[0, 1]));
        let records = read(Bytes::from(set)).unwrap();
        records.into_iter().map(|(_, record)| record.timestamp).collect()
    };
    assert_eq!(times(0), [100, 101]);
    assert_eq!(times(LOG_APPEND_TIME), [777, 777]);
}

#[test]
fn all_magics_in_one_answer() {
    let mut fetched = message(0, 0, 0, -1, Some(b"k"), None);
    fetched.extend(wrapper(0, 2, 0, -1, Compression::Snappy, &inner(0, &[1, 2])));
    fetched.extend(message(1, 3, 0, 9, None, Some(b"x")));
    fetched.extend(wrapper(1, 5, 0, 9, Compression::Lz4, &inner(1, &[0, 1])));
    let mut newer = seal(
        &[Owned::value(1, b"a"), Owned::value(2, b"b")],
        &SealOptions::default(),
    )
    .bytes()
    .to_vec();
    newer[..8].copy_from_slice(&6i64.to_be_bytes());
    fetched.extend(newer);
    // The broker cut the answer in the middle of a message.
    fetched.extend(&message(1, 8, 0, 9, None, Some(b"cut"))[..30]);
    assert_eq!(offsets(fetched), [0, 1, 2, 3, 4, 5, 6, 7]);
}

/// Clients before 0.10 included the frame's magic in the checksum of its header.
#[test]
fn f21_a_wrong_lz4_header_checksum_is_let_pass_in_magic_0_alone() {
    for magic in [0, 1] {
        let mut packed = Vec::new();
        Compressor::new()
            .compress(Compression::Lz4, None, &inner(magic, &[0, 1]), &mut packed)
            .unwrap();
        packed[6] ^= 0x5a;
        let set = wrapped(magic, 1, 0, 5, Compression::Lz4, &packed);
        if magic == 0 {
            assert_eq!(offsets(set), [0, 1]);
        } else {
            let error = read(Bytes::from(set)).unwrap_err();
            assert!(matches!(error.kind(), DecodeErrorKind::BadCrc { .. }), "{error}");
        }
    }
}

#[test]
fn f21_raw_snappy_is_read() {
    let set = inner(1, &[0, 1, 2]);
    // One literal of the whole: the length as a varint, then a tag with a two-byte length.
    let length = u16::try_from(set.len()).unwrap();
    let mut packed = vec![
        (length & 0x7f).to_le_bytes()[0] | 0x80,
        (length >> 7).to_le_bytes()[0],
        61 << 2,
    ];
    packed.extend((length - 1).to_le_bytes());
    packed.extend(set);
    assert_eq!(
        offsets(wrapped(1, 2, 0, 5, Compression::Snappy, &packed)),
        [0, 1, 2]
    );
}

#[test]
fn what_no_client_wrote_is_refused() {
    let gzip = Compression::Gzip;
    let nested = wrapper(1, 1, 0, 5, gzip, &inner(1, &[0, 1]));
    for (what, set) in [
        ("a wrapper in a wrapper", wrapper(1, 1, 0, 5, gzip, &nested)),
        (
            "another magic inside",
            wrapper(1, 1, 0, 5, gzip, &inner(0, &[0, 1])),
        ),
        ("nothing inside", wrapper(1, 1, 0, 5, gzip, &[])),
        ("offsets that fall", wrapper(1, 1, 0, 5, gzip, &inner(1, &[1, 0]))),
        (
            "more offsets than there are",
            wrapper(1, 1, 0, 5, gzip, &inner(1, &[0, 2])),
        ),
        (
            "an offset beyond the last",
            wrapper(0, 1, 0, 5, gzip, &inner(0, &[0, 2])),
        ),
        (
            "a message cut inside",
            wrapper(1, 1, 0, 5, gzip, &inner(1, &[0, 1])[..50]),
        ),
        ("no value", message(1, 1, gzip.id(), 5, None, None)),
        ("an unknown codec", message(1, 1, 7, 5, None, Some(b"x"))),
        ("a negative offset", message(1, -1, 0, 5, None, Some(b"x"))),
    ] {
        let error = read(Bytes::from(set)).expect_err(what);
        assert!(
            !error.field().is_empty() && error.message() == "MessageSet" || error.message() == "RecordBatch",
            "{what}: {error}"
        );
    }
    let mut flipped = message(1, 1, 0, 5, None, Some(b"x"));
    *flipped.last_mut().unwrap() ^= 1;
    let error = whole(flipped).verify().unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::BadCrc { .. }));
}

#[test]
fn a_bomb_inside_a_message_is_bounded() {
    let set = wrapper(
        1,
        0,
        0,
        5,
        Compression::Gzip,
        &message(1, 0, 0, 1, None, Some(&vec![0; 1 << 20])),
    );
    let error = whole(set).records(&mut Decompressor::new(10_000)).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::TooLarge { cap: 10_000 });
}
