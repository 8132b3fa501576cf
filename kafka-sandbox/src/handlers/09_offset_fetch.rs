//! OffsetFetch: from where a group is to go on.

use std::sync::Arc;

use protocol::messages::offset_fetch::{
    OffsetFetchRequest, OffsetFetchRequestGroup, OffsetFetchRequestTopics, OffsetFetchResponse,
    OffsetFetchResponseGroup, OffsetFetchResponsePartition, OffsetFetchResponsePartitions,
    OffsetFetchResponseTopic, OffsetFetchResponseTopics,
};
use protocol::{ErrorCode, Uuid};

use super::{Call, Handle, Reply, Subject};
use crate::group::CommittedOffset;
use crate::security::acl::Operation;
use crate::state::State;

impl Handle for OffsetFetchRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<OffsetFetchResponse> {
        let stable = self.require_stable;
        let groups = groups_of(self, call.version);
        let groups = groups.into_iter().map(|group| fetch(call, group, stable));
        let groups: Vec<_> = groups.collect();
        Reply::Now(in_version(groups, call.version))
    }

    fn refuse(self, call: &Call<'_>, code: ErrorCode) -> OffsetFetchResponse {
        let groups = groups_of(self, call.version).into_iter();
        let groups = groups.map(|group| refusal(group, code, call.version));
        in_version(groups.collect(), call.version)
    }

    fn subjects(&self, state: &State) -> Vec<Subject> {
        let old = self.topics.iter().flatten();
        let old = old.map(|topic| (topic.name.as_str(), Uuid::ZERO, &topic.partition_indexes));
        let new = self.groups.iter().flat_map(|group| group.topics.iter().flatten());
        let new = new.map(|topic| (topic.name.as_str(), topic.topic_id, &topic.partition_indexes));
        let mut subjects = Vec::new();
        for (name, id, partitions) in old.chain(new) {
            let known = state.topics.find(name, id).map(|topic| topic.name.clone());
            let topic = known.unwrap_or_else(|_| name.into());
            subjects.extend(Subject::partitions(topic, partitions.iter().copied()));
        }
        subjects
    }
}

/// The request as versions from 8 on have it: with several groups.
fn groups_of(request: OffsetFetchRequest, version: i16) -> Vec<OffsetFetchRequestGroup> {
    if version >= 8 {
        return request.groups;
    }
    let topics = request.topics.map(|topics| {
        let topics = topics.into_iter().map(|topic| OffsetFetchRequestTopics {
            name: topic.name,
            topic_id: Uuid::ZERO,
            partition_indexes: topic.partition_indexes,
        });
        topics.collect()
    });
    vec![OffsetFetchRequestGroup {
        group_id: request.group_id,
        member_id: None,
        member_epoch: -1,
        topics,
    }]
}

/// The answer as the client's version has it.
fn in_version(mut groups: Vec<OffsetFetchResponseGroup>, version: i16) -> OffsetFetchResponse {
    if version >= 8 {
        return OffsetFetchResponse {
            groups,
            ..OffsetFetchResponse::default()
        };
    }
    let group = groups.pop().unwrap_or_default();
    let topics = group.topics.into_iter().map(|topic| {
        let partitions = topic.partitions.into_iter();
        let partitions = partitions.map(|partition| OffsetFetchResponsePartition {
            partition_index: partition.partition_index,
            committed_offset: partition.committed_offset,
            committed_leader_epoch: partition.committed_leader_epoch,
            metadata: partition.metadata,
            error_code: partition.error_code,
        });
        OffsetFetchResponseTopic {
            name: topic.name,
            partitions: partitions.collect(),
        }
    });
    OffsetFetchResponse {
        topics: topics.collect(),
        error_code: group.error_code,
        ..OffsetFetchResponse::default()
    }
}

fn fetch(call: &mut Call<'_>, asked: OffsetFetchRequestGroup, stable: bool) -> OffsetFetchResponseGroup {
    let room = call.spend(asked.group_id.len());
    let coordinated = room.and_then(|()| call.coordinate_group(Operation::Describe, &asked.group_id));
    let checked = coordinated.and_then(|_| {
        let groups = &call.state.groups;
        groups.check_fetch(&asked.group_id, asked.member_id.as_deref(), asked.member_epoch)
    });
    if let Err(code) = checked {
        return refusal(asked, code, call.version);
    }
    let group = asked.group_id;
    let topics = match asked.topics {
        Some(topics) => topics
            .into_iter()
            .map(|topic| fetch_topic(call, &group, topic, stable))
            .collect(),
        None => all_topics(call, &group, stable),
    };
    OffsetFetchResponseGroup {
        group_id: group,
        topics,
        error_code: ErrorCode::NONE.0,
    }
}

