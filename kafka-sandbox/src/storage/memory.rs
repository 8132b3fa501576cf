use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use protocol::Uuid;

use super::{LogStore, Storage, StorageError, StoredPartition, StoredSegment};

/// Keeps everything in memory.
///
/// Stores are not shared: opening a partition twice gives two empty stores.
#[derive(Debug, Default)]
pub struct MemoryStorage {
    partitions: BTreeMap<(String, i32), Uuid>,
    lines: Vec<String>,
}

impl Storage for MemoryStorage {
    fn open(
        &mut self,
        topic: &str,
        partition: i32,
        topic_id: Uuid,
    ) -> Result<Box<dyn LogStore>, StorageError> {
        self.partitions.insert((topic.to_owned(), partition), topic_id);
        Ok(Box::new(MemoryStore::default()))
    }

    fn remove(&mut self, topic: &str, partition: i32) -> Result<(), StorageError> {
        self.partitions.remove(&(topic.to_owned(), partition));
        Ok(())
    }

    fn list(&self) -> Result<Vec<StoredPartition>, StorageError> {
        let partitions = self.partitions.iter();
        Ok(partitions
            .map(|((topic, partition), topic_id)| StoredPartition {
                topic: topic.clone(),
                partition: *partition,
                topic_id: Some(*topic_id),
            })
            .collect())
    }

    fn append_line(&mut self, line: &str) -> Result<(), StorageError> {
        self.lines.push(line.to_owned());
        Ok(())
    }

    fn read_lines(&self) -> Result<Vec<String>, StorageError> {
        Ok(self.lines.clone())
    }

    fn rewrite_lines(&mut self, lines: &[String]) -> Result<(), StorageError> {
        self.lines = lines.to_vec();
        Ok(())
    }

    fn sync(&mut self) -> Result<(), StorageError> {
        Ok(())
    }
}

/// Keeps one partition's segments in memory, in chunks that never move once they are filled.
///
/// A read is a reference into a chunk. Only where what lies together is much less than what was asked for are
/// several chunks put together.
#[derive(Debug, Default)]
pub struct MemoryStore {
    segments: BTreeMap<i64, MemorySegment>,
    state: Option<Bytes>,
}

#[derive(Debug, Default)]
struct MemorySegment {
    size: u64,
    chunks: Vec<Chunk>,
}

/// Bytes that lie together. They are shared with those who read them, and grow only while nobody does.
#[derive(Clone, Debug)]
struct Chunk {
    position: u64,
    bytes: Arc<Vec<u8>>,
}

/// What a read refers to.
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Chunk {
    fn end(&self) -> u64 {
        self.position + u64::try_from(self.bytes.len()).unwrap_or(u64::MAX)
    }

    /// The bytes from `position` on.
    fn from(&self, position: u64) -> &[u8] {
        let skip = usize::try_from(position - self.position).unwrap_or(usize::MAX);
        self.bytes.get(skip..).unwrap_or_default()
    }
}

impl MemorySegment {
    /// The index of the chunk that holds `position`.
    fn find(&self, position: u64) -> Option<usize> {
        let behind = self.chunks.partition_point(|chunk| chunk.position <= position);
        let at = behind.checked_sub(1)?;
        (position < self.chunks.get(at)?.end()).then_some(at)
    }

    fn append(&mut self, parts: &[&[u8]]) {
        let len: usize = parts.iter().map(|part| part.len()).sum();
        let filled = match self.chunks.last_mut() {
            Some(last) if last.bytes.capacity() - last.bytes.len() >= len => {
                let small = last.bytes.len() < CHUNK_KEPT;
                match Arc::get_mut(&mut last.bytes) {
                    Some(bytes) => extend(bytes, parts),
                    // Somebody reads it. A small chunk is copied, lest there be many; a larger one is left as it is.
                    None if small => {
                        let mut bytes = Vec::with_capacity(last.bytes.capacity());
                        bytes.extend_from_slice(&last.bytes);
                        extend(&mut bytes, parts);
                        last.bytes = Arc::new(bytes);
                        true
                    }
                    None => false,
                }
            }
            _ => false,
        };
        if !filled {
            // As much again as there is, so that small logs are small and large ones have few chunks.
            let capacity = usize::try_from(self.size).unwrap_or(CHUNK_MAX);
            let mut bytes = Vec::with_capacity(capacity.clamp(CHUNK_MIN, CHUNK_MAX).max(len));
            extend(&mut bytes, parts);
            self.chunks.push(Chunk {
                position: self.size,
                bytes: Arc::new(bytes),
            });
        }
        self.size += u64::try_from(len).unwrap_or(u64::MAX);
    }

    fn truncate(&mut self, size: u64) {
        while let Some(last) = self.chunks.last_mut() {
            if last.end() <= size {
                break;
            }
            if last.position >= size {
                self.chunks.pop();
                continue;
            }
            let len = usize::try_from(size - last.position).unwrap_or(usize::MAX);
            last.bytes = Arc::new(last.bytes.get(..len).unwrap_or_default().to_vec());
        }
        self.size = self.size.min(size);
    }

