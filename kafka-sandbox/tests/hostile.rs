//! Requests that are made to cost more than they are worth: each is answered, refused or its connection closed, in time and
//! memory by what it is long.
//!
//! What would take minutes or gigabytes if it were not bounded needs no clock to be told from what does not.

use std::time::Duration;

use bytes::Bytes;
use kafka_sandbox::answers::LinkId;
use kafka_sandbox::fault::{Effect, Rule};
use protocol::compress::{Compression, Compressor};
use protocol::messages::alter_partition_reassignments::{
    AlterPartitionReassignmentsRequest, ReassignablePartition, ReassignableTopic,
};
use protocol::messages::consumer_group_describe::ConsumerGroupDescribeRequest;
use protocol::messages::consumer_group_heartbeat::ConsumerGroupHeartbeatRequest;
use protocol::messages::create_topics::{CreatableTopic, CreatableTopicConfig};
use protocol::messages::describe_configs::{DescribeConfigsRequest, DescribeConfigsResource};
use protocol::messages::describe_groups::DescribeGroupsRequest;
use protocol::messages::describe_log_dirs::{DescribableLogDirTopic, DescribeLogDirsRequest};
use protocol::messages::describe_producers::{DescribeProducersRequest, TopicRequest};
use protocol::messages::describe_quorum::{DescribeQuorumRequest, RequestPartitionData, RequestTopicData};
use protocol::messages::elect_leaders::{ElectLeadersRequest, TopicPartitions};
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchTopic};
use protocol::messages::heartbeat::HeartbeatRequest;
use protocol::messages::incremental_alter_configs::{
    AlterConfigsResource, AlterableConfig, IncrementalAlterConfigsRequest,
};
use protocol::messages::init_producer_id::InitProducerIdRequest;
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupRequestProtocol};
use protocol::messages::list_groups::ListGroupsRequest;
use protocol::messages::offset_commit::{
    OffsetCommitRequest, OffsetCommitRequestPartition, OffsetCommitRequestTopic,
};
use protocol::messages::offset_fetch::{OffsetFetchRequest, OffsetFetchRequestGroup};
use protocol::messages::produce::{PartitionProduceData, ProduceRequest, TopicProduceData};
use protocol::records::{OpenBatch, ProducerStamp, SealOptions};
use protocol::{ApiKey, Request};

use crate::groups::coordinator;
use crate::support::{Cluster, STARTED, all_topics, batch_of};

const NONE: i16 = 0;
const INVALID_REQUEST: i16 = 42;
const INCONSISTENT_GROUP_PROTOCOL: i16 = 23;
const MEMBER_ID_REQUIRED: i16 = 79;

const MIB: usize = 1024 * 1024;

#[test]
fn configs_of_many_resources_are_altered_in_one_go() {
    let mut cluster = Cluster::of(1);
    let resource = |name: String| AlterConfigsResource {
        resource_type: 2,
        resource_name: name,
        ..AlterConfigsResource::default()
    };
    let names = (0..100_000).map(|number| format!("topic-{number}"));
    let names = names.chain(["twice".to_owned(), "twice".to_owned()]);
    let request = IncrementalAlterConfigsRequest {
        resources: names.map(resource).collect(),
        ..IncrementalAlterConfigsRequest::default()
    };
    let responses = cluster.ask(1, 1, &request).responses;
    assert_eq!(responses.len(), 100_002);
    let codes: Vec<i16> = responses.iter().map(|response| response.error_code).collect();
    assert_eq!((codes[0], codes[99_999]), (3, 3), "there are no such topics");
    assert_eq!(codes[100_000..], [INVALID_REQUEST; 2]);
}

