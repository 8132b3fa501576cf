//! Offsets: by time and epoch, and what is behind them removed.

use kafka_sandbox::fault::Command;
use protocol::ErrorCode;
use protocol::messages::create_topics::{CreatableTopic, CreatableTopicConfig};
use protocol::messages::delete_records::{DeleteRecordsPartition, DeleteRecordsRequest, DeleteRecordsTopic};
use protocol::messages::describe_producers::{DescribeProducersRequest, TopicRequest};
use protocol::messages::init_producer_id::InitProducerIdRequest;
use protocol::messages::list_offsets::{
    ListOffsetsPartition, ListOffsetsPartitionResponse, ListOffsetsRequest, ListOffsetsTopic,
};
use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic};
use protocol::messages::offset_for_leader_epoch::{
    OffsetForLeaderEpochRequest, OffsetForLeaderPartition, OffsetForLeaderTopic,
};
use protocol::records::ProducerStamp;

use crate::records::produce;
use crate::support::{Cluster, STARTED, batch, batch_of};

/// A cluster with a topic `e` of one partition that has three batches of two records, a second apart.
fn with_records() -> Cluster {
    let mut cluster = Cluster::of(1);
    cluster.create("e", 1, 1);
    for step in 0..3 {
        let records = batch_of(
            &["a", "b"],
            STARTED + step * 1000,
            ProducerStamp::default(),
            false,
        );
        let response = cluster.ask(1, 9, &produce("e", 0, -1, records));
        assert_eq!(response.responses[0].partition_responses[0].error_code, 0);
    }
    cluster
}

fn at(timestamp: i64, epoch: i32, partitions: &[i32]) -> ListOffsetsRequest {
    let partitions = partitions.iter().map(|&partition_index| ListOffsetsPartition {
        partition_index,
        current_leader_epoch: epoch,
        timestamp,
    });
    ListOffsetsRequest {
        replica_id: -1,
        topics: vec![ListOffsetsTopic {
            name: "e".to_owned(),
            partitions: partitions.collect(),
        }],
        ..ListOffsetsRequest::default()
    }
}

fn list(cluster: &mut Cluster, version: i16, request: &ListOffsetsRequest) -> ListOffsetsPartitionResponse {
    let mut response = cluster.ask(1, version, request);
    response.topics.remove(0).partitions.remove(0)
}

#[test]
fn offsets_are_found_by_time() {
    let mut cluster = with_records();
    for (timestamp, found) in [
        (-1, (6, -1)),
        (-2, (0, -1)),
        (-3, (4, STARTED + 2000)),
        (-4, (0, -1)),
        (-5, (-1, -1)),
        (-6, (-1, -1)),
        (0, (0, STARTED)),
        (STARTED + 1, (2, STARTED + 1000)),
        (STARTED + 2000, (4, STARTED + 2000)),
        (STARTED + 2001, (-1, -1)),
    ] {
        let answer = list(&mut cluster, 11, &at(timestamp, -1, &[0]));
        assert_eq!(
            (answer.error_code, (answer.offset, answer.timestamp)),
            (0, found),
            "{timestamp}"
        );
    }
    let answer = list(&mut cluster, 11, &at(-1, -1, &[0]));
    assert_eq!(answer.leader_epoch, 0);
    assert_eq!(list(&mut cluster, 3, &at(-1, -1, &[0])).leader_epoch, -1);
}

#[test]
fn what_a_version_does_not_know_is_refused() {
    let mut cluster = with_records();
    for (timestamp, version) in [(-3, 6), (-4, 7), (-5, 8), (-6, 10), (-7, 11)] {
        let answer = list(&mut cluster, version, &at(timestamp, -1, &[0]));
        assert_eq!(answer.error_code, ErrorCode::UNSUPPORTED_VERSION.0, "{timestamp}");
        assert_eq!((answer.offset, answer.timestamp), (-1, -1));
        if timestamp > -7 {
            assert_eq!(
                list(&mut cluster, version + 1, &at(timestamp, -1, &[0])).error_code,
                0
            );
        }
    }
}