    fn read(&self, position: u64, len: usize) -> Option<Bytes> {
        let at = self.find(position)?;
        let chunk = self.chunks.get(at)?;
        let start = usize::try_from(position - chunk.position).ok()?;
        let here = chunk.bytes.len() - start;
        let stored = usize::try_from(self.size - position).unwrap_or(usize::MAX);
        // Whoever holds a part of the chunk that grows keeps it from growing: what is small is cheaper to copy.
        if at + 1 == self.chunks.len() && here.min(len) <= COPIED_MAX {
            let part = chunk.bytes.get(start..start + here.min(len));
            return part.map(Bytes::copy_from_slice);
        }
        if here >= len.min(stored).min(RUN_MIN) {
            let shared = Bytes::from_owner(Shared(Arc::clone(&chunk.bytes)));
            return Some(shared.slice(start..start + here.min(len)));
        }
        let mut gathered = Vec::with_capacity(len.min(stored).min(RUN_MIN));
        let mut position = position;
        for chunk in self.chunks.get(at..)? {
            let bytes = chunk.from(position);
            // Chunks end where appends ended, so that a last part that does not fit is cut, and only that.
            let room = len - gathered.len();
            gathered.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
            position = chunk.end();
            if gathered.len() >= len.min(RUN_MIN) {
                break;
            }
        }
        Some(Bytes::from(gathered))
    }
}

fn extend(bytes: &mut Vec<u8>, parts: &[&[u8]]) -> bool {
    for part in parts {
        bytes.extend_from_slice(part);
    }
    true
}

impl MemoryStore {
    fn segment(&self, doing: &'static str, segment: i64) -> Result<&MemorySegment, StorageError> {
        self.segments.get(&segment).ok_or_else(|| missing(doing, segment))
    }
}

fn missing(doing: &'static str, segment: i64) -> StorageError {
    StorageError::not_found(doing, format!("the segment at offset {segment}"))
}

impl LogStore for MemoryStore {
    fn segments(&self) -> Result<Vec<StoredSegment>, StorageError> {
        let segments = self.segments.iter();
        Ok(segments
            .map(|(&base_offset, segment)| StoredSegment {
                base_offset,
                size: segment.size,
                modified: None,
            })
            .collect())
    }

    fn append(&mut self, segment: i64, position: u64, parts: &[&[u8]]) -> Result<(), StorageError> {
        let segment = self.segments.entry(segment).or_default();
        segment.truncate(position);
        segment.append(parts);
        Ok(())
    }

    fn read(&self, segment: i64, position: u64, len: usize) -> Result<Bytes, StorageError> {
        let found = self.segment("read", segment)?;
        found
            .read(position, len)
            .ok_or_else(|| missing("read beyond", segment))
    }

    fn peek(&self, segment: i64, position: u64, into: &mut [u8]) -> Result<usize, StorageError> {
        let segment = self.segment("read", segment)?;
        let mut filled = 0;
        let mut position = position;
        let Some(at) = segment.find(position) else {
            return Ok(0);
        };
        for chunk in segment.chunks.get(at..).unwrap_or_default() {
            let bytes = chunk.from(position);
            let room = into.get_mut(filled..).unwrap_or_default();
            let len = bytes.len().min(room.len());
            room[..len].copy_from_slice(&bytes[..len]);
            filled += len;
            position = chunk.end();
            if filled == into.len() {
                break;
            }
        }
        Ok(filled)
    }

    fn truncate(&mut self, segment: i64, size: u64) -> Result<(), StorageError> {
        let found = self.segments.get_mut(&segment);
        found.ok_or_else(|| missing("cut", segment))?.truncate(size);
        Ok(())
    }

    fn remove(&mut self, segment: i64) -> Result<(), StorageError> {
        self.segments.remove(&segment);
        Ok(())
    }

    fn replace(&mut self, segments: &[i64], parts: &[Bytes]) -> Result<(), StorageError> {
        let mut new = MemorySegment::default();
        let total: usize = parts.iter().map(Bytes::len).sum();
        let mut parts = parts.iter().peekable();
        while parts.peek().is_some() {
            let mut bytes = Vec::with_capacity(total.min(CHUNK_MAX));
            while let Some(part) =
                parts.next_if(|part| bytes.is_empty() || bytes.len() + part.len() <= CHUNK_MAX)
            {
                bytes.extend_from_slice(part);
            }
            let position = new.size;
            new.size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let bytes = Arc::new(bytes);
            new.chunks.push(Chunk { position, bytes });
        }
        for segment in segments {
            self.segments.remove(segment);
        }
        if let Some(first) = segments.first() {
            self.segments.insert(*first, new);
        }
        Ok(())
    }

    fn set_aside(&mut self, segment: i64) -> Result<(), StorageError> {
        // Memory is not damaged from outside; nobody could look for a copy either.
        self.segment("copy", segment).map(drop)
    }

    fn load_state(&self) -> Result<Option<Bytes>, StorageError> {
        Ok(self.state.clone())
    }

    fn save_state(&mut self, state: &[u8]) -> Result<(), StorageError> {
        self.state = Some(Bytes::copy_from_slice(state));
        Ok(())
    }

    fn sync(&mut self) -> Result<(), StorageError> {
        Ok(())
    }
}

/// The smallest chunk that is allocated, in bytes, unless one append is larger.
const CHUNK_MIN: usize = 1 << 10;
/// The largest.
const CHUNK_MAX: usize = 1 << 20;
/// A chunk of that many bytes is left as it is when it is read at the time of an append.
const CHUNK_KEPT: usize = 32 << 10;
/// Up to that many bytes of the chunk that grows are copied to be read.
const COPIED_MAX: usize = 8 << 10;
/// That many bytes that lie together are worth an answer of their own: as many as copying is noticed at.
const RUN_MIN: usize = 256 << 10;
