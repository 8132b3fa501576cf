//! Topics from their creation to their deletion.

use protocol::Uuid;
use protocol::messages::alter_partition_reassignments::AlterPartitionReassignmentsRequest;
use protocol::messages::alter_replica_log_dirs::{
    AlterReplicaLogDir, AlterReplicaLogDirTopic, AlterReplicaLogDirsRequest,
};
use protocol::messages::create_topics::{CreatableTopic, CreateTopicsRequest};
use protocol::messages::delete_topics::{DeleteTopicState, DeleteTopicsRequest};
use protocol::messages::describe_log_dirs::{DescribableLogDirTopic, DescribeLogDirsRequest};
use protocol::messages::describe_topic_partitions::{
    DescribeTopicPartitionsRequest, RequestCursor, TopicRequest,
};
use protocol::messages::elect_leaders::ElectLeadersRequest;
use protocol::messages::list_partition_reassignments::{
    ListPartitionReassignmentsRequest, ListPartitionReassignmentsTopics,
};
use protocol::records::ProducerStamp;

use super::super::pair::{Kafka, cluster, compare};
use super::super::requests::{
    assign, batch_at, config, create_partitions, create_topics, delete_topic, elect, produce, reassign, topic,
};

#[test]
fn topics_are_created() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let with = |name: &str, configs: &[(&str, Option<&str>)]| CreatableTopic {
            configs: configs.iter().map(|(name, value)| config(name, *value)).collect(),
            ..topic(name, 1, 1)
        };
        let placed = |name: &str, assignments: &[(i32, &[i32])]| CreatableTopic {
            assignments: assignments
                .iter()
                .map(|(index, brokers)| assign(*index, brokers))
                .collect(),
            ..topic(name, -1, -1)
        };
        let long = "l".repeat(249);
        let longer = "l".repeat(250);
        let cases: Vec<(&str, CreatableTopic)> = vec![
            ("good", topic("made", 2, 1)),
            ("defaults", topic("made-by-default", -1, -1)),
            ("no partitions", topic("made-wrong", 0, 1)),
            ("a negative number", topic("made-wrong", -2, 1)),
            ("no replicas", topic("made-wrong", 1, 0)),
            ("too many replicas", topic("made-wrong", 1, 2)),
            ("a negative factor", topic("made-wrong", 1, -2)),
            ("no name", topic("", 1, 1)),
            ("a dot", topic(".", 1, 1)),
            ("two dots", topic("..", 1, 1)),
            ("a blank", topic("a b", 1, 1)),
            ("a letter beyond", topic("maß", 1, 1)),
            ("as long as can be", topic(&long, 1, 1)),
            ("too long", topic(&longer, 1, 1)),
            ("like another but for a dot", topic("made.by.default", 1, 1)),
            ("like another but for a line", topic("made_by_default", 1, 1)),
            ("internal", topic("__consumer_offsets", 1, 1)),
            ("of the controllers", topic("__cluster_metadata", 1, 1)),
            ("placed", placed("made-placed", &[(0, &[1]), (1, &[1])])),
            ("placed with a gap", placed("made-wrong", &[(0, &[1]), (2, &[1])])),
            ("placed without the first", placed("made-wrong", &[(1, &[1])])),
            ("placed twice", placed("made-wrong", &[(0, &[1]), (0, &[1])])),
            ("placed on nobody", placed("made-wrong", &[(0, &[])])),
            ("placed on one twice", placed("made-wrong", &[(0, &[1, 1])])),
            ("placed elsewhere", placed("made-wrong", &[(0, &[9])])),
            ("placed below 0", placed("made-wrong", &[(0, &[-1])])),
            (
                "placed and counted",
                CreatableTopic {
                    num_partitions: 1,
                    replication_factor: 1,
                    ..placed("made-wrong", &[(0, &[1])])
                },
            ),
            (
                "configs",
                with(
                    "made-with",
                    &[
                        ("retention.ms", Some("1000")),
                        ("cleanup.policy", Some("compact,delete")),
                    ],
                ),
            ),
            (
                "bounds that contradict",
                with(
                    "made-wrong",
                    &[
                        ("min.compaction.lag.ms", Some("9")),
                        ("max.compaction.lag.ms", Some("5")),
                    ],
                ),
            ),
            (
                "an unknown config",
                with("made-wrong", &[("nonsense", Some("1"))]),
            ),
            (
                "a value that is none",
                with("made-wrong", &[("retention.ms", Some("x"))]),
            ),
            (
                "a value out of range",
                with("made-wrong", &[("segment.bytes", Some("1"))]),
            ),
            ("a null value", with("made-wrong", &[("retention.ms", None)])),
            (
                "the same config twice",
                with(
                    "made-wrong",
                    &[("retention.ms", Some("1")), ("retention.ms", Some("2"))],
                ),
            ),
            ("the empty config", with("made-wrong", &[("", Some("1"))])),
        ];
        for validate_only in [true, false] {
            for (what, topic) in &cases {
                k.ask(what, &create_topics(vec![topic.clone()], validate_only));
            }
        }
        k.ask("again", &create_topics(vec![topic("made", 2, 1)], false));
        k.ask("again, to look", &create_topics(vec![topic("made", 2, 1)], true));
        k.ask(
            "twice in one",
            &create_topics(vec![topic("made-2", 1, 1), topic("made-2", 1, 1)], false),
        );
        let mixed = vec![topic("made-3", 1, 1), topic("a b", 1, 1), topic("made", 1, 1)];
        k.ask("several", &create_topics(mixed, false));
        k.ask("nothing", &create_topics(vec![], false));
        for version in 2..=7 {
            let request = |name: &str| CreateTopicsRequest {
                timeout_ms: 10_000,
                topics: vec![topic(name, 1, 1)],
                validate_only: false,
            };
            k.ask_in(version, "good", &request(&format!("made-in-{version}")));
            k.ask_in(version, "again", &request(&format!("made-in-{version}")));
            let mut defaults = request(&format!("made-by-default-in-{version}"));
            defaults.topics[0].num_partitions = -1;
            defaults.topics[0].replication_factor = -1;
            k.ask_in(version, "defaults", &defaults);
        }
        k.ask(
            "too many partitions",
            &create_topics(vec![topic("made-wrong", 10_001, 1)], false),
        );
    });
}

