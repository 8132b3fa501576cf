use std::collections::BTreeMap;

use proptest::prelude::*;
use protocol::Uuid;
use protocol::records::{AbortedTransactions, Header};

use super::*;
use crate::storage::{DirectoryStorage, Storage};

fn compacting() -> LogSettings {
    LogSettings {
        cleanup: Cleanup {
            delete: false,
            compact: true,
        },
        segment_bytes: 300,
        delete_retention_ms: 1000,
        min_cleanable_dirty_ratio: 0.0,
        check_interval_ms: 0,
        ..LogSettings::default()
    }
}

fn put(log: &mut Log, draft: &Draft) -> Appended {
    log.append(now(), draft.bytes(), 0, &compacting(), Verification::Unchecked)
        .unwrap()
}

/// Makes what was appended so far no part of the active segment.
fn roll(log: &mut Log) {
    let settings = LogSettings {
        segment_bytes: 80,
        ..compacting()
    };
    let draft = pairs(&[("\u{7f}", Some("active"))]);
    log.append(now(), draft.bytes(), 0, &settings, Verification::Unchecked)
        .unwrap();
}

/// Compacts until there is nothing to do.
fn compact(log: &mut Log, now: Now, settings: &LogSettings) -> u64 {
    let mut bytes = 0;
    loop {
        let done = log.maintain(now, settings).unwrap();
        bytes += done.compacted_bytes;
        if !done.more {
            return bytes;
        }
    }
}

/// Offset, key and value of all that `read_committed` consumers see.
fn committed(log: &Log) -> Vec<(i64, String, Option<String>)> {
    let mut decompressor = Decompressor::default();
    let aborted = log.aborted(log.start_offset(), log.last_stable_offset());
    let mut filter = AbortedTransactions::new(aborted);
    let mut found = Vec::new();
    for batch in log.batches() {
        let batch = batch.unwrap();
        batch.verify().unwrap();
        if batch.header().next_offset() > log.last_stable_offset() {
            break;
        }
        if !filter.admits(&batch, &mut decompressor).unwrap() {
            continue;
        }
        for record in &batch.records(&mut decompressor).unwrap() {
            let record = record.unwrap();
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            found.push((record.offset, text(record.key.unwrap()), record.value.map(text)));
        }
    }
    found
}

fn keys(log: &Log) -> Vec<(i64, String)> {
    let found = committed(log).into_iter();
    found
        .map(|(offset, key, value)| (offset, format!("{key}={}", value.unwrap_or_default())))
        .collect()
}

fn owned(expected: &[(i64, &str)]) -> Vec<(i64, String)> {
    expected
        .iter()
        .map(|(offset, text)| (*offset, (*text).to_owned()))
        .collect()
}

#[test]
fn the_last_record_of_a_key_is_kept_where_it_is() {
    for compression in Compression::ALL {
        let mut log = memory();
        put(
            &mut log,
            &pairs(&[("a", Some("1")), ("b", Some("1")), ("c", Some("1"))]).compressed(compression),
        );
        put(&mut log, &pairs(&[("a", Some("2"))]).compressed(compression));
        put(
            &mut log,
            &pairs(&[("b", Some("2")), ("a", Some("3"))]).compressed(compression),
        );
        roll(&mut log);
        let before = log.size();
        assert_eq!(log.next_maintenance(now(), &compacting()), Some(now().elapsed));
        let bytes = compact(&mut log, now(), &compacting());
        assert_eq!(bytes, before - log.size());
        assert!(bytes > 0);
        let kept = owned(&[(2, "c=1"), (4, "b=2"), (5, "a=3"), (6, "\u{7f}=active")]);
        assert_eq!(keys(&log), kept, "{compression}");
        assert_eq!((log.start_offset(), log.end_offset()), (0, 7));
        // An offset that went is read from what comes next.
        assert_eq!(records(&log, 3, 7)[0].0, 4);
        assert_eq!(compact(&mut log, after(99_999), &compacting()), 0);
        assert_eq!(log.next_maintenance(now(), &compacting()), None);
    }
}

