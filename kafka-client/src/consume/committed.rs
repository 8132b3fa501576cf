//! Looks up committed offsets: for partitions that start from them, and for callers that ask.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use protocol::frame::encode_request;
use protocol::messages::offset_fetch::{
    OffsetFetchRequest, OffsetFetchRequestGroup, OffsetFetchRequestTopic, OffsetFetchRequestTopics,
    OffsetFetchResponse,
};
use protocol::wire::{EncodeError, Frame};
use protocol::{ApiKey, ErrorCode, Message, Request, Uuid, VersionRange};

use super::commit::Offsets;
use super::error::{CommitError, ConsumeError};
use super::partitions::Partitions;
use super::position::{CommittedOffset, Position};
use super::settings::Settings;
use crate::cluster::{CoordinatorKind, Lane, Metadata, Target, TopicPartition};
use crate::connection::{Answer, Ask, Body};
use crate::error::{BrokerError, Class, RequestError};
use crate::machine::Wish;
use crate::oneshot::Promise;
use crate::time::{Backoff, Moment, earliest};

/// Looks up the committed offsets of one group.
#[derive(Debug)]
pub(crate) struct Lookup {
    group: Arc<str>,
    tag_base: u64,
    next_tag: u64,
    flight: Option<Flight>,
    queries: Vec<Query>,
    backoff: Backoff,
    retry_at: Option<Moment>,
    rng: fastrand::Rng,
}

#[derive(Debug)]
struct Query {
    partitions: BTreeSet<TopicPartition>,
    until: Moment,
    reply: Promise<Result<Offsets, CommitError>>,
}

#[derive(Debug)]
struct Flight {
    tag: u64,
    asked: BTreeSet<TopicPartition>,
    names: BTreeMap<Uuid, Arc<str>>,
}

/// What became of a partition in an answer.
type Found = BTreeMap<TopicPartition, Result<Option<CommittedOffset>, ErrorCode>>;

impl Lookup {
    /// The marks of its asks have the bits of `tag_base` set.
    pub(crate) fn new(group: Arc<str>, settings: &Settings, tag_base: u64, rng: fastrand::Rng) -> Self {
        Self {
            group,
            tag_base,
            next_tag: 0,
            flight: None,
            queries: Vec::new(),
            backoff: settings.backoff(),
            retry_at: None,
            rng,
        }
    }

    /// Answers a caller that asks what is committed. Partitions without a committed offset are left out.
    pub(crate) fn query(
        &mut self,
        partitions: BTreeSet<TopicPartition>,
        until: Moment,
        reply: Promise<Result<Offsets, CommitError>>,
    ) {
        self.queries.push(Query {
            partitions,
            until,
            reply,
        });
    }

    /// When it wants to plan again although nothing happened.
    pub(crate) fn next_deadline(&self) -> Option<Moment> {
        let give_up = self.queries.iter().map(|query| query.until).min();
        earliest(self.retry_at.filter(|_| self.flight.is_none()), give_up)
    }

    /// Asks for all that is waited for, if nothing is under way.
    pub(crate) fn plan(&mut self, now: Moment, metadata: &Metadata, partitions: &Partitions) -> Option<Wish> {
        self.expire(now);
        if self.flight.is_some() || self.retry_at.is_some_and(|at| at > now) {
            return None;
        }
        self.retry_at = None;
        let mut asked: BTreeSet<TopicPartition> = partitions.uncommitted().cloned().collect();
        asked.extend(
            self.queries
                .iter()
                .flat_map(|query| query.partitions.iter().cloned()),
        );
        if asked.is_empty() {
            return None;
        }
        let mut topics: BTreeMap<Arc<str>, Vec<i32>> = BTreeMap::new();
        for partition in &asked {
            topics
                .entry(partition.topic.clone())
                .or_default()
                .push(partition.partition);
        }
        let topics: Vec<_> = topics
            .into_iter()
            .map(|(name, partitions)| {
                let id = metadata.topic(&name).map_or(Uuid::ZERO, |topic| topic.id);
                (name, id, partitions)
            })
            .collect();
        let names = topics.iter().map(|(name, id, _)| (*id, name.clone())).collect();
        self.next_tag += 1;
        let tag = self.tag_base | self.next_tag;
        self.flight = Some(Flight { tag, asked, names });
        let body = CommittedOf {
            group: self.group.clone(),
            topics,
        };
        let target = Target::Coordinator(CoordinatorKind::Group, self.group.clone());
        let timeout = partitions.settings.request_timeout;
        Some(Wish::Send(Ask::new(tag, target, Lane::Control, body, timeout)))
    }

