//! Faults that clients add by the config `sandbox.faults`: nobody locks himself out.

use kafka_sandbox::answers::LinkId;
use kafka_sandbox::fault::CONTROL_CLIENT_ID;
use kafka_sandbox::state::BrokerStatus;
use protocol::ErrorCode;
use protocol::messages::describe_configs::{DescribeConfigsRequest, DescribeConfigsResource};
use protocol::messages::incremental_alter_configs::{
    AlterConfigsResource, AlterableConfig, IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse,
};
use protocol::messages::metadata::{MetadataRequest, MetadataResponse};
use protocol::messages::produce::ProduceResponse;

use crate::faults::produce;
use crate::support::{Asked, Cluster};

fn alteration(operation: i8, value: Option<&str>) -> IncrementalAlterConfigsRequest {
    IncrementalAlterConfigsRequest {
        resources: vec![AlterConfigsResource {
            resource_type: 4,
            resource_name: String::new(),
            configs: vec![AlterableConfig {
                name: "sandbox.faults".to_owned(),
                config_operation: operation,
                value: value.map(str::to_owned),
            }],
        }],
        ..IncrementalAlterConfigsRequest::default()
    }
}

fn outcome(response: &IncrementalAlterConfigsResponse) -> (ErrorCode, String) {
    let result = &response.responses[0];
    (
        ErrorCode(result.error_code),
        result.error_message.clone().unwrap_or_default(),
    )
}

const APPEND: i8 = 2;
const DELETE: i8 = 1;

/// Asks as `kafkactl sandbox faults` does.
fn control(cluster: &mut Cluster, broker: i32, operation: i8, value: Option<&str>) -> (ErrorCode, String) {
    let link = cluster.connect(broker);
    let asked = send(cluster, link, operation, value);
    let response = cluster.answer(asked);
    outcome(&response.unwrap_or_else(|| panic!("{value:?} is not answered by broker {broker}")))
}

fn send(cluster: &mut Cluster, link: LinkId, operation: i8, value: Option<&str>) -> Asked {
    cluster.send_as(link, Some(CONTROL_CLIENT_ID), 1, &alteration(operation, value))
}

fn status(cluster: &Cluster, id: i32) -> BrokerStatus {
    cluster
        .core
        .brokers()
        .find(|&(broker, _)| broker == id)
        .unwrap()
        .1
}

fn done() -> (ErrorCode, String) {
    (ErrorCode::NONE, String::new())
}

#[test]
fn the_broker_that_is_asked_answers_before_it_is_silenced() {
    let mut cluster = Cluster::of(3);
    for command in [
        "kill=1",
        "kill=1,restart=1",
        "restart=1",
        "profile=1:2.8",
        "pause=1",
    ] {
        if status(&cluster, 1) != BrokerStatus::Up {
            assert_eq!(control(&mut cluster, 2, APPEND, Some("restart=1")), done());
        }
        assert_eq!(
            control(&mut cluster, 1, APPEND, Some(command)),
            done(),
            "{command}"
        );
    }
    assert!(matches!(status(&cluster, 1), BrokerStatus::Paused { .. }));
}

#[test]
fn what_is_so_already_is_done() {
    let mut cluster = Cluster::of(3);
    for command in [
        "kill=2",
        "kill=2",
        "pause=3",
        "pause=3",
        "resume=3",
        "resume=3",
        "restart=2",
    ] {
        assert_eq!(
            control(&mut cluster, 1, APPEND, Some(command)),
            done(),
            "{command}"
        );
    }
    let (code, text) = control(&mut cluster, 1, APPEND, Some("pause=9"));
    assert_eq!(
        (code, text.as_str()),
        (ErrorCode::INVALID_REQUEST, "pause=9: there is no broker 9")
    );
}

#[test]
fn a_paused_broker_listens_to_who_controls_it() {
    let mut cluster = Cluster::of(1);
    cluster.create_topic("orders", 1, 1);
    assert_eq!(control(&mut cluster, 1, APPEND, Some("pause=1")), done());
    let link = cluster.connect(1);
    let asked = cluster.send(link, 9, &produce(&[0]));
    // Fenced as it is.
    cluster.advance(std::time::Duration::from_secs(60));
    assert!(cluster.answer::<ProduceResponse>(asked).is_none());
    let controlling = cluster.connect(1);
    let request = MetadataRequest::default();
    let where_asked = cluster.send_as(controlling, Some(CONTROL_CLIENT_ID), 9, &request);
    let metadata: MetadataResponse = cluster.answer(where_asked).unwrap();
    assert_eq!((metadata.brokers.len(), metadata.controller_id), (1, 1));
    let asked_again = send(&mut cluster, controlling, APPEND, Some("resume=1"));
    assert_eq!(outcome(&cluster.answer(asked_again).unwrap()), done());
    assert!(cluster.answer::<ProduceResponse>(asked).is_some());
}

