//! DescribeLogDirs: the log directories of the broker that is asked, and the replicas in each (KIP-113).
//!
//! The directories are those of the broker's settings, whether the records are kept in memory or elsewhere. How large the
//! volumes are is not known.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use protocol::ErrorCode;
use protocol::messages::describe_log_dirs::{
    DescribeLogDirsPartition, DescribeLogDirsRequest, DescribeLogDirsResponse, DescribeLogDirsResult,
    DescribeLogDirsTopic,
};

use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::security::acl::Operation;
use crate::state::{Partition, State, Topic, partition_count};

impl Handle for DescribeLogDirsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DescribeLogDirsResponse> {
        if let Err(code) = call.require_cluster(Operation::Describe) {
            return Reply::Now(self.refuse(call, code));
        }
        let dirs = call.state.configs.log_dirs();
        let cordoned = call.state.configs.broker_text("cordoned.log.dirs");
        let mut results: Vec<DescribeLogDirsResult> = dirs
            .iter()
            .map(|dir| DescribeLogDirsResult {
                log_dir: dir.clone(),
                is_cordoned: cordoned
                    .split(',')
                    .any(|one| one.trim() == "*" || one.trim() == dir),
                ..DescribeLogDirsResult::default()
            })
            .collect();
        let topics = &call.state.topics;
        match self.topics {
            None => {
                for topic in topics.iter() {
                    describe(call.broker, topic, 0..partition_count(topic), &mut results);
                }
            }
            Some(asked) => {
                // Each partition is told of once, however often it is named.
                let mut named: IndexMap<String, BTreeSet<i32>> = IndexMap::new();
                for asked in asked {
                    named.entry(asked.topic).or_default().extend(asked.partitions);
                }
                for (name, indexes) in named {
                    if let Some(topic) = topics.get(&name) {
                        describe(call.broker, topic, indexes, &mut results);
                    }
                }
            }
        }
        Reply::Now(DescribeLogDirsResponse {
            results,
            ..DescribeLogDirsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DescribeLogDirsResponse {
        DescribeLogDirsResponse {
            error_code: code.0,
            ..DescribeLogDirsResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let topics = self.topics.iter().flatten();
        topics
            .flat_map(|topic| Subject::partitions(topic.topic.as_str(), topic.partitions.iter().copied()))
            .collect()
    }
}

/// Adds the partitions of a topic that the broker holds to the directories that they are in.
fn describe(
    broker: i32,
    topic: &Topic,
    indexes: impl IntoIterator<Item = i32>,
    results: &mut [DescribeLogDirsResult],
) {
    let dirs: Vec<String> = results.iter().map(|result| result.log_dir.clone()).collect();
    for index in indexes {
        let held = |partition: &&Partition| partition.replicas.contains(&broker);
        let Some(partition) = topic.partition(index).filter(held) else {
            continue;
        };
        let Some(dir) = partition.log_dir(index, broker, &dirs) else {
            continue;
        };
        let Some(result) = results.iter_mut().find(|result| result.log_dir == *dir) else {
            continue;
        };
        if result.topics.last().is_none_or(|last| *last.name != *topic.name) {
            result.topics.push(DescribeLogDirsTopic {
                name: topic.name.to_string(),
                partitions: Vec::new(),
            });
        }
        if let Some(last) = result.topics.last_mut() {
            last.partitions.push(DescribeLogDirsPartition {
                partition_index: index,
                partition_size: i64::try_from(partition.log.size()).unwrap_or(i64::MAX),
                offset_lag: 0,
                is_future_key: false,
            });
        }
    }
}
