//! What rules do, beyond what happens to one request: which of them strikes, where errors stand, what they may name.

use std::time::Duration;

use kafka_sandbox::fault::{Rule, RuleError};
use protocol::messages::api_versions::ApiVersionsRequest;
use protocol::messages::create_topics::{CreatableTopic, CreateTopicsRequest};
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchResponse, FetchTopic};
use protocol::messages::heartbeat::HeartbeatRequest;
use protocol::messages::incremental_alter_configs::{
    AlterConfigsResource, AlterableConfig, IncrementalAlterConfigsRequest,
};
use protocol::messages::metadata::MetadataRequest;
use protocol::messages::produce::ProduceResponse;
use protocol::{ApiKey, ErrorCode};

use crate::faults::{add, cluster, end_offset, outcomes, produce, write};
use crate::support::Cluster;

#[test]
fn one_rule_strikes_a_request_and_the_others_wait() {
    let mut cluster = cluster();
    add(
        &mut cluster,
        "produce broker=1 times=2 reply=NOT_LEADER_OR_FOLLOWER",
    );
    add(&mut cluster, "produce once reply=KAFKA_STORAGE_ERROR");
    add(&mut cluster, "produce skip=1 once reply=UNKNOWN_SERVER_ERROR");
    let written: Vec<ErrorCode> = (0..6).map(|_| write(&mut cluster, 1).0).collect();
    assert_eq!(
        written,
        [
            ErrorCode::NOT_LEADER_OR_FOLLOWER,
            ErrorCode::NOT_LEADER_OR_FOLLOWER,
            ErrorCode::KAFKA_STORAGE_ERROR,
            ErrorCode::NONE,
            ErrorCode::UNKNOWN_SERVER_ERROR,
            ErrorCode::NONE,
        ]
    );
    assert_eq!(cluster.core.rules().len(), 0);
}

#[test]
fn a_request_is_applied_and_answered_with_an_error() {
    let mut cluster = cluster();
    add(&mut cluster, "produce once reply-after=REQUEST_TIMED_OUT");
    assert_eq!(write(&mut cluster, 1), (ErrorCode::REQUEST_TIMED_OUT, 0));
    assert_eq!(end_offset(&mut cluster), 1);
    add(&mut cluster, "move=orders-1:1");
    let code = ErrorCode::NOT_ENOUGH_REPLICAS_AFTER_APPEND;
    let rule = Rule::on(ApiKey::PRODUCE).topic("orders").partition(1).once();
    cluster.core.add_rule(rule.after_apply().reply(code)).unwrap();
    let response = cluster.ask(1, 9, &produce(&[0, 1]));
    assert_eq!(outcomes(&response), [(ErrorCode::NONE, 1), (code, 0)]);
    assert_eq!(write(&mut cluster, 1), (ErrorCode::NONE, 2), "it struck once");

    // Elsewhere the error stands for all that was asked.
    add(
        &mut cluster,
        "create-topics topic=new once reply-after=REQUEST_TIMED_OUT",
    );
    assert_eq!(create(&mut cluster, "new"), ErrorCode::REQUEST_TIMED_OUT);
    assert_eq!(create(&mut cluster, "new"), ErrorCode::TOPIC_ALREADY_EXISTS);
}

fn create(cluster: &mut Cluster, name: &str) -> ErrorCode {
    let request = CreateTopicsRequest {
        topics: vec![CreatableTopic {
            name: name.to_owned(),
            num_partitions: 1,
            replication_factor: 1,
            ..CreatableTopic::default()
        }],
        timeout_ms: 1000,
        ..CreateTopicsRequest::default()
    };
    ErrorCode(cluster.ask(1, 7, &request).topics[0].error_code)
}

#[test]
fn requests_of_all_apis_with_topics_are_matched_by_them() {
    let mut cluster = cluster();
    add(&mut cluster, "create-topics topic=zzz reply=POLICY_VIOLATION");
    assert_eq!(create(&mut cluster, "zzz"), ErrorCode::POLICY_VIOLATION);
    assert_eq!(create(&mut cluster, "zz"), ErrorCode::NONE);

    add(
        &mut cluster,
        "incremental-alter-configs topic=orders reply=POLICY_VIOLATION",
    );
    let alter = |cluster: &mut Cluster, topic: &str| {
        let request = IncrementalAlterConfigsRequest {
            resources: vec![AlterConfigsResource {
                resource_type: 2,
                resource_name: topic.to_owned(),
                configs: vec![AlterableConfig {
                    name: "retention.ms".to_owned(),
                    config_operation: 0,
                    value: Some("1000".to_owned()),
                }],
            }],
            ..IncrementalAlterConfigsRequest::default()
        };
        ErrorCode(cluster.ask(1, 1, &request).responses[0].error_code)
    };
    assert_eq!(alter(&mut cluster, "orders"), ErrorCode::POLICY_VIOLATION);
    assert_eq!(alter(&mut cluster, "zz"), ErrorCode::NONE);
    let asked = cluster.core.requests();
    assert_eq!(asked.about("orders").count(), 1);
}

