//! Where replicas are, and who leads.

use std::time::Duration;

use kafka_sandbox::fault::Command;
use protocol::ErrorCode;
use protocol::messages::alter_partition_reassignments::{
    AlterPartitionReassignmentsRequest, ReassignablePartition, ReassignableTopic,
};
use protocol::messages::alter_replica_log_dirs::{
    AlterReplicaLogDir, AlterReplicaLogDirTopic, AlterReplicaLogDirsRequest,
};
use protocol::messages::create_topics::{CreatableReplicaAssignment, CreatableTopic};
use protocol::messages::describe_log_dirs::{DescribableLogDirTopic, DescribeLogDirsRequest};
use protocol::messages::elect_leaders::{ElectLeadersRequest, TopicPartitions};
use protocol::messages::list_partition_reassignments::{
    ListPartitionReassignmentsRequest, OngoingPartitionReassignment,
};
use protocol::messages::metadata::MetadataResponsePartition;

use crate::support::{Cluster, all_topics, settings_with};

/// A cluster with a topic whose only partition has these replicas.
fn with_replicas(brokers: i32, replicas: &[i32]) -> Cluster {
    let mut cluster = Cluster::of(brokers);
    cluster.create_with(CreatableTopic {
        name: "e".to_owned(),
        num_partitions: -1,
        replication_factor: -1,
        assignments: vec![CreatableReplicaAssignment {
            partition_index: 0,
            broker_ids: replicas.to_vec(),
        }],
        ..CreatableTopic::default()
    });
    cluster
}

fn partition(cluster: &mut Cluster, ask: i32) -> MetadataResponsePartition {
    let mut response = cluster.ask(ask, 12, &all_topics());
    response.topics.remove(0).partitions.remove(0)
}

fn elect(cluster: &mut Cluster, election_type: i8, topic: &str, index: i32) -> (ErrorCode, Option<String>) {
    let request = ElectLeadersRequest {
        election_type,
        topic_partitions: Some(vec![TopicPartitions {
            topic: topic.to_owned(),
            partitions: vec![index],
        }]),
        ..ElectLeadersRequest::default()
    };
    let mut response = cluster.ask(2, 2, &request);
    let result = response
        .replica_election_results
        .remove(0)
        .partition_result
        .remove(0);
    (ErrorCode(result.error_code), result.error_message)
}

#[test]
fn the_preferred_leader_is_elected_when_it_is_back() {
    let mut cluster = with_replicas(3, &[1, 2]);
    let not_needed = Some("Leader election not needed for topic partition.".to_owned());
    assert_eq!(
        elect(&mut cluster, 0, "e", 0),
        (ErrorCode::ELECTION_NOT_NEEDED, not_needed)
    );
    cluster.perform(Command::Kill(1));
    assert_eq!(partition(&mut cluster, 2).leader_id, 2);
    let not_available = Some("The preferred leader was not available.".to_owned());
    assert_eq!(
        elect(&mut cluster, 0, "e", 0),
        (ErrorCode::PREFERRED_LEADER_NOT_AVAILABLE, not_available)
    );
    cluster.perform(Command::Restart(1));
    let before = partition(&mut cluster, 2);
    assert_eq!(before.leader_id, 2, "leadership does not return at once");
    assert_eq!(elect(&mut cluster, 0, "e", 0), (ErrorCode::NONE, None));
    let after = partition(&mut cluster, 2);
    assert_eq!(
        (after.leader_id, after.leader_epoch),
        (1, before.leader_epoch + 1)
    );
    let all = ElectLeadersRequest {
        topic_partitions: None,
        ..ElectLeadersRequest::default()
    };
    let response = cluster.ask(2, 2, &all);
    assert!(
        response
            .replica_election_results
            .iter()
            .all(|topic| topic.partition_result.is_empty())
    );
    let unknown = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
    let no_topic = Some("No such topic as x".to_owned());
    assert_eq!(elect(&mut cluster, 0, "x", 0), (unknown, no_topic));
    let no_partition = Some("No such partition as e-9".to_owned());
    assert_eq!(elect(&mut cluster, 0, "e", 9), (unknown, no_partition));
    let no_type = Some("Unknown election type 9".to_owned());
    assert_eq!(
        elect(&mut cluster, 9, "e", 0),
        (ErrorCode::INVALID_REQUEST, no_type)
    );
}

#[test]
fn leaders_return_to_the_first_replica_at_the_next_turn() {
    let mut cluster = with_replicas(3, &[1, 2]);
    cluster.perform(Command::Kill(1));
    cluster.advance(Duration::from_secs(300));
    let before = partition(&mut cluster, 2);
    assert_eq!(before.leader_id, 2, "it is not there");
    cluster.perform(Command::Restart(1));
    cluster.advance(Duration::from_secs(299));
    assert_eq!(partition(&mut cluster, 2).leader_id, 2);
    cluster.advance(Duration::from_secs(1));
    let after = partition(&mut cluster, 2);
    assert_eq!(
        (after.leader_id, after.leader_epoch),
        (1, before.leader_epoch + 1)
    );
    cluster.perform(Command::MoveLeader {
        topic: "e".into(),
        partition: 0,
        to: 2,
    });
    cluster.advance(Duration::from_secs(300));
    assert_eq!(partition(&mut cluster, 2).leader_id, 1);
    let mut cluster = Cluster::with(settings_with(2, &[("auto.leader.rebalance.enable", "false")]));
    cluster.create_topic("e", 1, 2);
    cluster.perform(Command::Kill(1));
    cluster.perform(Command::Restart(1));
    cluster.advance(Duration::from_secs(1000));
    assert_eq!(partition(&mut cluster, 2).leader_id, 2);
}

