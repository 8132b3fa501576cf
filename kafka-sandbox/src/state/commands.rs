//! What is done to the cluster from outside.

use std::sync::Arc;
use std::time::Duration;

use protocol::messages::fetch::FetchResponse;

use super::{Broker, BrokerStatus, CONSUMER_OFFSETS, Change, State, TRANSACTION_STATE};
use crate::fault::{Command, CommandError};
use crate::profile::configs::Kind;
use crate::time::{Now, earliest, millis};

/// What the connections of a broker are to learn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BrokerEvent {
    /// It is gone, and they are with it.
    Ended(i32),
    /// It accepts connections again.
    Started(i32),
    /// It reads and writes again.
    Resumed(i32),
    /// It was upgraded, or the other way round: its connections are gone, and it accepts new ones.
    Changed(i32),
}

impl State {
    /// Does something to the cluster.
    ///
    /// # Errors
    ///
    /// When it does not fit the cluster as it is; nothing has changed then.
    pub(crate) fn perform(&mut self, now: Now, command: &Command) -> Result<(), CommandError> {
        match command {
            Command::Kill(id) => self.kill(*id),
            Command::Pause(id) => self.pause(now, *id),
            Command::Resume(id) => self.resume(*id),
            Command::Restart(id) => self.restart(now, *id),
            Command::MoveLeader { topic, partition, to } => self.move_leader(topic, *partition, *to),
            Command::RecreateTopic(topic) => self.recreate(now, topic),
            Command::ExpireMember { group, member } => self.expire(now, group, member),
            Command::MoveCoordinator { group, to } => self.move_coordinator(now, group, *to),
            Command::MoveTransactionCoordinator { transactional_id, to } => {
                self.move_transaction_coordinator(transactional_id, *to)
            }
            Command::ExpireTransaction(id) => self.expire_transaction(now, id),
            Command::ForgetFetchSessions(id) => {
                self.broker_mut(*id)?;
                for ticket in self.fetches.forget_sessions(*id) {
                    self.answers.give(ticket, FetchResponse::default());
                }
                Ok(())
            }
            Command::CutLog {
                topic,
                partition,
                offset,
            } => self.cut_log(topic, *partition, *offset),
            Command::DelayMarkers(delay) => {
                self.transactions.set_marker_delay(*delay);
                Ok(())
            }
            Command::SetProfile { broker, profile } => {
                self.broker_mut(*broker)?.profile = *profile;
                self.broker_events.push(BrokerEvent::Changed(*broker));
                Ok(())
            }
        }
    }

    /// Takes what happened to brokers since it was last asked.
    pub(crate) fn take_broker_events(&mut self) -> Vec<BrokerEvent> {
        std::mem::take(&mut self.broker_events)
    }

    /// Takes paused brokers for dead whose session has timed out.
    pub(super) fn fence_silent_brokers(&mut self, now: Now) {
        let (timeout, lag) = (self.broker_session_timeout(), self.replica_lag_max());
        let mut changed = false;
        for broker in self.brokers.iter_mut() {
            let BrokerStatus::Paused { since, fenced } = &mut broker.status else {
                continue;
            };
            if !*fenced && since.saturating_add(timeout) <= now.elapsed {
                *fenced = true;
                changed = true;
            }
            if !broker.lags && since.saturating_add(lag) <= now.elapsed {
                broker.lags = true;
                changed = true;
            }
        }
        if changed {
            self.follow_brokers();
        }
    }

    /// When the next broker's session times out.
    pub(super) fn next_fencing(&self) -> Option<Duration> {
        let (timeout, lag) = (self.broker_session_timeout(), self.replica_lag_max());
        let deadlines = self.brokers.iter().map(|broker| match broker.status {
            BrokerStatus::Paused { since, fenced } => {
                let fencing = (!fenced).then(|| since.saturating_add(timeout));
                earliest(fencing, (!broker.lags).then(|| since.saturating_add(lag)))
            }
            _ => None,
        });
        deadlines.fold(None, earliest)
    }

    /// How long a broker may be silent; brokers of ZooKeeper's time have another name for it.
    fn broker_session_timeout(&self) -> Duration {
        let names = ["broker.session.timeout.ms", "zookeeper.session.timeout.ms"];
        let known = names
            .into_iter()
            .find(|name| self.configs.fact(Kind::Broker, name).is_some());
        let millis_set = known.map_or(9000, |name| self.configs.broker_number(name, 9000));
        millis(millis_set).unwrap_or_default()
    }

    /// Takes replicas for out of sync that lack something by now, if their brokers have been silent for too long.
    pub(crate) fn drop_lagging(&mut self) {
        if self.brokers.alive().any(|broker| broker.lags) {
            self.follow_brokers();
        }
    }

    /// How long a replica may be silent and count as in sync though it misses something.
    fn replica_lag_max(&self) -> Duration {
        let lag = self.configs.broker_number("replica.lag.time.max.ms", 30_000);
        millis(lag).unwrap_or_default()
    }

    fn kill(&mut self, id: i32) -> Result<(), CommandError> {
        let broker = self.broker_mut(id)?;
        if broker.status == BrokerStatus::Down {
            return Err(unfit(id, "down"));
        }
        broker.status = BrokerStatus::Down;
        broker.lags = false;
        self.broker_events.push(BrokerEvent::Ended(id));
        self.follow_brokers();
        Ok(())
    }

