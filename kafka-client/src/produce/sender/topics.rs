//! What is known of the topics that are produced to.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use protocol::ErrorCode;

use super::{Followed, Sender};
use crate::cluster::{Metadata, Topic as TopicMetadata};
use crate::error::{BrokerError, Class};
use crate::produce::batch::Batch;
use crate::produce::error::ProduceError;
use crate::produce::topic::{Topic, TopicVerdict};
use crate::time::{Moment, earliest};

impl Sender {
    /// Follows a topic from now on: somebody waits for it.
    pub(super) fn follow(&mut self, now: Moment, metadata: &Metadata, number: u32) {
        let shared = self.shared.clone();
        let Some(topic) = shared.topics.get(number) else {
            return;
        };
        // Whoever asks from here on is heard anew; who asked before has sat down already.
        topic.is_wanted.swap(false, Ordering::AcqRel);
        if !self.waited_for.contains(&number) {
            self.waited_for.push(number);
        }
        if !topic.is_followed.swap(true, Ordering::Relaxed) {
            self.followed.push(Followed { number, used_at: now });
        }
        self.idle_at = earliest(self.idle_at, Some(now + self.idle_interval()));
        // Another machine of the client may have asked before; then no snapshot is due that would tell of it.
        match metadata.topic(&topic.name).filter(|known| known.error.is_none()) {
            Some(known) => self.take_topic(now, topic, known),
            None => self.wish_refresh(),
        }
    }

    fn idle_interval(&self) -> Duration {
        self.shared.config.metadata_max_idle.max(Duration::from_secs(1))
    }

    /// Stops following topics that nothing was produced to for a while (KIP-526).
    pub(super) fn forget_idle_topics(&mut self, now: Moment) {
        if self.idle_at.is_none_or(|at| at > now) {
            return;
        }
        let max_idle = self.idle_interval();
        let shared = self.shared.clone();
        let lanes = &self.lanes;
        self.followed.retain_mut(|followed| {
            let Some(topic) = shared.topics.get(followed.number) else {
                return false;
            };
            let is_busy = lanes
                .iter()
                .any(|lane| lane.topic.number == followed.number && !lane.is_idle());
            let is_open = topic
                .partitions
                .iter()
                .any(|partition| partition.lot.lock().opened().is_some());
            if topic.is_used.swap(false, Ordering::Relaxed) || is_busy || is_open {
                followed.used_at = now;
            }
            let is_waited_for = !topic.state.lock().bench.is_empty();
            if is_waited_for || now.since(followed.used_at) < max_idle {
                return true;
            }
            topic.set_count(0);
            topic.is_followed.store(false, Ordering::Relaxed);
            false
        });
        self.idle_at = (!self.followed.is_empty()).then(|| now + max_idle);
    }

    /// When a new metadata snapshot is in force.
    pub(super) fn take_metadata(&mut self, now: Moment, metadata: &Metadata) {
        let shared = self.shared.clone();
        for followed in 0..self.followed.len() {
            let number = self.followed.get(followed).map(|followed| followed.number);
            let Some(topic) = number.and_then(|number| shared.topics.get(number)) else {
                continue;
            };
            if let Some(described) = metadata.topic(&topic.name) {
                self.take_topic(now, topic, described);
            }
        }
        self.waited_for.retain(|number| {
            shared
                .topics
                .get(*number)
                .is_some_and(|topic| !topic.state.lock().bench.is_empty())
        });
        for number in 0..self.lanes.len() {
            self.take_leader(metadata, number);
        }
        self.move_stranded(metadata);
        self.enlist_all(now, metadata);
    }

    fn take_topic(&mut self, now: Moment, topic: &Arc<Topic>, described: &TopicMetadata) {
        let error = described
            .error
            .filter(|code| *code != ErrorCode::NONE)
            .map(BrokerError::from);
        if let Some(error) = error {
            let is_final = !matches!(error.class(), Class::Retry | Class::Reroute);
            let is_gone = error.code == ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
            let error = Arc::new(error);
            topic.state.lock().obstacle = Some(error.clone());
            if is_final {
                topic.state.lock().refusal = Some(error.clone());
                topic.set_count(0);
                topic.settle(TopicVerdict::Settled);
                self.fail_topic(topic, &error);
            } else {
                if is_gone {
                    self.note_unknown(now, topic);
                }
                if !topic.state.lock().bench.is_empty() {
                    self.wish_refresh();
                }
            }
            return;
        }
        if described.partitions.is_empty() {
            return;
        }
        let old_id = {
            let mut state = topic.state.lock();
            state.refusal = None;
            state.obstacle = None;
            std::mem::replace(&mut state.id, described.id)
        };
        if old_id != described.id {
            self.ids.remove(&old_id);
            self.ids.insert(described.id, topic.number);
        }
        topic.set_count(u32::try_from(described.partitions.len()).unwrap_or(0));
        for (partition, described) in topic.partitions.iter().zip(&described.partitions) {
            let is_available = self.keeps_up(described.leader);
            partition.is_available.store(is_available, Ordering::Relaxed);
        }
        if !old_id.is_zero() && old_id != described.id {
            for number in self.lanes_of(topic) {
                self.fail_recreated(number);
            }
        }
        topic.settle(TopicVerdict::Settled);
    }

