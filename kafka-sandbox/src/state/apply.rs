//! How changes are kept, applied, and taken up again at the start.
//!
//! What can fail of a change is done before its line is written, or is no failure: a line in the journal can be applied
//! at every start.

use protocol::{ErrorCode, Uuid};

use super::journal::{EPOCH_BLOCK, Journal};
use super::topics::{Partition, Topic, TopicPartition};
use super::{Change, Replication, State, TRANSACTION_STATE, is_internal, partition_count};
use crate::log::{Log, Recovery};
use crate::profile::configs::Kind;
use crate::storage::StorageError;
use crate::time::Now;

impl State {
    /// Takes up what the journal holds, and puts it together anew, so that it does not grow from start to start.
    pub(super) fn replay(&mut self, now: Now, cluster_id: Option<String>) -> Result<(), StorageError> {
        let mut journal = Journal::default();
        for (number, line) in (1..).zip(self.storage.read_lines()?) {
            let change = serde_json::from_str(&line).map_err(|error| {
                StorageError::new("read", format!("line {number} of the journal"), error.into())
            })?;
            journal.add(change);
        }
        // Elections that nothing was appended after have left no trace but this.
        self.epoch_floor = journal.epoch_floor();
        let mut news = vec![Change::LeaderEpochs {
            next: self.epoch_floor.saturating_add(EPOCH_BLOCK),
        }];
        if !journal.has_cluster() {
            let id = cluster_id.unwrap_or_else(|| self.new_id().to_string());
            news.push(Change::Cluster { id });
        }
        for broker in self.brokers.iter() {
            let starts = journal.starts.get(&broker.id).copied().unwrap_or(0);
            news.push(Change::StartBroker {
                id: broker.id,
                epoch: starts.saturating_add(1),
            });
        }
        let is_clean = self.remove_left_over(&journal)?;
        news.iter().cloned().for_each(|change| journal.add(change));
        self.journal_lines = journal.lines;
        let changes = journal.into_changes();
        let folded = lines_of(&changes)?;
        for change in changes {
            let logs = self.prepare(&change)?;
            self.apply(now, change, logs);
        }
        self.epoch_floor = 0;
        if is_clean {
            self.storage.rewrite_lines(&folded)?;
        } else {
            // What was deleted must be known as long as something of it is there.
            for line in lines_of(&news)? {
                self.storage.append_line(&line)?;
            }
        }
        let partitions = self.topics.iter().flat_map(|topic| &topic.partitions);
        let highest = partitions.map(|partition| partition.leader_epoch).max();
        self.vouch_for_epoch(highest.unwrap_or(0));
        Ok(())
    }

    /// Removes the folders of topics that were deleted, where that had failed or the process had died. Returns whether
    /// none is left.
    fn remove_left_over(&mut self, journal: &Journal) -> Result<bool, StorageError> {
        if !journal.has_deleted() {
            return Ok(true);
        }
        let mut is_clean = true;
        for stored in self.storage.list()? {
            if journal.is_left_over(&stored) {
                is_clean &= self.remove_store(&stored.topic, stored.partition);
            }
        }
        Ok(is_clean)
    }

    /// Writes a change to the journal, then applies it: for handlers.
    ///
    /// # Errors
    ///
    /// `KAFKA_STORAGE_ERROR` when it could not be kept; nothing has changed then.
    pub(crate) fn commit(&mut self, now: Now, change: Change) -> Result<(), ErrorCode> {
        self.record(now, change).map_err(|error| {
            tracing::error!("a change could not be kept: {error}");
            ErrorCode::KAFKA_STORAGE_ERROR
        })
    }

    fn record(&mut self, now: Now, change: Change) -> Result<(), StorageError> {
        let logs = self.prepare(&change)?;
        self.write_down(&change)?;
        self.apply(now, change, logs);
        Ok(())
    }

    fn write_down(&mut self, change: &Change) -> Result<(), StorageError> {
        self.storage.append_line(&line_of(change)?)?;
        self.journal_lines = self.journal_lines.saturating_add(1);
        Ok(())
    }

