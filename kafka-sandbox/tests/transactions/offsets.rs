//! Offsets that are committed in transactions.

use kafka_sandbox::storage::DirectoryStorage;
use protocol::ErrorCode;
use protocol::messages::offset_fetch::{
    OffsetFetchRequest, OffsetFetchRequestGroup, OffsetFetchRequestTopics,
};

use super::producer::{Member, Producer, Speaks};
use super::{cluster, create_topics, perform};
use crate::support::{Cluster, settings_with};

/// The committed offset of partition 0, -1 for none; or why it is not told.
fn committed(cluster: &mut Cluster, stable: bool) -> Result<i64, ErrorCode> {
    let topic = OffsetFetchRequestTopics {
        name: "orders".to_owned(),
        partition_indexes: vec![0],
        ..OffsetFetchRequestTopics::default()
    };
    let request = OffsetFetchRequest {
        groups: vec![OffsetFetchRequestGroup {
            group_id: "group".to_owned(),
            topics: Some(vec![topic]),
            ..OffsetFetchRequestGroup::default()
        }],
        require_stable: stable,
        ..OffsetFetchRequest::default()
    };
    let answer = cluster.ask(1, 8, &request);
    let group = &answer.groups[0];
    assert_eq!(group.error_code, 0);
    let partition = &group.topics[0].partitions[0];
    ErrorCode(partition.error_code)
        .ok()
        .map(|()| partition.committed_offset)
}

fn commit(cluster: &mut Cluster, producer: &Producer, offset: i64) -> ErrorCode {
    let member = Member::nobody_of("group");
    producer.commit_offset(cluster, 1, member, ("orders", 0, offset))
}

fn begin(cluster: &mut Cluster, name: &str, speaks: Speaks) -> Producer {
    let producer = Producer::start(cluster, name, 1, speaks);
    if speaks == Speaks::V1 {
        assert_eq!(producer.add_offsets(cluster, "group"), ErrorCode::NONE);
    }
    producer
}

#[test]
fn t19_offsets_are_there_when_their_transaction_is_committed_and_not_before() {
    for speaks in [Speaks::V1, Speaks::V2] {
        let mut cluster = cluster();
        let ask = &mut cluster;
        let mut producer = begin(ask, "a", speaks);
        assert_eq!(commit(ask, &producer, 5), ErrorCode::NONE);
        assert_eq!(committed(ask, false), Ok(-1));
        assert_eq!(committed(ask, true), Err(ErrorCode::UNSTABLE_OFFSET_COMMIT));
        assert_eq!(producer.end(ask, true), ErrorCode::NONE);
        assert_eq!(committed(ask, true), Ok(5));

        let mut producer = begin(ask, "a", speaks);
        assert_eq!(commit(ask, &producer, 9), ErrorCode::NONE);
        assert_eq!(committed(ask, false), Ok(5));
        assert_eq!(producer.end(ask, false), ErrorCode::NONE);
        assert_eq!(committed(ask, true), Ok(5));
    }
}

#[test]
fn t23_offsets_of_a_producer_that_was_replaced_are_never_there() {
    let mut cluster = cluster();
    let ask = &mut cluster;
    let first = begin(ask, "a", Speaks::V2);
    assert_eq!(commit(ask, &first, 5), ErrorCode::NONE);
    let second = begin(ask, "a", Speaks::V2);
    assert_eq!(committed(ask, true), Ok(-1));
    assert_eq!(commit(ask, &first, 6), ErrorCode::INVALID_PRODUCER_EPOCH);
    assert_eq!(commit(ask, &second, 7), ErrorCode::NONE);
}

#[test]
fn two_producers_commit_offsets_of_one_group() {
    let mut cluster = cluster();
    let ask = &mut cluster;
    let mut one = begin(ask, "one", Speaks::V1);
    let mut other = begin(ask, "other", Speaks::V2);
    assert_eq!(commit(ask, &one, 5), ErrorCode::NONE);
    assert_eq!(commit(ask, &other, 6), ErrorCode::NONE);
    assert_eq!(other.end(ask, true), ErrorCode::NONE);
    assert_eq!(committed(ask, false), Ok(6));
    assert_eq!(committed(ask, true), Err(ErrorCode::UNSTABLE_OFFSET_COMMIT));
    // What was written first is older, whichever transaction ends first.
    assert_eq!(one.end(ask, true), ErrorCode::NONE);
    assert_eq!(committed(ask, true), Ok(6));
}

#[test]
fn offsets_wait_for_their_transaction_across_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let open = || {
        let storage = DirectoryStorage::open(directory.path()).unwrap();
        Cluster::on(settings_with(1, &[]), Box::new(storage))
    };
    let mut cluster = open();
    create_topics(&mut cluster, 1);
    let mut kept = begin(&mut cluster, "kept", Speaks::V2);
    assert_eq!(commit(&mut cluster, &kept, 5), ErrorCode::NONE);
    drop(cluster);

    let mut cluster = open();
    assert_eq!(
        committed(&mut cluster, true),
        Err(ErrorCode::UNSTABLE_OFFSET_COMMIT)
    );
    perform(&mut cluster, "markers=60s");
    assert_eq!(kept.end(&mut cluster, true), ErrorCode::NONE);
    assert_eq!(committed(&mut cluster, false), Ok(-1));
    drop(cluster);

    // The end was decided: the marker is written at the start.
    let mut cluster = open();
    assert_eq!(committed(&mut cluster, true), Ok(5));
    drop(cluster);
    assert_eq!(committed(&mut open(), true), Ok(5));
}

#[test]
fn a_broker_that_coordinates_another_group_refuses() {
    let mut cluster = Cluster::with(settings_with(2, &[]));
    let ask = &mut cluster;
    create_topics(ask, 1);
    let producer = begin(ask, "a", Speaks::V2);
    let member = Member::nobody_of("group");
    let code = producer.commit_offset(ask, 2, member, ("orders", 0, 5));
    assert_eq!(code, ErrorCode::NOT_COORDINATOR);
    let nameless = Member::nobody_of("");
    let code = producer.commit_offset(ask, 1, nameless, ("orders", 0, 5));
    assert_eq!(code, ErrorCode::INVALID_GROUP_ID);
}
