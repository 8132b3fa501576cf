//! What is drawn of a seed before anything happens.

use std::sync::Arc;
use std::time::Duration;

use kafka_client::config::{
    Acks, AssignorKind, ConnectionConfig, ConsumerConfig, IsolationLevel, OffsetReset, Partitioner,
    ProducerConfig,
};
use kafka_sandbox::profile::Profile;
use protocol::ApiKey;
use protocol::compress::Compression;

use super::{ConsumerRole, DRAFTS, ORDERS, Perils, ProducerRole, READERS, Role, Scenario, TRANSFERS};
use crate::sim::cluster::{host, port};
use crate::sim::event::Audience;
use crate::sim::weather::{Weather, between};

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
        let odd_one = (brokers > 1 && rng.u8(..6) == 0)
            .then(|| (rng.i32(2..=brokers), profiles[rng.usize(..profiles.len())]));
        let connection = connection(rng, brokers);
        let producers = rng.usize(1..=3);
        let mut topics = vec![
            (ORDERS.to_owned(), rng.i32(1..=6)),
            (TRANSFERS.to_owned(), rng.i32(1..=3)),
        ];
        if rng.bool() {
            topics.push((DRAFTS.to_owned(), rng.i32(1..=3)));
        }
        let has_drafts = topics.len() > 2;
        let mut roles: Vec<Role> = Vec::new();
        for _ in 0..producers {
            let topic = match has_drafts && rng.bool() {
                true => DRAFTS,
                false => ORDERS,
            };
            roles.push(Role::Producer(producer(rng, &connection, topic)));
        }
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
            let instance = format!("reader-{}", roles.len());
            member.config.group_instance_id = (rng.u8(..3) == 0).then_some(instance);
            roles.push(Role::Consumer(member));
        }
        let mut scenario = Self {
            seed,
            brokers,
            replicas: i16::try_from(rng.i32(1..=brokers)).unwrap_or(1),
            profile,
            odd_one,
            perils: Perils {
                cuts: rng.u8(..3) == 0,
                changes_versions: rng.u8(..10) == 0,
                garbles: rng.u8(..3) == 0,
                recreates: rng.u8(..3) == 0,
                trims: rng.u8(..3) == 0,
            },
            topics,
            writers: rng.u16(..=2),
            weather: Weather::draw(rng),
            storm: Duration::from_millis(rng.u64(1_000..12_000)),
            fault_every: match rng.u8(..8) {
                0 => None,
                _ => Some(Duration::from_millis(rng.u64(100..4_000))),
            },
            connection: Arc::new(connection),
            roles,
        };
        scenario.settle_members();
        scenario
    }

    /// Takes the names of static members away where a broker does not know of them.
    fn settle_members(&mut self) {
        let knows_instances = self.speaks(ApiKey::JOIN_GROUP, 5);
        for role in &mut self.roles {
            if let Role::Consumer(role) = role
                && (!knows_instances || role.config.group_id.is_none())
            {
                role.config.group_instance_id = None;
            }
        }
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

fn producer(rng: &mut fastrand::Rng, connection: &ConnectionConfig, topic: &'static str) -> ProducerRole {
    let (acks, is_idempotent) = match rng.u8(..12) {
        0 => (Acks::None, false),
        1 => (Acks::All, false),
        2 => (Acks::Leader, false),
        _ => (Acks::All, true),
    };
    let linger = millis(rng, 0, 20);
    let batch_size = rng.usize(200..4_000);
    let patience = match rng.bool() {
        true => millis(rng, 0, 800),
        false => millis(rng, 0, 20_000),
    };
    let config = ProducerConfig {
        acks,
        enable_idempotence: Some(is_idempotent),
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
        topic,
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
        group_id: Some(READERS.to_owned()),
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
        skips: [0.0, 0.0, 0.02][rng.usize(..3)],
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
