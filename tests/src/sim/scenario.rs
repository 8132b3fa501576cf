//! What a seed comes to: the cluster, who uses it, and how.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use kafka_client::cluster::TopicPartition;
use kafka_client::config::{
    Acks, AssignorKind, ConnectionConfig, ConsumerConfig, IsolationLevel, OffsetReset, Partitioner,
    ProducerConfig,
};
use kafka_sandbox::profile::Profile;
use protocol::compress::Compression;

use super::check::Audience;
use super::cluster::{host, port};
use super::weather::{Weather, between};

/// The topic that ordinary producers write to.
pub(crate) const ORDERS: &str = "orders";
/// The topic that transactions write to.
pub(crate) const TRANSFERS: &str = "transfers";

/// Everything that is decided before the first event.
#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    pub(crate) seed: u64,
    pub(crate) brokers: i32,
    pub(crate) replicas: i16,
    pub(crate) profile: Profile,
    /// Names, and how many partitions.
    pub(crate) topics: Vec<(String, i32)>,
    pub(crate) weather: Weather,
    /// How long there are faults.
    pub(crate) storm: Duration,
    /// The mean time between two faults; none without faults.
    pub(crate) fault_every: Option<Duration>,
    pub(crate) connection: Arc<ConnectionConfig>,
    pub(crate) roles: Vec<Role>,
    /// How many write transactions.
    pub(crate) writers: u16,
}

/// Who runs in a process.
#[derive(Clone, Debug)]
pub(crate) enum Role {
    Consumer(ConsumerRole),
    Producer(ProducerRole),
}

/// A producer.
#[derive(Clone, Debug)]
pub(crate) struct ProducerRole {
    pub(crate) config: ProducerConfig,
    /// Records to send while there are faults.
    pub(crate) records: u32,
    /// The mean pause between two sends.
    pub(crate) pause: Duration,
    pub(crate) value_max: usize,
    pub(crate) has_keys: bool,
}

/// A consumer in a group.
#[derive(Clone, Debug)]
pub(crate) struct ConsumerRole {
    pub(crate) config: ConsumerConfig,
    /// How often it goes back in a partition after a batch.
    pub(crate) seeks: f64,
    /// How often it pauses a partition after a batch.
    pub(crate) pauses: f64,
    /// The mean time that a batch takes.
    pub(crate) think: Duration,
    /// With whom it shares the work.
    pub(crate) audience: Audience,
    /// Names, and how many partitions.
    pub(crate) topics: Vec<(String, i32)>,
}

impl ConsumerRole {
    pub(crate) fn committed_only(&self) -> bool {
        self.config.isolation_level == IsolationLevel::ReadCommitted
    }

    /// All partitions of its topics.
    pub(crate) fn partitions(&self) -> impl Iterator<Item = TopicPartition> {
        let topics = self.topics.iter();
        topics.flat_map(|(topic, count)| {
            (0..*count).map(|partition| TopicPartition::new(topic.as_str(), partition))
        })
    }
}

impl Scenario {
    /// Draws one.
    pub(crate) fn draw(seed: u64) -> Self {
        let mut rng = fastrand::Rng::with_seed(seed);
        let rng = &mut rng;
        let brokers = rng.i32(1..=3);
        let profiles: Vec<Profile> = Profile::all().collect();
        let profile = match rng.bool() {
            true => Profile::default(),
            false => profiles[rng.usize(..profiles.len())],
        };
        let connection = connection(rng, brokers);
        let producers = rng.usize(1..=3);
        let mut roles: Vec<Role> = Vec::new();
        roles.extend((0..producers).map(|_| Role::Producer(producer(rng, &connection))));
        let topics = vec![
            (ORDERS.to_owned(), rng.i32(1..=6)),
            (TRANSFERS.to_owned(), rng.i32(1..=3)),
        ];
        for _ in 0..rng.usize(..=2) {
            let mut reader = consumer(rng, &topics, roles.len());
            reader.config.group_id = None;
            roles.push(Role::Consumer(reader));
        }
        let audience = roles.len();
        let model = consumer(rng, &topics, audience);
        for _ in 0..rng.usize(..=3) {
            let mut member = consumer(rng, &topics, audience);
            member.config.assignors.clone_from(&model.config.assignors);
            member.config.isolation_level = model.config.isolation_level;
            roles.push(Role::Consumer(member));
        }
        Self {
            seed,
            brokers,
            replicas: i16::try_from(rng.i32(1..=brokers)).unwrap_or(1),
            profile,
            topics,
            writers: rng.u16(..=2),
            weather: Weather::draw(rng),
            storm: Duration::from_millis(rng.u64(1_000..18_000)),
            fault_every: match rng.u8(..8) {
                0 => None,
                _ => Some(Duration::from_millis(rng.u64(100..4_000))),
            },
            connection: Arc::new(connection),
            roles,
        }
    }

