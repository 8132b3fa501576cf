use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use protocol::Uuid;
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchTopic, ForgottenTopic};
use rustc_hash::FxHashMap;

use super::super::buffer::SlotId;
use super::super::partitions::{Partitions, Phase, Supply, Tracked};
use super::session::{Entry, Step};
use super::{Fetcher, Flight, SWIFT_MAX, Way, versions};
use crate::cluster::{Lane, NodeId, Target};
use crate::connection::{Ask, Capped};
use crate::machine::Wish;
use crate::time::Moment;

/// What a partition may have in the buffer and still be fetched: as much as two fetches bring.
const CHUNKS_AHEAD: usize = 2;
/// A wait that is shorter than this is not worth a fetch of its own.
const WAIT_MIN: Duration = Duration::from_millis(5);

/// Finds out which fetches are worth sending.
pub(super) struct Plan<'a> {
    now: Moment,
    fetcher: &'a mut Fetcher,
    partitions: &'a mut Partitions,
    /// What a broker's fetch may bring: with more, brokers that have nothing would keep the room from the others.
    share: usize,
    wishes: Vec<Wish>,
}

/// The partitions of a broker that could be fetched.
#[derive(Debug, Default)]
struct Candidates {
    swift: Vec<SlotId>,
    drained: Vec<SlotId>,
    /// Some have data but no room.
    full: bool,
}

