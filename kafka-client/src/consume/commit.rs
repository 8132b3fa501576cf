//! Commits offsets: one request under way at a time, so that an older commit never overtakes a newer one. What is
//! asked for meanwhile goes together in the next request.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use protocol::messages::offset_commit::{
    OffsetCommitRequest, OffsetCommitRequestPartition, OffsetCommitRequestTopic, OffsetCommitResponse,
};
use protocol::{ErrorCode, Message, Uuid, VersionRange};

use super::error::CommitError;
use super::position::{CommittedOffset, Position};
use super::settings::Settings;
use crate::cluster::{CoordinatorKind, Lane, Metadata, Target, TopicPartition};
use crate::connection::{Answer, Ask, Capped};
use crate::error::{BrokerError, Class, RequestError};
use crate::machine::Wish;
use crate::mutant::{self, Mutant};
use crate::oneshot::Promise;
use crate::time::{Backoff, Moment};

/// Offsets by partition.
pub type Offsets = BTreeMap<TopicPartition, CommittedOffset>;

/// As whom a consumer commits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Committing {
    /// The member's id; empty without a membership.
    pub(crate) member: Arc<str>,
    /// Its generation; -1 without a membership.
    pub(crate) generation: i32,
    /// Its static name.
    pub(crate) instance: Option<Arc<str>>,
}

/// What the rest of the consumer has to know of an answer.
#[derive(Debug, Default)]
pub(crate) struct CommitOutcome {
    pub(crate) wishes: Vec<Wish>,
    /// The coordinator does not know the member that committed.
    pub(crate) fenced: Option<(Committing, ErrorCode)>,
}

/// Commits for one consumer.
#[derive(Debug)]
pub(crate) struct Committer {
    group: Arc<str>,
    tag_base: u64,
    next_tag: u64,
    next_job: u64,
    queue: VecDeque<Job>,
    flight: Option<Flight>,
    backoff: Backoff,
    retry_at: Option<Moment>,
    rng: fastrand::Rng,
    /// What was committed last, as far as this consumer did it.
    committed: BTreeMap<TopicPartition, Position>,
}

#[derive(Debug)]
struct Job {
    number: u64,
    /// What is not committed yet.
    offsets: Offsets,
    /// What was refused for good.
    refused: BTreeMap<TopicPartition, BrokerError>,
    /// Some of it is committed.
    begun: bool,
    reply: Option<Promise<Result<(), CommitError>>>,
    until: Moment,
}

#[derive(Debug)]
struct Flight {
    tag: u64,
    as_whom: Committing,
    jobs: Vec<Job>,
    names: BTreeMap<Uuid, Arc<str>>,
}

impl Committer {
    /// The marks of its asks have the bits of `tag_base` set.
    pub(crate) fn new(group: Arc<str>, settings: &Settings, tag_base: u64, rng: fastrand::Rng) -> Self {
        Self {
            group,
            tag_base,
            next_tag: 0,
            next_job: 0,
            queue: VecDeque::new(),
            flight: None,
            backoff: settings.backoff(),
            retry_at: None,
            rng,
            committed: BTreeMap::new(),
        }
    }

    /// Commits `offsets`; the reply is given when the coordinator has answered, or at `until`. Gives the number by which
    /// it can be asked whether that [is done](Self::is_done_until).
    pub(crate) fn commit(
        &mut self,
        offsets: Offsets,
        until: Moment,
        reply: Option<Promise<Result<(), CommitError>>>,
    ) -> u64 {
        self.next_job += 1;
        if offsets.is_empty() {
            if let Some(reply) = reply {
                reply.keep(Ok(()));
            }
            return self.next_job;
        }
        self.queue.push_back(Job {
            number: self.next_job,
            offsets,
            refused: BTreeMap::new(),
            begun: false,
            reply,
            until,
        });
        self.next_job
    }

    /// Commits those of `positions` that moved since the last commit.
    pub(crate) fn commit_positions(
        &mut self,
        positions: BTreeMap<TopicPartition, Position>,
        until: Moment,
    ) -> u64 {
        let moved = positions
            .into_iter()
            .filter(|(partition, position)| self.committed.get(partition) != Some(position));
        let offsets: Offsets = moved
            .map(|(partition, position)| (partition, position.into()))
            .collect();
        self.commit(offsets, until, None)
    }

