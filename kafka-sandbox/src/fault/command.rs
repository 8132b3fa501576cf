//! What can be done to a cluster from outside.

use std::sync::Arc;
use std::time::Duration;

use crate::profile::Profile;

/// Something done to the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A broker ends at once, as after SIGKILL: its connections break, the others take its partitions over.
    Kill(i32),
    /// A broker ceases to read and write and keeps its connections, as after SIGSTOP. The others take its partitions over
    /// when its session has timed out (`broker.session.timeout.ms`, 9 s).
    Pause(i32),
    /// A paused broker goes on.
    Resume(i32),
    /// A broker that ended starts again; one that runs ends first.
    Restart(i32),
    /// Another replica leads a partition.
    MoveLeader {
        /// The topic.
        topic: Arc<str>,
        /// The partition.
        partition: i32,
        /// Who leads it from now on: one of its replicas that is up.
        to: i32,
    },
    /// A topic is deleted and created again, empty, with the same partitions and configs and another id.
    RecreateTopic(Arc<str>),
    /// Records at the end of a partition are lost, and a new leader epoch begins: as after an unclean election.
    CutLog {
        /// The topic.
        topic: Arc<str>,
        /// The partition.
        partition: i32,
        /// The first offset that is lost.
        offset: i64,
    },
    /// The markers of transactions are written so long after their end was decided: until then a producer that begins the
    /// next one gets `CONCURRENT_TRANSACTIONS`. At once when it is zero.
    DelayMarkers(Duration),
    /// A member of a group is taken for lost, as if its session were over.
    ExpireMember {
        /// The group.
        group: Arc<str>,
        /// The member's id, which its coordinator or it itself made up: `Sandbox::members` and `kafkactl groups describe`
        /// say it.
        member: Arc<str>,
    },
    /// Another broker coordinates a group, and with it all groups that are kept in the same partition.
    MoveCoordinator {
        /// The group.
        group: Arc<str>,
        /// Who coordinates it from now on: one that keeps the partition and is up.
        to: i32,
    },
    /// Another broker coordinates a transactional id, and with it all that are kept in the same partition.
    MoveTransactionCoordinator {
        /// The transactional id.
        transactional_id: Arc<str>,
        /// Who coordinates it from now on: one that keeps the partition and is up.
        to: i32,
    },
    /// An open transaction is aborted, as if its time-out were over: its producer is fenced.
    ExpireTransaction(Arc<str>),
    /// A broker forgets its fetch sessions, as when its cache was full (KIP-227): their next fetch gets
    /// `FETCH_SESSION_ID_NOT_FOUND`.
    ForgetFetchSessions(i32),
    /// A broker speaks the versions of another Kafka from now on. Its connections end, as they do when a broker is upgraded.
    SetProfile {
        /// The broker.
        broker: i32,
        /// The Kafka it is taken for.
        profile: Profile,
    },
}

impl Command {
    /// The broker that it names; none for those that name none.
    pub(crate) fn broker(&self) -> Option<i32> {
        match self {
            Self::Kill(broker)
            | Self::Pause(broker)
            | Self::Resume(broker)
            | Self::Restart(broker)
            | Self::ForgetFetchSessions(broker)
            | Self::MoveLeader { to: broker, .. }
            | Self::MoveCoordinator { to: broker, .. }
            | Self::MoveTransactionCoordinator { to: broker, .. }
            | Self::SetProfile { broker, .. } => Some(*broker),
            Self::RecreateTopic(_)
            | Self::CutLog { .. }
            | Self::DelayMarkers(_)
            | Self::ExpireMember { .. }
            | Self::ExpireTransaction(_) => None,
        }
    }

    /// Whether it ends, or makes stand still, the connections of a broker.
    pub(crate) fn silences(&self, broker: i32) -> bool {
        match self {
            Self::Kill(id) | Self::Pause(id) | Self::Restart(id) | Self::SetProfile { broker: id, .. } => {
                *id == broker
            }
            _ => false,
        }
    }
}

/// Why a command was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// There is no such broker.
    #[error("there is no broker {0}")]
    NoBroker(i32),
    /// The broker is not in a state for it.
    #[error("broker {broker} is {status}")]
    Broker {
        /// The broker.
        broker: i32,
        /// What it is.
        status: &'static str,
    },
    /// There is no such partition.
    #[error("there is no partition {topic}-{partition}")]
    NoPartition {
        /// The topic.
        topic: Arc<str>,
        /// The partition.
        partition: i32,
    },
    /// There is no such member.
    #[error("there is no member {member} in a group {group}")]
    NoMember {
        /// The group.
        group: Arc<str>,
        /// The member.
        member: Arc<str>,
    },
    /// Nobody coordinates the group: no client has asked for a coordinator yet, or no broker is up that could be it.
    #[error("group {0} has no coordinator: ask for one first")]
    NoCoordinator(Arc<str>),
    /// Nobody coordinates the transactional id.
    #[error("transactional id {0} has no coordinator: ask for one first")]
    NoTransactionCoordinator(Arc<str>),
    /// The transactional id has no open transaction.
    #[error("transactional id {0} has no open transaction")]
    NoTransaction(Arc<str>),
    /// Nobody would be left who could be asked to start it again.
    #[error(
        "broker {0} is the last one that runs, and none would be left to be asked for its restart: use pause={0}"
    )]
    LastBroker(i32),
    /// There is no such topic.
    #[error("there is no topic {0}")]
    NoTopic(Arc<str>),
    /// The broker holds no replica.
    #[error("broker {broker} holds no replica of {topic}-{partition}")]
    NoReplica {
        /// The broker.
        broker: i32,
        /// The topic.
        topic: Arc<str>,
        /// The partition.
        partition: i32,
    },
    /// The storage failed.
    #[error("the change could not be kept: {0}")]
    Storage(protocol::ErrorCode),
}
