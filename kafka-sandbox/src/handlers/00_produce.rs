//! Produce: appends batches to the logs of partitions that the broker leads.

use std::cell::Cell;
use std::sync::Arc;

use indexmap::IndexMap;
use protocol::messages::produce::{
    BatchIndexAndErrorMessage, PartitionProduceData, PartitionProduceResponse, ProduceRequest,
    ProduceResponse, TopicProduceData, TopicProduceResponse,
};
use protocol::{ErrorCode, Uuid};

use super::acknowledging::name_leaders;
use super::verification::{self, Additions, Speaks, Writes};
use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::log::{AppendError, Verification};
use crate::security::acl::Operation;
use crate::state::{Awaited, State, Topic, TopicPartition, WaitingProduce, is_internal};
use crate::time::millis;

impl Handle for ProduceRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<ProduceResponse> {
        let acks = self.acks;
        if let Some(message) = damage(&self) {
            return refuse_for(self, ErrorCode::CORRUPT_MESSAGE, Some(message));
        }
        if !(-1..=1).contains(&acks) {
            return refuse_for(self, ErrorCode::INVALID_REQUIRED_ACKS, None);
        }
        if self.transactional_id.is_none() && has_transactional(&self) {
            return refuse_for(self, ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED, None);
        }
        let id = self.transactional_id.as_deref().unwrap_or_default();
        if has_transactional(&self)
            && let Err(code) = call.require_transactional_id(Operation::Write, id)
        {
            return refuse_for(self, code, None);
        }
        let additions = add_to_transaction(call, &self);
        let producing = Producing {
            acks,
            transactional_id: &self.transactional_id.unwrap_or_default(),
            additions: &additions,
            unpacked: Cell::new(0),
        };
        let mut awaited = Vec::new();
        let topics = without_repetition(self.topic_data).into_iter();
        let outcomes = topics.map(|topic| append_to_topic(call, topic, &producing, &mut awaited));
        let mut response = ProduceResponse {
            responses: outcomes.collect(),
            ..ProduceResponse::default()
        };
        tell_unknown_last(&mut response);
        if acks == 0 {
            // Nobody listens: closing the connection is the one way to say that something went wrong.
            let failed = partitions(&response).any(|partition| partition.error_code != 0);
            return if failed { Reply::Close } else { Reply::Silence };
        }
        if call.version >= 10 {
            name_leaders(call.state, &mut response);
        }
        let ticket = (!awaited.is_empty()).then(|| call.take_ticket()).flatten();
        let Some(ticket) = ticket else {
            return Reply::Now(response);
        };
        let timeout = millis(self.timeout_ms.into()).unwrap_or_default();
        call.state.produces.park(WaitingProduce {
            ticket,
            deadline: call.now.elapsed + timeout,
            broker: call.broker,
            response,
            awaited,
        });
        Reply::Later
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> ProduceResponse {
        refusal_of(self, code, None)
    }

    fn wants_answer(&self) -> bool {
        self.acks != 0
    }

    fn subjects(&self, state: &State) -> Vec<Subject> {
        let topics = self.topic_data.iter().filter_map(|data| {
            let topic = state.topics.find(&data.name, data.topic_id).ok()?;
            let partitions = data.partition_data.iter().map(|partition| partition.index);
            Some(Subject::partitions(topic.name.clone(), partitions))
        });
        topics.flatten().collect()
    }
}

/// Refuses all that a request writes. One that wants no answer has its connection closed.
fn refuse_for(request: ProduceRequest, code: ErrorCode, message: Option<String>) -> Reply<ProduceResponse> {
    match request.acks {
        0 => Reply::Close,
        _ => Reply::Now(refusal_of(request, code, message)),
    }
}

fn refusal_of(request: ProduceRequest, code: ErrorCode, message: Option<String>) -> ProduceResponse {
    let topics = request.topic_data.into_iter().map(|topic| {
        let partitions = topic.partition_data.iter();
        TopicProduceResponse {
            partition_responses: partitions
                .map(|partition| PartitionProduceResponse {
                    error_message: message.clone(),
                    ..refusal(partition.index, code)
                })
                .collect(),
            name: topic.name,
            topic_id: topic.topic_id,
        }
    });
    ProduceResponse {
        responses: topics.collect(),
        ..ProduceResponse::default()
    }
}

/// What holds for all partitions of a request.
struct Producing<'a> {
    acks: i16,
    transactional_id: &'a str,
    additions: &'a Additions,
    /// Bytes that its compressed batches came to so far.
    unpacked: Cell<usize>,
}