    /// Whether a commit, and all that were called for before it, succeeded or failed for good.
    pub(crate) fn is_done_until(&self, number: u64) -> bool {
        let under_way = self.flight.iter().flat_map(|flight| &flight.jobs);
        !under_way.chain(&self.queue).any(|job| job.number <= number)
    }

    /// Takes note that what was committed of a partition is no longer this consumer's business.
    pub(crate) fn forget(&mut self, partition: &TopicPartition) {
        self.committed.remove(partition);
    }

    /// Whether nothing is left to commit.
    pub(crate) fn is_idle(&self) -> bool {
        self.flight.is_none() && self.queue.is_empty()
    }

    /// When it wants to plan again although nothing happened.
    pub(crate) fn next_deadline(&self) -> Option<Moment> {
        self.retry_at
            .filter(|_| self.flight.is_none() && !self.queue.is_empty())
    }

    /// Fails what waits, because the consumer lost its membership or is closed.
    pub(crate) fn fail_all(&mut self, error: &CommitError) {
        let under_way = self.flight.take().map(|flight| flight.jobs).unwrap_or_default();
        for job in under_way.into_iter().chain(std::mem::take(&mut self.queue)) {
            answer_job(job, Err(error.clone()));
        }
    }

    /// Sends what waits, if nothing is under way.
    pub(crate) fn plan(
        &mut self,
        now: Moment,
        metadata: &Metadata,
        settings: &Settings,
        as_whom: Committing,
    ) -> Option<Wish> {
        if self.flight.is_some() || self.queue.is_empty() || self.retry_at.is_some_and(|at| at > now) {
            return None;
        }
        self.retry_at = None;
        let jobs: Vec<Job> = std::mem::take(&mut self.queue).into();
        let mut topics: BTreeMap<Arc<str>, BTreeMap<i32, &CommittedOffset>> = BTreeMap::new();
        for job in &jobs {
            // Later jobs replace what earlier ones say of the same partition.
            for (partition, offset) in &job.offsets {
                topics
                    .entry(partition.topic.clone())
                    .or_default()
                    .insert(partition.partition, offset);
            }
        }
        let id_of = |name: &str| metadata.topic(name).map_or(Uuid::ZERO, |topic| topic.id);
        let names: BTreeMap<Uuid, Arc<str>> = topics.keys().map(|name| (id_of(name), name.clone())).collect();
        let all_have_ids = !names.contains_key(&Uuid::ZERO);
        let request = OffsetCommitRequest {
            group_id: self.group.to_string(),
            generation_id_or_member_epoch: as_whom.generation,
            member_id: as_whom.member.to_string(),
            group_instance_id: as_whom.instance.as_deref().map(str::to_owned),
            topics: topics
                .into_iter()
                .map(|(name, partitions)| OffsetCommitRequestTopic {
                    topic_id: id_of(&name),
                    name: name.to_string(),
                    partitions: partitions.into_iter().map(wire_partition).collect(),
                })
                .collect(),
            ..OffsetCommitRequest::default()
        };
        let all = OffsetCommitRequest::VERSIONS;
        let versions = VersionRange {
            first: all.first,
            last: if all_have_ids { all.last } else { 9 },
        };
        self.next_tag += 1;
        let tag = self.tag_base | self.next_tag;
        let longest = jobs
            .iter()
            .map(|job| job.until.since(now))
            .max()
            .unwrap_or_default();
        let timeout = settings.request_timeout.min(longest.max(settings.retry_backoff));
        self.flight = Some(Flight {
            tag,
            as_whom,
            jobs,
            names,
        });
        let target = Target::Coordinator(CoordinatorKind::Group, self.group.clone());
        // Not the group's connection: a join that waits there would hold the commit up.
        Some(Wish::Send(Ask::new(
            tag,
            target,
            Lane::Control,
            Capped { request, versions },
            timeout,
        )))
    }

