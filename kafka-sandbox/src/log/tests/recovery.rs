use std::fs;
use std::path::{Path, PathBuf};

use protocol::Uuid;

use super::*;
use crate::storage::{DirectoryStorage, Storage};

const ID: Uuid = Uuid::from_bytes([7; 16]);

fn open(dir: &Path) -> (Log, Recovery) {
    let mut storage = DirectoryStorage::open(dir).unwrap();
    Log::open("orders-0", storage.open("orders", 0, ID).unwrap()).unwrap()
}

fn segment(dir: &Path, base: i64) -> PathBuf {
    dir.join("orders-0").join(format!("{base:020}.log"))
}

#[test]
fn everything_is_there_again() {
    let dir = directory();
    let settings = LogSettings {
        segment_bytes: 300,
        ..LogSettings::default()
    };
    let (mut log, recovery) = open(dir.path());
    assert_eq!(recovery, Recovery::default());
    assert!(!dir.path().join("orders-0").exists(), "an empty log has no files");
    for n in 0..10 {
        let draft = values(&["a", "b"]).by(1, 2, 2 * n);
        log.append(now(), draft.bytes(), n, &settings, Verification::Unchecked)
            .unwrap();
    }
    append(&mut log, &values(&["c"]).by(3, 0, 0).transactional()).unwrap();
    end(&mut log, marker(3, 0, false));
    append(&mut log, &values(&["d"]).by(3, 0, 1).transactional()).unwrap();
    log.delete_before(5).unwrap();
    let view = |log: &Log| {
        let producers: Vec<_> = log.producers().cloned().collect();
        (
            (
                log.start_offset(),
                log.end_offset(),
                log.last_stable_offset(),
                log.size(),
            ),
            (
                producers,
                log.aborted(0, 99),
                log.latest_epoch(),
                log.epoch_end(4),
            ),
            (records(log, 5, 23), log.max_timestamp().unwrap()),
        )
    };
    let before = view(&log);
    drop(log);
    let (mut log, recovery) = open(dir.path());
    assert_eq!(recovery, Recovery::default());
    assert_eq!(view(&log), before);
    assert!(
        append(&mut log, &values(&["d"]).by(3, 0, 1).transactional())
            .unwrap()
            .duplicate
    );
    append(&mut log, &values(&["e"]).by(3, 0, 2).transactional()).unwrap();
    assert_eq!(log.last_stable_offset(), 22);
}

#[test]
fn producers_outlive_their_records() {
    let dir = directory();
    let (mut log, _) = open(dir.path());
    append(&mut log, &values(&["a"]).by(1, 0, 0)).unwrap();
    log.delete_before(1).unwrap();
    drop(log);
    let (mut log, _) = open(dir.path());
    assert_eq!(
        (log.start_offset(), log.end_offset(), log.latest_epoch()),
        (1, 1, Some(0))
    );
    assert!(append(&mut log, &values(&["a"]).by(1, 0, 0)).unwrap().duplicate);
    append(&mut log, &values(&["b"]).by(1, 0, 1)).unwrap();
}

#[test]
fn a_clean_end_writes_down_what_markers_told() {
    let dir = directory();
    let (mut log, _) = open(dir.path());
    log.flush().unwrap();
    assert!(!dir.path().join("orders-0").exists(), "an empty log has no files");
    append(&mut log, &values(&["a"]).by(1, 0, 0).transactional()).unwrap();
    end(&mut log, marker(1, 4, true));
    log.flush().unwrap();
    append(&mut log, &values(&["b"]).by(2, 0, 0)).unwrap();
    let before: Vec<_> = log.producers().cloned().collect();
    drop(log);
    let (log, _) = open(dir.path());
    assert_eq!(log.producers().cloned().collect::<Vec<_>>(), before);
    assert_eq!(log.producers().next().unwrap().epoch, 4);
}

#[test]
fn a_torn_tail_is_cut_wherever_it_is_torn() {
    let dir = directory();
    let (mut log, _) = open(dir.path());
    append(&mut log, &values(&["a"])).unwrap();
    append(&mut log, &values(&["b", "c"]).by(1, 0, 0)).unwrap();
    drop(log);
    let path = segment(dir.path(), 0);
    let whole = fs::read(&path).unwrap();
    let first = values(&["a"]).bytes().len();
    for len in first..whole.len() {
        fs::write(&path, &whole[..len]).unwrap();
        let (mut log, recovery) = open(dir.path());
        assert_eq!(recovery.torn_bytes, u64::try_from(len - first).unwrap());
        assert_eq!(recovery.corrupt, []);
        assert_eq!(
            (offsets(&log), log.end_offset(), log.producers().count()),
            (vec![0], 1, 0)
        );
        append(&mut log, &values(&["d"])).unwrap();
        drop(log);
        let (log, recovery) = open(dir.path());
        assert_eq!((offsets(&log), recovery), (vec![0, 1], Recovery::default()));
    }
}

