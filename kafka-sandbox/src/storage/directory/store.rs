use std::fs::{self, File, OpenOptions};
use std::io::{self, IoSlice, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use bytes::Bytes;
use protocol::Uuid;

use super::files::OpenFiles;
use super::journal::{sync_folder, write_whole};
use crate::storage::{LogStore, StorageError, StoredSegment};

/// Keeps one partition's segments in a folder.
#[derive(Debug)]
pub struct DirectoryStore {
    folder: Box<Path>,
    topic_id: Uuid,
    files: Arc<OpenFiles>,
    /// Whose files these are.
    id: u64,
    /// Whether the folder is there.
    exists: bool,
    /// A segment that an append which failed may have left bytes behind the end of.
    torn: Option<i64>,
    /// Segments that were written to since the last sync.
    unsynced: Vec<i64>,
}

impl DirectoryStore {
    pub(super) fn open(
        folder: PathBuf,
        topic_id: Uuid,
        files: Arc<OpenFiles>,
        exists: bool,
    ) -> Result<Self, StorageError> {
        let store = Self {
            folder: folder.into(),
            topic_id,
            id: files.register(),
            files,
            exists,
            torn: None,
            unsynced: Vec::new(),
        };
        if exists {
            let failed = |error| StorageError::new("open", store.folder.display().to_string(), error);
            store.finish_replacing().map_err(failed)?;
        }
        Ok(store)
    }

    fn path(&self, segment: i64) -> PathBuf {
        self.folder.join(format!("{segment:020}.log"))
    }

    fn error(&self, doing: &'static str, segment: i64, error: io::Error) -> StorageError {
        StorageError::new(doing, self.path(segment).display().to_string(), error)
    }

    fn file(&self, segment: i64, create: bool) -> io::Result<Arc<File>> {
        self.files.get(self.id, segment, || {
            let mut options = OpenOptions::new();
            options
                .read(true)
                .append(true)
                .create(create)
                .open(self.path(segment))
        })
    }

    /// Makes the folder when it is needed first.
    fn make_folder(&mut self) -> io::Result<()> {
        if self.exists {
            return Ok(());
        }
        fs::create_dir_all(&self.folder)?;
        let metadata = format!("version: 0\ntopic_id: {}\n", self.topic_id);
        write_whole(&self.folder.join(METADATA), metadata.as_bytes(), false)?;
        self.exists = true;
        Ok(())
    }

    fn write(&mut self, segment: i64, position: u64, parts: &[&[u8]]) -> io::Result<()> {
        self.make_folder()?;
        let file = self.file(segment, true)?;
        if self.torn == Some(segment) {
            file.set_len(position)?;
            self.torn = None;
        }
        if let Err(error) = write_all(&file, parts) {
            if file.set_len(position).is_err() {
                self.torn = Some(segment);
            }
            return Err(error);
        }
        if !self.unsynced.contains(&segment) {
            self.unsynced.push(segment);
        }
        Ok(())
    }

    /// Finishes what [`LogStore::replace`] had begun when the process died.
    fn finish_replacing(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("cleaned" | "new") => fs::remove_file(&path)?,
                Some("swap") => self.swap_in(&path)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Removes the segments that a new one was made of, whose name says which, and gives it its place.
    fn swap_in(&self, swap: &Path) -> io::Result<()> {
        let stem = swap
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        let Some((Ok(first), Ok(last))) = stem
            .split_once('-')
            .map(|(first, last)| (first.parse::<i64>(), last.parse::<i64>()))
        else {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("{} has no name of two offsets", swap.display()),
            ));
        };
        for segment in self.list()? {
            // The first one is written over, so that there is never none.
            if segment.base_offset > first && segment.base_offset <= last {
                fs::remove_file(self.path(segment.base_offset))?;
            }
        }
        fs::rename(swap, self.path(first))
    }

    fn list(&self) -> io::Result<Vec<StoredSegment>> {
        let mut segments = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let base_offset = name
                .to_str()
                .and_then(|name| name.strip_suffix(".log")?.parse().ok());
            if let Some(base_offset) = base_offset {
                let metadata = entry.metadata()?;
                let modified = metadata
                    .modified()
                    .ok()
                    .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
                segments.push(StoredSegment {
                    base_offset,
                    size: metadata.len(),
                    modified: modified.and_then(|time| i64::try_from(time.as_millis()).ok()),
                });
            }
        }
        segments.sort_by_key(|segment| segment.base_offset);
        Ok(segments)
    }

    fn replace_files(&self, first: i64, last: i64, parts: &[Bytes]) -> io::Result<()> {
        let cleaned = self.path(first).with_extension("cleaned");
        let written = File::create(&cleaned).and_then(|mut file| {
            parts.iter().try_for_each(|part| file.write_all(part))?;
            // Otherwise a loss of power could take records along that have been there for long.
            file.sync_all()
        });
        if let Err(error) = written {
            // Half a segment is in nobody's way but takes room.
            let _ = fs::remove_file(&cleaned);
            return Err(error);
        }
        let swap = self.folder.join(format!("{first:020}-{last:020}.swap"));
        fs::rename(&cleaned, &swap)?;
        self.swap_in(&swap)
    }
}

impl Drop for DirectoryStore {
    fn drop(&mut self) {
        self.files.close(self.id, None);
    }
}

