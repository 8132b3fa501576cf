//! Checks positions against the log of a new leader (KIP-320): if that log parts from the one that was read before
//! the position, records that were read are gone.

use std::collections::BTreeMap;

use protocol::messages::offset_for_leader_epoch::{
    EpochEndOffset, OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse, OffsetForLeaderPartition,
    OffsetForLeaderTopic,
};
use protocol::{ErrorCode, Message, VersionRange};

use super::buffer::SlotId;
use super::error::ConsumeError;
use super::partitions::{Partitions, Phase};
use super::position::Position;
use crate::cluster::{Lane, NodeId, Target};
use crate::connection::{Answer, Ask, Capped};
use crate::error::{BrokerError, RequestError};
use crate::machine::Wish;
use crate::time::Moment;

/// The first version that asks for the right to describe a topic only. The ones before are for brokers: with ACLs they
/// are refused to whom may not act for the cluster (KIP-320).
const FIRST_FOR_CONSUMERS: i16 = 3;

/// Asks leaders where the epochs of positions end.
#[derive(Debug)]
pub(crate) struct Epochs {
    tag_base: u64,
    next_tag: u64,
    under_way: BTreeMap<u64, Vec<SlotId>>,
}

impl Epochs {
    /// The marks of its asks have the bits of `tag_base` set.
    pub(crate) fn new(tag_base: u64) -> Self {
        Self {
            tag_base,
            next_tag: 0,
            under_way: BTreeMap::new(),
        }
    }

    /// Asks about all partitions that wait for it, one request per leader.
    pub(crate) fn plan(&mut self, now: Moment, partitions: &mut Partitions) -> Vec<Wish> {
        let mut nodes: BTreeMap<NodeId, Vec<SlotId>> = BTreeMap::new();
        for (at, tracked) in partitions.list.iter().enumerate() {
            let Some(tracked) = tracked else { continue };
            if tracked.phase == Phase::Validate
                && tracked.is_free(now)
                && let Some((leader, _)) = tracked.leader
            {
                nodes.entry(leader).or_default().push(SlotId(at));
            }
        }
        let timeout = partitions.settings.request_timeout;
        let mut wishes = Vec::new();
        for (node, ids) in nodes {
            self.next_tag += 1;
            let tag = self.tag_base | self.next_tag;
            let mut topics: BTreeMap<String, Vec<OffsetForLeaderPartition>> = BTreeMap::new();
            for id in &ids {
                let Some(tracked) = partitions.tracked_mut(*id) else {
                    continue;
                };
                tracked.in_flight = Some(tag);
                topics
                    .entry(tracked.partition.topic.to_string())
                    .or_default()
                    .push(OffsetForLeaderPartition {
                        partition: tracked.partition.partition,
                        current_leader_epoch: tracked.leader.map_or(-1, |(_, epoch)| epoch),
                        leader_epoch: tracked.position.map_or(-1, Position::epoch_code),
                    });
            }
            let topics = topics
                .into_iter()
                .map(|(topic, partitions)| OffsetForLeaderTopic { topic, partitions });
            let request = OffsetForLeaderEpochRequest {
                replica_id: -1,
                topics: topics.collect(),
            };
            let versions = VersionRange {
                first: FIRST_FOR_CONSUMERS,
                ..OffsetForLeaderEpochRequest::VERSIONS
            };
            self.under_way.insert(tag, ids);
            wishes.push(Wish::Send(Ask::new(
                tag,
                Target::Node(node),
                Lane::Control,
                Capped { request, versions },
                timeout,
            )));
        }
        wishes
    }

