//! CreatePartitions: more partitions for topics that are there.

use protocol::ErrorCode;
use protocol::messages::create_partitions::{
    CreatePartitionsRequest, CreatePartitionsResponse, CreatePartitionsTopic, CreatePartitionsTopicResult,
};
use rustc_hash::FxHashMap;

use super::create_topics::CHANGES_MAX;
use super::placement::{check_alive, check_chosen, place};
use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::security::acl::Operation;
use crate::state::{Change, State, partition_count};

impl Handle for CreatePartitionsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<CreatePartitionsResponse> {
        let mut named: FxHashMap<String, usize> = FxHashMap::default();
        for topic in &self.topics {
            *named.entry(topic.name.clone()).or_default() += 1;
        }
        let mut results = Vec::new();
        let mut plans = Vec::new();
        for topic in self.topics {
            match named.get_mut(&topic.name) {
                Some(1) => plans.push(topic),
                // Said once, however often it is there.
                Some(times @ 2..) => {
                    *times = 0;
                    let refusal = Refusal::new(ErrorCode::INVALID_REQUEST, "Duplicate topic name.");
                    results.push(result(topic.name, Some(refusal)));
                }
                _ => {}
            }
        }
        let mut spent = 0;
        let plans: Vec<_> = plans
            .into_iter()
            .map(|topic| {
                let name = topic.name.clone();
                (name, plan(call, topic, &mut spent))
            })
            .collect();
        for (name, plan) in plans {
            let done = match plan {
                _ if spent > CHANGES_MAX => Err(too_many()),
                Ok(_) if self.validate_only => Ok(()),
                Ok(replicas) => {
                    let charged = call.charge_mutations(replicas.len(), call.version >= 3);
                    let name = name.clone();
                    let change = Change::AddPartitions { name, replicas };
                    let done = charged.and_then(|()| call.state.commit(call.now, change));
                    done.map_err(Refusal::from)
                }
                Err(refusal) => Err(refusal),
            };
            results.push(result(name, done.err()));
        }
        Reply::Now(CreatePartitionsResponse {
            results,
            ..CreatePartitionsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> CreatePartitionsResponse {
        let topics = self.topics.into_iter();
        CreatePartitionsResponse {
            results: topics
                .map(|topic| result(topic.name, Some(code.into())))
                .collect(),
            ..CreatePartitionsResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let topics = self.topics.iter();
        topics.map(|topic| Subject::whole(topic.name.as_str())).collect()
    }
}

fn too_many() -> Refusal {
    Refusal::new(
        ErrorCode::POLICY_VIOLATION,
        "Excessively large number of additional partitions per request.",
    )
}

/// The replicas of the partitions that a topic is to get.
fn plan(
    call: &mut Call<'_>,
    topic: CreatePartitionsTopic,
    spent: &mut usize,
) -> Result<Vec<Vec<i32>>, Refusal> {
    let name = &topic.name;
    let allowed = call.require_topic(Operation::Alter, name);
    allowed.map_err(|code| Refusal { code, message: None })?;
    if let Some(code) = call.injected(name, -1) {
        return Err(code.into());
    }
    let found = call.state.topics.get(name);
    let found = found.ok_or(Refusal {
        code: ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
        message: None,
    })?;
    let there = partition_count(found);
    let factor = found
        .partitions
        .first()
        .map_or(1, |partition| partition.replicas.len());
    let count = topic.count;
    if count == there {
        return Err(Refusal::new(
            ErrorCode::INVALID_PARTITIONS,
            format!("Topic already has {there} partition(s)."),
        ));
    }
    if count < there {
        return Err(Refusal::new(
            ErrorCode::INVALID_PARTITIONS,
            format!("The topic {name} currently has {there} partition(s); {count} would not be an increase."),
        ));
    }
    let additional = usize::try_from(count - there).unwrap_or(usize::MAX);
    let assigned = topic.assignments.as_ref().map(Vec::len);
    if let Some(assigned) = assigned.filter(|&assigned| assigned != additional) {
        return Err(Refusal::new(
            ErrorCode::INVALID_REPLICA_ASSIGNMENT,
            format!(
                "Attempted to add {additional} additional partition(s), but only {assigned} assignment(s) were \
                 specified."
            ),
        ));
    }
    *spent = spent.saturating_add(additional);
    if *spent > CHANGES_MAX {
        return Err(too_many());
    }
    let Some(assignments) = topic.assignments else {
        return place(call.state, additional, i16::try_from(factor).unwrap_or(i16::MAX));
    };
    let mut chosen = Vec::with_capacity(assignments.len());
    for (index, assignment) in (there..).zip(assignments) {
        check_chosen(call.state, &assignment.broker_ids, Some(factor))?;
        check_alive(call.state, &assignment.broker_ids, index)?;
        chosen.push(assignment.broker_ids);
    }
    Ok(chosen)
}

fn result(name: String, refusal: Option<Refusal>) -> CreatePartitionsTopicResult {
    let Some(Refusal { code, message }) = refusal else {
        return CreatePartitionsTopicResult {
            name,
            ..CreatePartitionsTopicResult::default()
        };
    };
    CreatePartitionsTopicResult {
        name,
        error_code: code.0,
        error_message: message,
    }
}