#[test]
fn partitions_and_epochs_are_checked() {
    let mut cluster = Cluster::of(2);
    cluster.create("e", 1, 2);
    let leader = {
        let answer = cluster.ask(1, 11, &at(-1, -1, &[0]));
        if answer.topics[0].partitions[0].error_code == 0 {
            1
        } else {
            2
        }
    };
    let follower = 3 - leader;
    let mut code = |broker: i32, request: &ListOffsetsRequest| {
        let response = cluster.ask(broker, 11, request);
        ErrorCode(response.topics[0].partitions[0].error_code)
    };
    assert_eq!(code(leader, &at(-1, 0, &[0])), ErrorCode::NONE);
    assert_eq!(
        code(leader, &at(-1, -1, &[1])),
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
    );
    assert_eq!(code(leader, &at(-1, 1, &[0])), ErrorCode::UNKNOWN_LEADER_EPOCH);
    assert_eq!(
        code(follower, &at(-1, -1, &[0])),
        ErrorCode::NOT_LEADER_OR_FOLLOWER
    );
    let by_debugger = ListOffsetsRequest {
        replica_id: -2,
        ..at(-1, -1, &[0])
    };
    assert_eq!(code(follower, &by_debugger), ErrorCode::NONE);
    cluster.perform(Command::MoveLeader {
        topic: "e".into(),
        partition: 0,
        to: follower,
    });
    let response = cluster.ask(follower, 11, &at(-1, 0, &[0]));
    assert_eq!(
        response.topics[0].partitions[0].error_code,
        ErrorCode::FENCED_LEADER_EPOCH.0
    );
    let response = cluster.ask(follower, 11, &at(-1, 1, &[0, 0, 1]));
    let told: Vec<_> = response.topics[0]
        .partitions
        .iter()
        .map(|one| (one.partition_index, ErrorCode(one.error_code)))
        .collect();
    assert_eq!(
        told,
        [
            (0, ErrorCode::INVALID_REQUEST),
            (1, ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)
        ],
        "a partition that is asked for twice"
    );
}

/// The producer of a transactional id.
pub(crate) fn begin(cluster: &mut Cluster) -> ProducerStamp {
    let coordinators = MetadataRequest {
        topics: Some(vec![MetadataRequestTopic {
            name: Some("__transaction_state".to_owned()),
            ..MetadataRequestTopic::default()
        }]),
        ..MetadataRequest::default()
    };
    cluster.ask(1, 12, &coordinators);
    let request = InitProducerIdRequest {
        transactional_id: Some("t".to_owned()),
        transaction_timeout_ms: 60_000,
        ..InitProducerIdRequest::default()
    };
    let response = cluster.ask(1, 5, &request);
    assert_eq!(response.error_code, 0);
    ProducerStamp {
        producer_id: response.producer_id,
        epoch: response.producer_epoch,
        base_sequence: 0,
    }
}

#[test]
fn an_open_transaction_hides_what_is_behind_it() {
    let mut cluster = with_records();
    let stamp = begin(&mut cluster);
    let mut request = produce("e", 0, -1, batch_of(&["x"], STARTED + 9000, stamp, true));
    request.transactional_id = Some("t".to_owned());
    let response = cluster.ask(1, 12, &request);
    assert_eq!(response.responses[0].partition_responses[0].error_code, 0);
    let committed = |timestamp| ListOffsetsRequest {
        isolation_level: 1,
        ..at(timestamp, -1, &[0])
    };
    assert_eq!(list(&mut cluster, 11, &committed(-1)).offset, 6);
    assert_eq!(list(&mut cluster, 11, &at(-1, -1, &[0])).offset, 7);
    assert_eq!(list(&mut cluster, 11, &committed(STARTED + 9000)).offset, -1);
    assert_eq!(list(&mut cluster, 11, &at(STARTED + 9000, -1, &[0])).offset, 6);

    let request = DescribeProducersRequest {
        topics: vec![TopicRequest {
            name: "e".to_owned(),
            partition_indexes: vec![0, 5],
        }],
    };
    let response = cluster.ask(1, 0, &request);
    let partitions = &response.topics[0].partitions;
    let producer = &partitions[0].active_producers[0];
    assert_eq!(
        (
            producer.producer_id,
            producer.producer_epoch,
            producer.last_sequence
        ),
        (stamp.producer_id, 0, 0)
    );
    assert_eq!(
        (producer.current_txn_start_offset, producer.last_timestamp),
        (6, STARTED + 9000)
    );
    assert_eq!(partitions[1].error_code, ErrorCode::UNKNOWN_TOPIC_OR_PARTITION.0);
    assert_eq!(partitions[1].error_message, None);
}

#[test]
fn producers_of_unknown_topics_are_not_described() {
    let mut cluster = Cluster::of(1);
    for (name, code, message) in [
        (
            "x",
            ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
            "This server does not host this topic-partition.",
        ),
        (
            "a b",
            ErrorCode::INVALID_TOPIC_EXCEPTION,
            "Topic name is invalid: 'a b' contains one or more characters other than ASCII alphanumerics, '.', '_' and \
             '-'",
        ),
    ] {
        let request = DescribeProducersRequest {
            topics: vec![TopicRequest {
                name: name.to_owned(),
                partition_indexes: vec![0],
            }],
        };
        let response = cluster.ask(1, 0, &request);
        let partition = &response.topics[0].partitions[0];
        assert_eq!(
            (partition.error_code, partition.error_message.as_deref()),
            (code.0, Some(message))
        );
    }
}

