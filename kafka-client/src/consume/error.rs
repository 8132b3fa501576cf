use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::wire::DecodeError;

use super::subscription::PatternError;
use crate::cluster::TopicPartition;
use crate::error::{BrokerError, Class, RequestError};

/// Why a partition gives no records. The others go on, and this one is tried again after a back-off; each occurrence
/// is said once.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConsumeError {
    /// What was fetched is damaged, or compressed in a way this build does not know. The position stays before it;
    /// seek behind `offset` to go on without it.
    #[error("partition {partition}: the batch at offset {offset} cannot be read")]
    Corrupt {
        /// The partition.
        partition: TopicPartition,
        /// Where the unreadable part begins.
        offset: i64,
        /// What is wrong with it.
        #[source]
        source: DecodeError,
    },
    /// The consumer is out of its group for good; the source is a [`GroupError`](crate::group::GroupError). No records
    /// come after it.
    #[error("the consumer is out of its group")]
    Group {
        /// What can be done about it.
        class: Class,
        /// Why.
        #[source]
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
    /// There is no committed offset and `auto_offset_reset` is none. Seek to go on.
    #[error(
        "partition {partition} has no committed offset and `auto.offset.reset` is none; seek to where it is to start"
    )]
    NoPosition {
        /// The partition.
        partition: TopicPartition,
    },
    /// The position is not in the log, and `auto_offset_reset` is none. Seek to go on.
    #[error(
        "partition {partition}: offset {offset} is not in the log, which starts at {log_start} and ends at {log_end}"
    )]
    OutOfRange {
        /// The partition.
        partition: TopicPartition,
        /// The position.
        offset: i64,
        /// The first offset that is there; -1 when the broker did not say.
        log_start: i64,
        /// The offset behind the last one; -1 when the broker did not say.
        log_end: i64,
    },
    /// The broker refused a partition.
    #[error("partition {partition} cannot be read{}", offset.map(|o| format!(" at offset {o}")).unwrap_or_default())]
    Refused {
        /// The partition.
        partition: TopicPartition,
        /// The position, if there was one.
        offset: Option<i64>,
        /// What the broker said.
        #[source]
        source: BrokerError,
    },
    /// The topic was deleted and created again: the position means nothing in it, and `auto_offset_reset` is none.
    #[error("topic of partition {partition} was created anew; seek to where it is to start")]
    Replaced {
        /// The partition.
        partition: TopicPartition,
    },
    /// A topic that is subscribed to cannot be read: its name is invalid, or this user has no rights to it. Said once until
    /// the answer changes.
    #[error("topic `{topic}` cannot be read; check its name and the rights to describe and read it")]
    Topic {
        /// The topic.
        topic: Arc<str>,
        /// What the broker said.
        #[source]
        source: BrokerError,
    },
    /// The log was cut off before the position after a leader was lost, so records that were read are gone (KIP-320),
    /// and `auto_offset_reset` is none. Seek to go on.
    #[error("partition {partition} was cut off at offset {diverges_at}, before the position {offset}")]
    Truncated {
        /// The partition.
        partition: TopicPartition,
        /// The position.
        offset: i64,
        /// Where the log that was read and the log that is there part; -1 when the broker does not know.
        diverges_at: i64,
    },
    /// A request that the partition needs cannot be answered.
    #[error("partition {partition}: the brokers cannot be asked")]
    Unreachable {
        /// The partition.
        partition: TopicPartition,
        /// Why.
        #[source]
        source: RequestError,
    },
    /// The topic of a partition that was assigned by hand, or that was consumed, does not exist.
    #[error("partition {partition} does not exist")]
    Unknown {
        /// The partition.
        partition: TopicPartition,
    },
    /// The client or the consumer is closed.
    #[error("the consumer is closed")]
    Closed,
}

