//! Configs of all kinds of resources.

use protocol::messages::alter_configs::{self, AlterConfigsRequest};
use protocol::messages::describe_configs::{
    DescribeConfigsRequest, DescribeConfigsResource, DescribeConfigsResponse,
};
use protocol::messages::incremental_alter_configs::{
    AlterConfigsResource, AlterableConfig, IncrementalAlterConfigsRequest,
};
use protocol::messages::list_config_resources::ListConfigResourcesRequest;

use super::super::pair::{Kafka, Raw, cluster, compare};

/// The kinds of resources, by their numbers.
const TOPIC: i8 = 2;
const BROKER: i8 = 4;
const LOGGER: i8 = 8;
const CLIENT_METRICS: i8 = 16;
const GROUP: i8 = 32;

/// What is done to a config.
const SET: i8 = 0;
const DELETE: i8 = 1;
const APPEND: i8 = 2;
const SUBTRACT: i8 = 3;

fn describe(kind: i8, name: &str, keys: Option<&[&str]>) -> DescribeConfigsRequest {
    DescribeConfigsRequest {
        resources: vec![DescribeConfigsResource {
            resource_type: kind,
            resource_name: name.to_owned(),
            configuration_keys: keys.map(|keys| keys.iter().map(|key| (*key).to_owned()).collect()),
        }],
        include_synonyms: true,
        include_documentation: false,
    }
}

fn alter(kind: i8, name: &str, changes: &[(&str, i8, Option<&str>)]) -> IncrementalAlterConfigsRequest {
    let configs = changes.iter().map(|(name, operation, value)| AlterableConfig {
        name: (*name).to_owned(),
        config_operation: *operation,
        value: value.map(str::to_owned),
    });
    IncrementalAlterConfigsRequest {
        resources: vec![AlterConfigsResource {
            resource_type: kind,
            resource_name: name.to_owned(),
            configs: configs.collect(),
        }],
        validate_only: false,
    }
}

fn replace(kind: i8, name: &str, values: &[(&str, Option<&str>)]) -> AlterConfigsRequest {
    let configs = values.iter().map(|(name, value)| alter_configs::AlterableConfig {
        name: (*name).to_owned(),
        value: value.map(str::to_owned),
    });
    AlterConfigsRequest {
        resources: vec![alter_configs::AlterConfigsResource {
            resource_type: kind,
            resource_name: name.to_owned(),
            configs: configs.collect(),
        }],
        validate_only: false,
    }
}

fn value_of<'a>(answer: &'a DescribeConfigsResponse, key: &str) -> Option<&'a str> {
    let configs = answer.results.iter().flat_map(|result| &result.configs);
    let mut found = configs.filter(|config| config.name == key);
    found.next().and_then(|config| config.value.as_deref())
}

/// Waits until the broker has learned of a change.
fn until_set(k: &mut Raw, kind: i8, name: &str, key: &str, value: Option<&str>) {
    let request = describe(kind, name, Some(&[key]));
    k.until(&format!("{key} is {value:?}"), &request, |answer| {
        value_of(answer, key) == value
    });
}

