//! Writes with acks=all that wait until all replicas in sync have them.

use protocol::ErrorCode;
use protocol::messages::produce::{
    LeaderIdAndEpoch, NodeEndpoint, PartitionProduceResponse, ProduceResponse, TopicProduceResponse,
};

use crate::state::{Awaited, State};
use crate::time::Now;

/// Answers the writes that count by now, that never will, or whose time is up.
pub(crate) fn retry(now: Now, state: &mut State) {
    for mut waiting in state.produces.take_ready(now.elapsed) {
        let is_late = waiting.deadline <= now.elapsed;
        let mut awaited = std::mem::take(&mut waiting.awaited);
        awaited.retain(|awaited| {
            let code = match acknowledgement(state, waiting.broker, awaited) {
                None if is_late => ErrorCode::REQUEST_TIMED_OUT,
                None => return true,
                Some(code) => code,
            };
            if let Some(told) = told_of(&mut waiting.response, awaited) {
                told.error_code = code.0;
            }
            false
        });
        if !awaited.is_empty() {
            waiting.awaited = awaited;
            state.produces.park(waiting);
            continue;
        }
        if waiting.ticket.version >= 10 {
            name_leaders(state, &mut waiting.response);
        }
        state.answers.give(waiting.ticket, waiting.response);
    }
}

/// What the answer says of a partition.
fn told_of<'a>(
    response: &'a mut ProduceResponse,
    awaited: &Awaited,
) -> Option<&'a mut PartitionProduceResponse> {
    let is_topic = |topic: &&mut TopicProduceResponse| {
        topic.topic_id == awaited.topic_id && (!topic.topic_id.is_zero() || topic.name == *awaited.topic)
    };
    let topic = response.responses.iter_mut().find(is_topic)?;
    let mut partitions = topic.partition_responses.iter_mut();
    partitions.find(|partition| partition.index == awaited.partition)
}

/// What becomes of a write, if that is known.
fn acknowledgement(state: &State, broker: i32, awaited: &Awaited) -> Option<ErrorCode> {
    let Some(topic) = state.topics.get(&awaited.topic) else {
        return Some(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
    };
    let partition = topic.partition(awaited.partition)?;
    if partition.leader != Some(broker) {
        return Some(ErrorCode::NOT_LEADER_OR_FOLLOWER);
    }
    if partition.high_watermark() < awaited.end {
        return None;
    }
    // Before KIP-966 it counts with too few replicas, too.
    Some(if partition.has_in_sync(topic.replication) {
        ErrorCode::NONE
    } else {
        ErrorCode::NOT_ENOUGH_REPLICAS_AFTER_APPEND
    })
}

/// Says who leads where the broker asked does not (KIP-951).
pub(super) fn name_leaders(state: &State, response: &mut ProduceResponse) {
    for topic in &mut response.responses {
        for outcome in &mut topic.partition_responses {
            if outcome.error_code != ErrorCode::NOT_LEADER_OR_FOLLOWER.0 {
                continue;
            }
            let found = state.topics.find(&topic.name, topic.topic_id).ok();
            let Some(partition) = found.and_then(|topic| topic.partition(outcome.index)) else {
                continue;
            };
            let Some(leader) = partition.leader.and_then(|id| state.brokers.get(id)) else {
                continue;
            };
            outcome.current_leader = LeaderIdAndEpoch {
                leader_id: leader.id,
                leader_epoch: partition.leader_epoch,
            };
            if response
                .node_endpoints
                .iter()
                .all(|node| node.node_id != leader.id)
            {
                response.node_endpoints.push(NodeEndpoint {
                    node_id: leader.id,
                    host: leader.host.to_string(),
                    port: leader.port.into(),
                    rack: leader.rack.as_deref().map(str::to_owned),
                });
            }
        }
    }
}
