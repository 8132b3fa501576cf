//! Configs: describing and altering them, and faults as one of them.

use protocol::ErrorCode;
use protocol::messages::alter_configs::{self, AlterConfigsRequest};
use protocol::messages::describe_configs::{
    DescribeConfigsRequest, DescribeConfigsResource, DescribeConfigsResourceResult,
};
use protocol::messages::incremental_alter_configs::{
    AlterConfigsResource, AlterableConfig, IncrementalAlterConfigsRequest,
};
use protocol::messages::metadata::MetadataRequest;

use crate::support::Cluster;

const TOPIC: i8 = 2;
const BROKER: i8 = 4;
const SET: i8 = 0;
const DELETE: i8 = 1;
const APPEND: i8 = 2;
const SUBTRACT: i8 = 3;

fn cluster() -> Cluster {
    let mut cluster = Cluster::of(1);
    cluster.create_topic("orders", 1, 1);
    cluster
}

type Op<'a> = (&'a str, i8, Option<&'a str>);

fn alter(cluster: &mut Cluster, kind: i8, name: &str, ops: &[Op<'_>]) -> (ErrorCode, String) {
    let configs = ops
        .iter()
        .map(|&(name, config_operation, value)| AlterableConfig {
            name: name.to_owned(),
            config_operation,
            value: value.map(str::to_owned),
        });
    let request = IncrementalAlterConfigsRequest {
        resources: vec![AlterConfigsResource {
            resource_type: kind,
            resource_name: name.to_owned(),
            configs: configs.collect(),
        }],
        validate_only: false,
    };
    let response = cluster.ask(1, 1, &request);
    let outcome = &response.responses[0];
    (
        ErrorCode(outcome.error_code),
        outcome.error_message.clone().unwrap_or_default(),
    )
}

/// Sets a config of a topic, which must work.
pub(crate) fn set_topic(cluster: &mut Cluster, topic: &str, name: &str, value: &str) {
    let outcome = alter(cluster, TOPIC, topic, &[(name, SET, Some(value))]);
    assert_eq!(outcome.0, ErrorCode::NONE);
}

fn describe(cluster: &mut Cluster, kind: i8, name: &str) -> Vec<DescribeConfigsResourceResult> {
    let request = DescribeConfigsRequest {
        resources: vec![DescribeConfigsResource {
            resource_type: kind,
            resource_name: name.to_owned(),
            configuration_keys: None,
        }],
        include_synonyms: true,
        include_documentation: true,
    };
    let mut response = cluster.ask(1, 4, &request);
    assert_eq!(response.results[0].error_code, 0);
    std::mem::take(&mut response.results[0].configs)
}

fn value(cluster: &mut Cluster, kind: i8, resource: &str, name: &str) -> Option<(String, i8)> {
    let configs = describe(cluster, kind, resource);
    let config = configs.into_iter().find(|config| config.name == name)?;
    Some((config.value.unwrap_or_default(), config.config_source))
}

fn is(value: &str, source: i8) -> Option<(String, i8)> {
    Some((value.to_owned(), source))
}

#[test]
fn a_topic_has_kafkas_defaults_until_something_is_set() {
    let mut cluster = cluster();
    assert_eq!(
        value(&mut cluster, TOPIC, "orders", "retention.ms"),
        is("604800000", 5)
    );
    let done = (ErrorCode::NONE, String::new());
    assert_eq!(
        alter(
            &mut cluster,
            TOPIC,
            "orders",
            &[("retention.ms", SET, Some("5000"))]
        ),
        done
    );
    assert_eq!(
        value(&mut cluster, TOPIC, "orders", "retention.ms"),
        is("5000", 1)
    );
    let append = [("cleanup.policy", APPEND, Some("compact"))];
    assert_eq!(alter(&mut cluster, TOPIC, "orders", &append), done);
    assert_eq!(
        value(&mut cluster, TOPIC, "orders", "cleanup.policy"),
        is("delete,compact", 1)
    );
    let subtract = [
        ("cleanup.policy", SUBTRACT, Some("delete")),
        ("retention.ms", DELETE, None),
    ];
    assert_eq!(alter(&mut cluster, TOPIC, "orders", &subtract), done);
    assert_eq!(
        value(&mut cluster, TOPIC, "orders", "cleanup.policy"),
        is("compact", 1)
    );
    assert_eq!(
        value(&mut cluster, TOPIC, "orders", "retention.ms"),
        is("604800000", 5)
    );
    let all = alter(&mut cluster, BROKER, "", &[("log.retention.ms", SET, Some("77"))]);
    assert_eq!(all, done);
    assert_eq!(value(&mut cluster, TOPIC, "orders", "retention.ms"), is("77", 3));
}

#[test]
fn what_cannot_be_altered_is_refused_in_kafkas_words() {
    let mut cluster = cluster();
    for (kind, resource, ops, code, text) in [
        (
            TOPIC,
            "orders",
            vec![("no.such", SET, Some("1"))],
            ErrorCode::INVALID_CONFIG,
            "Unknown topic config name: no.such",
        ),
        (
            TOPIC,
            "orders",
            vec![("retention.ms", SET, Some("abc"))],
            ErrorCode::INVALID_CONFIG,
            "Invalid value abc for configuration retention.ms: Not a number of type LONG",
        ),
        (
            TOPIC,
            "orders",
            vec![("retention.ms", SET, None), ("segment.ms", SET, None)],
            ErrorCode::INVALID_REQUEST,
            "Null value not supported for : retention.ms, segment.ms",
        ),
        (
            TOPIC,
            "orders",
            vec![("retention.ms", SET, Some("1")), ("retention.ms", DELETE, None)],
            ErrorCode::INVALID_REQUEST,
            "Error due to duplicate config keys",
        ),
        (
            TOPIC,
            "orders",
            vec![("retention.ms", APPEND, Some("1"))],
            ErrorCode::INVALID_CONFIG,
            "Can't APPEND to key retention.ms because its type is not LIST.",
        ),
        (
            BROKER,
            "",
            vec![("node.id", SET, Some("7"))],
            ErrorCode::INVALID_REQUEST,
            "Cannot update these configs dynamically: [node.id]",
        ),
        (
            TOPIC,
            "nothing",
            vec![("retention.ms", SET, Some("1"))],
            ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
            "The topic 'nothing' does not exist.",
        ),
    ] {
        assert_eq!(alter(&mut cluster, kind, resource, &ops), (code, text.to_owned()));
    }
    assert_eq!(
        value(&mut cluster, TOPIC, "orders", "retention.ms"),
        is("604800000", 5),
        "nothing was altered"
    );
}

#[test]
fn replacing_takes_back_what_is_not_named() {
    let mut cluster = cluster();
    alter(
        &mut cluster,
        TOPIC,
        "orders",
        &[("retention.ms", SET, Some("5000"))],
    );
    let request = AlterConfigsRequest {
        resources: vec![alter_configs::AlterConfigsResource {
            resource_type: TOPIC,
            resource_name: "orders".to_owned(),
            configs: vec![alter_configs::AlterableConfig {
                name: "segment.bytes".to_owned(),
                value: Some("2000000".to_owned()),
            }],
        }],
        validate_only: false,
    };
    assert_eq!(cluster.ask(1, 2, &request).responses[0].error_code, 0);
    assert_eq!(
        value(&mut cluster, TOPIC, "orders", "retention.ms"),
        is("604800000", 5)
    );
    assert_eq!(
        value(&mut cluster, TOPIC, "orders", "segment.bytes"),
        is("2000000", 1)
    );
}

#[test]
fn a_broker_shows_its_own_configs_and_hides_secrets() {
    let mut cluster = cluster();
    assert_eq!(value(&mut cluster, BROKER, "1", "node.id"), is("1", 4));
    let configs = describe(&mut cluster, BROKER, "1");
    let secrets: Vec<_> = configs.iter().filter(|config| config.is_sensitive).collect();
    assert!(!secrets.is_empty());
    assert!(secrets.iter().all(|config| config.value.is_none()), "{secrets:?}");
    assert!(configs.iter().any(|config| config.read_only) && configs.iter().any(|config| !config.read_only));
}

#[test]
fn any_client_can_add_faults() {
    let mut cluster = cluster();
    let done = (ErrorCode::NONE, String::new());
    let name = "sandbox.faults";
    let rules = "metadata times=1 throttle=1s,produce broker=1 reply=NOT_LEADER_OR_FOLLOWER";
    assert_eq!(
        alter(&mut cluster, BROKER, "", &[(name, APPEND, Some(rules))]),
        done
    );
    assert_eq!(value(&mut cluster, BROKER, "", name), is(rules, 3));
    assert_eq!(
        cluster.ask(1, 9, &MetadataRequest::default()).throttle_time_ms,
        1000
    );
    let left = "produce broker=1 reply=NOT_LEADER_OR_FOLLOWER";
    assert_eq!(value(&mut cluster, BROKER, "", name), is(left, 3));
    assert_eq!(
        alter(&mut cluster, BROKER, "", &[(name, SUBTRACT, Some(left))]),
        done
    );
    // Without any it is shown to those alone who ask for it by name.
    assert_eq!(value(&mut cluster, BROKER, "", name), None);
    let (code, text) = alter(&mut cluster, BROKER, "", &[(name, APPEND, Some("produce"))]);
    assert_eq!(code, ErrorCode::INVALID_CONFIG);
    assert!(
        text.starts_with("sandbox.faults: fault 1: \"produce\" says not what is to happen"),
        "{text}"
    );
    let (code, text) = alter(&mut cluster, BROKER, "", &[(name, APPEND, Some("kill=7"))]);
    assert_eq!(
        (code, text.as_str()),
        (ErrorCode::INVALID_REQUEST, "kill=7: there is no broker 7")
    );
}

#[test]
fn there_are_no_loggers_to_alter() {
    const LOGGERS: i8 = 8;
    let mut cluster = Cluster::of(1);
    let mut refused = |broker: &str, op: Op<'_>, code: ErrorCode, text: &str| {
        let found = alter(&mut cluster, LOGGERS, broker, &[op]);
        assert_eq!(found, (code, text.to_owned()));
    };
    let (missing, invalid) = (ErrorCode::INVALID_CONFIG, ErrorCode::INVALID_REQUEST);
    let there_is_none = "Logger kafka does not exist!";
    refused("1", ("kafka", SET, Some("INFO")), missing, there_is_none);
    refused("1", ("kafka", DELETE, None), missing, there_is_none);
    refused(
        "1",
        ("kafka", SET, None),
        invalid,
        "Null value not supported for : kafka",
    );
    let text = "APPEND operation is not allowed for the BROKER_LOGGER resource";
    refused("1", ("kafka", APPEND, Some("INFO")), invalid, text);
    let text = "Unexpected node id. Expected 1, but received 2";
    refused("2", ("kafka", SET, Some("INFO")), invalid, text);
    let text = "Node id must be an integer, but it is: x";
    refused("x", ("kafka", SET, Some("INFO")), invalid, text);
}
