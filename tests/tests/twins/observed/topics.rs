//! Topics: creating, growing, deleting and describing them.

use protocol::messages::create_partitions::CreatePartitionsRequest;
use protocol::messages::create_topics::*;
use protocol::messages::delete_topics::*;
use protocol::messages::describe_cluster::DescribeClusterRequest;
use protocol::messages::describe_topic_partitions::{self, DescribeTopicPartitionsRequest};
use protocol::messages::metadata::{self, MetadataRequest};

use super::super::requests::*;
use super::{UNKNOWN, ZERO, ground};

#[test]
fn create_topics_answers_as_kafka() {
    let (mut run, mut link, _) = ground();
    // The topic that keeps offsets is there once somebody asks for a group.
    run.coordinator("g", 0);
    let (k, t) = (&mut link, "e");
    run.say(k, "one that exists", create_topics(vec![topic(t, 1, 1)], false));
    run.say(
        k,
        "one that exists, validated only",
        create_topics(vec![topic(t, 1, 1)], true),
    );
    for (w, x) in [
        ("the empty name", "".to_string()),
        ("the name .", ".".into()),
        ("the name ..", "..".into()),
        ("a name of 250 characters", "x".repeat(250)),
        ("a name with a blank", "a b".into()),
        ("a name with é", "é".into()),
        ("the name __consumer_offsets", "__consumer_offsets".into()),
        ("the name __cluster_metadata", "__cluster_metadata".into()),
    ] {
        run.say(k, w, create_topics(vec![topic(&x, 1, 1)], true));
    }
    run.say(k, "a new one", create_topics(vec![topic("c.d", 1, 1)], false));
    run.say(
        k,
        "a name that collides: c_d with c.d",
        create_topics(vec![topic("c_d", 1, 1)], true),
    );
    run.say(
        k,
        "the same name twice",
        create_topics(vec![topic("twice", 1, 1), topic("twice", 1, 1)], true),
    );
    for (w, p, rf) in [
        ("0 partitions", 0, 1),
        ("-1 partitions", -1, 1),
        ("-2 partitions", -2, 1),
        ("replication factor 0", 1, 0),
        ("replication factor -1", 1, -1),
        ("replication factor -2", 1, -2),
        ("replication factor 4 of 3 brokers", 1, 4),
        ("20000 partitions", 20000, 1),
    ] {
        run.say(k, w, create_topics(vec![topic("v", p, rf)], true));
    }
    let a = |p, rf, a: Vec<CreatableReplicaAssignment>| {
        create_topics(
            vec![CreatableTopic {
                assignments: a,
                ..topic("v", p, rf)
            }],
            true,
        )
    };
    run.say(k, "assignments and partitions", a(1, -1, vec![assign(0, &[1])]));
    run.say(
        k,
        "assignments and a replication factor",
        a(-1, 1, vec![assign(0, &[1])]),
    );
    run.say(
        k,
        "assignments that skip a partition",
        a(-1, -1, vec![assign(0, &[1]), assign(2, &[1])]),
    );
    run.say(
        k,
        "assignments that name a partition twice",
        a(-1, -1, vec![assign(0, &[1]), assign(0, &[2])]),
    );
    run.say(k, "assignments without brokers", a(-1, -1, vec![assign(0, &[])]));
    run.say(
        k,
        "assignments that name a broker twice",
        a(-1, -1, vec![assign(0, &[1, 1])]),
    );
    run.say(
        k,
        "assignments to an unknown broker",
        a(-1, -1, vec![assign(0, &[9])]),
    );
    run.say(
        k,
        "assignments of different lengths",
        a(-1, -1, vec![assign(0, &[1]), assign(1, &[1, 2])]),
    );
    let c = |c: Vec<CreatableTopicConfig>| {
        create_topics(
            vec![CreatableTopic {
                configs: c,
                ..topic("v", 1, 1)
            }],
            true,
        )
    };
    run.say(k, "an unknown setting", c(vec![config("no.such", Some("1"))]));
    run.say(k, "a wrong value", c(vec![config("retention.ms", Some("abc"))]));
    run.say(k, "a null value", c(vec![config("retention.ms", None)]));
    run.say(
        k,
        "the same setting twice",
        c(vec![
            config("retention.ms", Some("1")),
            config("retention.ms", Some("2")),
        ]),
    );

    run.finish();
}

