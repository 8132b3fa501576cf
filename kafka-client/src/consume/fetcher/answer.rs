use std::sync::Arc;

use protocol::messages::fetch::{FetchResponse, NodeEndpoint, PartitionData};
use protocol::records::{AbortedTransaction, AbortedTransactions};
use protocol::{ErrorCode, Uuid};

use super::super::buffer::SlotId;
use super::super::chunk::{Chunk, walk};
use super::super::error::ConsumeError;
use super::super::partitions::{Partitions, Phase, Supply};
use super::super::position::Position;
use super::{Fetcher, Flight, Rest, Way};
use crate::cluster::{Broker, Metadata, NodeId};
use crate::config::IsolationLevel;
use crate::connection::Reply;
use crate::error::{BrokerError, Class, RequestError};
use crate::machine::{LeaderHint, Wish};
use crate::mutant::{self, Mutant};
use crate::time::Moment;

/// Takes in the answer to a fetch.
pub(super) struct Landing<'a> {
    pub(super) now: Moment,
    pub(super) metadata: &'a Metadata,
    pub(super) partitions: &'a mut Partitions,
    pub(super) tag: u64,
    pub(super) flight: Flight,
    pub(super) wishes: Vec<Wish>,
}

impl Landing<'_> {
    pub(super) fn run(mut self, fetcher: &mut Fetcher, outcome: Result<Reply, RequestError>) -> Vec<Wish> {
        match outcome.and_then(|reply| reply.decode::<FetchResponse>()) {
            Ok(response) => match ErrorCode(response.error_code) {
                ErrorCode::NONE => {
                    fetcher.resting.remove(&self.flight.node);
                    self.land(fetcher, response);
                }
                ErrorCode::FETCH_SESSION_ID_NOT_FOUND
                | ErrorCode::INVALID_FETCH_SESSION_EPOCH
                | ErrorCode::FETCH_SESSION_TOPIC_ID_ERROR => {
                    let code = ErrorCode(response.error_code);
                    tracing::debug!(node = %self.flight.node, %code, "a new fetch session is opened");
                    if let Some(session) = fetcher.sessions.get_mut(&self.flight.node) {
                        session.handle_unknown();
                    }
                    if code == ErrorCode::FETCH_SESSION_TOPIC_ID_ERROR {
                        self.wishes.push(Wish::Refresh);
                    }
                }
                // Topic ids that the broker does not know, or knows otherwise.
                code if code.is_retriable() || code.refreshes_metadata() => {
                    self.give_up_session(fetcher);
                    self.wishes.push(Wish::Refresh);
                    self.give_rest(fetcher);
                }
                code => self.fail(fetcher, code),
            },
            Err(error) => self.lose(fetcher, error),
        }
        self.release();
        self.wishes
    }

    /// Nothing is under way any more for the partitions of the flight.
    fn release(&mut self) {
        for id in &self.flight.partitions {
            if let Some(tracked) = self.partitions.tracked_mut(*id)
                && tracked.in_flight == Some(self.tag)
            {
                tracked.in_flight = None;
            }
        }
    }

    fn give_rest(&self, fetcher: &mut Fetcher) {
        let backoff = self.partitions.settings.backoff();
        let rest = fetcher.resting.entry(self.flight.node).or_insert(Rest {
            until: self.now,
            backoff,
        });
        rest.until = self.now + rest.backoff.next(&mut fastrand::Rng::with_seed(self.tag));
    }

    /// Whether the broker took in what the fetch changed of its session is not known.
    fn give_up_session(&self, fetcher: &mut Fetcher) {
        if let (Way::Session { .. }, Some(session)) =
            (self.flight.way, fetcher.sessions.get_mut(&self.flight.node))
        {
            session.handle_lost();
        }
    }

    /// The fetch got no answer.
    fn lose(&mut self, fetcher: &mut Fetcher, error: RequestError) {
        self.give_up_session(fetcher);
        tracing::debug!(node = %self.flight.node, %error, "a fetch was not answered");
        self.wishes.push(Wish::Refresh);
        self.give_rest(fetcher);
        for id in self.flight.partitions.clone() {
            let Some(tracked) = self.partitions.tracked_mut(id) else {
                continue;
            };
            // A replica nearby may be down while the leader is well.
            tracked.preferred = None;
            if matches!(error.class(), Class::Retry | Class::Reroute) || tracked.in_flight != Some(self.tag) {
                continue;
            }
            let partition = tracked.partition.clone();
            let error = ConsumeError::Unreachable {
                partition,
                source: error.clone(),
            };
            self.partitions.show(id, ErrorCode::UNKNOWN_SERVER_ERROR, error);
            self.partitions.delay(self.now, id);
        }
    }

    /// The broker refused the fetch as a whole.
    fn fail(&mut self, fetcher: &mut Fetcher, code: ErrorCode) {
        self.give_up_session(fetcher);
        self.give_rest(fetcher);
        for id in self.flight.partitions.clone() {
            self.refuse(id, code);
        }
    }

    fn land(&mut self, fetcher: &mut Fetcher, response: FetchResponse) {
        let mut answered = 0;
        let mut brought = false;
        for topic in response.responses {
            let name = match topic.topic_id {
                Uuid::ZERO => Some(Arc::from(topic.topic.as_str())),
                id => self.flight.names.get(&id).cloned(),
            };
            let Some(name) = name else { continue };
            for data in topic.partitions {
                let Some(id) = self.partitions.id_of(&name, data.partition_index) else {
                    continue;
                };
                // Not asked for, or asked for another position since: nobody waits for it.
                if self
                    .partitions
                    .tracked(id)
                    .is_none_or(|tracked| tracked.in_flight != Some(self.tag))
                {
                    continue;
                }
                answered += 1;
                brought |= data.records.as_ref().is_some_and(|records| !records.is_empty());
                self.take_in(id, data, &response.node_endpoints);
            }
        }
        if let (Way::Session { full }, Some(session)) =
            (self.flight.way, fetcher.sessions.get_mut(&self.flight.node))
        {
            session.handle_answer(
                full,
                response.session_id,
                answered >= self.flight.partitions.len(),
            );
        }
        if !brought {
            // What should have been there is not: asking again at once would bring nothing again.
            for id in &self.flight.partitions {
                if let Some(tracked) = self.partitions.tracked_mut(*id)
                    && tracked.preferred.is_none()
                    && tracked.phase == Phase::Fetch
                    && tracked.in_flight == Some(self.tag)
                {
                    tracked.supply = Supply::Drained;
                }
            }
        }
    }

    fn take_in(&mut self, id: SlotId, data: PartitionData, endpoints: &[NodeEndpoint]) {
        self.hint(id, &data, endpoints);
        match ErrorCode(data.error_code) {
            ErrorCode::NONE => {
                if data.diverging_epoch.end_offset >= 0 {
                    return super::super::epochs::truncate(
                        self.partitions,
                        self.now,
                        id,
                        data.diverging_epoch.end_offset,
                    );
                }
                if data.preferred_read_replica >= 0 {
                    return self.prefer(id, NodeId(data.preferred_read_replica));
                }
                self.deliver(id, data);
            }
            ErrorCode::OFFSET_OUT_OF_RANGE => self.out_of_range(id, &data),
            code => self.refuse(id, code),
        }
    }

    fn deliver(&mut self, id: SlotId, data: PartitionData) {
        let serve = self.partitions.serve();
        let committed_only =
            self.partitions.settings.consumer.isolation_level == IsolationLevel::ReadCommitted;
        let fetch_bytes = self.partitions.settings.consumer.max_partition_fetch_bytes;
        let Some(tracked) = self.partitions.tracked_mut(id) else {
            return;
        };
        let Some(position) = tracked.position else { return };
        let end = if committed_only {
            data.last_stable_offset
        } else {
            data.high_watermark
        };
        let version = tracked.version;
        let mut chunk = None;
        if let Some(records) = data.records.filter(|records| !records.is_empty()) {
            let walked = walk(&records, position);
            tracked.position = Some(walked.next);
            tracked.served = serve;
            match walked.needed {
                // One batch is larger than what was asked for, from a broker that cuts it all the same.
                Some(needed) => {
                    tracked.fetch_bytes = i32::try_from(needed).unwrap_or(i32::MAX).max(tracked.fetch_bytes);
                }
                None => tracked.fetch_bytes = fetch_bytes,
            }
            if walked.faulty {
                tracked.phase = Phase::Stopped;
            }
            if walked.next != position || walked.faulty {
                let hides_aborted = committed_only && !mutant::is(Mutant::DeliverAborted);
                let aborted = hides_aborted.then(|| aborted(data.aborted_transactions));
                chunk = Some(Chunk::new(records, aborted));
            }
        }
        let next = tracked.position.map_or(position, |next| next);
        tracked.supply = if next.offset < end {
            Supply::Likely
        } else {
            Supply::Drained
        };
        {
            let mut shared = self.partitions.buffer.lock();
            if let Some(slot) = shared.slot_mut(id, version) {
                slot.high_watermark = data.high_watermark;
                slot.last_stable = data.last_stable_offset;
                slot.log_start = data.log_start_offset;
                if mutant::is(Mutant::CommitBeforeHandOut) {
                    slot.processed = Some(next);
                }
            }
        }
        if let Some(chunk) = chunk {
            self.partitions.buffer.push(id, version, chunk);
        }
        self.partitions.succeed(id);
    }

    fn prefer(&mut self, id: SlotId, node: NodeId) {
        let until = self.now + self.partitions.settings.replica_max_age;
        let known = self.metadata.brokers.contains_key(&node);
        let Some(tracked) = self.partitions.tracked_mut(id) else {
            return;
        };
        if known && tracked.preferred.map(|(node, _)| node) != Some(node) {
            tracing::debug!(partition = %tracked.partition, %node, "reads from a replica nearby");
            tracked.preferred = Some((node, until));
            tracked.supply = Supply::Likely;
        } else {
            // A replica that is not known cannot be asked; metadata may tell where it is.
            self.wishes.push(Wish::Refresh);
            self.partitions.delay(self.now, id);
        }
    }

    fn out_of_range(&mut self, id: SlotId, data: &PartitionData) {
        let node = self.flight.node;
        let Some(tracked) = self.partitions.tracked_mut(id) else {
            return;
        };
        let (partition, position) = (tracked.partition.clone(), tracked.position);
        let from_leader = tracked.leader.is_some_and(|(leader, _)| leader == node);
        if !from_leader {
            // A follower lags, or has not heard of the newest log start: the leader decides.
            tracked.preferred = None;
            return;
        }
        let drained = self
            .partitions
            .buffer
            .lock()
            .slot(id)
            .is_some_and(|slot| slot.bytes == 0 && slot.position == position);
        let Some(Position { offset, .. }) = position.filter(|_| drained) else {
            // What was fetched before is still good; by then the log may be there again.
            return self.partitions.delay(self.now, id);
        };
        let (log_start, log_end) = (data.log_start_offset, data.high_watermark);
        tracing::warn!(%partition, offset, log_start, log_end, "the position is out of the log");
        self.partitions.reset(
            self.now,
            id,
            ConsumeError::OutOfRange {
                partition,
                offset,
                log_start,
                log_end,
            },
        );
    }

    fn refuse(&mut self, id: SlotId, code: ErrorCode) {
        let Some(tracked) = self.partitions.tracked_mut(id) else {
            return;
        };
        tracked.preferred = None;
        let partition = tracked.partition.clone();
        let offset = tracked.position.map(|position| position.offset);
        tracing::debug!(%partition, %code, "a partition was refused");
        self.partitions.delay(self.now, id);
        // The metadata, once it is refreshed, says whether the topic is gone or only moved.
        let moved = code.refreshes_metadata()
            || matches!(
                code,
                ErrorCode::UNKNOWN_TOPIC_ID
                    | ErrorCode::INCONSISTENT_TOPIC_ID
                    | ErrorCode::OFFSET_NOT_AVAILABLE
                    | ErrorCode::UNKNOWN_LEADER_EPOCH
            );
        if moved {
            self.wishes.push(Wish::Refresh);
        } else if !code.is_retriable() || code == ErrorCode::CORRUPT_MESSAGE {
            let source = BrokerError::from(code);
            self.partitions.show(
                id,
                code,
                ConsumeError::Refused {
                    partition,
                    offset,
                    source,
                },
            );
        }
    }

    /// Passes on the leader that the broker names in place of itself (KIP-951).
    fn hint(&mut self, id: SlotId, data: &PartitionData, endpoints: &[NodeEndpoint]) {
        let Some(tracked) = self.partitions.tracked(id) else {
            return;
        };
        let (leader, epoch) = (data.current_leader.leader_id, data.current_leader.leader_epoch);
        if leader < 0 || epoch < 0 {
            return;
        }
        let endpoint = endpoints
            .iter()
            .find(|endpoint| endpoint.node_id == leader)
            .and_then(|endpoint| {
                Some(Broker {
                    id: NodeId(endpoint.node_id),
                    host: endpoint.host.clone(),
                    port: u16::try_from(endpoint.port).ok()?,
                    rack: endpoint.rack.clone(),
                })
            });
        self.wishes.push(Wish::Leader(LeaderHint {
            topic: tracked.partition.topic.clone(),
            partition: tracked.partition.partition,
            leader: NodeId(leader),
            epoch,
            endpoint,
        }));
    }
}

fn aborted(list: Option<Vec<protocol::messages::fetch::AbortedTransaction>>) -> AbortedTransactions {
    AbortedTransactions::new(
        list.unwrap_or_default()
            .into_iter()
            .map(|transaction| AbortedTransaction {
                producer_id: transaction.producer_id,
                first_offset: transaction.first_offset,
            }),
    )
}
