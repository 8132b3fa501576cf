use protocol::ErrorCode;

use crate::storage::StorageError;

/// Why nothing was appended: what a produce answer says of it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct AppendError {
    code: ErrorCode,
    message: String,
    record_errors: Vec<(i32, String)>,
    unpacked: usize,
    #[source]
    source: Option<StorageError>,
}

impl AppendError {
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            record_errors: Vec::new(),
            unpacked: 0,
            source: None,
        }
    }

    pub(super) fn invalid_record(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::INVALID_RECORD, message)
    }

    pub(super) fn of_records(
        code: ErrorCode,
        message: impl Into<String>,
        record_errors: Vec<(i32, String)>,
    ) -> Self {
        Self {
            record_errors,
            ..Self::new(code, message)
        }
    }

    /// The same, of records that were decompressed to so many bytes.
    pub(super) fn after(self, unpacked: usize) -> Self {
        Self { unpacked, ..self }
    }

    /// How many bytes the records were once decompressed; 0 where they were not.
    pub fn unpacked(&self) -> usize {
        self.unpacked
    }

    /// The code of the answer.
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// The message of the answer.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The records that caused it, each by its index in the batch, with a message (KIP-467).
    pub fn record_errors(&self) -> &[(i32, String)] {
        &self.record_errors
    }
}

impl From<StorageError> for AppendError {
    fn from(source: StorageError) -> Self {
        Self {
            source: Some(source),
            ..Self::new(
                ErrorCode::KAFKA_STORAGE_ERROR,
                "the partition's log cannot be written",
            )
        }
    }
}

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The offset is not in the log.
    #[error("offset {offset} is out of range: the log has {start} to {end}")]
    OutOfRange {
        /// What was asked for.
        offset: i64,
        /// The first offset that can be asked for.
        start: i64,
        /// The last one, at which nothing is read yet.
        end: i64,
    },
    /// The store failed.
    #[error("the partition's log cannot be read")]
    Storage(#[from] StorageError),
}

impl ReadError {
    /// The code of the answer.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::OutOfRange { .. } => ErrorCode::OFFSET_OUT_OF_RANGE,
            Self::Storage(_) => ErrorCode::KAFKA_STORAGE_ERROR,
        }
    }
}
