//! Groups of both protocols.

use protocol::messages::consumer_group_describe::ConsumerGroupDescribeRequest;
use protocol::messages::describe_groups::DescribeGroupsRequest;
use protocol::messages::find_coordinator::FindCoordinatorRequest;
use protocol::messages::heartbeat::HeartbeatRequest;
use protocol::messages::leave_group::{LeaveGroupRequest, MemberIdentity};
use protocol::messages::list_groups::ListGroupsRequest;
use protocol::messages::offset_delete::{
    OffsetDeleteRequest, OffsetDeleteRequestPartition, OffsetDeleteRequestTopic,
};
use protocol::messages::offset_fetch::{
    OffsetFetchRequest, OffsetFetchRequestGroup, OffsetFetchRequestTopics,
};
use protocol::messages::sync_group::SyncGroupRequest;

use super::{Probing, UNKNOWN};
use crate::twins::requests::*;

impl Probing {
    pub(super) async fn groups(&mut self) {
        let (group, topic, id) = (self.own("group"), self.topic.clone(), self.topic_id);
        for (probe, key_type) in [("FindCoordinator, group", 0), ("FindCoordinator, transaction", 1)] {
            let request = FindCoordinatorRequest {
                key_type,
                coordinator_keys: vec![group.clone()],
                ..FindCoordinatorRequest::default()
            };
            self.ask(probe, request).await;
        }
        let joined = self.own("joined");
        self.ask("JoinGroup", join(&joined, "", 10_000, vec!["range"], "consumer"))
            .await;
        let sync = SyncGroupRequest {
            group_id: group.clone(),
            generation_id: 1,
            member_id: "nobody".to_owned(),
            protocol_type: Some("consumer".to_owned()),
            protocol_name: Some("range".to_owned()),
            ..SyncGroupRequest::default()
        };
        self.ask("SyncGroup", sync).await;
        let heartbeat = HeartbeatRequest {
            group_id: group.clone(),
            generation_id: 1,
            member_id: "nobody".to_owned(),
            group_instance_id: None,
        };
        self.ask("Heartbeat", heartbeat).await;
        let leave = LeaveGroupRequest {
            group_id: group.clone(),
            members: vec![MemberIdentity {
                member_id: "nobody".to_owned(),
                ..MemberIdentity::default()
            }],
            ..LeaveGroupRequest::default()
        };
        self.ask("LeaveGroup", leave).await;
        self.ask("OffsetCommit", commit(&group, -1, "", id, 0, 1)).await;
        self.ask("OffsetCommit, unknown", commit(&group, -1, "", UNKNOWN, 0, 1))
            .await;
        let named = Some(vec![OffsetFetchRequestTopics {
            topic_id: id,
            partition_indexes: vec![0],
            ..OffsetFetchRequestTopics::default()
        }]);
        for (probe, topics) in [("OffsetFetch", named), ("OffsetFetch, all", None)] {
            let request = OffsetFetchRequest {
                groups: vec![OffsetFetchRequestGroup {
                    group_id: group.clone(),
                    member_epoch: -1,
                    topics,
                    ..OffsetFetchRequestGroup::default()
                }],
                ..OffsetFetchRequest::default()
            };
            self.ask(probe, request).await;
        }
        let describe = DescribeGroupsRequest {
            groups: vec![group.clone()],
            include_authorized_operations: true,
        };
        self.ask("DescribeGroups", describe).await;
        let (consumers, theirs) = (self.own("consumers"), "theirs");
        for (probe, topic) in [
            ("ConsumerGroupHeartbeat", topic.as_str()),
            ("ConsumerGroupHeartbeat, another's topic", theirs),
        ] {
            let request = consumer_heartbeat(
                &consumers,
                "AAAAAAAAAAAAAAAAAAAAAA",
                0,
                Some(vec![topic]),
                Some(()),
                None,
                10_000,
            );
            self.ask(probe, request).await;
        }
        let describe = ConsumerGroupDescribeRequest {
            group_ids: vec![consumers],
            include_authorized_operations: true,
        };
        self.ask("ConsumerGroupDescribe", describe).await;
        self.ask("ListGroups", ListGroupsRequest::default()).await;
        let delete = OffsetDeleteRequest {
            group_id: group,
            topics: vec![OffsetDeleteRequestTopic {
                name: topic,
                partitions: vec![OffsetDeleteRequestPartition { partition_index: 0 }],
            }],
        };
        self.ask("OffsetDelete", delete).await;
    }
}