#[test]
fn topics_grow_and_go() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        k.create_topic("grows", 1, &[]);
        let on =
            |brokers: &[&[i32]]| Some(brokers.iter().map(|brokers| brokers.to_vec()).collect::<Vec<_>>());
        for (what, name, count, assignments) in [
            ("fewer", "grows", 0, None),
            ("as many", "grows", 1, None),
            ("below 0", "grows", -1, None),
            ("of an unknown topic", "never-there", 2, None),
            ("of no topic", "", 2, None),
            ("on nobody", "grows", 2, on(&[&[]])),
            ("elsewhere", "grows", 2, on(&[&[9]])),
            ("on one twice", "grows", 2, on(&[&[1, 1]])),
            ("with too few places", "grows", 3, on(&[&[1]])),
            ("with too many places", "grows", 2, on(&[&[1], &[1]])),
            ("with no places", "grows", 2, on(&[])),
            ("too many", "grows", 100_000, None),
            ("of an internal topic", "__consumer_offsets", 1, None),
        ] {
            k.ask(what, &create_partitions(name, count, assignments, false));
        }
        k.ask_in_all("to look", &create_partitions("grows", 2, None, true));
        k.ask("more", &create_partitions("grows", 2, None, false));
        k.ask(
            "more, with places",
            &create_partitions("grows", 3, on(&[&[1]]), false),
        );
        k.wait_for_leaders("grows", 3);
        let mut twice = create_partitions("grows", 4, None, false);
        twice
            .topics
            .push(create_partitions("grows", 5, None, false).topics.remove(0));
        k.ask("twice in one", &twice);

        let id = k.create_topic("goes", 1, &[]);
        let unknown = Uuid::from_bytes([9; 16]);
        k.ask("an unknown name", &delete_topic(Some("never-there"), Uuid::ZERO));
        k.ask("an unknown id", &delete_topic(None, unknown));
        k.ask("neither", &delete_topic(None, Uuid::ZERO));
        k.ask("both", &delete_topic(Some("goes"), id));
        k.ask("no name", &delete_topic(Some(""), Uuid::ZERO));
        let state = |name: Option<&str>, topic_id: Uuid| DeleteTopicState {
            name: name.map(str::to_owned),
            topic_id,
        };
        let several = |topics: Vec<DeleteTopicState>| DeleteTopicsRequest {
            topics,
            timeout_ms: 10_000,
            ..DeleteTopicsRequest::default()
        };
        k.ask(
            "twice by name",
            &several(vec![
                state(Some("goes"), Uuid::ZERO),
                state(Some("goes"), Uuid::ZERO),
            ]),
        );
        k.ask("by id", &delete_topic(None, id));
        k.ask("by id again", &delete_topic(None, id));
        for version in 1..=5 {
            let name = format!("goes-{version}");
            k.create_topic(&name, 1, &[]);
            let request = DeleteTopicsRequest {
                topic_names: vec![name, "never-there".to_owned()],
                timeout_ms: 10_000,
                ..DeleteTopicsRequest::default()
            };
            k.ask_in(version, "by name", &request);
            k.ask_in(version, "by name again", &request);
        }
        let one = k.create_topic("goes-twice", 1, &[]);
        k.ask(
            "by id and name",
            &several(vec![state(None, one), state(Some("goes-twice"), Uuid::ZERO)]),
        );
        k.ask(
            "by name after that",
            &delete_topic(Some("goes-twice"), Uuid::ZERO),
        );
        k.ask("nothing", &several(vec![]));
    });
}

