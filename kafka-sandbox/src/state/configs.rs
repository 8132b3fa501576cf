//! Configs: what was set for topics, brokers, groups and client metrics, and what holds where nothing was.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::compress::Compression;
use protocol::records::TimestampType;
use rustc_hash::FxHashMap;

use super::{Features, Replication};
use crate::log::{Cleanup, LogSettings};
use crate::profile::Profile;
use crate::profile::configs::{ConfigFact, Kind, config};

/// How many replicas have to be in sync for a write that waits for all of them.
pub(crate) const MIN_INSYNC: &str = "min.insync.replicas";

/// The values that were set, by resource, and those that hold otherwise.
#[derive(Debug)]
pub(crate) struct Configs {
    profile: Profile,
    set: FxHashMap<(Kind, Arc<str>), BTreeMap<String, String>>,
    /// What the brokers were started with, as from a `server.properties`.
    started_with: BTreeMap<String, String>,
}

/// A value that a config has, or would have if those before it were not set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sourced<'a> {
    /// Under which name: a topic's config falls back to one of the brokers.
    pub(crate) name: &'a str,
    pub(crate) value: Option<Cow<'a, str>>,
    pub(crate) source: Source,
}

/// Where a value comes from. The numbers are those of DescribeConfigs (KIP-226).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Topic = 1,
    Broker = 2,
    AllBrokers = 3,
    StartedWith = 4,
    Default = 5,
    ClientMetrics = 7,
    Group = 8,
}

impl Source {
    /// The number in DescribeConfigs.
    pub(crate) fn number(self) -> i8 {
        self as i8
    }

    fn of(kind: Kind, resource: &str) -> Self {
        match kind {
            Kind::Topic => Self::Topic,
            Kind::Broker if resource.is_empty() => Self::AllBrokers,
            Kind::Broker => Self::Broker,
            Kind::ClientMetrics => Self::ClientMetrics,
            Kind::Group => Self::Group,
        }
    }
}

impl Configs {
    pub(crate) fn new(profile: Profile, started_with: BTreeMap<String, String>) -> Self {
        let mut configs = Self {
            profile,
            set: FxHashMap::default(),
            started_with,
        };
        // Where leaders may be elected from replicas that are out of sync but have everything (KIP-966), how many have to be
        // in sync is one for all brokers, and said from the beginning.
        let feature = profile.feature("eligible.leader.replicas.version");
        if feature.is_some_and(|feature| feature.finalized > 0) {
            let value = configs.value(Kind::Broker, "", MIN_INSYNC);
            configs.set(Kind::Broker, "", MIN_INSYNC.to_owned(), value);
        }
        configs
    }

    /// What was set for a resource, by name.
    pub(crate) fn of(&self, kind: Kind, resource: &str) -> Option<&BTreeMap<String, String>> {
        self.set.get(&(kind, Arc::from(resource)))
    }

    /// The resources of a kind for which something was set, by name.
    pub(crate) fn resources(&self, kind: Kind) -> Vec<Arc<str>> {
        let of_kind = self.set.keys().filter(|(other, _)| *other == kind);
        let mut names: Vec<Arc<str>> = of_kind.map(|(_, name)| name.clone()).collect();
        names.sort_unstable();
        names
    }

    /// What the brokers were started with, by name.
    pub(crate) fn started_with(&self) -> &BTreeMap<String, String> {
        &self.started_with
    }

    pub(crate) fn set(&mut self, kind: Kind, resource: &str, name: String, value: Option<String>) {
        let key = (kind, Arc::from(resource));
        let values = self.set.entry(key.clone()).or_default();
        match value {
            Some(value) => {
                values.insert(name, value);
            }
            None => {
                values.remove(&name);
            }
        }
        if values.is_empty() {
            self.set.remove(&key);
        }
    }

    pub(crate) fn forget(&mut self, kind: Kind, resource: &str) {
        self.set.remove(&(kind, Arc::from(resource)));
    }

