//! Where partitions' logs and the cluster's journal are kept: in memory, or in a directory.
//!
//! | | |
//! |---|---|
//! | [`Storage`] | opens and removes stores, one for each partition, and keeps a journal of lines |
//! | [`LogStore`] | the segments of one partition: bytes at positions, nothing about records |
//! | [`MemoryStorage`], [`MemoryStore`] | gone with the process; reading copies nothing |
//! | [`DirectoryStorage`], [`DirectoryStore`] | files in Kafka's own format; what was appended survives the end of the process |
//!
//! This is the only part of the crate that touches the file system.

mod directory;
mod error;
mod memory;

use std::fmt;

use bytes::Bytes;
use protocol::Uuid;

pub use directory::{DirectoryStorage, DirectoryStore};
pub use error::StorageError;
pub use memory::{MemoryStorage, MemoryStore};

/// A segment as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredSegment {
    /// Offset of the first record it can hold: its name.
    pub base_offset: i64,
    /// Its bytes.
    pub size: u64,
    /// When it was last written to, in milliseconds since 1970, if the store knows.
    pub modified: Option<i64>,
}

/// The stored segments of one partition.
///
/// Segments are named by their base offset and grow at their end. Whatever fails has changed nothing, as far
/// as a reader can see. What [`LogStore::append`] took is there when the process was killed right after it.
pub trait LogStore: Send + fmt::Debug {
    /// Returns the segments that are there, by ascending base offset.
    ///
    /// # Errors
    ///
    /// They cannot be listed.
    fn segments(&self) -> Result<Vec<StoredSegment>, StorageError>;

    /// Appends `parts`, which belong together, at the end of `segment`, which is made if it is not there.
    ///
    /// `position` is where that end is, in bytes: what lies behind it from an append that failed is written over.
    ///
    /// # Errors
    ///
    /// Not all of it could be written; none of it is read back.
    fn append(&mut self, segment: i64, position: u64, parts: &[&[u8]]) -> Result<(), StorageError>;

    /// Returns the bytes of `segment` from `position` on: `len` of them, or fewer that end where an append ended.
    ///
    /// At least one byte comes back. What does not lie together may be left out, so that nothing needs to be copied.
    ///
    /// # Errors
    ///
    /// There is no such segment, no byte at that position, or reading failed.
    fn read(&self, segment: i64, position: u64, len: usize) -> Result<Bytes, StorageError>;

    /// Copies the bytes of `segment` from `position` on into `into`, and returns how many there were.
    ///
    /// # Errors
    ///
    /// There is no such segment, or reading failed.
    fn peek(&self, segment: i64, position: u64, into: &mut [u8]) -> Result<usize, StorageError>;

    /// Cuts `segment` off behind `size` bytes.
    ///
    /// # Errors
    ///
    /// There is no such segment, or it could not be cut.
    fn truncate(&mut self, segment: i64, size: u64) -> Result<(), StorageError>;

    /// Removes `segment`; none of that name is no error.
    ///
    /// # Errors
    ///
    /// It is still there.
    fn remove(&mut self, segment: i64) -> Result<(), StorageError>;

    /// Puts one segment, `parts` one after another, in the place of `segments`. Its name is the first of them.
    ///
    /// # Errors
    ///
    /// The old ones are still there. A process killed in between leaves the old ones or the new one.
    fn replace(&mut self, segments: &[i64], parts: &[Bytes]) -> Result<(), StorageError>;

    /// Keeps a copy of `segment` as it is, outside of the log, for whoever wants to look into damage.
    ///
    /// # Errors
    ///
    /// There is no copy.
    fn set_aside(&mut self, segment: i64) -> Result<(), StorageError>;

    /// Returns what was last given to [`LogStore::save_state`], nothing if there was nothing.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    fn load_state(&self) -> Result<Option<Bytes>, StorageError>;

    /// Keeps a small note beside the segments, in one piece or not at all.
    ///
    /// # Errors
    ///
    /// The note from before is still the one that counts.
    fn save_state(&mut self, state: &[u8]) -> Result<(), StorageError>;

    /// Returns once all that was written survives a loss of power.
    ///
    /// # Errors
    ///
    /// The system refused.
    fn sync(&mut self) -> Result<(), StorageError>;
}

/// A partition that has a store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredPartition {
    /// The topic's name.
    pub topic: String,
    /// The partition's number.
    pub partition: i32,
    /// The topic's id; `None` where it was never noted.
    pub topic_id: Option<Uuid>,
}

/// All that a cluster keeps.
pub trait Storage: Send + fmt::Debug {
    /// Opens the store of a partition, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// It cannot be made or opened, or belongs to another topic of the same name.
    fn open(
        &mut self,
        topic: &str,
        partition: i32,
        topic_id: Uuid,
    ) -> Result<Box<dyn LogStore>, StorageError>;

    /// Removes the store of a partition; none is no error.
    ///
    /// # Errors
    ///
    /// It is still there.
    fn remove(&mut self, topic: &str, partition: i32) -> Result<(), StorageError>;

    /// Returns the partitions that have a store, by topic and number.
    ///
    /// # Errors
    ///
    /// They cannot be listed.
    fn list(&self) -> Result<Vec<StoredPartition>, StorageError>;

    /// Appends a line to the journal. It must have no line break.
    ///
    /// # Errors
    ///
    /// It is not in the journal.
    fn append_line(&mut self, line: &str) -> Result<(), StorageError>;

    /// Returns the lines of the journal; a last one that was cut short is left out.
    ///
    /// # Errors
    ///
    /// The journal cannot be read.
    fn read_lines(&self) -> Result<Vec<String>, StorageError>;

    /// Puts other lines in the place of the journal's, all of them or none, and returns once they survive a loss of power.
    ///
    /// # Errors
    ///
    /// The journal is as it was.
    fn rewrite_lines(&mut self, lines: &[String]) -> Result<(), StorageError>;

    /// Returns once the journal survives a loss of power.
    ///
    /// # Errors
    ///
    /// The system refused.
    fn sync(&mut self) -> Result<(), StorageError>;
}

#[cfg(test)]
mod tests;