#[test]
fn create_partitions_answers_as_kafka() {
    let (mut run, mut link, _) = ground();
    let (k, t) = (&mut link, "e");
    for (w, c) in [("fewer", 2), ("as many", 3), ("0", 0), ("-1", -1)] {
        run.say(k, w, create_partitions(t, c, None, true));
    }
    run.say(
        k,
        "of an unknown topic",
        create_partitions("no-such", 3, None, true),
    );
    run.say(
        k,
        "with too few assignments",
        create_partitions(t, 5, Some(vec![vec![1, 2]]), true),
    );
    run.say(
        k,
        "with an unknown broker",
        create_partitions(t, 4, Some(vec![vec![9, 1]]), true),
    );
    run.say(
        k,
        "with another replication factor",
        create_partitions(t, 4, Some(vec![vec![1]]), true),
    );
    run.say(
        k,
        "with a broker twice",
        create_partitions(t, 4, Some(vec![vec![1, 1]]), true),
    );
    run.say(
        k,
        "with an assignment without brokers",
        create_partitions(t, 4, Some(vec![vec![]]), true),
    );
    run.say(
        k,
        "of the same topic twice",
        CreatePartitionsRequest {
            topics: vec![
                create_partitions(t, 4, None, true).topics[0].clone(),
                create_partitions(t, 5, None, true).topics[0].clone(),
            ],
            timeout_ms: 5000,
            validate_only: true,
        },
    );
    run.say(k, "more, validated only", create_partitions(t, 4, None, true));
    run.say(k, "more than 10000", create_partitions(t, 20000, None, true));

    run.finish();
}

#[test]
fn delete_topics_answers_as_kafka() {
    let (mut run, mut link, id) = ground();
    let (k, t) = (&mut link, "e");
    run.say(k, "an unknown name", delete_topic(Some("no-such"), ZERO));
    run.say(k, "an unknown id", delete_topic(None, UNKNOWN));
    run.say(k, "neither name nor id", delete_topic(None, ZERO));
    run.say(k, "name and id", delete_topic(Some(t), id));
    run.say(k, "an invalid name", delete_topic(Some("a b"), ZERO));
    run.say(
        k,
        "the same name twice",
        DeleteTopicsRequest {
            topics: vec![
                DeleteTopicState {
                    name: Some("no-such".into()),
                    topic_id: ZERO,
                },
                DeleteTopicState {
                    name: Some("no-such".into()),
                    topic_id: ZERO,
                },
            ],
            timeout_ms: 5000,
            ..Default::default()
        },
    );

    run.finish();
}

#[test]
fn metadata_answers_as_kafka() {
    let (mut run, mut link, _) = ground();
    let (k, t) = (&mut link, "e");
    for (w, x) in [
        ("an unknown topic, not to be created", "no-such"),
        ("an invalid name", "a b"),
        ("the empty name", ""),
    ] {
        run.say(
            k,
            w,
            MetadataRequest {
                topics: Some(vec![metadata::MetadataRequestTopic {
                    name: Some(x.into()),
                    ..Default::default()
                }]),
                allow_auto_topic_creation: false,
                ..Default::default()
            },
        );
    }
    run.say(
        k,
        "an unknown id",
        MetadataRequest {
            topics: Some(vec![metadata::MetadataRequestTopic {
                topic_id: UNKNOWN,
                name: None,
            }]),
            ..Default::default()
        },
    );
    for (w, x) in [("an unknown topic", "no-such"), ("an invalid name", "a b")] {
        run.say(
            k,
            w,
            DescribeTopicPartitionsRequest {
                topics: vec![describe_topic_partitions::TopicRequest { name: x.into() }],
                response_partition_limit: 100,
                ..Default::default()
            },
        );
    }
    run.say(
        k,
        "a limit of 0",
        DescribeTopicPartitionsRequest {
            topics: vec![describe_topic_partitions::TopicRequest { name: t.to_owned() }],
            response_partition_limit: 0,
            ..Default::default()
        },
    );
    run.say(
        k,
        "a negative cursor",
        DescribeTopicPartitionsRequest {
            topics: vec![describe_topic_partitions::TopicRequest { name: t.to_owned() }],
            response_partition_limit: 10,
            cursor: Some(describe_topic_partitions::RequestCursor {
                topic_name: t.to_owned(),
                partition_index: -1,
            }),
        },
    );
    run.say(
        k,
        "an unknown kind of endpoint",
        DescribeClusterRequest {
            endpoint_type: 9,
            ..Default::default()
        },
    );
    run.say(
        k,
        "endpoints of controllers, asked of a broker",
        DescribeClusterRequest {
            endpoint_type: 2,
            ..Default::default()
        },
    );
    run.finish();
}
