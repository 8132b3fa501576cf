//! Replicas, leaders, settings, brokers.

use protocol::messages::alter_replica_log_dirs::{self, AlterReplicaLogDirsRequest};
use protocol::messages::describe_configs::*;
use protocol::messages::describe_log_dirs::{self, DescribeLogDirsRequest};
use protocol::messages::describe_producers::{self, DescribeProducersRequest};
use protocol::messages::incremental_alter_configs::{self, AlterableConfig, IncrementalAlterConfigsRequest};
use protocol::messages::list_config_resources::ListConfigResourcesRequest;
use protocol::messages::list_partition_reassignments::{self, ListPartitionReassignmentsRequest};
use protocol::messages::unregister_broker::UnregisterBrokerRequest;

use super::super::requests::*;
use super::ground;

#[test]
fn replicas_and_leaders_answer_as_kafka() {
    let (mut run, mut link, _) = ground();
    let (k, t) = (&mut link, "e");

    for (w, nn, p, r, ch) in [
        ("an unknown topic", "no-such", 0, Some(vec![1]), true),
        ("an unknown partition", t, 9, Some(vec![1]), true),
        ("an unknown broker", t, 0, Some(vec![9]), true),
        ("no brokers", t, 0, Some(vec![]), true),
        ("a broker twice", t, 0, Some(vec![1, 1]), true),
        ("a negative broker", t, 0, Some(vec![-1]), true),
        ("nothing to cancel", t, 0, None, true),
        (
            "another replication factor, not allowed",
            t,
            0,
            Some(vec![1]),
            false,
        ),
    ] {
        run.say(k, w, reassign(nn, p, r, ch));
    }
    for (w, ty, nn, p) in [
        ("preferred: not needed", 0, t, 0),
        ("unclean: not needed", 1, t, 0),
        ("an unknown topic", 0, "no-such", 0),
        ("an unknown partition", 0, t, 9),
        ("an unknown type", 9, t, 0),
    ] {
        run.say(k, w, elect(ty, nn, p));
    }
    run.say(
        k,
        "an unknown topic",
        DescribeProducersRequest {
            topics: vec![describe_producers::TopicRequest {
                name: "no-such".into(),
                partition_indexes: vec![0],
            }],
        },
    );
    run.say(
        k,
        "an unknown partition",
        DescribeProducersRequest {
            topics: vec![describe_producers::TopicRequest {
                name: t.to_owned(),
                partition_indexes: vec![9],
            }],
        },
    );
    run.say(
        &mut run.node(3),
        "a broker without a replica",
        DescribeProducersRequest {
            topics: vec![describe_producers::TopicRequest {
                name: t.to_owned(),
                partition_indexes: vec![0],
            }],
        },
    );
    run.say(
        k,
        "an invalid name",
        DescribeProducersRequest {
            topics: vec![describe_producers::TopicRequest {
                name: "a b".into(),
                partition_indexes: vec![0],
            }],
        },
    );
    run.say(
        k,
        "a relative path",
        AlterReplicaLogDirsRequest {
            dirs: vec![alter_replica_log_dirs::AlterReplicaLogDir {
                path: "relative".into(),
                topics: vec![alter_replica_log_dirs::AlterReplicaLogDirTopic {
                    name: t.to_owned(),
                    partitions: vec![0],
                }],
            }],
        },
    );
    run.say(
        k,
        "an unknown directory",
        AlterReplicaLogDirsRequest {
            dirs: vec![alter_replica_log_dirs::AlterReplicaLogDir {
                path: "/no/such".into(),
                topics: vec![alter_replica_log_dirs::AlterReplicaLogDirTopic {
                    name: t.to_owned(),
                    partitions: vec![0],
                }],
            }],
        },
    );

    run.say(
        k,
        "an unknown topic",
        DescribeLogDirsRequest {
            topics: Some(vec![describe_log_dirs::DescribableLogDirTopic {
                topic: "no-such".into(),
                partitions: vec![0],
            }]),
        },
    );
    run.say(
        k,
        "an unknown topic",
        ListPartitionReassignmentsRequest {
            topics: Some(vec![
                list_partition_reassignments::ListPartitionReassignmentsTopics {
                    name: "no-such".into(),
                    partition_indexes: vec![0],
                },
            ]),
            timeout_ms: 5000,
        },
    );

    run.finish();
}

#[test]
fn settings_answer_as_kafka() {
    let (mut run, mut link, _) = ground();
    let (k, t) = (&mut link, "e");
    let dc = |t, n: &str| DescribeConfigsRequest {
        resources: vec![DescribeConfigsResource {
            resource_type: t,
            resource_name: n.into(),
            configuration_keys: None,
        }],
        ..Default::default()
    };
    for (w, ty, nn) in [
        ("an unknown topic", 2, "no-such"),
        ("an invalid topic", 2, "a b"),
        ("another broker", 4, "2"),
        ("a broker that is no number", 4, "x"),
        ("an unknown kind", 77, "x"),
        ("the empty topic", 2, ""),
        ("the empty group", 32, ""),
        ("a group unknown", 32, "no-such"),
        ("the empty subscription", 16, ""),
        ("loggers of another broker", 8, "2"),
    ] {
        run.say(k, w, dc(ty, nn));
    }
    let ia = |v: Vec<(&str, i8, Option<&str>)>, twice: bool| {
        let r = incremental_alter_configs::AlterConfigsResource {
            resource_type: 2,
            resource_name: t.to_owned(),
            configs: v
                .into_iter()
                .map(|(n, o, v)| AlterableConfig {
                    name: n.into(),
                    config_operation: o,
                    value: v.map(Into::into),
                })
                .collect(),
        };
        IncrementalAlterConfigsRequest {
            resources: if twice { vec![r.clone(), r] } else { vec![r] },
            validate_only: true,
        }
    };
    run.say(
        k,
        "the same setting twice",
        ia(
            vec![("retention.ms", 0, Some("1")), ("retention.ms", 0, Some("2"))],
            false,
        ),
    );
    run.say(
        k,
        "the same resource twice",
        ia(vec![("retention.ms", 0, Some("1"))], true),
    );
    run.say(
        k,
        "two null values",
        ia(vec![("retention.ms", 0, None), ("segment.ms", 0, None)], false),
    );
    run.say(
        k,
        "an unknown operation",
        ia(vec![("retention.ms", 9, Some("1"))], false),
    );
    run.say(
        k,
        "an unknown setting",
        ia(vec![("no.such", 0, Some("1"))], false),
    );
    run.finish();
}

#[test]
fn brokers_answer_as_kafka() {
    let (mut run, mut link, _) = ground();
    let k = &mut link;
    run.say(k, "an unknown broker", UnregisterBrokerRequest { broker_id: 9 });
    run.say(
        k,
        "an unknown kind",
        ListConfigResourcesRequest {
            resource_types: vec![77],
        },
    );
    run.finish();
}