    /// Sees to it that no leader gets an epoch after the next start that this one, or an older one, was told to clients
    /// for.
    pub(crate) fn vouch_for_epoch(&mut self, epoch: i32) {
        if epoch < self.epochs_end || self.epochs_end == i32::MAX {
            return;
        }
        let next = epoch.saturating_add(EPOCH_BLOCK);
        match self.write_down(&Change::LeaderEpochs { next }) {
            Ok(()) => self.epochs_end = next,
            Err(error) => tracing::error!("a leader epoch could not be kept: {error}"),
        }
    }

    /// Removes the store of a partition that is gone. Returns whether it is.
    fn remove_store(&mut self, topic: &str, partition: i32) -> bool {
        let removed = self.storage.remove(topic, partition);
        if let Err(error) = &removed {
            let reason = std::error::Error::source(error).map(ToString::to_string);
            let reason = reason.unwrap_or_default();
            tracing::warn!("{topic}-{partition} was deleted, but is still there: {error}: {reason}");
            self.left_over.insert((topic.to_owned(), partition));
        }
        removed.is_ok()
    }

    /// Opens the logs of `count` partitions of a topic from `first` on. What is left of a topic that was deleted makes
    /// room for them.
    fn open_logs(
        &mut self,
        topic: &str,
        id: Uuid,
        first: i32,
        count: usize,
    ) -> Result<Vec<Log>, StorageError> {
        let mut logs = Vec::with_capacity(count);
        for index in (first..=i32::MAX).take(count) {
            let key = (topic.to_owned(), index);
            if self.left_over.contains(&key) {
                self.storage.remove(topic, index)?;
                self.left_over.remove(&key);
            }
            let store = self.storage.open(topic, index, id)?;
            let name = format!("{topic}-{index}");
            let (log, recovery) = Log::open(&name, store)?;
            report(&name, &recovery);
            logs.push(log);
        }
        Ok(logs)
    }

    /// Opens the logs of the partitions that a change makes.
    fn prepare(&mut self, change: &Change) -> Result<Vec<Log>, StorageError> {
        let (name, id, first, count) = match change {
            Change::CreateTopic {
                name, id, replicas, ..
            } => (name, *id, 0, replicas.len()),
            Change::AddPartitions { name, replicas } => match self.topics.get(name) {
                Some(topic) => (name, topic.id, partition_count(topic), replicas.len()),
                None => return Ok(Vec::new()),
            },
            _ => return Ok(Vec::new()),
        };
        self.open_logs(name, id, first, count)
    }

