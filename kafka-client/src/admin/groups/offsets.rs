use std::sync::Arc;

use protocol::messages::offset_fetch::{
    OffsetFetchRequest, OffsetFetchRequestGroup, OffsetFetchResponse, OffsetFetchResponsePartition,
    OffsetFetchResponsePartitions,
};
use protocol::{ErrorCode, VersionRange};

use crate::admin::drive::{Admin, Task};
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::admin::join::join_all;
use crate::cluster::TopicPartition;
use crate::connection::Capped;
use crate::error::{BrokerError, RequestError};

/// How far a group got in a partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommittedOffset {
    /// The offset of the next record that it wants.
    pub offset: i64,
    /// The epoch of the leader that wrote the last record before it, if it was said.
    pub leader_epoch: Option<i32>,
    /// What was said about it when it was committed; often empty.
    pub metadata: String,
}

/// What a group committed, by partition. A partition that cannot be told has its own error; one without an offset is
/// left out.
pub type GroupOffsets = Results<TopicPartition, CommittedOffset>;

/// The versions that ask about many groups at once (KIP-709) and name topics by their names.
const BATCHED: VersionRange = VersionRange { first: 8, last: 9 };
/// The versions that ask about one group, about all of its partitions.
const SINGLE: VersionRange = VersionRange { first: 2, last: 7 };
/// From this version on the broker can be told to wait for open transactions (KIP-447).
const STABLE: i16 = 7;

impl Admin {
    /// Returns what groups committed. With `require_stable`, offsets that an open transaction is about to change are
    /// waited for (KIP-851).
    ///
    /// Groups of one coordinator are asked for at once, one by one before Kafka 3.0.
    pub async fn group_offsets<S: Into<String>>(
        &self,
        groups: impl IntoIterator<Item = S>,
        require_stable: bool,
    ) -> Results<String, GroupOffsets> {
        let groups: Vec<String> = groups.into_iter().map(Into::into).collect();
        let mut results = self
            .run_on_coordinators(&FetchMany { require_stable }, groups)
            .await;
        let is_old =
            |result: &Result<_, _>| matches!(result, Err(AdminError::Request(RequestError::Version(_))));
        let single = &FetchOne { require_stable };
        let old = results
            .iter_mut()
            .filter(|(_, result)| is_old(result))
            .map(|(group, result)| async move {
                if let Some((_, one)) = self.run_on_coordinators(single, [group.clone()]).await.pop() {
                    *result = one;
                }
            });
        join_all(old.collect::<Vec<_>>()).await;
        results
    }
}

/// Asks about several groups at once.
struct FetchMany {
    require_stable: bool,
}

impl Task for FetchMany {
    type Key = String;
    type Value = GroupOffsets;
    type Body = Capped<OffsetFetchRequest>;
    type Reply = OffsetFetchResponse;

    fn body(&self, keys: &[String]) -> Self::Body {
        let group = |group_id: &String| OffsetFetchRequestGroup {
            group_id: group_id.clone(),
            topics: None,
            ..OffsetFetchRequestGroup::default()
        };
        let request = OffsetFetchRequest {
            groups: keys.iter().map(group).collect(),
            require_stable: self.require_stable,
            ..OffsetFetchRequest::default()
        };
        Capped {
            request,
            versions: BATCHED,
        }
    }

    fn read(&self, _: &[String], reply: OffsetFetchResponse) -> Results<String, GroupOffsets> {
        let groups = reply.groups.into_iter().map(|group| {
            let topics = group.topics.into_iter().map(|topic| {
                (
                    topic.name,
                    topic
                        .partitions
                        .into_iter()
                        .map(Partition::from)
                        .collect::<Vec<_>>(),
                )
            });
            (group.group_id, read(group.error_code, topics))
        });
        groups.collect()
    }
}

/// Asks about one group.
struct FetchOne {
    require_stable: bool,
}

impl Task for FetchOne {
    type Key = String;
    type Value = GroupOffsets;
    type Body = Capped<OffsetFetchRequest>;
    type Reply = OffsetFetchResponse;

    fn body(&self, keys: &[String]) -> Self::Body {
        let request = OffsetFetchRequest {
            group_id: keys.first().cloned().unwrap_or_default(),
            topics: None,
            require_stable: self.require_stable,
            ..OffsetFetchRequest::default()
        };
        let first = if self.require_stable { STABLE } else { SINGLE.first };
        Capped {
            request,
            versions: VersionRange { first, ..SINGLE },
        }
    }

    fn read(&self, keys: &[String], reply: OffsetFetchResponse) -> Results<String, GroupOffsets> {
        let topics = reply.topics.into_iter().map(|topic| {
            (
                topic.name,
                topic
                    .partitions
                    .into_iter()
                    .map(Partition::from)
                    .collect::<Vec<_>>(),
            )
        });
        let offsets = read(reply.error_code, topics);
        keys.iter()
            .take(1)
            .map(|group| (group.clone(), offsets.clone()))
            .collect()
    }
}

/// A partition of a reply, of either layout.
struct Partition {
    index: i32,
    offset: i64,
    leader_epoch: i32,
    metadata: Option<String>,
    code: i16,
}

