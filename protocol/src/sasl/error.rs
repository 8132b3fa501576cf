use std::fmt;

use super::Mechanism;
use super::scram::{ITERATIONS_MAX, ITERATIONS_MIN};

/// Why an authentication failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthError {
    /// The mechanism that was in use.
    pub mechanism: Mechanism,
    /// What went wrong.
    pub kind: AuthErrorKind,
}

/// What went wrong in an authentication.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthErrorKind {
    /// The credentials cannot be used with the mechanism, whatever the broker says.
    BadCredentials(&'static str),
    /// The peer's message does not follow the mechanism.
    BadMessage(&'static str),
    /// The broker does not know the password it let us prove: it is not the broker it claims to be.
    BadServerSignature,
    /// The broker asks for a count of hashing rounds outside the bounds.
    IterationsOutOfBounds(u32),
    /// The peer's nonce does not continue ours: the answer belongs to another exchange.
    NonceMismatch,
    /// The peer rejected the credentials; the text is its reason, cleaned and shortened.
    Rejected(String),
    /// A message came after the exchange had ended.
    Unexpected,
}

impl AuthErrorKind {
    /// Names the mechanism.
    #[cold]
    pub(super) fn of(self, mechanism: Mechanism) -> AuthError {
        AuthError {
            mechanism,
            kind: self,
        }
    }

    /// A rejection for the reason that the peer wrote in `reason`.
    #[cold]
    pub(super) fn rejected(reason: &[u8]) -> Self {
        Self::Rejected(printable(reason))
    }
}

/// The first characters of what a peer wrote, without control characters.
pub(super) fn printable(bytes: &[u8]) -> String {
    const CHARS_MAX: usize = 512;
    String::from_utf8_lossy(bytes)
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(CHARS_MAX)
        .collect()
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} authentication: {}", self.mechanism, self.kind)
    }
}

impl fmt::Display for AuthErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadCredentials(why) => f.write_str(why),
            Self::BadMessage(what) => write!(f, "the peer's message is malformed: {what}"),
            Self::BadServerSignature => f.write_str(
                "the server could not prove that it knows the password; it may not be the broker it claims to be",
            ),
            Self::IterationsOutOfBounds(count) => write!(
                f,
                "the server asks for {count} iterations; {ITERATIONS_MIN} to {ITERATIONS_MAX} are accepted"
            ),
            Self::NonceMismatch => f.write_str("the peer's nonce does not continue ours"),
            Self::Rejected(reason) if reason.is_empty() => f.write_str("rejected"),
            Self::Rejected(reason) => write!(f, "rejected: {reason}"),
            Self::Unexpected => f.write_str("a message came after the exchange had ended"),
        }
    }
}

impl std::error::Error for AuthError {}
