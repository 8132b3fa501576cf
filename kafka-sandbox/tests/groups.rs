//! Classic groups, their offsets, and who coordinates them.

use std::time::Duration;

use bytes::Bytes;
use kafka_sandbox::answers::LinkId;
use kafka_sandbox::fault::Command;
use kafka_sandbox::storage::DirectoryStorage;
use protocol::ErrorCode;
use protocol::messages::consumer_group_describe::ConsumerGroupDescribeRequest;
use protocol::messages::consumer_group_heartbeat::ConsumerGroupHeartbeatRequest;
use protocol::messages::create_topics::{CreatableTopic, CreateTopicsRequest};
use protocol::messages::delete_groups::DeleteGroupsRequest;
use protocol::messages::describe_groups::DescribeGroupsRequest;
use protocol::messages::find_coordinator::FindCoordinatorRequest;
use protocol::messages::heartbeat::HeartbeatRequest;
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupRequestProtocol, JoinGroupResponse};
use protocol::messages::leave_group::{LeaveGroupRequest, MemberIdentity};
use protocol::messages::list_groups::ListGroupsRequest;
use protocol::messages::offset_commit::{
    OffsetCommitRequest, OffsetCommitRequestPartition, OffsetCommitRequestTopic,
};
use protocol::messages::offset_delete::{
    OffsetDeleteRequest, OffsetDeleteRequestPartition, OffsetDeleteRequestTopic,
};
use protocol::messages::offset_fetch::{
    OffsetFetchRequest, OffsetFetchRequestGroup, OffsetFetchRequestTopic, OffsetFetchRequestTopics,
};
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupRequestAssignment, SyncGroupResponse};

use crate::support::{Asked, Cluster, settings_with};

/// The group of these tests.
const GROUP: &str = "billing";

/// A cluster with a topic `orders` of four partitions, that has a coordinator of [`GROUP`], which comes with it.
pub(crate) fn with_coordinator(brokers: i32, properties: &[(&str, &str)]) -> (Cluster, i32) {
    let mut cluster = Cluster::with(settings_with(brokers, properties));
    create_topic(&mut cluster, "orders", 4);
    let coordinator = coordinator(&mut cluster);
    (cluster, coordinator)
}

pub(crate) fn create_topic(cluster: &mut Cluster, name: &str, partitions: i32) {
    let request = CreateTopicsRequest {
        topics: vec![CreatableTopic {
            name: name.to_owned(),
            num_partitions: partitions,
            replication_factor: 1,
            ..CreatableTopic::default()
        }],
        ..CreateTopicsRequest::default()
    };
    assert_eq!(cluster.ask(1, 5, &request).topics[0].error_code, 0);
}

/// Asks for the coordinator of [`GROUP`].
pub(crate) fn coordinator(cluster: &mut Cluster) -> i32 {
    let request = FindCoordinatorRequest {
        coordinator_keys: vec![GROUP.to_owned()],
        ..FindCoordinatorRequest::default()
    };
    let found = cluster.ask(1, 4, &request).coordinators.remove(0);
    assert_eq!((found.error_code, found.key.as_str()), (0, GROUP));
    assert_eq!(found.host, format!("broker{}", found.node_id));
    found.node_id
}

/// A join of a consumer of `orders`.
fn joining(member_id: &str) -> JoinGroupRequest {
    JoinGroupRequest {
        group_id: GROUP.to_owned(),
        session_timeout_ms: 10_000,
        rebalance_timeout_ms: 30_000,
        member_id: member_id.to_owned(),
        protocol_type: "consumer".to_owned(),
        protocols: vec![JoinGroupRequestProtocol {
            name: "range".to_owned(),
            metadata: Bytes::from_static(b"\0\0\0\0\0\x01\0\x06orders\xff\xff\xff\xff"),
        }],
        ..JoinGroupRequest::default()
    }
}

