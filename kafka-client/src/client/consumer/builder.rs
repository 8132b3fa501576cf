use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::Consumer;
use crate::client::Client;
use crate::cluster::TopicPartition;
use crate::config::{AssignorKind, ConfigError, ConsumerConfig, IsolationLevel, OffsetReset};
use crate::consume::{Buffer, PatternError, Reader, Settings, StartAt, Subscription, TopicPattern};
use crate::engine::consumer::{Command, ConsumerMachine};
use crate::error::Class;
use crate::oneshot::promise;
use crate::port::port;

/// Builds a [`Consumer`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ConsumerBuilder {
    client: Client,
    config: ConsumerConfig,
    wanted: Wanted,
}

#[derive(Clone, Debug)]
enum Wanted {
    Partitions(Vec<(TopicPartition, StartAt)>),
    Pattern(String),
    Topics(Vec<Arc<str>>),
}

/// Why a consumer cannot be started.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartConsumerError {
    /// A setting cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Topics are shared by a group, and none is set.
    #[error("topics are subscribed to as a member of a group: set `group.id`, or assign partitions")]
    NoGroup,
    /// The pattern of topics is not a regular expression.
    #[error(transparent)]
    Pattern(#[from] PatternError),
}

impl StartConsumerError {
    /// What can be done about it: always [`Class::Usage`].
    pub fn class(&self) -> Class {
        Class::Usage
    }
}

impl Client {
    /// Begins to build a member of a group.
    pub fn consumer(&self, group: impl Into<String>) -> ConsumerBuilder {
        let config = ConsumerConfig {
            group_id: Some(group.into()),
            ..ConsumerConfig::default()
        };
        self.consumer_with(config)
    }

    /// Begins to build a consumer that reads partitions chosen by hand and commits nothing.
    pub fn standalone_consumer(&self) -> ConsumerBuilder {
        self.consumer_with(ConsumerConfig::default())
    }

    /// Begins to build a consumer with these settings.
    pub fn consumer_with(&self, config: ConsumerConfig) -> ConsumerBuilder {
        ConsumerBuilder {
            client: self.clone(),
            config,
            wanted: Wanted::Partitions(Vec::new()),
        }
    }
}

impl ConsumerBuilder {
    /// Subscribes to topics, which the group shares among its members.
    pub fn topics<T: Into<Arc<str>>>(mut self, topics: impl IntoIterator<Item = T>) -> Self {
        self.wanted = Wanted::Topics(topics.into_iter().map(Into::into).collect());
        self
    }

    /// Subscribes to the topics whose whole names match a regular expression, also to those that are created later.
    pub fn pattern(mut self, pattern: impl Into<String>) -> Self {
        self.wanted = Wanted::Pattern(pattern.into());
        self
    }

    /// Reads these partitions, each from its place.
    pub fn assign<S: Into<StartAt>>(
        mut self,
        partitions: impl IntoIterator<Item = (TopicPartition, S)>,
    ) -> Self {
        let partitions = partitions
            .into_iter()
            .map(|(partition, start)| (partition, start.into()));
        self.wanted = Wanted::Partitions(partitions.collect());
        self
    }

    /// Changes any of the settings.
    pub fn configure(mut self, change: impl FnOnce(&mut ConsumerConfig)) -> Self {
        change(&mut self.config);
        self
    }

    /// Where to start without a valid position. Default: latest.
    pub fn auto_offset_reset(self, reset: OffsetReset) -> Self {
        self.configure(|config| config.auto_offset_reset = reset)
    }

    /// Whether processed batches are committed without being asked to. Default: true, every 5 s.
    pub fn auto_commit(self, enabled: bool) -> Self {
        self.configure(|config| config.enable_auto_commit = enabled)
    }

    /// Which records of transactions are delivered. Default: all.
    pub fn isolation_level(self, level: IsolationLevel) -> Self {
        self.configure(|config| config.isolation_level = level)
    }

    /// How the group distributes partitions. Default: range, cooperative-sticky.
    pub fn assignors(self, assignors: impl IntoIterator<Item = AssignorKind>) -> Self {
        self.configure(|config| config.assignors = assignors.into_iter().collect())
    }

    /// A name for this member that outlives its process (KIP-345). Default: none.
    pub fn group_instance_id(self, id: impl Into<String>) -> Self {
        self.configure(|config| config.group_instance_id = Some(id.into()))
    }

    /// Starts the consumer. Joining the group and fetching begin at once.
    ///
    /// # Errors
    ///
    /// When a setting cannot be used. No broker is needed yet.
    pub async fn start(self) -> Result<Consumer, StartConsumerError> {
        let Self {
            client,
            config,
            wanted,
        } = self;
        config.validate()?;
        let first = |reply| {
            Ok::<_, StartConsumerError>(match wanted {
                Wanted::Partitions(partitions) => Command::Assign { partitions, reply },
                Wanted::Pattern(_) | Wanted::Topics(_) if config.group_id.is_none() => {
                    return Err(StartConsumerError::NoGroup);
                }
                Wanted::Pattern(pattern) => {
                    let subscription = Subscription::Pattern(TopicPattern::new(&pattern)?);
                    Command::Subscribe { subscription, reply }
                }
                Wanted::Topics(topics) => {
                    let subscription = Subscription::Topics(topics.into_iter().collect());
                    Command::Subscribe { subscription, reply }
                }
            })
        };
        let (reply, promised) = promise();
        let first = first(reply)?;
        let engine = client.engine();
        let clock = engine.clock();
        let now = clock.now();
        let elapsed = i64::try_from(now.since_start().as_millis()).unwrap_or(i64::MAX);
        let started_at = clock.wall_millis().saturating_sub(elapsed);
        let group = config.group_id.as_deref().map(Arc::from);
        let settings = Settings::new(
            config,
            client.config(),
            started_at,
            NUMBERS.fetch_add(1, Ordering::Relaxed),
        );
        let buffer = Buffer::new(engine.waker());
        let reader = Reader::new(buffer.clone(), &settings.consumer);
        let (caller, machine) = port(engine.waker());
        let rng = fastrand::Rng::new();
        engine.install(Box::new(ConsumerMachine::new(
            now,
            settings,
            buffer.clone(),
            machine,
            rng,
        )));
        let consumer = Consumer::new(client, buffer, caller, reader, group);
        let _ = consumer.port.send(first);
        promised.await;
        Ok(consumer)
    }
}

/// Tells the consumers of a process apart.
static NUMBERS: AtomicU32 = AtomicU32::new(0);
