use protocol::ErrorCode;

/// What can be done about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// This transaction or batch is lost, the client is usable: abort, then retry.
    Abort,
    /// Authentication failed or rights are missing: fix them.
    Denied,
    /// The client cannot continue safely: restart it.
    Fatal,
    /// Another member or producer took over: rebuild this one.
    Fenced,
    /// Leadership or coordination moved: metadata is refreshed and the request sent again.
    Reroute,
    /// Transient: the same request is sent again after a while.
    Retry,
    /// The call or the configuration is wrong: fix the code.
    Usage,
}

impl Class {
    /// The class of a broker's error code.
    pub fn of(code: ErrorCode) -> Self {
        match code {
            ErrorCode::TRANSACTION_ABORTABLE => Self::Abort,
            ErrorCode::SASL_AUTHENTICATION_FAILED
            | ErrorCode::TOPIC_AUTHORIZATION_FAILED
            | ErrorCode::GROUP_AUTHORIZATION_FAILED
            | ErrorCode::CLUSTER_AUTHORIZATION_FAILED
            | ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED
            | ErrorCode::DELEGATION_TOKEN_AUTHORIZATION_FAILED => Self::Denied,
            ErrorCode::PRODUCER_FENCED
            | ErrorCode::INVALID_PRODUCER_EPOCH
            | ErrorCode::FENCED_INSTANCE_ID
            | ErrorCode::FENCED_MEMBER_EPOCH
            | ErrorCode::UNKNOWN_MEMBER_ID
            | ErrorCode::ILLEGAL_GENERATION => Self::Fenced,
            ErrorCode::NOT_COORDINATOR | ErrorCode::NOT_CONTROLLER => Self::Reroute,
            code if code.refreshes_metadata() => Self::Reroute,
            code if code.is_retriable() => Self::Retry,
            ErrorCode::UNKNOWN_SERVER_ERROR | ErrorCode::KAFKA_STORAGE_ERROR => Self::Fatal,
            _ => Self::Usage,
        }
    }
}
