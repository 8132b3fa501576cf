use std::time::Duration;

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

/// A place in a partition that the brokers are to find. Those beyond `Timestamp` need newer brokers; an older one
/// gives an error that names the versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OffsetSpec {
    /// The oldest record that is there.
    Earliest,
    /// The oldest record on the brokers' own disks (KIP-405), from Kafka 3.4 on.
    EarliestLocal,
    /// The oldest record that is not uploaded to the remote tier yet (KIP-1023), from Kafka 4.2 on.
    EarliestPendingUpload,
    /// Behind the newest record.
    Latest,
    /// Behind the newest record of the remote tier (KIP-1005), from Kafka 3.9 on.
    LatestTiered,
    /// The record with the highest timestamp (KIP-734), from Kafka 3.0 on.
    MaxTimestamp,
    /// The first record whose timestamp is not lower, in milliseconds since 1970; behind the newest record when there
    /// is none.
    Timestamp(i64),
}

impl OffsetSpec {
    /// The protocol's number: a timestamp, or a negative one with a meaning of its own.
    pub const fn code(self) -> i64 {
        match self {
            Self::Latest => -1,
            Self::Earliest => -2,
            Self::MaxTimestamp => -3,
            Self::EarliestLocal => -4,
            Self::LatestTiered => -5,
            Self::EarliestPendingUpload => -6,
            Self::Timestamp(timestamp) => timestamp,
        }
    }

    /// The first version of ListOffsets that knows it.
    pub const fn first_version(self) -> i16 {
        match self {
            Self::Earliest | Self::Latest | Self::Timestamp(_) => 1,
            Self::MaxTimestamp => 7,
            Self::EarliestLocal => 8,
            Self::LatestTiered => 9,
            Self::EarliestPendingUpload => 11,
        }
    }

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