    /// When one of its asks was answered.
    pub(crate) fn handle_answer(
        &mut self,
        now: Moment,
        metadata: &Metadata,
        partitions: &mut Partitions,
        answer: Answer,
    ) -> Vec<Wish> {
        let Some(flight) = self.flight.take_if(|flight| flight.tag == answer.tag) else {
            return Vec::new();
        };
        let mut wishes = Vec::new();
        match answer
            .outcome
            .and_then(|reply| reply.decode::<OffsetFetchResponse>())
        {
            Ok(response) => match read(response, &flight.names, &self.group) {
                Ok(found) => self.settle(now, metadata, partitions, &flight.asked, found, &mut wishes),
                Err(code) => self.refused(now, partitions, &flight.asked, code, &mut wishes),
            },
            Err(error) => self.unanswered(now, partitions, &flight.asked, error, &mut wishes),
        }
        wishes
    }

    fn settle(
        &mut self,
        now: Moment,
        metadata: &Metadata,
        partitions: &mut Partitions,
        asked: &BTreeSet<TopicPartition>,
        found: Found,
        wishes: &mut Vec<Wish>,
    ) {
        let mut incomplete = false;
        for partition in asked {
            match found.get(partition) {
                Some(Ok(committed)) => {
                    let position = committed.as_ref().map(|committed| committed.position);
                    partitions.handle_committed(now, metadata, partition, position);
                }
                Some(Err(code)) if !code.is_retriable() && !code.refreshes_metadata() => {
                    refuse(partitions, partition, *code);
                    incomplete = true;
                }
                // The offset is part of a transaction that is not decided yet (KIP-447), or the topic's id is not known.
                Some(Err(_)) | None => {
                    wishes.push(Wish::Refresh);
                    incomplete = true;
                }
            }
        }
        match incomplete {
            true => self.later(now),
            false => self.backoff.reset(),
        }
        let decided = |partition: &TopicPartition| matches!(found.get(partition), Some(Ok(_)));
        let lasting = |partition: &TopicPartition| match found.get(partition) {
            Some(Err(code)) if !code.is_retriable() && !code.refreshes_metadata() => Some(*code),
            _ => None,
        };
        for query in std::mem::take(&mut self.queries) {
            if let Some(code) = query.partitions.iter().find_map(lasting) {
                query.reply.keep(Err(CommitError::Refused {
                    group: self.group.to_string(),
                    source: BrokerError::from(code),
                }));
                continue;
            }
            if !query.partitions.iter().all(decided) {
                self.queries.push(query);
                continue;
            }
            let of_query = query
                .partitions
                .iter()
                .filter_map(|partition| match found.get(partition) {
                    Some(Ok(Some(committed))) => Some((partition.clone(), committed.clone())),
                    _ => None,
                });
            let offsets = of_query.collect();
            query.reply.keep(Ok(offsets));
        }
    }

    fn refused(
        &mut self,
        now: Moment,
        partitions: &mut Partitions,
        asked: &BTreeSet<TopicPartition>,
        code: ErrorCode,
        wishes: &mut Vec<Wish>,
    ) {
        match code {
            ErrorCode::NOT_COORDINATOR | ErrorCode::COORDINATOR_NOT_AVAILABLE => {
                wishes.push(Wish::ForgetCoordinator(
                    CoordinatorKind::Group,
                    self.group.clone(),
                ));
            }
            code if code.is_retriable() => {}
            code => {
                for partition in asked {
                    refuse(partitions, partition, code);
                }
                let error = CommitError::Refused {
                    group: self.group.to_string(),
                    source: BrokerError::from(code),
                };
                self.fail_all(&error);
            }
        }
        self.later(now);
    }

    fn unanswered(
        &mut self,
        now: Moment,
        partitions: &mut Partitions,
        asked: &BTreeSet<TopicPartition>,
        error: RequestError,
        wishes: &mut Vec<Wish>,
    ) {
        wishes.push(Wish::ForgetCoordinator(
            CoordinatorKind::Group,
            self.group.clone(),
        ));
        if !matches!(error.class(), Class::Retry | Class::Reroute) {
            for partition in asked {
                let told = ConsumeError::Unreachable {
                    partition: partition.clone(),
                    source: error.clone(),
                };
                partitions.show_of(partition, ErrorCode::COORDINATOR_NOT_AVAILABLE, told);
            }
            self.fail_all(&CommitError::Unanswered {
                group: self.group.to_string(),
                source: error,
            });
        }
        self.later(now);
    }

    /// Fails all callers that wait.
    pub(crate) fn fail_all(&mut self, error: &CommitError) {
        for query in std::mem::take(&mut self.queries) {
            query.reply.keep(Err(error.clone()));
        }
    }