    /// When one of its asks was answered.
    pub(crate) fn handle_answer(
        &mut self,
        now: Moment,
        as_whom: Option<&Committing>,
        answer: Answer,
    ) -> CommitOutcome {
        let mut outcome = CommitOutcome::default();
        let Some(flight) = self.flight.take_if(|flight| flight.tag == answer.tag) else {
            return outcome;
        };
        let response = match answer
            .outcome
            .and_then(|reply| reply.decode::<OffsetCommitResponse>())
        {
            Ok(response) => response,
            Err(error) => {
                if matches!(error.class(), Class::Retry | Class::Reroute) {
                    outcome.wishes.push(self.forget_coordinator());
                    self.retry(now, flight.jobs, Why::Unanswered(error));
                } else {
                    self.give_up(flight.jobs, &Why::Unanswered(error));
                }
                return outcome;
            }
        };
        let mut refused: BTreeMap<TopicPartition, ErrorCode> = BTreeMap::new();
        for topic in response.topics {
            let name = match flight
                .names
                .get(&topic.topic_id)
                .filter(|_| topic.topic_id != Uuid::ZERO)
            {
                Some(name) => name.clone(),
                None => Arc::from(topic.name),
            };
            for partition in topic.partitions {
                if partition.error_code != 0 {
                    let code = ErrorCode(partition.error_code);
                    refused.insert(TopicPartition::new(name.clone(), partition.partition_index), code);
                }
            }
        }
        if let Some(code) = refused.values().copied().find(|code| concerns_all(*code)) {
            self.handle_refusal(now, flight, as_whom, code, &mut outcome);
            return outcome;
        }
        let mut again = Vec::new();
        let mut why = None;
        for mut job in flight.jobs {
            let automatic = job.reply.is_none();
            for (partition, offset) in std::mem::take(&mut job.offsets) {
                match refused.get(&partition).copied() {
                    None => {
                        job.begun = true;
                        self.committed.insert(partition, offset.position);
                    }
                    Some(code) if may_pass(code, automatic) => {
                        why = Some(code);
                        job.offsets.insert(partition, offset);
                    }
                    Some(code) => {
                        job.refused.insert(partition, BrokerError::from(code));
                    }
                }
            }
            if !job.offsets.is_empty() {
                again.push(job);
                continue;
            }
            let result = match job.refused.is_empty() {
                true => Ok(()),
                false => Err(CommitError::Partial {
                    refused: std::mem::take(&mut job.refused),
                }),
            };
            answer_job(job, result);
        }
        match why {
            Some(code) => {
                outcome.wishes.push(Wish::Refresh);
                self.retry(now, again, Why::Refused(code));
            }
            None => self.backoff.reset(),
        }
        outcome
    }

    /// Deals with a code that says the same of every partition.
    fn handle_refusal(
        &mut self,
        now: Moment,
        flight: Flight,
        as_whom: Option<&Committing>,
        code: ErrorCode,
        outcome: &mut CommitOutcome,
    ) {
        let group = self.group.to_string();
        match code {
            ErrorCode::NOT_COORDINATOR
            | ErrorCode::COORDINATOR_NOT_AVAILABLE
            | ErrorCode::REQUEST_TIMED_OUT => {
                outcome.wishes.push(self.forget_coordinator());
                self.retry(now, flight.jobs, Why::Refused(code));
            }
            ErrorCode::COORDINATOR_LOAD_IN_PROGRESS => self.retry(now, flight.jobs, Why::Refused(code)),
            ErrorCode::REBALANCE_IN_PROGRESS => {
                answer_jobs(flight.jobs, &CommitError::Rebalancing { group });
            }
            ErrorCode::ILLEGAL_GENERATION | ErrorCode::UNKNOWN_MEMBER_ID | ErrorCode::FENCED_INSTANCE_ID => {
                if mutant::is(Mutant::TrustStaleCommit) {
                    return flight.jobs.into_iter().for_each(|job| answer_job(job, Ok(())));
                }
                // A rebalance that went on meanwhile made the generation old; the member itself is well.
                let moved_on = as_whom.is_some_and(|present| *present != flight.as_whom);
                let error = match moved_on {
                    true => CommitError::Rebalancing { group },
                    false => CommitError::Fenced {
                        group,
                        source: Some(BrokerError::from(code)),
                    },
                };
                if !moved_on {
                    outcome.fenced = Some((flight.as_whom.clone(), code));
                }
                answer_jobs(flight.jobs, &error);
            }
            code => answer_jobs(
                flight.jobs,
                &CommitError::Refused {
                    group,
                    source: BrokerError::from(code),
                },
            ),
        }
    }

