use std::io;

/// Why something could not be stored or read back.
#[derive(Debug, thiserror::Error)]
#[error("cannot {doing} {what}")]
pub struct StorageError {
    doing: &'static str,
    what: String,
    #[source]
    source: io::Error,
}

impl StorageError {
    /// An error while doing something (`append to`) with something (`the segment at 0 of orders-1`).
    pub fn new(doing: &'static str, what: impl Into<String>, source: io::Error) -> Self {
        Self {
            doing,
            what: what.into(),
            source,
        }
    }

    /// Whether there was no room left.
    pub fn is_full(&self) -> bool {
        matches!(
            self.source.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
        )
    }

    /// What kind of error the system reported.
    pub fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }

    pub(super) fn not_found(doing: &'static str, what: impl Into<String>) -> Self {
        Self::new(doing, what, io::ErrorKind::NotFound.into())
    }
}
