use proptest::prelude::*;
use protocol::records::{Attributes, TimestampType, crc32c};

use super::*;

/// The same batch with other bytes at a place, its checksum right again.
fn patched(draft: &Draft, at: usize, bytes: &[u8]) -> Bytes {
    let mut raw = draft.bytes().to_vec();
    raw[at..at + bytes.len()].copy_from_slice(bytes);
    let crc = crc32c(&raw[21..]);
    raw[17..21].copy_from_slice(&crc.to_be_bytes());
    raw.into()
}

fn append_raw(log: &mut Log, raw: Bytes) -> Result<Appended, AppendError> {
    log.append(now(), raw, 0, &LogSettings::default(), Verification::Unchecked)
}

fn append_with(log: &mut Log, draft: &Draft, settings: &LogSettings) -> Result<Appended, AppendError> {
    log.append(now(), draft.bytes(), 0, settings, Verification::Unchecked)
}

#[test]
fn what_is_appended_is_read() {
    let mut log = memory();
    let first = append(&mut log, &values(&["a", "b", "c"])).unwrap();
    assert_eq!(
        (first.base_offset, first.last_offset, first.append_time),
        (0, 2, -1)
    );
    let second = append(&mut log, &values(&["d"])).unwrap();
    assert_eq!((second.base_offset, second.last_offset), (3, 3));
    assert_eq!((log.start_offset(), log.end_offset()), (0, 4));
    let all: Vec<_> = records(&log, 0, 4).into_iter().map(|(_, value)| value).collect();
    assert_eq!(all, ["a", "b", "c", "d"]);
    assert_eq!(records(&log, 1, 4)[0], (1, "b".to_owned()));
    assert_eq!(records(&log, 0, 3).len(), 3);
    assert!(records(&log, 4, 4).is_empty());
}

#[test]
fn what_is_read_has_its_offset_and_leader_epoch() {
    let mut log = memory();
    append(&mut log, &values(&["a"])).unwrap();
    log.append(
        now(),
        values(&["b"]).bytes(),
        7,
        &LogSettings::default(),
        Verification::Unchecked,
    )
    .unwrap();
    let read = log.read(1, 1000, true, 2).unwrap();
    let batch = Batches::new(read).next().unwrap().unwrap();
    assert_eq!(
        (batch.header().base_offset, batch.header().partition_leader_epoch),
        (1, 7)
    );
    assert_eq!(
        (log.latest_epoch(), log.epoch_at(0), log.epoch_at(1)),
        (Some(7), Some(0), Some(7))
    );
    assert_eq!(log.epoch_end(0), (0, 1));
    assert_eq!(log.epoch_end(3), (0, 1));
    assert_eq!(log.epoch_end(7), (7, 2));
    assert_eq!(log.epoch_end(8), (-1, -1));
}

#[test]
fn offsets_outside_are_out_of_range() {
    let mut log = memory();
    append(&mut log, &values(&["a"])).unwrap();
    assert!(matches!(
        log.read(2, 100, true, 1),
        Err(ReadError::OutOfRange {
            offset: 2,
            start: 0,
            end: 1
        })
    ));
    assert_eq!(
        log.read(-1, 100, true, 1).unwrap_err().code(),
        ErrorCode::OFFSET_OUT_OF_RANGE
    );
}

#[test]
fn reads_keep_to_their_limits() {
    let mut log = memory();
    for _ in 0..3 {
        append(&mut log, &values(&["0123456789"])).unwrap();
    }
    let size = usize::try_from(log.size()).unwrap() / 3;
    for (max_bytes, read) in [
        (0, 0),
        (size - 1, 0),
        (size, size),
        (2 * size + 1, 2 * size + 1),
        (3 * size, 3 * size),
        (9 * size, 3 * size),
    ] {
        assert_eq!(
            log.read(0, max_bytes, false, 3).unwrap().len(),
            read,
            "{max_bytes}"
        );
        assert_eq!(
            log.read(0, max_bytes, true, 3).unwrap().len(),
            read.max(size),
            "{max_bytes}"
        );
    }
}

#[test]
fn damage_is_refused() {
    let mut log = memory();
    let mut raw = values(&["a"]).bytes().to_vec();
    let last = raw.len() - 1;
    raw[last] ^= 1;
    assert_eq!(code(append_raw(&mut log, raw.into())), ErrorCode::CORRUPT_MESSAGE);
    assert_eq!(
        code(append_raw(&mut log, Bytes::new())),
        ErrorCode::INVALID_RECORD
    );
    let half = values(&["a"]).bytes().slice(..40);
    assert_eq!(code(append_raw(&mut log, half)), ErrorCode::INVALID_RECORD);
    let garbage = Bytes::from(vec![0xff; 100]);
    assert_eq!(code(append_raw(&mut log, garbage)), ErrorCode::CORRUPT_MESSAGE);
    assert_eq!(log.end_offset(), 0);
    assert_eq!(log.size(), 0);
}