impl From<OffsetFetchResponsePartitions> for Partition {
    fn from(partition: OffsetFetchResponsePartitions) -> Self {
        Self {
            index: partition.partition_index,
            offset: partition.committed_offset,
            leader_epoch: partition.committed_leader_epoch,
            metadata: partition.metadata,
            code: partition.error_code,
        }
    }
}

impl From<OffsetFetchResponsePartition> for Partition {
    fn from(partition: OffsetFetchResponsePartition) -> Self {
        Self {
            index: partition.partition_index,
            offset: partition.committed_offset,
            leader_epoch: partition.committed_leader_epoch,
            metadata: partition.metadata,
            code: partition.error_code,
        }
    }
}

/// Reads one group's offsets. One that an open transaction holds makes the whole group worth another attempt.
fn read(
    code: i16,
    topics: impl Iterator<Item = (String, Vec<Partition>)>,
) -> Result<GroupOffsets, AdminError> {
    BrokerError::check(code, None)?;
    let mut offsets = GroupOffsets::new();
    for (name, partitions) in topics {
        let topic: Arc<str> = name.into();
        for partition in partitions {
            let key = TopicPartition::new(topic.clone(), partition.index);
            match BrokerError::check(partition.code, None) {
                Err(error) if error.code == ErrorCode::UNSTABLE_OFFSET_COMMIT => return Err(error.into()),
                Err(error) => offsets.push((key, Err(error.into()))),
                Ok(()) if partition.offset < 0 => {}
                Ok(()) => {
                    let committed = CommittedOffset {
                        offset: partition.offset,
                        leader_epoch: (partition.leader_epoch >= 0).then_some(partition.leader_epoch),
                        metadata: partition.metadata.unwrap_or_default(),
                    };
                    offsets.push((key, Ok(committed)));
                }
            }
        }
    }
    offsets.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(offsets)
}

#[cfg(test)]
mod tests {
    use protocol::messages::offset_fetch::{OffsetFetchResponseGroup, OffsetFetchResponseTopics};

    use super::*;
    use crate::connection::Body;

    fn partition(index: i32, offset: i64, code: ErrorCode) -> OffsetFetchResponsePartitions {
        OffsetFetchResponsePartitions {
            partition_index: index,
            committed_offset: offset,
            error_code: code.0,
            ..OffsetFetchResponsePartitions::default()
        }
    }

    fn group(id: &str, partitions: Vec<OffsetFetchResponsePartitions>) -> OffsetFetchResponseGroup {
        let name = "t".to_owned();
        OffsetFetchResponseGroup {
            group_id: id.to_owned(),
            topics: vec![OffsetFetchResponseTopics {
                name,
                partitions,
                ..OffsetFetchResponseTopics::default()
            }],
            ..OffsetFetchResponseGroup::default()
        }
    }

    #[test]
    fn a2_each_group_and_each_partition_has_its_result() {
        let mut denied = group("denied", vec![]);
        denied.error_code = ErrorCode::GROUP_AUTHORIZATION_FAILED.0;
        let partitions = vec![
            partition(2, 7, ErrorCode::NONE),
            partition(0, -1, ErrorCode::NONE),
            partition(1, -1, ErrorCode::TOPIC_AUTHORIZATION_FAILED),
        ];
        let reply = OffsetFetchResponse {
            groups: vec![denied, group("g", partitions)],
            ..OffsetFetchResponse::default()
        };
        let results = FetchMany {
            require_stable: false,
        }
        .read(&[], reply);
        assert_eq!(
            results[0].1.as_ref().unwrap_err().code(),
            Some(ErrorCode::GROUP_AUTHORIZATION_FAILED)
        );
        let [(one, refused), (two, offset)] = results[1].1.as_ref().unwrap().as_slice() else {
            panic!()
        };
        assert_eq!((one.partition, two.partition), (1, 2));
        assert!(refused.is_err());
        let expected = CommittedOffset {
            offset: 7,
            leader_epoch: None,
            metadata: String::new(),
        };
        assert_eq!(*offset.as_ref().unwrap(), expected);
    }

    #[test]
    fn g10_offsets_in_an_open_transaction_are_asked_for_again() {
        let partitions = vec![
            partition(0, 1, ErrorCode::NONE),
            partition(1, 2, ErrorCode::UNSTABLE_OFFSET_COMMIT),
        ];
        let reply = OffsetFetchResponse {
            groups: vec![group("g", partitions)],
            ..OffsetFetchResponse::default()
        };
        let task = FetchMany { require_stable: true };
        let results = task.read(&[], reply);
        assert!(task.passes(results[0].1.as_ref().unwrap_err()));
    }

    #[test]
    fn requests_can_be_said_in_all_their_versions() {
        let keys = ["a".to_owned(), "b".to_owned()];
        for require_stable in [false, true] {
            let many = FetchMany { require_stable }.body(&keys);
            assert_eq!(many.request.groups.len(), 2);
            let one = FetchOne { require_stable }.body(&keys[..1]);
            assert_eq!(one.versions.first, if require_stable { 7 } else { 2 });
            for body in [many, one] {
                for version in body.versions.iter() {
                    body.encode(1, "me", version)
                        .unwrap_or_else(|error| panic!("{version}: {error}"));
                }
            }
        }
    }
}
