use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::messages::offset_commit::{
    OffsetCommitRequest, OffsetCommitRequestPartition, OffsetCommitRequestTopic, OffsetCommitResponse,
};
use protocol::messages::offset_delete::{
    OffsetDeleteRequest, OffsetDeleteRequestPartition, OffsetDeleteRequestTopic, OffsetDeleteResponse,
};
use protocol::{Message, VersionRange};

use super::coordinator_moves;
use super::offsets::CommittedOffset;
use crate::admin::drive::{Admin, Task};
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::admin::leaders::by_topic;
use crate::cluster::{CoordinatorKind, Target, TopicPartition};
use crate::connection::Capped;
use crate::error::BrokerError;

impl Admin {
    /// Sets what a group committed. The group is created if it does not exist; it must have no members, or the broker
    /// refuses (`UNKNOWN_MEMBER_ID`).
    pub async fn alter_group_offsets(
        &self,
        group: impl Into<String>,
        offsets: impl IntoIterator<Item = (TopicPartition, CommittedOffset)>,
    ) -> Results<TopicPartition, ()> {
        let group = group.into();
        let offsets: BTreeMap<_, _> = offsets.into_iter().collect();
        let keys: Vec<_> = offsets.keys().cloned().collect();
        let target = Target::Coordinator(CoordinatorKind::Group, group.as_str().into());
        self.run(target, &Commit { group, offsets }, keys).await
    }

    /// Makes a group forget what it committed for partitions. No member may be subscribed to their topics
    /// (`GROUP_SUBSCRIBED_TO_TOPIC`). Kafka knows it from 2.4 on (KIP-496).
    pub async fn delete_group_offsets(
        &self,
        group: impl Into<String>,
        partitions: impl IntoIterator<Item = TopicPartition>,
    ) -> Results<TopicPartition, ()> {
        let group = group.into();
        let target = Target::Coordinator(CoordinatorKind::Group, group.as_str().into());
        self.run(target, &Forget { group }, partitions).await
    }
}

struct Commit {
    group: String,
    offsets: BTreeMap<TopicPartition, CommittedOffset>,
}

/// From version 10 on topics are named by id.
const BY_NAME: i16 = 9;

impl Task for Commit {
    type Key = TopicPartition;
    type Value = ();
    type Body = Capped<OffsetCommitRequest>;
    type Reply = OffsetCommitResponse;

    const AWAITS_NEW: bool = true;

    fn body(&self, keys: &[TopicPartition]) -> Self::Body {
        let topic = |(name, partitions): (&str, Vec<i32>)| {
            let partition = |&partition_index: &i32| {
                let committed = self.offsets.get(&TopicPartition::new(name, partition_index))?;
                Some(OffsetCommitRequestPartition {
                    partition_index,
                    committed_offset: committed.offset,
                    committed_leader_epoch: committed.leader_epoch.unwrap_or(-1),
                    committed_metadata: Some(committed.metadata.clone()),
                })
            };
            OffsetCommitRequestTopic {
                name: name.to_owned(),
                partitions: partitions.iter().filter_map(partition).collect(),
                ..OffsetCommitRequestTopic::default()
            }
        };
        let request = OffsetCommitRequest {
            group_id: self.group.clone(),
            topics: by_topic(keys).into_iter().map(topic).collect(),
            ..OffsetCommitRequest::default()
        };
        Capped {
            request,
            versions: VersionRange {
                last: BY_NAME,
                ..OffsetCommitRequest::VERSIONS
            },
        }
    }

    fn read(&self, _: &[TopicPartition], reply: OffsetCommitResponse) -> Results<TopicPartition, ()> {
        let topics = reply.topics.into_iter().flat_map(|topic| {
            let name: Arc<str> = topic.name.into();
            let partitions = topic.partitions.into_iter();
            partitions.map(move |at| verdict(name.clone(), at.partition_index, at.error_code))
        });
        topics.collect()
    }

    fn passes(&self, error: &AdminError) -> bool {
        coordinator_moves(error)
    }
}

struct Forget {
    group: String,
}

impl Task for Forget {
    type Key = TopicPartition;
    type Value = ();
    type Body = OffsetDeleteRequest;
    type Reply = OffsetDeleteResponse;