#[test]
fn there_is_one_batch_of_magic_two() {
    let mut log = memory();
    let two = [values(&["a"]).bytes(), values(&["b"]).bytes()].concat();
    assert_eq!(code(append_raw(&mut log, two.into())), ErrorCode::INVALID_RECORD);
    let mut old = values(&["a"]).bytes().to_vec();
    old[16] = 1;
    assert_eq!(code(append_raw(&mut log, old.into())), ErrorCode::INVALID_RECORD);
}

#[test]
fn offsets_and_counts_must_agree() {
    let mut log = memory();
    let draft = values(&["a", "b", "c"]);
    let cases: [(&str, usize, &[u8]); 5] = [
        ("base offset", 0, &5i64.to_be_bytes()),
        ("last offset delta", 23, &7i32.to_be_bytes()),
        ("negative last offset delta", 23, &(-1i32).to_be_bytes()),
        ("count", 57, &2i32.to_be_bytes()),
        ("huge count", 57, &i32::MAX.to_be_bytes()),
    ];
    for (what, at, bytes) in cases {
        assert_eq!(
            code(append_raw(&mut log, patched(&draft, at, bytes))),
            ErrorCode::INVALID_RECORD,
            "{what}"
        );
    }
    let control = Attributes::default().control();
    let raw = patched(&draft, 21, &control.0.to_be_bytes());
    assert_eq!(code(append_raw(&mut log, raw)), ErrorCode::INVALID_RECORD);
    let no_sequence = draft.by(4, 0, -1);
    assert_eq!(code(append(&mut log, &no_sequence)), ErrorCode::INVALID_RECORD);
    assert_eq!(log.end_offset(), 0);
}

#[test]
fn sizes_have_limits() {
    let mut log = memory();
    let draft = values(&["0123456789"]);
    let size = draft.bytes().len();
    let settings = LogSettings {
        max_message_bytes: size - 1,
        ..LogSettings::default()
    };
    assert_eq!(
        code(append_with(&mut log, &draft, &settings)),
        ErrorCode::MESSAGE_TOO_LARGE
    );
    let settings = LogSettings {
        segment_bytes: u32::try_from(size).unwrap() - 1,
        ..LogSettings::default()
    };
    assert_eq!(
        code(append_with(&mut log, &draft, &settings)),
        ErrorCode::RECORD_LIST_TOO_LARGE
    );
}

#[test]
fn compacted_topics_need_keys() {
    let mut log = memory();
    let settings = LogSettings {
        cleanup: Cleanup {
            delete: false,
            compact: true,
        },
        ..LogSettings::default()
    };
    let mut draft = pairs(&[("k", Some("v")), ("l", None)]);
    append_with(&mut log, &draft, &settings).unwrap();
    draft.records[1].1 = None;
    for compression in [Compression::None, Compression::Lz4] {
        let error = append_with(&mut log, &draft.clone().compressed(compression), &settings).unwrap_err();
        assert_eq!(error.code(), ErrorCode::INVALID_RECORD);
        assert_eq!(error.record_errors().len(), 1);
        assert_eq!(error.record_errors()[0].0, 1);
    }
}

#[test]
fn timestamps_have_bounds() {
    let mut log = memory();
    let settings = LogSettings {
        message_timestamp_before_max_ms: 1000,
        message_timestamp_after_max_ms: 500,
        ..LogSettings::default()
    };
    for time in [START - 1000, START, START + 500, -1] {
        append_with(&mut log, &values(&["a"]).at(time), &settings).unwrap();
    }
    for time in [START - 1001, START + 501] {
        let error = append_with(&mut log, &values(&["a", "b"]).at(time), &settings).unwrap_err();
        assert_eq!(error.code(), ErrorCode::INVALID_TIMESTAMP);
        assert_eq!(error.record_errors().len(), 2);
    }
    let append_time = Attributes::new(Compression::None, TimestampType::LogAppendTime);
    let raw = patched(&values(&["a"]).at(-1), 21, &append_time.0.to_be_bytes());
    assert_eq!(code(append_raw(&mut log, raw)), ErrorCode::INVALID_TIMESTAMP);
    // With a time of its own the batch passes, and says the truth afterwards.
    let raw = patched(&values(&["a"]), 21, &append_time.0.to_be_bytes());
    append_raw(&mut log, raw).unwrap();
    let stored = log.batches().last().unwrap().unwrap();
    stored.verify().unwrap();
    assert_eq!(
        stored.header().attributes.timestamp_type(),
        TimestampType::CreateTime
    );
}

