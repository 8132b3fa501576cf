//! Topics and their partitions: who leads, who replicates, and the log.

use std::sync::Arc;

use indexmap::IndexMap;
use protocol::{ErrorCode, Uuid};
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::Brokers;
use super::replication::{Replication, Standing};
use crate::log::{Log, LogSettings};

/// A topic.
#[derive(Debug)]
pub(crate) struct Topic {
    pub(crate) name: Arc<str>,
    pub(crate) id: Uuid,
    pub(crate) partitions: Vec<Partition>,
    /// What its configs say about its logs; recomputed whenever one of them changes.
    pub(crate) settings: LogSettings,
    /// What they say about its replicas.
    pub(crate) replication: Replication,
}

impl Topic {
    /// Whether it is one that brokers keep for themselves.
    pub(crate) fn is_internal(&self) -> bool {
        is_internal(&self.name)
    }

    pub(crate) fn partition(&self, index: i32) -> Option<&Partition> {
        self.partitions.get(usize::try_from(index).ok()?)
    }

    pub(crate) fn partition_mut(&mut self, index: i32) -> Option<&mut Partition> {
        self.partitions.get_mut(usize::try_from(index).ok()?)
    }
}

/// The topic that holds the offsets and members of groups.
pub(crate) const CONSUMER_OFFSETS: &str = "__consumer_offsets";
/// The topic that holds the state of transactions.
pub(crate) const TRANSACTION_STATE: &str = "__transaction_state";
/// The topic that holds the state of share groups.
pub(crate) const SHARE_GROUP_STATE: &str = "__share_group_state";

/// Whether brokers keep a topic of this name for themselves.
pub(crate) fn is_internal(name: &str) -> bool {
    [CONSUMER_OFFSETS, TRANSACTION_STATE, SHARE_GROUP_STATE].contains(&name)
}

/// A partition. Its replicas share one log: see [`replicas`](super::replicas).
#[derive(Debug)]
pub(crate) struct Partition {
    pub(crate) log: Log,
    /// None while no replica in sync is alive.
    pub(crate) leader: Option<i32>,
    pub(crate) leader_epoch: i32,
    pub(crate) replicas: Vec<i32>,
    pub(crate) isr: Vec<i32>,
    pub(super) standing: Standing,
    /// Whether all replicas have all of the log at any time: brokers write to their own topics when all have it.
    pub(super) in_step: bool,
    /// Replicas that a reassignment is adding and removing (KIP-455).
    pub(crate) adding: Vec<i32>,
    pub(crate) removing: Vec<i32>,
    /// The log directories of replicas that were moved, by broker (KIP-113).
    dirs: Vec<(i32, String)>,
}

impl Partition {
    /// A partition whose first replica leads, with an epoch from `epoch_floor` on.
    pub(crate) fn new(log: Log, replicas: Vec<i32>, epoch_floor: i32) -> Self {
        let standing = Standing {
            epoch_start: log.end_offset(),
            ..Standing::default()
        };
        let next = log.latest_epoch().map_or(0, |epoch| epoch.saturating_add(1));
        Self {
            leader_epoch: next.max(epoch_floor),
            log,
            leader: replicas.first().copied(),
            isr: replicas.clone(),
            replicas,
            standing,
            in_step: false,
            adding: Vec::new(),
            removing: Vec::new(),
            dirs: Vec::new(),
        }
    }

    /// Fails unless `broker` leads and `epoch`, where the client names one, is the leader's (KIP-320).
    pub(crate) fn check_leader(&self, broker: i32, epoch: i32) -> Result<(), ErrorCode> {
        if !self.replicas.contains(&broker) {
            Err(ErrorCode::NOT_LEADER_OR_FOLLOWER)
        } else if epoch != -1 && epoch < self.leader_epoch {
            Err(ErrorCode::FENCED_LEADER_EPOCH)
        } else if epoch > self.leader_epoch {
            Err(ErrorCode::UNKNOWN_LEADER_EPOCH)
        } else if self.leader != Some(broker) {
            Err(ErrorCode::NOT_LEADER_OR_FOLLOWER)
        } else {
            Ok(())
        }
    }

    /// Where the records of an epoch end: see [`Log::epoch_end`]. The leader knows its own epoch before it has appended
    /// anything.
    pub(crate) fn epoch_end(&self, epoch: i32) -> (i32, i64) {
        if epoch == self.leader_epoch {
            (epoch, self.log.end_offset())
        } else {
            self.log.epoch_end(epoch)
        }
    }

    /// Whether a reassignment is under way (KIP-455).
    pub(crate) fn is_reassigned(&self) -> bool {
        !self.adding.is_empty() || !self.removing.is_empty()
    }

    /// The replicas that stay when a reassignment that is under way is over.
    pub(crate) fn staying(&self) -> impl Iterator<Item = i32> {
        let replicas = self.replicas.iter().copied();
        replicas.filter(|id| !self.removing.contains(id))
    }

