//! OffsetDelete: offsets of a group that it does not need (KIP-496).

use protocol::ErrorCode;
use protocol::messages::offset_delete::{
    OffsetDeleteRequest, OffsetDeleteResponse, OffsetDeleteResponsePartition, OffsetDeleteResponseTopic,
};

use super::{Call, Handle, Reply, Subject};
use crate::group::GroupRecord;
use crate::security::acl::Operation;
use crate::state::State;

impl Handle for OffsetDeleteRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<OffsetDeleteResponse> {
        Reply::Now(delete(call, self).unwrap_or_else(refusal))
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> OffsetDeleteResponse {
        refusal(code)
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

fn delete(call: &mut Call<'_>, request: OffsetDeleteRequest) -> Result<OffsetDeleteResponse, ErrorCode> {
    let id = request.group_id;
    if id.is_empty() {
        return Err(ErrorCode::INVALID_GROUP_ID);
    }
    let kept_in = call.coordinate_group(Operation::Delete, &id)?;
    call.state.groups.check_offset_delete(&id)?;
    let mut records = Vec::new();
    // Of a topic without partitions there is nothing to say.
    let topics = request
        .topics
        .into_iter()
        .filter(|topic| !topic.partitions.is_empty());
    let topics = topics.map(|topic| {
        let partitions = topic.partitions.iter().map(|partition| {
            let index = partition.partition_index;
            let outcome = delete_one(call, &id, &topic.name, index);
            let code = outcome.as_ref().err().copied();
            records.extend(outcome.ok().flatten());
            OffsetDeleteResponsePartition {
                partition_index: index,
                error_code: code.unwrap_or_default().0,
            }
        });
        OffsetDeleteResponseTopic {
            partitions: partitions.collect(),
            name: topic.name,
        }
    });
    let topics = topics.collect();
    call.state.keep_deletions(call.now, kept_in, &records)?;
    Ok(OffsetDeleteResponse {
        topics,
        ..OffsetDeleteResponse::default()
    })
}

fn delete_one(
    call: &mut Call<'_>,
    group: &str,
    topic: &str,
    index: i32,
) -> Result<Option<GroupRecord>, ErrorCode> {
    call.require_topic(Operation::Read, topic)?;
    if let Some(code) = call.injected(topic, index) {
        return Err(code);
    }
    if call.state.topics.partition(topic, index).is_none() {
        return Err(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
    }
    call.state.groups.delete_offset(group, topic, index)
}

fn refusal(code: ErrorCode) -> OffsetDeleteResponse {
    OffsetDeleteResponse {
        error_code: code.0,
        ..OffsetDeleteResponse::default()
    }
}
