//! Storage that counts the bytes that are read of records.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use kafka_sandbox::storage::{
    LogStore, MemoryStorage, Storage, StorageError, StoredPartition, StoredSegment,
};
use protocol::Uuid;

/// What was read, by whoever it was.
#[derive(Clone, Debug, Default)]
pub(crate) struct Count(Arc<AtomicUsize>);

impl Count {
    /// The bytes since the last time.
    pub(crate) fn take(&self) -> usize {
        self.0.swap(0, Ordering::Relaxed)
    }

    fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }
}

#[derive(Debug)]
pub(crate) struct Counting {
    inner: MemoryStorage,
    count: Count,
}

impl Counting {
    pub(crate) fn new(count: Count) -> Self {
        Self {
            inner: MemoryStorage::default(),
            count,
        }
    }
}

#[derive(Debug)]
struct CountingStore {
    inner: Box<dyn LogStore>,
    count: Count,
}

impl Storage for Counting {
    fn open(&mut self, topic: &str, partition: i32, id: Uuid) -> Result<Box<dyn LogStore>, StorageError> {
        Ok(Box::new(CountingStore {
            inner: self.inner.open(topic, partition, id)?,
            count: self.count.clone(),
        }))
    }

    fn remove(&mut self, topic: &str, partition: i32) -> Result<(), StorageError> {
        self.inner.remove(topic, partition)
    }

    fn list(&self) -> Result<Vec<StoredPartition>, StorageError> {
        self.inner.list()
    }

    fn append_line(&mut self, line: &str) -> Result<(), StorageError> {
        self.inner.append_line(line)
    }

    fn read_lines(&self) -> Result<Vec<String>, StorageError> {
        self.inner.read_lines()
    }

    fn rewrite_lines(&mut self, lines: &[String]) -> Result<(), StorageError> {
        self.inner.rewrite_lines(lines)
    }

    fn sync(&mut self) -> Result<(), StorageError> {
        self.inner.sync()
    }
}

impl LogStore for CountingStore {
    fn segments(&self) -> Result<Vec<StoredSegment>, StorageError> {
        self.inner.segments()
    }

    fn append(&mut self, segment: i64, position: u64, parts: &[&[u8]]) -> Result<(), StorageError> {
        self.inner.append(segment, position, parts)
    }

    fn read(&self, segment: i64, position: u64, len: usize) -> Result<Bytes, StorageError> {
        let bytes = self.inner.read(segment, position, len)?;
        self.count.add(bytes.len());
        Ok(bytes)
    }

    fn peek(&self, segment: i64, position: u64, into: &mut [u8]) -> Result<usize, StorageError> {
        let len = self.inner.peek(segment, position, into)?;
        self.count.add(len);
        Ok(len)
    }

    fn truncate(&mut self, segment: i64, size: u64) -> Result<(), StorageError> {
        self.inner.truncate(segment, size)
    }

    fn remove(&mut self, segment: i64) -> Result<(), StorageError> {
        self.inner.remove(segment)
    }

    fn replace(&mut self, segments: &[i64], parts: &[Bytes]) -> Result<(), StorageError> {
        self.inner.replace(segments, parts)
    }

    fn set_aside(&mut self, segment: i64) -> Result<(), StorageError> {
        self.inner.set_aside(segment)
    }

    fn load_state(&self) -> Result<Option<Bytes>, StorageError> {
        self.inner.load_state()
    }

    fn save_state(&mut self, state: &[u8]) -> Result<(), StorageError> {
        self.inner.save_state(state)
    }

    fn sync(&mut self) -> Result<(), StorageError> {
        self.inner.sync()
    }
}