#[test]
fn batches_as_values_of_a_torn_one_are_no_batches() {
    let dir = directory();
    let (mut log, _) = open(dir.path());
    append(&mut log, &values(&["a"])).unwrap();
    let first = values(&["a"]).bytes().len();
    let mut stored = OpenBatch::new(1 << 20);
    // Also the offset that comes next.
    for base in [2, 3, 1000_i64] {
        let mut value = values(&["inner"]).bytes().to_vec();
        value[..8].copy_from_slice(&base.to_be_bytes());
        stored
            .append(START, None, Some(&value), std::iter::empty())
            .unwrap();
    }
    let sealed = stored.seal(&SealOptions::default(), &mut Compressor::new());
    let records = sealed.unwrap().bytes().clone();
    let settings = LogSettings::default();
    log.append(now(), records, 0, &settings, Verification::Unchecked)
        .unwrap();
    drop(log);
    let path = segment(dir.path(), 0);
    let whole = fs::read(&path).unwrap();
    for len in first + 1..whole.len() {
        fs::write(&path, &whole[..len]).unwrap();
        let (log, recovery) = open(dir.path());
        assert_eq!(recovery.torn_bytes, u64::try_from(len - first).unwrap(), "{len}");
        assert_eq!((recovery.corrupt, log.end_offset()), (vec![], 1), "{len}");
    }
}

#[test]
fn an_empty_segment_does_not_end_the_one_before() {
    let dir = directory();
    three(dir.path(), 1 << 20);
    let raw = fs::read(segment(dir.path(), 0)).unwrap();
    for base in [2, 3, 5, 6] {
        let empty = segment(dir.path(), base);
        fs::write(&empty, []).unwrap();
        fs::write(segment(dir.path(), 0), &raw).unwrap();
        let (log, recovery) = open(dir.path());
        assert_eq!((offsets(&log), recovery), ((0..6).collect(), Recovery::default()));
        assert_eq!(empty.exists(), base == 6);
    }
    // A crash may tear what came after the segment that could not be begun.
    fs::remove_file(segment(dir.path(), 6)).unwrap();
    fs::write(segment(dir.path(), 2), []).unwrap();
    fs::write(segment(dir.path(), 0), &raw[..raw.len() - 1]).unwrap();
    let (log, recovery) = open(dir.path());
    assert_eq!((log.end_offset(), recovery.corrupt), (4, vec![]));
    assert!(recovery.torn_bytes > 0);
}

/// Three batches of two records, one segment each or one for all.
fn three(dir: &Path, segment_bytes: u32) {
    let settings = LogSettings {
        segment_bytes,
        ..LogSettings::default()
    };
    let (mut log, _) = open(dir);
    for n in 0..3 {
        let draft = values(&["a", "b"]).by(1, 0, 2 * n);
        log.append(now(), draft.bytes(), 0, &settings, Verification::Unchecked)
            .unwrap();
    }
}

#[test]
fn damage_is_named_and_costs_only_itself() {
    for segment_bytes in [80, 1 << 20] {
        let size = values(&["a", "b"]).bytes().len();
        for at in 0..size {
            let dir = directory();
            three(dir.path(), segment_bytes);
            let (base, begin) = if segment_bytes == 80 { (2, 0) } else { (0, size) };
            let path = segment(dir.path(), base);
            let mut raw = fs::read(&path).unwrap();
            raw[begin + at] ^= 0x41;
            fs::write(&path, &raw).unwrap();
            let (mut log, recovery) = open(dir.path());
            let found = offsets(&log);
            // The leader's epoch is under no checksum: nobody can tell.
            if (12..16).contains(&at) {
                assert_eq!(found, [0, 1, 2, 3, 4, 5]);
                continue;
            }
            assert_eq!(found, [0, 1, 4, 5], "byte {at}: {recovery:?}");
            assert_eq!(recovery.torn_bytes, 0);
            assert_eq!(recovery.corrupt.len(), 1, "byte {at}: {recovery:?}");
            let corrupt = &recovery.corrupt[0];
            assert_eq!(
                (corrupt.segment, corrupt.position, corrupt.len, corrupt.offset),
                (
                    base,
                    u64::try_from(begin).unwrap(),
                    u64::try_from(size).unwrap(),
                    2
                )
            );
            assert_eq!(
                fs::read(path.with_extension("log.damaged")).unwrap(),
                raw,
                "there is a copy"
            );
            assert_eq!(
                append(&mut log, &values(&["x"]).by(1, 0, 6)).unwrap().base_offset,
                6
            );
            drop(log);
            let (log, recovery) = open(dir.path());
            assert_eq!(
                (offsets(&log), recovery),
                (vec![0, 1, 4, 5, 6], Recovery::default())
            );
        }
    }
}