fn syncing(joined: &JoinGroupResponse, assignments: &[(&str, &'static str)]) -> SyncGroupRequest {
    let assignments = assignments
        .iter()
        .map(|&(member, text)| SyncGroupRequestAssignment {
            member_id: member.to_owned(),
            assignment: Bytes::from_static(text.as_bytes()),
        });
    SyncGroupRequest {
        group_id: GROUP.to_owned(),
        generation_id: joined.generation_id,
        member_id: joined.member_id.clone(),
        protocol_type: joined.protocol_type.clone(),
        protocol_name: joined.protocol_name.clone(),
        assignments: assignments.collect(),
        ..SyncGroupRequest::default()
    }
}

fn heartbeat(cluster: &mut Cluster, broker: i32, joined: &JoinGroupResponse) -> ErrorCode {
    let request = HeartbeatRequest {
        group_id: GROUP.to_owned(),
        generation_id: joined.generation_id,
        member_id: joined.member_id.clone(),
        group_instance_id: None,
    };
    ErrorCode(cluster.ask(broker, 4, &request).error_code)
}

/// Joins as clients do: once for an id, and again with it.
fn join(cluster: &mut Cluster, link: LinkId) -> Asked {
    let asked = cluster.send(link, 9, &joining(""));
    let first: JoinGroupResponse = cluster.answer(asked).unwrap();
    assert_eq!(ErrorCode(first.error_code), ErrorCode::MEMBER_ID_REQUIRED);
    cluster.send(link, 9, &joining(&first.member_id))
}

/// A group of one member, which is stable.
fn alone(cluster: &mut Cluster, broker: i32) -> (LinkId, JoinGroupResponse) {
    let link = cluster.connect(broker);
    let asked = join(cluster, link);
    cluster.advance(Duration::from_secs(3));
    let joined: JoinGroupResponse = cluster.answer(asked).unwrap();
    assert_eq!(joined.error_code, 0);
    let sync = syncing(&joined, &[(&joined.member_id, "all")]);
    let synced = cluster.ask_on(link, 5, &sync);
    assert_eq!((synced.error_code, &synced.assignment[..]), (0, &b"all"[..]));
    (link, joined)
}

fn committing(member: Option<&JoinGroupResponse>, partition: i32, offset: i64) -> OffsetCommitRequest {
    OffsetCommitRequest {
        group_id: GROUP.to_owned(),
        generation_id_or_member_epoch: member.map_or(-1, |member| member.generation_id),
        member_id: member.map(|member| member.member_id.clone()).unwrap_or_default(),
        topics: vec![OffsetCommitRequestTopic {
            name: "orders".to_owned(),
            partitions: vec![OffsetCommitRequestPartition {
                partition_index: partition,
                committed_offset: offset,
                committed_leader_epoch: 0,
                committed_metadata: Some("so far".to_owned()),
            }],
            ..OffsetCommitRequestTopic::default()
        }],
        ..OffsetCommitRequest::default()
    }
}

fn commit(cluster: &mut Cluster, broker: i32, request: &OffsetCommitRequest) -> ErrorCode {
    let response = cluster.ask(broker, 9, request);
    ErrorCode(response.topics[0].partitions[0].error_code)
}

/// The offset that is committed for a partition of `orders`.
fn committed(cluster: &mut Cluster, broker: i32, partition: i32) -> Result<i64, ErrorCode> {
    let request = OffsetFetchRequest {
        groups: vec![OffsetFetchRequestGroup {
            group_id: GROUP.to_owned(),
            topics: Some(vec![OffsetFetchRequestTopics {
                name: "orders".to_owned(),
                partition_indexes: vec![partition],
                ..OffsetFetchRequestTopics::default()
            }]),
            ..OffsetFetchRequestGroup::default()
        }],
        require_stable: true,
        ..OffsetFetchRequest::default()
    };
    let group = cluster.ask(broker, 9, &request).groups.remove(0);
    if group.error_code != 0 {
        return Err(ErrorCode(group.error_code));
    }
    let partition = &group.topics[0].partitions[0];
    match partition.error_code {
        0 => Ok(partition.committed_offset),
        code => Err(ErrorCode(code)),
    }
}

#[test]
fn the_first_look_for_a_coordinator_makes_its_topic() {
    let mut cluster = Cluster::of(3);
    let first = coordinator(&mut cluster);
    assert!((1..=3).contains(&first));
    for version in 0..=6 {
        let request = FindCoordinatorRequest {
            key: if version < 4 {
                GROUP.to_owned()
            } else {
                String::new()
            },
            coordinator_keys: if version < 4 {
                Vec::new()
            } else {
                vec![GROUP.to_owned()]
            },
            ..FindCoordinatorRequest::default()
        };
        let mut response = cluster.ask(2, version, &request);
        let node = response
            .coordinators
            .pop()
            .map_or(response.node_id, |found| found.node_id);
        assert_eq!(node, first, "version {version}");
    }
}

#[test]
fn a_group_of_two_gets_its_assignment() {
    let (mut cluster, broker) = with_coordinator(3, &[]);
    let (one, two) = (cluster.connect(broker), cluster.connect(broker));
    let (first, second) = (join(&mut cluster, one), join(&mut cluster, two));
    cluster.advance(Duration::from_millis(5_999));
    assert!(
        cluster.answer::<JoinGroupResponse>(first).is_none(),
        "more may come"
    );
    cluster.advance(Duration::from_millis(1));
    let first: JoinGroupResponse = cluster.answer(first).unwrap();
    let second: JoinGroupResponse = cluster.answer(second).unwrap();
    assert_eq!((first.generation_id, second.generation_id), (1, 1));
    assert_eq!(
        (&first.leader, &second.leader),
        (&first.member_id, &first.member_id)
    );
    assert_eq!((first.members.len(), second.members.len()), (2, 0));
    assert_eq!(first.protocol_name.as_deref(), Some("range"));

    let waits = cluster.send(two, 5, &syncing(&second, &[]));
    assert!(cluster.answer::<SyncGroupResponse>(waits).is_none());
    let given = [(&*first.member_id, "a"), (&*second.member_id, "b")];
    let synced = cluster.ask_on(one, 5, &syncing(&first, &given));
    assert_eq!(&synced.assignment[..], b"a");
    let synced: SyncGroupResponse = cluster.answer(waits).unwrap();
    assert_eq!((synced.error_code, &synced.assignment[..]), (0, &b"b"[..]));
    assert_eq!(heartbeat(&mut cluster, broker, &second), ErrorCode::NONE);

    let request = DescribeGroupsRequest {
        groups: vec![GROUP.to_owned(), "nobody".to_owned()],
        include_authorized_operations: true,
    };
    let described = cluster.ask(broker, 5, &request).groups;
    assert_eq!(
        (&*described[0].group_state, described[0].members.len()),
        ("Stable", 2)
    );
    assert_eq!(described[0].members[0].client_host, "/127.0.0.1");
    assert_eq!(
        described[0].members[1].member_assignment,
        Bytes::from_static(b"b")
    );
    let other = ErrorCode(described[1].error_code);
    assert!(other == ErrorCode::NOT_COORDINATOR || described[1].group_state == "Dead");

    // One leaves: the other learns it, and has it all after joining again.
    let request = LeaveGroupRequest {
        group_id: GROUP.to_owned(),
        members: vec![MemberIdentity {
            member_id: first.member_id.clone(),
            ..MemberIdentity::default()
        }],
        ..LeaveGroupRequest::default()
    };
    assert_eq!(cluster.ask(broker, 5, &request).members[0].error_code, 0);
    let code = heartbeat(&mut cluster, broker, &second);
    assert_eq!(code, ErrorCode::REBALANCE_IN_PROGRESS);
    let again = cluster.ask_on(two, 9, &joining(&second.member_id));
    assert_eq!((again.generation_id, &again.leader), (2, &second.member_id));
    assert_eq!(
        heartbeat(&mut cluster, broker, &second),
        ErrorCode::ILLEGAL_GENERATION
    );
}

#[test]
fn silence_ends_a_membership() {
    let (mut cluster, broker) = with_coordinator(1, &[]);
    let (_, joined) = alone(&mut cluster, broker);
    cluster.advance(Duration::from_millis(9_999));
    assert_eq!(heartbeat(&mut cluster, broker, &joined), ErrorCode::NONE);
    cluster.advance(Duration::from_secs(10));
    assert_eq!(
        heartbeat(&mut cluster, broker, &joined),
        ErrorCode::UNKNOWN_MEMBER_ID
    );
}

#[test]
fn members_are_found_and_expired() {
    let (mut cluster, broker) = with_coordinator(1, &[]);
    assert_eq!(cluster.core.members(GROUP), [""; 0]);
    let (_, joined) = alone(&mut cluster, broker);
    let members = cluster.core.members(GROUP);
    assert_eq!(members, [joined.member_id.as_str()]);
    cluster.perform(Command::ExpireMember {
        group: GROUP.into(),
        member: members[0].as_str().into(),
    });
    assert_eq!(
        heartbeat(&mut cluster, broker, &joined),
        ErrorCode::UNKNOWN_MEMBER_ID
    );
    assert_eq!(cluster.core.members(GROUP), [""; 0]);
}

#[test]
fn a_lost_connection_does_not_end_a_membership() {
    let (mut cluster, broker) = with_coordinator(1, &[]);
    let link = cluster.connect(broker);
    let _ = join(&mut cluster, link);
    cluster.disconnect(link);
    cluster.advance(Duration::from_secs(3));
    let request = DescribeGroupsRequest {
        groups: vec![GROUP.to_owned()],
        include_authorized_operations: false,
    };
    let described = cluster.ask(broker, 5, &request).groups.remove(0);
    assert_eq!(
        (&*described.group_state, described.members.len()),
        ("CompletingRebalance", 1)
    );
}

#[test]
fn offsets_are_committed_by_members_and_by_those_who_need_no_group() {
    let (mut cluster, broker) = with_coordinator(1, &[]);
    assert_eq!(committed(&mut cluster, broker, 0), Ok(-1));
    assert_eq!(
        commit(&mut cluster, broker, &committing(None, 0, 5)),
        ErrorCode::NONE
    );
    assert_eq!(committed(&mut cluster, broker, 0), Ok(5));
    let (_, joined) = alone(&mut cluster, broker);
    let member = committing(Some(&joined), 1, 7);
    assert_eq!(commit(&mut cluster, broker, &member), ErrorCode::NONE);
    assert_eq!(committed(&mut cluster, broker, 1), Ok(7));
    let refused = [
        (committing(None, 0, 9), ErrorCode::UNKNOWN_MEMBER_ID),
        (
            OffsetCommitRequest {
                generation_id_or_member_epoch: 7,
                ..member.clone()
            },
            ErrorCode::ILLEGAL_GENERATION,
        ),
        (
            OffsetCommitRequest {
                member_id: "nobody".to_owned(),
                ..member.clone()
            },
            ErrorCode::UNKNOWN_MEMBER_ID,
        ),
        (
            OffsetCommitRequest {
                group_instance_id: Some("nobody".to_owned()),
                ..member.clone()
            },
            ErrorCode::UNKNOWN_MEMBER_ID,
        ),
        (
            committing(Some(&joined), 4, 0),
            ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
        ),
    ];
    for (request, code) in refused {
        assert_eq!(commit(&mut cluster, broker, &request), code);
    }
    let mut long = member;
    long.topics[0].partitions[0].committed_metadata = Some("x".repeat(4097));
    let code = commit(&mut cluster, broker, &long);
    assert_eq!(code, ErrorCode::OFFSET_METADATA_TOO_LARGE);
    assert_eq!(committed(&mut cluster, broker, 0), Ok(5));
}

#[test]
fn offsets_are_fetched_in_all_versions() {
    let (mut cluster, broker) = with_coordinator(1, &[]);
    commit(&mut cluster, broker, &committing(None, 2, 11));
    for version in 1..=7 {
        let request = OffsetFetchRequest {
            group_id: GROUP.to_owned(),
            topics: Some(vec![OffsetFetchRequestTopic {
                name: "orders".to_owned(),
                partition_indexes: vec![2, 3],
            }]),
            ..OffsetFetchRequest::default()
        };
        let response = cluster.ask(broker, version, &request);
        let partitions = &response.topics[0].partitions;
        assert_eq!(
            (partitions[0].committed_offset, partitions[1].committed_offset),
            (11, -1)
        );
        assert_eq!(partitions[0].metadata.as_deref(), Some("so far"));
    }
    for version in [8, 9, 10] {
        let request = OffsetFetchRequest {
            groups: vec![OffsetFetchRequestGroup {
                group_id: GROUP.to_owned(),
                topics: None,
                ..OffsetFetchRequestGroup::default()
            }],
            ..OffsetFetchRequest::default()
        };
        let response = cluster.ask(broker, version, &request);
        let topic = &response.groups[0].topics[0];
        assert_eq!(
            (topic.partitions.len(), topic.partitions[0].committed_offset),
            (1, 11)
        );
        assert_eq!(topic.topic_id.is_zero(), version < 10);
        assert_eq!(topic.name.is_empty(), version >= 10);
        if version >= 10 {
            let mut by_id = committing(None, 2, 12);
            by_id.topics[0].name.clear();
            by_id.topics[0].topic_id = topic.topic_id;
            let response = cluster.ask(broker, 10, &by_id);
            assert_eq!(response.topics[0].partitions[0].error_code, 0);
            assert_eq!(committed(&mut cluster, broker, 2), Ok(12));
            by_id.topics[0].topic_id = protocol::Uuid::from_bytes([9; 16]);
            let response = cluster.ask(broker, 10, &by_id);
            let code = ErrorCode(response.topics[0].partitions[0].error_code);
            assert_eq!(code, ErrorCode::UNKNOWN_TOPIC_ID);
        }
    }
}

#[test]
fn others_are_not_the_coordinator() {
    let (mut cluster, broker) = with_coordinator(3, &[]);
    let other = broker % 3 + 1;
    let not_here = ErrorCode::NOT_COORDINATOR;
    assert_eq!(committed(&mut cluster, other, 0), Err(not_here));
    assert_eq!(commit(&mut cluster, other, &committing(None, 0, 5)), not_here);
    assert_eq!(
        ErrorCode(cluster.ask(other, 9, &joining("")).error_code),
        not_here
    );
    let request = ListGroupsRequest::default();
    assert_eq!(
        commit(&mut cluster, broker, &committing(None, 0, 5)),
        ErrorCode::NONE
    );
    assert_eq!(cluster.ask(other, 5, &request).groups.len(), 0);
    let listed = cluster.ask(broker, 5, &request).groups.remove(0);
    assert_eq!(
        (&*listed.group_id, &*listed.group_state, &*listed.group_type),
        (GROUP, "Empty", "classic")
    );
}

#[test]
fn groups_and_offsets_are_deleted() {
    let (mut cluster, broker) = with_coordinator(1, &[]);
    let delete = DeleteGroupsRequest {
        groups_names: vec![GROUP.to_owned()],
    };
    let not_found = ErrorCode::GROUP_ID_NOT_FOUND;
    assert_eq!(
        ErrorCode(cluster.ask(broker, 2, &delete).results[0].error_code),
        not_found
    );
    let (_, joined) = alone(&mut cluster, broker);
    commit(&mut cluster, broker, &committing(Some(&joined), 1, 7));
    let code = ErrorCode(cluster.ask(broker, 2, &delete).results[0].error_code);
    assert_eq!(code, ErrorCode::NON_EMPTY_GROUP);
    let offset = OffsetDeleteRequest {
        group_id: GROUP.to_owned(),
        topics: vec![OffsetDeleteRequestTopic {
            name: "orders".to_owned(),
            partitions: vec![OffsetDeleteRequestPartition { partition_index: 1 }],
        }],
    };
    let response = cluster.ask(broker, 0, &offset);
    let code = ErrorCode(response.topics[0].partitions[0].error_code);
    assert_eq!(
        (response.error_code, code),
        (0, ErrorCode::GROUP_SUBSCRIBED_TO_TOPIC)
    );
    cluster.advance(Duration::from_secs(10));
    let response = cluster.ask(broker, 0, &offset);
    assert_eq!(
        (response.error_code, response.topics[0].partitions[0].error_code),
        (0, 0)
    );
    assert_eq!(committed(&mut cluster, broker, 1), Ok(-1));
    assert_eq!(cluster.ask(broker, 2, &delete).results[0].error_code, 0);
    assert_eq!(
        ErrorCode(cluster.ask(broker, 2, &delete).results[0].error_code),
        not_found
    );
}

#[test]
fn old_offsets_go_when_their_group_has_been_empty_for_long() {
    let (mut cluster, broker) = with_coordinator(1, &[("offsets.retention.minutes", "60")]);
    commit(&mut cluster, broker, &committing(None, 0, 5));
    cluster.advance(Duration::from_secs(59 * 60));
    assert_eq!(committed(&mut cluster, broker, 0), Ok(5));
    cluster.advance(Duration::from_secs(11 * 60));
    assert_eq!(committed(&mut cluster, broker, 0), Ok(-1));
    assert_eq!(
        cluster.ask(broker, 5, &ListGroupsRequest::default()).groups.len(),
        0
    );
    assert_eq!(cluster.core.next_deadline(), None, "nothing is left to be done");
}

/// A cluster of one broker on what a directory holds.
fn opened(root: &std::path::Path) -> Cluster {
    let storage = DirectoryStorage::open(root).unwrap();
    Cluster::on(settings_with(1, &[]), Box::new(storage))
}

#[test]
fn offsets_and_members_outlive_the_cluster() {
    let root = tempfile::tempdir().unwrap();
    let mut cluster = opened(root.path());
    create_topic(&mut cluster, "orders", 4);
    let broker = coordinator(&mut cluster);
    let (_, joined) = alone(&mut cluster, broker);
    for partition in 0..4 {
        let request = committing(Some(&joined), partition, 10 + i64::from(partition));
        assert_eq!(commit(&mut cluster, broker, &request), ErrorCode::NONE);
    }
    // As by kill -9: nothing is told that it ends.
    drop(cluster);
    let mut cluster = opened(root.path());
    for partition in 0..4 {
        assert_eq!(
            committed(&mut cluster, broker, partition),
            Ok(10 + i64::from(partition))
        );
    }
    assert_eq!(heartbeat(&mut cluster, broker, &joined), ErrorCode::NONE);
    let link = cluster.connect(broker);
    let synced = cluster.ask_on(link, 5, &syncing(&joined, &[]));
    assert_eq!((synced.error_code, &synced.assignment[..]), (0, &b"all"[..]));
    cluster.advance(Duration::from_secs(10));
    assert_eq!(
        heartbeat(&mut cluster, broker, &joined),
        ErrorCode::UNKNOWN_MEMBER_ID
    );
}

#[test]
fn a_group_goes_on_with_another_coordinator() {
    let (mut cluster, broker) = with_coordinator(3, &[("group.initial.rebalance.delay.ms", "0")]);
    let link = cluster.connect(broker);
    let asked = join(&mut cluster, link);
    let joined: JoinGroupResponse = cluster.answer(asked).unwrap();
    let sync = syncing(&joined, &[(&joined.member_id, "all")]);
    assert_eq!(cluster.ask_on(link, 5, &sync).error_code, 0);
    assert_eq!(
        commit(&mut cluster, broker, &committing(Some(&joined), 1, 7)),
        ErrorCode::NONE
    );
    // Somebody joins, and waits for the first.
    let waits = cluster.connect(broker);
    let waits = join(&mut cluster, waits);
    assert!(cluster.answer::<JoinGroupResponse>(waits).is_none());
    let to = broker % 3 + 1;
    let now = cluster.now();
    let move_it = Command::MoveCoordinator {
        group: GROUP.into(),
        to,
    };
    cluster.core.perform(now, &move_it).unwrap();
    cluster.collect();
    let answer: JoinGroupResponse = cluster.answer(waits).unwrap();
    assert_eq!(ErrorCode(answer.error_code), ErrorCode::NOT_COORDINATOR);
    assert_eq!(
        heartbeat(&mut cluster, broker, &joined),
        ErrorCode::NOT_COORDINATOR
    );
    assert_eq!(coordinator(&mut cluster), to);
    assert_eq!(
        heartbeat(&mut cluster, to, &joined),
        ErrorCode::NONE,
        "it was stable when it was kept"
    );
    assert_eq!(committed(&mut cluster, to, 1), Ok(7));
    // The coordinator dies, and another one takes over.
    let now = cluster.now();
    cluster.core.perform(now, &Command::Kill(to)).unwrap();
    cluster.collect();
    let next = if to == 1 { 2 } else { 1 };
    let request = FindCoordinatorRequest {
        coordinator_keys: vec![GROUP.to_owned()],
        ..FindCoordinatorRequest::default()
    };
    let found = cluster.ask(next, 4, &request).coordinators.remove(0);
    assert_ne!(found.node_id, to);
    assert_eq!(committed(&mut cluster, found.node_id, 1), Ok(7));
    assert_eq!(heartbeat(&mut cluster, found.node_id, &joined), ErrorCode::NONE);
}

#[test]
fn a_membership_is_ended_from_outside() {
    let (mut cluster, broker) = with_coordinator(1, &[]);
    let (_, joined) = alone(&mut cluster, broker);
    let expire = |member: &str| Command::ExpireMember {
        group: GROUP.into(),
        member: member.into(),
    };
    let now = cluster.now();
    let error = cluster.core.perform(now, &expire("nobody")).unwrap_err();
    assert_eq!(error.to_string(), "there is no member nobody in a group billing");
    cluster.core.perform(now, &expire(&joined.member_id)).unwrap();
    assert_eq!(
        heartbeat(&mut cluster, broker, &joined),
        ErrorCode::UNKNOWN_MEMBER_ID
    );
}

#[test]
fn offsets_of_a_topic_that_is_deleted_are_forgotten() {
    let (mut cluster, broker) = with_coordinator(1, &[]);
    commit(&mut cluster, broker, &committing(None, 0, 5));
    let now = cluster.now();
    let recreate = Command::RecreateTopic("orders".into());
    cluster.core.perform(now, &recreate).unwrap();
    assert_eq!(committed(&mut cluster, broker, 0), Ok(-1));
}

#[test]
fn a_consumer_group_gets_its_assignment() {
    let (mut cluster, broker) = with_coordinator(3, &[]);
    let mut request = ConsumerGroupHeartbeatRequest {
        group_id: GROUP.to_owned(),
        member_id: "a".to_owned(),
        rebalance_timeout_ms: 30_000,
        subscribed_topic_names: Some(vec!["orders".to_owned()]),
        topic_partitions: Some(Vec::new()),
        ..ConsumerGroupHeartbeatRequest::default()
    };
    let first = cluster.ask(broker, 1, &request);
    assert_eq!((first.error_code, first.member_epoch), (0, 2));
    let got = &first.assignment.unwrap().topic_partitions[0];
    assert_eq!(got.partitions, [0, 1, 2, 3]);
    let described = ConsumerGroupDescribeRequest {
        group_ids: vec![GROUP.to_owned()],
        include_authorized_operations: true,
    };
    let group = cluster.ask(broker, 1, &described).groups.remove(0);
    assert_eq!(
        (&*group.group_state, &*group.assignor_name),
        ("Stable", "uniform")
    );
    assert_eq!(group.members[0].member_type, 1);
    assert_eq!(
        group.members[0].assignment.topic_partitions[0].topic_name,
        "orders"
    );
    let listed = cluster
        .ask(broker, 5, &ListGroupsRequest::default())
        .groups
        .remove(0);
    assert_eq!(
        (&*listed.group_type, &*listed.protocol_type),
        ("consumer", "consumer")
    );
    let other = ListGroupsRequest {
        types_filter: vec!["Classic".to_owned()],
        ..ListGroupsRequest::default()
    };
    assert_eq!(cluster.ask(broker, 5, &other).groups, []);
    request.server_assignor = Some("sticky".to_owned());
    let refused = cluster.ask(broker, 1, &request);
    assert_eq!(ErrorCode(refused.error_code), ErrorCode::UNSUPPORTED_ASSIGNOR);
    assert_eq!(
        refused.error_message.as_deref(),
        Some("ServerAssignor sticky is not supported. Supported assignors: uniform, range.")
    );
    // A commit that names the epoch it was made at.
    let mut commit_at = committing(None, 0, 3);
    commit_at.member_id = "a".to_owned();
    commit_at.generation_id_or_member_epoch = 2;
    assert_eq!(commit(&mut cluster, broker, &commit_at), ErrorCode::NONE);
    commit_at.generation_id_or_member_epoch = 3;
    assert_eq!(
        commit(&mut cluster, broker, &commit_at),
        ErrorCode::STALE_MEMBER_EPOCH
    );
    cluster.advance(Duration::from_secs(45));
    let group = cluster.ask(broker, 1, &described).groups.remove(0);
    assert_eq!((&*group.group_state, group.members.len()), ("Empty", 0));
}

#[test]
fn what_is_too_large_to_be_kept_concerns_one_group_alone() {
    let (mut cluster, broker) = with_coordinator(1, &[("offsets.topic.num.partitions", "1")]);
    let (_, joined) = alone(&mut cluster, broker);
    assert_eq!(
        commit(&mut cluster, broker, &committing(Some(&joined), 0, 5)),
        ErrorCode::NONE
    );
    let other = cluster.connect(broker);
    let mut request = joining("");
    request.group_id = "others".to_owned();
    request.protocols[0].metadata = vec![0; 2 << 20].into();
    let asked = cluster.send(other, 3, &request);
    cluster.advance(Duration::from_secs(3));
    // Somebody waits in the first group meanwhile.
    let waits = cluster.connect(broker);
    let waits = join(&mut cluster, waits);
    let large: JoinGroupResponse = cluster.answer(asked).unwrap();
    assert_eq!(large.error_code, 0);
    let mut sync = syncing(&large, &[]);
    sync.group_id = "others".to_owned();
    sync.protocol_type = Some("consumer".to_owned());
    let refused = ErrorCode(cluster.ask_on(other, 5, &sync).error_code);
    assert_eq!(refused, ErrorCode::UNKNOWN_SERVER_ERROR);
    assert!(cluster.answer::<JoinGroupResponse>(waits).is_none());
    let code = heartbeat(&mut cluster, broker, &joined);
    assert_eq!(code, ErrorCode::REBALANCE_IN_PROGRESS);
    assert_eq!(committed(&mut cluster, broker, 0), Ok(5));
}

#[test]
fn a_long_client_id_leaves_room_for_the_rest_of_a_member_id() {
    let (mut cluster, broker) = with_coordinator(1, &[]);
    let link = cluster.connect(broker);
    let client = "x".repeat(32_767);
    let asked = cluster.send_as(link, Some(&client), 9, &joining(""));
    let answer: JoinGroupResponse = cluster.answer(asked).unwrap();
    assert_eq!(ErrorCode(answer.error_code), ErrorCode::MEMBER_ID_REQUIRED);
    assert!(answer.member_id.len() > 30_000);
}
