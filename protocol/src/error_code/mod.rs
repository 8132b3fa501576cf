//! The error codes that brokers answer with.

mod table;

use std::fmt;

/// The code of an error in a response; 0 is success.
///
/// A code that this version does not know is kept as it came and prints as `ErrorCode(142)`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorCode(pub i16);

/// What an error asks of the client: the families of Kafka's own exceptions, with the classes of KIP-1050.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// The application can go on once it has rebuilt what was fenced: its membership or its producer.
    ApplicationRecoverable,
    /// The identity was not accepted.
    Authentication,
    /// The identity lacks a right.
    Authorization,
    /// The request or the configuration behind it is wrong; repeating it cannot help.
    InvalidConfiguration,
    /// Metadata are stale: refresh them, then try again.
    InvalidMetadata,
    /// None of the others; each operation has its own answer to it.
    Other,
    /// The coordinator moved: find it, then try again.
    RefreshRetriable,
    /// Passes by itself: try again after a pause.
    Retriable,
    /// No error.
    Success,
}

/// A row of the table of known codes.
struct Known {
    code: i16,
    name: &'static str,
    class: ErrorClass,
    meaning: &'static str,
}

impl ErrorCode {
    /// Returns every known code, ascending from -1.
    pub fn known() -> impl ExactSizeIterator<Item = Self> {
        table::KNOWN.iter().map(|known| Self(known.code))
    }

    /// Returns the code of that name, as in `UNKNOWN_TOPIC_OR_PARTITION`.
    pub fn from_name(name: &str) -> Option<Self> {
        let known = table::KNOWN.iter().find(|known| known.name == name)?;
        Some(Self(known.code))
    }

    /// Returns Kafka's name of the code; `None` when the code is unknown.
    pub fn name(self) -> Option<&'static str> {
        self.row().map(|known| known.name)
    }

    /// Returns what the code means, as a phrase without a full stop.
    pub fn meaning(self) -> &'static str {
        self.row().map_or(
            "the broker is newer than this client and reports an error it does not know",
            |known| known.meaning,
        )
    }

    /// Returns the family of the code; an unknown code is [`ErrorClass::Other`].
    pub fn class(self) -> ErrorClass {
        self.row().map_or(ErrorClass::Other, |known| known.class)
    }

    /// Whether this is success.
    #[inline]
    pub const fn is_ok(self) -> bool {
        self.0 == 0
    }

    /// Whether this is an error.
    #[inline]
    pub const fn is_err(self) -> bool {
        self.0 != 0
    }

    /// Returns `Ok` for success, else the code as the error.
    #[inline]
    pub const fn ok(self) -> Result<(), Self> {
        if self.is_ok() { Ok(()) } else { Err(self) }
    }

    /// Whether the same request may succeed later, unchanged (Kafka's `RetriableException`).
    pub fn is_retriable(self) -> bool {
        matches!(
            self.class(),
            ErrorClass::InvalidMetadata | ErrorClass::RefreshRetriable | ErrorClass::Retriable
        )
    }

    /// Whether metadata should be fetched before the next attempt (Kafka's `InvalidMetadataException`).
    pub fn refreshes_metadata(self) -> bool {
        self.class() == ErrorClass::InvalidMetadata
    }

    fn row(self) -> Option<&'static Known> {
        // The table starts at -1 and has no gaps.
        let index = usize::try_from(i32::from(self.0) + 1).ok()?;
        table::KNOWN.get(index)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.pad(name),
            None => write!(f, "ErrorCode({})", self.0),
        }
    }
}

impl fmt::Debug for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<i16> for ErrorCode {
    fn from(code: i16) -> Self {
        Self(code)
    }
}

impl std::error::Error for ErrorCode {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_no_gap() {
        let codes: Vec<i16> = ErrorCode::known().map(|known| known.0).collect();
        assert_eq!(codes, (-1..=136).collect::<Vec<_>>());
    }

    #[test]
    fn names_lead_back_to_their_codes() {
        for code in ErrorCode::known() {
            let name = code.name().unwrap();
            assert_eq!(ErrorCode::from_name(name), Some(code));
            assert_eq!(code.to_string(), name);
        }
        assert_eq!(ErrorCode::from_name("NO_SUCH_ERROR"), None);
    }

    #[test]
    fn unknown_codes_survive() {
        for code in [
            ErrorCode(142),
            ErrorCode(-2),
            ErrorCode(i16::MIN),
            ErrorCode(i16::MAX),
        ] {
            assert_eq!(code.to_string(), format!("ErrorCode({})", code.0));
            assert_eq!(code.class(), ErrorClass::Other);
            assert!(!code.is_retriable());
            assert!(code.is_err());
        }
    }

    #[test]
    fn meanings_are_phrases() {
        for code in ErrorCode::known() {
            let meaning = code.meaning();
            assert!(
                !meaning.is_empty() && !meaning.ends_with('.'),
                "{code}: {meaning}"
            );
        }
    }

    #[test]
    fn classes_answer_the_two_questions() {
        assert!(ErrorCode::NOT_LEADER_OR_FOLLOWER.is_retriable());
        assert!(ErrorCode::NOT_LEADER_OR_FOLLOWER.refreshes_metadata());
        assert!(ErrorCode::NOT_COORDINATOR.is_retriable());
        assert!(!ErrorCode::NOT_COORDINATOR.refreshes_metadata());
        assert!(!ErrorCode::PRODUCER_FENCED.is_retriable());
        assert_eq!(ErrorCode::NONE.ok(), Ok(()));
        assert_eq!(ErrorCode::INVALID_REQUEST.ok(), Err(ErrorCode::INVALID_REQUEST));
    }
}
