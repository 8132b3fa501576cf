use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use protocol::Uuid;

use super::*;
use crate::storage::{DirectoryStorage, Storage, StorageError, StoredSegment};

/// A store on a disk with room for so many bytes.
#[derive(Debug)]
struct SmallStore {
    inner: Box<dyn LogStore>,
    room: Arc<AtomicUsize>,
}

impl SmallStore {
    fn take(&self, len: usize) -> Result<(), StorageError> {
        let taken = self
            .room
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |room| room.checked_sub(len));
        let full = |_| StorageError::new("append to", "the small disk", io::ErrorKind::StorageFull.into());
        taken.map(drop).map_err(full)
    }
}

impl LogStore for SmallStore {
    fn segments(&self) -> Result<Vec<StoredSegment>, StorageError> {
        self.inner.segments()
    }
    fn append(&mut self, segment: i64, position: u64, parts: &[&[u8]]) -> Result<(), StorageError> {
        if let Err(error) = self.take(parts.iter().map(|part| part.len()).sum()) {
            if position == 0 {
                // There is room for a name.
                self.inner.append(segment, 0, &[])?;
            }
            return Err(error);
        }
        self.inner.append(segment, position, parts)
    }
    fn read(&self, segment: i64, position: u64, len: usize) -> Result<Bytes, StorageError> {
        self.inner.read(segment, position, len)
    }
    fn peek(&self, segment: i64, position: u64, into: &mut [u8]) -> Result<usize, StorageError> {
        self.inner.peek(segment, position, into)
    }
    fn truncate(&mut self, segment: i64, size: u64) -> Result<(), StorageError> {
        self.inner.truncate(segment, size)
    }
    fn remove(&mut self, segment: i64) -> Result<(), StorageError> {
        self.inner.remove(segment)
    }
    fn replace(&mut self, segments: &[i64], parts: &[Bytes]) -> Result<(), StorageError> {
        self.take(parts.iter().map(Bytes::len).sum())?;
        self.inner.replace(segments, parts)
    }
    fn set_aside(&mut self, segment: i64) -> Result<(), StorageError> {
        self.inner.set_aside(segment)
    }
    fn load_state(&self) -> Result<Option<Bytes>, StorageError> {
        self.inner.load_state()
    }
    fn save_state(&mut self, state: &[u8]) -> Result<(), StorageError> {
        self.take(state.len())?;
        self.inner.save_state(state)
    }
    fn sync(&mut self) -> Result<(), StorageError> {
        self.inner.sync()
    }
}

fn small() -> (Log, Arc<AtomicUsize>) {
    let (log, recovery, room) = small_on(Box::new(MemoryStore::default()));
    assert_eq!(recovery, Recovery::default());
    (log, room)
}

fn small_on(inner: Box<dyn LogStore>) -> (Log, Recovery, Arc<AtomicUsize>) {
    let room = Arc::new(AtomicUsize::new(0));
    let store = SmallStore {
        inner,
        room: Arc::clone(&room),
    };
    let (log, recovery) = Log::open("orders-0", Box::new(store)).unwrap();
    (log, recovery, room)
}

/// The same, in a directory.
fn small_in(dir: &Path) -> (Log, Recovery, Arc<AtomicUsize>) {
    let mut storage = DirectoryStorage::open(dir).unwrap();
    small_on(storage.open("orders", 0, Uuid::from_bytes([7; 16])).unwrap())
}

#[test]
fn a_segment_that_could_not_be_begun_is_not_there() {
    let dir = directory();
    let settings = LogSettings {
        segment_bytes: 400,
        ..LogSettings::default()
    };
    let append = |log: &mut Log, value: &str| {
        let records = values(&[value]).bytes();
        log.append(now(), records, 0, &settings, Verification::Unchecked)
    };
    let (mut log, _, room) = small_in(dir.path());
    room.store(10_000, Ordering::Relaxed);
    append(&mut log, &"a".repeat(100)).unwrap();
    room.store(100, Ordering::Relaxed);
    append(&mut log, &"b".repeat(300)).unwrap_err();
    let names = || std::fs::read_dir(dir.path().join("orders-0")).unwrap();
    let segments = names().filter(|name| {
        let path = name.as_ref().unwrap().path();
        path.extension().is_some_and(|extension| extension == "log")
    });
    assert_eq!(segments.count(), 1);
    assert_eq!(append(&mut log, "c").unwrap().base_offset, 1);
    room.store(10_000, Ordering::Relaxed);
    assert_eq!(append(&mut log, "d").unwrap().base_offset, 2);
    drop(log);
    let (log, recovery, _) = small_in(dir.path());
    assert_eq!((offsets(&log), recovery), (vec![0, 1, 2], Recovery::default()));
}