#[test]
fn configs_of_topics() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let topic = "configs-t";
        k.create_topic(
            topic,
            1,
            &[("retention.ms", "1000"), ("cleanup.policy", "compact")],
        );
        k.ask_in(1, "all", &describe(TOPIC, topic, None));
        for version in 2..=4 {
            k.ask_in(version, "all", &describe(TOPIC, topic, None));
        }
        let mut bare = describe(TOPIC, topic, None);
        bare.include_synonyms = false;
        k.ask("all without synonyms", &bare);
        bare.include_documentation = true;
        k.excuse(&["documentation"], "each has words of its own");
        k.ask("all with their meaning", &bare);
        k.ask(
            "some",
            &describe(TOPIC, topic, Some(&["retention.ms", "nonsense", "segment.bytes"])),
        );
        k.ask("none", &describe(TOPIC, topic, Some(&[])));
        k.ask("an unknown topic", &describe(TOPIC, "never-there", None));
        k.ask("a name that is none", &describe(TOPIC, "a b", None));
        k.ask("no name", &describe(TOPIC, "", None));
        let mut twice = describe(TOPIC, topic, Some(&["retention.ms"]));
        twice
            .resources
            .extend(describe(TOPIC, topic, Some(&["segment.bytes"])).resources);
        k.ask("the same twice", &twice);
        for kind in [0, 1, 3, 64] {
            k.ask(&format!("kind {kind}"), &describe(kind, "x", None));
            k.ask(
                &format!("kind {kind}"),
                &alter(kind, "x", &[("a", SET, Some("1"))]),
            );
        }

        type Change<'a> = (&'a str, i8, Option<&'a str>);
        let cases: Vec<(&str, Vec<Change<'_>>)> = vec![
            ("a value that is none", vec![("retention.ms", SET, Some("x"))]),
            ("a value out of range", vec![("segment.bytes", SET, Some("1"))]),
            ("no value", vec![("retention.ms", SET, None)]),
            ("an unknown config", vec![("nonsense", SET, Some("1"))]),
            ("an unknown config is deleted", vec![("nonsense", DELETE, None)]),
            ("no config", vec![]),
            ("the empty config", vec![("", SET, Some("1"))]),
            (
                "the same twice",
                vec![("retention.ms", SET, Some("1")), ("retention.ms", SET, Some("2"))],
            ),
            (
                "set and deleted",
                vec![("retention.ms", SET, Some("1")), ("retention.ms", DELETE, None)],
            ),
            (
                "appended to what is no list",
                vec![("retention.ms", APPEND, Some("1"))],
            ),
            (
                "subtracted from what is no list",
                vec![("retention.ms", SUBTRACT, Some("1"))],
            ),
            ("appended without a value", vec![("cleanup.policy", APPEND, None)]),
            (
                "subtracted without a value",
                vec![("cleanup.policy", SUBTRACT, None)],
            ),
            (
                "appended what is none",
                vec![("cleanup.policy", APPEND, Some("x"))],
            ),
            ("an operation that is none", vec![("retention.ms", 7, Some("1"))]),
            (
                "good and bad",
                vec![
                    ("retention.ms", SET, Some("1")),
                    ("segment.bytes", SET, Some("1")),
                ],
            ),
            (
                "a policy that contradicts",
                vec![("cleanup.policy", SET, Some("none,delete"))],
            ),
            (
                "tiered storage",
                vec![("remote.storage.enable", SET, Some("true"))],
            ),
            (
                "a bound below another",
                vec![
                    ("min.compaction.lag.ms", SET, Some("10")),
                    ("max.compaction.lag.ms", SET, Some("5")),
                ],
            ),
            (
                "local retention above retention",
                vec![("local.retention.ms", SET, Some("10000"))],
            ),
        ];
        for (what, changes) in &cases {
            let mut request = alter(TOPIC, topic, changes);
            k.ask(what, &request);
            request.validate_only = true;
            k.ask(what, &request);
        }
        k.ask(
            "an unknown topic",
            &alter(TOPIC, "never-there", &[("retention.ms", SET, Some("1"))]),
        );
        k.ask("no name", &alter(TOPIC, "", &[("retention.ms", SET, Some("1"))]));
        let mut twice = alter(TOPIC, topic, &[("retention.ms", SET, Some("1"))]);
        twice
            .resources
            .extend(alter(TOPIC, topic, &[("segment.ms", SET, Some("100000"))]).resources);
        k.ask("the same topic twice", &twice);
        k.ask("after all that", &describe(TOPIC, topic, None));
        for version in 0..=1 {
            k.ask_in(
                version,
                "append",
                &alter(TOPIC, topic, &[("cleanup.policy", APPEND, Some("delete"))]),
            );
        }
        until_set(&mut k, TOPIC, topic, "cleanup.policy", Some("compact,delete"));
        k.ask(
            "subtract what is not there",
            &alter(TOPIC, topic, &[("cleanup.policy", SUBTRACT, Some("nothing"))]),
        );
        k.ask(
            "subtract",
            &alter(TOPIC, topic, &[("cleanup.policy", SUBTRACT, Some("compact"))]),
        );
        until_set(&mut k, TOPIC, topic, "cleanup.policy", Some("delete"));
        k.ask(
            "subtract the last",
            &alter(TOPIC, topic, &[("cleanup.policy", SUBTRACT, Some("delete"))]),
        );
        until_set(&mut k, TOPIC, topic, "cleanup.policy", Some(""));
        k.ask(
            "append to what has a default",
            &alter(
                TOPIC,
                topic,
                &[("leader.replication.throttled.replicas", APPEND, Some("0:1"))],
            ),
        );
        until_set(
            &mut k,
            TOPIC,
            topic,
            "leader.replication.throttled.replicas",
            Some("0:1"),
        );
        k.ask(
            "delete",
            &alter(
                TOPIC,
                topic,
                &[
                    ("retention.ms", DELETE, None),
                    ("cleanup.policy", DELETE, Some("x")),
                ],
            ),
        );
        until_set(&mut k, TOPIC, topic, "retention.ms", Some("604800000"));
        k.ask(
            "delete again",
            &alter(TOPIC, topic, &[("retention.ms", DELETE, None)]),
        );
        k.ask(
            "set with blanks",
            &alter(TOPIC, topic, &[("retention.ms", SET, Some(" 77 "))]),
        );
        k.until(
            "set with blanks",
            &describe(TOPIC, topic, Some(&["retention.ms"])),
            |answer| value_of(answer, "retention.ms").is_some_and(|value| value.trim() == "77"),
        );

        for (what, values) in [
            ("a value that is none", vec![("retention.ms", Some("x"))]),
            ("no value", vec![("retention.ms", None)]),
            ("an unknown config", vec![("nonsense", Some("1"))]),
            (
                "the same twice",
                vec![("retention.ms", Some("1")), ("retention.ms", Some("2"))],
            ),
        ] {
            k.ask(what, &replace(TOPIC, topic, &values));
        }
        k.ask(
            "an unknown topic",
            &replace(TOPIC, "never-there", &[("retention.ms", Some("1"))]),
        );
        for version in 0..=2 {
            let value = format!("{}", 2000 + version);
            k.ask_in(
                version,
                "all of them",
                &replace(TOPIC, topic, &[("segment.ms", Some(&value))]),
            );
            until_set(&mut k, TOPIC, topic, "segment.ms", Some(&value));
        }
        k.ask("what is left", &describe(TOPIC, topic, None));
        k.ask("none of them", &replace(TOPIC, topic, &[]));
        until_set(&mut k, TOPIC, topic, "segment.ms", Some("604800000"));
    });
}