#[test]
fn headers_and_times_stay() {
    let mut log = memory();
    let mut open = OpenBatch::new(1 << 20);
    let header = Header::new("trace", Some(b"x"));
    for (n, key) in ["a", "b", "a"].into_iter().enumerate() {
        let time = START + i64::try_from(n).unwrap() * 7;
        open.append(
            time,
            Some(key.as_bytes()),
            None,
            [header, Header::new("null", None)].into_iter(),
        )
        .unwrap();
    }
    let raw = open
        .seal(&SealOptions::default(), &mut Compressor::new())
        .unwrap()
        .bytes()
        .clone();
    log.append(after(20), raw, 4, &compacting(), Verification::Unchecked)
        .unwrap();
    roll(&mut log);
    compact(&mut log, now(), &compacting());
    let batch = log.batches().next().unwrap().unwrap();
    assert_eq!(
        (
            batch.header().partition_leader_epoch,
            batch.header().max_timestamp
        ),
        (4, START + 14)
    );
    assert!(batch.header().attributes.has_delete_horizon());
    assert_eq!(batch.header().base_timestamp, START + 1000);
    let stored = batch.records(&mut Decompressor::default()).unwrap();
    let found: Vec<_> = stored
        .iter()
        .map(Result::unwrap)
        .map(|record| (record.offset, record.timestamp))
        .collect();
    assert_eq!(found, [(1, START + 7), (2, START + 14)]);
    for record in &stored {
        let headers: Vec<_> = record.unwrap().headers().iter().collect();
        assert_eq!(headers, [header, Header::new("null", None)]);
    }
    assert_eq!(log.offset_for_timestamp(START + 8).unwrap().unwrap().offset, 2);
}

#[test]
fn tombstones_serve_their_time() {
    let mut log = memory();
    put(&mut log, &pairs(&[("a", Some("1")), ("b", Some("1"))]));
    put(&mut log, &pairs(&[("a", None)]));
    roll(&mut log);
    compact(&mut log, after(0), &compacting());
    let kept = owned(&[(1, "b=1"), (2, "a="), (3, "\u{7f}=active")]);
    assert_eq!(keys(&log), kept);
    // The next rounds, before and after its time.
    put(&mut log, &pairs(&[("c", Some("1"))]));
    roll(&mut log);
    compact(&mut log, after(999), &compacting());
    assert!(keys(&log).contains(&(2, "a=".to_owned())));
    put(&mut log, &pairs(&[("c", Some("2"))]));
    roll(&mut log);
    compact(&mut log, after(1000), &compacting());
    assert!(!keys(&log).contains(&(2, "a=".to_owned())));
    assert!(keys(&log).contains(&(1, "b=1".to_owned())));
}

#[test]
fn aborted_records_go_and_do_not_count_as_last() {
    let mut log = memory();
    put(&mut log, &pairs(&[("a", Some("1")), ("b", Some("1"))]));
    put(
        &mut log,
        &pairs(&[("a", Some("aborted")), ("d", Some("aborted"))])
            .by(1, 0, 0)
            .transactional(),
    );
    put(&mut log, &pairs(&[("b", Some("2"))]).by(2, 0, 0).transactional());
    end(&mut log, marker(1, 0, false));
    end(&mut log, marker(2, 0, true));
    roll(&mut log);
    compact(&mut log, now(), &compacting());
    let kept = owned(&[(0, "a=1"), (4, "b=2"), (7, "\u{7f}=active")]);
    assert_eq!(keys(&log), kept);
    let uncommitted = records(&log, 0, log.end_offset());
    assert!(uncommitted.iter().all(|(_, value)| value != "aborted"));
}

#[test]
fn nothing_behind_an_open_transaction_is_compacted() {
    let mut log = memory();
    put(&mut log, &pairs(&[("a", Some("1"))]));
    put(&mut log, &pairs(&[("a", Some("2"))]).by(1, 0, 0).transactional());
    put(&mut log, &pairs(&[("a", Some("3"))]));
    roll(&mut log);
    compact(&mut log, now(), &compacting());
    assert_eq!(records(&log, 0, 4).len(), 4);
    end(&mut log, marker(1, 0, false));
    roll(&mut log);
    compact(&mut log, now(), &compacting());
    let kept = owned(&[(2, "a=3"), (3, "\u{7f}=active"), (5, "\u{7f}=active")]);
    assert_eq!(keys(&log), kept, "the active segment's keys do not count yet");
    assert_eq!(log.last_stable_offset(), log.end_offset());
}