#[test]
fn the_log_can_set_the_time() {
    let mut log = memory();
    let settings = LogSettings {
        timestamp_type: TimestampType::LogAppendTime,
        ..LogSettings::default()
    };
    for compression in [Compression::None, Compression::Zstd] {
        let draft = values(&["a", "a", "a", "a"])
            .at(START - 99_999)
            .compressed(compression);
        let appended = append_with(&mut log, &draft, &settings).unwrap();
        assert_eq!(appended.append_time, START);
        let read = log
            .read(appended.base_offset, 1 << 20, true, log.end_offset())
            .unwrap();
        let batch = Batches::new(read).next().unwrap().unwrap();
        batch.verify().unwrap();
        assert_eq!(
            batch.header().attributes.timestamp_type(),
            TimestampType::LogAppendTime
        );
        let stored = batch.records(&mut Decompressor::default()).unwrap();
        assert!(stored.iter().all(|record| record.unwrap().timestamp == START));
    }
    assert_eq!(log.max_timestamp().unwrap().unwrap().offset, 0);
}

#[test]
fn a_wrong_largest_timestamp_is_put_right() {
    let mut log = memory();
    let raw = patched(&values(&["a", "b"]), 35, &(START + 77).to_be_bytes());
    append_raw(&mut log, raw).unwrap();
    let batch = Batches::new(log.read(0, 1000, true, 2).unwrap())
        .next()
        .unwrap()
        .unwrap();
    batch.verify().unwrap();
    assert_eq!(batch.header().max_timestamp, START);
}

#[test]
fn topics_can_have_a_codec() {
    let text = "many words ".repeat(50);
    for (sent, kept) in [
        (Compression::None, Compression::Gzip),
        (Compression::Gzip, Compression::None),
        (Compression::Lz4, Compression::Zstd),
        (Compression::Snappy, Compression::Snappy),
    ] {
        let mut log = memory();
        let settings = LogSettings {
            compression: Some(kept),
            ..LogSettings::default()
        };
        let draft = values(&[&text, &text]).compressed(sent).by(5, 1, 0);
        append_with(&mut log, &draft, &settings).unwrap();
        let batch = Batches::new(log.read(0, 1 << 20, true, 2).unwrap())
            .next()
            .unwrap()
            .unwrap();
        let header = batch.header();
        assert_eq!(header.attributes.compression(), Some(kept));
        assert_eq!(
            (header.producer_id, header.producer_epoch, header.base_sequence),
            (5, 1, 0)
        );
        assert_eq!(records(&log, 0, 2)[1], (1, text.clone()));
    }
}

#[test]
fn sequences_go_on() {
    let mut log = memory();
    assert_eq!(
        append(&mut log, &values(&["a", "b"]).by(1, 0, 0))
            .unwrap()
            .base_offset,
        0
    );
    assert_eq!(
        append(&mut log, &values(&["c"]).by(1, 0, 2)).unwrap().base_offset,
        2
    );
    let code_of = |log: &mut Log, epoch, sequence| code(append(log, &values(&["x"]).by(1, epoch, sequence)));
    assert_eq!(code_of(&mut log, 0, 4), ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER);
    assert_eq!(code_of(&mut log, 1, 3), ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER);
    assert_eq!(code_of(&mut log, 1, 0), ErrorCode::NONE);
    assert_eq!(code_of(&mut log, 0, 3), ErrorCode::INVALID_PRODUCER_EPOCH);
    assert_eq!(log.end_offset(), 4);
    let producer = log.producers().next().unwrap();
    assert_eq!(
        (producer.epoch, producer.last_sequence(), producer.last_offset()),
        (1, 0, 3)
    );
}

#[test]
fn five_batches_are_remembered() {
    let mut log = memory();
    for sequence in 0..7 {
        append(&mut log, &values(&["x"]).by(1, 0, sequence)).unwrap();
    }
    for sequence in 2..7 {
        let again = append(&mut log, &values(&["x"]).by(1, 0, sequence)).unwrap();
        assert!(again.duplicate);
        assert_eq!(
            (again.base_offset, again.append_time),
            (i64::from(sequence), START)
        );
    }
    let forgotten = values(&["x"]).by(1, 0, 1);
    assert_eq!(
        code(append(&mut log, &forgotten)),
        ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER
    );
    let other_size = values(&["x", "y"]).by(1, 0, 6);
    assert_eq!(
        code(append(&mut log, &other_size)),
        ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER
    );
    assert_eq!(log.end_offset(), 7);
}