#[test]
fn rules_that_could_never_strike_are_refused() {
    let mut cluster = cluster();
    let mut refused = |rule: Rule| cluster.core.add_rule(rule).unwrap_err();
    let code = ErrorCode::UNKNOWN_SERVER_ERROR;
    assert_eq!(
        refused(Rule::on(ApiKey::HEARTBEAT).topic("orders").reply(code)),
        RuleError::NoTopics("Heartbeat")
    );
    assert_eq!(
        refused(Rule::on(ApiKey::METADATA).partition(0).reply(code)),
        RuleError::NoPartitions("Metadata")
    );
    assert_eq!(
        refused(Rule::on(ApiKey::PRODUCE).broker(9).reply(code)),
        RuleError::NoBroker(9)
    );
    assert_eq!(refused(Rule::on_any().times(0).reply(code)), RuleError::Never);
    assert_eq!(refused(Rule::on_any().split(0)), RuleError::EmptyPieces);
    assert_eq!(refused(Rule::on(ApiKey(999)).reply(code)), RuleError::NoApi(999));
    assert_eq!(cluster.core.rules().len(), 0);
}

#[test]
fn errors_of_fetches_stand_at_partitions() {
    let mut cluster = cluster();
    let request = FetchRequest {
        topics: vec![FetchTopic {
            topic: "orders".to_owned(),
            partitions: vec![FetchPartition::default()],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    };
    for version in [4, 11] {
        add(&mut cluster, "fetch once reply=NOT_LEADER_OR_FOLLOWER");
        let response = cluster.ask(1, version, &request);
        assert_eq!(response.error_code, 0, "{version}");
        let partition = &response.responses[0].partitions[0];
        assert_eq!(
            ErrorCode(partition.error_code),
            ErrorCode::NOT_LEADER_OR_FOLLOWER,
            "{version}"
        );
    }
    add(&mut cluster, "fetch once reply=FETCH_SESSION_ID_NOT_FOUND");
    let response = cluster.ask(1, 11, &request);
    assert_eq!(
        ErrorCode(response.error_code),
        ErrorCode::FETCH_SESSION_ID_NOT_FOUND
    );

    // Of a session, those too that the request does not name.
    let opening = FetchRequest {
        session_epoch: 0,
        ..request
    };
    let session = cluster.ask(1, 11, &opening).session_id;
    assert_ne!(session, 0);
    add(&mut cluster, "fetch once reply=NOT_LEADER_OR_FOLLOWER");
    let next = FetchRequest {
        session_id: session,
        session_epoch: 1,
        ..FetchRequest::default()
    };
    let response = cluster.ask(1, 11, &next);
    let partition = &response.responses[0].partitions[0];
    assert_eq!(ErrorCode(partition.error_code), ErrorCode::NOT_LEADER_OR_FOLLOWER);
}

#[test]
fn a_broker_forgets_its_fetch_sessions() {
    let mut cluster = cluster();
    let opening = |broker: i32| FetchRequest {
        topics: vec![FetchTopic {
            topic: "orders".to_owned(),
            partitions: vec![FetchPartition {
                partition: broker - 1,
                ..FetchPartition::default()
            }],
            ..FetchTopic::default()
        }],
        session_epoch: 0,
        ..FetchRequest::default()
    };
    let sessions = [1, 2].map(|broker| cluster.ask(broker, 11, &opening(broker)).session_id);
    // One of them waits for records.
    let waiting = FetchRequest {
        session_id: sessions[0],
        session_epoch: 1,
        max_wait_ms: 60_000,
        min_bytes: 1,
        ..FetchRequest::default()
    };
    let link = cluster.connect(1);
    let asked = cluster.send(link, 11, &waiting);
    add(&mut cluster, "forget-sessions=1");
    assert!(cluster.answer::<FetchResponse>(asked).is_some());
    let next = |session_id: i32, session_epoch: i32| FetchRequest {
        session_id,
        session_epoch,
        ..FetchRequest::default()
    };
    let gone = cluster.ask(1, 11, &next(sessions[0], 2)).error_code;
    assert_eq!(ErrorCode(gone), ErrorCode::FETCH_SESSION_ID_NOT_FOUND);
    let there = cluster.ask(2, 11, &next(sessions[1], 1)).error_code;
    assert_eq!(ErrorCode(there), ErrorCode::NONE);
}

#[test]
fn a_broker_of_another_kafka_ends_its_connections_and_leaves_the_cluster_as_it_is() {
    let mut cluster = cluster();
    let features = |cluster: &mut Cluster| {
        let request = ApiVersionsRequest {
            client_software_name: "tests".to_owned(),
            client_software_version: "1".to_owned(),
            ..ApiVersionsRequest::default()
        };
        let response = cluster.ask(2, 4, &request);
        let levels = response.finalized_features.into_iter();
        levels
            .map(|feature| (feature.name, feature.max_version_level))
            .collect::<Vec<_>>()
    };
    let (before, link, other) = (features(&mut cluster), cluster.connect(1), cluster.connect(2));
    assert!(!before.is_empty());
    add(&mut cluster, "profile=1:2.8");
    assert!(cluster.is_closed(link) && !cluster.is_closed(other));
    assert_eq!(features(&mut cluster), before);
    let speaks = |cluster: &mut Cluster, broker: i32| {
        let response = cluster.ask(broker, 0, &ApiVersionsRequest::default());
        let keys = response.api_keys.into_iter();
        keys.map(|key| (ApiKey(key.api_key), key.max_version))
            .find(|(key, _)| *key == ApiKey::FETCH)
            .map(|(_, version)| version)
    };
    assert_eq!(speaks(&mut cluster, 1), Some(12));
    assert!(speaks(&mut cluster, 2) > Some(12));
}

#[test]
fn errors_of_metadata_stand_at_topics() {
    let mut cluster = cluster();
    add(&mut cluster, "metadata once reply=LEADER_NOT_AVAILABLE");
    let request = MetadataRequest {
        topics: None,
        ..MetadataRequest::default()
    };
    let response = cluster.ask(1, 9, &request);
    assert_eq!(response.brokers.len(), 3);
    assert_eq!(response.topics.len(), 1);
    assert_eq!(
        ErrorCode(response.topics[0].error_code),
        ErrorCode::LEADER_NOT_AVAILABLE
    );
}

#[test]
fn what_rules_hold_up_goes_on_when_they_are_cleared() {
    let mut cluster = cluster();
    for line in [
        "produce hold=20s",
        "produce delay=20s",
        "produce once hold=20s",
        "produce once split=40 every=20s",
    ] {
        add(&mut cluster, line);
        let link = cluster.connect(1);
        let asked = cluster.send(link, 9, &produce(&[0]));
        cluster.advance(Duration::from_secs(1));
        assert!(cluster.answer::<ProduceResponse>(asked).is_none(), "{line}");
        let now = cluster.now();
        cluster.core.clear_rules(now);
        cluster.collect();
        let response = cluster.answer::<ProduceResponse>(asked);
        let response = response.unwrap_or_else(|| panic!("{line}: is not answered yet"));
        assert_eq!(outcomes(&response)[0].0, ErrorCode::NONE);
    }
    let rule = "produce hold=20s".parse().unwrap();
    let other = cluster
        .core
        .add_rule("metadata hold=20s".parse().unwrap())
        .unwrap();
    let rule = cluster.core.add_rule(rule).unwrap();
    let link = cluster.connect(1);
    let asked = cluster.send(link, 9, &produce(&[0]));
    let now = cluster.now();
    assert!(cluster.core.remove_rule(now, other));
    cluster.collect();
    assert!(cluster.answer::<ProduceResponse>(asked).is_none());
    assert!(cluster.core.remove_rule(now, rule));
    cluster.collect();
    assert!(cluster.answer::<ProduceResponse>(asked).is_some());
}

#[test]
fn what_is_refused_before_the_rules_is_remembered_too() {
    let mut cluster = cluster();
    let link = cluster.connect(1);
    let at = cluster.core.connections().last().unwrap().clone();
    assert_eq!((at.broker, at.link, &*at.host), (1, link, "127.0.0.1"));
    // A header for a version of Heartbeat that nobody has.
    let frame = [0, 0, 0, 11, 0, 12, 0, 99, 0, 0, 0, 1, 0, 0, 0];
    cluster.send_bytes(link, &frame);
    assert!(cluster.is_closed(link));
    let last = cluster.core.requests();
    let last = last.iter().last().unwrap();
    assert_eq!(
        (last.api, last.version, last.admitted),
        (ApiKey::HEARTBEAT, 99, false)
    );
    let link = cluster.connect(2);
    cluster.ask_on(link, 4, &HeartbeatRequest::default());
    assert!(cluster.core.requests().iter().last().unwrap().admitted);
}