#[test]
fn a_list_takes_and_loses_many_elements_in_one_go() {
    let mut cluster = Cluster::of(1);
    cluster.create_topic("orders", 1, 1);
    let count = 3000;
    let long: Vec<String> = (0..count).map(|number| format!("{number}:1")).collect();
    let long = long.join(",");
    let mut alter = |operation, value: &str| {
        let request = IncrementalAlterConfigsRequest {
            resources: vec![AlterConfigsResource {
                resource_type: 2,
                resource_name: "orders".to_owned(),
                configs: vec![AlterableConfig {
                    name: "follower.replication.throttled.replicas".to_owned(),
                    config_operation: operation,
                    value: Some(value.to_owned()),
                }],
            }],
            ..IncrementalAlterConfigsRequest::default()
        };
        let response = cluster.ask(1, 1, &request).responses.remove(0);
        assert_eq!(response.error_code, NONE, "{:?}", response.error_message);
        config(&mut cluster, "follower.replication.throttled.replicas")
    };
    const SET: i8 = 0;
    const APPEND: i8 = 2;
    const SUBTRACT: i8 = 3;
    assert_eq!(alter(SET, "7:1,0:9"), "7:1,0:9");
    let all = alter(APPEND, &long);
    assert_eq!(all.split(',').count(), count + 1, "one was there");
    assert_eq!(alter(SUBTRACT, &long), "0:9");
    assert_eq!(alter(APPEND, "0:8,0:8,0:9"), "0:9,0:8");
    assert_eq!(alter(SET, "0:8,0:9,0:8,0:8"), "0:8,0:9,0:8,0:8");
    assert_eq!(alter(SUBTRACT, "0:8,0:8,0:7"), "0:9,0:8");
}

/// The value of a config of the topic.
fn config(cluster: &mut Cluster, name: &str) -> String {
    let request = DescribeConfigsRequest {
        resources: vec![DescribeConfigsResource {
            resource_type: 2,
            resource_name: "orders".to_owned(),
            configuration_keys: Some(vec![name.to_owned()]),
        }],
        ..DescribeConfigsRequest::default()
    };
    let mut response = cluster.ask(1, 4, &request);
    let mut configs = response.results.remove(0).configs;
    configs.remove(0).value.unwrap()
}

/// A join of a member that can be led by as many protocols, named `prefix-0` and so on.
fn joining(member_id: &str, prefix: &str, protocols: usize) -> JoinGroupRequest {
    let protocols = (0..protocols).map(|number| JoinGroupRequestProtocol {
        name: format!("{prefix}-{number}"),
        metadata: Bytes::new(),
    });
    JoinGroupRequest {
        group_id: "group".to_owned(),
        session_timeout_ms: 10_000,
        rebalance_timeout_ms: 10_000,
        member_id: member_id.to_owned(),
        protocol_type: "anything".to_owned(),
        protocols: protocols.collect(),
        ..JoinGroupRequest::default()
    }
}

#[test]
fn members_may_know_many_protocols() {
    const MANY: usize = 60_000;
    let mut cluster = Cluster::of(1);
    assert_eq!(coordinator(&mut cluster), 1);
    let first = joining("", "ours", MANY);
    let id = cluster.ask(1, 9, &first);
    assert_eq!(id.error_code, MEMBER_ID_REQUIRED);
    let first = JoinGroupRequest {
        member_id: id.member_id,
        ..first
    };
    assert_eq!(cluster.ask(1, 9, &first).error_code, NONE);
    let link = cluster.connect(1);
    let stranger = cluster.ask_on(link, 9, &joining("", "theirs", MANY));
    assert_eq!(stranger.error_code, INCONSISTENT_GROUP_PROTOCOL);
    // One that has but the last in common, and everything else besides.
    let mut friend = joining("", "theirs", MANY);
    friend.protocols.extend(first.protocols.last().cloned());
    let id = cluster.ask_on(link, 9, &friend);
    assert_eq!(id.error_code, MEMBER_ID_REQUIRED);
    friend.member_id = id.member_id;
    let asked = cluster.send(link, 9, &friend);
    let again = cluster.ask(1, 9, &first);
    assert_eq!(again.error_code, NONE);
    assert_eq!(
        again.protocol_name.as_deref(),
        first.protocols.last().map(|last| last.name.as_str())
    );
    let friend = cluster.answer::<<JoinGroupRequest as Request>::Response>(asked);
    assert_eq!(friend.unwrap().error_code, NONE);
    let heartbeat = HeartbeatRequest {
        group_id: "group".to_owned(),
        generation_id: again.generation_id,
        member_id: again.member_id,
        ..HeartbeatRequest::default()
    };
    assert_eq!(cluster.ask(1, 4, &heartbeat).error_code, NONE);
}

