//! OffsetForLeaderEpoch: where the records of a leader's epoch end (KIP-101, KIP-320).

use protocol::ErrorCode;
use protocol::messages::offset_for_leader_epoch::{
    EpochEndOffset, OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse, OffsetForLeaderPartition,
    OffsetForLeaderTopicResult,
};

use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::security::acl::Operation;
use crate::state::State;

impl Handle for OffsetForLeaderEpochRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<OffsetForLeaderEpochResponse> {
        let topics = self.topics.into_iter().map(|topic| OffsetForLeaderTopicResult {
            partitions: topic
                .partitions
                .iter()
                .map(|asked| {
                    look_up(call, &topic.topic, asked).unwrap_or_else(|code| refuse(asked.partition, code))
                })
                .collect(),
            topic: topic.topic,
        });
        Reply::Now(OffsetForLeaderEpochResponse {
            topics: topics.collect(),
            ..OffsetForLeaderEpochResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> OffsetForLeaderEpochResponse {
        let topics = self.topics.into_iter().map(|topic| OffsetForLeaderTopicResult {
            partitions: topic
                .partitions
                .iter()
                .map(|asked| refuse(asked.partition, code))
                .collect(),
            topic: topic.topic,
        });
        OffsetForLeaderEpochResponse {
            topics: topics.collect(),
            ..OffsetForLeaderEpochResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let topics = self.topics.iter();
        topics
            .flat_map(|topic| {
                Subject::partitions(
                    topic.topic.as_str(),
                    topic.partitions.iter().map(|asked| asked.partition),
                )
            })
            .collect()
    }
}

fn look_up(
    call: &Call<'_>,
    topic: &str,
    asked: &OffsetForLeaderPartition,
) -> Result<EpochEndOffset, ErrorCode> {
    let index = asked.partition;
    if !call.authorize_cluster(Operation::ClusterAction) {
        call.require_topic(Operation::Describe, topic)?;
    }
    if let Some(code) = call.injected(topic, index) {
        return Err(code);
    }
    let partition = call.state.topics.partition(topic, index);
    let partition = partition.ok_or(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)?;
    partition.check_leader(call.broker, asked.current_leader_epoch)?;
    let (leader_epoch, end_offset) = partition.epoch_end(asked.leader_epoch);
    Ok(EpochEndOffset {
        partition: index,
        leader_epoch,
        end_offset,
        ..EpochEndOffset::default()
    })
}

fn refuse(partition: i32, code: ErrorCode) -> EpochEndOffset {
    EpochEndOffset {
        partition,
        error_code: code.0,
        ..EpochEndOffset::default()
    }
}