fn fetch_topic(
    call: &Call<'_>,
    group: &str,
    asked: OffsetFetchRequestTopics,
    stable: bool,
) -> OffsetFetchResponseTopics {
    // A topic that is not there may have offsets all the same, by its name; an id that is none cannot.
    let topic = if call.version >= 10 {
        let known = call.state.topics.name_of(asked.topic_id).cloned();
        known.ok_or(ErrorCode::UNKNOWN_TOPIC_ID)
    } else {
        Ok(Arc::from(asked.name.as_str()))
    };
    let topic = topic.and_then(|topic| {
        call.require_topic(Operation::Describe, &topic)?;
        Ok(topic)
    });
    let partitions = asked.partition_indexes.into_iter();
    let partitions = partitions.map(|index| match &topic {
        Ok(topic) => fetch_partition(call, group, topic, asked.topic_id, index, stable),
        Err(code) => nothing(index, *code),
    });
    OffsetFetchResponseTopics {
        partitions: partitions.collect(),
        name: asked.name,
        topic_id: asked.topic_id,
    }
}

fn all_topics(call: &Call<'_>, group: &str, stable: bool) -> Vec<OffsetFetchResponseTopics> {
    let committed = call.state.groups.committed(group).into_iter();
    let topics = committed.filter_map(|(topic, partitions)| {
        call.spend(topic.len()).ok()?;
        call.require_topic(Operation::Describe, &topic).ok()?;
        let id = match call.state.topics.get(&topic) {
            Some(known) => known.id,
            // Without its name there is nothing left to call it by.
            None if call.version >= 10 => return None,
            None => Uuid::ZERO,
        };
        let partitions = partitions.into_iter();
        let partitions =
            partitions.map(|index| fetch_partition(call, group, &topic, Uuid::ZERO, index, stable));
        Some(OffsetFetchResponseTopics {
            name: topic.to_string(),
            topic_id: id,
            partitions: partitions.collect(),
        })
    });
    topics.collect()
}

fn fetch_partition(
    call: &Call<'_>,
    group: &str,
    topic: &Arc<str>,
    topic_id: Uuid,
    index: i32,
    stable: bool,
) -> OffsetFetchResponsePartitions {
    if let Some(code) = call.injected(topic, index).or_else(|| call.spend(0).err()) {
        return nothing(index, code);
    }
    // What was committed for a topic of the same name that is gone is not for this one.
    let is_meant = |committed: &&CommittedOffset| {
        topic_id.is_zero() || committed.topic_id.is_zero() || committed.topic_id == topic_id
    };
    match call.state.groups.fetch(group, topic, index, stable) {
        Err(code) => nothing(index, code),
        Ok(committed) => match committed.filter(is_meant) {
            None => nothing(index, call.spend(LENGTH).err().unwrap_or_default()),
            Some(committed) if call.spend(LENGTH + committed.metadata.len()).is_err() => {
                nothing(index, ErrorCode::MESSAGE_TOO_LARGE)
            }
            Some(committed) => OffsetFetchResponsePartitions {
                partition_index: index,
                committed_offset: committed.offset,
                committed_leader_epoch: committed.leader_epoch,
                metadata: Some(committed.metadata.clone()),
                error_code: ErrorCode::NONE.0,
            },
        },
    }
}

/// Bytes of a partition's answer without metadata.
const LENGTH: usize = 20;

fn nothing(partition_index: i32, code: ErrorCode) -> OffsetFetchResponsePartitions {
    OffsetFetchResponsePartitions {
        partition_index,
        committed_offset: -1,
        committed_leader_epoch: -1,
        metadata: Some(String::new()),
        error_code: code.0,
    }
}

/// A group that is refused as a whole. Before version 2 each partition has to say so.
fn refusal(asked: OffsetFetchRequestGroup, code: ErrorCode, version: i16) -> OffsetFetchResponseGroup {
    let topics = if version < 2 {
        asked.topics.unwrap_or_default()
    } else {
        Vec::new()
    };
    let topics = topics.into_iter().map(|topic| OffsetFetchResponseTopics {
        name: topic.name,
        topic_id: topic.topic_id,
        partitions: topic
            .partition_indexes
            .into_iter()
            .map(|index| nothing(index, code))
            .collect(),
    });
    OffsetFetchResponseGroup {
        group_id: asked.group_id,
        topics: topics.collect(),
        error_code: code.0,
    }
}
