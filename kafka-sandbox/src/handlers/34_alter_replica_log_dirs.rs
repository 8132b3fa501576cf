//! AlterReplicaLogDirs: moves replicas of the broker that is asked between its log directories (KIP-113).

use protocol::ErrorCode;
use protocol::messages::alter_replica_log_dirs::{
    AlterReplicaLogDirPartitionResult, AlterReplicaLogDirTopicResult, AlterReplicaLogDirsRequest,
    AlterReplicaLogDirsResponse,
};

use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::security::acl::Operation;
use crate::state::{Change, State};

impl Handle for AlterReplicaLogDirsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<AlterReplicaLogDirsResponse> {
        if let Err(code) = call.require_cluster(Operation::Alter) {
            return Reply::Now(self.refuse(call, code));
        }
        let known = call.state.configs.log_dirs();
        let mut results = Vec::new();
        for dir in self.dirs {
            for topic in dir.topics {
                let partitions = topic.partitions.into_iter().map(|index| {
                    let done = move_replica(call, &known, &topic.name, index, &dir.path);
                    result(index, done.err().unwrap_or(ErrorCode::NONE))
                });
                results.push(AlterReplicaLogDirTopicResult {
                    partitions: partitions.collect(),
                    topic_name: topic.name,
                });
            }
        }
        Reply::Now(AlterReplicaLogDirsResponse {
            results,
            ..AlterReplicaLogDirsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> AlterReplicaLogDirsResponse {
        let topics = self.dirs.into_iter().flat_map(|dir| dir.topics);
        let results = topics.map(|topic| AlterReplicaLogDirTopicResult {
            topic_name: topic.name,
            partitions: topic
                .partitions
                .into_iter()
                .map(|index| result(index, code))
                .collect(),
        });
        AlterReplicaLogDirsResponse {
            results: results.collect(),
            ..AlterReplicaLogDirsResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let topics = self.dirs.iter().flat_map(|dir| &dir.topics);
        topics
            .flat_map(|topic| Subject::partitions(topic.name.as_str(), topic.partitions.iter().copied()))
            .collect()
    }
}

fn move_replica(
    call: &mut Call<'_>,
    known: &[String],
    topic: &str,
    index: i32,
    dir: &str,
) -> Result<(), ErrorCode> {
    if let Some(code) = call.injected(topic, index) {
        return Err(code);
    }
    let Some(dir) = known.iter().find(|known| *known == dir) else {
        return Err(ErrorCode::LOG_DIR_NOT_FOUND);
    };
    let partition = call.state.topics.partition(topic, index);
    let partition = partition.ok_or(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)?;
    if !partition.replicas.contains(&call.broker) {
        return Err(ErrorCode::REPLICA_NOT_AVAILABLE);
    }
    if partition.log_dir(index, call.broker, known) == Some(dir) {
        return Ok(());
    }
    let change = Change::MoveReplica {
        name: topic.to_owned(),
        partition: index,
        broker: call.broker,
        dir: dir.clone(),
    };
    call.state.commit(call.now, change)
}

fn result(partition_index: i32, code: ErrorCode) -> AlterReplicaLogDirPartitionResult {
    AlterReplicaLogDirPartitionResult {
        partition_index,
        error_code: code.0,
    }
}