/// Sends a request whose answer would be some gigabytes, and finds the connection closed for it; then asks something else.
fn is_too_much<R: Request>(cluster: &mut Cluster, version: i16, request: &R) {
    let link = cluster.connect(1);
    let _ = cluster.send(link, version, request);
    cluster.advance(Duration::from_secs(1));
    assert!(cluster.is_closed(link), "{} {version}", R::NAME);
    assert_eq!(cluster.arrived(link), (0, 0), "{} {version}", R::NAME);
    assert!(!cluster.ask(1, 12, &all_topics()).brokers.is_empty());
}

#[test]
fn no_answer_is_longer_than_it_may_be() {
    let mut cluster = Cluster::of(1);
    cluster.create_topic("orders", 1, 1);
    cluster.core.limit_answers(MIB, usize::MAX);
    for _ in 0..100 {
        let producer = InitProducerIdRequest {
            transaction_timeout_ms: 1000,
            producer_id: -1,
            producer_epoch: -1,
            ..InitProducerIdRequest::default()
        };
        let producer = cluster.ask(1, 4, &producer);
        let stamp = ProducerStamp {
            producer_id: producer.producer_id,
            epoch: producer.producer_epoch,
            base_sequence: 0,
        };
        let records = batch_of(&["a"], STARTED, stamp, false);
        assert_eq!(produce(&mut cluster, "orders", records), (NONE, 0));
    }
    assert_eq!(coordinator(&mut cluster), 1);
    assert_eq!(commit(&mut cluster, "offsets"), NONE);
    let repeated = |name: &str| vec![name.to_owned(); 200_000];

    let request = DescribeConfigsRequest {
        resources: vec![broker(); 400_000],
        include_synonyms: true,
        include_documentation: true,
    };
    is_too_much(&mut cluster, 4, &request);
    let request = OffsetFetchRequest {
        groups: vec![
            OffsetFetchRequestGroup {
                group_id: "offsets".to_owned(),
                topics: None,
                ..OffsetFetchRequestGroup::default()
            };
            200_000
        ],
        ..OffsetFetchRequest::default()
    };
    is_too_much(&mut cluster, 8, &request);
    let request = DescribeProducersRequest {
        topics: vec![TopicRequest {
            name: "orders".to_owned(),
            partition_indexes: vec![0; 900_000],
        }],
    };
    is_too_much(&mut cluster, 0, &request);
    // Names of topics are told in words of each partition.
    let long = "x".repeat(32_000);
    let request = ElectLeadersRequest {
        topic_partitions: Some(vec![TopicPartitions {
            topic: long.clone(),
            partitions: vec![0; 900_000],
        }]),
        ..ElectLeadersRequest::default()
    };
    is_too_much(&mut cluster, 2, &request);
    let request = AlterPartitionReassignmentsRequest {
        topics: vec![ReassignableTopic {
            name: long,
            partitions: vec![ReassignablePartition::default(); 400_000],
        }],
        ..AlterPartitionReassignmentsRequest::default()
    };
    is_too_much(&mut cluster, 0, &request);
    let request = DescribeQuorumRequest {
        topics: vec![RequestTopicData {
            topic_name: "__cluster_metadata".to_owned(),
            partitions: vec![RequestPartitionData::default(); 900_000],
        }],
    };
    is_too_much(&mut cluster, 2, &request);

    let join = JoinGroupRequest {
        group_id: "classic".to_owned(),
        ..joining("", "long", 1000)
    };
    assert_eq!(cluster.ask(1, 3, &join).error_code, NONE);
    let request = DescribeGroupsRequest {
        groups: repeated("classic"),
        ..DescribeGroupsRequest::default()
    };
    is_too_much(&mut cluster, 5, &request);
    let heartbeat = ConsumerGroupHeartbeatRequest {
        group_id: "modern".to_owned(),
        member_id: "member".to_owned(),
        rebalance_timeout_ms: 10_000,
        subscribed_topic_names: Some((0..1000).map(|number| format!("topic-{number}")).collect()),
        topic_partitions: Some(Vec::new()),
        ..ConsumerGroupHeartbeatRequest::default()
    };
    assert_eq!(cluster.ask(1, 1, &heartbeat).error_code, NONE);
    let request = ConsumerGroupDescribeRequest {
        group_ids: repeated("modern"),
        ..ConsumerGroupDescribeRequest::default()
    };
    is_too_much(&mut cluster, 1, &request);
}