impl LogStore for DirectoryStore {
    fn segments(&self) -> Result<Vec<StoredSegment>, StorageError> {
        if !self.exists {
            return Ok(Vec::new());
        }
        self.list()
            .map_err(|error| StorageError::new("list", self.folder.display().to_string(), error))
    }

    fn append(&mut self, segment: i64, position: u64, parts: &[&[u8]]) -> Result<(), StorageError> {
        let written = self.write(segment, position, parts);
        written.map_err(|error| self.error("append to", segment, error))
    }

    fn read(&self, segment: i64, position: u64, len: usize) -> Result<Bytes, StorageError> {
        let file = self.file(segment, false);
        let buffers = &self.files.buffers;
        file.and_then(|file| buffers.filled(len, |bytes| read_exact_at(&file, bytes, position)))
            .map_err(|error| self.error("read", segment, error))
    }

    fn peek(&self, segment: i64, position: u64, into: &mut [u8]) -> Result<usize, StorageError> {
        let file = self.file(segment, false);
        file.and_then(|file| read_up_to(&file, into, position))
            .map_err(|error| self.error("read", segment, error))
    }

    fn truncate(&mut self, segment: i64, size: u64) -> Result<(), StorageError> {
        let file = self.file(segment, false);
        file.and_then(|file| file.set_len(size))
            .map_err(|error| self.error("cut", segment, error))
    }

    fn remove(&mut self, segment: i64) -> Result<(), StorageError> {
        self.files.close(self.id, Some(segment));
        self.unsynced.retain(|unsynced| *unsynced != segment);
        match fs::remove_file(self.path(segment)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(self.error("remove", segment, error))
            }
            _ => Ok(()),
        }
    }

    fn replace(&mut self, segments: &[i64], parts: &[Bytes]) -> Result<(), StorageError> {
        let (Some(&first), Some(&last)) = (segments.first(), segments.last()) else {
            return Ok(());
        };
        for segment in segments {
            self.files.close(self.id, Some(*segment));
        }
        self.unsynced.retain(|segment| !segments.contains(segment));
        self.replace_files(first, last, parts)
            .map_err(|error| self.error("replace", first, error))
    }

    fn set_aside(&mut self, segment: i64) -> Result<(), StorageError> {
        let path = self.path(segment);
        let names = (1..).map(|n| match n {
            1 => path.with_extension("log.damaged"),
            n => path.with_extension(format!("log.damaged.{n}")),
        });
        let copied = match names.into_iter().find(|name| !name.exists()) {
            Some(name) => fs::copy(&path, name),
            None => Ok(0),
        };
        copied
            .map(drop)
            .map_err(|error| self.error("copy", segment, error))
    }

    fn load_state(&self) -> Result<Option<Bytes>, StorageError> {
        if !self.exists {
            return Ok(None);
        }
        let path = self.folder.join(STATE);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(Bytes::from(bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StorageError::new("read", path.display().to_string(), error)),
        }
    }

    fn save_state(&mut self, state: &[u8]) -> Result<(), StorageError> {
        let path = self.folder.join(STATE);
        self.make_folder()
            .and_then(|()| write_whole(&path, state, false))
            .map_err(|error| StorageError::new("write", path.display().to_string(), error))
    }

    fn sync(&mut self) -> Result<(), StorageError> {
        let written = std::mem::take(&mut self.unsynced);
        if written.is_empty() {
            return Ok(());
        }
        for segment in &written {
            let file = self.file(*segment, false);
            if let Err(error) = file.and_then(|file| file.sync_all()) {
                let error = self.error("sync", *segment, error);
                self.unsynced = written;
                return Err(error);
            }
        }
        sync_folder(Some(&self.folder))
            .map_err(|error| StorageError::new("sync", self.folder.display().to_string(), error))
    }
}

/// The id of the topic that a folder belongs to, if it says.
pub(super) fn read_topic_id(folder: &Path) -> io::Result<Option<Uuid>> {
    let text = match fs::read_to_string(folder.join(METADATA)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        text => text?,
    };
    let id = text.lines().find_map(|line| line.strip_prefix("topic_id: "));
    Ok(id.and_then(|id| id.trim().parse().ok()))
}

/// Writes all of `parts` at the end of the file.
fn write_all(mut file: &File, parts: &[&[u8]]) -> io::Result<()> {
    let mut slices: Vec<_> = parts.iter().map(|part| IoSlice::new(part)).collect();
    let mut slices = &mut slices[..];
    // Leaves out what is empty, which would look like the end of the loop.
    IoSlice::advance_slices(&mut slices, 0);
    while !slices.is_empty() {
        match file.write_vectored(slices) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut slices, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn read_exact_at(file: &File, into: &mut [u8], position: u64) -> io::Result<()> {
    if read_up_to(file, into, position)? < into.len() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

fn read_up_to(file: &File, into: &mut [u8], position: u64) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        let at = position + u64::try_from(filled).unwrap_or(u64::MAX);
        match read_at(file, rest, at) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(unix)]
fn read_at(file: &File, into: &mut [u8], position: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, position)
}

/// A store's files are its own, so that nobody else moves where they are read.
#[cfg(not(unix))]
fn read_at(mut file: &File, into: &mut [u8], position: u64) -> io::Result<usize> {
    use std::io::{Read, Seek, SeekFrom};
    file.seek(SeekFrom::Start(position))?;
    file.read(into)
}

const METADATA: &str = "partition.metadata";
const STATE: &str = "state.json";