    fn body(&self, keys: &[TopicPartition]) -> OffsetDeleteRequest {
        let partition = |partition_index| OffsetDeleteRequestPartition { partition_index };
        let topic = |(name, partitions): (&str, Vec<i32>)| OffsetDeleteRequestTopic {
            name: name.to_owned(),
            partitions: partitions.into_iter().map(partition).collect(),
        };
        OffsetDeleteRequest {
            group_id: self.group.clone(),
            topics: by_topic(keys).into_iter().map(topic).collect(),
        }
    }

    fn read(&self, keys: &[TopicPartition], reply: OffsetDeleteResponse) -> Results<TopicPartition, ()> {
        if let Err(error) = BrokerError::check(reply.error_code, None) {
            return keys
                .iter()
                .map(|key| (key.clone(), Err(error.clone().into())))
                .collect();
        }
        let topics = reply.topics.into_iter().flat_map(|topic| {
            let name: Arc<str> = topic.name.into();
            let partitions = topic.partitions.into_iter();
            partitions.map(move |at| verdict(name.clone(), at.partition_index, at.error_code))
        });
        topics.collect()
    }

    fn passes(&self, error: &AdminError) -> bool {
        coordinator_moves(error)
    }
}

fn verdict(topic: Arc<str>, partition: i32, code: i16) -> (TopicPartition, Result<(), AdminError>) {
    (
        TopicPartition::new(topic, partition),
        BrokerError::check(code, None).map_err(AdminError::from),
    )
}

#[cfg(test)]
mod tests {
    use protocol::ErrorCode;
    use protocol::messages::offset_delete::{OffsetDeleteResponsePartition, OffsetDeleteResponseTopic};

    use super::*;
    use crate::connection::Body;

    #[test]
    fn commits_can_be_said_in_all_their_versions() {
        let key = TopicPartition::new("t", 1);
        let committed = CommittedOffset {
            offset: 5,
            leader_epoch: Some(3),
            metadata: "m".to_owned(),
        };
        let task = Commit {
            group: "g".to_owned(),
            offsets: [(key.clone(), committed)].into(),
        };
        let body = task.body(&[key]);
        assert_eq!((body.versions.first, body.versions.last), (2, 9));
        for version in body.versions.iter() {
            body.encode(1, "me", version)
                .unwrap_or_else(|error| panic!("{version}: {error}"));
        }
        let partition = &body.request.topics[0].partitions[0];
        assert_eq!(
            (partition.committed_offset, partition.committed_leader_epoch),
            (5, 3)
        );
        assert_eq!(
            (
                body.request.generation_id_or_member_epoch,
                body.request.member_id.as_str()
            ),
            (-1, "")
        );
    }

    #[test]
    fn a2_the_groups_error_is_each_partitions_and_each_has_its_own_otherwise() {
        let task = Forget {
            group: "g".to_owned(),
        };
        let keys = [TopicPartition::new("t", 0), TopicPartition::new("t", 1)];
        let all = OffsetDeleteResponse {
            error_code: ErrorCode::GROUP_ID_NOT_FOUND.0,
            ..OffsetDeleteResponse::default()
        };
        let codes: Vec<_> = task
            .read(&keys, all)
            .iter()
            .map(|(_, r)| r.as_ref().unwrap_err().code())
            .collect();
        assert_eq!(codes, [Some(ErrorCode::GROUP_ID_NOT_FOUND); 2]);
        let partition = |partition_index, code: ErrorCode| OffsetDeleteResponsePartition {
            partition_index,
            error_code: code.0,
        };
        let each = OffsetDeleteResponse {
            topics: vec![OffsetDeleteResponseTopic {
                name: "t".to_owned(),
                partitions: vec![
                    partition(0, ErrorCode::NONE),
                    partition(1, ErrorCode::GROUP_SUBSCRIBED_TO_TOPIC),
                ],
            }],
            ..OffsetDeleteResponse::default()
        };
        let results = task.read(&keys, each);
        assert!(results[0].1.is_ok() && results[1].1.is_err());
    }

    #[test]
    fn m16_only_a_coordinator_that_moves_is_asked_again() {
        let task = Forget {
            group: "g".to_owned(),
        };
        assert!(task.passes(&ErrorCode::NOT_COORDINATOR.into()));
        assert!(task.passes(&ErrorCode::COORDINATOR_LOAD_IN_PROGRESS.into()));
        assert!(!task.passes(&ErrorCode::UNKNOWN_TOPIC_OR_PARTITION.into()));
    }
}
