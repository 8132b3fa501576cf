//! OffsetCommit: how far a group has got.

use protocol::ErrorCode;
use protocol::messages::offset_commit::{
    OffsetCommitRequest, OffsetCommitRequestTopic, OffsetCommitResponse, OffsetCommitResponsePartition,
    OffsetCommitResponseTopic,
};

use super::committing::{self, Asked};
use super::{Call, Handle, Reply, Subject};
use crate::group::{Commit, NewOffset};
use crate::security::acl::Operation;
use crate::state::State;

impl Handle for OffsetCommitRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<OffsetCommitResponse> {
        let partition = match call.coordinate_group(Operation::Read, &self.group_id) {
            Err(code) => return Reply::Now(self.refuse(call, code)),
            Ok(partition) => partition,
        };
        let mut topics = Vec::with_capacity(self.topics.len());
        let mut offsets = Vec::new();
        // Of a topic without partitions there is nothing to say.
        for topic in self
            .topics
            .into_iter()
            .filter(|topic| !topic.partitions.is_empty())
        {
            topics.push(check_topic(call, topic, &mut offsets));
        }
        let commit = Commit {
            group: self.group_id,
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
        let topics = self.topics.iter().filter_map(|asked| {
            let topic = state.topics.find(&asked.name, asked.topic_id).ok()?;
            let partitions = asked.partitions.iter().map(|partition| partition.partition_index);
            Some(Subject::partitions(topic.name.clone(), partitions))
        });
        topics.flatten().collect()
    }
}

/// Sorts the partitions of a topic into those that are there, which are added to `offsets`, and those that are refused.
fn check_topic(
    call: &Call<'_>,
    asked: OffsetCommitRequestTopic,
    offsets: &mut Vec<NewOffset>,
) -> OffsetCommitResponseTopic {
    let known = committing::topic(call, &asked.name, asked.topic_id, 10);
    let mut partitions = Vec::with_capacity(asked.partitions.len());
    for partition in asked.partitions {
        let asked = Asked {
            partition: partition.partition_index,
            offset: partition.committed_offset,
            leader_epoch: partition.committed_leader_epoch,
            metadata: partition.committed_metadata,
        };
        let code = committing::add(call, known, asked, offsets);
        partitions.push(answer(partition.partition_index, code));
    }
    OffsetCommitResponseTopic {
        name: asked.name,
        topic_id: asked.topic_id,
        partitions,
    }
}

fn answer(partition_index: i32, code: ErrorCode) -> OffsetCommitResponsePartition {
    OffsetCommitResponsePartition {
        partition_index,
        error_code: code.0,
    }
}