    fn lanes_of(&self, topic: &Topic) -> Vec<usize> {
        let of_topic = |(_, lane): &(usize, &super::Lane)| lane.topic.number == topic.number;
        self.lanes
            .iter()
            .enumerate()
            .filter(of_topic)
            .map(|(number, _)| number)
            .collect()
    }

    fn note_unknown(&mut self, now: Moment, topic: &Topic) {
        let max_block = self.shared.config.max_block;
        for number in self.lanes_of(topic) {
            if let Some(lane) = self.lanes.get_mut(number)
                && !lane.is_idle()
            {
                let since = *lane.unknown_since.get_or_insert(now);
                self.expiry_at = earliest(self.expiry_at, Some(since + max_block));
            }
        }
    }

    /// Fails all that is to be sent to a topic that was refused for good, batches that are still open too.
    fn fail_topic(&mut self, topic: &Topic, source: &Arc<BrokerError>) {
        let refused = ProduceError::TopicUnavailable {
            topic: topic.name.clone(),
            source: Some(source.clone()),
        };
        let shared = self.shared.clone();
        for partition in topic.partitions.iter() {
            shared.fail_open(partition, &refused);
            self.collect_sealed(partition);
        }
        for number in self.lanes_of(topic) {
            let Some(lane) = self.lanes.get_mut(number) else {
                continue;
            };
            let name = lane.partition.name.clone();
            for batch in std::mem::take(&mut lane.queue) {
                let error = if batch.maybe_written {
                    let (partition, source) = (name.clone(), source.clone());
                    ProduceError::Broker {
                        partition,
                        source,
                        fate: batch.fate(),
                    }
                } else {
                    refused.clone()
                };
                self.give_up(number, batch, error);
            }
        }
    }

    /// Ends a lane's pause when it has a new leader to try, and takes it off the list of one that is it no more: that
    /// broker may not answer for long.
    fn take_leader(&mut self, metadata: &Metadata, number: usize) {
        let Some(lane) = self.lanes.get_mut(number) else {
            return;
        };
        let name = &lane.partition.name;
        let leader = metadata.leader(&name.topic, name.partition);
        if leader.is_some() {
            lane.unknown_since = None;
        }
        if let Some(listed_at) = lane.enlisted
            && leader.map(|(node, _)| node) != Some(listed_at)
        {
            lane.enlisted = None;
            if let Some(node) = self.nodes.get_mut(&listed_at) {
                node.ready.retain(|ready| *ready != number);
            }
        }
        if let Some(until) = lane.paused_until
            && leader.is_some()
            && lane.tried_leader != leader
        {
            lane.paused_until = None;
            self.paused.remove(&(until, number));
        }
    }

    /// Moves batches whose records may go anywhere, and which were never sent, away from partitions without a
    /// leader.
    fn move_stranded(&mut self, metadata: &Metadata) {
        for number in 0..self.lanes.len() {
            let Some(lane) = self.lanes.get_mut(number) else {
                continue;
            };
            if super::leader_of(metadata, lane).is_some() || lane.queue.is_empty() {
                continue;
            }
            let topic = lane.topic.clone();
            let Some(count) = topic.count() else { continue };
            let is_any_available = (0..count.get())
                .filter_map(|index| topic.partitions.get(index))
                .any(|partition| partition.is_available.load(Ordering::Relaxed));
            if !is_any_available {
                continue;
            }
            let may_move = |batch: &Batch| batch.movable && batch.attempts == 0 && !batch.is_numbered;
            let queue = std::mem::take(&mut lane.queue);
            let from = lane.partition.clone();
            for mut batch in queue {
                let to = topic.draw(count, self.shared.config.adaptive_partitioning, &mut self.rng);
                let target = topic.partitions.get(to).cloned().filter(|_| may_move(&batch));
                let target = target.and_then(|partition| {
                    let lane = self.lane_of(&partition)?;
                    super::count_over(&from);
                    partition.queued.fetch_add(1, Ordering::Relaxed);
                    // Its place was one among the batches of the partition it leaves.
                    batch.place.series = u32::MAX;
                    Some(lane)
                });
                match self.lanes.get_mut(target.unwrap_or(number)) {
                    Some(lane) if target.is_some() => lane.push(batch),
                    Some(lane) => lane.queue.push_back(batch),
                    None => {}
                }
            }
        }
    }
}
