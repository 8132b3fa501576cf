//! Offsets of partitions by what is asked for: the first, the last, that of a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::messages::list_offsets::{
    ListOffsetsPartition, ListOffsetsRequest, ListOffsetsResponse, ListOffsetsTopic,
};
use protocol::{Message, VersionRange};

use super::drive::{Admin, Task};
use super::error::AdminError;
use super::items::Results;
use super::join::join_all;
use super::leaders::by_topic;
use crate::cluster::{OffsetSpec, TopicPartition};
use crate::config::IsolationLevel;
use crate::connection::Capped;
use crate::error::BrokerError;

/// An offset that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedOffset {
    /// The offset; none when no record is like that.
    pub offset: Option<i64>,
    /// The record's timestamp, in milliseconds since 1970, where a record was looked for.
    pub timestamp: Option<i64>,
    /// The epoch of the leader that wrote the record, from Kafka 2.1 on.
    pub leader_epoch: Option<i32>,
}

impl Admin {
    /// Lists offsets of partitions, in the order of the questions; a partition may be asked about several times. A broker
    /// that is too old for what is asked refuses just that.
    pub async fn list_offsets(
        &self,
        wanted: impl IntoIterator<Item = (TopicPartition, OffsetSpec)>,
        isolation: IsolationLevel,
    ) -> Results<TopicPartition, ListedOffset> {
        let wanted: Vec<_> = wanted.into_iter().collect();
        let timeout_ms = self.broker_timeout_ms();
        let calls = rounds(&wanted).into_iter().map(|(first, specs)| async move {
            let asked = specs.clone();
            let keys: Vec<_> = specs.keys().cloned().collect();
            let task = ListOffsets {
                specs,
                first,
                isolation,
                timeout_ms,
            };
            let results = self.run_on_leaders(&task, keys).await;
            results
                .into_iter()
                .filter_map(move |(partition, result)| {
                    let spec = *asked.get(&partition)?;
                    Some(((partition, spec), result))
                })
                .collect::<Vec<_>>()
        });
        let listed: BTreeMap<_, _> = join_all(calls).await.into_iter().flatten().collect();
        wanted
            .into_iter()
            .filter_map(|question| {
                let result = listed.get(&question)?.clone();
                Some((question.0, result))
            })
            .collect()
    }
}

/// Divides the questions so that a round asks for one version, lest a question that is too new spoils the others, and
/// asks each partition once.
fn rounds(wanted: &[(TopicPartition, OffsetSpec)]) -> Vec<(i16, BTreeMap<TopicPartition, OffsetSpec>)> {
    let mut rounds: Vec<(i16, BTreeMap<TopicPartition, OffsetSpec>)> = Vec::new();
    for (partition, spec) in wanted {
        let first = spec.first_version();
        let fits = |(version, specs): &&mut (i16, BTreeMap<_, OffsetSpec>)| {
            *version == first && specs.get(partition).is_none_or(|known| known == spec)
        };
        match rounds.iter_mut().find(fits) {
            Some((_, specs)) => {
                specs.insert(partition.clone(), *spec);
            }
            None => rounds.push((first, BTreeMap::from([(partition.clone(), *spec)]))),
        }
    }
    rounds
}

struct ListOffsets {
    specs: BTreeMap<TopicPartition, OffsetSpec>,
    /// The first version of the request that knows what is asked for.
    first: i16,
    isolation: IsolationLevel,
    timeout_ms: i32,
}

impl Task for ListOffsets {
    type Key = TopicPartition;
    type Value = ListedOffset;
    type Body = Capped<ListOffsetsRequest>;
    type Reply = ListOffsetsResponse;

    fn body(&self, keys: &[TopicPartition]) -> Self::Body {
        let topic = |(name, partitions): (&str, Vec<i32>)| {
            let partition = |&partition_index: &i32| {
                let spec = self.specs.get(&TopicPartition::new(name, partition_index))?;
                let timestamp = spec.code();
                Some(ListOffsetsPartition {
                    partition_index,
                    timestamp,
                    ..ListOffsetsPartition::default()
                })
            };
            ListOffsetsTopic {
                name: name.to_owned(),
                partitions: partitions.iter().filter_map(partition).collect(),
            }
        };
        let request = ListOffsetsRequest {
            replica_id: NO_REPLICA,
            isolation_level: self.isolation.code(),
            topics: by_topic(keys).into_iter().map(topic).collect(),
            timeout_ms: self.timeout_ms,
        };
        // Isolation levels are known from version 2 on.
        let first = self
            .first
            .max(if self.isolation == IsolationLevel::ReadCommitted {
                2
            } else {
                1
            });
        Capped {
            request,
            versions: VersionRange {
                first,
                ..ListOffsetsRequest::VERSIONS
            },
        }
    }

