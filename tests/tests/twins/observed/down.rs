//! While one of three brokers is down.

use std::thread;
use std::time::{Duration, Instant};

use protocol::messages::create_topics::*;
use protocol::messages::describe_topic_partitions::{self, DescribeTopicPartitionsRequest};
use protocol::messages::metadata::{self, MetadataRequest};
use protocol::messages::offset_for_leader_epoch::*;
use protocol::messages::unregister_broker::UnregisterBrokerRequest;
use protocol::records::ProducerStamp;

use super::super::link::Link;
use super::super::requests::*;
use super::Replay;

/// Waits until another broker leads what the one led that is gone.
fn until_led_by_the_first(link: &mut Link, topic: &str) {
    let request = MetadataRequest {
        topics: Some(vec![metadata::MetadataRequestTopic {
            name: Some(topic.to_owned()),
            ..Default::default()
        }]),
        ..Default::default()
    };
    let until = Instant::now() + Duration::from_secs(20);
    while link.ask(&request).topics[0].partitions[0].leader_id != 1 {
        assert!(Instant::now() < until, "nobody leads {topic}");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn with_a_broker_down_it_answers_as_kafka() {
    let mut run = Replay::on(kafka_sandbox::Sandbox::builder());
    let k = &mut run.node(1);
    let mk = |k: &mut Link, n: &str, c: Vec<CreatableTopicConfig>, a: Vec<Vec<i32>>| {
        k.ask(&create_topics(
            vec![CreatableTopic {
                configs: c,
                assignments: a.iter().map(|brokers| assign(0, brokers)).collect(),
                ..topic(n, -1, -1)
            }],
            false,
        ))
        .topics[0]
            .topic_id
    };
    let isr = mk(
        k,
        "isr",
        vec![config("min.insync.replicas", Some("2"))],
        vec![vec![1, 3]],
    );
    let moved = mk(k, "moved", vec![], vec![vec![3, 1]]);
    mk(k, "gone", vec![], vec![vec![3]]);
    let re = mk(k, "re", vec![], vec![vec![1, 2]]);

    k.ask(&produce(
        re,
        0,
        -1,
        None,
        batch(1, ProducerStamp::default(), false),
    ));
    run.node(3).ask(&produce(
        moved,
        0,
        -1,
        None,
        batch(1, ProducerStamp::default(), false),
    ));
    run.cluster.broker(3).kill().unwrap();
    until_led_by_the_first(k, "moved");
    let mt = |n: &str| MetadataRequest {
        topics: Some(vec![metadata::MetadataRequestTopic {
            name: Some(n.into()),
            ..Default::default()
        }]),
        ..Default::default()
    };
    run.say(k, "a partition whose only replica is down", mt("gone"));
    run.say(k, "a partition one of whose replicas is down", mt("isr"));
    run.say(
        k,
        "a partition whose only replica is down",
        DescribeTopicPartitionsRequest {
            topics: vec![describe_topic_partitions::TopicRequest { name: "gone".into() }],
            response_partition_limit: 100,
            ..Default::default()
        },
    );
    run.say(
        k,
        "acks=-1, one of two replicas in sync, min.insync.replicas=2",
        produce(isr, 0, -1, None, batch(1, ProducerStamp::default(), false)),
    );
    run.say(
        k,
        "acks=1, one of two replicas in sync, min.insync.replicas=2",
        produce(isr, 0, 1, None, batch(1, ProducerStamp::default(), false)),
    );
    run.say(k, "an older leader epoch", fetch(moved, 0, 0, 0, 0, -1));
    run.say(k, "an older leader epoch", list_offsets("moved", 0, 0, -1));
    run.say(
        k,
        "an older current epoch",
        OffsetForLeaderEpochRequest {
            replica_id: -1,
            topics: vec![OffsetForLeaderTopic {
                topic: "moved".into(),
                partitions: vec![OffsetForLeaderPartition {
                    partition: 0,
                    current_leader_epoch: 0,
                    leader_epoch: 0,
                }],
            }],
        },
    );
    run.say(
        k,
        "a partition whose only replica is down",
        list_offsets("gone", 0, -1, -1),
    );
    run.say(
        k,
        "a partition whose only replica is down",
        delete_records("gone", 0, 0),
    );
    run.say(k, "preferred, whose broker is down", elect(0, "moved", 0));
    run.say(
        k,
        "preferred, of a partition whose only replica is down",
        elect(0, "gone", 0),
    );
    run.say(
        k,
        "unclean, of a partition whose only replica is down",
        elect(1, "gone", 0),
    );
    run.say(
        k,
        "assignments to a broker that is down",
        create_topics(
            vec![CreatableTopic {
                assignments: vec![assign(0, &[3])],
                ..topic("v", -1, -1)
            }],
            true,
        ),
    );
    run.say(
        k,
        "replication factor 3 with one of three brokers down",
        create_topics(vec![topic("v", 1, 3)], true),
    );
    run.say(
        k,
        "to a broker that is down",
        reassign("re", 0, Some(vec![1, 3]), true),
    );
    run.say(
        k,
        "while one is in progress",
        reassign("re", 0, Some(vec![3, 2]), true),
    );
    run.say(
        k,
        "while a reassignment is in progress",
        create_partitions("re", 2, None, true),
    );
    run.say(k, "cancel one that is in progress", reassign("re", 0, None, true));
    run.say(
        k,
        "a broker that is down",
        UnregisterBrokerRequest { broker_id: 3 },
    );
    run.say(
        k,
        "a broker that was unregistered",
        UnregisterBrokerRequest { broker_id: 3 },
    );
    run.say(k, "a broker that is up", UnregisterBrokerRequest { broker_id: 2 });

    run.finish();
}