#[test]
fn a_leader_is_elected_among_those_that_are_not_in_sync_when_it_is_wanted() {
    let mut cluster = with_replicas(3, &[1, 3]);
    cluster.perform(Command::Kill(3));
    cluster.perform(Command::Kill(1));
    assert_eq!(partition(&mut cluster, 2).leader_id, -1);
    let (code, _) = elect(&mut cluster, 1, "e", 0);
    assert_eq!(code, ErrorCode::ELIGIBLE_LEADERS_NOT_AVAILABLE);
    cluster.perform(Command::Restart(3));
    assert_eq!(partition(&mut cluster, 2).leader_id, -1, "it was not in sync");
    assert_eq!(elect(&mut cluster, 1, "e", 0).0, ErrorCode::NONE);
    let elected = partition(&mut cluster, 2);
    assert_eq!((elected.leader_id, &*elected.isr_nodes), (3, &[3][..]));
    assert_eq!(elect(&mut cluster, 1, "e", 0).0, ErrorCode::ELECTION_NOT_NEEDED);
}

fn reassign(cluster: &mut Cluster, replicas: Option<&[i32]>) -> (ErrorCode, Option<String>) {
    reassign_of(cluster, "e", 0, replicas, true)
}

pub(crate) fn reassign_of(
    cluster: &mut Cluster,
    topic: &str,
    index: i32,
    replicas: Option<&[i32]>,
    may_change_factor: bool,
) -> (ErrorCode, Option<String>) {
    let request = AlterPartitionReassignmentsRequest {
        allow_replication_factor_change: may_change_factor,
        topics: vec![ReassignableTopic {
            name: topic.to_owned(),
            partitions: vec![ReassignablePartition {
                partition_index: index,
                replicas: replicas.map(<[i32]>::to_vec),
            }],
        }],
        ..AlterPartitionReassignmentsRequest::default()
    };
    let mut response = cluster.ask(1, 1, &request);
    assert_eq!(response.allow_replication_factor_change, may_change_factor);
    let result = response.responses.remove(0).partitions.remove(0);
    (ErrorCode(result.error_code), result.error_message)
}

fn ongoing(cluster: &mut Cluster) -> Vec<OngoingPartitionReassignment> {
    let response = cluster.ask(1, 0, &ListPartitionReassignmentsRequest::default());
    response
        .topics
        .into_iter()
        .flat_map(|topic| topic.partitions)
        .collect()
}

#[test]
fn a_reassignment_to_living_brokers_is_over_at_once() {
    let mut cluster = with_replicas(3, &[1, 2]);
    assert_eq!(reassign(&mut cluster, Some(&[3, 2])), (ErrorCode::NONE, None));
    assert_eq!(ongoing(&mut cluster), []);
    let moved = partition(&mut cluster, 1);
    assert_eq!(
        (&*moved.replica_nodes, &*moved.isr_nodes),
        (&[3, 2][..], &[3, 2][..])
    );
    assert_eq!(moved.leader_id, 3, "the old leader is no replica any more");
    assert_eq!(reassign(&mut cluster, Some(&[2])), (ErrorCode::NONE, None));
    let moved = partition(&mut cluster, 1);
    assert_eq!((&*moved.replica_nodes, moved.leader_id), (&[2][..], 2));
}

#[test]
fn a_reassignment_to_a_broker_that_is_down_waits_for_it() {
    let mut cluster = with_replicas(3, &[1, 2]);
    cluster.perform(Command::Kill(3));
    assert_eq!(reassign(&mut cluster, Some(&[1, 3])), (ErrorCode::NONE, None));
    let expected = OngoingPartitionReassignment {
        partition_index: 0,
        replicas: vec![1, 3, 2],
        adding_replicas: vec![3],
        removing_replicas: vec![2],
    };
    assert_eq!(ongoing(&mut cluster), [expected]);
    let during = partition(&mut cluster, 1);
    assert_eq!(
        (&*during.replica_nodes, &*during.isr_nodes),
        (&[1, 3, 2][..], &[1, 2][..])
    );
    cluster.perform(Command::Restart(3));
    assert_eq!(ongoing(&mut cluster), []);
    let after = partition(&mut cluster, 1);
    assert_eq!(
        (&*after.replica_nodes, &*after.isr_nodes),
        (&[1, 3][..], &[1, 3][..])
    );
    assert_eq!(after.leader_id, 1);
}