#[test]
fn no_rule_strikes_who_controls_the_sandbox() {
    let mut cluster = Cluster::of(1);
    assert_eq!(control(&mut cluster, 1, APPEND, Some("* drop=before")), done());
    let link = cluster.connect(1);
    let _unanswered = cluster.send(link, 9, &MetadataRequest::default());
    assert!(cluster.is_closed(link));
    assert_eq!(control(&mut cluster, 1, DELETE, None), done());
    cluster.ask(1, 9, &MetadataRequest::default());
}

#[test]
fn the_last_broker_does_not_end_from_outside() {
    let mut cluster = Cluster::of(3);
    let last = "kill=3: broker 3 is the last one that runs, and none would be left to be asked for its restart: use pause=3";
    assert_eq!(control(&mut cluster, 3, APPEND, Some("kill=1")), done());
    assert_eq!(
        control(&mut cluster, 3, APPEND, Some("kill=2,kill=3")),
        (ErrorCode::INVALID_REQUEST, last.to_owned())
    );
    // Nor for a rule that came from outside.
    assert_eq!(
        control(&mut cluster, 3, APPEND, Some("metadata once kill=3")),
        done()
    );
    cluster.ask(3, 9, &MetadataRequest::default());
    assert_eq!(status(&cluster, 3), BrokerStatus::Up);
    // Whoever holds the cluster can start what it has ended.
    cluster
        .core
        .add_rule("metadata once kill=3".parse().unwrap())
        .unwrap();
    let link = cluster.connect(3);
    let _unanswered = cluster.send(link, 9, &MetadataRequest::default());
    assert_eq!(status(&cluster, 3), BrokerStatus::Down);
}

#[test]
fn names_with_commas_and_blanks_come_back_as_they_were() {
    let mut cluster = Cluster::of(1);
    let rule = "produce client=\"a,b # c\" drop=before";
    assert_eq!(control(&mut cluster, 1, APPEND, Some(rule)), done());
    assert_eq!(control(&mut cluster, 1, APPEND, Some("fetch hold=1s")), done());
    let request = DescribeConfigsRequest {
        resources: vec![DescribeConfigsResource {
            resource_type: 4,
            resource_name: String::new(),
            configuration_keys: Some(vec!["sandbox.faults".to_owned()]),
        }],
        ..DescribeConfigsRequest::default()
    };
    let response = cluster.ask(1, 4, &request);
    assert_eq!(
        response.results[0].configs[0].value.as_deref(),
        Some(format!("{rule},fetch hold=1s").as_str())
    );
    const SUBTRACT: i8 = 3;
    assert_eq!(control(&mut cluster, 1, SUBTRACT, Some(rule)), done());
    assert_eq!(cluster.core.rules().len(), 1);
}

#[test]
fn a_rule_that_could_never_strike_is_refused_and_nothing_added() {
    let mut cluster = Cluster::of(1);
    for (faults, why) in [
        (
            "fetch hold=1s,metadata partition=0 drop=before",
            "fault 2: Metadata names topics as a whole",
        ),
        (
            "fetch hold=1s,metadata broker=7 drop=before",
            "metadata broker=7 drop=before: there is no broker 7",
        ),
        (
            "fetch hold=1s,produce kill=7",
            "produce kill=7: there is no broker 7",
        ),
    ] {
        let (code, text) = control(&mut cluster, 1, APPEND, Some(faults));
        assert_eq!(code, ErrorCode::INVALID_CONFIG);
        assert!(text.starts_with(&format!("sandbox.faults: {why}")), "{text}");
    }
    assert_eq!(cluster.core.rules().len(), 0);
    let (code, text) = control(&mut cluster, 1, 3, Some("kill=1"));
    assert_eq!(code, ErrorCode::INVALID_CONFIG);
    assert!(text.contains("only rules are subtracted"), "{text}");
}
