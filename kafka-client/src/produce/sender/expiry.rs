//! What has taken too long.

use std::sync::atomic::Ordering;

use super::Sender;
use crate::cluster::{Metadata, NodeId};
use crate::mutant::{self, Mutant};
use crate::produce::batch::Batch;
use crate::produce::error::ProduceError;
use crate::produce::topic::TopicVerdict;
use crate::time::{Moment, earliest};

impl Sender {
    /// Ends waits and batches whose time is over.
    pub(super) fn expire(&mut self, now: Moment, metadata: &Metadata) {
        self.shared.memory.handle_deadline(now);
        self.expire_waits_for_topics(now);
        self.mark_slow_nodes(now, metadata);
        if self.expiry_at.is_none_or(|at| at > now) {
            return;
        }
        self.expiry_at = None;
        for number in 0..self.lanes.len() {
            self.expire_lane(now, number);
            self.enlist(now, metadata, number);
        }
    }

    fn expire_lane(&mut self, now: Moment, number: usize) {
        let timeout = self.shared.config.delivery_timeout;
        let max_block = self.shared.config.max_block;
        let Some(lane) = self.lanes.get_mut(number) else {
            return;
        };
        let is_unknown = lane
            .unknown_since
            .is_some_and(|since| now.since(since) >= max_block);
        let is_late = |batch: &Batch| batch.opened_at + timeout <= now;
        let mut late = Vec::new();
        // Those under way first: they come before those that are queued.
        while let Some(at) = lane.in_flight.iter().position(|batch| is_late(batch)) {
            if let Some(mut batch) = lane.in_flight.remove(at) {
                batch.maybe_written |= !mutant::is(Mutant::UnwrittenOnTimeout);
                late.push(batch);
            }
        }
        if lane.in_flight.is_empty() {
            lane.is_draining = false;
        }
        while let Some(at) = lane.queue.iter().position(|batch| is_unknown || is_late(batch)) {
            late.extend(lane.queue.remove(at));
        }
        let name = lane.partition.name.clone();
        for batch in late {
            let last = batch.last_error.clone();
            let error = if is_late(&batch) {
                let fate = batch.fate();
                ProduceError::DeliveryTimeout {
                    partition: name.clone(),
                    after: timeout,
                    fate,
                    last,
                }
            } else {
                ProduceError::TopicUnavailable {
                    topic: name.topic.clone(),
                    source: None,
                }
            };
            self.give_up(number, batch, error);
        }
        let Some(lane) = self.lanes.get(number) else {
            return;
        };
        let next = lane.oldest().map(|oldest| oldest + timeout);
        let unknown = lane
            .unknown_since
            .filter(|_| !lane.queue.is_empty())
            .map(|since| since + max_block);
        self.expiry_at = earliest(self.expiry_at, earliest(next, unknown.filter(|at| *at > now)));
    }

    fn expire_waits_for_topics(&self, now: Moment) {
        let mut wakers = Vec::new();
        for followed in &self.followed {
            let Some(topic) = self.shared.topics.get(followed.number) else {
                continue;
            };
            let mut state = topic.state.lock();
            while let Some(waker) = state.bench.expire(now, TopicVerdict::TooLate) {
                wakers.push(waker);
            }
        }
        wakers.into_iter().for_each(std::task::Waker::wake);
    }

    /// When somebody gives up waiting for a topic next.
    pub(super) fn topic_deadline(&self) -> Option<Moment> {
        self.waited_for
            .iter()
            .filter_map(|number| self.shared.topics.get(*number)?.state.lock().bench.deadline())
            .min()
    }

    /// Notes for each broker whether lanes wait because too many requests are under way (KIP-794).
    pub(super) fn note_blocked(&mut self, now: Moment, metadata: &Metadata) {
        if self.shared.config.availability_timeout.is_zero() {
            return;
        }
        let in_flight_max = self.shared.config.max_in_flight;
        let mut is_changed = false;
        for node in self.nodes.values_mut() {
            if node.ready.is_empty() || node.in_flight < in_flight_max {
                node.blocked_since = None;
                is_changed |= std::mem::take(&mut node.is_slow);
            } else {
                node.blocked_since.get_or_insert(now);
            }
        }
        if is_changed {
            self.mark_available(metadata);
        }
    }

    fn mark_slow_nodes(&mut self, now: Moment, metadata: &Metadata) {
        let timeout = self.shared.config.availability_timeout;
        let mut is_changed = false;
        for node in self.nodes.values_mut() {
            if !node.is_slow
                && node
                    .blocked_since
                    .is_some_and(|since| now.since(since) >= timeout)
            {
                node.is_slow = true;
                is_changed = true;
            }
        }
        if is_changed {
            self.mark_available(metadata);
        }
    }

    /// Notes for all partitions whether keyless records may go to them.
    fn mark_available(&self, metadata: &Metadata) {
        for followed in &self.followed {
            let topic = self.shared.topics.get(followed.number);
            let described = topic.and_then(|topic| Some((topic, metadata.topic(&topic.name)?)));
            let Some((topic, described)) = described else {
                continue;
            };
            for (partition, described) in topic.partitions.iter().zip(&described.partitions) {
                let is_available = self.keeps_up(described.leader);
                partition.is_available.store(is_available, Ordering::Relaxed);
            }
        }
    }

    /// Whether there is a leader, and one that takes what it is sent.
    pub(super) fn keeps_up(&self, leader: Option<NodeId>) -> bool {
        leader.is_some_and(|leader| self.nodes.get(&leader).is_none_or(|node| !node.is_slow))
    }

    /// When a broker becomes one that keyless records avoid.
    pub(super) fn slow_deadline(&self) -> Option<Moment> {
        let timeout = self.shared.config.availability_timeout;
        let waiting = self.nodes.values().filter(|node| !node.is_slow);
        waiting
            .filter_map(|node| node.blocked_since)
            .min()
            .map(|since| since + timeout)
    }
}
