//! The cluster as its handlers see it: brokers, topics, configs, and who waits for what.

mod brokers;
mod change;
mod charges;
mod commands;
mod configs;
mod coordinators;
mod features;
mod fetches;
mod groups;
mod topics;
mod transactions;
mod upkeep;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use protocol::{ErrorCode, Uuid};

use crate::answers::{Answers, LinkId};
use crate::fault::{RequestLog, Rules};
use crate::group::Groups;
use crate::log::{Log, Recovery};
use crate::profile::Profile;
use crate::profile::configs::Kind;
use crate::quota::Quotas;
use crate::security::{Security, SecuritySettings};
use crate::storage::{Storage, StorageError};
use crate::telemetry::Telemetry;
use crate::time::{Now, earliest, millis};
use crate::transaction::Transactions;

pub(crate) use brokers::{Broker, Brokers};
pub use brokers::{BrokerSettings, BrokerStatus};
pub(crate) use change::Change;
pub(crate) use commands::BrokerEvent;
pub(crate) use configs::{Configs, Source, Sourced};
pub(crate) use features::{Features, Upgrade};
pub(crate) use fetches::{Asking, Fetch, FetchKind, Fetches, Reader, Slot, Terms, Wanted};
pub(crate) use topics::{
    CONSUMER_OFFSETS, Partition, SHARE_GROUP_STATE, TRANSACTION_STATE, Topic, TopicPartition, Topics,
    is_internal,
};
use upkeep::Upkeep;

/// What a cluster is made with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The id of the cluster; drawn from the seed when none is given and none is stored.
    pub cluster_id: Option<String>,
    /// Its brokers; at least one.
    pub brokers: Vec<BrokerSettings>,
    /// The Kafka it is taken for.
    pub profile: Profile,
    /// What the brokers are started with: broker configs by their Java names.
    pub properties: BTreeMap<String, String>,
    /// Who may connect, and who may do what.
    pub security: SecuritySettings,
    /// Where its random choices come from: ids of topics, members and so on.
    pub seed: u64,
}

/// The state of the whole cluster.
pub(crate) struct State {
    pub(crate) cluster_id: Arc<str>,
    pub(crate) brokers: Brokers,
    pub(crate) topics: Topics,
    pub(crate) configs: Configs,
    pub(crate) answers: Answers,
    pub(crate) fetches: Fetches,
    pub(crate) rules: Rules,
    pub(crate) requests: RequestLog,
    pub(crate) transactions: Transactions,
    pub(crate) groups: Groups,
    /// Whether leaders of `__consumer_offsets` may have changed since groups were last looked at.
    coordinators_may_differ: bool,
    pub(crate) security: Security,
    pub(crate) quotas: Quotas,
    pub(crate) features: Features,
    pub(crate) telemetry: Telemetry,
    /// Lines of the journal.
    journal_lines: i64,
    pub(crate) upkeep: Upkeep,
    pub(crate) rng: fastrand::Rng,
    broker_events: Vec<BrokerEvent>,
    storage: Box<dyn Storage>,
    /// The first producer id that was not handed out, and the end of the block that the journal vouches for.
    producer_ids: (i64, i64),
}

impl State {
    /// A cluster with what its storage holds.
    ///
    /// # Errors
    ///
    /// When the storage cannot be read, or holds what no journal holds.
    pub(crate) fn open(
        now: Now,
        settings: Settings,
        storage: Box<dyn Storage>,
    ) -> Result<Self, StorageError> {
        let stored = storage.read_lines()?;
        let rng = fastrand::Rng::with_seed(settings.seed);
        let security = Security::new(&settings.security, &settings.properties);
        let configs = Configs::new(settings.profile, settings.properties);
        let check_interval = configs.broker_number("log.retention.check.interval.ms", 300_000);
        let upkeep = Upkeep::new(millis(check_interval).unwrap_or_default());
        let mut state = Self {
            cluster_id: Arc::from(""),
            brokers: Brokers::new(settings.brokers, settings.profile),
            topics: Topics::default(),
            groups: Groups::new(groups::group_settings(&configs)),
            coordinators_may_differ: true,
            quotas: charges::quotas(&configs),
            configs,
            security,
            features: Features::new(settings.profile),
            telemetry: Telemetry::default(),
            journal_lines: 0,
            upkeep,
            answers: Answers::default(),
            fetches: Fetches::default(),
            rules: Rules::default(),
            requests: RequestLog::default(),
            broker_events: Vec::new(),
            transactions: Transactions::default(),
            rng,
            storage,
            producer_ids: (0, 0),
        };
        for (number, line) in (1..).zip(stored) {
            let change = serde_json::from_str(&line).map_err(|error| {
                StorageError::new("read", format!("line {number} of the journal"), error.into())
            })?;
            state.apply(now, change)?;
            state.journal_lines += 1;
        }
        state.producer_ids.0 = state.producer_ids.1;
        if state.cluster_id.is_empty() {
            let id = settings.cluster_id.unwrap_or_else(|| state.new_id().to_string());
            state.record(now, Change::Cluster { id })?;
        }
        state.security.credentials.hash_passwords(&mut state.rng);
        state.load_transactions(now)?;
        if state
            .topics
            .iter()
            .flat_map(|topic| &topic.partitions)
            .any(|partition| partition.log.size() > 0)
        {
            state.upkeep.note(now);
        }
        state.follow_coordinators(now);
        Ok(state)
    }