#[test]
fn configs_of_groups_and_metrics() {
    real_kafka::require!(own);
    compare(&cluster::exclusive(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        k.ask("of a group that has none", &describe(GROUP, "configs-g", None));
        k.ask("of no group", &describe(GROUP, "", None));
        for (what, changes) in [
            ("good", vec![("consumer.session.timeout.ms", SET, Some("50000"))]),
            (
                "out of range",
                vec![("consumer.session.timeout.ms", SET, Some("1"))],
            ),
            (
                "not positive",
                vec![("consumer.session.timeout.ms", SET, Some("0"))],
            ),
            (
                "no number",
                vec![("consumer.heartbeat.interval.ms", SET, Some("x"))],
            ),
            ("an unknown config", vec![("nonsense", SET, Some("1"))]),
            (
                "of share groups",
                vec![("share.auto.offset.reset", SET, Some("earliest"))],
            ),
            (
                "of share groups, none",
                vec![("share.auto.offset.reset", SET, Some("x"))],
            ),
            ("an append", vec![("share.auto.offset.reset", APPEND, Some("x"))]),
            (
                "a session shorter than heartbeats",
                vec![("consumer.heartbeat.interval.ms", SET, Some("15000"))],
            ),
            ("deleted", vec![("share.auto.offset.reset", DELETE, None)]),
        ] {
            k.ask(what, &alter(GROUP, "configs-g", &changes));
        }
        k.ask(
            "of no group",
            &alter(GROUP, "", &[("consumer.session.timeout.ms", SET, Some("50000"))]),
        );
        until_set(
            &mut k,
            GROUP,
            "configs-g",
            "consumer.heartbeat.interval.ms",
            Some("15000"),
        );
        k.ask("of a group that has some", &describe(GROUP, "configs-g", None));
        k.ask(
            "of all groups",
            &ListConfigResourcesRequest {
                resource_types: vec![GROUP],
            },
        );
        let all = [
            ("consumer.session.timeout.ms", DELETE, None),
            ("consumer.heartbeat.interval.ms", DELETE, None),
        ];
        k.ask("all deleted", &alter(GROUP, "configs-g", &all));
        until_set(
            &mut k,
            GROUP,
            "configs-g",
            "consumer.heartbeat.interval.ms",
            Some("5000"),
        );
        k.ask(
            "of all groups",
            &ListConfigResourcesRequest {
                resource_types: vec![GROUP],
            },
        );

        k.ask(
            "of metrics that are none",
            &describe(CLIENT_METRICS, "configs-m", None),
        );
        k.ask("of no metrics", &describe(CLIENT_METRICS, "", None));
        for (what, changes) in [
            (
                "good",
                vec![
                    ("interval.ms", SET, Some("1000")),
                    ("metrics", SET, Some("org.a,org.b")),
                ],
            ),
            ("out of range", vec![("interval.ms", SET, Some("1"))]),
            ("no number", vec![("interval.ms", SET, Some("x"))]),
            ("an unknown config", vec![("nonsense", SET, Some("1"))]),
            (
                "a pattern",
                vec![("match", SET, Some("client_id=a.*,client_software_name=b"))],
            ),
            ("a pattern that is none", vec![("match", SET, Some("nonsense=a"))]),
            ("a pattern without a name", vec![("match", SET, Some("a"))]),
            ("a broken pattern", vec![("match", SET, Some("client_id=("))]),
            ("appended", vec![("metrics", APPEND, Some("org.c"))]),
            ("subtracted", vec![("metrics", SUBTRACT, Some("org.a"))]),
        ] {
            k.ask(what, &alter(CLIENT_METRICS, "configs-m", &changes));
        }
        k.ask(
            "of no metrics",
            &alter(CLIENT_METRICS, "", &[("interval.ms", SET, Some("1000"))]),
        );
        until_set(
            &mut k,
            CLIENT_METRICS,
            "configs-m",
            "metrics",
            Some("org.a,org.b"),
        );
        k.ask("of metrics", &describe(CLIENT_METRICS, "configs-m", None));
        for version in 0..=1 {
            let resource_types = if version == 0 {
                vec![]
            } else {
                vec![CLIENT_METRICS]
            };
            k.ask_in(
                version,
                "of all metrics",
                &ListConfigResourcesRequest { resource_types },
            );
        }
        for kinds in [
            vec![BROKER],
            vec![LOGGER],
            vec![0],
            vec![1],
            vec![7],
            vec![99],
            vec![BROKER, CLIENT_METRICS],
        ] {
            k.ask(
                &format!("of the kinds {kinds:?}"),
                &ListConfigResourcesRequest {
                    resource_types: kinds,
                },
            );
        }
        let all = [
            ("interval.ms", DELETE, None),
            ("metrics", DELETE, None),
            ("match", DELETE, None),
        ];
        k.ask("all deleted", &alter(CLIENT_METRICS, "configs-m", &all));
        k.until(
            "none is left",
            &ListConfigResourcesRequest {
                resource_types: vec![CLIENT_METRICS],
            },
            |answer| answer.config_resources.is_empty(),
        );
        k.ask(
            "of metrics that are no more",
            &describe(CLIENT_METRICS, "configs-m", None),
        );
        k.ask(
            "a legacy change",
            &replace(CLIENT_METRICS, "configs-m", &[("interval.ms", Some("1000"))]),
        );
        k.ask(
            "a legacy change",
            &replace(
                GROUP,
                "configs-g",
                &[("consumer.session.timeout.ms", Some("50000"))],
            ),
        );
    });
}

