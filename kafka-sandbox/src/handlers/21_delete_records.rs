//! DeleteRecords: removes the records before an offset (KIP-107).

use protocol::ErrorCode;
use protocol::messages::delete_records::{
    DeleteRecordsPartition, DeleteRecordsPartitionResult, DeleteRecordsRequest, DeleteRecordsResponse,
    DeleteRecordsTopicResult,
};

use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::security::acl::Operation;
use crate::state::{State, Topic};

impl Handle for DeleteRecordsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DeleteRecordsResponse> {
        let topics = self.topics.into_iter().map(|topic| DeleteRecordsTopicResult {
            partitions: topic
                .partitions
                .into_iter()
                .map(|asked| {
                    let deleted = delete(call, &topic.name, &asked);
                    deleted.map_or_else(
                        |code| result(asked.partition_index, -1, code),
                        |low| result(asked.partition_index, low, ErrorCode::NONE),
                    )
                })
                .collect(),
            name: topic.name,
        });
        Reply::Now(DeleteRecordsResponse {
            topics: topics.collect(),
            ..DeleteRecordsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DeleteRecordsResponse {
        let topics = self.topics.into_iter().map(|topic| DeleteRecordsTopicResult {
            partitions: topic
                .partitions
                .into_iter()
                .map(|asked| result(asked.partition_index, -1, code))
                .collect(),
            name: topic.name,
        });
        DeleteRecordsResponse {
            topics: topics.collect(),
            ..DeleteRecordsResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let topics = self.topics.iter();
        topics
            .flat_map(|topic| {
                Subject::partitions(
                    topic.name.as_str(),
                    topic.partitions.iter().map(|asked| asked.partition_index),
                )
            })
            .collect()
    }
}

/// Returns where the log begins then.
fn delete(call: &mut Call<'_>, name: &str, asked: &DeleteRecordsPartition) -> Result<i64, ErrorCode> {
    let index = asked.partition_index;
    call.require_topic(Operation::Delete, name)?;
    if let Some(code) = call.injected(name, index) {
        return Err(code);
    }
    let broker = call.broker;
    let unknown = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
    let topic = call.state.topics.get_mut(name).ok_or(unknown)?;
    topic.partition(index).ok_or(unknown)?;
    if topic.is_internal() {
        return Err(ErrorCode::INVALID_TOPIC_EXCEPTION);
    }
    let Topic {
        partitions, settings, ..
    } = topic;
    let place = usize::try_from(index).ok();
    let partition = place.and_then(|place| partitions.get_mut(place)).ok_or(unknown)?;
    partition.check_leader(broker, -1)?;
    if !settings.cleanup.delete {
        return Err(ErrorCode::POLICY_VIOLATION);
    }
    let offset = match asked.offset {
        HIGH_WATERMARK => partition.high_watermark(),
        offset if offset < 0 || offset > partition.high_watermark() => {
            return Err(ErrorCode::OFFSET_OUT_OF_RANGE);
        }
        offset => offset,
    };
    let low = partition
        .log
        .delete_before(offset)
        .map_err(|error| error.code())?;
    call.state.touch(name, index);
    Ok(low)
}

fn result(partition_index: i32, low_watermark: i64, code: ErrorCode) -> DeleteRecordsPartitionResult {
    DeleteRecordsPartitionResult {
        partition_index,
        low_watermark,
        error_code: code.0,
    }
}

/// Stands for all records that there are.
const HIGH_WATERMARK: i64 = -1;