/// Bytes that the compressed batches of a request may come to before no further one is looked at. A few kilobytes may come to many
/// megabytes, for each of thousands of partitions.
const UNPACKED_MAX: usize = 256 * 1024 * 1024;

/// Adds the partitions that are written to to their transaction, where writing does that.
fn add_to_transaction(call: &mut Call<'_>, request: &ProduceRequest) -> Additions {
    let mut additions = Additions::default();
    if speaks(call.version) != Speaks::Adding || !has_transactional(request) {
        return additions;
    }
    let transactional_id = request.transactional_id.as_deref().unwrap_or_default();
    for data in &request.topic_data {
        let Ok(topic) = find_topic(call, data) else {
            continue;
        };
        for partition in &data.partition_data {
            if check(call, &topic, partition).is_ok()
                && let Some(writes) = writes(call, &topic, partition, transactional_id)
            {
                additions.note(call, writes);
            }
        }
    }
    additions.add(call, transactional_id);
    additions
}

/// Each topic and partition once. Of a partition that is there more than once the last records count.
fn without_repetition(topics: Vec<TopicProduceData>) -> Vec<TopicProduceData> {
    if let [topic] = &topics[..]
        && topic.partition_data.len() <= 1
    {
        return topics;
    }
    let mut once: IndexMap<(String, Uuid), IndexMap<i32, PartitionProduceData>> = IndexMap::new();
    for topic in topics {
        let partitions = once.entry((topic.name, topic.topic_id)).or_default();
        let data = topic.partition_data.into_iter();
        partitions.extend(data.map(|partition| (partition.index, partition)));
    }
    let topics = once.into_iter();
    topics
        .map(|((name, topic_id), partitions)| TopicProduceData {
            name,
            topic_id,
            partition_data: partitions.into_values().collect(),
        })
        .collect()
}

/// Puts what does not exist behind what does.
fn tell_unknown_last(response: &mut ProduceResponse) {
    let is_unknown = |outcome: &PartitionProduceResponse| {
        [ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, ErrorCode::UNKNOWN_TOPIC_ID]
            .contains(&ErrorCode(outcome.error_code))
    };
    if !partitions(response).any(is_unknown) {
        return;
    }
    for topic in &mut response.responses {
        topic.partition_responses.sort_by_key(is_unknown);
    }
    response
        .responses
        .sort_by_key(|topic| topic.partition_responses.first().is_some_and(is_unknown));
}

fn find_topic(call: &Call<'_>, data: &TopicProduceData) -> Result<Arc<str>, ErrorCode> {
    let found = if call.version >= 13 && data.topic_id.is_zero() {
        Err(ErrorCode::UNKNOWN_TOPIC_ID)
    } else {
        let found = call.state.topics.find(&data.name, data.topic_id);
        found.map(|topic| topic.name.clone())
    };
    // A topic that is not there is no secret to who asks by an id that no topic has.
    let name = found.as_deref().unwrap_or(&data.name);
    match call.require_topic(Operation::Write, name) {
        Err(code) if data.topic_id.is_zero() || found.is_ok() => Err(code),
        _ => found,
    }
}

fn append_to_topic(
    call: &mut Call<'_>,
    data: TopicProduceData,
    producing: &Producing<'_>,
    awaited: &mut Vec<Awaited>,
) -> TopicProduceResponse {
    let found = find_topic(call, &data);
    let topic_id = data.topic_id;
    let outcomes = data.partition_data.into_iter().map(|partition| {
        let topic = match &found {
            Ok(topic) => topic,
            Err(code) => return refusal(partition.index, *code),
        };
        let index = partition.index;
        let (response, end) = append(call, topic, partition, producing);
        if let Some(end) = end {
            awaited.push(Awaited {
                topic: topic.clone(),
                partition: index,
                end,
                topic_id,
            });
        }
        response
    });
    TopicProduceResponse {
        partition_responses: outcomes.collect(),
        name: data.name,
        topic_id: data.topic_id,
    }
}