    /// The values that a config has for a resource, the one in force first: those that were set, then the default.
    pub(crate) fn sources<'a>(&'a self, kind: Kind, resource: &str, name: &'a str) -> Vec<Sourced<'a>> {
        let mut found = Vec::new();
        if kind != Kind::Broker || !resource.is_empty() {
            self.push_set(&mut found, kind, resource, name);
        }
        if kind == Kind::Broker {
            self.push_broker(&mut found, name);
            return found;
        }
        let fact = config(kind, name);
        if let Some(fallback) = fact.and_then(|fact| fact.fallback) {
            self.push_broker(&mut found, fallback);
        }
        let has_default = |found: &[Sourced<'_>]| found.iter().any(|one| one.source == Source::Default);
        if !has_default(&found)
            && let Some(value) = fact.and_then(|fact| fact.default_in(self.profile))
        {
            found.push(Sourced {
                name: fact.and_then(|fact| fact.fallback).unwrap_or(name),
                value: Some(value.into()),
                source: Source::Default,
            });
        }
        found
    }

    fn push_set<'a>(&'a self, found: &mut Vec<Sourced<'a>>, kind: Kind, resource: &str, name: &'a str) {
        if let Some(value) = self.of(kind, resource).and_then(|set| set.get(name)) {
            found.push(Sourced {
                name,
                value: Some(Cow::Borrowed(value)),
                source: Source::of(kind, resource),
            });
        }
    }

    /// What a config of brokers is where it was not set for one of them alone: under its own name, or in a coarser unit,
    /// which is the older way to say it.
    fn push_broker<'a>(&'a self, found: &mut Vec<Sourced<'a>>, name: &'a str) {
        let names = || std::iter::once(name).chain(coarser(name).iter().copied());
        for name in names() {
            self.push_set(found, Kind::Broker, "", name);
        }
        let started = names().filter_map(|name| Some((name, self.started_with.get(name)?)));
        found.extend(started.map(|(name, value)| Sourced {
            name,
            value: Some(Cow::Borrowed(value)),
            source: Source::StartedWith,
        }));
        let facts = names().filter_map(|name| {
            config(Kind::Broker, name)?
                .default_in(self.profile)
                .map(|value| (name, value))
        });
        found.extend(facts.map(|(name, value)| Sourced {
            name,
            value: Some(value.into()),
            source: Source::Default,
        }));
    }

    /// The value in force of a config, in the unit of its own name.
    pub(crate) fn value(&self, kind: Kind, resource: &str, name: &str) -> Option<String> {
        let sources = self.sources(kind, resource, name);
        self.value_of(name, &sources)
    }

    /// The value in force of a config that has these sources.
    pub(crate) fn value_of(&self, name: &str, sources: &[Sourced<'_>]) -> Option<String> {
        let first = sources.first()?;
        let value = first.value.as_deref()?;
        let unit = UNITS
            .iter()
            .find(|(coarse, _)| *coarse == first.name && first.name != name);
        let Some((_, factor)) = unit else {
            return Some(value.to_owned());
        };
        let number: i64 = value.trim().parse().unwrap_or(-1);
        let scaled = if number < 0 {
            number
        } else {
            number.saturating_mul(*factor)
        };
        Some(scaled.to_string())
    }

    /// The Kafka that the cluster is taken for.
    pub(crate) fn profile(&self) -> Profile {
        self.profile
    }

    /// A number of all brokers; `otherwise` where it is none, which a value that was checked never is.
    pub(crate) fn broker_number(&self, name: &str, otherwise: i64) -> i64 {
        let value = self.value(Kind::Broker, "", name);
        value
            .and_then(|value| value.trim().parse().ok())
            .unwrap_or(otherwise)
    }

    /// Whether something is switched on for all brokers.
    pub(crate) fn broker_flag(&self, name: &str) -> bool {
        let value = self.value(Kind::Broker, "", name);
        value.is_some_and(|value| value.trim().eq_ignore_ascii_case("true"))
    }

    /// A text of all brokers; empty where there is none.
    pub(crate) fn broker_text(&self, name: &str) -> String {
        let value = self.value(Kind::Broker, "", name);
        value.map(|value| value.trim().to_owned()).unwrap_or_default()
    }

    /// The log directories of brokers: `log.dirs`, or else `log.dir`.
    pub(crate) fn log_dirs(&self) -> Vec<String> {
        let mut dirs = self.broker_text("log.dirs");
        if dirs.is_empty() {
            dirs = self.broker_text("log.dir");
        }
        let dirs = dirs.split(',').map(str::trim).filter(|dir| !dir.is_empty());
        dirs.map(str::to_owned).collect()
    }

    /// A number of a group (KIP-848), which falls back to one of the brokers.
    pub(crate) fn group_number(&self, group: &str, name: &str, otherwise: i64) -> i64 {
        let value = self.value(Kind::Group, group, name);
        value
            .and_then(|value| value.trim().parse().ok())
            .unwrap_or(otherwise)
    }

    /// What the logs of a topic follow, and its replicas.
    pub(crate) fn of_topic(&self, topic: &str, features: &Features) -> (LogSettings, Replication) {
        let reader = TopicReader { configs: self, topic };
        let replication = Replication {
            min_insync_replicas: reader.number("min.insync.replicas", 1),
            unclean_election: reader.number("unclean.leader.election.enable", false),
            strict: self.profile >= Profile::V4_0,
            keeps_eligible: features.level("eligible.leader.replicas.version") > 0,
        };
        (reader.log_settings(), replication)
    }

    /// What is known of a config in the Kafka that the cluster is taken for.
    pub(crate) fn fact(&self, kind: Kind, name: &str) -> Option<&'static ConfigFact> {
        config(kind, name).filter(|fact| fact.is_in(self.profile))
    }
}