#[test]
fn topics_are_described() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        for name in ["shown-a", "shown-b", "shown-c"] {
            k.create_topic(name, 3, &[]);
        }
        let ask = |names: &[&str], limit: i32, cursor: Option<(&str, i32)>| DescribeTopicPartitionsRequest {
            topics: names
                .iter()
                .map(|name| TopicRequest {
                    name: (*name).to_owned(),
                })
                .collect(),
            response_partition_limit: limit,
            cursor: cursor.map(|(topic_name, partition_index)| RequestCursor {
                topic_name: topic_name.to_owned(),
                partition_index,
            }),
        };
        let all = ["shown-c", "shown-a", "never-there", "shown-b"];
        for limit in [2000, 9, 5, 3, 1, 0, -1] {
            k.ask(&format!("{limit} partitions"), &ask(&all, limit, None));
        }
        for (name, index) in [
            ("shown-a", 0),
            ("shown-a", 2),
            ("shown-b", 3),
            ("shown-b", 9),
            ("shown-b", -1),
            ("shown-aa", 1),
            ("shown-z", 0),
            ("a", 1),
            ("", 0),
        ] {
            k.ask(
                &format!("from {name} {index}"),
                &ask(&all, 4, Some((name, index))),
            );
        }
        k.ask("the same twice", &ask(&["shown-a", "shown-a"], 2000, None));
        k.ask("a name that is none", &ask(&["a b", "shown-a"], 2000, None));
        k.ask("no name", &ask(&["", "shown-a"], 2000, None));
        k.ask("dots", &ask(&["shown-a", ".."], 2000, None));
        k.ask("one that does not exist", &ask(&["never-there"], 2000, None));

        let dirs = |topics: Option<&[(&str, &[i32])]>| DescribeLogDirsRequest {
            topics: topics.map(|topics| {
                let topics = topics.iter().map(|(name, partitions)| DescribableLogDirTopic {
                    topic: (*name).to_owned(),
                    partitions: partitions.to_vec(),
                });
                topics.collect()
            }),
        };
        let id = k.create_topic("shown-d", 2, &[]);
        let batch = batch_at(1_700_000_000_000, &[Some(b"v")], ProducerStamp::default(), false);
        k.ask("write", &produce(id, 0, -1, None, batch));
        for version in 1..=5 {
            for topics in [
                &[("shown-d", &[0, 1, 9][..])][..],
                &[("never-there", &[0])],
                &[],
                &[("shown-d", &[])],
            ] {
                let disk: &[&str] = if version < 4 {
                    &["log_dir"]
                } else {
                    &["log_dir", "_bytes"]
                };
                k.excuse(disk, "the sandbox keeps its records in memory");
                k.ask_in(version, "some", &dirs(Some(topics)));
            }
        }
        let alter = |path: &str, name: &str, partition: i32| AlterReplicaLogDirsRequest {
            dirs: vec![AlterReplicaLogDir {
                path: path.to_owned(),
                topics: vec![AlterReplicaLogDirTopic {
                    name: name.to_owned(),
                    partitions: vec![partition],
                }],
            }],
        };
        k.ask_in_all("to nowhere", &alter("/never/there", "shown-d", 0));
        k.ask("to a place without a root", &alter("never/there", "shown-d", 0));
        k.ask("an unknown topic", &alter("/never/there", "never-there", 0));
        k.ask("nothing", &AlterReplicaLogDirsRequest::default());
    });
}