    fn pause(&mut self, now: Now, id: i32) -> Result<(), CommandError> {
        let broker = self.broker_mut(id)?;
        match broker.status {
            BrokerStatus::Up => {
                broker.status = BrokerStatus::Paused {
                    since: now.elapsed,
                    fenced: false,
                };
                self.follow_brokers();
                Ok(())
            }
            BrokerStatus::Paused { .. } => Err(unfit(id, "paused")),
            BrokerStatus::Down => Err(unfit(id, "down")),
        }
    }

    fn resume(&mut self, id: i32) -> Result<(), CommandError> {
        let broker = self.broker_mut(id)?;
        match broker.status {
            BrokerStatus::Paused { .. } => {
                broker.status = BrokerStatus::Up;
                broker.lags = false;
                self.broker_events.push(BrokerEvent::Resumed(id));
                self.follow_brokers();
                Ok(())
            }
            BrokerStatus::Up => Err(unfit(id, "up")),
            BrokerStatus::Down => Err(unfit(id, "down")),
        }
    }

    fn restart(&mut self, now: Now, id: i32) -> Result<(), CommandError> {
        if self.broker_mut(id)?.status != BrokerStatus::Down {
            self.kill(id)?;
        }
        let epoch = self.broker_mut(id)?.epoch.saturating_add(1);
        self.commit(now, Change::StartBroker { id, epoch })
            .map_err(CommandError::Storage)?;
        let broker = self.broker_mut(id)?;
        broker.status = BrokerStatus::Up;
        broker.registered = true;
        // It was not shut down in order.
        for topic in self.topics.iter_mut() {
            topic
                .partitions
                .iter_mut()
                .for_each(|partition| partition.doubt(id));
        }
        self.broker_events.push(BrokerEvent::Started(id));
        self.follow_brokers();
        Ok(())
    }

    fn move_leader(&mut self, topic: &Arc<str>, index: i32, to: i32) -> Result<(), CommandError> {
        let alive = self.brokers.get(to).ok_or(CommandError::NoBroker(to))?.is_alive();
        let missing = || CommandError::NoPartition {
            topic: topic.clone(),
            partition: index,
        };
        let partition = self.topics.partition_mut(topic, index).ok_or_else(missing)?;
        if !partition.replicas.contains(&to) {
            return Err(CommandError::NoReplica {
                broker: to,
                topic: topic.clone(),
                partition: index,
            });
        }
        if !alive {
            return Err(unfit(to, "down"));
        }
        if !partition.isr.contains(&to) {
            partition.isr.push(to);
        }
        partition.lead(Some(to));
        let epoch = partition.leader_epoch;
        self.vouch_for_epoch(epoch);
        self.touch(topic, index);
        Ok(())
    }

    fn expire(&mut self, now: Now, group: &Arc<str>, member: &Arc<str>) -> Result<(), CommandError> {
        if self.expire_member(now, group, member) {
            return Ok(());
        }
        let (group, member) = (group.clone(), member.clone());
        Err(CommandError::NoMember { group, member })
    }

    fn move_coordinator(&mut self, now: Now, group: &Arc<str>, to: i32) -> Result<(), CommandError> {
        let found = self.coordinator(CONSUMER_OFFSETS, group);
        let found = found.map_err(|_| CommandError::NoCoordinator(group.clone()))?;
        self.move_leader(&CONSUMER_OFFSETS.into(), found.partition, to)?;
        self.follow_coordinators(now);
        Ok(())
    }

    fn move_transaction_coordinator(&mut self, id: &Arc<str>, to: i32) -> Result<(), CommandError> {
        let found = self.coordinator(TRANSACTION_STATE, id);
        let found = found.map_err(|_| CommandError::NoTransactionCoordinator(id.clone()))?;
        self.move_leader(&TRANSACTION_STATE.into(), found.partition, to)
    }

    fn recreate(&mut self, now: Now, name: &Arc<str>) -> Result<(), CommandError> {
        if self.topics.get(name).is_none() {
            return Err(CommandError::NoTopic(name.clone()));
        }
        let change = Change::RecreateTopic {
            name: name.to_string(),
            id: self.new_id(),
        };
        self.commit(now, change).map_err(CommandError::Storage)
    }

    fn cut_log(&mut self, topic: &Arc<str>, index: i32, offset: i64) -> Result<(), CommandError> {
        let missing = || CommandError::NoPartition {
            topic: topic.clone(),
            partition: index,
        };
        let partition = self.topics.partition_mut(topic, index).ok_or_else(missing)?;
        let cut = partition.log.truncate(offset);
        cut.map_err(|error| {
            tracing::error!("{topic}-{index} could not be cut: {error}");
            CommandError::Storage(protocol::ErrorCode::KAFKA_STORAGE_ERROR)
        })?;
        partition.lead(partition.leader);
        let epoch = partition.leader_epoch;
        self.vouch_for_epoch(epoch);
        self.touch(topic, index);
        Ok(())
    }

    fn broker_mut(&mut self, id: i32) -> Result<&mut Broker, CommandError> {
        self.brokers.get_mut(id).ok_or(CommandError::NoBroker(id))
    }
}

fn unfit(broker: i32, status: &'static str) -> CommandError {
    CommandError::Broker { broker, status }
}