    /// The end of the metadata log, which is the journal.
    pub(crate) fn metadata_end(&self) -> i64 {
        self.journal_lines
    }

    /// How long a client that failed to authenticate waits for the answer.
    pub(crate) fn authentication_delay(&self) -> Duration {
        let name = "connection.failed.authentication.delay.ms";
        millis(self.configs.broker_number(name, 100)).unwrap_or_default()
    }

    /// An id that no topic has yet.
    pub(crate) fn new_id(&mut self) -> Uuid {
        Uuid::random(|| self.rng.u128(..).to_be_bytes())
    }

    /// A producer id that nobody got before, in this run or an earlier one.
    pub(crate) fn new_producer_id(&mut self, now: Now) -> Result<i64, ErrorCode> {
        let next = self.next_producer_id(now)?;
        self.producer_ids.0 = next + 1;
        Ok(next)
    }

    /// The producer id that is handed out next, which the journal vouches for.
    fn next_producer_id(&mut self, now: Now) -> Result<i64, ErrorCode> {
        let (next, end) = self.producer_ids;
        if next == end {
            self.commit(
                now,
                Change::ProducerIds {
                    next: end + PRODUCER_ID_BLOCK,
                },
            )?;
        }
        Ok(next)
    }

    /// Writes a change to the journal, then applies it: for handlers.
    pub(crate) fn commit(&mut self, now: Now, change: Change) -> Result<(), ErrorCode> {
        self.record(now, change).map_err(|error| {
            tracing::error!("a change could not be kept: {error}");
            ErrorCode::KAFKA_STORAGE_ERROR
        })
    }

    fn record(&mut self, now: Now, change: Change) -> Result<(), StorageError> {
        let line = serde_json::to_string(&change)
            .map_err(|error| StorageError::new("write", "a change to the journal", error.into()))?;
        self.storage.append_line(&line)?;
        self.journal_lines += 1;
        self.apply(now, change)
    }

    fn apply(&mut self, now: Now, change: Change) -> Result<(), StorageError> {
        match change {
            Change::Cluster { id } => self.cluster_id = id.into(),
            Change::CreateTopic { name, id, replicas } => {
                let (settings, min_insync_replicas) = self.configs.of_topic(&name);
                let mut topic = Topic {
                    name: name.into(),
                    id,
                    partitions: Vec::with_capacity(replicas.len()),
                    settings,
                    min_insync_replicas,
                };
                add_partitions(&mut *self.storage, &self.brokers, &mut topic, replicas)?;
                self.topics.insert(topic);
            }
            Change::DeleteTopic { name } => {
                if let Some(topic) = self.topics.remove(&name) {
                    if name == TRANSACTION_STATE {
                        self.forget_transactions();
                    }
                    self.configs.forget(Kind::Topic, &name);
                    self.transactions.follow_leaders();
                    for partition in 0..partition_count(&topic) {
                        let topic_partition = TopicPartition {
                            topic: topic.name.clone(),
                            partition,
                        };
                        self.fetches.touch(&topic_partition);
                        self.storage.remove(&name, partition)?;
                    }
                    self.forget_offsets(now, &name);
                }
            }
            Change::AddPartitions { name, replicas } => {
                if let Some(topic) = self.topics.get_mut(&name) {
                    add_partitions(&mut *self.storage, &self.brokers, topic, replicas)?;
                    self.topics.note_change();
                }
            }
            Change::Reassign {
                name,
                partition,
                replicas,
                adding,
                removing,
            } => {
                if let Some(partition) = self.topics.partition_mut(&name, partition) {
                    let brokers = &self.brokers;
                    partition.reassign(replicas, adding, removing, |id| brokers.is_alive(id));
                }
            }
            Change::MoveReplica {
                name,
                partition,
                broker,
                dir,
            } => {
                if let Some(partition) = self.topics.partition_mut(&name, partition) {
                    partition.move_to_dir(broker, dir);
                }
            }
            Change::SetConfig {
                kind,
                resource,
                name,
                value,
            } => {
                self.set_config(kind, &resource, name, value);
                self.upkeep.note(now);
                // Fewer replicas may be enough now.
                self.transactions.follow_leaders();
            }
            Change::ProducerIds { next } => self.producer_ids.1 = next,
            Change::ScramCredential {
                user,
                mechanism,
                credential,
            } => {
                let credentials = &mut self.security.credentials;
                match (mechanism.parse(), credential) {
                    (Ok(mechanism), Some(credential)) => credentials.set_scram(user, mechanism, credential),
                    (Ok(mechanism), None) => credentials.remove_scram(&user, mechanism),
                    (Err(error), _) => tracing::error!("the journal has an {error}"),
                }
            }
            Change::SetQuota { entity, key, value } => self.quotas.set(entity, key, value),
            Change::SetFeature { name, level } => self.features.set(&name, level),
            Change::CreateAcl(acl) => self.security.create_acl(acl),
            Change::DeleteAcl(acl) => self.security.delete_acl(&acl),
        }
        Ok(())
    }

