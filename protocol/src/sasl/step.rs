//! What all exchanges are made of.

use std::fmt;

/// Random bytes a [`SaslClient`](super::SaslClient) needs for its nonce.
pub const NONCE_LEN: usize = 24;

/// What to do after a message of the broker.
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub enum Step {
    /// The exchange has succeeded.
    Done,
    /// Send these bytes, then hand in the answer.
    Send(Vec<u8>),
}

/// Messages prove identities: their length is all that may be seen.
impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done => f.write_str("Done"),
            Self::Send(message) => write!(f, "Send({} bytes)", message.len()),
        }
    }
}
