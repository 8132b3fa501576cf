use protocol::ErrorCode;

use crate::error::{BrokerError, Class, RequestError};

/// Why an admin operation on one thing failed.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AdminError {
    /// A broker refused.
    #[error(transparent)]
    Broker(#[from] BrokerError),
    /// No reply came.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The reply does not say what became of it, or contradicts itself.
    #[error("{0}")]
    Reply(String),
    /// The call makes no sense.
    #[error("{0}")]
    Usage(String),
}

impl AdminError {
    /// What can be done about it.
    pub fn class(&self) -> Class {
        match self {
            Self::Broker(error) => error.class(),
            Self::Request(error) => error.class(),
            Self::Reply(_) => Class::Fatal,
            Self::Usage(_) => Class::Usage,
        }
    }

    /// The broker's error code, if a broker refused.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Broker(error) => Some(error.code),
            Self::Request(_) | Self::Reply(_) | Self::Usage(_) => None,
        }
    }
}

impl From<ErrorCode> for AdminError {
    fn from(code: ErrorCode) -> Self {
        Self::Broker(code.into())
    }
}