#[test]
fn garbage_is_no_log() {
    let dir = directory();
    three(dir.path(), 1 << 20);
    let path = segment(dir.path(), 0);
    fs::write(&path, vec![0xee; 1000]).unwrap();
    let (mut log, recovery) = open(dir.path());
    assert_eq!((log.size(), log.end_offset(), recovery.corrupt.len()), (0, 0, 1));
    assert_eq!(append(&mut log, &values(&["x"])).unwrap().base_offset, 0);
    drop(log);
    let (log, recovery) = open(dir.path());
    assert_eq!((offsets(&log), recovery), (vec![0], Recovery::default()));
}

#[test]
fn segments_that_outlive_their_deletion_are_removed() {
    let dir = directory();
    three(dir.path(), 80);
    let first = fs::read(segment(dir.path(), 0)).unwrap();
    let (mut log, _) = open(dir.path());
    log.delete_before(3).unwrap();
    drop(log);
    fs::write(segment(dir.path(), 0), first).unwrap();
    let (log, recovery) = open(dir.path());
    assert_eq!(
        (log.start_offset(), offsets(&log), recovery),
        (3, vec![3, 4, 5], Recovery::default())
    );
    assert!(!segment(dir.path(), 0).exists());
}

#[test]
fn a_start_that_was_not_written_down_is_where_the_segments_begin() {
    let dir = directory();
    three(dir.path(), 80);
    fs::remove_file(segment(dir.path(), 0)).unwrap();
    let (log, recovery) = open(dir.path());
    assert_eq!(
        (log.start_offset(), offsets(&log), recovery),
        (2, vec![2, 3, 4, 5], Recovery::default())
    );
}

#[test]
fn state_that_is_ahead_of_the_log_is_not_believed() {
    let dir = directory();
    three(dir.path(), 80);
    let (mut log, _) = open(dir.path());
    append(&mut log, &values(&["x"]).by(9, 0, 0)).unwrap();
    log.flush().unwrap();
    drop(log);
    // A loss of power may take the end of a log along.
    fs::remove_file(segment(dir.path(), 6)).ok();
    let path = segment(dir.path(), 4);
    let raw = fs::read(&path).unwrap();
    fs::write(&path, &raw[..0]).unwrap();
    let (log, _) = open(dir.path());
    assert_eq!(log.end_offset(), 4);
    let producers: Vec<_> = log
        .producers()
        .map(|producer| (producer.producer_id, producer.last_sequence()))
        .collect();
    assert_eq!(producers, [(1, 3)]);
}

/// Writes one of everything to a directory, for Kafka's own tools to look at.
#[test]
#[ignore = "writes to the directory that SANDBOX_DUMP names"]
fn write_one_of_everything() {
    let dir = PathBuf::from(std::env::var("SANDBOX_DUMP").unwrap());
    let settings = LogSettings {
        cleanup: Cleanup {
            delete: true,
            compact: true,
        },
        segment_bytes: 700,
        min_cleanable_dirty_ratio: 0.0,
        check_interval_ms: 0,
        ..LogSettings::default()
    };
    let (mut log, _) = open(&dir);
    let mut sequence = 0;
    for (n, compression) in (0..).zip(Compression::ALL.into_iter().cycle().take(20)) {
        let key = format!("k{}", n % 6);
        let text = format!("{n} {}", "words ".repeat(30));
        let tombstone = (n % 4 == 0).then_some(text.as_str());
        let mut draft = pairs(&[(&key, Some(&text)), ("same", tombstone)]).compressed(compression);
        if n % 3 == 0 {
            draft = draft.by(1, 0, sequence).transactional();
            sequence += 2;
        }
        log.append(now(), draft.bytes(), n / 7, &settings, Verification::Unchecked)
            .unwrap();
        if n % 3 == 0 {
            log.append_marker(now(), marker(1, 0, n % 2 == 0), n / 7, &settings)
                .unwrap();
        }
    }
    while log.maintain(now(), &settings).unwrap().more {}
    log.append_internal(now(), &[(Some(Bytes::from_static(b"k")), None)], 3, &settings)
        .unwrap();
    log.flush().unwrap();
}