    fn read(
        &self,
        _: &[TopicPartition],
        reply: ListOffsetsResponse,
    ) -> Results<TopicPartition, ListedOffset> {
        let topics = reply.topics.into_iter().flat_map(|topic| {
            let name: Arc<str> = topic.name.into();
            topic.partitions.into_iter().map(move |partition| {
                let listed = BrokerError::check(partition.error_code, None).map(|()| ListedOffset {
                    offset: (partition.offset >= 0).then_some(partition.offset),
                    timestamp: (partition.timestamp >= 0).then_some(partition.timestamp),
                    leader_epoch: (partition.leader_epoch >= 0).then_some(partition.leader_epoch),
                });
                (
                    TopicPartition::new(name.clone(), partition.partition_index),
                    listed.map_err(AdminError::from),
                )
            })
        });
        topics.collect()
    }
}

/// Says that a client asks.
const NO_REPLICA: i32 = -1;

#[cfg(test)]
mod tests {
    use protocol::ErrorCode;
    use protocol::messages::list_offsets::{ListOffsetsPartitionResponse, ListOffsetsTopicResponse};

    use super::*;
    use crate::connection::Body;

    fn task(spec: OffsetSpec, isolation: IsolationLevel) -> ListOffsets {
        let specs = [(TopicPartition::new("a", 3), spec)].into();
        ListOffsets {
            specs,
            first: spec.first_version(),
            isolation,
            timeout_ms: 5,
        }
    }

    #[test]
    fn a2_two_questions_about_a_partition_have_two_answers() {
        let partition = TopicPartition::new("t", 0);
        let other = TopicPartition::new("t", 1);
        let wanted = [
            (partition.clone(), OffsetSpec::Earliest),
            (partition.clone(), OffsetSpec::Latest),
            (other, OffsetSpec::Earliest),
            (partition.clone(), OffsetSpec::MaxTimestamp),
        ];
        let rounds = rounds(&wanted);
        let sizes: Vec<_> = rounds
            .iter()
            .map(|(first, specs)| (*first, specs.len()))
            .collect();
        assert_eq!(sizes, [(1, 2), (1, 1), (7, 1)]);
        assert_eq!(rounds[1].1.get(&partition), Some(&OffsetSpec::Latest));
    }

    #[test]
    fn f36_each_spec_is_said_in_the_versions_that_know_it() {
        for (spec, timestamp, first) in [
            (OffsetSpec::Earliest, -2, 1),
            (OffsetSpec::Latest, -1, 1),
            (OffsetSpec::MaxTimestamp, -3, 7),
            (OffsetSpec::EarliestLocal, -4, 8),
            (OffsetSpec::LatestTiered, -5, 9),
            (OffsetSpec::EarliestPendingUpload, -6, 11),
            (OffsetSpec::Timestamp(123), 123, 1),
            (OffsetSpec::Timestamp(-3), 0, 1),
        ] {
            let body = task(spec, IsolationLevel::ReadUncommitted).body(&[TopicPartition::new("a", 3)]);
            assert_eq!(body.versions.first, first, "{spec:?}");
            assert_eq!(
                body.request.topics[0].partitions[0].timestamp, timestamp,
                "{spec:?}"
            );
            for version in body.versions.iter() {
                body.encode(1, "me", version)
                    .unwrap_or_else(|error| panic!("{spec:?} {version}: {error}"));
            }
        }
        let committed = task(OffsetSpec::Latest, IsolationLevel::ReadCommitted).body(&[]);
        assert_eq!(
            (committed.versions.first, committed.request.isolation_level),
            (2, 1)
        );
    }

    #[test]
    fn no_such_record_is_no_error() {
        let partition = |partition_index, offset, timestamp, code: ErrorCode| ListOffsetsPartitionResponse {
            partition_index,
            offset,
            timestamp,
            error_code: code.0,
            ..ListOffsetsPartitionResponse::default()
        };
        let reply = ListOffsetsResponse {
            topics: vec![ListOffsetsTopicResponse {
                name: "a".to_owned(),
                partitions: vec![
                    partition(0, 7, 1000, ErrorCode::NONE),
                    partition(1, -1, -1, ErrorCode::NONE),
                    partition(2, -1, -1, ErrorCode::NOT_LEADER_OR_FOLLOWER),
                ],
            }],
            ..ListOffsetsResponse::default()
        };
        let task = task(OffsetSpec::Latest, IsolationLevel::ReadUncommitted);
        let results = task.read(&[], reply);
        let found = |at: usize| *results[at].1.as_ref().unwrap();
        assert_eq!(
            found(0),
            ListedOffset {
                offset: Some(7),
                timestamp: Some(1000),
                leader_epoch: None
            }
        );
        assert_eq!(
            found(1),
            ListedOffset {
                offset: None,
                timestamp: None,
                leader_epoch: None
            }
        );
        // F35: leadership moved, so this one alone is asked again.
        assert!(task.passes(results[2].1.as_ref().unwrap_err()));
    }
}
