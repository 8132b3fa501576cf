use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use protocol::wire::{DecodeError, EncodeError};
use protocol::{ApiKey, ErrorCode, VersionRange};

use super::class::Class;
use crate::node::NodeId;

/// Why a request got no reply. The reply's own error codes are not here: they belong to the operation.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The broker, or the client's own checks, refused to authenticate.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// The client was closed.
    #[error("the client is closed")]
    Closed,
    /// The request cannot be said.
    #[error("cannot encode the request")]
    Encode(#[from] EncodeError),
    /// The reply makes no sense; the connection was closed.
    #[error("cannot decode the reply")]
    Malformed(#[source] DecodeError),
    /// No coordinator could be found in time, or the brokers refused to name one.
    #[error("no coordinator was found for `{key}`")]
    NoCoordinator {
        /// The group or transactional id.
        key: Arc<str>,
        /// The broker's last error.
        #[source]
        last: Option<BrokerError>,
    },
    /// The answer did not come in time. The request may have been carried out.
    #[error("{api} was not answered within {after:?}")]
    Timeout {
        /// What was asked.
        api: ApiKey,
        /// The time it was given.
        after: Duration,
        /// Whether it may have reached the broker.
        sent: bool,
        /// What stood in the way last.
        #[source]
        last: Option<Box<Self>>,
    },
    /// The connection could not be made or broke.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The broker is too old or too new for the request.
    #[error(transparent)]
    Version(#[from] VersionError),
}

impl RequestError {
    /// Whether the broker may have carried the request out.
    pub fn may_have_been_applied(&self) -> bool {
        match self {
            Self::Timeout { sent, .. } => *sent,
            Self::Transport(transport) => transport.sent,
            Self::Malformed(_) => true,
            Self::Auth(_)
            | Self::Closed
            | Self::Encode(_)
            | Self::NoCoordinator { .. }
            | Self::Version(_) => false,
        }
    }

    /// What can be done about it.
    pub fn class(&self) -> Class {
        match self {
            Self::Transport(transport) if transport.permanent => Class::Usage,
            Self::Timeout { .. } | Self::Transport(_) | Self::Malformed(_) => Class::Retry,
            Self::NoCoordinator { last: Some(last), .. } => last.class(),
            Self::NoCoordinator { last: None, .. } => Class::Retry,
            Self::Auth(_) => Class::Denied,
            Self::Closed | Self::Encode(_) | Self::Version(_) => Class::Usage,
        }
    }
}

/// A connection that could not be made, or broke.
#[derive(Clone, Debug)]
pub struct TransportError {
    /// The address that was tried, `host:port`.
    pub address: String,
    /// How far it got.
    pub phase: TransportPhase,
    /// Whether a request that fails with this may have reached the broker.
    pub sent: bool,
    /// Whether trying again cannot help until somebody changes the settings of the client or of the broker.
    pub permanent: bool,
    /// What is wrong, with the remedy where it is known.
    pub reason: String,
    /// The system's error.
    pub source: Option<Arc<std::io::Error>>,
}

/// How far a connection got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportPhase {
    /// Looking the name up.
    Resolve,
    /// Opening the socket.
    Connect,
    /// The TLS handshake.
    Tls,
    /// Finding out the versions, authenticating.
    Handshake,
    /// Requests and replies.
    Established,
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.address, self.reason)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// Authentication that failed. Not retried: the same credentials would fail again.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{address}: {reason}")]
pub struct AuthError {
    /// The address of the broker, `host:port`.
    pub address: String,
    /// The SASL mechanism, or `TLS`.
    pub mechanism: String,
    /// What is wrong, with the remedy where it is known. Never holds a secret.
    pub reason: String,
}

/// A broker that does not speak a version of an API that the client speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionError {
    /// The API.
    pub api: ApiKey,
    /// The broker.
    pub node: Option<NodeId>,
    /// The versions the client can use for this request.
    pub ours: VersionRange,
    /// The versions the broker speaks; none when it does not know the API.
    pub theirs: Option<VersionRange>,
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.node {
            Some(node) => write!(f, "broker {node} ")?,
            None => write!(f, "the broker ")?,
        }
        match self.theirs {
            Some(theirs) => {
                write!(
                    f,
                    "speaks versions {theirs} of {}, this request needs {}",
                    self.api, self.ours
                )
            }
            None => write!(
                f,
                "does not know {}, this request needs versions {}",
                self.api, self.ours
            ),
        }
    }
}

impl std::error::Error for VersionError {}

/// An error code in a broker's reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokerError {
    /// The code.
    pub code: ErrorCode,
    /// What the broker said beyond the code.
    pub message: Option<String>,
}

impl BrokerError {
    /// Makes an error of a reply's fields; none when the code means success.
    pub fn check(code: i16, message: Option<&str>) -> Result<(), Self> {
        match ErrorCode(code) {
            ErrorCode::NONE => Ok(()),
            code => Err(Self {
                code,
                message: message.filter(|text| !text.is_empty()).map(str::to_owned),
            }),
        }
    }

    /// What can be done about it.
    pub fn class(&self) -> Class {
        Class::of(self.code)
    }
}

impl From<ErrorCode> for BrokerError {
    fn from(code: ErrorCode) -> Self {
        Self { code, message: None }
    }
}

impl fmt::Display for BrokerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}",
            self.code,
            self.message.as_deref().unwrap_or_else(|| self.code.meaning())
        )
    }
}

impl std::error::Error for BrokerError {}