    /// Who reads together, and whether only what is committed.
    pub(crate) fn audiences(&self) -> BTreeMap<Audience, bool> {
        let consumers = self.roles.iter().filter_map(|role| match role {
            Role::Consumer(role) => Some((role.audience, role.committed_only())),
            Role::Producer(_) => None,
        });
        consumers.collect()
    }

    /// The version of CreateTopics that tells the ids of topics, where they have ids.
    pub(crate) fn create_topics_version(&self) -> i16 {
        self.profile.versions(protocol::ApiKey::CREATE_TOPICS).last.min(7)
    }
}

fn connection(rng: &mut fastrand::Rng, brokers: i32) -> ConnectionConfig {
    let bootstrap = (1..=brokers).map(|broker| format!("{}:{}", host(broker), port(broker)));
    let retry = millis(rng, 20, 300);
    ConnectionConfig {
        request_timeout: millis(rng, 1_000, 6_000),
        api_timeout: millis(rng, 10_000, 30_000),
        setup_timeout: millis(rng, 500, 3_000),
        setup_timeout_max: Duration::from_secs(5),
        connect_timeout: Duration::from_secs(10),
        retry_backoff: retry,
        retry_backoff_max: retry * rng.u32(1..=8),
        idle_timeout: [Duration::from_secs(5), Duration::from_secs(540)][rng.usize(..2)],
        metadata_max_age: millis(rng, 2_000, 60_000),
        in_flight_max: rng.usize(1..=64),
        ..ConnectionConfig::new(bootstrap)
    }
}

fn producer(rng: &mut fastrand::Rng, connection: &ConnectionConfig) -> ProducerRole {
    let is_idempotent = rng.u8(..4) != 0;
    let linger = millis(rng, 0, 20);
    let batch_size = rng.usize(200..4_000);
    let patience = match rng.bool() {
        true => millis(rng, 0, 800),
        false => millis(rng, 0, 20_000),
    };
    let config = ProducerConfig {
        acks: if is_idempotent { Acks::All } else { Acks::Leader },
        max_in_flight: rng.usize(1..=5),
        linger,
        batch_size,
        buffer_memory: batch_size * rng.usize(2..40),
        compression: codec(rng),
        delivery_timeout: connection.request_timeout + linger + patience,
        max_block: millis(rng, 500, 10_000),
        partitioner: [Partitioner::Random, Partitioner::RoundRobin, Partitioner::Sticky][rng.usize(..3)],
        availability_timeout: [Duration::ZERO, Duration::from_millis(500)][rng.usize(..2)],
        ..ProducerConfig::default()
    };
    ProducerRole {
        config,
        records: rng.u32(20..300),
        pause: Duration::from_micros(rng.u64(0..60_000)),
        value_max: rng.usize(10..1_000),
        has_keys: rng.bool(),
    }
}

/// A member of the group, or a consumer of its own when the group is taken away.
fn consumer(rng: &mut fastrand::Rng, topics: &[(String, i32)], audience: Audience) -> ConsumerRole {
    let assignors: &[AssignorKind] = match rng.u8(..4) {
        0 => &[AssignorKind::Range, AssignorKind::CooperativeSticky],
        1 => &[AssignorKind::Range],
        _ => &[AssignorKind::CooperativeSticky],
    };
    let session_timeout = millis(rng, 6_000, 10_000);
    let config = ConsumerConfig {
        group_id: Some("readers".to_owned()),
        assignors: assignors.to_vec(),
        session_timeout,
        heartbeat_interval: millis(rng, 300, 2_000),
        max_poll_interval: millis(rng, 3_000, 20_000),
        max_poll_records: rng.usize(1..100),
        enable_auto_commit: rng.bool(),
        auto_commit_interval: millis(rng, 100, 3_000),
        auto_offset_reset: OffsetReset::Earliest,
        isolation_level: [IsolationLevel::ReadCommitted, IsolationLevel::ReadUncommitted][rng.usize(..2)],
        fetch_max_wait: millis(rng, 50, 700),
        max_partition_fetch_bytes: rng.i32(500..20_000),
        fetch_max_bytes: rng.i32(2_000..100_000),
        buffer_memory: rng.usize(20_000..200_000),
        ..ConsumerConfig::default()
    };
    ConsumerRole {
        config,
        seeks: [0.0, 0.0, 0.02][rng.usize(..3)],
        pauses: [0.0, 0.02][rng.usize(..2)],
        think: Duration::from_micros(rng.u64(0..100_000)),
        audience,
        topics: topics.to_vec(),
    }
}

fn codec(rng: &mut fastrand::Rng) -> Compression {
    let codecs = [
        Compression::None,
        Compression::None,
        Compression::Gzip,
        Compression::Lz4,
        Compression::Snappy,
        Compression::Zstd,
    ];
    codecs[rng.usize(..codecs.len())]
}

fn millis(rng: &mut fastrand::Rng, from: u64, to: u64) -> Duration {
    between(rng, &(Duration::from_millis(from)..=Duration::from_millis(to)))
}