    /// When one of its asks was answered.
    pub(crate) fn handle_answer(
        &mut self,
        now: Moment,
        partitions: &mut Partitions,
        answer: Answer,
    ) -> Vec<Wish> {
        let Some(ids) = self.under_way.remove(&answer.tag) else {
            return Vec::new();
        };
        let mut wishes = Vec::new();
        let response = answer
            .outcome
            .and_then(|reply| reply.decode::<OffsetForLeaderEpochResponse>());
        let mut ends: BTreeMap<(String, i32), EpochEndOffset> = BTreeMap::new();
        match response {
            Ok(response) => {
                for topic in response.topics {
                    for end in topic.partitions {
                        ends.insert((topic.topic.clone(), end.partition), end);
                    }
                }
            }
            // Nobody there can tell: the position is taken as it is.
            Err(RequestError::Version(_)) => {
                for id in ids {
                    pass(partitions, id, answer.tag);
                }
                return wishes;
            }
            Err(error) => {
                tracing::debug!(%error, "positions could not be checked");
                wishes.push(Wish::Refresh);
            }
        }
        for id in ids {
            let Some(tracked) = partitions
                .tracked(id)
                .filter(|tracked| tracked.in_flight == Some(answer.tag))
            else {
                continue;
            };
            let partition = tracked.partition.clone();
            let Some(end) = ends.get(&(partition.topic.to_string(), partition.partition)) else {
                partitions.delay(now, id);
                continue;
            };
            match ErrorCode(end.error_code) {
                ErrorCode::NONE => judge(partitions, now, id, answer.tag, end),
                code if code.is_retriable() || code.refreshes_metadata() => {
                    wishes.push(Wish::Refresh);
                    partitions.delay(now, id);
                }
                code => {
                    let source = BrokerError::from(code);
                    partitions.show(
                        id,
                        code,
                        ConsumeError::Refused {
                            partition,
                            offset: None,
                            source,
                        },
                    );
                    partitions.delay(now, id);
                }
            }
        }
        wishes
    }
}

fn judge(partitions: &mut Partitions, now: Moment, id: SlotId, tag: u64, end: &EpochEndOffset) {
    let Some(tracked) = partitions.tracked(id) else {
        return;
    };
    let Some(position) = tracked.position else { return };
    if end.end_offset < 0 || end.leader_epoch < 0 {
        let partition = tracked.partition.clone();
        tracing::warn!(%partition, offset = position.offset, "the leader does not know the epoch of the position");
        let error = ConsumeError::Truncated {
            partition,
            offset: position.offset,
            diverges_at: -1,
        };
        partitions.reset(now, id, error);
    } else if end.end_offset < position.offset {
        truncate(partitions, now, id, end.end_offset);
    } else {
        pass(partitions, id, tag);
    }
}

/// The position holds.
fn pass(partitions: &mut Partitions, id: SlotId, tag: u64) {
    let Some(tracked) = partitions.tracked_mut(id) else {
        return;
    };
    if tracked.phase == Phase::Validate && tracked.in_flight == Some(tag) {
        tracked.in_flight = None;
        tracked.validated = tracked.leader.map_or(-1, |(_, epoch)| epoch);
        tracked.phase = Phase::Fetch;
        partitions.succeed(id);
    }
}

/// Deals with a log that parts from what was read at `diverges_at`: what was not delivered yet is fetched anew; what
/// was delivered is gone, which the caller is told unless the reset policy says where to go on.
pub(super) fn truncate(partitions: &mut Partitions, now: Moment, id: SlotId, diverges_at: i64) {
    let delivered = partitions.buffer.lock().slot(id).and_then(|slot| slot.position);
    let Some(tracked) = partitions.tracked(id) else {
        return;
    };
    let partition = tracked.partition.clone();
    let epoch = tracked.leader.map_or(-1, |(_, epoch)| epoch);
    let Some(delivered) = delivered else { return };
    if delivered.offset > diverges_at {
        tracing::warn!(%partition, offset = delivered.offset, diverges_at, "the log was cut off before the position");
        if partitions.settings.consumer.auto_offset_reset == crate::config::OffsetReset::None {
            let error = ConsumeError::Truncated {
                partition,
                offset: delivered.offset,
                diverges_at,
            };
            return partitions.reset(now, id, error);
        }
    }
    partitions.move_to(id, Some(Position::at(delivered.offset.min(diverges_at))));
    if let Some(tracked) = partitions.tracked_mut(id) {
        tracked.validated = epoch;
    }
}
