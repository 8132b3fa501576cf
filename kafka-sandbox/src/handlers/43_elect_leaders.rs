//! ElectLeaders: gives partitions their preferred leader, or any leader at all (KIP-460).

use protocol::ErrorCode;
use protocol::messages::elect_leaders::{
    ElectLeadersRequest, ElectLeadersResponse, PartitionResult, ReplicaElectionResult, TopicPartitions,
};

use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::security::acl::Operation;
use crate::state::{Brokers, Partition, Replication, State, partition_count};

impl Handle for ElectLeadersRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<ElectLeadersResponse> {
        if let Err(code) = call.require_cluster(Operation::Alter) {
            return Reply::Now(self.refuse(call, code));
        }
        let election = match self.election_type {
            0 => Election::Preferred,
            1 => Election::Unclean,
            other => {
                let refusal = Refusal::new(
                    ErrorCode::INVALID_REQUEST,
                    format!("Unknown election type {other}"),
                );
                return Reply::Now(refuse_all(self, call, &refusal));
            }
        };
        let all = self.topic_partitions.is_none();
        let asked = self
            .topic_partitions
            .unwrap_or_else(|| all_partitions(call.state));
        let results = asked.into_iter().map(|topic| {
            let name = topic.topic;
            let outcomes = topic.partitions.into_iter().map(|index| {
                let outcome = elect(call, &name, index, election);
                result(index, outcome.err())
            });
            // Who asked for all is not told of those that have the right leader.
            let outcomes =
                outcomes.filter(|result| !all || result.error_code != ErrorCode::ELECTION_NOT_NEEDED.0);
            ReplicaElectionResult {
                partition_result: outcomes.collect(),
                topic: name,
            }
        });
        Reply::Now(ElectLeadersResponse {
            replica_election_results: results.collect(),
            ..ElectLeadersResponse::default()
        })
    }

    fn refuse(self, call: &Call<'_>, code: ErrorCode) -> ElectLeadersResponse {
        refuse_all(self, call, &code.into())
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let topics = self.topic_partitions.iter().flatten();
        topics
            .flat_map(|topic| Subject::partitions(topic.topic.as_str(), topic.partitions.iter().copied()))
            .collect()
    }
}

fn refuse_all(request: ElectLeadersRequest, call: &Call<'_>, refusal: &Refusal) -> ElectLeadersResponse {
    let topics = request.topic_partitions.unwrap_or_default().into_iter();
    let results = topics.map(|topic| ReplicaElectionResult {
        partition_result: topic
            .partitions
            .into_iter()
            .map(|index| result(index, Some(refusal.clone())))
            .collect(),
        topic: topic.topic,
    });
    ElectLeadersResponse {
        // Version 0 says it of each partition alone.
        error_code: if call.version >= 1 { refusal.code.0 } else { 0 },
        replica_election_results: results.collect(),
        ..ElectLeadersResponse::default()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Election {
    /// The first replica, if it is in sync.
    Preferred,
    /// Any living replica, for a partition without a leader.
    Unclean,
}

fn all_partitions(state: &State) -> Vec<TopicPartitions> {
    let topics = state.topics.iter().map(|topic| TopicPartitions {
        topic: topic.name.to_string(),
        partitions: (0..partition_count(topic)).collect(),
    });
    topics.collect()
}

fn elect(call: &mut Call<'_>, topic: &str, index: i32, election: Election) -> Result<(), Refusal> {
    let unknown = |message: String| Refusal::new(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, message);
    // The name may be told of each partition.
    call.spend(topic.len())?;
    if let Some(code) = call.injected(topic, index) {
        return Err(code.into());
    }
    let State { topics, brokers, .. } = &mut *call.state;
    let found = topics
        .get_mut(topic)
        .ok_or_else(|| unknown(format!("No such topic as {topic}")))?;
    let replication = found.replication;
    let partition = found
        .partition_mut(index)
        .ok_or_else(|| unknown(format!("No such partition as {topic}-{index}")))?;
    match election {
        Election::Preferred => prefer(partition, brokers)?,
        Election::Unclean => force(partition, brokers, replication)?,
    }
    let epoch = partition.leader_epoch;
    call.state.vouch_for_epoch(epoch);
    call.state.touch(topic, index);
    Ok(())
}

fn prefer(partition: &mut Partition, brokers: &Brokers) -> Result<(), ErrorCode> {
    if partition.leader == partition.replicas.first().copied() {
        return Err(ErrorCode::ELECTION_NOT_NEEDED);
    }
    let preferred = partition.preferred(brokers);
    partition.lead(Some(preferred.ok_or(ErrorCode::PREFERRED_LEADER_NOT_AVAILABLE)?));
    Ok(())
}

fn force(partition: &mut Partition, brokers: &Brokers, replication: Replication) -> Result<(), ErrorCode> {
    if partition.leader.is_some() {
        return Err(ErrorCode::ELECTION_NOT_NEEDED);
    }
    partition.force(brokers, replication);
    let elected = partition.leader;
    elected
        .map(|_| ())
        .ok_or(ErrorCode::ELIGIBLE_LEADERS_NOT_AVAILABLE)
}

fn result(partition_id: i32, refusal: Option<Refusal>) -> PartitionResult {
    let (code, error_message) =
        refusal.map_or((ErrorCode::NONE, None), |refusal| (refusal.code, refusal.message));
    PartitionResult {
        partition_id,
        error_code: code.0,
        error_message,
    }
}
