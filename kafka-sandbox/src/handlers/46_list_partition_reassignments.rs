//! ListPartitionReassignments: the partitions that are given other replicas at this time (KIP-455).

use protocol::ErrorCode;
use protocol::messages::list_partition_reassignments::{
    ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse, OngoingPartitionReassignment,
    OngoingTopicReassignment,
};

use super::refusal::default_message;
use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::security::acl::Operation;
use crate::state::{State, Topic, partition_count};

impl Handle for ListPartitionReassignmentsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<ListPartitionReassignmentsResponse> {
        if let Err(code) = call.require_cluster(Operation::Describe) {
            return Reply::Now(self.refuse(call, code));
        }
        let topics = &call.state.topics;
        let topics: Vec<OngoingTopicReassignment> = match self.topics {
            None => topics
                .iter()
                .filter_map(|topic| describe(call, topic, 0..partition_count(topic)))
                .collect(),
            Some(asked) => asked
                .into_iter()
                .filter_map(|asked| describe(call, topics.get(&asked.name)?, asked.partition_indexes))
                .collect(),
        };
        Reply::Now(ListPartitionReassignmentsResponse {
            topics,
            error_message: None,
            ..ListPartitionReassignmentsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> ListPartitionReassignmentsResponse {
        // What was asked for, with nothing told of it.
        let topics = self.topics.into_iter().flatten().map(|asked| {
            let partitions = asked.partition_indexes.into_iter();
            OngoingTopicReassignment {
                name: asked.name,
                partitions: partitions
                    .map(|partition_index| OngoingPartitionReassignment {
                        partition_index,
                        ..OngoingPartitionReassignment::default()
                    })
                    .collect(),
            }
        });
        ListPartitionReassignmentsResponse {
            error_code: code.0,
            error_message: default_message(code).map(str::to_owned),
            topics: topics.collect(),
            ..ListPartitionReassignmentsResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let topics = self.topics.iter().flatten();
        topics
            .flat_map(|topic| {
                Subject::partitions(topic.name.as_str(), topic.partition_indexes.iter().copied())
            })
            .collect()
    }
}

fn describe(
    call: &Call<'_>,
    topic: &Topic,
    indexes: impl IntoIterator<Item = i32>,
) -> Option<OngoingTopicReassignment> {
    let ongoing = indexes.into_iter().filter_map(|index| {
        let partition = topic.partition(index)?;
        if !partition.is_reassigned() {
            return None;
        }
        let brokers = partition.replicas.len() + partition.adding.len() + partition.removing.len();
        call.spend(4 * brokers).ok()?;
        Some(OngoingPartitionReassignment {
            partition_index: index,
            replicas: partition.replicas.clone(),
            adding_replicas: partition.adding.clone(),
            removing_replicas: partition.removing.clone(),
        })
    });
    let partitions: Vec<OngoingPartitionReassignment> = ongoing.collect();
    (!partitions.is_empty()).then(|| OngoingTopicReassignment {
        name: topic.name.to_string(),
        partitions,
    })
}
