//! AlterPartitionReassignments: gives partitions other replicas, or takes that back (KIP-455).
//!
//! All replicas of a partition share its log, so those that are added are in sync at once and the reassignment is over
//! before it is answered. One that adds a broker that is down goes on until that broker is back.

use protocol::ErrorCode;
use protocol::messages::alter_partition_reassignments::{
    AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse, ReassignablePartition,
    ReassignablePartitionResponse, ReassignableTopicResponse,
};

use super::placement::check_chosen;
use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::security::acl::Operation;
use crate::state::{Change, Partition, State};

impl Handle for AlterPartitionReassignmentsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<AlterPartitionReassignmentsResponse> {
        if let Err(code) = call.require_cluster(Operation::Alter) {
            return Reply::Now(self.refuse(call, code));
        }
        // Kafka's controller has the message of a success that it did nothing for.
        let error_message = self.topics.is_empty().then(String::new);
        let may_change_factor = self.allow_replication_factor_change;
        let responses = self.topics.into_iter().map(|topic| {
            let name = topic.name;
            let partitions = topic.partitions.into_iter().map(|asked| {
                let index = asked.partition_index;
                let done = reassign(call, &name, asked, may_change_factor);
                result(index, done.err())
            });
            ReassignableTopicResponse {
                partitions: partitions.collect(),
                name,
            }
        });
        Reply::Now(AlterPartitionReassignmentsResponse {
            responses: responses.collect(),
            allow_replication_factor_change: may_change_factor,
            error_message,
            ..AlterPartitionReassignmentsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> AlterPartitionReassignmentsResponse {
        let topics = self.topics.into_iter();
        let refusal = Refusal::from(code);
        let responses = topics.map(|topic| ReassignableTopicResponse {
            partitions: topic
                .partitions
                .into_iter()
                .map(|asked| result(asked.partition_index, Some(refusal.clone())))
                .collect(),
            name: topic.name,
        });
        AlterPartitionReassignmentsResponse {
            responses: responses.collect(),
            error_code: code.0,
            error_message: refusal.message.clone(),
            ..AlterPartitionReassignmentsResponse::default()
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

fn reassign(
    call: &mut Call<'_>,
    name: &str,
    asked: ReassignablePartition,
    may_change_factor: bool,
) -> Result<(), Refusal> {
    let index = asked.partition_index;
    // The name may be told of each partition.
    call.spend(name.len())?;
    if let Some(code) = call.injected(name, index) {
        return Err(code.into());
    }
    let unknown = |message: String| Refusal::new(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, message);
    let topic = call.state.topics.get(name);
    let topic = topic.ok_or_else(|| unknown(format!("Unable to find a topic named {name}.")))?;
    let partition = topic.partition(index);
    let partition = partition.ok_or_else(|| unknown(format!("Unable to find partition {name}:{index}.")))?;
    let change = match asked.replicas {
        None => cancel(name, index, partition)?,
        Some(target) => {
            if !may_change_factor {
                check_factor(partition, target.len())?;
            }
            check_chosen(call.state, &target, None)?;
            move_to(name, index, partition, target)
        }
    };
    call.state.commit(call.now, change)?;
    call.state.touch(name, index);
    Ok(())
}

/// Takes a reassignment back.
fn cancel(name: &str, index: i32, partition: &Partition) -> Result<Change, Refusal> {
    if !partition.is_reassigned() {
        return Err(Refusal {
            code: ErrorCode::NO_REASSIGNMENT_IN_PROGRESS,
            message: None,
        });
    }
    let replicas = partition.replicas.iter().copied();
    Ok(Change::Reassign {
        name: name.to_owned(),
        partition: index,
        replicas: replicas.filter(|id| !partition.adding.contains(id)).collect(),
        adding: Vec::new(),
        removing: Vec::new(),
    })
}

fn move_to(name: &str, index: i32, partition: &Partition, target: Vec<i32>) -> Change {
    let mut removing = without(&partition.replicas, &target);
    let mut adding = without(&target, &partition.replicas);
    removing.sort_unstable();
    adding.sort_unstable();
    let replicas = target.into_iter().chain(removing.iter().copied());
    Change::Reassign {
        name: name.to_owned(),
        partition: index,
        replicas: replicas.collect(),
        adding,
        removing,
    }
}

fn without(all: &[i32], others: &[i32]) -> Vec<i32> {
    let all = all.iter().copied();
    all.filter(|id| !others.contains(id)).collect()
}

/// KIP-860.
fn check_factor(partition: &Partition, wanted: usize) -> Result<(), Refusal> {
    let kept = partition.replicas.iter();
    let factor = kept.filter(|id| !partition.removing.contains(id)).count();
    if factor == wanted {
        return Ok(());
    }
    Err(Refusal::new(
        ErrorCode::INVALID_REPLICATION_FACTOR,
        format!("The replication factor is changed from {factor} to {wanted}"),
    ))
}

fn result(partition_index: i32, refusal: Option<Refusal>) -> ReassignablePartitionResponse {
    let (code, error_message) =
        refusal.map_or((ErrorCode::NONE, None), |refusal| (refusal.code, refusal.message));
    ReassignablePartitionResponse {
        partition_index,
        error_code: code.0,
        error_message,
    }
}
