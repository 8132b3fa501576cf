use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::storage::{StorageError, StoredSegment};

/// A store on a disk with room for so many bytes.
#[derive(Debug)]
struct SmallStore {
    inner: MemoryStore,
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
        self.take(parts.iter().map(|part| part.len()).sum())?;
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
    let room = Arc::new(AtomicUsize::new(0));
    let store = SmallStore {
        inner: MemoryStore::default(),
        room: Arc::clone(&room),
    };
    (Log::open("orders-0", Box::new(store)).unwrap().0, room)
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