    /// Gives the partition other replicas; `replicas` has those that are removed in the end, too.
    pub(crate) fn reassign(
        &mut self,
        replicas: Vec<i32>,
        adding: Vec<i32>,
        removing: Vec<i32>,
        brokers: &Brokers,
        replication: Replication,
    ) {
        // New ones have nothing yet.
        let new = replicas.iter().filter(|id| !self.replicas.contains(id));
        self.standing.behind.extend(new.map(|&id| (id, 0)));
        self.isr.retain(|id| replicas.contains(id));
        if self.isr.is_empty() {
            self.isr.extend(replicas.first());
        }
        self.replicas = replicas;
        self.adding = adding;
        self.removing = removing;
        self.follow(brokers, replication);
    }

    /// Ends the reassignment that is under way once all that are to stay are in sync.
    pub(super) fn complete_reassignment(&mut self, brokers: &Brokers) {
        let is_ready = self.staying().next().is_some() && self.staying().all(|id| self.isr.contains(&id));
        if !self.is_reassigned() || !is_ready {
            return;
        }
        let removing = std::mem::take(&mut self.removing);
        self.replicas.retain(|id| !removing.contains(id));
        self.isr.retain(|id| !removing.contains(id));
        self.dirs.retain(|(id, _)| !removing.contains(id));
        self.adding.clear();
        if self.leader.is_some_and(|id| removing.contains(&id)) {
            let mut staying = self.replicas.iter().copied();
            let heir = staying.find(|&id| brokers.is_alive(id) && self.isr.contains(&id));
            self.lead(heir);
        }
    }

    /// The log directory of a replica: one of `dirs`, over which the partitions of a topic are spread until they are
    /// moved. `index` is the partition's.
    pub(crate) fn log_dir<'a>(&self, index: i32, broker: i32, dirs: &'a [String]) -> Option<&'a String> {
        let moved = self.dirs.iter().find(|(id, _)| *id == broker);
        let moved = moved.and_then(|(_, to)| dirs.iter().find(|dir| *dir == to));
        moved.or_else(|| dirs.get(usize::try_from(index).ok()?.checked_rem(dirs.len())?))
    }

    /// Moves a replica to another log directory.
    pub(crate) fn move_to_dir(&mut self, broker: i32, dir: String) {
        self.dirs.retain(|(id, _)| *id != broker);
        self.dirs.push((broker, dir));
    }
}

/// A partition of a topic by its place in [`Topics`]: stays valid while the topic exists.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TopicPartition {
    pub(crate) topic: Arc<str>,
    pub(crate) partition: i32,
}

/// The topics, in an order that depends on nothing but what was created and deleted.
#[derive(Debug, Default)]
pub(crate) struct Topics {
    by_name: IndexMap<Arc<str>, Topic, FxBuildHasher>,
    names: FxHashMap<Uuid, Arc<str>>,
    /// Names with a dot or an underscore, which count as the same in the names of metrics, by what they are then.
    alike: FxHashMap<String, Vec<Arc<str>>>,
    version: u64,
}

impl Topics {
    pub(crate) fn get(&self, name: &str) -> Option<&Topic> {
        self.by_name.get(name)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Topic> {
        self.by_name.get_mut(name)
    }

    pub(crate) fn name_of(&self, id: Uuid) -> Option<&Arc<str>> {
        self.names.get(&id)
    }

    /// The topic of a request that names it, or gives its id from some version on (KIP-516).
    pub(crate) fn find(&self, name: &str, id: Uuid) -> Result<&Topic, ErrorCode> {
        if id.is_zero() {
            return self.get(name).ok_or(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
        }
        let name = self.name_of(id).ok_or(ErrorCode::UNKNOWN_TOPIC_ID)?;
        self.get(name).ok_or(ErrorCode::UNKNOWN_TOPIC_ID)
    }

    pub(crate) fn partition(&self, name: &str, index: i32) -> Option<&Partition> {
        self.get(name)?.partition(index)
    }

    pub(crate) fn partition_mut(&mut self, name: &str, index: i32) -> Option<&mut Partition> {
        self.get_mut(name)?.partition_mut(index)
    }

    /// A topic whose name differs in dots and underscores alone, which is the same in the names of Kafka's metrics.
    pub(crate) fn colliding(&self, name: &str) -> Option<&Arc<str>> {
        self.alike.get(&collision_key(name)?)?.first()
    }

    /// All. The order is always the same for the same cluster.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Topic> {
        self.by_name.values()
    }

    pub(crate) fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = &mut Topic> {
        self.by_name.values_mut()
    }

    /// Rises whenever a topic comes, goes or grows.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// Notes that a topic has grown.
    pub(crate) fn note_change(&mut self) {
        self.version += 1;
    }

    pub(crate) fn insert(&mut self, topic: Topic) {
        self.note_change();
        self.names.insert(topic.id, topic.name.clone());
        if let Some(key) = collision_key(&topic.name) {
            self.alike.entry(key).or_default().push(topic.name.clone());
        }
        self.by_name.insert(topic.name.clone(), topic);
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Topic> {
        let topic = self.by_name.swap_remove(name)?;
        self.note_change();
        self.names.remove(&topic.id);
        if let Some(key) = collision_key(name)
            && let Some(alike) = self.alike.get_mut(&key)
        {
            alike.retain(|other| **other != *name);
            if alike.is_empty() {
                self.alike.remove(&key);
            }
        }
        Some(topic)
    }
}

/// What a name is with underscores for dots; none when it has neither.
fn collision_key(name: &str) -> Option<String> {
    name.contains(['.', '_']).then(|| name.replace('.', "_"))
}
