use super::*;

fn small_segments() -> LogSettings {
    LogSettings {
        segment_bytes: 200,
        ..LogSettings::default()
    }
}

fn append_small(log: &mut Log, draft: &Draft) -> Appended {
    log.append(
        now(),
        draft.bytes(),
        0,
        &small_segments(),
        Verification::Unchecked,
    )
    .unwrap()
}

#[test]
fn records_are_deleted_up_to_an_offset() {
    let mut log = memory();
    for n in 0..10 {
        append_small(&mut log, &values(&["a", "b"]).by(1, 0, 2 * n));
    }
    let before = log.size();
    assert_eq!(log.delete_before(7).unwrap(), 7);
    assert!(log.size() < before);
    assert_eq!(offsets(&log), (7..20).collect::<Vec<_>>());
    assert_eq!(log.delete_before(3).unwrap(), 7);
    assert_eq!(
        log.delete_before(21).unwrap_err().code(),
        ErrorCode::OFFSET_OUT_OF_RANGE
    );
    assert_eq!(
        log.read(6, 100, true, 20).unwrap_err().code(),
        ErrorCode::OFFSET_OUT_OF_RANGE
    );
    assert_eq!(log.delete_before(20).unwrap(), 20);
    assert_eq!((log.size(), log.start_offset(), log.end_offset()), (0, 20, 20));
    assert_eq!(
        append_small(&mut log, &values(&["x"]).by(1, 0, 20)).base_offset,
        20
    );
    assert_eq!(offsets(&log), [20]);
}

#[test]
fn truncation_takes_producers_back() {
    let mut log = memory();
    for n in 0..4 {
        append_small(&mut log, &values(&["a"]).by(1, 0, n));
    }
    append_small(&mut log, &values(&["b"]).by(2, 0, 0).transactional());
    end(&mut log, marker(2, 1, false));
    assert_eq!(log.aborted(0, 9).len(), 1);
    log.truncate(5).unwrap();
    assert_eq!((log.end_offset(), log.last_stable_offset()), (5, 4));
    assert_eq!(log.aborted(0, 9), []);
    assert_eq!(log.open_transaction(2).unwrap().epoch, 0);
    log.truncate(2).unwrap();
    assert_eq!(log.producers().count(), 1);
    assert_eq!(log.last_stable_offset(), 2);
    let appended = append_small(&mut log, &values(&["c"]).by(1, 0, 2));
    assert_eq!((appended.base_offset, appended.duplicate), (2, false));
    assert_eq!(offsets(&log), [0, 1, 2]);
}

#[test]
fn truncation_takes_whole_batches_and_epochs() {
    let mut log = memory();
    append(&mut log, &values(&["a", "b", "c"])).unwrap();
    let settings = LogSettings::default();
    log.append(
        now(),
        values(&["d"]).bytes(),
        5,
        &settings,
        Verification::Unchecked,
    )
    .unwrap();
    log.truncate(2).unwrap();
    assert_eq!(
        (offsets(&log), log.end_offset(), log.latest_epoch()),
        (vec![], 0, None)
    );
    log.append(
        now(),
        values(&["e"]).bytes(),
        6,
        &settings,
        Verification::Unchecked,
    )
    .unwrap();
    assert_eq!((offsets(&log), log.epoch_end(6)), (vec![0], (6, 1)));
}

#[test]
fn old_segments_are_removed() {
    let mut log = memory();
    let settings = LogSettings {
        retention_ms: 1000,
        check_interval_ms: 100,
        ..small_segments()
    };
    assert_eq!(log.next_maintenance(now(), &settings), None);
    for n in 0..6 {
        let draft = values(&["a", "b"]).at(START + n * 100);
        log.append(now(), draft.bytes(), 0, &settings, Verification::Unchecked)
            .unwrap();
    }
    assert_eq!(log.segments.len(), 3);
    assert_eq!(
        log.next_maintenance(now(), &settings),
        Some(Duration::from_millis(1101))
    );
    assert_eq!(
        log.maintain(after(1100), &settings).unwrap(),
        Maintained::default()
    );
    let done = log.maintain(after(1101), &settings).unwrap();
    assert_eq!((done.removed_segments, log.start_offset()), (1, 4));
    assert_eq!(
        log.next_maintenance(after(1101), &settings),
        Some(Duration::from_millis(1301))
    );
    assert_eq!(log.maintain(after(5000), &settings).unwrap().removed_segments, 2);
    assert_eq!((log.start_offset(), log.size()), (12, 0));
    assert_eq!(log.next_maintenance(after(5000), &settings), None);
}

#[test]
fn large_logs_are_cut() {
    let mut log = memory();
    let settings = LogSettings {
        retention_ms: -1,
        retention_bytes: 400,
        ..small_segments()
    };
    for _ in 0..20 {
        append_small(&mut log, &values(&["0123456789"]));
    }
    assert_eq!(log.next_maintenance(now(), &settings), Some(now().elapsed));
    assert!(log.maintain(now(), &settings).unwrap().removed_segments > 0);
    assert!((400..600).contains(&log.size()), "{}", log.size());
    assert_eq!(log.maintain(now(), &settings).unwrap().removed_segments, 0);
    assert_eq!(log.next_maintenance(now(), &settings), None);
}

#[test]
fn records_without_timestamps_are_as_old_as_their_segment() {
    let mut log = memory();
    let settings = LogSettings {
        retention_ms: 1000,
        ..LogSettings::default()
    };
    log.append(
        after(50),
        values(&["a"]).at(-1).bytes(),
        0,
        &settings,
        Verification::Unchecked,
    )
    .unwrap();
    assert_eq!(log.maintain(after(1050), &settings).unwrap().removed_segments, 0);
    assert_eq!(log.maintain(after(1051), &settings).unwrap().removed_segments, 1);
}

#[test]
fn silent_producers_are_forgotten() {
    let mut log = memory();
    let settings = LogSettings {
        producer_id_expiration_ms: 1000,
        check_interval_ms: 0,
        ..LogSettings::default()
    };
    append(&mut log, &values(&["a"]).by(1, 0, 0)).unwrap();
    append(&mut log, &values(&["a"]).by(2, 0, 0).transactional()).unwrap();
    append(&mut log, &values(&["a"]).at(START + 10).by(3, 0, 0)).unwrap();
    assert_eq!(
        log.next_maintenance(now(), &settings),
        Some(Duration::from_secs(1))
    );
    assert_eq!(log.maintain(after(1000), &settings).unwrap().expired_producers, 1);
    let left: Vec<_> = log.producers().map(|producer| producer.producer_id).collect();
    assert_eq!(left, [2, 3]);
    append(&mut log, &values(&["a"]).by(1, 0, 7)).unwrap();
}

#[test]
fn segments_roll_with_time() {
    let mut log = memory();
    let settings = LogSettings {
        segment_ms: 100,
        ..LogSettings::default()
    };
    for time in [0, 100, 101, 102, 300] {
        let draft = values(&["a"]).at(START + time);
        log.append(now(), draft.bytes(), 0, &settings, Verification::Unchecked)
            .unwrap();
    }
    let bases: Vec<_> = log.segments.iter().map(|segment| segment.base_offset).collect();
    assert_eq!(bases, [0, 2, 4]);
}
