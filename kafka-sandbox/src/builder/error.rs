use std::io;
use std::net::SocketAddr;

use protocol::ErrorCode;

use crate::profile::UnknownProfile;
use crate::shell::{NoPort, TlsError};
use crate::storage::StorageError;

/// Why a sandbox does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A setting cannot be.
    #[error("setting {name}: {reason}")]
    Setting {
        /// Its name in the builder.
        name: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A property is unknown to brokers of the release, or has a value that they do not take.
    #[error("property {name}: {reason}")]
    Property {
        /// Its name.
        name: String,
        /// What is wrong with it, of a value in Kafka's words.
        reason: String,
    },
    /// There is no such release to behave like.
    #[error(transparent)]
    Profile(#[from] UnknownProfile),
    /// The host has no address.
    #[error("{host:?} has no address to listen at")]
    Host {
        /// The host.
        host: String,
        /// What looking it up said, if it failed.
        source: Option<io::Error>,
    },
    /// A broker cannot listen.
    #[error("cannot listen at {address}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// There can be no TLS.
    #[error("cannot set TLS up")]
    Tls(#[from] TlsError),
    /// What is stored cannot be read.
    #[error("cannot open the storage")]
    Storage(#[from] StorageError),
    /// A topic cannot be created.
    #[error("cannot create topic {name:?}: {}", message.as_deref().unwrap_or_else(|| code.meaning()))]
    Topic {
        /// The topic.
        name: String,
        /// The broker's answer.
        code: ErrorCode,
        /// The broker's words.
        message: Option<String>,
    },
    /// The brokers' thread or its runtime cannot be started.
    #[error("cannot start the thread of the brokers")]
    Thread(#[from] io::Error),
}

impl StartError {
    /// The thread ended without a word, which it does when it panics.
    pub(super) fn died() -> Self {
        Self::Thread(io::Error::other("the thread ended"))
    }
}

impl From<NoPort> for StartError {
    fn from(NoPort { address, source }: NoPort) -> Self {
        Self::Listen { address, source }
    }
}