#[test]
fn markers_go_when_their_transaction_and_their_time_have_gone() {
    let mut log = memory();
    put(&mut log, &pairs(&[("a", Some("1"))]).by(1, 0, 0).transactional());
    end(&mut log, marker(1, 0, true));
    put(&mut log, &pairs(&[("a", Some("2"))]).by(1, 0, 1));
    let control = |log: &Log| {
        let batches = log.batches().map(Result::unwrap);
        let mut markers = batches.filter(|batch| batch.header().attributes.is_control());
        markers
            .next()
            .map(|batch| batch.header().attributes.has_delete_horizon())
    };
    let mut round = |time| {
        roll(&mut log);
        compact(&mut log, after(time), &compacting());
        control(&log)
    };
    assert_eq!(
        round(0),
        Some(false),
        "its transaction's records went in the same round"
    );
    assert_eq!(round(10), Some(true));
    assert_eq!(round(1009), Some(true));
    assert_eq!(round(1010), None);
    assert_eq!(keys(&log)[0], (2, "a=2".to_owned()));
}

#[test]
fn sequences_survive_without_their_records() {
    let dir = directory();
    let open = || {
        let mut storage = DirectoryStorage::open(dir.path()).unwrap();
        let store = storage.open("orders", 0, Uuid::from_bytes([1; 16])).unwrap();
        Log::open("orders-0", store).unwrap().0
    };
    let mut log = open();
    put(
        &mut log,
        &pairs(&[("a", Some("1")), ("a", Some("2"))]).by(1, 0, 0),
    );
    put(&mut log, &pairs(&[("a", Some("3"))]).by(1, 0, 2));
    put(&mut log, &pairs(&[("a", Some("4"))]));
    roll(&mut log);
    compact(&mut log, now(), &compacting());
    assert_eq!(keys(&log), owned(&[(3, "a=4"), (4, "\u{7f}=active")]));
    let batch = log.batches().next().unwrap().unwrap();
    assert_eq!((batch.header().base_offset, batch.header().count), (2, Some(0)));
    drop(log);
    std::fs::remove_file(dir.path().join("orders-0/state.json")).unwrap();
    let mut log = open();
    assert!(put(&mut log, &pairs(&[("a", Some("3"))]).by(1, 0, 2)).duplicate);
    put(&mut log, &pairs(&[("a", Some("5"))]).by(1, 0, 3));
}

#[test]
fn young_records_and_clean_logs_wait() {
    let mut log = memory();
    let settings = LogSettings {
        min_compaction_lag_ms: 500,
        min_cleanable_dirty_ratio: 0.5,
        max_compaction_lag_ms: 5000,
        ..compacting()
    };
    put(&mut log, &pairs(&[("a", Some("1")), ("a", Some("2"))]));
    roll(&mut log);
    assert_eq!(compact(&mut log, after(499), &settings), 0);
    assert_eq!(
        log.next_maintenance(after(499), &settings),
        Some(Duration::from_millis(500))
    );
    assert!(compact(&mut log, after(500), &settings) > 0);
    for _ in 0..3 {
        let draft = pairs(&[("b", Some("x")), ("c", Some("x")), ("d", Some("x"))]);
        put(&mut log, &draft.at(START + 600));
    }
    roll(&mut log);
    compact(&mut log, after(1200), &settings);
    // Little is dirty now, but some day it is old.
    put(&mut log, &pairs(&[("b", Some("y"))]).at(START + 2000));
    roll(&mut log);
    let due = log.next_maintenance(after(3000), &settings).unwrap();
    assert!(
        due > after(3000).elapsed && due <= Duration::from_millis(7001),
        "{due:?}"
    );
    assert_eq!(compact(&mut log, after(3000), &settings), 0);
    let now = Now::at(due, START);
    let before = keys(&log).len();
    log.maintain(now, &settings).unwrap();
    assert!(keys(&log).len() < before);
}