#[test]
fn a_topic_that_is_created_again_has_the_replicas_it_was_to_have() {
    let mut cluster = with_replicas(3, &[1, 2]);
    cluster.perform(Command::Kill(3));
    assert_eq!(reassign(&mut cluster, Some(&[1, 3])), (ErrorCode::NONE, None));
    cluster.perform(Command::RecreateTopic("e".into()));
    assert_eq!(ongoing(&mut cluster), []);
    assert_eq!(&*partition(&mut cluster, 1).replica_nodes, &[1, 3]);
}

#[test]
fn a_reassignment_can_be_taken_back() {
    let mut cluster = with_replicas(3, &[1, 2]);
    assert_eq!(
        reassign(&mut cluster, None),
        (ErrorCode::NO_REASSIGNMENT_IN_PROGRESS, None)
    );
    cluster.perform(Command::Kill(3));
    assert_eq!(reassign(&mut cluster, Some(&[3, 1])).0, ErrorCode::NONE);
    assert_eq!(ongoing(&mut cluster).len(), 1);
    assert_eq!(reassign(&mut cluster, None), (ErrorCode::NONE, None));
    assert_eq!(ongoing(&mut cluster), []);
    let mut replicas = partition(&mut cluster, 1).replica_nodes.to_vec();
    replicas.sort_unstable();
    assert_eq!(replicas, [1, 2]);
}

#[test]
fn reassignments_are_checked() {
    let mut cluster = with_replicas(3, &[1, 2]);
    let assignment = ErrorCode::INVALID_REPLICA_ASSIGNMENT;
    let unknown = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
    for (topic, index, replicas, code, message) in [
        ("x", 0, &[1][..], unknown, "Unable to find a topic named x."),
        ("e", 9, &[1][..], unknown, "Unable to find partition e:9."),
        (
            "e",
            0,
            &[9][..],
            assignment,
            "The manual partition assignment includes broker 9, but no such broker is registered.",
        ),
        (
            "e",
            0,
            &[][..],
            assignment,
            "The manual partition assignment includes an empty replica list.",
        ),
        (
            "e",
            0,
            &[1, 1][..],
            assignment,
            "The manual partition assignment includes the broker 1 more than once.",
        ),
    ] {
        let refused = reassign_of(&mut cluster, topic, index, Some(replicas), true);
        assert_eq!(refused, (code, Some(message.to_owned())));
    }
    let refused = reassign_of(&mut cluster, "e", 0, Some(&[1]), false);
    let message = "The replication factor is changed from 2 to 1".to_owned();
    assert_eq!(refused, (ErrorCode::INVALID_REPLICATION_FACTOR, Some(message)));
}

#[test]
fn replicas_are_moved_between_log_directories() {
    let mut cluster = Cluster::with(settings_with(2, &[("log.dirs", "/data/a, /data/b")]));
    cluster.create("e", 2, 1);
    let holder = |cluster: &mut Cluster, index: usize| {
        let response = cluster.ask(1, 12, &all_topics());
        response.topics[0].partitions[index].leader_id
    };
    let broker = holder(&mut cluster, 0);
    let all = DescribeLogDirsRequest { topics: None };
    // By directory, the partitions in it.
    let dirs = |cluster: &mut Cluster, request: &DescribeLogDirsRequest| -> Vec<(String, Vec<i32>)> {
        let response = cluster.ask(broker, 4, request);
        assert_eq!(response.error_code, 0);
        let results = response.results.into_iter();
        results
            .map(|dir| {
                let partitions = dir.topics.iter().flat_map(|topic| &topic.partitions);
                (dir.log_dir, partitions.map(|one| one.partition_index).collect())
            })
            .collect()
    };
    let (a, b) = ("/data/a".to_owned(), "/data/b".to_owned());
    assert_eq!(
        dirs(&mut cluster, &all),
        [(a.clone(), vec![0]), (b.clone(), vec![])]
    );
    let to = |path: &str, topic: &str, partition: i32| AlterReplicaLogDirsRequest {
        dirs: vec![AlterReplicaLogDir {
            path: path.to_owned(),
            topics: vec![AlterReplicaLogDirTopic {
                name: topic.to_owned(),
                partitions: vec![partition],
            }],
        }],
    };
    let mut moved = |path: &str, topic: &str, partition: i32| {
        let response = cluster.ask(broker, 2, &to(path, topic, partition));
        ErrorCode(response.results[0].partitions[0].error_code)
    };
    assert_eq!(moved("/data/b", "e", 0), ErrorCode::NONE);
    assert_eq!(moved("/data/c", "e", 0), ErrorCode::LOG_DIR_NOT_FOUND);
    assert_eq!(moved("/data/a", "x", 0), ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
    assert_eq!(moved("/data/a", "e", 1), ErrorCode::REPLICA_NOT_AVAILABLE);
    assert_eq!(
        dirs(&mut cluster, &all),
        [(a.clone(), vec![]), (b.clone(), vec![0])]
    );
    let one = DescribeLogDirsRequest {
        topics: Some(vec![DescribableLogDirTopic {
            topic: "e".to_owned(),
            partitions: vec![0, 0, 1, 7],
        }]),
    };
    assert_eq!(dirs(&mut cluster, &one), [(a, vec![]), (b, vec![0])]);
}
