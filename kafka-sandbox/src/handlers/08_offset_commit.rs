//! OffsetCommit: how far a group has got.

use std::sync::Arc;

use protocol::messages::offset_commit::{
    OffsetCommitRequest, OffsetCommitRequestTopic, OffsetCommitResponse, OffsetCommitResponsePartition,
    OffsetCommitResponseTopic,
};
use protocol::{ErrorCode, Uuid};

use super::{Call, Handle, Reply, Subject};
use crate::group::{Commit, NewOffset};
use crate::security::acl::Operation;
use crate::state::State;

impl Handle for OffsetCommitRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<OffsetCommitResponse> {
        if let Err(code) = call.require_group(Operation::Read, &self.group_id) {
            return Reply::Now(self.refuse(call, code));
        }
        let group_id = self.group_id.clone();
        let partition = match call.state.coordinate(call.now, call.broker, &group_id) {
            Err(code) => return Reply::Now(self.refuse(call, code)),
            Ok(partition) => partition,
        };
        let mut topics = Vec::with_capacity(self.topics.len());
        let mut offsets = Vec::new();
        for topic in self.topics {
            topics.push(check_topic(call, topic, &mut offsets));
        }
        let commit = Commit {
            group: group_id,
            member_id: self.member_id,
            instance_id: self.group_instance_id,
            generation_or_epoch: self.generation_id_or_member_epoch,
            transactional: false,
            version: call.version,
            retention_ms: (self.retention_time_ms >= 0).then_some(self.retention_time_ms),
            offsets,
        };
        let codes = call.state.commit_offsets(call.now, partition, &commit, None);
        let mut codes = match codes {
            Ok(codes) => codes.into_iter(),
            Err(code) => vec![code; commit.offsets.len()].into_iter(),
        };
        for topic in &mut topics {
            for partition in &mut topic.partitions {
                if partition.error_code == ErrorCode::NONE.0 {
                    partition.error_code = codes.next().unwrap_or_default().0;
                }
            }
        }
        Reply::Now(OffsetCommitResponse {
            topics,
            ..OffsetCommitResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> OffsetCommitResponse {
        let topics = self.topics.into_iter().map(|topic| OffsetCommitResponseTopic {
            name: topic.name,
            topic_id: topic.topic_id,
            partitions: topic
                .partitions
                .iter()
                .map(|partition| answer(partition.partition_index, code))
                .collect(),
        });
        OffsetCommitResponse {
            topics: topics.collect(),
            ..OffsetCommitResponse::default()
        }
    }

    fn subjects(&self, state: &State) -> Vec<Subject> {
        let mut subjects = Vec::new();
        for topic in &self.topics {
            if let Ok(known) = state.topics.find(&topic.name, topic.topic_id) {
                subjects.extend(topic.partitions.iter().map(|partition| Subject {
                    topic: known.name.clone(),
                    partition: Some(partition.partition_index),
                }));
            }
        }
        subjects
    }
}

/// Sorts the partitions of a topic into those that are there, which are added to `offsets`, and those that are refused.
fn check_topic(
    call: &Call<'_>,
    asked: OffsetCommitRequestTopic,
    offsets: &mut Vec<NewOffset>,
) -> OffsetCommitResponseTopic {
    let known = if call.version >= 10 && asked.topic_id.is_zero() {
        Err(ErrorCode::UNKNOWN_TOPIC_ID)
    } else {
        call.state.topics.find(&asked.name, asked.topic_id)
    };
    let name = known.as_ref().map_or(asked.name.as_str(), |topic| &*topic.name);
    let known = match call.require_topic(Operation::Read, name) {
        Err(code) if asked.topic_id.is_zero() || known.is_ok() => Err(code),
        _ => known,
    };
    let mut partitions = Vec::with_capacity(asked.partitions.len());
    for partition in asked.partitions {
        let index = partition.partition_index;
        let checked = match &known {
            Err(code) => Err(*code),
            Ok(topic) => match call.injected(&topic.name, index) {
                Some(code) => Err(code),
                None if topic.partition(index).is_none() => Err(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION),
                None => Ok((Arc::clone(&topic.name), topic.id)),
            },
        };
        match checked {
            Ok((topic, topic_id)) => {
                partitions.push(answer(index, ErrorCode::NONE));
                offsets.push(NewOffset {
                    topic,
                    topic_id,
                    partition: index,
                    offset: partition.committed_offset,
                    leader_epoch: partition.committed_leader_epoch,
                    metadata: partition.committed_metadata.unwrap_or_default(),
                });
            }
            Err(code) => partitions.push(answer(index, code)),
        }
    }
    let topic_id: Uuid = asked.topic_id;
    OffsetCommitResponseTopic {
        name: asked.name,
        topic_id,
        partitions,
    }
}

fn answer(partition_index: i32, code: ErrorCode) -> OffsetCommitResponsePartition {
    OffsetCommitResponsePartition {
        partition_index,
        error_code: code.0,
    }
}
