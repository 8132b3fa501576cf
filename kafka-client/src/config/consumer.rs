use std::time::Duration;

use super::ConfigError;

/// What a consumer does. The defaults are those of the Java client; each field names its Java property. What all
/// parts of a client share, e.g. request timeout and retry back-off, is in [`ConnectionConfig`](super::ConnectionConfig).
#[derive(Clone, Debug, PartialEq)]
pub struct ConsumerConfig {
    /// The group that shares the work. Without one, partitions are assigned by hand and nothing can be committed.
    /// Default: none. `group.id`.
    pub group_id: Option<String>,
    /// A name for this member that outlives its process (static membership, KIP-345): a restart within the session
    /// timeout gets the same partitions back without a rebalance. Default: none. `group.instance.id`.
    pub group_instance_id: Option<String>,
    /// How a group's leader may distribute partitions, the preferred way first. The group takes one that all its
    /// members know. When every entry is cooperative, partitions that stay are not given up during a rebalance.
    /// Never empty. Default: range, cooperative-sticky. `partition.assignment.strategy`.
    pub assignors: Vec<AssignorKind>,
    /// How long the coordinator waits for a heartbeat before it gives this member's partitions to others. The broker
    /// bounds it, 6 s to 30 min unless it is set otherwise. Default: 45 s. `session.timeout.ms`.
    pub session_timeout: Duration,
    /// The time between heartbeats; at most a third of the session timeout is sensible. Default: 3 s.
    /// `heartbeat.interval.ms`.
    pub heartbeat_interval: Duration,
    /// How long the application may take from one batch to the next. After that the member leaves its group, and a
    /// rebalance does not wait longer for it either. Default: 5 min. `max.poll.interval.ms`.
    pub max_poll_interval: Duration,
    /// How many records a batch has at most. It bounds what is delivered at once, not what is fetched.
    /// At least 1. Default: 500. `max.poll.records`.
    pub max_poll_records: usize,
    /// Whether the positions of processed batches are committed without being asked to: every
    /// [`auto_commit_interval`](Self::auto_commit_interval), when partitions are revoked and when the consumer is closed.
    /// A batch counts as processed when the next one is asked for. Default: true. `enable.auto.commit`.
    pub enable_auto_commit: bool,
    /// The time between automatic commits. Default: 5 s. `auto.commit.interval.ms`.
    pub auto_commit_interval: Duration,
    /// Where to start when a partition has no committed offset, or when the position is no longer in the log.
    /// Default: latest. `auto.offset.reset`.
    pub auto_offset_reset: OffsetReset,
    /// Whether records of open and aborted transactions are delivered. Default: read uncommitted. `isolation.level`.
    pub isolation_level: IsolationLevel,
    /// What the broker should have before it answers a waiting fetch, in bytes. Default: 1. `fetch.min.bytes`.
    pub fetch_min_bytes: i32,
    /// How long a fetch may wait for [`fetch_min_bytes`](Self::fetch_min_bytes). Default: 500 ms. `fetch.max.wait.ms`.
    pub fetch_max_wait: Duration,
    /// The most that one fetch brings, in bytes. A single larger batch of records still comes, alone (KIP-74).
    /// Default: 50 MiB. `fetch.max.bytes`.
    pub fetch_max_bytes: i32,
    /// The most that one fetch brings of one partition, in bytes; a single larger batch of records still comes.
    /// Default: 1 MiB. `max.partition.fetch.bytes`.
    pub max_partition_fetch_bytes: i32,
    /// What may lie fetched and undelivered in memory, in bytes, over all partitions, the fetches under way
    /// included. At least one fetch is always under way, so a single larger batch of records can exceed it.
    /// Default: 64 MiB. No Java property.
    pub buffer_memory: usize,
    /// The most that one compressed batch of records may grow to, in bytes, before it is refused as hostile.
    /// Default: 256 MiB. No Java property.
    pub decompressed_batch_bytes_max: usize,
    /// Whether the checksum of each batch of records is checked. Default: true. `check.crcs`.
    pub check_crcs: bool,
    /// Where this client runs, as the brokers name racks: with KIP-392 it then reads from a replica nearby.
    /// Default: none. `client.rack`.
    pub client_rack: Option<String>,
    /// Whether the broker may create a topic that is subscribed to and does not exist; the broker must allow it too.
    /// Default: true. `allow.auto.create.topics`.
    pub allow_auto_create_topics: bool,
    /// Whether a subscription by pattern leaves out Kafka's own topics. Default: true. `exclude.internal.topics`.
    pub exclude_internal_topics: bool,
}

