use protocol::compress::Compression;
use protocol::records::TimestampType;

/// What is done with records that are old (`cleanup.policy`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cleanup {
    /// Segments are removed by age and size.
    pub delete: bool,
    /// Of records with the same key the last one is kept.
    pub compact: bool,
}

/// The settings of a topic that its logs follow, with the names and defaults of Kafka.
///
/// Times are in milliseconds, sizes in bytes; -1 is no limit where it says so.
#[derive(Clone, Debug, PartialEq)]
pub struct LogSettings {
    /// `cleanup.policy`: delete.
    pub cleanup: Cleanup,
    /// `retention.ms`: 7 days; -1 for no limit.
    pub retention_ms: i64,
    /// `retention.bytes` of the partition: -1, no limit.
    pub retention_bytes: i64,
    /// `segment.bytes`: 1 GiB. A batch larger than that is refused.
    pub segment_bytes: u32,
    /// `segment.ms`: 7 days.
    pub segment_ms: i64,
    /// `max.message.bytes`, the largest batch: 1 MiB and 12 bytes.
    pub max_message_bytes: usize,
    /// `message.timestamp.type`: CreateTime.
    pub timestamp_type: TimestampType,
    /// `message.timestamp.before.max.ms`: no limit.
    pub message_timestamp_before_max_ms: i64,
    /// `message.timestamp.after.max.ms`: 1 hour since Kafka 4.0 (KIP-1030), no limit before.
    pub message_timestamp_after_max_ms: i64,
    /// `compression.type`: what batches are stored with; `None` is `producer`, as they come.
    pub compression: Option<Compression>,
    /// The level of that codec (KIP-390); `None` is its default.
    pub compression_level: Option<i32>,
    /// `delete.retention.ms`, for how long tombstones stay after compaction has met them: 1 day.
    pub delete_retention_ms: i64,
    /// `min.compaction.lag.ms`, for how long a record is not compacted: 0.
    pub min_compaction_lag_ms: i64,
    /// `max.compaction.lag.ms`, after which a record is compacted, however little there is: no limit.
    pub max_compaction_lag_ms: i64,
    /// `min.cleanable.dirty.ratio`, the part of a log not compacted yet that makes compaction worth it: 0.5.
    pub min_cleanable_dirty_ratio: f64,
    /// `producer.id.expiration.ms`, for how long the state of a silent producer is kept: 1 day.
    pub producer_id_expiration_ms: i64,
    /// `log.retention.check.interval.ms`, how often retention and compaction look: 5 minutes.
    pub check_interval_ms: i64,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            cleanup: Cleanup {
                delete: true,
                compact: false,
            },
            retention_ms: 7 * DAY_MS,
            retention_bytes: -1,
            segment_bytes: 1 << 30,
            segment_ms: 7 * DAY_MS,
            max_message_bytes: (1 << 20) + 12,
            timestamp_type: TimestampType::CreateTime,
            message_timestamp_before_max_ms: i64::MAX,
            message_timestamp_after_max_ms: HOUR_MS,
            compression: None,
            compression_level: None,
            delete_retention_ms: DAY_MS,
            min_compaction_lag_ms: 0,
            max_compaction_lag_ms: i64::MAX,
            min_cleanable_dirty_ratio: 0.5,
            producer_id_expiration_ms: DAY_MS,
            check_interval_ms: 5 * 60 * 1000,
        }
    }
}

impl LogSettings {
    /// For how long a segment is appended to, in milliseconds: none that is to be compacted may be the active one.
    pub(super) fn segment_ms_max(&self) -> i64 {
        match self.cleanup.compact && self.max_compaction_lag_ms > 0 {
            true => self.segment_ms.min(self.max_compaction_lag_ms),
            false => self.segment_ms,
        }
    }
}

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;