/// What is looked at before the coordinator is asked and the partition's leader is looked for.
fn check(call: &Call<'_>, topic: &Arc<str>, data: &PartitionProduceData) -> Result<(), ErrorCode> {
    if let Some(code) = call.injected(topic, data.index) {
        return Err(code);
    }
    if call.state.topics.partition(topic, data.index).is_none() {
        return Err(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
    }
    check_records(call.version, data.records.as_deref().unwrap_or_default())?;
    if is_internal(topic) && *call.client.id != *ADMIN {
        return Err(ErrorCode::INVALID_TOPIC_EXCEPTION);
    }
    Ok(())
}

/// Appends a batch. Returns the answer beside the high watermark that it has to wait for, if it has to.
fn append(
    call: &mut Call<'_>,
    topic: &Arc<str>,
    data: PartitionProduceData,
    producing: &Producing<'_>,
) -> (PartitionProduceResponse, Option<i64>) {
    let index = data.index;
    if let Err(code) = check(call, topic, &data) {
        return (refusal(index, code), None);
    }
    let verification = match verify(call, topic, &data, producing) {
        Ok(verification) => verification,
        Err((code, error_message)) => {
            let refused = PartitionProduceResponse {
                error_message,
                ..refusal(index, code)
            };
            return (refused, None);
        }
    };
    match write(call, topic, data, producing, verification) {
        Ok((response, end)) => (response, end),
        Err(refused) => (refused, None),
    }
}

fn write(
    call: &mut Call<'_>,
    topic: &Arc<str>,
    data: PartitionProduceData,
    producing: &Producing<'_>,
    verification: Verification,
) -> Result<(PartitionProduceResponse, Option<i64>), PartitionProduceResponse> {
    let (broker, now, index, acks) = (call.broker, call.now, data.index, producing.acks);
    let injected = call.injected_after(topic, index);
    let unknown = || refusal(index, ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
    let Topic {
        partitions,
        settings,
        replication,
        ..
    } = call.state.topics.get_mut(topic).ok_or_else(unknown)?;
    let place = usize::try_from(index).ok();
    let partition = place
        .and_then(|place| partitions.get_mut(place))
        .ok_or_else(unknown)?;
    partition
        .check_leader(broker, -1)
        .map_err(|code| refusal(index, code))?;
    if acks == -1 && !partition.has_in_sync(*replication) {
        return Err(refusal(index, ErrorCode::NOT_ENOUGH_REPLICAS));
    }
    if producing.unpacked.get() > UNPACKED_MAX {
        return Err(refusal(index, ErrorCode::MESSAGE_TOO_LARGE));
    }
    let records = data.records.unwrap_or_default();
    let appended = partition
        .log
        .append(now, records, partition.leader_epoch, settings, verification);
    let unpacked = match &appended {
        Ok(appended) => appended.unpacked,
        Err(error) => error.unpacked(),
    };
    producing
        .unpacked
        .set(producing.unpacked.get().saturating_add(unpacked));
    let (start, high_watermark) = (partition.log.start_offset(), partition.high_watermark());
    let appended = appended.map_err(|error| {
        let words = error.record_errors().iter().map(|(_, text)| text.len() + 8);
        match call.spend(words.sum()) {
            Ok(()) => failure(index, &error, start),
            Err(code) => refusal(index, code),
        }
    })?;
    let end = appended.last_offset.saturating_add(1);
    let is_behind = high_watermark < end;
    let response = PartitionProduceResponse {
        index,
        error_code: injected.unwrap_or(ErrorCode::NONE).0,
        base_offset: appended.base_offset,
        log_append_time_ms: appended.append_time,
        log_start_offset: appended.log_start_offset,
        ..PartitionProduceResponse::default()
    };
    let touched = TopicPartition {
        topic: topic.clone(),
        partition: index,
    };
    call.state.fetches.touch(&touched);
    call.state.upkeep.note(now);
    if is_behind {
        call.state.drop_lagging();
    }
    // One that is answered with a fault's error waits for nobody.
    let waits = acks == -1 && is_behind && injected.is_none();
    Ok((response, waits.then_some(end)))
}

/// Why the first batch for some partition cannot be told from the bytes behind it, in Kafka's words: it looks at all of
/// them before anything else.
fn damage(request: &ProduceRequest) -> Option<String> {
    let partitions = request.topic_data.iter().flat_map(|topic| &topic.partition_data);
    let mut records = partitions.filter_map(|partition| partition.records.as_deref());
    records.find_map(|records| first_batch(records).err())
}

/// The bytes of the first batch; none when there is no whole one.
fn first_batch(records: &[u8]) -> Result<Option<&[u8]>, String> {
    let Some(length) = records.get(LENGTH_AT).and_then(|bytes| bytes.try_into().ok()) else {
        return Ok(None);
    };
    let length = i32::from_be_bytes(length);
    if length < MESSAGE_MIN {
        return Err(format!(
            "Record size {length} is less than the minimum record overhead ({MESSAGE_MIN})"
        ));
    }
    match records.get(MAGIC_AT).map(|magic| magic.cast_signed()) {
        Some(0..=2) => {
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            Ok(records.get(..LENGTH_AT.end.saturating_add(length)))
        }
        Some(magic) => Err(format!("Invalid magic found in record: {magic}")),
        None => Ok(None),
    }
}

/// What is looked at before the partition is: that there is a batch, of a format and codec that go with the version.
fn check_records(version: i16, records: &[u8]) -> Result<(), ErrorCode> {
    let Ok(Some(first)) = first_batch(records) else {
        return Err(ErrorCode::INVALID_RECORD);
    };
    if first.get(MAGIC_AT) != Some(&2) {
        return Err(ErrorCode::INVALID_RECORD);
    }
    // Another batch behind the first one; whether that is sound is looked at later.
    let behind = records.len() - first.len();
    if first.len() >= BATCH_MIN && behind > MAGIC_AT {
        return Err(ErrorCode::INVALID_RECORD);
    }
    // KIP-110.
    let codec = records.get(CODEC_AT).map(|attributes| attributes & 7);
    if version < 7 && codec == Some(ZSTD) {
        return Err(ErrorCode::UNSUPPORTED_COMPRESSION_TYPE);
    }
    Ok(())
}

/// What the coordinator says of a transactional batch for a partition that the broker leads.
fn verify(
    call: &mut Call<'_>,
    topic: &Arc<str>,
    data: &PartitionProduceData,
    producing: &Producing<'_>,
) -> Result<Verification, (ErrorCode, Option<String>)> {
    let Some(writes) = writes(call, topic, data, producing.transactional_id) else {
        return Ok(Verification::Unchecked);
    };
    let speaks = speaks(call.version);
    let verified = if speaks == Speaks::Adding {
        producing.additions.verify(call, writes)
    } else {
        verification::verify(call, speaks, writes)
    };
    verified.map_err(|code| verification::in_produce(code, speaks))
}

/// The write that is to be verified: a transactional batch for a partition that the broker leads.
fn writes<'a>(
    call: &Call<'_>,
    topic: &'a Arc<str>,
    data: &PartitionProduceData,
    transactional_id: &'a str,
) -> Option<Writes<'a>> {
    // Who has no producer id is not verified.
    let producer = verification::transactional(data.records.as_ref()).filter(|&(id, _)| id >= 0)?;
    let partition = call.state.topics.partition(topic, data.index)?;
    partition.check_leader(call.broker, -1).ok()?;
    Some(Writes {
        transactional_id,
        producer,
        topic,
        partition: data.index,
    })
}

