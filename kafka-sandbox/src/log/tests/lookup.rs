use super::*;

fn found(result: Result<Option<FoundRecord>, ReadError>) -> Option<(i64, i64, i32)> {
    result
        .unwrap()
        .map(|found| (found.offset, found.timestamp, found.leader_epoch))
}

#[test]
fn records_are_found_by_their_time() {
    let mut log = memory();
    assert_eq!(found(log.max_timestamp()), None);
    assert_eq!(found(log.offset_for_timestamp(0)), None);
    let settings = LogSettings {
        segment_bytes: 200,
        ..LogSettings::default()
    };
    for compression in [Compression::None, Compression::Gzip] {
        let mut draft = values(&["a", "b", "c"]).compressed(compression);
        // Times do not rise within a batch or from one to the next.
        for times in [[10, 30, 20], [25, 5, 40], [35, 40, 1]] {
            for (record, time) in draft.records.iter_mut().zip(times) {
                record.0 = START + time;
            }
            log.append(now(), draft.bytes(), 3, &settings, Verification::Unchecked)
                .unwrap();
        }
    }
    for (time, offset, at) in [(0, 0, 10), (10, 0, 10), (11, 1, 30), (31, 5, 40), (40, 5, 40)] {
        assert_eq!(
            found(log.offset_for_timestamp(START + time)),
            Some((offset, START + at, 3)),
            "{time}"
        );
    }
    assert_eq!(found(log.offset_for_timestamp(START + 41)), None);
    assert_eq!(found(log.max_timestamp()), Some((5, START + 40, 3)));
    log.delete_before(6).unwrap();
    assert_eq!(
        found(log.offset_for_timestamp(START + 31)),
        Some((6, START + 35, 3))
    );
    assert_eq!(found(log.max_timestamp()), Some((7, START + 40, 3)));
}

#[test]
fn records_before_the_start_are_not_found() {
    let mut log = memory();
    append(&mut log, &values(&["a", "b"]).at(START + 5)).unwrap();
    append(&mut log, &values(&["c"]).at(START)).unwrap();
    log.delete_before(1).unwrap();
    assert_eq!(found(log.offset_for_timestamp(START)), Some((1, START + 5, 0)));
}

#[test]
fn batches_are_iterated_for_those_who_check() {
    let mut log = memory();
    append(&mut log, &values(&["a"]).by(1, 0, 0).transactional()).unwrap();
    append(&mut log, &values(&["b"; 5000])).unwrap();
    end(&mut log, marker(1, 0, false));
    let all: Vec<_> = log.batches().map(Result::unwrap).collect();
    let offsets: Vec<_> = all.iter().map(|batch| batch.header().base_offset).collect();
    assert_eq!(offsets, [0, 1, 5001]);
    assert!(all[2].header().attributes.is_control());
    log.delete_before(3).unwrap();
    assert_eq!(log.batches().next().unwrap().unwrap().header().base_offset, 1);
}

#[test]
fn bytes_are_counted_as_they_are_read() {
    let mut log = memory();
    let settings = LogSettings {
        segment_bytes: 700,
        ..LogSettings::default()
    };
    let mut sizes = Vec::new();
    for number in 0..30 {
        let draft = values(&["a", "b", &"c".repeat(number * 7)]);
        sizes.push(u64::try_from(draft.bytes().len()).unwrap());
        log.append(now(), draft.bytes(), 0, &settings, Verification::Unchecked)
            .unwrap();
    }
    assert!(log.segments.len() > 3);
    for from in 0..=90_usize {
        for to in 0..=90_usize {
            // Batches that the limit is in the middle of do not count.
            let batches = sizes.get(from / 3..to / 3).unwrap_or_default();
            let expected: u64 = batches.iter().sum();
            let (from, to) = (i64::try_from(from).unwrap(), i64::try_from(to).unwrap());
            assert_eq!(
                log.bytes_between(from, to, u64::MAX).unwrap(),
                expected,
                "{from}..{to}"
            );
            assert_eq!(log.bytes_between(from, to, 500).unwrap(), expected.min(500));
        }
    }
    for outside in [-1, 91] {
        let refused = log.bytes_between(outside, 90, 1);
        assert!(matches!(refused, Err(ReadError::OutOfRange { .. })));
    }
}