#[test]
fn an_unknown_producer_may_begin_anywhere() {
    let mut log = memory();
    append(&mut log, &values(&["x"]).by(1, 3, 1000)).unwrap();
    append(&mut log, &values(&["x"]).by(1, 3, 1001)).unwrap();
}

#[test]
fn sequences_wrap() {
    let mut log = memory();
    let first = values(&["a", "b", "c"]).by(1, 0, i32::MAX - 1);
    append(&mut log, &first).unwrap();
    assert_eq!(log.producers().next().unwrap().last_sequence(), 0);
    assert_eq!(
        log.producers().next().unwrap().batches()[0].first_sequence(),
        i32::MAX - 1
    );
    assert!(append(&mut log, &first).unwrap().duplicate);
    append(&mut log, &values(&["d"]).by(1, 0, 1)).unwrap();
    let mut log = memory();
    append(&mut log, &values(&["a"]).by(1, 0, i32::MAX)).unwrap();
    append(&mut log, &values(&["b"]).by(1, 0, 0)).unwrap();
}

#[test]
fn coordinators_append_what_they_like() {
    let mut log = memory();
    let settings = LogSettings::default();
    let records = [
        (Some(Bytes::from_static(b"k")), Some(Bytes::from_static(b"v"))),
        (Some(Bytes::from_static(b"k")), None),
    ];
    let appended = log.append_internal(now(), &records, 2, &settings).unwrap();
    assert_eq!((appended.base_offset, appended.last_offset), (0, 1));
    let none = log.append_internal(now(), &[], 2, &settings).unwrap();
    assert_eq!((none.base_offset, none.last_offset), (2, 1));
    assert_eq!(
        self::records(&log, 0, 2),
        [(0, "v".to_owned()), (1, "null".to_owned())]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever comes is refused or is a batch that can be read; what is refused has changed nothing.
    #[test]
    fn hostile_bytes_are_refused_or_harmless(
        compression in prop::sample::select(Compression::ALL.to_vec()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        keep in prop::option::weighted(0.2, any::<prop::sample::Index>()),
        sealed in prop::bool::weighted(0.8),
        compact in any::<bool>(),
        recompressed in prop::option::of(prop::sample::select(Compression::ALL.to_vec())),
    ) {
        let mut log = memory();
        append(&mut log, &values(&["before"]).by(1, 0, 0)).unwrap();
        let mut raw = pairs(&[("a", Some("some text, some text, some text")), ("b", None)])
            .compressed(compression)
            .by(1, 0, 1)
            .bytes()
            .to_vec();
        for (at, byte) in changes {
            let at = at.index(raw.len());
            raw[at] = byte;
        }
        if let Some(keep) = keep {
            raw.truncate(keep.index(raw.len()));
        }
        if sealed && raw.len() > 21 {
            let crc = crc32c(&raw[21..]);
            raw[17..21].copy_from_slice(&crc.to_be_bytes());
        }
        let settings = LogSettings {
            cleanup: Cleanup { delete: !compact, compact },
            compression: recompressed,
            ..LogSettings::default()
        };
        let before = format!("{log:?}");
        match log.append(now(), raw.into(), 0, &settings, Verification::Unchecked) {
            Err(_) => prop_assert_eq!(format!("{log:?}"), before),
            Ok(appended) => {
                prop_assert_eq!(appended.base_offset, 1);
                prop_assert_eq!(log.end_offset(), appended.last_offset + 1);
                prop_assert!(offsets(&log).into_iter().eq(0..log.end_offset()));
            }
        }
    }
}

/// A batch of these attributes, its records replaced by `payload`.
fn holding(attributes: i16, payload: &[u8]) -> Bytes {
    let mut raw = patched(&values(&["a", "b"]), 21, &attributes.to_be_bytes())[..61].to_vec();
    raw.extend_from_slice(payload);
    let length = i32::try_from(raw.len() - 12).unwrap();
    raw[8..12].copy_from_slice(&length.to_be_bytes());
    let crc = crc32c(&raw[21..]);
    raw[17..21].copy_from_slice(&crc.to_be_bytes());
    raw.into()
}

/// What Kafka 4.4 was seen to answer to each.
#[test]
fn odd_batches_get_the_codes_of_kafka() {
    let draft = values(&["a", "b"]);
    let good = draft.bytes();
    let one = values(&["a"]).bytes();
    let gzipped = |raw: &[u8]| {
        let mut out = Vec::new();
        Compressor::new()
            .compress(Compression::Gzip, None, raw, &mut out)
            .unwrap();
        out
    };
    let records = good.slice(61..);
    let three = values(&["a", "b", "c"]).bytes().slice(61..);
    let joined = |parts: &[&[u8]]| Bytes::from(parts.concat());
    let cases = [
        (
            "codec 5",
            patched(&draft, 21, &5i16.to_be_bytes()),
            ErrorCode::UNKNOWN_SERVER_ERROR,
        ),
        (
            "codec 7",
            patched(&draft, 21, &7i16.to_be_bytes()),
            ErrorCode::UNKNOWN_SERVER_ERROR,
        ),
        (
            "no gzip",
            holding(1, b"garbage, no gzip at all"),
            ErrorCode::UNKNOWN_SERVER_ERROR,
        ),
        (
            "no snappy",
            holding(2, b"garbage, no snappy at all"),
            ErrorCode::UNKNOWN_SERVER_ERROR,
        ),
        (
            "no lz4",
            holding(3, b"garbage, no lz4 at all"),
            ErrorCode::UNKNOWN_SERVER_ERROR,
        ),
        (
            "no zstd",
            holding(4, b"garbage, no zstd at all"),
            ErrorCode::UNKNOWN_SERVER_ERROR,
        ),
        ("gzip", holding(1, &gzipped(&records)), ErrorCode::NONE),
        (
            "gzip cut",
            holding(1, &gzipped(&records)[..12]),
            ErrorCode::UNKNOWN_SERVER_ERROR,
        ),
        (
            "one record of two",
            holding(1, &gzipped(&one[61..])),
            ErrorCode::INVALID_RECORD,
        ),
        (
            "three records of two",
            holding(1, &gzipped(&three)),
            ErrorCode::INVALID_RECORD,
        ),
        (
            "more after the records",
            holding(0, &joined(&[&records, b"zzz"])),
            ErrorCode::INVALID_RECORD,
        ),
        (
            "delete horizon",
            patched(&draft, 21, &64i16.to_be_bytes()),
            ErrorCode::NONE,
        ),
        (
            "unknown attribute",
            patched(&draft, 21, &512i16.to_be_bytes()),
            ErrorCode::NONE,
        ),
        (
            "leader epoch",
            joined(&[&good[..12], &[0, 0, 0, 77], &good[16..]]),
            ErrorCode::NONE,
        ),
        (
            "largest timestamp",
            patched(&draft, 35, &5i64.to_be_bytes()),
            ErrorCode::NONE,
        ),
        (
            "negative timestamp",
            draft.clone().at(-5).bytes(),
            ErrorCode::NONE,
        ),
        ("no timestamp", draft.clone().at(-1).bytes(), ErrorCode::NONE),
        ("cut", good.slice(..good.len() - 3), ErrorCode::INVALID_RECORD),
        ("16 bytes", good.slice(..16), ErrorCode::INVALID_RECORD),
        (
            "zeros behind",
            joined(&[&good, &[0; 20]]),
            ErrorCode::CORRUPT_MESSAGE,
        ),
        ("three bytes behind", joined(&[&good, &[0; 3]]), ErrorCode::NONE),
        (
            "a cut batch behind",
            joined(&[&good, &good[..70]]),
            ErrorCode::NONE,
        ),
        (
            "length 10",
            joined(&[&good[..8], &[0, 0, 0, 10], &good[12..]]),
            ErrorCode::CORRUPT_MESSAGE,
        ),
        (
            "length -10",
            joined(&[&good[..8], &[255, 255, 255, 246], &good[12..]]),
            ErrorCode::CORRUPT_MESSAGE,
        ),
        (
            "magic 9",
            joined(&[&good[..16], &[9], &good[17..]]),
            ErrorCode::CORRUPT_MESSAGE,
        ),
        (
            "no producer epoch",
            draft.clone().by(6, -1, 0).bytes(),
            ErrorCode::NONE,
        ),
    ];
    for (what, raw, expected) in cases {
        let mut log = memory();
        assert_eq!(code(append_raw(&mut log, raw)), expected, "{what}");
        let end = if expected.is_ok() { 2 } else { 0 };
        assert_eq!(log.end_offset(), end, "{what}");
        assert!(
            log.batches()
                .all(|batch| batch.is_ok_and(|batch| batch.verify().is_ok())),
            "{what}"
        );
        assert_eq!(offsets(&log).len(), usize::try_from(end).unwrap(), "{what}");
    }
}
