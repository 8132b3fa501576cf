//! What the lines of a journal come to: the changes that are left once those that later ones undid are gone.
//!
//! Nothing is opened or removed here. The folders of the storage are as the whole journal left them, so that a line of
//! its past must not be held against them.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use protocol::Uuid;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::Change;
use crate::profile::configs::Kind;
use crate::quota::Entity;
use crate::security::ScramCredential;
use crate::security::acl::Acl;
use crate::storage::StoredPartition;

/// How many leader epochs the journal vouches for beyond the largest one.
pub(super) const EPOCH_BLOCK: i32 = 100;

/// The state that a journal leads to.
#[derive(Debug, Default)]
pub(super) struct Journal {
    /// Lines since the cluster was made, with those that are gone.
    pub(super) lines: i64,
    cluster: Option<String>,
    /// In the order in which [`Topics`](super::Topics) has them.
    topics: IndexMap<String, KeptTopic, FxBuildHasher>,
    /// By kind and name of the resource.
    configs: BTreeMap<(i8, String), BTreeMap<String, String>>,
    credentials: BTreeMap<(String, String), ScramCredential>,
    acls: BTreeSet<Acl>,
    quotas: BTreeMap<Entity, BTreeMap<String, f64>>,
    /// All of them: how many there were shows.
    features: Vec<(String, i16)>,
    /// How many times each broker was started.
    pub(super) starts: BTreeMap<i32, i64>,
    producer_ids: i64,
    epochs: Option<i32>,
    deleted: FxHashSet<Uuid>,
    deleted_names: FxHashSet<String>,
}

#[derive(Debug)]
struct KeptTopic {
    id: Uuid,
    partitions: Vec<KeptPartition>,
}

#[derive(Debug, Default)]
struct KeptPartition {
    replicas: Vec<i32>,
    adding: Vec<i32>,
    removing: Vec<i32>,
    dirs: BTreeMap<i32, String>,
}

impl KeptPartition {
    fn of(replicas: Vec<Vec<i32>>) -> impl Iterator<Item = Self> {
        replicas.into_iter().map(|replicas| Self {
            replicas,
            ..Self::default()
        })
    }

    /// The replicas that stay when a reassignment is over.
    fn staying(mut self) -> Vec<i32> {
        self.replicas.retain(|id| !self.removing.contains(id));
        self.replicas
    }
}

impl Journal {
    /// Whether the cluster has an id.
    pub(super) fn has_cluster(&self) -> bool {
        self.cluster.is_some()
    }

    /// Takes up the next line.
    pub(super) fn add(&mut self, change: Change) {
        self.lines = self.lines.saturating_add(1);
        match change {
            Change::Folded { lines } => self.lines = lines,
            Change::Cluster { id } => self.cluster = Some(id),
            Change::CreateTopic {
                name,
                id,
                replicas,
                configs,
            } => {
                self.delete(&name);
                self.configs.insert((Kind::Topic.number(), name.clone()), configs);
                let partitions = KeptPartition::of(replicas).collect();
                self.topics.insert(name, KeptTopic { id, partitions });
            }
            Change::RecreateTopic { name, id } => {
                if let Some(mut topic) = self.topics.swap_remove(&name) {
                    self.deleted.insert(topic.id);
                    topic.id = id;
                    let staying = topic.partitions.into_iter().map(KeptPartition::staying);
                    topic.partitions = KeptPartition::of(staying.collect()).collect();
                    self.topics.insert(name, topic);
                }
            }
            Change::DeleteTopic { name } => {
                self.delete(&name);
                self.configs.remove(&(Kind::Topic.number(), name));
            }
            Change::AddPartitions { name, replicas } => {
                if let Some(topic) = self.topics.get_mut(&name) {
                    topic.partitions.extend(KeptPartition::of(replicas));
                }
            }
            Change::Reassign {
                name,
                partition,
                replicas,
                adding,
                removing,
            } => {
                if let Some(partition) = self.partition(&name, partition) {
                    partition
                        .dirs
                        .retain(|id, _| replicas.contains(id) && !adding.contains(id));
                    partition.replicas = replicas;
                    partition.adding = adding;
                    partition.removing = removing;
                }
            }
            Change::MoveReplica {
                name,
                partition,
                broker,
                dir,
            } => {
                if let Some(partition) = self.partition(&name, partition) {
                    partition.dirs.insert(broker, dir);
                }
            }
            Change::SetConfig {
                kind,
                resource,
                name,
                value,
            } => {
                let key = (kind, resource);
                let set = self.configs.entry(key).or_default();
                match value {
                    Some(value) => set.insert(name, value),
                    None => set.remove(&name),
                };
            }
            Change::ScramCredential {
                user,
                mechanism,
                credential,
            } => {
                let key = (user, mechanism);
                match credential {
                    Some(credential) => self.credentials.insert(key, credential),
                    None => self.credentials.remove(&key),
                };
            }
            Change::CreateAcl(acl) => {
                self.acls.insert(acl);
            }
            Change::DeleteAcl(acl) => {
                self.acls.remove(&acl);
            }
            Change::SetQuota { entity, key, value } => {
                let set = self.quotas.entry(entity).or_default();
                match value {
                    Some(value) => set.insert(key, value),
                    None => set.remove(&key),
                };
            }
            Change::SetFeature { name, level } => self.features.push((name, level)),
            Change::StartBroker { id, epoch } => {
                self.starts.insert(id, epoch);
            }
            Change::ProducerIds { next } => self.producer_ids = next,
            Change::LeaderEpochs { next } => self.epochs = Some(next),
        }
    }