impl Default for ConsumerConfig {
    fn default() -> Self {
        Self {
            group_id: None,
            group_instance_id: None,
            assignors: vec![AssignorKind::Range, AssignorKind::CooperativeSticky],
            session_timeout: Duration::from_secs(45),
            heartbeat_interval: Duration::from_secs(3),
            max_poll_interval: Duration::from_secs(300),
            max_poll_records: 500,
            enable_auto_commit: true,
            auto_commit_interval: Duration::from_secs(5),
            auto_offset_reset: OffsetReset::Latest,
            isolation_level: IsolationLevel::ReadUncommitted,
            fetch_min_bytes: 1,
            fetch_max_wait: Duration::from_millis(500),
            fetch_max_bytes: 50 << 20,
            max_partition_fetch_bytes: 1 << 20,
            buffer_memory: 64 << 20,
            decompressed_batch_bytes_max: 256 << 20,
            check_crcs: true,
            client_rack: None,
            allow_auto_create_topics: true,
            exclude_internal_topics: true,
        }
    }
}

impl ConsumerConfig {
    /// Checks what no single field can say: bounds, and settings that exclude each other.
    pub fn validate(&self) -> Result<(), ConfigError> {
        if self.assignors.is_empty() {
            return Err(missing(
                "partition.assignment.strategy",
                "a group needs at least one way to assign partitions",
            ));
        }
        if self.group_instance_id.is_some() && self.group_id.is_none() {
            return Err(missing(
                "group.id",
                "`group.instance.id` names a member of a group",
            ));
        }
        let positive: [(&str, bool, String); 4] = [
            (
                "max.poll.records",
                self.max_poll_records > 0,
                self.max_poll_records.to_string(),
            ),
            (
                "fetch.min.bytes",
                self.fetch_min_bytes >= 0,
                self.fetch_min_bytes.to_string(),
            ),
            (
                "fetch.max.bytes",
                self.fetch_max_bytes > 0,
                self.fetch_max_bytes.to_string(),
            ),
            (
                "max.partition.fetch.bytes",
                self.max_partition_fetch_bytes > 0,
                self.max_partition_fetch_bytes.to_string(),
            ),
        ];
        for (key, fine, value) in positive {
            if !fine {
                return Err(ConfigError::Value {
                    key: key.to_owned(),
                    value,
                    expected: "a positive number".to_owned(),
                });
            }
        }
        if self.heartbeat_interval >= self.session_timeout {
            return Err(ConfigError::Contradiction {
                key: "heartbeat.interval.ms",
                other: "session.timeout.ms",
                reason: "set it to a third of the session timeout or less".to_owned(),
            });
        }
        Ok(())
    }
}

fn missing(key: &'static str, reason: &str) -> ConfigError {
    ConfigError::Missing {
        key,
        reason: reason.to_owned(),
    }
}

/// A way to distribute the partitions of a group over its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AssignorKind {
    /// As sticky, but partitions move in two steps, so that those that stay are never given up (KIP-429).
    CooperativeSticky,
    /// Per topic, neighbouring partitions to each member, members in the order of their ids.
    Range,
    /// All partitions of all topics dealt out one by one.
    RoundRobin,
    /// Balanced, and as little moved as possible; everything is given up during a rebalance.
    Sticky,
}

impl AssignorKind {
    /// The name that members of a group agree on, e.g. `cooperative-sticky`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CooperativeSticky => "cooperative-sticky",
            Self::Range => "range",
            Self::RoundRobin => "roundrobin",
            Self::Sticky => "sticky",
        }
    }
}

/// Where a partition is read from when there is no valid position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OffsetReset {
    /// The first record that was written at most this long ago (KIP-1106).
    ByDuration(Duration),
    /// The oldest record.
    Earliest,
    /// Only records that are written from now on. A partition that its topic gains while it is consumed is read from its
    /// start: all it has was written since.
    Latest,
    /// Nowhere: the missing position is an error.
    None,
}

/// Which records of transactions are delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum IsolationLevel {
    /// Those of committed transactions, up to the first one that is still open.
    ReadCommitted,
    /// All.
    #[default]
    ReadUncommitted,
}

impl IsolationLevel {
    /// The protocol's number.
    pub const fn code(self) -> i8 {
        match self {
            Self::ReadUncommitted => 0,
            Self::ReadCommitted => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_valid() {
        ConsumerConfig::default().validate().unwrap();
    }

    #[test]
    fn heartbeats_come_more_often_than_the_session_ends() {
        let config = ConsumerConfig {
            heartbeat_interval: Duration::from_secs(45),
            ..ConsumerConfig::default()
        };
        assert!(matches!(
            config.validate(),
            Err(ConfigError::Contradiction { .. })
        ));
    }

    #[test]
    fn a_static_member_needs_a_group() {
        let config = ConsumerConfig {
            group_instance_id: Some("a".to_owned()),
            ..ConsumerConfig::default()
        };
        assert!(matches!(
            config.validate(),
            Err(ConfigError::Missing { key: "group.id", .. })
        ));
    }
}
