//! DescribeProducers: the idempotent producers that a partition's log remembers (KIP-664).

use protocol::ErrorCode;
use protocol::messages::describe_producers::{
    DescribeProducersRequest, DescribeProducersResponse, PartitionResponse, ProducerState, TopicResponse,
};

use super::refusal::Refusal;
use super::topic_names::why_invalid;
use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::log::Log;
use crate::security::acl::Operation;
use crate::state::State;

impl Handle for DescribeProducersRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DescribeProducersResponse> {
        let topics = self.topics.into_iter().map(|asked| {
            let allowed = call
                .require_topic(Operation::Read, &asked.name)
                .map_err(Refusal::from);
            let checked = allowed.and_then(|()| check_topic(call.state, &asked.name));
            let partitions = asked.partition_indexes.into_iter().map(|index| {
                let described = checked.clone().and_then(|()| describe(call, &asked.name, index));
                described.unwrap_or_else(|refusal| refuse(index, refusal))
            });
            TopicResponse {
                partitions: partitions.collect(),
                name: asked.name,
            }
        });
        Reply::Now(DescribeProducersResponse {
            topics: topics.collect(),
            ..DescribeProducersResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DescribeProducersResponse {
        let topics = self.topics.into_iter().map(|asked| TopicResponse {
            partitions: asked
                .partition_indexes
                .into_iter()
                .map(|index| refuse(index, code.into()))
                .collect(),
            name: asked.name,
        });
        DescribeProducersResponse {
            topics: topics.collect(),
            ..DescribeProducersResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let topics = self.topics.iter();
        topics
            .flat_map(|topic| {
                Subject::partitions(topic.name.as_str(), topic.partition_indexes.iter().copied())
            })
            .collect()
    }
}

fn check_topic(state: &State, name: &str) -> Result<(), Refusal> {
    if let Some(message) = why_invalid(name) {
        return Err(Refusal::new(ErrorCode::INVALID_TOPIC_EXCEPTION, message));
    }
    let found = state.topics.get(name);
    found.ok_or(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)?;
    Ok(())
}

fn describe(call: &Call<'_>, topic: &str, index: i32) -> Result<PartitionResponse, Refusal> {
    // What is wrong with a partition is said without words.
    let wordless = |code| Refusal { code, message: None };
    if let Some(code) = call.injected(topic, index) {
        return Err(wordless(code));
    }
    let partition = call.state.topics.partition(topic, index);
    let partition = partition.ok_or_else(|| wordless(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION))?;
    if !partition.replicas.contains(&call.broker) {
        return Err(wordless(ErrorCode::NOT_LEADER_OR_FOLLOWER));
    }
    call.spend(partition.log.producers().len() * PRODUCER)
        .map_err(wordless)?;
    Ok(PartitionResponse {
        partition_index: index,
        active_producers: producers(&partition.log),
        ..PartitionResponse::default()
    })
}

/// Bytes of a producer in an answer.
const PRODUCER: usize = 41;

fn producers(log: &Log) -> Vec<ProducerState> {
    let producers = log.producers();
    producers
        .map(|producer| ProducerState {
            producer_id: producer.producer_id,
            producer_epoch: producer.epoch.into(),
            last_sequence: producer.last_sequence(),
            last_timestamp: producer.last_timestamp,
            coordinator_epoch: producer.coordinator_epoch,
            current_txn_start_offset: producer.transaction_start.unwrap_or(-1),
        })
        .collect()
}

fn refuse(partition_index: i32, refusal: Refusal) -> PartitionResponse {
    PartitionResponse {
        partition_index,
        error_code: refusal.code.0,
        error_message: refusal.message,
        ..PartitionResponse::default()
    }
}
