use std::io;
use std::sync::Arc;

use crate::error::{AuthError, RequestError, TransportError, TransportPhase};

/// Why a connection ended, or could not be made.
#[derive(Clone, Debug)]
pub struct Fault {
    /// How far it got.
    pub phase: TransportPhase,
    /// What it asks of the client.
    pub kind: FaultKind,
    /// What is wrong, with the remedy where it is known.
    pub reason: String,
    /// The system's error.
    pub source: Option<Arc<io::Error>>,
}

/// What a [`Fault`] asks of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The two sides do not accept each other; the text is the mechanism, or `TLS`. Not tried again at once.
    Denied(String),
    /// Nothing is wrong: the connection had not been used for long.
    Idle,
    /// It passes, perhaps: try again after a pause.
    Lost,
    /// Trying again cannot help.
    Permanent,
    /// The broker says that it is not the one that was meant: start over from the bootstrap servers (KIP-1242).
    Rebootstrap,
    /// Nothing came back upon the very first request: perhaps a broker that drops what it does not know.
    Silent,
}

impl Fault {
    /// A connection that passes away, perhaps to come back.
    pub fn lost(phase: TransportPhase, reason: impl Into<String>) -> Self {
        Self {
            phase,
            kind: FaultKind::Lost,
            reason: reason.into(),
            source: None,
        }
    }

    /// A connection that cannot be until settings change.
    pub fn permanent(phase: TransportPhase, reason: impl Into<String>) -> Self {
        Self {
            phase,
            kind: FaultKind::Permanent,
            reason: reason.into(),
            source: None,
        }
    }

    /// Two sides that do not accept each other.
    pub fn denied(phase: TransportPhase, mechanism: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            phase,
            kind: FaultKind::Denied(mechanism.into()),
            reason: reason.into(),
            source: None,
        }
    }

    /// Adds the system's error.
    #[must_use]
    pub fn with_source(mut self, source: io::Error) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// The error of a request on the connection to `address`; `sent` is whether the request was written.
    pub fn error(&self, address: &str, sent: bool) -> RequestError {
        match &self.kind {
            FaultKind::Denied(mechanism) if !sent => RequestError::Auth(AuthError {
                address: address.to_owned(),
                mechanism: mechanism.clone(),
                reason: self.reason.clone(),
            }),
            kind => RequestError::Transport(TransportError {
                address: address.to_owned(),
                phase: self.phase,
                sent,
                permanent: *kind == FaultKind::Permanent,
                reason: self.reason.clone(),
                source: self.source.clone(),
            }),
        }
    }
}
