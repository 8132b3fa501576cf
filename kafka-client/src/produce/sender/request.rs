//! Which batches go into which request.

use protocol::messages::init_producer_id::InitProducerIdRequest;
use protocol::messages::produce::{PartitionProduceData, ProduceRequest, TopicProduceData};
use protocol::{Uuid, VersionRange};
use rustc_hash::FxHashMap;

use super::{Sender, Sent, TAG_IDENTITY, leader_of};
use crate::cluster::{Lane as Connection, Metadata, NodeId, Target};
use crate::config::Acks;
use crate::connection::{Ask, Capped};
use crate::produce::error::ProduceError;
use crate::time::Moment;

impl Sender {
    /// The next Produce request, if a broker is due one.
    pub(super) fn next_request(&mut self, now: Moment, metadata: &Metadata) -> Option<Ask> {
        let in_flight_max = self.shared.config.max_in_flight;
        loop {
            let due = |(_, node): &(&NodeId, &super::Node)| {
                !node.ready.is_empty() && node.in_flight < in_flight_max
            };
            let id = self.nodes.iter().find(due).map(|(id, _)| *id)?;
            if let Some(ask) = self.request_for(now, metadata, id) {
                self.note_blocked(now, metadata);
                return Some(ask);
            }
        }
    }

    /// Takes the first batch of every lane that is due at `node`, as far as a request may carry.
    fn request_for(&mut self, now: Moment, metadata: &Metadata, id: NodeId) -> Option<Ask> {
        let in_flight_max = self.shared.config.max_in_flight;
        let mut room = self.shared.config.max_request_size;
        let mut topics = Topics::default();
        let mut carried = Vec::new();
        let tag = self.next_tag;
        let mut ready = std::mem::take(&mut self.nodes.get_mut(&id)?.ready);
        let mut elsewhere = Vec::new();
        while let Some(number) = ready.pop_front() {
            let first = self.identity.first_stamp();
            let Some(lane) = self.lanes.get_mut(number) else {
                continue;
            };
            lane.enlisted = None;
            if leader_of(metadata, lane) != Some(id)
                || !lane.may_send(now, id, first, in_flight_max)
                || first.is_some_and(|first| lane.has_broken(first))
            {
                elsewhere.push(number);
                continue;
            }
            let topic_id = lane.topic.state.lock().id;
            if lane
                .queue
                .front()
                .is_some_and(|batch| is_another(batch.topic_id, topic_id))
            {
                self.fail_recreated(number);
                elsewhere.push(number);
                continue;
            }
            let size = lane
                .queue
                .front()
                .map_or(0, |batch| batch.sealed.size() + PARTITION_OVERHEAD);
            if size > room && !carried.is_empty() {
                lane.enlisted = Some(id);
                ready.push_front(number);
                break;
            }
            let Some(mut batch) = lane.take_front(first) else {
                continue;
            };
            room = room.saturating_sub(size);
            batch.attempts = batch.attempts.saturating_add(1);
            batch.request = tag;
            topics.add(
                lane.topic.number,
                &lane.topic.name,
                topic_id,
                PartitionProduceData {
                    index: lane.partition.name.partition,
                    records: Some(batch.sealed.bytes().clone()),
                },
            );
            lane.node = Some(id);
            lane.tried_leader = metadata.leader(&lane.partition.name.topic, lane.partition.name.partition);
            lane.in_flight.push_back(batch);
            carried.push(number);
        }
        if let Some(node) = self.nodes.get_mut(&id) {
            node.ready = ready;
        }
        // Further batches of the same lanes go into the next request: a request takes one of a partition.
        for number in elsewhere.into_iter().chain(carried.iter().copied()) {
            self.enlist(now, metadata, number);
        }
        if carried.is_empty() {
            return None;
        }
        if let Some(node) = self.nodes.get_mut(&id) {
            node.in_flight += 1;
        }
        self.next_tag += 1;
        self.requests.insert(
            tag,
            Sent {
                node: id,
                lanes: carried,
            },
        );
        Some(self.ask(tag, id, topics))
    }

