//! Finds the offsets that specs stand for: one ListOffsets per leader and kind of spec, retried per partition.

use std::collections::BTreeMap;

use protocol::messages::list_offsets::{
    ListOffsetsPartition, ListOffsetsRequest, ListOffsetsResponse, ListOffsetsTopic,
};
use protocol::{ErrorCode, Message, VersionRange};

use super::buffer::SlotId;
use super::error::ConsumeError;
use super::partitions::{Partitions, Phase};
use super::position::Position;
use crate::cluster::{Lane, NodeId, OffsetSpec, Target};
use crate::config::IsolationLevel;
use crate::connection::{Answer, Ask, Capped};
use crate::error::{BrokerError, Class, RequestError};
use crate::machine::Wish;
use crate::time::Moment;

/// Looks up the offsets that partitions wait for.
#[derive(Debug)]
pub(crate) struct Offsets {
    tag_base: u64,
    next_tag: u64,
    under_way: BTreeMap<u64, Vec<SlotId>>,
}

impl Offsets {
    /// The marks of its asks have the bits of `tag_base` set.
    pub(crate) fn new(tag_base: u64) -> Self {
        Self {
            tag_base,
            next_tag: 0,
            under_way: BTreeMap::new(),
        }
    }

    /// Asks about all partitions that wait for it.
    pub(crate) fn plan(&mut self, now: Moment, partitions: &mut Partitions) -> Vec<Wish> {
        // Specs that need newer brokers go apart, so that they fail alone.
        let mut groups: BTreeMap<(NodeId, i16), Vec<(SlotId, OffsetSpec)>> = BTreeMap::new();
        let isolation_first = match partitions.settings.consumer.isolation_level {
            IsolationLevel::ReadCommitted => 2,
            IsolationLevel::ReadUncommitted => 1,
        };
        let mut homeless = false;
        for (at, tracked) in partitions.list.iter().enumerate() {
            let Some(tracked) = tracked else { continue };
            let Phase::Reset(spec) = tracked.phase else {
                continue;
            };
            if !tracked.is_free(now) {
                continue;
            }
            match tracked.leader {
                Some((leader, _)) => {
                    let first = spec.first_version().max(isolation_first);
                    groups
                        .entry((leader, first))
                        .or_default()
                        .push((SlotId(at), spec));
                }
                None => homeless = true,
            }
        }
        let mut wishes = Vec::new();
        if homeless {
            wishes.push(Wish::Refresh);
        }
        for ((node, first), group) in groups {
            wishes.push(self.ask(partitions, node, first, group));
        }
        wishes
    }

    fn ask(
        &mut self,
        partitions: &mut Partitions,
        node: NodeId,
        first: i16,
        group: Vec<(SlotId, OffsetSpec)>,
    ) -> Wish {
        self.next_tag += 1;
        let tag = self.tag_base | self.next_tag;
        let timeout = partitions.settings.request_timeout;
        let mut topics: BTreeMap<String, Vec<ListOffsetsPartition>> = BTreeMap::new();
        for (id, spec) in &group {
            let Some(tracked) = partitions.tracked_mut(*id) else {
                continue;
            };
            tracked.in_flight = Some(tag);
            topics
                .entry(tracked.partition.topic.to_string())
                .or_default()
                .push(ListOffsetsPartition {
                    partition_index: tracked.partition.partition,
                    current_leader_epoch: tracked.leader.map_or(-1, |(_, epoch)| epoch),
                    timestamp: spec.code(),
                });
        }
        let request = ListOffsetsRequest {
            replica_id: -1,
            isolation_level: partitions.settings.consumer.isolation_level.code(),
            topics: topics
                .into_iter()
                .map(|(name, partitions)| ListOffsetsTopic { name, partitions })
                .collect(),
            timeout_ms: i32::try_from(timeout.as_millis()).unwrap_or(i32::MAX),
        };
        self.under_way
            .insert(tag, group.into_iter().map(|(id, _)| id).collect());
        let versions = VersionRange {
            first,
            last: ListOffsetsRequest::VERSIONS.last,
        };
        Wish::Send(Ask::new(
            tag,
            Target::Node(node),
            Lane::Control,
            Capped { request, versions },
            timeout,
        ))
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
        let mut found: BTreeMap<(String, i32), (ErrorCode, i64)> = BTreeMap::new();
        let mut failure = None;
        match answer
            .outcome
            .and_then(|reply| reply.decode::<ListOffsetsResponse>())
        {
            Ok(response) => {
                for topic in response.topics {
                    for partition in topic.partitions {
                        let place = (topic.name.clone(), partition.partition_index);
                        found.insert(place, (ErrorCode(partition.error_code), partition.offset));
                    }
                }
            }
            Err(error) => failure = Some(error),
        }
        for id in ids {
            let Some(tracked) = partitions
                .tracked(id)
                .filter(|tracked| tracked.in_flight == Some(answer.tag))
            else {
                continue;
            };
            let partition = tracked.partition.clone();
            let Phase::Reset(spec) = tracked.phase else {
                continue;
            };
            match found.get(&(partition.topic.to_string(), partition.partition)) {
                Some((ErrorCode::NONE, offset)) => settle(now, partitions, id, spec, *offset),
                Some((code, _)) if code.is_retriable() || code.refreshes_metadata() => {
                    wishes.push(Wish::Refresh);
                    partitions.delay(now, id);
                }
                Some((code, _)) => {
                    let error = ConsumeError::Refused {
                        partition,
                        offset: None,
                        source: BrokerError::from(*code),
                    };
                    partitions.show(id, *code, error);
                    partitions.delay(now, id);
                }
                None => self.lost(now, partitions, id, failure.as_ref(), &mut wishes),
            }
        }
        wishes
    }

    fn lost(
        &self,
        now: Moment,
        partitions: &mut Partitions,
        id: SlotId,
        failure: Option<&RequestError>,
        wishes: &mut Vec<Wish>,
    ) {
        if let Some(error) = failure
            && !matches!(error.class(), Class::Retry | Class::Reroute)
            && let Some(tracked) = partitions.tracked_mut(id)
        {
            // A broker that is too old stays so: the caller is to choose another place.
            if matches!(error, RequestError::Version(_)) {
                tracked.phase = Phase::Stopped;
            }
            let partition = tracked.partition.clone();
            let source = error.clone();
            partitions.show(
                id,
                ErrorCode::UNSUPPORTED_VERSION,
                ConsumeError::Unreachable { partition, source },
            );
        }
        wishes.push(Wish::Refresh);
        partitions.delay(now, id);
    }
}

fn settle(now: Moment, partitions: &mut Partitions, id: SlotId, spec: OffsetSpec, offset: i64) {
    if offset >= 0 {
        partitions.begin_at(id, Position::at(offset));
        partitions.succeed(id);
        return;
    }
    match spec {
        // Every log has a start and an end; a broker that says otherwise is asked again later.
        OffsetSpec::Earliest | OffsetSpec::Latest => partitions.delay(now, id),
        // Nothing is that young, or there is nothing at all: what comes next is what was meant.
        OffsetSpec::EarliestLocal
        | OffsetSpec::EarliestPendingUpload
        | OffsetSpec::LatestTiered
        | OffsetSpec::MaxTimestamp
        | OffsetSpec::Timestamp(_) => {
            if let Some(tracked) = partitions.tracked_mut(id) {
                tracked.phase = Phase::Reset(OffsetSpec::Latest);
                tracked.in_flight = None;
            }
        }
    }
}
