use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::storage::StorageError;

/// Lines in a file.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    /// Where the last whole line ends. What is behind it was not written as a whole.
    len: u64,
    /// Whether there may be something behind it.
    torn: bool,
}

impl Journal {
    pub(super) fn open(root: &Path) -> Result<Self, StorageError> {
        let path = root.join("journal.jsonl");
        let failed = |error| StorageError::new("open", path.display().to_string(), error);
        let file = append_to(&path).map_err(failed)?;
        let bytes = fs::read(&path).map_err(failed)?;
        let len = bytes
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        Ok(Self {
            file,
            len: u64::try_from(len).unwrap_or(u64::MAX),
            torn: len < bytes.len(),
            path,
        })
    }

    pub(super) fn append(&mut self, line: &str) -> Result<(), StorageError> {
        let mut bytes = Vec::with_capacity(line.len() + 1);
        bytes.extend_from_slice(line.as_bytes());
        bytes.push(b'\n');
        self.write(&bytes)
            .map_err(|error| StorageError::new("append to", self.path.display().to_string(), error))
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.torn {
            self.file.set_len(self.len)?;
            self.torn = false;
        }
        if let Err(error) = (&self.file).write_all(bytes) {
            self.torn = self.file.set_len(self.len).is_err();
            return Err(error);
        }
        self.len += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    pub(super) fn read(&self) -> Result<Vec<String>, StorageError> {
        let failed = |error| StorageError::new("read", self.path.display().to_string(), error);
        let mut bytes = fs::read(&self.path).map_err(failed)?;
        bytes.truncate(usize::try_from(self.len).unwrap_or(usize::MAX));
        let text = String::from_utf8(bytes)
            .map_err(|error| failed(io::Error::new(io::ErrorKind::InvalidData, error)))?;
        Ok(text.lines().map(ToOwned::to_owned).collect())
    }

    pub(super) fn sync(&self) -> Result<(), StorageError> {
        let synced = self
            .file
            .sync_all()
            .and_then(|()| sync_folder(self.path.parent()));
        synced.map_err(|error| StorageError::new("sync", self.path.display().to_string(), error))
    }

    pub(super) fn rewrite(&mut self, lines: &[String]) -> Result<(), StorageError> {
        let mut bytes = Vec::new();
        for line in lines {
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
        }
        let failed = |error| StorageError::new("rewrite", self.path.display().to_string(), error);
        write_whole(&self.path, &bytes, true).map_err(failed)?;
        self.file = append_to(&self.path).map_err(failed)?;
        self.len = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.torn = false;
        Ok(())
    }
}

fn append_to(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).append(true).open(path)
}

/// Puts `bytes` in the place of a file, all of them or none; with `sync`, so that it survives a loss of power.
pub(super) fn write_whole(path: &Path, bytes: &[u8], sync: bool) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    let written = (|| {
        let mut file = File::create(&new)?;
        file.write_all(bytes)?;
        if sync {
            file.sync_all()?;
        }
        fs::rename(&new, path)
    })();
    if written.is_err() {
        // Half a file is in nobody's way but takes room.
        let _ = fs::remove_file(&new);
    } else if sync {
        sync_folder(path.parent())?;
    }
    written
}

/// Makes the names in a folder survive a loss of power, where the system has such a thing.
pub(super) fn sync_folder(folder: Option<&Path>) -> io::Result<()> {
    match folder {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}