#[derive(Clone, Debug)]
enum Step {
    Append {
        pairs: Vec<(u8, Option<u16>)>,
        producer: Option<i64>,
        compression: Compression,
    },
    Marker {
        producer: i64,
        committed: bool,
    },
    Compact {
        millis: u64,
        calls: usize,
    },
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let pairs = prop::collection::vec((0..12u8, prop::option::weighted(0.8, any::<u16>())), 1..6);
    let compression = prop::sample::select(Compression::ALL.to_vec());
    let append = (pairs, prop::option::weighted(0.5, 0..3i64), compression);
    let step = prop_oneof![
        10 => append.prop_map(|(pairs, producer, compression)| Step::Append { pairs, producer, compression }),
        4 => (0..3i64, any::<bool>()).prop_map(|(producer, committed)| Step::Marker { producer, committed }),
        3 => (0..800u64, 1..9usize).prop_map(|(millis, calls)| Step::Compact { millis, calls }),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..100)
}

/// What a consumer that reads everything ends up with.
fn table(log: &Log) -> BTreeMap<String, String> {
    let mut table = BTreeMap::new();
    for (_, key, value) in committed(log) {
        match value {
            Some(value) => table.insert(key, value),
            None => table.remove(&key),
        };
    }
    table
}

fn run(steps: Vec<Step>) {
    let dir = directory();
    let open = |dir: &std::path::Path| {
        let mut storage = DirectoryStorage::open(dir).unwrap();
        let store = storage.open("orders", 0, Uuid::from_bytes([1; 16])).unwrap();
        let (log, recovery) = Log::open("orders-0", store).unwrap();
        assert_eq!(recovery, Recovery::default());
        log
    };
    // Two logs take the same, and one of them is compacted.
    let (mut log, mut twin) = (open(dir.path()), memory());
    let mut sequences = [0; 3];
    let mut time = 0;
    for step in steps {
        match step {
            Step::Append {
                pairs: drawn,
                producer,
                compression,
            } => {
                let texts: Vec<_> = drawn
                    .iter()
                    .map(|(key, value)| (format!("k{key}"), value.map(|value| value.to_string())))
                    .collect();
                let refs: Vec<_> = texts
                    .iter()
                    .map(|(key, value)| (key.as_str(), value.as_deref()))
                    .collect();
                let mut draft = pairs(&refs).compressed(compression);
                if let Some(id) = producer {
                    let sequence = &mut sequences[usize::try_from(id).unwrap()];
                    draft = draft.by(id, 0, *sequence).transactional();
                    *sequence += i32::try_from(refs.len()).unwrap();
                }
                assert_eq!(put(&mut log, &draft), put(&mut twin, &draft));
            }
            Step::Marker { producer, committed } => {
                let marker = marker(producer, 0, committed);
                for log in [&mut log, &mut twin] {
                    log.append_marker(now(), marker, 0, &compacting()).unwrap();
                }
            }
            Step::Compact { millis, calls } => {
                time += millis;
                for _ in 0..calls {
                    log.maintain(after(time), &compacting()).unwrap();
                }
            }
            Step::Reopen => {
                drop(log);
                log = open(dir.path());
            }
        }
        let bounds = |log: &Log| (log.start_offset(), log.end_offset(), log.last_stable_offset());
        assert_eq!(bounds(&log), bounds(&twin));
        assert_eq!(table(&log), table(&twin));
        // Nothing was made up or moved, and order is kept.
        let all = committed(&twin);
        let kept = committed(&log);
        assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(kept.iter().all(|record| all.binary_search(record).is_ok()));
        let known: Vec<_> = log.producers().cloned().collect();
        assert_eq!(known, twin.producers().cloned().collect::<Vec<_>>());
    }
    let before = log.segments.len();
    if before > 1 {
        compact(&mut log, after(time + 5000), &compacting());
        // Before the active segment no key is there twice.
        let mut seen = std::collections::BTreeSet::new();
        let limit = log
            .segments
            .last()
            .unwrap()
            .base_offset
            .min(log.last_stable_offset());
        for (offset, key, _) in committed(&log) {
            assert!(offset >= limit || seen.insert(key), "offset {offset} of {limit}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn compaction_changes_nothing_that_counts(steps in steps()) {
        run(steps);
    }
}
