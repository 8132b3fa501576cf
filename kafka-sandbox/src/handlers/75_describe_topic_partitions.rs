//! DescribeTopicPartitions: topics by name, as many partitions at a time as the client wants (KIP-966).

use protocol::messages::describe_topic_partitions::{
    DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse,
    DescribeTopicPartitionsResponsePartition, DescribeTopicPartitionsResponseTopic, ResponseCursor,
};
use protocol::{ErrorCode, NodeIds};

use super::metadata::offline_replicas;
use super::topic_names::why_invalid;
use super::{Call, Handle, Reply, operations};
use crate::fault::Subject;
use crate::security::acl::Operation;
use crate::state::{State, Topic};

impl Handle for DescribeTopicPartitionsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DescribeTopicPartitionsResponse> {
        let all = self.topics.is_empty();
        if self.topics.iter().any(|topic| topic.name.is_empty()) {
            return Reply::Now(self.refuse(call, ErrorCode::UNKNOWN_SERVER_ERROR));
        }
        let (from, from_partition) = match &self.cursor {
            Some(cursor) => (cursor.topic_name.as_str(), cursor.partition_index),
            None => ("", 0),
        };
        let mut names: Vec<&str> = if all {
            call.state.topics.iter().map(|topic| &*topic.name).collect()
        } else {
            self.topics.iter().map(|topic| topic.name.as_str()).collect()
        };
        names.retain(|&name| name >= from);
        names.sort_unstable();
        names.dedup();
        let misses_cursor = !all && self.cursor.is_some() && names.first() != Some(&from);
        if misses_cursor || from_partition < 0 {
            return Reply::Now(self.refuse(call, ErrorCode::INVALID_REQUEST));
        }
        let most = call
            .state
            .configs
            .broker_number("max.request.partition.size.limit", 2000);
        let most = i64::from(self.response_partition_limit).min(most).max(1);
        let mut left = usize::try_from(most).unwrap_or(1);
        let mut response = DescribeTopicPartitionsResponse::default();
        for name in names {
            if left == 0 {
                response.next_cursor = Some(cursor(name, 0));
                break;
            }
            let first = if name == from { from_partition } else { 0 };
            let denied = call.require_topic(Operation::Describe, name).err();
            if all && denied.is_some() {
                continue;
            }
            let injected = denied.or_else(|| call.injected(name, -1));
            let found = call.state.topics.get(name).filter(|_| injected.is_none());
            let Some(topic) = found else {
                if !all || injected.is_some() {
                    let mut answer = unknown(name, injected);
                    if denied.is_none() {
                        answer.topic_authorized_operations = operations::on_topic(call, name);
                    }
                    response.topics.push(answer);
                }
                continue;
            };
            let start = usize::try_from(first).unwrap_or(usize::MAX);
            let described = describe(call, topic, start, left);
            left -= described.partitions.len();
            let next = start.saturating_add(described.partitions.len());
            response.topics.push(described);
            if next < topic.partitions.len() {
                response.next_cursor = Some(cursor(name, i32::try_from(next).unwrap_or(i32::MAX)));
                break;
            }
        }
        Reply::Now(response)
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DescribeTopicPartitionsResponse {
        let topics = self.topics.into_iter();
        DescribeTopicPartitionsResponse {
            topics: topics.map(|topic| unknown(&topic.name, Some(code))).collect(),
            ..DescribeTopicPartitionsResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let topics = self.topics.iter();
        topics.map(|topic| Subject::whole(topic.name.as_str())).collect()
    }
}

fn cursor(topic: &str, partition_index: i32) -> ResponseCursor {
    ResponseCursor {
        topic_name: topic.to_owned(),
        partition_index,
    }
}

fn unknown(name: &str, code: Option<ErrorCode>) -> DescribeTopicPartitionsResponseTopic {
    let code = code.unwrap_or_else(|| match why_invalid(name) {
        Some(_) => ErrorCode::INVALID_TOPIC_EXCEPTION,
        None => ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
    });
    DescribeTopicPartitionsResponseTopic {
        error_code: code.0,
        name: Some(name.to_owned()),
        ..DescribeTopicPartitionsResponseTopic::default()
    }
}

fn describe(
    call: &Call<'_>,
    topic: &Topic,
    start: usize,
    most: usize,
) -> DescribeTopicPartitionsResponseTopic {
    let partitions = (0..).zip(&topic.partitions).skip(start).take(most);
    DescribeTopicPartitionsResponseTopic {
        name: Some(topic.name.to_string()),
        topic_id: topic.id,
        is_internal: topic.is_internal(),
        partitions: partitions
            .map(
                |(partition_index, partition)| DescribeTopicPartitionsResponsePartition {
                    partition_index,
                    leader_id: partition.leader.unwrap_or(-1),
                    leader_epoch: partition.leader_epoch,
                    replica_nodes: NodeIds::from(partition.replicas.clone()),
                    isr_nodes: NodeIds::from(partition.isr.clone()),
                    eligible_leader_replicas: Some(NodeIds::from(partition.eligible().to_vec())),
                    last_known_elr: Some(partition.last_leader().into_iter().collect::<Vec<_>>().into()),
                    offline_replicas: offline_replicas(call.state, partition),
                    ..DescribeTopicPartitionsResponsePartition::default()
                },
            )
            .collect(),
        topic_authorized_operations: operations::on_topic(call, &topic.name),
        ..DescribeTopicPartitionsResponseTopic::default()
    }
}
