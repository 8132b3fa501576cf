//! What requests name: which rules can match them at all.

use protocol::{ApiInfo, ApiKey};

use super::command::{Command, CommandError};
use super::rule::{Effect, Rule};

/// The client id of `kafkactl sandbox faults`. No rule strikes its requests, and a paused broker answers them: whoever adds a
/// fault can take it back.
pub const CONTROL_CLIENT_ID: &str = "kafkactl-sandbox-faults";

/// Why a rule can never strike, or not do what it says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// There is no such API.
    #[error("there is no API of the number {0}")]
    NoApi(i16),
    /// Its requests name no topics.
    #[error("{0} names no topics: leave topic= and partition= out")]
    NoTopics(&'static str),
    /// Its requests name whole topics.
    #[error("{0} names topics as a whole: leave partition= out")]
    NoPartitions(&'static str),
    /// No partition has a number below 0.
    #[error("partition={0}: partitions are numbered from 0")]
    Partition(i32),
    /// Its requests are never struck.
    #[error("client={CONTROL_CLIENT_ID}: no rule strikes those who control the sandbox")]
    Control,
    /// It is to strike no request.
    #[error("times=0: a rule strikes once at least")]
    Never,
    /// Pieces of no bytes.
    #[error("split=0: pieces have at least one byte")]
    EmptyPieces,
    /// There is no such broker.
    #[error("there is no broker {0}")]
    NoBroker(i32),
}

/// Why a fault was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// A rule that could never strike.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A command that does not fit the cluster as it is.
    #[error(transparent)]
    Command(#[from] CommandError),
}

/// What the requests of an API name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    Nothing,
    Topics,
    Partitions,
}

/// What the requests of an API name.
pub(crate) fn scope(api: ApiKey) -> Scope {
    match api {
        ApiKey::METADATA
        | ApiKey::CREATE_TOPICS
        | ApiKey::DELETE_TOPICS
        | ApiKey::DESCRIBE_CONFIGS
        | ApiKey::ALTER_CONFIGS
        | ApiKey::CREATE_PARTITIONS
        | ApiKey::INCREMENTAL_ALTER_CONFIGS
        | ApiKey::CONSUMER_GROUP_HEARTBEAT
        | ApiKey::DESCRIBE_TOPIC_PARTITIONS => Scope::Topics,
        ApiKey::PRODUCE
        | ApiKey::FETCH
        | ApiKey::LIST_OFFSETS
        | ApiKey::OFFSET_COMMIT
        | ApiKey::OFFSET_FETCH
        | ApiKey::DELETE_RECORDS
        | ApiKey::OFFSET_FOR_LEADER_EPOCH
        | ApiKey::ADD_PARTITIONS_TO_TXN
        | ApiKey::WRITE_TXN_MARKERS
        | ApiKey::TXN_OFFSET_COMMIT
        | ApiKey::ALTER_REPLICA_LOG_DIRS
        | ApiKey::DESCRIBE_LOG_DIRS
        | ApiKey::ELECT_LEADERS
        | ApiKey::ALTER_PARTITION_REASSIGNMENTS
        | ApiKey::LIST_PARTITION_REASSIGNMENTS
        | ApiKey::OFFSET_DELETE
        | ApiKey::DESCRIBE_PRODUCERS => Scope::Partitions,
        _ => Scope::Nothing,
    }
}

/// Whether answers of an API have errors of topics or partitions, so that a rule may fail some of those that are asked for.
pub(crate) fn fails_in_part(api: ApiKey) -> bool {
    scope(api) != Scope::Nothing
        && !matches!(
            api,
            ApiKey::DESCRIBE_CONFIGS
                | ApiKey::ALTER_CONFIGS
                | ApiKey::INCREMENTAL_ALTER_CONFIGS
                | ApiKey::CONSUMER_GROUP_HEARTBEAT
                | ApiKey::DESCRIBE_LOG_DIRS
                | ApiKey::LIST_PARTITION_REASSIGNMENTS
        )
}

impl Rule {
    /// Says why the rule could never strike, whatever the cluster.
    ///
    /// # Errors
    ///
    /// When it could not.
    pub fn check(&self) -> Result<(), RuleError> {
        if let Some(api) = self.on.api {
            if !ApiInfo::ALL.iter().any(|info| info.key == api) {
                return Err(RuleError::NoApi(api.0));
            }
            match scope(api) {
                Scope::Nothing if self.on.topic.is_some() || self.on.partition.is_some() => {
                    return Err(RuleError::NoTopics(api.name()));
                }
                Scope::Topics if self.on.partition.is_some() => {
                    return Err(RuleError::NoPartitions(api.name()));
                }
                _ => {}
            }
        }
        if let Some(partition) = self.on.partition.filter(|&partition| partition < 0) {
            return Err(RuleError::Partition(partition));
        }
        if self.on.client_id.as_deref() == Some(CONTROL_CLIENT_ID) {
            return Err(RuleError::Control);
        }
        if self.times == Some(0) {
            return Err(RuleError::Never);
        }
        match &self.effect {
            Effect::Split { size: 0, .. } => Err(RuleError::EmptyPieces),
            Effect::Perform(Command::MoveLeader { partition, .. } | Command::CutLog { partition, .. })
                if *partition < 0 =>
            {
                Err(RuleError::Partition(*partition))
            }
            _ => Ok(()),
        }
    }
}