fn delete(cluster: &mut Cluster, topic: &str, index: i32, offset: i64) -> (ErrorCode, i64) {
    let request = DeleteRecordsRequest {
        topics: vec![DeleteRecordsTopic {
            name: topic.to_owned(),
            partitions: vec![DeleteRecordsPartition {
                partition_index: index,
                offset,
            }],
        }],
        ..DeleteRecordsRequest::default()
    };
    let response = cluster.ask(1, 2, &request);
    let partition = &response.topics[0].partitions[0];
    (ErrorCode(partition.error_code), partition.low_watermark)
}

#[test]
fn records_are_deleted() {
    let mut cluster = with_records();
    assert_eq!(delete(&mut cluster, "e", 0, 3), (ErrorCode::NONE, 3));
    assert_eq!(list(&mut cluster, 11, &at(-2, -1, &[0])).offset, 3);
    assert_eq!(
        delete(&mut cluster, "e", 0, 1),
        (ErrorCode::NONE, 3),
        "what is gone is gone"
    );
    assert_eq!(
        delete(&mut cluster, "e", 0, 7),
        (ErrorCode::OFFSET_OUT_OF_RANGE, -1)
    );
    assert_eq!(
        delete(&mut cluster, "e", 0, -2),
        (ErrorCode::OFFSET_OUT_OF_RANGE, -1)
    );
    assert_eq!(
        delete(&mut cluster, "e", 1, 0),
        (ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, -1)
    );
    assert_eq!(
        delete(&mut cluster, "x", 0, 0),
        (ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, -1)
    );
    assert_eq!(
        delete(&mut cluster, "e", 0, -1),
        (ErrorCode::NONE, 6),
        "all that there is"
    );
    cluster.create_with(CreatableTopic {
        name: "compacted".to_owned(),
        num_partitions: 1,
        replication_factor: 1,
        configs: vec![CreatableTopicConfig {
            name: "cleanup.policy".to_owned(),
            value: Some("compact".to_owned()),
        }],
        ..CreatableTopic::default()
    });
    assert_eq!(
        delete(&mut cluster, "compacted", 0, 0),
        (ErrorCode::POLICY_VIOLATION, -1)
    );
}

#[test]
fn epochs_end_where_the_next_begins() {
    let mut cluster = Cluster::of(2);
    cluster.create("e", 1, 2);
    let write = |cluster: &mut Cluster, broker: i32| {
        let response = cluster.ask(broker, 9, &produce("e", 0, -1, batch(&["a"])));
        response.responses[0].partition_responses[0].error_code
    };
    let first = if write(&mut cluster, 1) == 0 { 1 } else { 2 };
    if first == 2 {
        assert_eq!(write(&mut cluster, 2), 0);
    }
    let second = 3 - first;
    cluster.perform(Command::MoveLeader {
        topic: "e".into(),
        partition: 0,
        to: second,
    });
    let mut ask = |broker: i32, current: i32, epoch: i32, index: i32| {
        let request = OffsetForLeaderEpochRequest {
            replica_id: -1,
            topics: vec![OffsetForLeaderTopic {
                topic: "e".to_owned(),
                partitions: vec![OffsetForLeaderPartition {
                    partition: index,
                    current_leader_epoch: current,
                    leader_epoch: epoch,
                }],
            }],
        };
        let mut response = cluster.ask(broker, 4, &request);
        let answer = response.topics.remove(0).partitions.remove(0);
        (
            ErrorCode(answer.error_code),
            answer.leader_epoch,
            answer.end_offset,
        )
    };
    let none = ErrorCode::NONE;
    assert_eq!(ask(second, -1, 0, 0), (none, 0, 1));
    assert_eq!(
        ask(second, -1, 1, 0),
        (none, 1, 1),
        "the leader's own, without a record"
    );
    assert_eq!(ask(second, 1, 7, 0), (none, -1, -1));
    assert_eq!(ask(second, -1, -1, 0), (none, -1, -1));
    assert_eq!(ask(second, 0, 0, 0), (ErrorCode::FENCED_LEADER_EPOCH, -1, -1));
    assert_eq!(ask(second, 2, 0, 0), (ErrorCode::UNKNOWN_LEADER_EPOCH, -1, -1));
    assert_eq!(ask(first, -1, 0, 0), (ErrorCode::NOT_LEADER_OR_FOLLOWER, -1, -1));
    assert_eq!(
        ask(second, -1, 0, 1),
        (ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, -1, -1)
    );
}