fn speaks(version: i16) -> Speaks {
    match version {
        ..=10 => Speaks::Old,
        11 => Speaks::Abortable,
        _ => Speaks::Adding,
    }
}

fn has_transactional(request: &ProduceRequest) -> bool {
    let mut partitions = request.topic_data.iter().flat_map(|topic| &topic.partition_data);
    partitions.any(|partition| verification::transactional(partition.records.as_ref()).is_some())
}

fn refusal(index: i32, code: ErrorCode) -> PartitionProduceResponse {
    PartitionProduceResponse {
        index,
        error_code: code.0,
        base_offset: -1,
        ..PartitionProduceResponse::default()
    }
}

fn failure(index: i32, error: &AppendError, log_start_offset: i64) -> PartitionProduceResponse {
    let errors = error.record_errors();
    let says_nothing_of_the_log = matches!(
        error.code(),
        ErrorCode::CORRUPT_MESSAGE
            | ErrorCode::KAFKA_STORAGE_ERROR
            | ErrorCode::MESSAGE_TOO_LARGE
            | ErrorCode::RECORD_LIST_TOO_LARGE
    );
    PartitionProduceResponse {
        log_start_offset: if says_nothing_of_the_log {
            -1
        } else {
            log_start_offset
        },
        // Kafka has words for records alone (KIP-467).
        error_message: (!errors.is_empty()).then(|| error.message().to_owned()),
        record_errors: errors
            .iter()
            .map(|(place, text)| BatchIndexAndErrorMessage {
                batch_index: *place,
                batch_index_error_message: Some(text.clone()),
            })
            .collect(),
        ..refusal(index, error.code())
    }
}

/// The client id that may write to the topics of brokers.
const ADMIN: &str = "__admin_client";

/// The length of what is behind it.
const LENGTH_AT: std::ops::Range<usize> = 8..12;
/// The least of it in any format.
const MESSAGE_MIN: i32 = 14;
/// The least that a batch has.
const BATCH_MIN: usize = 61;
const MAGIC_AT: usize = 16;
/// The lower byte of the attributes.
const CODEC_AT: usize = 22;
const ZSTD: u8 = 4;

fn partitions(response: &ProduceResponse) -> impl Iterator<Item = &PartitionProduceResponse> {
    let topics = response.responses.iter();
    topics.flat_map(|topic| &topic.partition_responses)
}
