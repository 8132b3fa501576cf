//! Logs against a model: a vector of values.

use std::path::Path;

use proptest::prelude::*;
use protocol::Uuid;

use super::*;
use crate::storage::{DirectoryStorage, Storage};

#[derive(Clone, Debug)]
enum Step {
    Append {
        records: usize,
        len: usize,
        compression: Compression,
        producer: Option<i64>,
    },
    Marker {
        producer: i64,
        committed: bool,
    },
    Read {
        from: usize,
        max_bytes: usize,
    },
    DeleteBefore(usize),
    Truncate(usize),
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let compression = prop::sample::select(Compression::ALL.to_vec());
    let append = (1..20usize, 0..200usize, compression, prop::option::of(0..4i64));
    let step = prop_oneof![
        12 => append.prop_map(|(records, len, compression, producer)| Step::Append { records, len, compression, producer }),
        2 => (0..4i64, any::<bool>()).prop_map(|(producer, committed)| Step::Marker { producer, committed }),
        6 => (0..1000usize, 0..20_000usize).prop_map(|(from, max_bytes)| Step::Read { from, max_bytes }),
        1 => (0..1000usize).prop_map(Step::DeleteBefore),
        1 => (0..1000usize).prop_map(Step::Truncate),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..120)
}

/// What must be in the log.
#[derive(Default)]
struct Model {
    start: i64,
    /// Base offset, values, producer and its sequence; a marker has no values.
    batches: Vec<Stored>,
    end: i64,
}

/// Producer, first offset, marker.
type AbortedSpan = (i64, i64, i64);

struct Stored {
    base: i64,
    values: Vec<String>,
    producer: Option<(i64, i32)>,
    marker: Option<(i64, bool)>,
}

impl Stored {
    fn next(&self) -> i64 {
        self.base + i64::try_from(self.values.len().max(1)).unwrap()
    }
}

impl Model {
    fn sequence(&self, producer: i64) -> i32 {
        let mine = |stored: &&Stored| stored.producer.is_some_and(|(id, _)| id == producer);
        self.batches.iter().rev().find(mine).map_or(0, |stored| {
            stored.producer.unwrap().1 + i32::try_from(stored.values.len()).unwrap()
        })
    }

    /// First offsets of open transactions, and those aborted, with their markers.
    fn transactions(&self) -> (BTreeMap<i64, i64>, Vec<AbortedSpan>) {
        let (mut open, mut aborted) = (BTreeMap::new(), Vec::new());
        for stored in &self.batches {
            if let Some((id, committed)) = stored.marker {
                if let Some(first) = open.remove(&id)
                    && !committed
                {
                    aborted.push((id, first, stored.base));
                }
            } else if let Some((id, _)) = stored.producer {
                open.entry(id).or_insert(stored.base);
            }
        }
        (open, aborted)
    }

    fn values(&self, from: i64) -> Vec<(i64, String)> {
        let data = self.batches.iter().filter(|stored| stored.marker.is_none());
        data.flat_map(|stored| (stored.base..).zip(stored.values.iter().cloned()))
            .filter(|(offset, _)| *offset >= from)
            .collect()
    }
}

fn open(dir: Option<&Path>) -> Log {
    let store: Box<dyn LogStore> = match dir {
        Some(dir) => DirectoryStorage::open(dir)
            .unwrap()
            .open("orders", 0, Uuid::from_bytes([1; 16]))
            .unwrap(),
        None => Box::new(MemoryStore::default()),
    };
    let (log, recovery) = Log::open("orders-0", store).unwrap();
    assert_eq!(recovery, Recovery::default());
    log
}

fn scale(part: usize, from: i64, to: i64) -> i64 {
    from + i64::try_from(part).unwrap() * (to - from) / 1000
}

