//! Logs and journal as files.
//!
//! ```text
//! DIR/.lock                             held while a sandbox uses the directory
//! DIR/journal.jsonl                     what the cluster wrote down, a line each
//! DIR/orders-0/partition.metadata       the topic's id, as Kafka has it
//! DIR/orders-0/00000000000000000000.log a segment in Kafka's format, named by its base offset
//! DIR/orders-0/state.json               what a log keeps beside its segments
//! DIR/orders-0/….log.damaged            a copy of a segment in which damage was found
//! DIR/0.deleted                         a partition that is being removed
//! ```
//!
//! What is appended is handed to the system before it is acknowledged, so that it survives the end of the process
//! in any way. A loss of power is survived by what was written before the last clean end.
//!
//! A partition has no file, not even a folder, before something is appended to it.

mod buffers;
mod files;
mod journal;
mod store;

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use protocol::Uuid;

use super::{LogStore, Storage, StorageError, StoredPartition};
use files::OpenFiles;
use journal::Journal;
pub use store::DirectoryStore;

/// Keeps everything in a directory.
#[derive(Debug)]
pub struct DirectoryStorage {
    root: Arc<Path>,
    files: Arc<OpenFiles>,
    journal: Journal,
    /// Partitions that were removed.
    removed: u64,
    /// Held as long as this is.
    _lock: File,
}

impl DirectoryStorage {
    /// Opens a directory, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// It cannot be made or read, or another sandbox uses it.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, StorageError> {
        let root: PathBuf = root.into();
        let failed = |doing| {
            let what = format!("the data directory {}", root.display());
            move |error| StorageError::new(doing, what, error)
        };
        fs::create_dir_all(&root).map_err(failed("make"))?;
        let lock = lock(&root).map_err(failed("use"))?;
        remove_deleted(&root).map_err(failed("list"))?;
        let journal = Journal::open(&root)?;
        Ok(Self {
            files: Arc::new(OpenFiles::new(OPEN_FILES_MAX)),
            journal,
            removed: 0,
            _lock: lock,
            root: root.into(),
        })
    }

    fn folder(&self, topic: &str, partition: i32) -> Result<PathBuf, StorageError> {
        let legal = |char: char| char.is_ascii_alphanumeric() || "._-".contains(char);
        if topic.is_empty() || topic.len() > TOPIC_LEN_MAX || !topic.chars().all(legal) || partition < 0 {
            let what = format!("a folder for {topic:?}-{partition}");
            return Err(StorageError::new(
                "name",
                what,
                io::ErrorKind::InvalidInput.into(),
            ));
        }
        Ok(self.root.join(format!("{topic}-{partition}")))
    }
}

impl Storage for DirectoryStorage {
    fn open(
        &mut self,
        topic: &str,
        partition: i32,
        topic_id: Uuid,
    ) -> Result<Box<dyn LogStore>, StorageError> {
        let folder = self.folder(topic, partition)?;
        let exists = folder.is_dir();
        if exists {
            let failed = |error| StorageError::new("open", folder.display().to_string(), error);
            if let Some(other) = store::read_topic_id(&folder).map_err(failed)?
                && other != topic_id
            {
                let what = format!("{}, which holds the topic with the id {other}", folder.display());
                return Err(StorageError::new(
                    "open",
                    what,
                    io::ErrorKind::AlreadyExists.into(),
                ));
            }
        }
        let store = DirectoryStore::open(folder, topic_id, Arc::clone(&self.files), exists)?;
        Ok(Box::new(store))
    }

    fn remove(&mut self, topic: &str, partition: i32) -> Result<(), StorageError> {
        let folder = self.folder(topic, partition)?;
        // The name says nothing of the topic's, which may be as long as names can be.
        let doomed = self.root.join(format!("{}{DELETED}", self.removed));
        self.removed += 1;
        let failed = |error| StorageError::new("remove", folder.display().to_string(), error);
        match fs::rename(&folder, &doomed) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            result => result.map_err(failed)?,
        }
        remove_folder(&doomed).map_err(failed)
    }

    fn list(&self) -> Result<Vec<StoredPartition>, StorageError> {
        let failed = |error| StorageError::new("list", self.root.display().to_string(), error);
        let found = scan(&self.root).map_err(failed)?.into_iter();
        Ok(found
            .map(|((topic, partition), topic_id)| StoredPartition {
                topic,
                partition,
                topic_id,
            })
            .collect())
    }

    fn append_line(&mut self, line: &str) -> Result<(), StorageError> {
        self.journal.append(line)
    }

    fn read_lines(&self) -> Result<Vec<String>, StorageError> {
        self.journal.read()
    }

    fn rewrite_lines(&mut self, lines: &[String]) -> Result<(), StorageError> {
        self.journal.rewrite(lines)
    }

    fn sync(&mut self) -> Result<(), StorageError> {
        self.journal.sync()
    }
}

/// Takes the directory for this process.
fn lock(root: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let file = options
        .create(true)
        .truncate(false)
        .write(true)
        .open(root.join(".lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::Error(error)) => Err(error),
        Err(TryLockError::WouldBlock) => Err(io::Error::new(
            io::ErrorKind::ResourceBusy,
            "another sandbox uses it",
        )),
    }
}

/// Removes what is left of partitions that were deleted.
fn remove_deleted(root: &Path) -> io::Result<()> {
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        if entry
            .file_name()
            .to_str()
            .is_some_and(|name| name.ends_with(DELETED))
        {
            remove_folder(&entry.path())?;
        }
    }
    Ok(())
}

/// Finds the partitions' folders.
fn scan(root: &Path) -> io::Result<BTreeMap<(String, i32), Option<Uuid>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            continue;
        };
        let Some((topic, partition)) = name.rsplit_once('-') else {
            continue;
        };
        if let Ok(partition) = partition.parse()
            && entry.file_type()?.is_dir()
        {
            let topic_id = store::read_topic_id(&entry.path())?;
            found.insert((topic.to_owned(), partition), topic_id);
        }
    }
    Ok(found)
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// What the name of a folder ends with that is about to be removed.
const DELETED: &str = ".deleted";
/// The longest name of a topic, as in Kafka.
const TOPIC_LEN_MAX: usize = 249;
/// How many segments have an open file at a time.
const OPEN_FILES_MAX: usize = 256;