impl<'a> Plan<'a> {
    pub(super) fn new(now: Moment, fetcher: &'a mut Fetcher, partitions: &'a mut Partitions) -> Self {
        Self {
            now,
            fetcher,
            partitions,
            share: usize::MAX,
            wishes: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Vec<Wish> {
        self.make_room();
        let mut nodes: Vec<_> = self.candidates().into_iter().collect();
        self.share = self.share_among(nodes.iter().map(|(node, _)| *node));
        if let Some(hungry) = self.fetcher.hungry.take() {
            let at = nodes.partition_point(|(node, _)| *node < hungry);
            nodes.rotate_left(at);
        }
        for (node, mut candidates) in nodes {
            if self.fetcher.is_resting(node, self.now) {
                continue;
            }
            self.plan_swift(node, &mut candidates);
            self.plan_drained(node, candidates);
        }
        self.wishes
    }

    /// What each of the brokers that are fetched from may bring at once.
    fn share_among(&self, wanted: impl Iterator<Item = NodeId>) -> usize {
        let busy = self.fetcher.flights.values().map(|flight| flight.node);
        let nodes: BTreeSet<NodeId> = busy.chain(wanted).collect();
        self.partitions.settings.consumer.buffer_memory / nodes.len().max(1)
    }

    /// Throws away what lies ready of paused partitions, when nothing else can be fetched or delivered for it. It is fetched
    /// again when they are resumed.
    fn make_room(&mut self) {
        let config = &self.partitions.settings.consumer;
        let budget = config.buffer_memory;
        let least = usize::try_from(config.max_partition_fetch_bytes).unwrap_or(usize::MAX);
        let reserved = self.fetcher.reserved;
        // What comes back soon makes room itself, or is something to deliver.
        if self
            .fetcher
            .flights
            .values()
            .any(|flight| flight.way == Way::Swift)
        {
            return;
        }
        let mut shared = self.partitions.buffer.lock();
        if budget.saturating_sub(shared.bytes.saturating_add(reserved)) >= least {
            return;
        }
        let mut wanting = false;
        for (at, tracked) in self.partitions.list.iter().enumerate() {
            let Some(tracked) = tracked else { continue };
            let Some(slot) = shared.slot(SlotId(at)).filter(|slot| !slot.paused && !slot.going) else {
                continue;
            };
            if slot.bytes > 0 {
                return;
            }
            wanting |= tracked.phase == Phase::Fetch && tracked.is_free(self.now);
        }
        if !wanting {
            return;
        }
        for (at, tracked) in self.partitions.list.iter_mut().enumerate() {
            let Some(tracked) = tracked.as_mut().filter(|tracked| tracked.phase == Phase::Fetch) else {
                continue;
            };
            if shared.bytes.saturating_add(reserved) <= budget / 2 {
                return;
            }
            if let Some(position) = shared.drop_paused(SlotId(at)) {
                tracing::debug!(partition = %tracked.partition, "what was fetched makes room for others");
                tracked.position = Some(position);
                tracked.supply = Supply::Likely;
                // An answer under way would leave a gap.
                tracked.in_flight = None;
            }
        }
    }

    fn candidates(&mut self) -> BTreeMap<NodeId, Candidates> {
        let mut nodes: BTreeMap<NodeId, Candidates> = BTreeMap::new();
        let mut shared = self.partitions.buffer.lock();
        let mut starved = false;
        for (at, tracked) in self.partitions.list.iter_mut().enumerate() {
            let Some(tracked) = tracked else { continue };
            if tracked.phase != Phase::Fetch || !tracked.is_free(self.now) {
                continue;
            }
            let id = SlotId(at);
            let Some(slot) = shared.slot(id).filter(|slot| !slot.paused && !slot.going) else {
                continue;
            };
            let Some(node) = read_from(tracked, self.now) else {
                continue;
            };
            let candidates = nodes.entry(node).or_default();
            let ahead = usize::try_from(tracked.fetch_bytes)
                .unwrap_or(usize::MAX)
                .saturating_mul(CHUNKS_AHEAD);
            match tracked.supply {
                _ if slot.bytes >= ahead => (starved, candidates.full) = (true, true),
                Supply::Likely => candidates.swift.push(id),
                Supply::Drained => candidates.drained.push(id),
            }
        }
        shared.starved |= starved;
        drop(shared);
        for candidates in nodes.values_mut() {
            let list = &self.partitions.list;
            candidates
                .swift
                .sort_by_key(|id| list[id.0].as_ref().map(|tracked| tracked.served));
        }
        nodes
    }

    /// Sends fetches that do not wait.
    fn plan_swift(&mut self, node: NodeId, candidates: &mut Candidates) {
        let under_way = self.count(node, Way::Swift);
        let free = SWIFT_MAX.saturating_sub(under_way);
        if candidates.swift.is_empty() || free == 0 {
            candidates.full |= !candidates.swift.is_empty();
            return;
        }
        // With one fetch under way already, the rest goes in one.
        let parts = free.min(candidates.swift.len());
        let each = candidates.swift.len().div_ceil(parts);
        let drained = match self.has_session_flight(node) {
            true => std::mem::take(&mut candidates.drained),
            false => Vec::new(),
        };
        let mut groups: Vec<Vec<SlotId>> = candidates.swift.chunks(each).map(<[SlotId]>::to_vec).collect();
        // Those that just drained come along, rather than to wait for the session's fetch to come back.
        if let Some(last) = groups.last_mut() {
            last.extend(drained);
        }
        for group in groups {
            if !self.send(node, Way::Swift, group, Duration::ZERO) {
                candidates.full = true;
                break;
            }
        }
    }

    /// Sends the fetch that waits.
    fn plan_drained(&mut self, node: NodeId, candidates: Candidates) {
        if candidates.drained.is_empty() {
            return;
        }
        let longest = self.partitions.settings.consumer.fetch_max_wait;
        match self.session_back_by(node) {
            None => {
                self.send(node, Way::Session { full: false }, candidates.drained, longest);
            }
            // A wait on this connection would hold up those that have data.
            Some(_)
                if candidates.full || self.count(node, Way::Swift) + self.count(node, Way::Waiting) > 0 => {}
            Some(back_by) => {
                let wait = back_by.since(self.now).min(longest);
                if wait >= WAIT_MIN {
                    self.send(node, Way::Waiting, candidates.drained, wait);
                }
            }
        }
    }

    fn count(&self, node: NodeId, way: Way) -> usize {
        self.fetcher
            .flights
            .values()
            .filter(|flight| flight.node == node && flight.way == way)
            .count()
    }

    fn has_session_flight(&self, node: NodeId) -> bool {
        self.session_back_by(node).is_some()
    }

    fn session_back_by(&self, node: NodeId) -> Option<Moment> {
        let of_session = |flight: &&Flight| flight.node == node && matches!(flight.way, Way::Session { .. });
        self.fetcher
            .flights
            .values()
            .find(of_session)
            .map(|flight| flight.back_by)
    }

    /// Sends one fetch, if there is room for what it may bring.
    fn send(&mut self, node: NodeId, way: Way, ids: Vec<SlotId>, wait: Duration) -> bool {
        let settings = &self.partitions.settings;
        let config = &settings.consumer;
        let wish: usize = ids
            .iter()
            .filter_map(|id| self.partitions.tracked(*id))
            .fold(0, |sum, tracked| {
                sum.saturating_add(usize::try_from(tracked.fetch_bytes).unwrap_or(0))
            });
        let fetch_max = usize::try_from(config.fetch_max_bytes).unwrap_or(usize::MAX);
        let least = usize::try_from(config.max_partition_fetch_bytes).unwrap_or(usize::MAX);
        let reserved = {
            let mut shared = self.partitions.buffer.lock();
            let used = shared.bytes.saturating_add(self.fetcher.reserved);
            let room = config.buffer_memory.saturating_sub(used);
            if room < least.min(wish) && used > 0 {
                shared.starved = true;
                self.fetcher.hungry.get_or_insert(node);
                return false;
            }
            // A single batch may be larger than all room there is, so one fetch always goes.
            wish.min(fetch_max).min(self.share.min(room).max(least))
        };
        self.fetcher.next_tag += 1;
        let tag = self.fetcher.tag_base | self.fetcher.next_tag;
        let entries: BTreeMap<SlotId, Entry> = ids
            .iter()
            .filter_map(|id| Some((*id, entry(self.partitions.tracked(*id)?)?)))
            .collect();
        let all_have_ids = entries.values().all(|entry| entry.topic_id != Uuid::ZERO);
        let names: FxHashMap<_, _> = entries
            .values()
            .map(|entry| (entry.topic_id, entry.partition.topic.clone()))
            .collect();
        let (step, way) = match way {
            Way::Session { .. } => {
                let step = self
                    .fetcher
                    .sessions
                    .entry(node)
                    .or_default()
                    .step(entries.clone());
                let full = step.full;
                (step, Way::Session { full })
            }
            way => (
                Step {
                    epoch: -1,
                    full: true,
                    changed: ids.clone(),
                    ..Step::default()
                },
                way,
            ),
        };
        let request = FetchRequest {
            max_wait_ms: i32::try_from(wait.as_millis()).unwrap_or(i32::MAX),
            min_bytes: config.fetch_min_bytes,
            max_bytes: i32::try_from(reserved).unwrap_or(i32::MAX),
            isolation_level: config.isolation_level.code(),
            session_id: step.id,
            session_epoch: step.epoch,
            topics: topics(step.changed.iter().filter_map(|id| entries.get(id))),
            forgotten_topics_data: forgotten(step.forgotten),
            rack_id: config.client_rack.clone().unwrap_or_default(),
            ..FetchRequest::default()
        };
        let (timeout, number) = (settings.request_timeout + wait, settings.lane);
        for id in &ids {
            if let Some(tracked) = self.partitions.tracked_mut(*id) {
                tracked.in_flight = Some(tag);
            }
        }
        self.fetcher.reserved += reserved;
        let flight = Flight {
            node,
            way,
            back_by: self.now + wait,
            partitions: ids,
            names,
            reserved,
        };
        self.fetcher.flights.insert(tag, flight);
        let lane = match way {
            Way::Session { .. } => Lane::FetchWait(number),
            Way::Swift | Way::Waiting => Lane::Fetch(number),
        };
        let body = Capped {
            request,
            versions: versions(all_have_ids),
        };
        self.wishes
            .push(Wish::Send(Ask::new(tag, Target::Node(node), lane, body, timeout)));
        true
    }
}

/// The broker to read a partition from: the leader, or a replica nearby (KIP-392).
fn read_from(tracked: &mut Tracked, now: Moment) -> Option<NodeId> {
    tracked.preferred = tracked.preferred.filter(|(_, until)| *until > now);
    let (leader, _) = tracked.leader?;
    Some(tracked.preferred.map_or(leader, |(node, _)| node))
}

fn entry(tracked: &Tracked) -> Option<Entry> {
    Some(Entry {
        partition: tracked.partition.clone(),
        topic_id: tracked.topic_id,
        offset: tracked.position?.offset,
        leader_epoch: tracked.leader.map_or(-1, |(_, epoch)| epoch),
        bytes_max: tracked.fetch_bytes,
    })
}

/// Groups partitions by topic and else keeps their order: the broker serves them in it.
fn topics<'e>(entries: impl Iterator<Item = &'e Entry>) -> Vec<FetchTopic> {
    let mut topics: Vec<FetchTopic> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for entry in entries {
        let partition = FetchPartition {
            partition: entry.partition.partition,
            current_leader_epoch: entry.leader_epoch,
            fetch_offset: entry.offset,
            partition_max_bytes: entry.bytes_max,
            ..FetchPartition::default()
        };
        let name = &entry.partition.topic;
        let place = *places.entry(name).or_insert_with(|| {
            topics.push(FetchTopic {
                topic: name.to_string(),
                topic_id: entry.topic_id,
                partitions: Vec::new(),
            });
            topics.len() - 1
        });
        topics[place].partitions.push(partition);
    }
    topics
}

fn forgotten(list: Vec<(Arc<str>, Uuid, i32)>) -> Vec<ForgottenTopic> {
    let mut topics: BTreeMap<(Arc<str>, Uuid), ForgottenTopic> = BTreeMap::new();
    for (name, topic_id, partition) in list {
        topics
            .entry((name.clone(), topic_id))
            .or_insert_with(|| ForgottenTopic {
                topic: name.to_string(),
                topic_id,
                partitions: Vec::new(),
            })
            .partitions
            .push(partition);
    }
    topics.into_values().collect()
}
