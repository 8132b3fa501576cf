//! What a seed comes to: the cluster, who uses it, and how.

mod draw;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use kafka_client::cluster::TopicPartition;
use kafka_client::config::{ConnectionConfig, ConsumerConfig, IsolationLevel, ProducerConfig};
use kafka_sandbox::profile::Profile;
use protocol::ApiKey;

use super::event::Audience;
use super::weather::Weather;

/// The topic that ordinary producers write to.
pub(crate) const ORDERS: &str = "orders";
/// The topic that transactions write to.
pub(crate) const TRANSFERS: &str = "transfers";
/// The topic whose records the cluster itself may lose, where there is one.
pub(crate) const DRAFTS: &str = "drafts";
/// The group.
pub(crate) const READERS: &str = "readers";

/// Everything that is decided before the first event.
#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    pub(crate) seed: u64,
    pub(crate) brokers: i32,
    pub(crate) replicas: i16,
    pub(crate) profile: Profile,
    /// A broker that is another Kafka than the rest.
    pub(crate) odd_one: Option<(i32, Profile)>,
    pub(crate) perils: Perils,
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

/// What else may go wrong besides network, brokers and requests.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Perils {
    /// Records at the end of the topic [`DRAFTS`] are lost, as after an unclean election.
    pub(crate) cuts: bool,
    /// Brokers become another Kafka.
    pub(crate) changes_versions: bool,
    /// Answers arrive damaged.
    pub(crate) garbles: bool,
    /// The topic [`DRAFTS`] is deleted and created again.
    pub(crate) recreates: bool,
    /// The oldest records of the topic [`DRAFTS`] are deleted.
    pub(crate) trims: bool,
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
    pub(crate) topic: &'static str,
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
    /// How often it leaves records out after a batch.
    pub(crate) skips: f64,
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
    /// Who reads together, and whether only what is committed.
    pub(crate) fn audiences(&self) -> BTreeMap<Audience, bool> {
        let consumers = self.roles.iter().filter_map(|role| match role {
            Role::Consumer(role) => Some((role.audience, role.committed_only())),
            Role::Producer(_) => None,
        });
        consumers.collect()
    }

    /// Whether those who read together are a group.
    pub(crate) fn is_group(&self, audience: Audience) -> bool {
        self.roles.iter().any(|role| match role {
            Role::Consumer(role) => role.audience == audience && role.config.group_id.is_some(),
            Role::Producer(_) => false,
        })
    }

    /// Whether readers can notice in every case that the cluster lost what they had read: by the ids of topics, and in
    /// groups by those in commits; and by the ends of leader epochs.
    pub(crate) fn notices_losses(&self, is_group: bool) -> bool {
        let sees_ids = self.speaks(ApiKey::FETCH, 13)
            && (!is_group || self.speaks(ApiKey::OFFSET_COMMIT, 10) && self.speaks(ApiKey::OFFSET_FETCH, 10));
        let sees_epochs = self.speaks(ApiKey::OFFSET_FOR_LEADER_EPOCH, 3);
        (sees_ids || !self.perils.recreates) && (sees_epochs || !self.perils.cuts)
    }

    /// The Kafkas that its brokers are at the beginning.
    fn profiles(&self) -> impl Iterator<Item = Profile> {
        [Some(self.profile), self.odd_one.map(|(_, profile)| profile)]
            .into_iter()
            .flatten()
    }

    /// Whether all brokers speak at least this version of an API, always.
    pub(crate) fn speaks(&self, api: ApiKey, version: i16) -> bool {
        !self.perils.changes_versions
            && self
                .profiles()
                .all(|profile| profile.versions(api).last >= version)
    }

    /// The version of CreateTopics that tells the ids of topics, where they have ids.
    pub(crate) fn create_topics_version(&self) -> i16 {
        self.profile.versions(ApiKey::CREATE_TOPICS).last.min(7)
    }
}