    fn expire(&mut self, now: Moment) {
        let group = self.group.to_string();
        let (over, queries): (Vec<_>, Vec<_>) = std::mem::take(&mut self.queries)
            .into_iter()
            .partition(|query| query.until <= now);
        self.queries = queries;
        for query in over {
            let source = BrokerError::from(ErrorCode::REQUEST_TIMED_OUT);
            query.reply.keep(Err(CommitError::Refused {
                group: group.clone(),
                source,
            }));
        }
    }

    fn later(&mut self, now: Moment) {
        self.retry_at = Some(now + self.backoff.next(&mut self.rng));
    }
}

fn refuse(partitions: &mut Partitions, partition: &TopicPartition, code: ErrorCode) {
    let source = BrokerError::from(code);
    let error = ConsumeError::Refused {
        partition: partition.clone(),
        offset: None,
        source,
    };
    partitions.show_of(partition, code, error);
}

/// An OffsetFetch, which is said in one of two ways depending on the version.
#[derive(Debug)]
struct CommittedOf {
    group: Arc<str>,
    topics: Vec<(Arc<str>, Uuid, Vec<i32>)>,
}

impl Body for CommittedOf {
    fn key(&self) -> ApiKey {
        OffsetFetchRequest::KEY
    }

    fn versions(&self) -> VersionRange {
        let all = OffsetFetchRequest::VERSIONS;
        let all_have_ids = self.topics.iter().all(|(_, id, _)| *id != Uuid::ZERO);
        VersionRange {
            first: all.first,
            last: if all_have_ids { all.last } else { 9 },
        }
    }

    fn encode(&self, correlation_id: i32, client_id: &str, version: i16) -> Result<Frame, EncodeError> {
        let mut request = OffsetFetchRequest {
            require_stable: version >= 7,
            ..OffsetFetchRequest::default()
        };
        if version < 8 {
            let topics = self
                .topics
                .iter()
                .map(|(name, _, partitions)| OffsetFetchRequestTopic {
                    name: name.to_string(),
                    partition_indexes: partitions.clone(),
                });
            request.group_id = self.group.to_string();
            request.topics = Some(topics.collect());
        } else {
            let topics = self
                .topics
                .iter()
                .map(|(name, id, partitions)| OffsetFetchRequestTopics {
                    name: name.to_string(),
                    topic_id: *id,
                    partition_indexes: partitions.clone(),
                });
            request.groups = vec![OffsetFetchRequestGroup {
                group_id: self.group.to_string(),
                topics: Some(topics.collect()),
                ..OffsetFetchRequestGroup::default()
            }];
        }
        encode_request(correlation_id, Some(client_id), version, &request)
    }
}

fn read(
    response: OffsetFetchResponse,
    names: &BTreeMap<Uuid, Arc<str>>,
    group: &str,
) -> Result<Found, ErrorCode> {
    ErrorCode(response.error_code).ok()?;
    let mut found = Found::new();
    for topic in response.topics {
        let name: Arc<str> = Arc::from(topic.name);
        for partition in topic.partitions {
            found.insert(
                TopicPartition::new(name.clone(), partition.partition_index),
                outcome(
                    partition.error_code,
                    partition.committed_offset,
                    partition.committed_leader_epoch,
                    partition.metadata,
                ),
            );
        }
    }
    for of_group in response
        .groups
        .into_iter()
        .filter(|of_group| of_group.group_id == group)
    {
        ErrorCode(of_group.error_code).ok()?;
        for topic in of_group.topics {
            let name = match names
                .get(&topic.topic_id)
                .filter(|_| topic.topic_id != Uuid::ZERO)
            {
                Some(name) => name.clone(),
                None => Arc::from(topic.name),
            };
            for partition in topic.partitions {
                found.insert(
                    TopicPartition::new(name.clone(), partition.partition_index),
                    outcome(
                        partition.error_code,
                        partition.committed_offset,
                        partition.committed_leader_epoch,
                        partition.metadata,
                    ),
                );
            }
        }
    }
    Ok(found)
}

fn outcome(
    code: i16,
    offset: i64,
    leader_epoch: i32,
    metadata: Option<String>,
) -> Result<Option<CommittedOffset>, ErrorCode> {
    ErrorCode(code).ok()?;
    let position = Position {
        offset,
        leader_epoch: Some(leader_epoch).filter(|epoch| *epoch >= 0),
    };
    Ok((offset >= 0).then(|| CommittedOffset {
        position,
        metadata: metadata.unwrap_or_default(),
    }))
}