#[test]
fn topics_are_moved_and_led() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        k.create_topic("moves", 2, &[]);
        for (what, name, partition, replicas) in [
            ("to where it is", "moves", 0, Some(vec![1])),
            ("to one that is not", "moves", 0, Some(vec![9])),
            ("to one below 0", "moves", 0, Some(vec![-1])),
            ("to nobody", "moves", 0, Some(vec![])),
            ("to one twice", "moves", 0, Some(vec![1, 1])),
            ("to none, as it does not move", "moves", 0, None),
            ("an unknown partition", "moves", 9, Some(vec![1])),
            ("an unknown topic", "never-there", 0, Some(vec![1])),
            ("an unknown topic, not at all", "never-there", 0, None),
            ("no topic", "", 0, Some(vec![1])),
        ] {
            k.ask_in_all(what, &reassign(name, partition, replicas, true));
        }
        k.ask("nothing", &AlterPartitionReassignmentsRequest::default());
        let list = |topics: Option<(&str, &[i32])>| ListPartitionReassignmentsRequest {
            timeout_ms: 5000,
            topics: topics.map(|(name, partitions)| {
                vec![ListPartitionReassignmentsTopics {
                    name: name.to_owned(),
                    partition_indexes: partitions.to_vec(),
                }]
            }),
        };
        k.ask("all", &list(None));
        k.ask("some", &list(Some(("moves", &[0, 9]))));
        k.ask("an unknown topic", &list(Some(("never-there", &[0]))));
        for kind in [0, 1, 7] {
            for (name, partition) in [("moves", 0), ("moves", 9), ("never-there", 0), ("", 0)] {
                for version in 1..=2 {
                    k.ask_in(
                        version,
                        &format!("kind {kind} of {name} {partition}"),
                        &elect(kind, name, partition),
                    );
                }
            }
        }
        k.ask_in(0, "in version 0", &elect(0, "moves", 1));
        let mut request = elect(0, "moves", 0);
        request.topic_partitions.as_mut().unwrap()[0]
            .partitions
            .extend([1, 0]);
        k.ask("several and one twice", &request);
        k.ask(
            "nothing",
            &ElectLeadersRequest {
                topic_partitions: Some(vec![]),
                ..ElectLeadersRequest::default()
            },
        );
    });
}