    /// Puts jobs back to the front; those whose time is over fail.
    fn retry(&mut self, now: Moment, jobs: Vec<Job>, why: Why) {
        let at = now + self.backoff.next(&mut self.rng);
        self.retry_at = Some(at);
        let (again, over): (Vec<_>, Vec<_>) = jobs.into_iter().partition(|job| job.until > at);
        for job in again.into_iter().rev() {
            self.queue.push_front(job);
        }
        let (begun, whole): (Vec<_>, Vec<_>) = over
            .into_iter()
            .partition(|job| job.begun || !job.refused.is_empty());
        self.give_up(whole, &why);
        for mut job in begun {
            match &why {
                Why::Refused(code) => {
                    let mut refused = std::mem::take(&mut job.refused);
                    let rest = std::mem::take(&mut job.offsets).into_keys();
                    refused.extend(rest.map(|partition| (partition, BrokerError::from(*code))));
                    answer_job(job, Err(CommitError::Partial { refused }));
                }
                Why::Unanswered(_) => self.give_up(vec![job], &why),
            }
        }
    }

    fn give_up(&self, jobs: Vec<Job>, why: &Why) {
        let group = self.group.to_string();
        let error = match why {
            Why::Refused(code) => CommitError::Refused {
                group,
                source: BrokerError::from(*code),
            },
            Why::Unanswered(error) => CommitError::Unanswered {
                group,
                source: error.clone(),
            },
        };
        answer_jobs(jobs, &error);
    }

    fn forget_coordinator(&self) -> Wish {
        Wish::ForgetCoordinator(CoordinatorKind::Group, self.group.clone())
    }
}

/// Whether a refusal of one partition is worth another try. What nobody waits for is not tried again for a topic that is
/// gone: should the broker only be behind, the next automatic commit makes up for it.
fn may_pass(code: ErrorCode, automatic: bool) -> bool {
    let gone = matches!(
        code,
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION | ErrorCode::UNKNOWN_TOPIC_ID
    );
    (code.is_retriable() || code.refreshes_metadata()) && !(gone && automatic)
}

enum Why {
    Refused(ErrorCode),
    Unanswered(RequestError),
}

fn concerns_all(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::NOT_COORDINATOR
            | ErrorCode::COORDINATOR_NOT_AVAILABLE
            | ErrorCode::COORDINATOR_LOAD_IN_PROGRESS
            | ErrorCode::REQUEST_TIMED_OUT
            | ErrorCode::REBALANCE_IN_PROGRESS
            | ErrorCode::ILLEGAL_GENERATION
            | ErrorCode::UNKNOWN_MEMBER_ID
            | ErrorCode::FENCED_INSTANCE_ID
            | ErrorCode::GROUP_AUTHORIZATION_FAILED
            | ErrorCode::INVALID_GROUP_ID
    )
}

fn wire_partition((index, offset): (i32, &CommittedOffset)) -> OffsetCommitRequestPartition {
    OffsetCommitRequestPartition {
        partition_index: index,
        committed_offset: offset.position.offset,
        committed_leader_epoch: offset.position.epoch_code(),
        committed_metadata: Some(offset.metadata.clone()),
    }
}

fn answer_jobs(jobs: Vec<Job>, error: &CommitError) {
    for job in jobs {
        answer_job(job, Err(error.clone()));
    }
}

fn answer_job(job: Job, result: Result<(), CommitError>) {
    match (job.reply, result) {
        (Some(reply), result) => reply.keep(result),
        (None, Err(error)) => tracing::warn!(%error, "an automatic commit failed"),
        (None, Ok(())) => {}
    }
}
