//! The cluster as its handlers see it: brokers, topics, configs, and who waits for what.

mod apply;
mod balance;
mod brokers;
mod change;
mod charges;
mod commands;
mod configs;
mod coordinators;
mod faults;
mod features;
mod fetches;
mod groups;
mod journal;
mod maintenance;
mod produces;
mod replicas;
mod replication;
mod topics;
mod transactions;
mod upkeep;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use protocol::{ErrorCode, Uuid};
use rustc_hash::FxHashSet;

use crate::answers::{Answers, LinkId};
use crate::fault::{Command, RequestLog, Rules};
use crate::group::Groups;
use crate::profile::Profile;
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
pub(crate) use configs::{Configs, MIN_INSYNC, Source, Sourced};
pub(crate) use features::{Features, Upgrade};
pub(crate) use fetches::{Asking, Fetch, FetchKind, Fetches, Reader, Slot, Terms, Wanted};
pub(crate) use produces::{Awaited, Produces, WaitingProduce};
pub(crate) use replication::Replication;
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
    pub(crate) produces: Produces,
    pub(crate) rules: Rules,
    /// What is to be done once the answer to who wants it is on its way.
    orders: Vec<Command>,
    pub(crate) requests: RequestLog,
    pub(crate) transactions: Transactions,
    pub(crate) groups: Groups,
    /// Whether leaders of `__consumer_offsets` may have changed since groups were last looked at.
    coordinators_may_differ: bool,
    pub(crate) security: Security,
    pub(crate) quotas: Quotas,
    pub(crate) features: Features,
    pub(crate) telemetry: Telemetry,
    /// Lines of the journal, with those that are gone.
    journal_lines: i64,
    pub(crate) upkeep: Upkeep,
    /// When leaders return to the replicas that are to lead, if any is elsewhere.
    balancing: Option<Duration>,
    /// Whether leaders may have changed since that was looked at.
    balance_may_differ: bool,
    pub(crate) rng: fastrand::Rng,
    broker_events: Vec<BrokerEvent>,
    storage: Box<dyn Storage>,
    /// The first producer id that was not handed out, and the end of the block that the journal vouches for.
    producer_ids: (i64, i64),
    /// The first leader epoch of partitions that come into being: 0, except for those that were there at the start.
    epoch_floor: i32,
    /// The end of the leader epochs that the journal vouches for.
    epochs_end: i32,
    /// Partitions that were deleted and whose stores could not be removed.
    left_over: FxHashSet<(String, i32)>,
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
            balancing: None,
            balance_may_differ: false,
            answers: Answers::default(),
            fetches: Fetches::default(),
            produces: Produces::default(),
            rules: Rules::default(),
            orders: Vec::new(),
            requests: RequestLog::default(),
            broker_events: Vec::new(),
            transactions: Transactions::default(),
            rng,
            storage,
            producer_ids: (0, 0),
            epoch_floor: 0,
            epochs_end: 0,
            left_over: FxHashSet::default(),
        };
        state.replay(now, settings.cluster_id)?;
        state.producer_ids.0 = state.producer_ids.1;
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

    /// Wakes those who wait for something to happen in a partition.
    pub(crate) fn touch(&mut self, topic: &str, partition: i32) {
        self.coordinators_may_differ |= topic == CONSUMER_OFFSETS;
        self.transactions.follow_leaders();
        self.produces.note();
        self.balance_may_differ = true;
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
        let mut highest = 0;
        for topic in self.topics.iter_mut() {
            let replication = topic.replication;
            for partition in &mut topic.partitions {
                partition.follow(brokers, replication);
                highest = highest.max(partition.leader_epoch);
            }
        }
        self.vouch_for_epoch(highest);
        self.touch_all();
    }

    /// Wakes everybody: leaders may have changed anywhere.
    pub(crate) fn touch_all(&mut self) {
        self.coordinators_may_differ = true;
        self.transactions.follow_leaders();
        self.produces.note();
        self.balance_may_differ = true;
        self.fetches.touch_all();
    }

    /// Does what is due at this time.
    pub(crate) fn handle_deadline(&mut self, now: Now) {
        self.fence_silent_brokers(now);
        self.balance_leaders(now);
        self.handle_transaction_deadline(now);
        self.follow_coordinators(now);
        self.handle_group_deadlines(now);
        self.handle_upkeep(now);
    }

    /// When [`handle_deadline`](Self::handle_deadline) is to be called. Fetches that wait have deadlines of their own.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        let waiting = earliest(self.next_fencing(), self.groups.next_deadline());
        let waiting = earliest(waiting, self.transactions.next_deadline());
        let waiting = earliest(waiting, self.balancing);
        let waiting = earliest(waiting, self.produces.next_deadline());
        earliest(waiting, self.upkeep.next_deadline())
    }

    /// Forgets what waits for a connection that is gone.
    pub(crate) fn forget_link(&mut self, link: LinkId) {
        if let Some(ticket) = self.fetches.take_of(link) {
            self.answers.abandon(ticket);
        }
        if let Some(ticket) = self.produces.take_of(link) {
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

/// How many partitions a topic has.
pub(crate) fn partition_count(topic: &Topic) -> i32 {
    i32::try_from(topic.partitions.len()).unwrap_or(i32::MAX)
}
