use std::sync::Arc;

use protocol::ErrorCode;

use crate::error::{BrokerError, Class, RequestError};

/// Why a member cannot take part in its group. It does not try again by itself.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GroupError {
    /// Another consumer with the same `group.instance.id` took this member's place.
    #[error(
        "group `{group}`: another consumer with the instance id `{instance}` took over; give each its own"
    )]
    Fenced {
        /// The group.
        group: Arc<str>,
        /// The static name of the member.
        instance: Arc<str>,
    },
    /// The coordinator refused the member.
    #[error("group `{group}` refused this member{}", advice(source.code))]
    Refused {
        /// The group.
        group: Arc<str>,
        /// What the coordinator said.
        #[source]
        source: BrokerError,
    },
    /// The coordinator could not be asked, and asking again would not help.
    #[error("group `{group}`: the coordinator cannot be asked")]
    Unreachable {
        /// The group.
        group: Arc<str>,
        /// Why.
        #[source]
        source: RequestError,
    },
    /// The coordinator or the leader said something that makes no sense.
    #[error("group `{group}`: {reason}")]
    Violation {
        /// The group.
        group: Arc<str>,
        /// What does not fit.
        reason: String,
    },
}

impl GroupError {
    /// What can be done about it.
    pub fn class(&self) -> Class {
        match self {
            Self::Fenced { .. } => Class::Fenced,
            Self::Refused { source, .. } => source.class(),
            Self::Unreachable { source, .. } => source.class(),
            Self::Violation { .. } => Class::Fatal,
        }
    }
}

fn advice(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::GROUP_AUTHORIZATION_FAILED => "; grant READ on the group",
        ErrorCode::GROUP_MAX_SIZE_REACHED => "; raise `group.max.size` on the brokers or run fewer members",
        ErrorCode::INCONSISTENT_GROUP_PROTOCOL => {
            "; its members know no assignor that this one knows too: check `partition.assignment.strategy`"
        }
        ErrorCode::INVALID_GROUP_ID => "; set `group.id` to a name that is not empty",
        ErrorCode::INVALID_SESSION_TIMEOUT => {
            "; choose a `session.timeout.ms` between the brokers' `group.min.session.timeout.ms` and \
             `group.max.session.timeout.ms`"
        }
        _ => "",
    }
}