    fn set_config(&mut self, kind: i8, resource: &str, name: String, value: Option<String>) {
        let Some(kind) = Kind::of_number(kind) else {
            return;
        };
        self.configs.set(kind, resource, name, value);
        // The logs follow.
        let configs = &self.configs;
        let follow = |topic: &mut Topic| {
            (topic.settings, topic.min_insync_replicas) = configs.of_topic(&topic.name);
        };
        match kind {
            Kind::Topic => self.topics.get_mut(resource).into_iter().for_each(follow),
            Kind::Broker if resource.is_empty() => self.topics.iter_mut().for_each(follow),
            Kind::Broker | Kind::ClientMetrics | Kind::Group => {}
        }
    }

    /// Wakes those who wait for something to happen in a partition.
    pub(crate) fn touch(&mut self, topic: &str, partition: i32) {
        self.coordinators_may_differ |= topic == CONSUMER_OFFSETS;
        self.transactions.follow_leaders();
        if self.fetches.is_empty() {
            return;
        }
        let Some(topic) = self.topics.get(topic).map(|topic| topic.name.clone()) else {
            return;
        };
        self.fetches.touch(&TopicPartition { topic, partition });
    }

    /// Follows a change of the brokers: elects leaders where the old ones are gone.
    pub(crate) fn follow_brokers(&mut self) {
        let brokers = &self.brokers;
        for topic in self.topics.iter_mut() {
            for partition in &mut topic.partitions {
                partition.follow(|id| brokers.is_alive(id));
            }
        }
        self.touch_all();
    }

    /// Wakes everybody: leaders may have changed anywhere.
    pub(crate) fn touch_all(&mut self) {
        self.coordinators_may_differ = true;
        self.transactions.follow_leaders();
        self.fetches.touch_all();
    }

    /// Does what is due at this time.
    pub(crate) fn handle_deadline(&mut self, now: Now) {
        self.fence_silent_brokers(now);
        self.handle_transaction_deadline(now);
        self.follow_coordinators(now);
        self.handle_group_deadlines(now);
        self.handle_upkeep(now);
    }

    /// When [`handle_deadline`](Self::handle_deadline) is to be called.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        let waiting = earliest(self.fetches.next_deadline(), self.next_fencing());
        let waiting = earliest(waiting, self.groups.next_deadline());
        let waiting = earliest(waiting, self.transactions.next_deadline());
        earliest(waiting, self.upkeep.next_deadline())
    }

    /// Forgets what waits for a connection that is gone.
    pub(crate) fn forget_link(&mut self, link: LinkId) {
        if let Some(ticket) = self.fetches.take_of(link) {
            self.answers.abandon(ticket);
        }
        if let Some(ticket) = self.groups.forget_link(link) {
            self.answers.abandon(ticket);
        }
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("cluster_id", &self.cluster_id)
            .field("brokers", &self.brokers)
            .finish_non_exhaustive()
    }
}

/// How many producer ids the journal vouches for at a time: as many as Kafka's controller hands to a broker.
const PRODUCER_ID_BLOCK: i64 = 1000;

fn add_partitions(
    storage: &mut dyn Storage,
    brokers: &Brokers,
    topic: &mut Topic,
    replicas: Vec<Vec<i32>>,
) -> Result<(), StorageError> {
    for replicas in replicas {
        let index = partition_count(topic);
        let store = storage.open(&topic.name, index, topic.id)?;
        let name = format!("{}-{index}", topic.name);
        let (log, recovery) = Log::open(&name, store)?;
        report(&name, &recovery);
        let mut partition = Partition::new(log, replicas);
        partition.follow(|id| brokers.is_alive(id));
        topic.partitions.push(partition);
    }
    Ok(())
}

/// Says what opening a log had to mend.
fn report(log: &str, recovery: &Recovery) {
    if recovery.torn_bytes > 0 {
        let bytes = recovery.torn_bytes;
        tracing::warn!("{bytes} bytes were cut off the end of {log}: they were not a whole batch");
    }
    for batch in &recovery.corrupt {
        let (offset, segment, position) = (batch.offset, batch.segment, batch.position);
        let reason = &batch.reason;
        tracing::error!(
            "{log} is damaged at offset {offset}, byte {position} of segment {segment}: {reason}"
        );
    }
}

/// How many partitions a topic has.
pub(crate) fn partition_count(topic: &Topic) -> i32 {
    i32::try_from(topic.partitions.len()).unwrap_or(i32::MAX)
}