#[test]
fn configs_of_brokers() {
    real_kafka::require!(own);
    compare(&cluster::exclusive(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let keys: &[&str] = &[
            "log.retention.ms",
            "log.retention.hours",
            "log.cleaner.threads",
            "num.io.threads",
            "message.max.bytes",
            "min.insync.replicas",
            "compression.type",
            "auto.create.topics.enable",
            "ssl.keystore.password",
            "background.threads",
            "group.initial.rebalance.delay.ms",
            "nonsense",
        ];
        for version in 1..=4 {
            k.ask_in(version, "some", &describe(BROKER, "1", Some(keys)));
            k.ask_in(version, "some, of all brokers", &describe(BROKER, "", Some(keys)));
        }
        k.ask("all that is set for all brokers", &describe(BROKER, "", None));
        k.ask("of another broker", &describe(BROKER, "2", Some(keys)));
        k.ask("of a broker that is none", &describe(BROKER, "x", Some(keys)));
        for name in ["1", ""] {
            for (what, changes) in [
                ("of the cluster", vec![("log.retention.ms", SET, Some("3600000"))]),
                ("of brokers", vec![("log.cleaner.backoff.ms", SET, Some("200"))]),
                ("out of range", vec![("log.retention.ms", SET, Some("-7"))]),
                ("no number", vec![("message.max.bytes", SET, Some("x"))]),
                ("that cannot change", vec![("broker.id", SET, Some("7"))]),
                (
                    "that cannot change, either",
                    vec![("log.dirs", SET, Some("/tmp"))],
                ),
                (
                    "of a listener",
                    vec![("ssl.keystore.location", SET, Some("/never/there"))],
                ),
                (
                    "of a listener by name",
                    vec![("listener.name.plaintext.max.connections", SET, Some("1000"))],
                ),
                ("unknown", vec![("nonsense", SET, Some("1"))]),
                ("an append", vec![("log.cleanup.policy", APPEND, Some("compact"))]),
                (
                    "an append to no list",
                    vec![("log.retention.ms", APPEND, Some("1"))],
                ),
                ("too many threads", vec![("num.io.threads", SET, Some("1000"))]),
                ("too few threads", vec![("num.io.threads", SET, Some("1"))]),
                (
                    "too many in the background",
                    vec![("background.threads", SET, Some("100"))],
                ),
                ("no threads", vec![("num.io.threads", SET, Some("0"))]),
                ("how many in sync", vec![("min.insync.replicas", SET, Some("2"))]),
                (
                    "how many in sync is deleted",
                    vec![("min.insync.replicas", DELETE, None)],
                ),
                (
                    "a connection rate",
                    vec![("max.connection.creation.rate", SET, Some("1000"))],
                ),
            ] {
                let mut request = alter(BROKER, name, &changes);
                request.validate_only = true;
                k.ask(&format!("{what}, of {name:?}"), &request);
            }
        }
        k.ask(
            "of another broker",
            &alter(BROKER, "2", &[("log.retention.ms", SET, Some("1"))]),
        );
        k.ask(
            "of a broker that is none",
            &alter(BROKER, "x", &[("log.retention.ms", SET, Some("1"))]),
        );
        k.ask(
            "for all",
            &alter(BROKER, "", &[("log.retention.ms", SET, Some("7200000"))]),
        );
        until_set(&mut k, BROKER, "1", "log.retention.ms", Some("7200000"));
        k.create_topic("configs-of-brokers", 1, &[]);
        let keys = Some(&["retention.ms", "min.insync.replicas"][..]);
        k.ask(
            "what topics have of it",
            &describe(TOPIC, "configs-of-brokers", keys),
        );
        k.ask(
            "for one",
            &alter(BROKER, "1", &[("log.retention.ms", SET, Some("3600000"))]),
        );
        until_set(&mut k, BROKER, "1", "log.retention.ms", Some("3600000"));
        k.ask("for all", &describe(BROKER, "", None));
        k.excuse(
            &[""],
            "the sandbox gives topics what is set for all brokers, and not what is set for one",
        );
        k.ask(
            "what topics have of it",
            &describe(TOPIC, "configs-of-brokers", Some(&["retention.ms"])),
        );
        k.ask(
            "a secret",
            &alter(
                BROKER,
                "1",
                &[("listener.name.plaintext.ssl.key.password", SET, Some("secret"))],
            ),
        );
        k.ask(
            "not for one",
            &alter(BROKER, "1", &[("log.retention.ms", DELETE, None)]),
        );
        until_set(&mut k, BROKER, "1", "log.retention.ms", Some("7200000"));
        k.ask(
            "not for all",
            &alter(BROKER, "", &[("log.retention.ms", DELETE, None)]),
        );
        k.until(
            "as before",
            &describe(BROKER, "1", Some(&["log.retention.ms"])),
            |answer| value_of(answer, "log.retention.ms").is_none(),
        );

        // Loggers.
        k.ask("a level", &describe(LOGGER, "1", Some(&["kafka.never.there"])));
        k.ask("of no broker", &describe(LOGGER, "", Some(&[])));
        k.ask("of another broker", &describe(LOGGER, "2", Some(&[])));
        for operation in [SET, DELETE] {
            let mut request = alter(
                LOGGER,
                "1",
                &[("kafka.server.KafkaApis", operation, Some("INFO"))],
            );
            request.validate_only = true;
            k.excuse(&["error_code", "error_message"], "the sandbox has no loggers");
            k.ask("good", &request);
        }
        for (what, changes) in [
            (
                "a level that is none",
                vec![("kafka.server.KafkaApis", SET, Some("LOUD"))],
            ),
            ("no level", vec![("kafka.server.KafkaApis", SET, None)]),
            (
                "an append",
                vec![("kafka.server.KafkaApis", APPEND, Some("INFO"))],
            ),
            ("an unknown logger", vec![("never.there", SET, Some("INFO"))]),
            ("the root is deleted", vec![("root", DELETE, None)]),
        ] {
            let mut request = alter(LOGGER, "1", &changes);
            request.validate_only = true;
            k.ask(what, &request);
        }
        k.ask(
            "of another broker",
            &alter(LOGGER, "2", &[("root", SET, Some("INFO"))]),
        );
        k.ask("of no broker", &alter(LOGGER, "", &[("root", SET, Some("INFO"))]));
        k.ask(
            "a legacy change",
            &replace(LOGGER, "1", &[("root", Some("INFO"))]),
        );
    });
}