fn run(steps: Vec<Step>, dir: Option<&Path>) {
    let settings = LogSettings {
        segment_bytes: 9000,
        ..LogSettings::default()
    };
    let mut log = open(dir);
    let mut model = Model::default();
    for (index, step) in steps.into_iter().enumerate() {
        match step {
            Step::Append {
                records,
                len,
                compression,
                producer,
            } => {
                let texts: Vec<_> = (0..records)
                    .map(|n| format!("{index}/{n} {}", "x".repeat(len)))
                    .collect();
                let refs: Vec<_> = texts.iter().map(String::as_str).collect();
                let mut draft = values(&refs).compressed(compression);
                let producer = producer.map(|id| (id, model.sequence(id)));
                if let Some((id, sequence)) = producer {
                    draft = draft.by(id, 0, sequence).transactional();
                }
                let appended = log
                    .append(now(), draft.bytes(), 0, &settings, Verification::Unchecked)
                    .unwrap();
                assert_eq!(appended.base_offset, model.end);
                let stored = Stored {
                    base: model.end,
                    values: texts,
                    producer,
                    marker: None,
                };
                model.end = stored.next();
                model.batches.push(stored);
            }
            Step::Marker { producer, committed } => {
                end(&mut log, marker(producer, 0, committed));
                let stored = Stored {
                    base: model.end,
                    values: vec![],
                    producer: None,
                    marker: Some((producer, committed)),
                };
                model.end = stored.next();
                model.batches.push(stored);
            }
            Step::Read { from, max_bytes } => {
                let from = scale(from, model.start, model.end);
                let bytes = log.read(from, max_bytes, true, model.end).unwrap();
                let first = model.batches.iter().find(|stored| stored.next() > from);
                let read = Batches::new(bytes.clone())
                    .next()
                    .map(|batch| batch.unwrap().header().base_offset);
                assert_eq!(read, first.map(|stored| stored.base));
                let mut batches = Batches::new(bytes.clone());
                let whole: usize = batches.by_ref().map(|batch| batch.unwrap().header().size).sum();
                assert!(
                    whole == bytes.len() || bytes.len() == max_bytes,
                    "only the bound cuts"
                );
                assert!(bytes.len() <= max_bytes || Batches::new(bytes).count() == 1);
            }
            Step::DeleteBefore(part) => {
                let offset = scale(part, model.start, model.end);
                assert_eq!(log.delete_before(offset).unwrap(), offset);
                model.start = offset;
            }
            Step::Truncate(part) => {
                let offset = scale(part, model.start, model.end);
                log.truncate(offset).unwrap();
                model.batches.retain(|stored| stored.next() <= offset);
                let end = model.batches.last().map_or(0, Stored::next);
                model.end = end.max(model.start);
            }
            Step::Reopen => {
                if dir.is_some() {
                    drop(log);
                    log = open(dir);
                }
            }
        }
        check(&log, &model);
    }
}

fn check(log: &Log, model: &Model) {
    assert_eq!((log.start_offset(), log.end_offset()), (model.start, model.end));
    let (open, aborted) = model.transactions();
    // What began before the start is forgotten when all of it is removed.
    let visible = |first: &&i64| **first >= model.start;
    if open.values().all(|first| visible(&first)) {
        let first = open.values().min().copied();
        assert_eq!(log.last_stable_offset(), first.unwrap_or(model.end));
    }
    let listed = log.aborted(model.start, model.end);
    for (id, first, marker) in aborted {
        if first >= model.start && marker >= model.start {
            assert!(
                listed
                    .iter()
                    .any(|one| one.producer_id == id && one.first_offset == first)
            );
        }
    }
    let marked: Vec<_> = model
        .batches
        .iter()
        .filter(|stored| stored.marker.is_some())
        .map(|stored| stored.base)
        .collect();
    let mut found = records(log, model.start, model.end);
    found.retain(|(offset, _)| !marked.contains(offset));
    assert_eq!(found, model.values(model.start));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_log_in_memory_is_a_vector(steps in steps()) {
        run(steps, None);
    }

    #[test]
    fn a_log_on_disk_is_a_vector(steps in steps()) {
        let dir = directory();
        run(steps, Some(dir.path()));
    }
}
