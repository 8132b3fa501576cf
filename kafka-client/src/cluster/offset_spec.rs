/// A place in a partition that the brokers are to find. Those beyond `Timestamp` need newer brokers; an older one
/// gives an error that names the versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
            // Negative numbers have meanings of their own.
            Self::Timestamp(timestamp) if timestamp < 0 => 0,
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
}