/// The names under which the same is said in a coarser unit, finest first.
fn coarser(name: &str) -> &'static [&'static str] {
    match name {
        "log.retention.ms" => &["log.retention.minutes", "log.retention.hours"],
        "log.roll.ms" => &["log.roll.hours"],
        "log.roll.jitter.ms" => &["log.roll.jitter.hours"],
        "log.flush.interval.ms" => &["log.flush.scheduler.interval.ms"],
        _ => &[],
    }
}

/// Configs that say in a coarser unit what another says in milliseconds, and how many of these make up one.
const UNITS: &[(&str, i64)] = &[
    ("log.retention.minutes", 60 * 1000),
    ("log.retention.hours", 60 * 60 * 1000),
    ("log.roll.hours", 60 * 60 * 1000),
    ("log.roll.jitter.hours", 60 * 60 * 1000),
];

/// Reads the configs of a topic.
struct TopicReader<'a> {
    configs: &'a Configs,
    topic: &'a str,
}

impl TopicReader<'_> {
    fn text(&self, name: &'static str) -> String {
        let value = self.configs.value(Kind::Topic, self.topic, name);
        value.map(|value| value.trim().to_owned()).unwrap_or_default()
    }

    fn number<T: std::str::FromStr>(&self, name: &'static str, otherwise: T) -> T {
        self.text(name).parse().unwrap_or(otherwise)
    }

    fn log_settings(&self) -> LogSettings {
        let default = LogSettings::default();
        let policy = self.text("cleanup.policy");
        let has = |word| policy.split(',').any(|one| one.trim() == word);
        let codec = self.text("compression.type");
        let compression = match codec.as_str() {
            "uncompressed" => Some(Compression::None),
            "gzip" => Some(Compression::Gzip),
            "snappy" => Some(Compression::Snappy),
            "lz4" => Some(Compression::Lz4),
            "zstd" => Some(Compression::Zstd),
            _ => None,
        };
        let level = match compression {
            Some(Compression::Gzip) => self.text("compression.gzip.level").parse().ok(),
            Some(Compression::Lz4) => self.text("compression.lz4.level").parse().ok(),
            Some(Compression::Zstd) => self.text("compression.zstd.level").parse().ok(),
            _ => None,
        };
        let timestamp_type = match self.text("message.timestamp.type").as_str() {
            "LogAppendTime" => TimestampType::LogAppendTime,
            _ => TimestampType::CreateTime,
        };
        LogSettings {
            cleanup: Cleanup {
                delete: has("delete"),
                compact: has("compact"),
            },
            retention_ms: self.number("retention.ms", default.retention_ms),
            retention_bytes: self.number("retention.bytes", default.retention_bytes),
            segment_bytes: self.number("segment.bytes", default.segment_bytes),
            segment_ms: self.number("segment.ms", default.segment_ms),
            max_message_bytes: self.number("max.message.bytes", default.max_message_bytes),
            timestamp_type,
            message_timestamp_before_max_ms: self.number(
                "message.timestamp.before.max.ms",
                default.message_timestamp_before_max_ms,
            ),
            message_timestamp_after_max_ms: self.number(
                "message.timestamp.after.max.ms",
                default.message_timestamp_after_max_ms,
            ),
            compression,
            compression_level: level,
            delete_retention_ms: self.number("delete.retention.ms", default.delete_retention_ms),
            min_compaction_lag_ms: self.number("min.compaction.lag.ms", default.min_compaction_lag_ms),
            max_compaction_lag_ms: self.number("max.compaction.lag.ms", default.max_compaction_lag_ms),
            min_cleanable_dirty_ratio: self
                .number("min.cleanable.dirty.ratio", default.min_cleanable_dirty_ratio),
            producer_id_expiration_ms: self
                .configs
                .broker_number("producer.id.expiration.ms", default.producer_id_expiration_ms),
            check_interval_ms: self
                .configs
                .broker_number("log.retention.check.interval.ms", default.check_interval_ms),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configs(started_with: &[(&str, &str)]) -> Configs {
        let started_with = started_with
            .iter()
            .map(|&(name, value)| (name.to_owned(), value.to_owned()));
        Configs::new(Profile::V4_4, started_with.collect())
    }

    fn features() -> Features {
        Features::new(Profile::V4_4)
    }

    #[test]
    fn without_anything_set_logs_follow_kafkas_defaults() {
        let (settings, replication) = configs(&[]).of_topic("orders", &features());
        let compression_level = settings.compression_level;
        assert_eq!(
            settings,
            LogSettings {
                compression_level,
                ..LogSettings::default()
            }
        );
        assert_eq!(
            (replication.min_insync_replicas, replication.unclean_election),
            (1, false)
        );
    }

    #[test]
    fn the_topic_goes_before_the_brokers_and_these_before_what_they_were_started_with() {
        let mut configs = configs(&[("log.retention.minutes", "5"), ("log.cleanup.policy", "compact")]);
        let retention = |configs: &Configs| configs.of_topic("orders", &features()).0.retention_ms;
        assert_eq!(retention(&configs), 5 * 60 * 1000);
        assert!(configs.of_topic("orders", &features()).0.cleanup.compact);
        configs.set(
            Kind::Broker,
            "",
            "log.retention.ms".to_owned(),
            Some("7000".to_owned()),
        );
        assert_eq!(retention(&configs), 7000);
        configs.set(
            Kind::Topic,
            "orders",
            "retention.ms".to_owned(),
            Some("42".to_owned()),
        );
        assert_eq!(retention(&configs), 42);
        assert_eq!(configs.of_topic("others", &features()).0.retention_ms, 7000);
        let sources = configs.sources(Kind::Topic, "orders", "retention.ms");
        let numbers: Vec<_> = sources
            .iter()
            .map(|one| (one.name, one.source.number()))
            .collect();
        assert_eq!(
            numbers,
            [
                ("retention.ms", 1),
                ("log.retention.ms", 3),
                ("log.retention.minutes", 4),
                ("log.retention.hours", 5)
            ]
        );
        configs.set(Kind::Topic, "orders", "retention.ms".to_owned(), None);
        assert!(configs.of(Kind::Topic, "orders").is_none());
    }

    #[test]
    fn a_broker_goes_before_all_brokers() {
        let mut configs = configs(&[]);
        let name = "log.cleaner.threads";
        configs.set(Kind::Broker, "", name.to_owned(), Some("2".to_owned()));
        configs.set(Kind::Broker, "1", name.to_owned(), Some("3".to_owned()));
        let values = |resource: &str| -> Vec<(String, i8)> {
            let sources = configs.sources(Kind::Broker, resource, name).into_iter();
            sources
                .map(|one| (one.value.unwrap_or_default().into_owned(), one.source.number()))
                .collect()
        };
        let own = |value: &str, source| (value.to_owned(), source);
        assert_eq!(values("1"), [own("3", 2), own("2", 3), own("1", 5)]);
        assert_eq!(values("2"), [own("2", 3), own("1", 5)]);
        assert_eq!(values(""), [own("2", 3), own("1", 5)]);
    }
}
