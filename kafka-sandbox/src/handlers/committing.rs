//! What OffsetCommit and TxnOffsetCommit have in common: which of the partitions that are asked for can be committed.

use std::sync::Arc;

use protocol::{ErrorCode, Uuid};

use super::Call;
use crate::group::NewOffset;
use crate::security::acl::Operation;
use crate::state::Topic;

/// The topic that a request names, or gives the id of from version `ids_from` on, if the client may read it.
pub(super) fn topic<'a>(
    call: &'a Call<'_>,
    name: &str,
    id: Uuid,
    ids_from: i16,
) -> Result<&'a Topic, ErrorCode> {
    let known = if call.version >= ids_from && id.is_zero() {
        Err(ErrorCode::UNKNOWN_TOPIC_ID)
    } else {
        call.state.topics.find(name, id)
    };
    let name = known.as_ref().map_or(name, |topic| &*topic.name);
    match call.require_topic(Operation::Read, name) {
        Err(code) if id.is_zero() || known.is_ok() => Err(code),
        _ => known,
    }
}

/// What a request commits for a partition.
pub(super) struct Asked {
    pub(super) partition: i32,
    pub(super) offset: i64,
    pub(super) leader_epoch: i32,
    pub(super) metadata: Option<String>,
}

/// Adds to `offsets` what is asked for, if the topic has the partition. Returns the error code to answer.
pub(super) fn add(
    call: &Call<'_>,
    topic: Result<&Topic, ErrorCode>,
    asked: Asked,
    offsets: &mut Vec<NewOffset>,
) -> ErrorCode {
    let topic = match topic {
        Ok(topic) => topic,
        Err(code) => return code,
    };
    if let Some(code) = call.injected(&topic.name, asked.partition) {
        return code;
    }
    if topic.partition(asked.partition).is_none() {
        return ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
    }
    offsets.push(NewOffset {
        topic: Arc::clone(&topic.name),
        topic_id: topic.id,
        partition: asked.partition,
        offset: asked.offset,
        leader_epoch: asked.leader_epoch,
        metadata: asked.metadata.unwrap_or_default(),
    });
    ErrorCode::NONE
}
