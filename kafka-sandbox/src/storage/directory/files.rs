use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::buffers::Buffers;

/// The files that are open: those used last, of all stores together.
#[derive(Debug)]
pub(super) struct OpenFiles {
    limit: usize,
    stores: AtomicU64,
    open: Mutex<Open>,
    /// What is read from them.
    pub(super) buffers: Arc<Buffers>,
}

#[derive(Debug, Default)]
struct Open {
    files: HashMap<(u64, i64), Used>,
    clock: u64,
}

#[derive(Debug)]
struct Used {
    file: Arc<File>,
    last: u64,
}

impl OpenFiles {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            stores: AtomicU64::new(0),
            open: Mutex::default(),
            buffers: Arc::default(),
        }
    }

    /// A number for a store, to tell its files from others'.
    pub(super) fn register(&self) -> u64 {
        self.stores.fetch_add(1, Ordering::Relaxed)
    }

    /// Returns the file of a store's segment, opened by `open` if it is not.
    pub(super) fn get(
        &self,
        store: u64,
        segment: i64,
        open: impl FnOnce() -> io::Result<File>,
    ) -> io::Result<Arc<File>> {
        let mut state = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        state.clock += 1;
        let clock = state.clock;
        if let Some(used) = state.files.get_mut(&(store, segment)) {
            used.last = clock;
            return Ok(Arc::clone(&used.file));
        }
        let file = Arc::new(open()?);
        if state.files.len() >= self.limit {
            let oldest = state.files.iter().min_by_key(|(_, used)| used.last);
            if let Some(key) = oldest.map(|(key, _)| *key) {
                state.files.remove(&key);
            }
        }
        let used = Used {
            file: Arc::clone(&file),
            last: clock,
        };
        state.files.insert((store, segment), used);
        Ok(file)
    }

    /// Closes the file of a store's segment, or of all.
    pub(super) fn close(&self, store: u64, segment: Option<i64>) {
        let mut state = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        match segment {
            Some(segment) => {
                state.files.remove(&(store, segment));
            }
            None => state.files.retain(|(owner, _), _| *owner != store),
        }
    }
}