fn broker() -> DescribeConfigsResource {
    DescribeConfigsResource {
        resource_type: 4,
        resource_name: "1".to_owned(),
        configuration_keys: None,
    }
}

/// Sends a batch to partition 0 of a topic; returns the error, and how many of its records are named.
fn produce(cluster: &mut Cluster, topic: &str, records: Bytes) -> (i16, usize) {
    let request = ProduceRequest {
        acks: -1,
        timeout_ms: 1000,
        topic_data: vec![TopicProduceData {
            name: topic.to_owned(),
            partition_data: vec![PartitionProduceData {
                index: 0,
                records: Some(records),
            }],
            ..TopicProduceData::default()
        }],
        ..ProduceRequest::default()
    };
    let mut response = cluster.ask(1, 9, &request);
    let partition = response.responses.remove(0).partition_responses.remove(0);
    (partition.error_code, partition.record_errors.len())
}

/// Commits offsets of a group with as much metadata as is taken; returns the error.
fn commit(cluster: &mut Cluster, group: &str) -> i16 {
    let partitions = vec![OffsetCommitRequestPartition {
        partition_index: 0,
        committed_offset: 1,
        committed_metadata: Some("x".repeat(4000)),
        ..OffsetCommitRequestPartition::default()
    }];
    let request = OffsetCommitRequest {
        group_id: group.to_owned(),
        generation_id_or_member_epoch: -1,
        topics: vec![OffsetCommitRequestTopic {
            name: "orders".to_owned(),
            partitions,
            ..OffsetCommitRequestTopic::default()
        }],
        ..OffsetCommitRequest::default()
    };
    let mut response = cluster.ask(1, 8, &request);
    response.topics.remove(0).partitions.remove(0).error_code
}

/// As a broker of Kafka 4.4 answers, but for what would be too long.
#[test]
fn what_is_asked_for_again_is_told_again_unless_it_is_a_replica() {
    let mut cluster = Cluster::of(1);
    cluster.create_topic("orders", 2, 1);
    assert_eq!(coordinator(&mut cluster), 1);
    let request = DescribeConfigsRequest {
        resources: vec![broker(); 3],
        ..DescribeConfigsRequest::default()
    };
    assert_eq!(cluster.ask(1, 4, &request).results.len(), 3);
    let request = DescribeGroupsRequest {
        groups: vec!["group".to_owned(); 3],
        ..DescribeGroupsRequest::default()
    };
    assert_eq!(cluster.ask(1, 5, &request).groups.len(), 3);
    let request = DescribeProducersRequest {
        topics: vec![
            TopicRequest {
                name: "orders".to_owned(),
                partition_indexes: vec![0; 3],
            };
            2
        ],
    };
    let topics = cluster.ask(1, 0, &request).topics;
    let partitions: Vec<usize> = topics.iter().map(|topic| topic.partitions.len()).collect();
    assert_eq!(partitions, [3, 3]);
    let request = DescribeLogDirsRequest {
        topics: Some(
            [vec![0, 0], vec![1, 0]]
                .map(|partitions| DescribableLogDirTopic {
                    topic: "orders".to_owned(),
                    partitions,
                })
                .to_vec(),
        ),
    };
    let dirs = cluster.ask(1, 4, &request).results;
    let topics: Vec<_> = dirs.iter().flat_map(|dir| &dir.topics).collect();
    assert_eq!((topics.len(), topics[0].partitions.len()), (1, 2));
}

