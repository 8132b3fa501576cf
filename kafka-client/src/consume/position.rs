use std::time::Duration;

use crate::cluster::OffsetSpec;
use crate::config::OffsetReset;

/// A place in a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The offset of the next record.
    pub offset: i64,
    /// The leader epoch of the record before it, where that is known (KIP-320): by that it is noticed when a new leader's
    /// log differs.
    pub leader_epoch: Option<i32>,
}

impl Position {
    /// A place of which only the offset is known.
    pub const fn at(offset: i64) -> Self {
        Self {
            offset,
            leader_epoch: None,
        }
    }

    /// The epoch as the protocol says it.
    pub(super) fn epoch_code(self) -> i32 {
        self.leader_epoch.unwrap_or(-1)
    }
}

/// What is committed for a partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommittedOffset {
    /// The offset of the next record to process, with its leader epoch.
    pub position: Position,
    /// A note of the application's own; often empty.
    pub metadata: String,
}

impl From<Position> for CommittedOffset {
    fn from(position: Position) -> Self {
        Self {
            position,
            metadata: String::new(),
        }
    }
}

impl From<i64> for CommittedOffset {
    fn from(offset: i64) -> Self {
        Position::at(offset).into()
    }
}

impl OffsetSpec {
    /// What a reset policy means at a wall-clock time, in milliseconds since 1970; none when it is an error.
    pub(super) fn of_reset(reset: OffsetReset, unix_ms: i64) -> Option<Self> {
        match reset {
            OffsetReset::ByDuration(ago) => Some(Self::Timestamp(unix_ms.saturating_sub(millis(ago)).max(0))),
            OffsetReset::Earliest => Some(Self::Earliest),
            OffsetReset::Latest => Some(Self::Latest),
            OffsetReset::None => None,
        }
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// Where a partition is to be read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StartAt {
    /// From the group's committed offset; without one as [`auto_offset_reset`](crate::config::ConsumerConfig) says.
    Committed,
    /// From this offset. One that is not in the log is treated as `auto_offset_reset` says.
    Offset(i64),
    /// From this offset, which is known to follow a record of that leader epoch.
    Position(Position),
    /// From a place that the brokers find.
    Spec(OffsetSpec),
}

impl From<OffsetSpec> for StartAt {
    fn from(spec: OffsetSpec) -> Self {
        Self::Spec(spec)
    }
}

impl From<i64> for StartAt {
    fn from(offset: i64) -> Self {
        Self::Offset(offset)
    }
}

impl From<Position> for StartAt {
    fn from(position: Position) -> Self {
        Self::Position(position)
    }
}