    fn ask(&self, tag: u64, node: NodeId, topics: Topics) -> Ask {
        let timeout = self.timing.request_timeout;
        let request = ProduceRequest {
            transactional_id: None,
            acks: self.shared.config.acks.code(),
            timeout_ms: i32::try_from(timeout.as_millis()).unwrap_or(i32::MAX),
            topic_data: topics.data,
        };
        let target = Target::Node(node);
        let ask = if topics.all_have_ids {
            Ask::new(tag, target, Connection::Produce, request, timeout)
        } else {
            let body = Capped {
                request,
                versions: NAMED,
            };
            Ask::new(tag, target, Connection::Produce, body, timeout)
        };
        Ask {
            answered: self.shared.config.acks != Acks::None,
            ..ask
        }
    }

    pub(super) fn ask_for_identity(&self) -> Ask {
        let request = InitProducerIdRequest {
            transactional_id: None,
            transaction_timeout_ms: i32::MAX,
            producer_id: -1,
            producer_epoch: -1,
            ..InitProducerIdRequest::default()
        };
        let body = Capped {
            request,
            versions: IDENTITY_VERSIONS,
        };
        Ask::new(
            TAG_IDENTITY,
            Target::Any,
            Connection::Control,
            body,
            self.timing.request_timeout,
        )
    }

    /// Fails the queued batches that were meant for a topic which has been deleted and made again since.
    pub(super) fn fail_recreated(&mut self, number: usize) {
        let Some(lane) = self.lanes.get_mut(number) else {
            return;
        };
        let id = lane.topic.state.lock().id;
        let partition = lane.partition.clone();
        let queue = std::mem::take(&mut lane.queue);
        // The new topic knows nothing of the numbers given so far.
        lane.is_broken = true;
        for batch in queue {
            if !is_another(batch.topic_id, id) {
                if let Some(lane) = self.lanes.get_mut(number) {
                    lane.queue.push_back(batch);
                }
                continue;
            }
            let error = ProduceError::TopicRecreated {
                partition: partition.name.clone(),
                fate: batch.fate(),
            };
            self.fail(&partition, *batch, error);
        }
    }
}

/// The topics of a request, each once.
#[derive(Debug)]
struct Topics {
    data: Vec<TopicProduceData>,
    places: FxHashMap<u32, usize>,
    all_have_ids: bool,
}

impl Default for Topics {
    fn default() -> Self {
        Self {
            data: Vec::new(),
            places: FxHashMap::default(),
            all_have_ids: true,
        }
    }
}

impl Topics {
    fn add(&mut self, number: u32, name: &str, id: Uuid, partition: PartitionProduceData) {
        let place = *self.places.entry(number).or_insert_with(|| {
            self.all_have_ids &= !id.is_zero();
            self.data.push(TopicProduceData {
                name: name.to_owned(),
                topic_id: id,
                partition_data: Vec::new(),
            });
            self.data.len() - 1
        });
        if let Some(topic) = self.data.get_mut(place) {
            topic.partition_data.push(partition);
        }
    }
}

/// What a partition takes in a request beside its batch, with something to spare for its topic.
const PARTITION_OVERHEAD: usize = 64;
/// Versions of Produce that name topics instead of giving their ids (KIP-516).
const NAMED: VersionRange = VersionRange { first: 3, last: 12 };
/// Version 6 is not final.
const IDENTITY_VERSIONS: VersionRange = VersionRange { first: 0, last: 5 };

/// Whether a topic was deleted and created again since it had the id `then`. Brokers before 2.8 tell no ids, and while
/// a cluster is upgraded some do and some do not.
fn is_another(then: Uuid, now: Uuid) -> bool {
    then != now && !then.is_zero() && !now.is_zero()
}
