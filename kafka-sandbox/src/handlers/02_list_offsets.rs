//! ListOffsets: the first and last offsets of partitions, and offsets by time.

use protocol::ErrorCode;
use protocol::messages::list_offsets::{
    ListOffsetsPartition, ListOffsetsPartitionResponse, ListOffsetsRequest, ListOffsetsResponse,
    ListOffsetsTopicResponse,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::fetching::reads_committed;
use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::log::FoundRecord;
use crate::security::acl::Operation;
use crate::state::{Partition, State};

impl Handle for ListOffsetsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<ListOffsetsResponse> {
        let visible = match (self.replica_id, reads_committed(self.isolation_level)) {
            (CONSUMER, Ok(true)) => Visible::Committed,
            (CONSUMER, Ok(false)) => Visible::All,
            (CONSUMER, Err(code)) => return Reply::Now(self.refuse(call, code)),
            _ => Visible::ToReplicas,
        };
        let from_any_replica = self.replica_id == DEBUGGER;
        let repeated = repeated(&self);
        let mut told = FxHashSet::default();
        let mut topics = Vec::with_capacity(self.topics.len());
        for topic in &self.topics {
            let mut partitions = Vec::with_capacity(topic.partitions.len());
            for asked in &topic.partitions {
                let index = asked.partition_index;
                let place = (topic.name.as_str(), index);
                let answer = if repeated.contains(&place) {
                    if !told.insert(place) {
                        continue;
                    }
                    Err(ErrorCode::INVALID_REQUEST)
                } else if !is_understood(asked.timestamp, call.version) {
                    Err(ErrorCode::UNSUPPORTED_VERSION)
                } else {
                    look_up(call, &topic.name, asked, visible, from_any_replica)
                };
                partitions.push(answer.unwrap_or_else(|code| refuse(index, code)));
            }
            topics.push(ListOffsetsTopicResponse {
                name: topic.name.clone(),
                partitions,
            });
        }
        Reply::Now(ListOffsetsResponse {
            topics,
            ..ListOffsetsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> ListOffsetsResponse {
        let topics = self.topics.into_iter().map(|topic| ListOffsetsTopicResponse {
            partitions: topic
                .partitions
                .iter()
                .map(|asked| refuse(asked.partition_index, code))
                .collect(),
            name: topic.name,
        });
        ListOffsetsResponse {
            topics: topics.collect(),
            ..ListOffsetsResponse::default()
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

/// Up to where records count.
#[derive(Clone, Copy)]
enum Visible {
    /// To the last stable offset.
    Committed,
    /// To the high watermark.
    All,
    /// To the end of the log.
    ToReplicas,
}

/// The partitions that are asked for more than once.
fn repeated(request: &ListOffsetsRequest) -> FxHashSet<(&str, i32)> {
    let mut times: FxHashMap<(&str, i32), usize> = FxHashMap::default();
    for topic in &request.topics {
        for asked in &topic.partitions {
            *times.entry((&topic.name, asked.partition_index)).or_default() += 1;
        }
    }
    times.retain(|_, times| *times > 1);
    times.into_keys().collect()
}

/// Whether a timestamp that stands for something did so in this version.
fn is_understood(timestamp: i64, version: i16) -> bool {
    let since = match timestamp {
        0.. | LATEST | EARLIEST => 1,
        MAX_TIMESTAMP => 7,
        EARLIEST_LOCAL => 8,
        LATEST_TIERED => 9,
        EARLIEST_PENDING_UPLOAD => 11,
        _ => return false,
    };
    version >= since
}

fn look_up(
    call: &Call<'_>,
    topic: &str,
    asked: &ListOffsetsPartition,
    visible: Visible,
    from_any_replica: bool,
) -> Result<ListOffsetsPartitionResponse, ErrorCode> {
    let index = asked.partition_index;
    call.require_topic(Operation::Describe, topic)?;
    if let Some(code) = call.injected(topic, index) {
        return Err(code);
    }
    let partition = call.state.topics.partition(topic, index);
    let partition = partition.ok_or(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)?;
    let asked_broker = match partition.leader {
        Some(leader) if from_any_replica && partition.replicas.contains(&call.broker) => leader,
        _ => call.broker,
    };
    partition.check_leader(asked_broker, asked.current_leader_epoch)?;
    let not_available = if call.version >= 5 {
        ErrorCode::OFFSET_NOT_AVAILABLE
    } else {
        ErrorCode::LEADER_NOT_AVAILABLE
    };
    let found = find(partition, asked.timestamp, visible, not_available)?;
    Ok(ListOffsetsPartitionResponse {
        partition_index: index,
        error_code: 0,
        timestamp: found.timestamp,
        offset: found.offset,
        leader_epoch: if call.version >= 4 { found.leader_epoch } else { -1 },
    })
}

fn find(
    partition: &Partition,
    timestamp: i64,
    visible: Visible,
    not_available: ErrorCode,
) -> Result<FoundRecord, ErrorCode> {
    let log = &partition.log;
    let end = match visible {
        Visible::Committed => partition.last_stable_offset(),
        Visible::All => partition.high_watermark(),
        Visible::ToReplicas => log.end_offset(),
    };
    // A new leader may have more than what is known to count (KIP-207).
    let is_unsure = !matches!(visible, Visible::ToReplicas) && partition.is_unsure(end);
    let at = |offset, leader_epoch| FoundRecord {
        offset,
        timestamp: -1,
        leader_epoch,
    };
    let by_time = match timestamp {
        LATEST if is_unsure => return Err(not_available),
        LATEST => return Ok(at(end, partition.leader_epoch)),
        EARLIEST | EARLIEST_LOCAL => {
            let start = log.start_offset();
            // Where nothing was appended the leader would be the first to.
            let epoch = log.epoch_at(start).unwrap_or(partition.leader_epoch);
            return Ok(at(start, epoch));
        }
        // Nothing is kept elsewhere.
        LATEST_TIERED | EARLIEST_PENDING_UPLOAD => return Ok(NONE),
        MAX_TIMESTAMP => log.max_timestamp(),
        time => log.offset_for_timestamp(time),
    };
    let found = by_time.map_err(|error| error.code())?;
    match found.filter(|found| found.offset < end) {
        Some(found) => Ok(found),
        None if is_unsure => Err(not_available),
        None => Ok(NONE),
    }
}

fn refuse(partition_index: i32, code: ErrorCode) -> ListOffsetsPartitionResponse {
    ListOffsetsPartitionResponse {
        partition_index,
        error_code: code.0,
        ..ListOffsetsPartitionResponse::default()
    }
}

/// No such record.
const NONE: FoundRecord = FoundRecord {
    offset: -1,
    timestamp: -1,
    leader_epoch: -1,
};

/// The replica id of a consumer.
const CONSUMER: i32 = -1;
/// The replica id of a tool that compares replicas.
const DEBUGGER: i32 = -2;

const LATEST: i64 = -1;
const EARLIEST: i64 = -2;
/// The record with the largest timestamp (KIP-734).
const MAX_TIMESTAMP: i64 = -3;
/// The first record that is not in tiered storage alone (KIP-405).
const EARLIEST_LOCAL: i64 = -4;
/// The last record in tiered storage (KIP-1005).
const LATEST_TIERED: i64 = -5;
/// The first record that is not in tiered storage yet (KIP-1023).
const EARLIEST_PENDING_UPLOAD: i64 = -6;
