//! Fetch: reads batches from the logs of partitions that the broker leads, and waits for them if need be.

use protocol::ErrorCode;
use protocol::messages::fetch::{
    AbortedTransaction, EpochEndOffset, FetchPartition, FetchRequest, FetchResponse, FetchTopic,
    FetchableTopicResponse, LeaderIdAndEpoch, NodeEndpoint, PartitionData,
};

use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::state::{Partition, State, TopicPartition, WaitingFetch};
use crate::time::{Now, millis};

impl Handle for FetchRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<FetchResponse> {
        let (response, ready) = read(
            call.state,
            call.broker,
            call.version,
            &self,
            |topic, partition| call.injected(topic, partition),
        );
        let wait = millis(self.max_wait_ms.into()).unwrap_or_default();
        if ready || wait.is_zero() {
            return Reply::Now(response);
        }
        let subjects = self.subjects(call.state);
        let partitions = subjects.into_iter().filter_map(|subject| {
            let partition = subject.partition?;
            let topic = subject.topic;
            Some(TopicPartition { topic, partition })
        });
        let partitions = partitions.collect();
        let Some(ticket) = call.take_ticket() else {
            return Reply::Now(response);
        };
        let work = WaitingFetch {
            broker: call.broker,
            request: self,
        };
        call.state
            .fetches
            .park(ticket, work, call.now.elapsed + wait, partitions);
        Reply::Later
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> FetchResponse {
        FetchResponse {
            error_code: code.0,
            ..FetchResponse::default()
        }
    }

    fn subjects(&self, state: &State) -> Vec<Subject> {
        let topics = self.topics.iter().filter_map(|asked| {
            let topic = state.topics.find(&asked.topic, asked.topic_id).ok()?;
            Some((topic, &asked.partitions))
        });
        topics
            .flat_map(|(topic, partitions)| {
                partitions.iter().map(|asked| Subject {
                    topic: topic.name.clone(),
                    partition: Some(asked.partition),
                })
            })
            .collect()
    }
}

/// Answers the fetches for which something happened, and those that have waited long enough.
pub(crate) fn retry(now: Now, state: &mut State) {
    let mut again = Vec::new();
    while let Some(parked) = state.fetches.take_ready(now.elapsed) {
        let WaitingFetch { broker, request } = &parked.work;
        let (response, ready) = read(state, *broker, parked.ticket.version, request, |_, _| None);
        if ready || parked.deadline <= now.elapsed {
            state.answers.give(parked.ticket, response);
        } else {
            again.push(parked);
        }
    }
    for parked in again {
        state.fetches.park_again(parked);
    }
}

/// Reads what is there. Returns the answer, and whether it need not wait for more.
fn read(
    state: &State,
    broker: i32,
    version: i16,
    request: &FetchRequest,
    injected: impl Fn(&str, i32) -> Option<ErrorCode>,
) -> (FetchResponse, bool) {
    let mut response = FetchResponse::default();
    let mut reading = Reading {
        left: usize::try_from(request.max_bytes).unwrap_or(0),
        bytes: 0,
        failed: false,
        version,
        committed: request.isolation_level == 1,
    };
    for asked in &request.topics {
        let partitions = asked
            .partitions
            .iter()
            .map(|partition| reading.partition(state, broker, asked, partition, &injected));
        response.responses.push(FetchableTopicResponse {
            partitions: partitions.collect(),
            topic: asked.topic.clone(),
            topic_id: asked.topic_id,
        });
    }
    if version >= 16 {
        name_endpoints(state, &mut response);
    }
    let enough = usize::try_from(request.min_bytes).unwrap_or(0);
    let ready = reading.failed || reading.bytes >= enough;
    (response, ready)
}

/// What was read so far of one answer.
struct Reading {
    left: usize,
    bytes: usize,
    /// Whether the answer says something that the client must know at once.
    failed: bool,
    version: i16,
    committed: bool,
}