#[test]
fn a_request_has_no_more_elements_than_it_may() {
    let mut cluster = Cluster::of(1);
    let filter = |count| ListGroupsRequest {
        states_filter: vec!["a".to_owned(); count],
        ..ListGroupsRequest::default()
    };
    assert_eq!(cluster.ask(1, 5, &filter(1_000_000)).error_code, NONE);
    let link = cluster.connect(1);
    let _ = cluster.send(link, 5, &filter(1_000_001));
    assert!(cluster.is_closed(link));
}

#[test]
fn of_many_wrong_records_some_are_named() {
    let mut cluster = Cluster::of(1);
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
    const INVALID_RECORD: i16 = 87;
    for (records, named) in [(9_999, 9_999), (40_000, 10_000)] {
        let records = batch_of(&vec!["a"; records], STARTED, ProducerStamp::default(), false);
        assert_eq!(
            produce(&mut cluster, "compacted", records),
            (INVALID_RECORD, named)
        );
    }
}

/// How many answers wait for the client of a link to take them.
fn answers(cluster: &mut Cluster, link: LinkId) -> usize {
    std::iter::from_fn(|| cluster.frame(link)).count()
}

#[test]
fn while_too_much_is_unsent_no_request_is_taken() {
    let mut cluster = Cluster::of(1);
    cluster.core.limit_answers(MIB, 1000);
    let links: Vec<LinkId> = (0..5).map(|_| cluster.connect(1)).collect();
    for &link in &links {
        cluster.core.pace_link(link);
    }
    let request = DescribeConfigsRequest {
        resources: vec![broker()],
        ..DescribeConfigsRequest::default()
    };
    for &link in &links {
        let _ = cluster.send(link, 4, &request);
        let _ = cluster.send(link, 4, &request);
    }
    let answered =
        |cluster: &mut Cluster| -> Vec<usize> { links.iter().map(|&link| answers(cluster, link)).collect() };
    assert_eq!(answered(&mut cluster), [1, 0, 0, 0, 0]);
    let length = 1 << 20;
    let sent = |cluster: &mut Cluster, place: usize| {
        let now = cluster.now();
        cluster.core.handle_sent(now, links[place], length);
        cluster.collect();
    };
    // In turn, whoever has waited longest first.
    sent(&mut cluster, 0);
    let first = answered(&mut cluster);
    assert_eq!(first.iter().sum::<usize>(), 1, "{first:?}");
    // One that leaves while it waits is passed by, and its answers make room.
    cluster.disconnect(links[2]);
    for _ in 0..20 {
        for place in 0..links.len() {
            sent(&mut cluster, place);
        }
    }
    let rest = answered(&mut cluster);
    let total: Vec<usize> = rest.iter().zip(&first).map(|(one, other)| one + other).collect();
    assert_eq!(total, [1, 2, 0, 2, 2]);
}