    /// `logs` are those that [`prepare`](Self::prepare) opened.
    fn apply(&mut self, now: Now, change: Change, logs: Vec<Log>) {
        match change {
            Change::Cluster { id } => self.cluster_id = id.into(),
            Change::CreateTopic {
                name,
                id,
                replicas,
                configs,
            } => {
                for (config, value) in configs {
                    self.configs.set(Kind::Topic, &name, config, Some(value));
                }
                let (settings, replication) = self.configs.of_topic(&name, &self.features);
                let topic = Topic {
                    partitions: self.partitions(&name, logs, replicas, replication),
                    name: name.into(),
                    id,
                    settings,
                    replication,
                };
                self.topics.insert(topic);
            }
            Change::RecreateTopic { name, id } => self.recreate_topic(now, &name, id),
            Change::DeleteTopic { name } => {
                self.drop_topic(now, &name);
                self.configs.forget(Kind::Topic, &name);
            }
            Change::AddPartitions { name, replicas } => {
                let replication = self.configs.of_topic(&name, &self.features).1;
                let partitions = self.partitions(&name, logs, replicas, replication);
                if let Some(topic) = self.topics.get_mut(&name) {
                    topic.partitions.extend(partitions);
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
                let topic = self.topics.get_mut(&name);
                if let Some((replication, partition)) = topic.and_then(|topic| {
                    let replication = topic.replication;
                    Some((replication, topic.partition_mut(partition)?))
                }) {
                    partition.reassign(replicas, adding, removing, &self.brokers, replication);
                    let epoch = partition.leader_epoch;
                    // At the start that is done for all of them.
                    if self.epoch_floor == 0 {
                        self.vouch_for_epoch(epoch);
                    }
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
            Change::StartBroker { id, epoch } => {
                // One that the journal knows may not be there any more.
                if let Some(broker) = self.brokers.get_mut(id) {
                    broker.epoch = epoch;
                }
            }
            Change::ProducerIds { next } => self.producer_ids.1 = next,
            Change::LeaderEpochs { next } => self.epochs_end = next,
            // Counted where the lines are read.
            Change::Folded { .. } => {}
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
            Change::SetFeature { name, level } => {
                self.features.set(&name, level);
                self.follow_configs(None);
            }
            Change::CreateAcl(acl) => self.security.create_acl(acl),
            Change::DeleteAcl(acl) => self.security.delete_acl(&acl),
        }
    }

    fn partitions(
        &self,
        topic: &str,
        logs: Vec<Log>,
        replicas: Vec<Vec<i32>>,
        replication: Replication,
    ) -> Vec<Partition> {
        let partitions = logs.into_iter().zip(replicas).map(|(log, replicas)| {
            let mut partition = Partition::new(log, replicas, self.epoch_floor);
            partition.in_step = is_internal(topic);
            partition.follow(&self.brokers, replication);
            partition
        });
        partitions.collect()
    }

    /// Takes a topic away with its logs. What of them cannot be removed is removed at the next start, or when there is
    /// a topic of the same name again.
    fn drop_topic(&mut self, now: Now, name: &str) -> Option<Topic> {
        let topic = self.topics.remove(name)?;
        if name == TRANSACTION_STATE {
            self.forget_transactions();
        }
        self.transactions.follow_leaders();
        for partition in 0..partition_count(&topic) {
            self.fetches.touch(&TopicPartition {
                topic: topic.name.clone(),
                partition,
            });
            self.remove_store(name, partition);
        }
        self.forget_offsets(now, name);
        Some(topic)
    }

    fn recreate_topic(&mut self, now: Now, name: &str, id: Uuid) {
        let Some(old) = self.drop_topic(now, name) else {
            return;
        };
        let count = old.partitions.len();
        match self.open_logs(name, id, 0, count) {
            Ok(logs) => {
                let replicas = old
                    .partitions
                    .iter()
                    .map(|partition| partition.staying().collect());
                let partitions = self.partitions(name, logs, replicas.collect(), old.replication);
                self.topics.insert(Topic {
                    id,
                    partitions,
                    ..old
                });
            }
            Err(error) => tracing::error!("{name} is not there again before the next start: {error}"),
        }
    }

    fn set_config(&mut self, kind: i8, resource: &str, name: String, value: Option<String>) {
        let Some(kind) = Kind::of_number(kind) else {
            return;
        };
        self.configs.set(kind, resource, name, value);
        match kind {
            Kind::Topic => self.follow_configs(Some(resource)),
            Kind::Broker if resource.is_empty() => self.follow_configs(None),
            Kind::Broker | Kind::ClientMetrics | Kind::Group => {}
        }
    }

    /// Lets a topic, or all, follow their configs.
    fn follow_configs(&mut self, topic: Option<&str>) {
        let (configs, brokers, features) = (&self.configs, &self.brokers, &self.features);
        let mut highest = None;
        let follow = |topic: &mut Topic| {
            let before = topic.replication;
            (topic.settings, topic.replication) = configs.of_topic(&topic.name, features);
            if topic.replication == before {
                return;
            }
            for partition in &mut topic.partitions {
                partition.follow(brokers, topic.replication);
                highest = highest.max(Some(partition.leader_epoch));
            }
        };
        match topic {
            Some(name) => self.topics.get_mut(name).into_iter().for_each(follow),
            None => self.topics.iter_mut().for_each(follow),
        }
        let Some(epoch) = highest else {
            return;
        };
        // At the start that is done for all of them.
        if self.epoch_floor == 0 {
            self.vouch_for_epoch(epoch);
        }
        self.touch_all();
    }
}

fn line_of(change: &Change) -> Result<String, StorageError> {
    serde_json::to_string(change)
        .map_err(|error| StorageError::new("write", "a change to the journal", error.into()))
}

fn lines_of(changes: &[Change]) -> Result<Vec<String>, StorageError> {
    changes.iter().map(line_of).collect()
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
