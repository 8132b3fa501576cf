//! What brokers answered.

use protocol::ErrorCode;
use protocol::messages::init_producer_id::InitProducerIdResponse;
use protocol::messages::produce::{PartitionProduceResponse, ProduceResponse};

use super::{Sender, Sent};
use crate::cluster::{Broker, Metadata, NodeId};
use crate::connection::Answer;
use crate::error::{BrokerError, RequestError};
use crate::machine::{LeaderHint, Wish};
use crate::mutant::{self, Mutant};
use crate::produce::cell::Outcome;
use crate::produce::error::ProduceError;
use crate::time::Moment;

impl Sender {
    /// When a Produce request was answered, or was not.
    pub(super) fn take_answer(&mut self, now: Moment, metadata: &Metadata, answer: Answer) {
        let Some(sent) = self.requests.remove(&answer.tag) else {
            return;
        };
        if let Some(node) = self.nodes.get_mut(&sent.node) {
            node.in_flight = node.in_flight.saturating_sub(1);
        }
        let reply = match answer.outcome {
            Ok(_) if self.shared.config.acks.code() == 0 => {
                self.take_unacknowledged(&sent, answer.tag);
                Ok(())
            }
            Ok(reply) => reply.decode::<ProduceResponse>().map(|response| {
                self.take_response(now, metadata, answer.tag, response);
            }),
            Err(error) => Err(error),
        };
        match reply {
            Ok(()) => {
                // Whatever the broker forgot to mention is asked again.
                let missing = RequestError::Timeout {
                    api: protocol::ApiKey::PRODUCE,
                    after: self.timing.request_timeout,
                    sent: true,
                    last: None,
                };
                self.take_request_error(now, &sent, answer.tag, missing);
            }
            Err(error) => self.take_request_error(now, &sent, answer.tag, error),
        }
        for number in sent.lanes {
            self.enlist(now, metadata, number);
        }
        self.note_blocked(now, metadata);
    }

    /// With acks=0 what has left is as good as written.
    fn take_unacknowledged(&mut self, sent: &Sent, tag: u64) {
        for number in &sent.lanes {
            let Some(lane) = self.lanes.get_mut(*number) else {
                continue;
            };
            let Some(batch) = lane.take_in_flight(tag) else {
                continue;
            };
            let partition = lane.partition.clone();
            let written = Outcome::Written {
                partition: partition.name.partition,
                base_offset: -1,
                append_time: -1,
            };
            self.succeed(&partition, *batch, written);
        }
    }

    fn take_response(&mut self, now: Moment, metadata: &Metadata, tag: u64, response: ProduceResponse) {
        let endpoints: Vec<Broker> = response
            .node_endpoints
            .into_iter()
            .filter_map(|node| {
                let port = u16::try_from(node.port).ok()?;
                Some(Broker {
                    id: NodeId(node.node_id),
                    host: node.host,
                    port,
                    rack: node.rack,
                })
            })
            .collect();
        for topic in response.responses {
            let number = match topic.topic_id.is_zero() {
                true => self.shared.number_of(&topic.name),
                false => self.ids.get(&topic.topic_id).copied(),
            };
            for partition in topic.partition_responses {
                let lane = number
                    .and_then(|number| self.shared.topics.get(number))
                    .and_then(|topic| {
                        topic
                            .partitions
                            .get(u32::try_from(partition.index).ok()?)
                            .cloned()
                    })
                    .and_then(|partition| self.lane_of(&partition));
                let Some(lane) = lane else {
                    tracing::warn!(topic = %topic.name, partition = partition.index, "answer for a partition that was not sent");
                    continue;
                };
                self.take_hint(metadata, lane, &partition, &endpoints);
                self.take_partition(now, lane, tag, partition);
            }
        }
    }

    /// Passes on the leader that the broker names, if it is news (KIP-951).
    fn take_hint(
        &mut self,
        metadata: &Metadata,
        number: usize,
        response: &PartitionProduceResponse,
        endpoints: &[Broker],
    ) {
        let Some(lane) = self.lanes.get(number) else {
            return;
        };
        let name = &lane.partition.name;
        let leader = NodeId(response.current_leader.leader_id);
        let epoch = response.current_leader.leader_epoch;
        let known = metadata
            .partition(&name.topic, name.partition)
            .map_or(-1, |known| known.leader_epoch);
        if response.error_code == 0 || leader.0 < 0 || epoch <= known {
            return;
        }
        let endpoint = endpoints.iter().find(|broker| broker.id == leader).cloned();
        if endpoint.is_none() && !metadata.brokers.contains_key(&leader) {
            return;
        }
        let hint = LeaderHint {
            topic: name.topic.clone(),
            partition: name.partition,
            leader,
            epoch,
            endpoint,
        };
        self.wishes.push_back(Wish::Leader(hint));
    }

    /// When a request failed as a whole, for what it still carries.
    fn take_request_error(&mut self, now: Moment, sent: &Sent, tag: u64, error: RequestError) {
        let may_pass = Self::may_pass(error.class());
        let maybe_written = error.may_have_been_applied();
        let error = std::sync::Arc::new(error);
        for number in &sent.lanes {
            let Some(lane) = self.lanes.get_mut(*number) else {
                continue;
            };
            let Some(mut batch) = lane.take_in_flight(tag) else {
                continue;
            };
            let partition = lane.partition.clone();
            batch.maybe_written |= maybe_written;
            if maybe_written && mutant::is(Mutant::AckUnanswered) {
                let written = Outcome::Written {
                    partition: partition.name.partition,
                    base_offset: -1,
                    append_time: -1,
                };
                self.succeed(&partition, *batch, written);
                continue;
            }
            let cause = ProduceError::Request {
                partition: partition.name.clone(),
                source: error.clone(),
                fate: batch.fate(),
            };
            if may_pass {
                self.wish_refresh();
                self.retry(now, *number, batch, cause, true);
            } else {
                self.give_up(*number, batch, cause);
            }
        }
    }

    /// When the request for a producer id was answered, or was not.
    pub(super) fn take_identity(&mut self, now: Moment, metadata: &Metadata, answer: Answer) {
        let response = answer
            .outcome
            .and_then(|reply| reply.decode::<InitProducerIdResponse>());
        let refused = match response {
            Ok(response) => match BrokerError::check(response.error_code, None) {
                Ok(()) => {
                    self.identity
                        .handle_id(response.producer_id, response.producer_epoch);
                    self.enlist_all(now, metadata);
                    return;
                }
                Err(error) if may_be_granted(error.code) => None,
                Err(error) => Some(ProduceError::ProducerIdRefused { source: error.into() }),
            },
            Err(error) if Self::may_pass(error.class()) => None,
            Err(error) => Some(ProduceError::NoProducerId { source: error.into() }),
        };
        self.identity.handle_failure(now, &mut self.rng);
        if let Some(error) = refused {
            self.fail_unnumbered(&error);
        }
    }
}

/// Whether asking again for a producer id may help.
fn may_be_granted(code: ErrorCode) -> bool {
    code.is_retriable() || code == ErrorCode::CONCURRENT_TRANSACTIONS
}