#[test]
fn fetches_that_wait_are_answered_as_there_is_room() {
    const BATCH: usize = 100_000;
    let mut cluster = Cluster::of(1);
    cluster.create_topic("orders", 1, 1);
    cluster.core.limit_answers(MIB, 2 * BATCH);
    let links: Vec<LinkId> = (0..10).map(|_| cluster.connect(1)).collect();
    let request = FetchRequest {
        max_wait_ms: 5000,
        min_bytes: 1,
        max_bytes: 1 << 20,
        session_epoch: -1,
        topics: vec![FetchTopic {
            topic: "orders".to_owned(),
            partitions: vec![FetchPartition {
                partition_max_bytes: 1 << 20,
                ..FetchPartition::default()
            }],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    };
    for &link in &links {
        cluster.core.pace_link(link);
        let _ = cluster.send(link, 12, &request);
    }
    let records = batch_of(&[vec![7; BATCH]], STARTED, ProducerStamp::default(), false);
    assert_eq!(produce(&mut cluster, "orders", records), (NONE, 0));
    let answered =
        |cluster: &mut Cluster| -> usize { links.iter().map(|&link| answers(cluster, link)).sum() };
    assert_eq!(answered(&mut cluster), 2);
    // Nor when their time is up; and nothing is due then that cannot be done.
    cluster.advance(Duration::from_secs(10));
    assert_eq!(answered(&mut cluster), 0);
    let now = cluster.now();
    assert!(cluster.core.next_deadline().is_none_or(|due| due > now.elapsed));
    for link in [links[0], links[1]] {
        cluster.core.handle_sent(now, link, BATCH);
        cluster.collect();
    }
    assert_eq!(answered(&mut cluster), 2);
    for _ in 0..10 {
        cluster.core.handle_sent(now, links[0], BATCH + 1000);
        cluster.collect();
    }
    assert_eq!(answered(&mut cluster), 6);
}

#[test]
fn batches_of_one_request_come_to_no_more_than_they_may() {
    let mut cluster = Cluster::of(1);
    cluster.create_topic("orders", 5, 1);
    let value = vec![0; 100 * MIB];
    let mut open = OpenBatch::new(usize::MAX);
    open.append(STARTED, None, Some(&value), std::iter::empty())
        .unwrap();
    let options = SealOptions {
        compression: Compression::Zstd,
        ..SealOptions::default()
    };
    let sealed = open.seal(&options, &mut Compressor::default()).unwrap();
    let records = sealed.bytes().clone();
    assert!(records.len() < MIB);
    let request = ProduceRequest {
        acks: -1,
        timeout_ms: 1000,
        topic_data: vec![TopicProduceData {
            name: "orders".to_owned(),
            partition_data: (0..5)
                .map(|index| PartitionProduceData {
                    index,
                    records: Some(records.clone()),
                })
                .collect(),
            ..TopicProduceData::default()
        }],
        ..ProduceRequest::default()
    };
    let mut response = cluster.ask(1, 9, &request);
    let partitions = response.responses.remove(0).partition_responses.into_iter();
    const MESSAGE_TOO_LARGE: i16 = 10;
    assert_eq!(
        partitions
            .map(|partition| partition.error_code)
            .collect::<Vec<i16>>(),
        [NONE, NONE, NONE, MESSAGE_TOO_LARGE, MESSAGE_TOO_LARGE]
    );
}

#[test]
fn faults_may_last_for_ever() {
    for rule in [
        Rule::on(ApiKey::METADATA).delay(Duration::MAX),
        Rule::on(ApiKey::METADATA).after_apply().delay(Duration::MAX),
        Rule::on(ApiKey::METADATA).throttle(Duration::MAX),
        Rule::on(ApiKey::METADATA).effect(Effect::Split {
            size: 1,
            every: Duration::MAX,
        }),
    ] {
        let mut cluster = Cluster::of(1);
        cluster.advance(Duration::from_secs(1));
        cluster.core.add_rule(rule.clone()).unwrap();
        let link = cluster.connect(1);
        for _ in 0..2 {
            let _ = cluster.send(link, 12, &all_topics());
        }
        cluster.advance(Duration::from_secs(3600));
        assert!(cluster.arrived(link).0 <= 1, "{rule}");
        assert!(!cluster.is_closed(link));
    }
}

#[test]
fn a_byte_that_no_answer_has_is_its_last() {
    let mut cluster = Cluster::of(1);
    let plain = {
        let link = cluster.connect(1);
        let _ = cluster.send(link, 12, &all_topics());
        cluster.frame(link).unwrap()
    };
    for rule in [
        "metadata corrupt=18446744073709551615",
        "metadata corrupt=18446744073709551608",
    ] {
        let now = cluster.now();
        cluster.core.clear_rules(now);
        cluster.core.add_rule(rule.parse().unwrap()).unwrap();
        let link = cluster.connect(1);
        let _ = cluster.send(link, 12, &all_topics());
        let frame = cluster.frame(link).unwrap();
        assert_eq!(frame.len(), plain.len());
        assert_eq!(frame.last(), plain.last().map(|last| !last).as_ref(), "{rule}");
    }
}