impl Reading {
    fn partition(
        &mut self,
        state: &State,
        broker: i32,
        topic: &FetchTopic,
        asked: &FetchPartition,
        injected: impl Fn(&str, i32) -> Option<ErrorCode>,
    ) -> PartitionData {
        let found = state.topics.find(&topic.topic, topic.topic_id).and_then(|topic| {
            let partition = topic.partition(asked.partition);
            let partition = partition.ok_or(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)?;
            injected(&topic.name, asked.partition).map_or(Ok(partition), Err)
        });
        let partition = match found {
            Ok(partition) => partition,
            Err(code) => return self.refuse(asked, code),
        };
        if let Err(code) = partition.check_leader(broker, asked.current_leader_epoch) {
            if self.version < 12 {
                return self.refuse(asked, code);
            }
            return PartitionData {
                current_leader: LeaderIdAndEpoch {
                    leader_id: partition.leader.unwrap_or(-1),
                    leader_epoch: partition.leader_epoch,
                },
                ..self.refuse(asked, code)
            };
        }
        self.read(partition, asked)
    }

    fn read(&mut self, partition: &Partition, asked: &FetchPartition) -> PartitionData {
        let (log, high_watermark) = (&partition.log, partition.high_watermark());
        let bounds = PartitionData {
            partition_index: asked.partition,
            high_watermark,
            last_stable_offset: log.last_stable_offset(),
            log_start_offset: log.start_offset(),
            ..PartitionData::default()
        };
        if let Some((epoch, end_offset)) = divergence(partition, asked) {
            self.failed = true;
            return PartitionData {
                diverging_epoch: EpochEndOffset { epoch, end_offset },
                ..bounds
            };
        }
        let up_to = if self.committed {
            log.last_stable_offset()
        } else {
            high_watermark
        };
        let limit = usize::try_from(asked.partition_max_bytes)
            .unwrap_or(0)
            .min(self.left);
        // The first batch of an answer is given whole, however large it is (KIP-74).
        let records = match log.read(asked.fetch_offset, limit, self.bytes == 0, up_to) {
            Ok(records) => records,
            Err(error) => {
                return PartitionData {
                    log_start_offset: log.start_offset(),
                    ..self.refuse(asked, error.code())
                };
            }
        };
        self.bytes += records.len();
        self.left = self.left.saturating_sub(records.len());
        let aborted = self.committed.then(|| {
            let aborted = log.aborted(asked.fetch_offset, up_to).into_iter();
            aborted
                .map(|one| AbortedTransaction {
                    producer_id: one.producer_id,
                    first_offset: one.first_offset,
                })
                .collect()
        });
        PartitionData {
            aborted_transactions: aborted,
            records: Some(records),
            ..bounds
        }
    }

    fn refuse(&mut self, asked: &FetchPartition, code: ErrorCode) -> PartitionData {
        self.failed = true;
        PartitionData {
            partition_index: asked.partition,
            error_code: code.0,
            high_watermark: -1,
            ..PartitionData::default()
        }
    }
}

/// Where the client's log of the last epoch it fetched parts from this one (KIP-595), if it does.
fn divergence(partition: &Partition, asked: &FetchPartition) -> Option<(i32, i64)> {
    let fetched = asked.last_fetched_epoch;
    if fetched < 0 {
        return None;
    }
    let (epoch, end) = partition.log.epoch_end(fetched);
    (epoch < fetched || end < asked.fetch_offset).then_some((epoch, end))
}

/// Says where the leaders are that the answer names (KIP-951).
fn name_endpoints(state: &State, response: &mut FetchResponse) {
    let partitions = response.responses.iter().flat_map(|topic| &topic.partitions);
    let mut leaders: Vec<i32> = partitions
        .map(|partition| partition.current_leader.leader_id)
        .filter(|&id| id >= 0)
        .collect();
    leaders.sort_unstable();
    leaders.dedup();
    let brokers = leaders.into_iter().filter_map(|id| state.brokers.get(id));
    response.node_endpoints = brokers
        .map(|broker| NodeEndpoint {
            node_id: broker.id,
            host: broker.host.to_string(),
            port: broker.port.into(),
            rack: broker.rack.as_deref().map(str::to_owned),
        })
        .collect();
}
