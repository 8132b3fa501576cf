//! Which broker leads which partition.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic, MetadataResponse};
use protocol::{ErrorCode, VersionRange};

use super::drive::{Admin, Budget, Found};
use super::error::AdminError;
use crate::cluster::{NodeId, Target, TopicPartition};
use crate::connection::Capped;
use crate::error::BrokerError;

impl Admin {
    /// Asks for the leaders of partitions.
    pub(super) async fn leaders_of(
        &self,
        partitions: &[TopicPartition],
        budget: &Budget,
    ) -> Result<Found<TopicPartition>, AdminError> {
        let topics: BTreeSet<&str> = partitions.iter().map(|partition| &*partition.topic).collect();
        let reply: MetadataResponse = self.call(Target::Any, metadata_of(topics), budget).await?;
        Ok(split(partitions, &reply))
    }
}

/// Asks for the metadata of topics by name, and creates none of them.
pub(super) fn metadata_of<'a>(names: impl IntoIterator<Item = &'a str>) -> Capped<MetadataRequest> {
    let topic = |name: &str| MetadataRequestTopic {
        name: Some(name.to_owned()),
        ..MetadataRequestTopic::default()
    };
    metadata(Some(names.into_iter().map(topic).collect()), NOT_CREATING)
}

/// Asks for the metadata of these topics, or of all.
pub(super) fn metadata(
    topics: Option<Vec<MetadataRequestTopic>>,
    versions: VersionRange,
) -> Capped<MetadataRequest> {
    let request = MetadataRequest {
        topics,
        allow_auto_topic_creation: false,
        ..MetadataRequest::default()
    };
    Capped { request, versions }
}

/// Before version 4 brokers created what they were asked for.
pub(super) const NOT_CREATING: VersionRange = VersionRange { first: 4, last: 13 };

/// Sorts partitions by their leaders.
fn split(partitions: &[TopicPartition], reply: &MetadataResponse) -> Found<TopicPartition> {
    let topics: BTreeMap<&str, _> = reply
        .topics
        .iter()
        .filter_map(|topic| Some((topic.name.as_deref()?, topic)))
        .collect();
    let mut found = Found::default();
    for partition in partitions {
        let leader = match topics.get(&*partition.topic) {
            None => Err(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION),
            Some(topic) => ErrorCode(topic.error_code).ok().and_then(|()| {
                let at = topic
                    .partitions
                    .iter()
                    .find(|at| at.partition_index == partition.partition);
                match at {
                    None => Err(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION),
                    Some(at) if at.leader_id < 0 => Err(ErrorCode::LEADER_NOT_AVAILABLE),
                    Some(at) => Ok(NodeId(at.leader_id)),
                }
            }),
        };
        match leader {
            Ok(node) => found.nodes.entry(node).or_default().push(partition.clone()),
            Err(code) => found
                .failed
                .push((partition.clone(), BrokerError::from(code).into())),
        }
    }
    found
}

/// Sorts the partitions of one topic by what a reply says of each.
pub(super) fn partitions_of(topic: &str, partitions: impl IntoIterator<Item = i32>) -> Vec<TopicPartition> {
    let topic: Arc<str> = topic.into();
    partitions
        .into_iter()
        .map(|partition| TopicPartition::new(topic.clone(), partition))
        .collect()
}

/// Groups partitions by topic, both in order.
pub(super) fn by_topic(partitions: &[TopicPartition]) -> BTreeMap<&str, Vec<i32>> {
    let mut topics: BTreeMap<&str, Vec<i32>> = BTreeMap::new();
    for partition in partitions {
        topics
            .entry(&partition.topic)
            .or_default()
            .push(partition.partition);
    }
    for partitions in topics.values_mut() {
        partitions.sort_unstable();
    }
    topics
}

#[cfg(test)]
mod tests {
    use protocol::messages::metadata::{MetadataResponsePartition, MetadataResponseTopic};

    use super::*;

    fn topic(name: &str, code: ErrorCode, leaders: &[i32]) -> MetadataResponseTopic {
        let partitions = leaders
            .iter()
            .enumerate()
            .map(|(index, &leader_id)| MetadataResponsePartition {
                partition_index: i32::try_from(index).unwrap(),
                leader_id,
                ..MetadataResponsePartition::default()
            });
        MetadataResponseTopic {
            name: Some(name.to_owned()),
            error_code: code.0,
            partitions: partitions.collect(),
            ..MetadataResponseTopic::default()
        }
    }

    #[test]
    fn partitions_go_to_their_leaders_and_the_others_say_why_not() {
        let reply = MetadataResponse {
            topics: vec![
                topic("a", ErrorCode::NONE, &[1, 2, -1, 1]),
                topic("secret", ErrorCode::TOPIC_AUTHORIZATION_FAILED, &[]),
            ],
            ..MetadataResponse::default()
        };
        let wanted: Vec<_> = [
            ("a", 0),
            ("a", 1),
            ("a", 2),
            ("a", 3),
            ("a", 4),
            ("secret", 0),
            ("gone", 0),
        ]
        .map(|(topic, partition)| TopicPartition::new(topic, partition))
        .into();
        let found = split(&wanted, &reply);
        assert_eq!(found.nodes[&NodeId(1)], partitions_of("a", [0, 3]));
        assert_eq!(found.nodes[&NodeId(2)], partitions_of("a", [1]));
        let failed: Vec<_> = found
            .failed
            .iter()
            .map(|(key, error)| (key.to_string(), error.code().unwrap()))
            .collect();
        let expected = [
            ("a-2", ErrorCode::LEADER_NOT_AVAILABLE),
            ("a-4", ErrorCode::UNKNOWN_TOPIC_OR_PARTITION),
            ("secret-0", ErrorCode::TOPIC_AUTHORIZATION_FAILED),
            ("gone-0", ErrorCode::UNKNOWN_TOPIC_OR_PARTITION),
        ];
        assert_eq!(failed, expected.map(|(key, code)| (key.to_owned(), code)));
    }
}
