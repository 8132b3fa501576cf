//! TxnOffsetCommit: how far a group has got, as part of a transaction.

use protocol::ErrorCode;
use protocol::messages::txn_offset_commit::{
    TxnOffsetCommitRequest, TxnOffsetCommitRequestTopic, TxnOffsetCommitResponse,
    TxnOffsetCommitResponsePartition, TxnOffsetCommitResponseTopic,
};

use super::committing::{self, Asked};
use super::verification::{self, Speaks, Writes};
use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::group::{Commit, NewOffset};
use crate::security::acl::Operation;
use crate::state::{CONSUMER_OFFSETS, State};

impl Handle for TxnOffsetCommitRequest {
    fn handle(mut self, call: &mut Call<'_>) -> Reply<TxnOffsetCommitResponse> {
        let allowed = call.require_transactional_id(Operation::Write, &self.transactional_id);
        let allowed = allowed.and_then(|()| call.require_group(Operation::Read, &self.group_id));
        if let Err(code) = allowed {
            return Reply::Now(self.refuse(call, code));
        }
        let mut topics = Vec::with_capacity(self.topics.len());
        let mut offsets = Vec::new();
        for topic in std::mem::take(&mut self.topics) {
            topics.push(check_topic(call, topic, &mut offsets));
        }
        if !offsets.is_empty() {
            let count = offsets.len();
            let codes = commit(call, self, offsets).unwrap_or_else(|code| vec![code; count]);
            let mut codes = codes.into_iter();
            for partition in topics.iter_mut().flat_map(|topic| &mut topic.partitions) {
                if partition.error_code == ErrorCode::NONE.0 {
                    partition.error_code = codes.next().unwrap_or_default().0;
                }
            }
        }
        Reply::Now(TxnOffsetCommitResponse {
            topics,
            ..TxnOffsetCommitResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> TxnOffsetCommitResponse {
        let topics = self.topics.into_iter().map(|topic| TxnOffsetCommitResponseTopic {
            name: topic.name,
            topic_id: topic.topic_id,
            partitions: topic
                .partitions
                .iter()
                .map(|partition| answer(partition.partition_index, code))
                .collect(),
        });
        TxnOffsetCommitResponse {
            topics: topics.collect(),
            ..TxnOffsetCommitResponse::default()
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

/// Commits the offsets of partitions that there are; what became of each.
fn commit(
    call: &mut Call<'_>,
    request: TxnOffsetCommitRequest,
    offsets: Vec<NewOffset>,
) -> Result<Vec<ErrorCode>, ErrorCode> {
    if request.group_id.is_empty() {
        return Err(ErrorCode::INVALID_GROUP_ID);
    }
    let partition = call.state.coordinate(call.now, call.broker, &request.group_id)?;
    let speaks = match call.version {
        ..=3 => Speaks::Old,
        4 => Speaks::Abortable,
        _ => Speaks::Adding,
    };
    let producer = (request.producer_id, request.producer_epoch);
    let writes = Writes {
        transactional_id: &request.transactional_id,
        producer,
        topic: &CONSUMER_OFFSETS.into(),
        partition,
    };
    verification::verify(call, speaks, writes).map_err(|code| match code {
        ErrorCode::NETWORK_EXCEPTION => ErrorCode::COORDINATOR_LOAD_IN_PROGRESS,
        code => code,
    })?;
    let commit = Commit {
        group: request.group_id,
        member_id: request.member_id,
        instance_id: request.group_instance_id,
        generation_or_epoch: request.generation_id_or_member_epoch,
        transactional: true,
        version: call.version,
        retention_ms: None,
        offsets,
    };
    call.state
        .commit_offsets(call.now, partition, &commit, Some(producer))
}

/// Sorts the partitions of a topic into those that are there, which are added to `offsets`, and those that are refused.
fn check_topic(
    call: &Call<'_>,
    asked: TxnOffsetCommitRequestTopic,
    offsets: &mut Vec<NewOffset>,
) -> TxnOffsetCommitResponseTopic {
    let known = committing::topic(call, &asked.name, asked.topic_id, 6);
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
    TxnOffsetCommitResponseTopic {
        name: asked.name,
        topic_id: asked.topic_id,
        partitions,
    }
}

fn answer(partition_index: i32, code: ErrorCode) -> TxnOffsetCommitResponsePartition {
    TxnOffsetCommitResponsePartition {
        partition_index,
        error_code: code.0,
    }
}
