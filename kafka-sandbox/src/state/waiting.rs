//! Requests that wait for something to happen in a partition, or for their time to be up.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use protocol::messages::fetch::FetchRequest;
use rustc_hash::{FxHashMap, FxHashSet};

use super::topics::TopicPartition;
use crate::answers::{LinkId, Ticket};

/// What a fetch needs to be tried again.
#[derive(Debug)]
pub(crate) struct WaitingFetch {
    /// The broker that was asked.
    pub(crate) broker: i32,
    /// What was asked for.
    pub(crate) request: FetchRequest,
}

/// Requests of one kind that wait. `W` is what is needed to try them again.
#[derive(Debug)]
pub(crate) struct Waiting<W> {
    next: u64,
    parked: BTreeMap<u64, Parked<W>>,
    by_partition: FxHashMap<TopicPartition, FxHashSet<u64>>,
    by_deadline: BTreeSet<(Duration, u64)>,
    by_link: FxHashMap<LinkId, u64>,
    touched: Vec<u64>,
}

/// A request that waits.
#[derive(Debug)]
pub(crate) struct Parked<W> {
    pub(crate) ticket: Ticket,
    pub(crate) work: W,
    pub(crate) deadline: Duration,
    partitions: Vec<TopicPartition>,
}

impl<W> Default for Waiting<W> {
    fn default() -> Self {
        Self {
            next: 0,
            parked: BTreeMap::new(),
            by_partition: FxHashMap::default(),
            by_deadline: BTreeSet::new(),
            by_link: FxHashMap::default(),
            touched: Vec::new(),
        }
    }
}

impl<W> Waiting<W> {
    /// Parks a request until one of `partitions` is touched or `deadline` has come.
    pub(crate) fn park(
        &mut self,
        ticket: Ticket,
        work: W,
        deadline: Duration,
        partitions: Vec<TopicPartition>,
    ) {
        let id = self.next;
        self.next += 1;
        for partition in &partitions {
            self.by_partition.entry(partition.clone()).or_default().insert(id);
        }
        self.by_deadline.insert((deadline, id));
        self.by_link.insert(ticket.link, id);
        let parked = Parked {
            ticket,
            work,
            deadline,
            partitions,
        };
        self.parked.insert(id, parked);
    }

    /// Parks a request again that was taken too early.
    pub(crate) fn park_again(&mut self, parked: Parked<W>) {
        self.park(parked.ticket, parked.work, parked.deadline, parked.partitions);
    }

    /// Notes that something happened in a partition: [`take_ready`](Self::take_ready) hands out who waits for it.
    pub(crate) fn touch(&mut self, partition: &TopicPartition) {
        if let Some(ids) = self.by_partition.get(partition) {
            self.touched.extend(ids);
        }
    }

    /// Notes that something may have happened in any partition.
    pub(crate) fn touch_all(&mut self) {
        self.touched.extend(self.parked.keys());
    }

    /// Takes a request that is to be tried again, or whose time is up.
    pub(crate) fn take_ready(&mut self, now: Duration) -> Option<Parked<W>> {
        while let Some(id) = self.touched.pop() {
            if self.parked.contains_key(&id) {
                return self.remove(id);
            }
        }
        let &(deadline, id) = self.by_deadline.first()?;
        (deadline <= now).then(|| self.remove(id)).flatten()
    }

    /// Takes the request of a connection that is gone: it has at most one.
    pub(crate) fn take_of(&mut self, link: LinkId) -> Option<Parked<W>> {
        let id = *self.by_link.get(&link)?;
        self.remove(id)
    }

    /// When the first request's time is up.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        self.by_deadline.first().map(|&(deadline, _)| deadline)
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.parked.is_empty()
    }

    fn remove(&mut self, id: u64) -> Option<Parked<W>> {
        let parked = self.parked.remove(&id)?;
        self.by_deadline.remove(&(parked.deadline, id));
        self.by_link.remove(&parked.ticket.link);
        for partition in &parked.partitions {
            if let Some(ids) = self.by_partition.get_mut(partition) {
                ids.remove(&id);
                if ids.is_empty() {
                    self.by_partition.remove(partition);
                }
            }
        }
        Some(parked)
    }
}