    fn delete(&mut self, name: &str) {
        if let Some(topic) = self.topics.swap_remove(name) {
            self.deleted.insert(topic.id);
            self.deleted_names.insert(name.to_owned());
        }
    }

    fn partition(&mut self, name: &str, partition: i32) -> Option<&mut KeptPartition> {
        let topic = self.topics.get_mut(name)?;
        topic.partitions.get_mut(usize::try_from(partition).ok()?)
    }

    /// The leader epoch from which no partition had any.
    pub(super) fn epoch_floor(&self) -> i32 {
        // Journals did not always tell.
        let unknown = if self.lines == 0 { 0 } else { EPOCH_BLOCK };
        self.epochs.unwrap_or(unknown)
    }

    /// Whether the journal says that a topic was deleted whose folder may still be there.
    pub(super) fn has_deleted(&self) -> bool {
        !self.deleted.is_empty()
    }

    /// Whether this is the folder of a topic that was deleted. One without an id may be the one of a topic of the same
    /// name, whose records it holds then; what the journal knows nothing of is not its own.
    pub(super) fn is_left_over(&self, stored: &StoredPartition) -> bool {
        match stored.topic_id {
            Some(id) => self.deleted.contains(&id),
            None => self.deleted_names.contains(&stored.topic) && !self.topics.contains_key(&stored.topic),
        }
    }

    /// The fewest changes that lead to the same state, in an order in which they can be applied.
    pub(super) fn into_changes(self) -> Vec<Change> {
        let mut changes = Vec::new();
        changes.extend(self.cluster.map(|id| Change::Cluster { id }));
        changes.extend(self.epochs.map(|next| Change::LeaderEpochs { next }));
        let starts = self.starts.into_iter();
        changes.extend(starts.map(|(id, epoch)| Change::StartBroker { id, epoch }));
        if self.producer_ids > 0 {
            changes.push(Change::ProducerIds {
                next: self.producer_ids,
            });
        }
        let features = self.features.into_iter();
        changes.extend(features.map(|(name, level)| Change::SetFeature { name, level }));
        let mut configs = self.configs;
        let of_topics: Vec<_> = self
            .topics
            .into_iter()
            .map(|(name, topic)| {
                let configs = configs.remove(&(Kind::Topic.number(), name.clone()));
                (name, topic, configs.unwrap_or_default())
            })
            .collect();
        for ((kind, resource), set) in configs {
            changes.extend(set.into_iter().map(|(name, value)| Change::SetConfig {
                kind,
                resource: resource.clone(),
                name,
                value: Some(value),
            }));
        }
        for (name, topic, configs) in of_topics {
            push_topic(&mut changes, name, topic, configs);
        }
        let credentials = self.credentials.into_iter();
        changes.extend(
            credentials.map(|((user, mechanism), credential)| Change::ScramCredential {
                user,
                mechanism,
                credential: Some(credential),
            }),
        );
        changes.extend(self.acls.into_iter().map(Change::CreateAcl));
        for (entity, set) in self.quotas {
            changes.extend(set.into_iter().map(|(key, value)| Change::SetQuota {
                entity: entity.clone(),
                key,
                value: Some(value),
            }));
        }
        changes.push(Change::Folded { lines: self.lines });
        changes
    }
}

fn push_topic(changes: &mut Vec<Change>, name: String, topic: KeptTopic, configs: BTreeMap<String, String>) {
    let old = |partition: &KeptPartition| {
        let old = partition.replicas.iter().copied();
        let old: Vec<i32> = old.filter(|id| !partition.adding.contains(id)).collect();
        if old.is_empty() {
            partition.replicas.clone()
        } else {
            old
        }
    };
    changes.push(Change::CreateTopic {
        name: name.clone(),
        id: topic.id,
        replicas: topic.partitions.iter().map(old).collect(),
        configs,
    });
    for (index, partition) in (0..).zip(topic.partitions) {
        changes.extend(
            partition
                .dirs
                .into_iter()
                .map(|(broker, dir)| Change::MoveReplica {
                    name: name.clone(),
                    partition: index,
                    broker,
                    dir,
                }),
        );
        if !partition.adding.is_empty() || !partition.removing.is_empty() {
            changes.push(Change::Reassign {
                name: name.clone(),
                partition: index,
                replicas: partition.replicas,
                adding: partition.adding,
                removing: partition.removing,
            });
        }
    }
}