impl ConsumeError {
    /// The partition it is about.
    pub fn partition(&self) -> Option<&TopicPartition> {
        match self {
            Self::Corrupt { partition, .. }
            | Self::NoPosition { partition }
            | Self::OutOfRange { partition, .. }
            | Self::Refused { partition, .. }
            | Self::Replaced { partition }
            | Self::Truncated { partition, .. }
            | Self::Unreachable { partition, .. }
            | Self::Unknown { partition } => Some(partition),
            Self::Group { .. } | Self::Topic { .. } | Self::Closed => None,
        }
    }

    /// What can be done about it.
    pub fn class(&self) -> Class {
        match self {
            Self::Refused { source, .. } | Self::Topic { source, .. } => source.class(),
            Self::Unreachable { source, .. } => source.class(),
            Self::Group { class, .. } => *class,
            Self::Corrupt { .. } => Class::Fatal,
            Self::NoPosition { .. }
            | Self::OutOfRange { .. }
            | Self::Replaced { .. }
            | Self::Truncated { .. }
            | Self::Unknown { .. }
            | Self::Closed => Class::Usage,
        }
    }
}

/// Why offsets were not committed.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CommitError {
    /// The consumer is closed.
    #[error("the consumer is closed")]
    Closed,
    /// The member is no longer in the group, because it took longer than `max.poll.interval.ms` or lost contact: its
    /// partitions belong to others, who process the records again.
    #[error(
        "group `{group}`: this member's partitions were given to others before the commit; process faster than \
             `max.poll.interval.ms` or commit more often"
    )]
    Fenced {
        /// The group.
        group: String,
        /// What the coordinator said, if it was asked.
        #[source]
        source: Option<BrokerError>,
    },
    /// The consumer has no group, so there is nowhere to commit to.
    #[error("the consumer has no group to commit to; set `group.id`")]
    NoGroup,
    /// Some partitions were refused; the others are committed.
    #[error("{} of the partitions were not committed", refused.len())]
    Partial {
        /// Those that were refused.
        refused: BTreeMap<TopicPartition, BrokerError>,
    },
    /// The group is rebalancing. Nothing is committed; the partitions that stay can be committed again when it is done.
    #[error("group `{group}` is rebalancing; commit again afterwards")]
    Rebalancing {
        /// The group.
        group: String,
    },
    /// The coordinator refused the whole commit.
    #[error("group `{group}` refused the commit")]
    Refused {
        /// The group.
        group: String,
        /// What the coordinator said.
        #[source]
        source: BrokerError,
    },
    /// The coordinator did not answer in time. The commit may have been carried out.
    #[error("group `{group}`: the coordinator did not answer the commit")]
    Unanswered {
        /// The group.
        group: String,
        /// What happened last.
        #[source]
        source: RequestError,
    },
}

impl CommitError {
    /// What can be done about it.
    pub fn class(&self) -> Class {
        match self {
            Self::Closed | Self::NoGroup => Class::Usage,
            Self::Fenced { .. } => Class::Fenced,
            Self::Partial { refused } => refused.values().next().map_or(Class::Usage, BrokerError::class),
            Self::Rebalancing { .. } => Class::Retry,
            Self::Refused { source, .. } => source.class(),
            Self::Unanswered { source, .. } => source.class(),
        }
    }
}

/// Why a consumer cannot subscribe to topics.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SubscribeError {
    /// Topics are shared by a group, and the consumer has none.
    #[error("topics are subscribed to as a member of a group: set `group.id`, or assign partitions")]
    NoGroup,
    /// The pattern of topics is not a regular expression.
    #[error(transparent)]
    Pattern(#[from] PatternError),
}

impl SubscribeError {
    /// What can be done about it: always [`Class::Usage`].
    pub fn class(&self) -> Class {
        Class::Usage
    }
}

/// Why a partition cannot be sought, paused or resumed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SeekError {
    /// The consumer is closed.
    #[error("the consumer is closed")]
    Closed,
    /// A negative offset.
    #[error("offset {0} is negative")]
    Negative(i64),
    /// The partition is not this consumer's.
    #[error("partition {0} is not assigned to this consumer")]
    NotAssigned(TopicPartition),
}
