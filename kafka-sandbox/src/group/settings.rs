//! The broker configs that groups follow.

use std::time::Duration;

use super::assignor::Assignor;

/// What groups follow, by Kafka's names and with its defaults.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GroupSettings {
    /// `group.min.session.timeout.ms`: 6 s.
    pub(crate) session_timeout_min_ms: i32,
    /// `group.max.session.timeout.ms`: 30 min.
    pub(crate) session_timeout_max_ms: i32,
    /// `group.initial.rebalance.delay.ms`, how long a new group waits for more members: 3 s.
    pub(crate) initial_rebalance_delay: Duration,
    /// `group.max.size` of classic groups: no limit.
    pub(crate) classic_size_max: usize,
    /// `group.consumer.max.size`: no limit.
    pub(crate) consumer_size_max: usize,
    /// `group.consumer.session.timeout.ms`: 45 s.
    pub(crate) consumer_session_timeout_ms: i32,
    /// `group.consumer.heartbeat.interval.ms`: 5 s.
    pub(crate) consumer_heartbeat_interval_ms: i32,
    /// `group.consumer.assignment.interval.ms`, the least time between two assignments: 1 s since 4.4, none before.
    pub(crate) consumer_assignment_interval_ms: i64,
    /// `group.consumer.assignors`; the first is used where members want none.
    pub(crate) assignors: Vec<Assignor>,
    /// Whether `group.coordinator.rebalance.protocols` has `consumer` (KIP-848).
    pub(crate) consumer_protocol: bool,
    /// `group.consumer.migration.policy`: whether classic groups become consumer groups while they have members.
    pub(crate) upgrades: bool,
    /// And consumer groups classic ones: both by default.
    pub(crate) downgrades: bool,
    /// `offset.metadata.max.bytes`, the longest string that goes with an offset: 4096.
    pub(crate) offset_metadata_max: usize,
    /// `offsets.retention.minutes`, for how long offsets outlive their group: 7 days, in milliseconds.
    pub(crate) offsets_retention_ms: i64,
    /// `offsets.retention.check.interval.ms`: 10 min.
    pub(crate) offsets_check_interval: Duration,
    /// Whether stored offsets have the ids of their topics.
    pub(crate) stores_topic_ids: bool,
}

impl Default for GroupSettings {
    fn default() -> Self {
        Self {
            session_timeout_min_ms: 6_000,
            session_timeout_max_ms: 1_800_000,
            initial_rebalance_delay: Duration::from_secs(3),
            classic_size_max: usize::MAX,
            consumer_size_max: usize::MAX,
            consumer_session_timeout_ms: 45_000,
            consumer_heartbeat_interval_ms: 5_000,
            consumer_assignment_interval_ms: 1_000,
            assignors: vec![Assignor::Uniform, Assignor::Range],
            consumer_protocol: true,
            upgrades: true,
            downgrades: true,
            offset_metadata_max: 4096,
            offsets_retention_ms: 7 * 24 * 60 * 60 * 1000,
            offsets_check_interval: Duration::from_secs(600),
            stores_topic_ids: true,
        }
    }
}

impl GroupSettings {
    /// What the broker configs say that `value` finds by their Java names. What is missing or no number is as by default.
    pub(crate) fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let default = Self::default();
        let number = |name: &str| value(name)?.trim().parse::<i64>().ok();
        let int = |name, default| {
            let number = number(name).and_then(|number| i32::try_from(number).ok());
            number.unwrap_or(default)
        };
        let size = |name| {
            let number = number(name).filter(|&number| number < i64::from(i32::MAX));
            number.and_then(|number| usize::try_from(number).ok())
        };
        let time = |name, default| {
            let number = number(name).and_then(|number| u64::try_from(number).ok());
            number.map_or(default, Duration::from_millis)
        };
        let list = |name: &str| {
            let text = value(name)?;
            let names = text.split(',').map(|name| name.trim().to_owned());
            Some(names.collect::<Vec<_>>())
        };
        let assignors = list("group.consumer.assignors").map(|names| {
            let known = names.iter().filter_map(|name| Assignor::of_config(name));
            known.collect::<Vec<_>>()
        });
        let policy = value("group.consumer.migration.policy").map(|policy| policy.to_ascii_lowercase());
        let migrates = |way: &str| {
            let policy = policy.as_deref();
            policy.is_none_or(|policy| policy == "bidirectional" || policy == way)
        };
        let protocols = list("group.coordinator.rebalance.protocols");
        Self {
            session_timeout_min_ms: int("group.min.session.timeout.ms", default.session_timeout_min_ms),
            session_timeout_max_ms: int("group.max.session.timeout.ms", default.session_timeout_max_ms),
            initial_rebalance_delay: time(
                "group.initial.rebalance.delay.ms",
                default.initial_rebalance_delay,
            ),
            classic_size_max: size("group.max.size").unwrap_or(default.classic_size_max),
            consumer_size_max: size("group.consumer.max.size").unwrap_or(default.consumer_size_max),
            consumer_session_timeout_ms: int(
                "group.consumer.session.timeout.ms",
                default.consumer_session_timeout_ms,
            ),
            consumer_heartbeat_interval_ms: int(
                "group.consumer.heartbeat.interval.ms",
                default.consumer_heartbeat_interval_ms,
            ),
            consumer_assignment_interval_ms: number("group.consumer.assignment.interval.ms").unwrap_or(0),
            assignors: assignors
                .filter(|known| !known.is_empty())
                .unwrap_or(default.assignors),
            consumer_protocol: protocols.is_none_or(|names| names.iter().any(|name| name == "consumer")),
            upgrades: migrates("upgrade"),
            downgrades: migrates("downgrade"),
            offset_metadata_max: size("offset.metadata.max.bytes").unwrap_or(default.offset_metadata_max),
            offsets_retention_ms: number("offsets.retention.minutes")
                .map_or(default.offsets_retention_ms, |minutes| {
                    minutes.saturating_mul(60_000)
                }),
            offsets_check_interval: time(
                "offsets.retention.check.interval.ms",
                default.offsets_check_interval,
            )
            .max(Duration::from_millis(1)),
            stores_topic_ids: default.stores_topic_ids,
        }
    }
}