#[test]
fn the_start_outlives_a_full_disk() {
    let dir = directory();
    let (mut log, _, room) = small_in(dir.path());
    room.store(10_000, Ordering::Relaxed);
    append(&mut log, &values(&["a", "b"])).unwrap();
    room.store(0, Ordering::Relaxed);
    // It is done, but what is known of producers is not written down.
    log.delete_before(2).unwrap_err();
    assert_eq!((log.start_offset(), log.end_offset(), log.size()), (2, 2, 0));
    drop(log);
    let (mut log, recovery, room) = small_in(dir.path());
    assert_eq!(
        (log.start_offset(), log.end_offset(), recovery),
        (2, 2, Recovery::default())
    );
    room.store(10_000, Ordering::Relaxed);
    assert_eq!(append(&mut log, &values(&["c"])).unwrap().base_offset, 2);
    log.delete_before(3).unwrap();
    assert_eq!(append(&mut log, &values(&["d"])).unwrap().base_offset, 3);
    drop(log);
    let (log, recovery, _) = small_in(dir.path());
    assert_eq!(
        (log.start_offset(), offsets(&log), recovery),
        (3, vec![3], Recovery::default())
    );
}

#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    let first = values(&["a"]).by(1, 0, 0).transactional();
    let second = values(&["b"]).by(1, 0, 1).transactional();
    let (one, two) = (first.bytes().len(), second.bytes().len());
    // The disk is full at every byte in turn.
    for room_len in 0..one + two {
        let (mut log, room) = small();
        room.store(room_len, Ordering::Relaxed);
        let fits = room_len >= one;
        let result = append(&mut log, &first);
        assert_eq!(result.is_ok(), fits);
        let before = format!("{log:?}");
        let refused = if fits { append(&mut log, &second) } else { result };
        let error = refused.unwrap_err();
        assert_eq!(error.code(), ErrorCode::KAFKA_STORAGE_ERROR);
        assert_eq!(
            format!("{log:?}").replace(&format!("room: {room_len}"), ""),
            before.replace(&format!("room: {room_len}"), "")
        );
        // There is room again: the producer sends the same batch again, and it is no duplicate.
        room.store(10_000, Ordering::Relaxed);
        let (next, offset) = if fits { (&second, 1) } else { (&first, 0) };
        let appended = append(&mut log, next).unwrap();
        assert_eq!((appended.base_offset, appended.duplicate), (offset, false));
        assert_eq!(offsets(&log).len(), usize::try_from(offset).unwrap() + 1);
    }
}

#[test]
fn a_marker_that_does_not_fit_ends_nothing() {
    let (mut log, room) = small();
    room.store(10_000, Ordering::Relaxed);
    append(&mut log, &values(&["a"]).by(1, 0, 0).transactional()).unwrap();
    room.store(10, Ordering::Relaxed);
    let settings = LogSettings::default();
    let refused = log.append_marker(now(), marker(1, 0, false), 0, &settings);
    assert_eq!(code(refused), ErrorCode::KAFKA_STORAGE_ERROR);
    assert_eq!(log.last_stable_offset(), 0);
    assert_eq!(log.aborted(0, 9), []);
    room.store(10_000, Ordering::Relaxed);
    end(&mut log, marker(1, 0, false));
    assert_eq!((log.last_stable_offset(), log.aborted(0, 9).len()), (2, 1));
}

#[test]
fn retention_makes_room_on_a_full_disk() {
    let (mut log, room) = small();
    room.store(10_000, Ordering::Relaxed);
    let settings = LogSettings {
        segment_bytes: 100,
        retention_ms: 1000,
        ..LogSettings::default()
    };
    for time in 0..3 {
        let draft = values(&["a"]).at(START + time);
        log.append(now(), draft.bytes(), 0, &settings, Verification::Unchecked)
            .unwrap();
    }
    room.store(0, Ordering::Relaxed);
    assert!(log.delete_before(2).unwrap_err().code() == ErrorCode::KAFKA_STORAGE_ERROR);
    // What was removed is gone although that could not be written down.
    assert_eq!((log.start_offset(), offsets(&log)), (2, vec![2]));
    let all = values(&["a", "b"]);
    room.store(10_000, Ordering::Relaxed);
    append(&mut log, &all).unwrap();
    room.store(0, Ordering::Relaxed);
    // Within a segment nothing would be removed, and the start would be forgotten.
    assert!(log.delete_before(4).is_err());
    assert_eq!(log.start_offset(), 2);
}

#[test]
fn compaction_without_room_changes_nothing() {
    let (mut log, room) = small();
    room.store(10_000, Ordering::Relaxed);
    let settings = LogSettings {
        cleanup: Cleanup {
            delete: false,
            compact: true,
        },
        segment_bytes: 100,
        ..LogSettings::default()
    };
    for _ in 0..4 {
        let draft = pairs(&[("k", Some("v"))]);
        log.append(now(), draft.bytes(), 0, &settings, Verification::Unchecked)
            .unwrap();
    }
    room.store(0, Ordering::Relaxed);
    assert!(log.maintain(now(), &settings).is_err());
    assert_eq!(offsets(&log), [0, 1, 2, 3]);
    room.store(10_000, Ordering::Relaxed);
    assert!(log.maintain(now(), &settings).unwrap().compacted_bytes > 0);
    assert_eq!(offsets(&log), [2, 3]);
}
