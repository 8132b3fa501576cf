//! Transactions while brokers come and go.

use std::time::Duration;

use kafka_sandbox::fault::Command;
use protocol::ErrorCode;
use protocol::messages::incremental_alter_configs::{
    AlterConfigsResource, AlterableConfig, IncrementalAlterConfigsRequest,
};

use super::producer::{Producer, Speaks, read};
use super::{create_topics, describe, perform, status};
use crate::support::{Cluster, settings_with};

/// Two brokers: the first coordinates and leads partition 0, the second leads partition 1, each alone.
fn apart() -> Cluster {
    let mut cluster = Cluster::with(settings_with(2, &[super::OFTEN]));
    create_topics(&mut cluster, 1);
    cluster
}

fn set_min_insync_replicas(cluster: &mut Cluster, topic: &str, value: &str) {
    let config = AlterableConfig {
        name: "min.insync.replicas".to_owned(),
        value: Some(value.to_owned()),
        ..AlterableConfig::default()
    };
    let request = IncrementalAlterConfigsRequest {
        resources: vec![AlterConfigsResource {
            resource_type: 2,
            resource_name: topic.to_owned(),
            configs: vec![config],
        }],
        validate_only: false,
    };
    assert_eq!(cluster.ask(1, 1, &request).responses[0].error_code, 0);
}

#[test]
fn markers_wait_for_a_leader_that_is_down() {
    let mut cluster = apart();
    let ask = &mut cluster;
    let mut producer = Producer::start(ask, "a", 1, Speaks::V2);
    assert_eq!(producer.write(ask, 1, "orders", 0, &["x"]).error_code, 0);
    assert_eq!(producer.write(ask, 2, "orders", 1, &["y"]).error_code, 0);
    perform(ask, "kill=2");
    assert_eq!(producer.end(ask, true), ErrorCode::NONE);
    let state = describe(ask, &producer);
    assert_eq!(state.transaction_state, "PrepareCommit");
    let left: Vec<_> = state
        .topics
        .iter()
        .map(|topic| (topic.topic.as_str(), topic.partitions.clone()))
        .collect();
    assert_eq!(left, [("orders", vec![1])]);
    assert_eq!(read(ask, 1, "orders", 0, true).0, ["x"]);
    assert_eq!(
        producer.add(ask, "orders", &[0]),
        ErrorCode::CONCURRENT_TRANSACTIONS
    );

    ask.advance(Duration::from_secs(30));
    assert_eq!(status(ask, &producer), "PrepareCommit");
    perform(ask, "restart=2");
    ask.advance(Duration::from_secs(1));
    assert_eq!(status(ask, &producer), "CompleteCommit");
    assert_eq!(read(ask, 2, "orders", 1, true).0, ["y"]);
    assert_eq!(producer.add(ask, "orders", &[0]), ErrorCode::NONE);
}

#[test]
fn markers_wait_for_a_leader_that_is_paused() {
    let mut cluster = apart();
    let ask = &mut cluster;
    let mut producer = Producer::start(ask, "a", 1, Speaks::V1);
    assert_eq!(producer.add(ask, "orders", &[0, 1]), ErrorCode::NONE);
    perform(ask, "pause=2");
    assert_eq!(producer.end(ask, false), ErrorCode::NONE);
    ask.advance(Duration::from_secs(2));
    assert_eq!(status(ask, &producer), "PrepareAbort");
    perform(ask, "resume=2");
    ask.advance(Duration::from_secs(1));
    assert_eq!(status(ask, &producer), "CompleteAbort");
}

#[test]
fn markers_that_wait_for_a_leader_wake_nobody() {
    for (stop, start) in [("kill=2", "restart=2"), ("pause=2", "resume=2")] {
        let mut cluster = apart();
        let ask = &mut cluster;
        let mut producer = Producer::start(ask, "a", 1, Speaks::V1);
        assert_eq!(producer.add(ask, "orders", &[0, 1]), ErrorCode::NONE);
        perform(ask, stop);
        assert_eq!(producer.end(ask, true), ErrorCode::NONE);
        let mut wakes = 0;
        let until = ask.now().elapsed + Duration::from_secs(60);
        while let Some(at) = ask.core.next_deadline().filter(|&at| at < until) {
            wakes += 1;
            ask.advance(at.saturating_sub(ask.now().elapsed));
        }
        // A paused broker is taken for dead once; logs are looked through.
        assert!(wakes < 10, "{stop}: {wakes}");
        assert_eq!(status(ask, &producer), "PrepareCommit");
        perform(ask, start);
        ask.advance(Duration::ZERO);
        assert_eq!(status(ask, &producer), "CompleteCommit");
    }
}

#[test]
fn markers_wait_for_enough_replicas() {
    let mut cluster = Cluster::with(settings_with(2, &[super::OFTEN]));
    let ask = &mut cluster;
    ask.create_topic("orders", 2, 2);
    ask.create_topic("__transaction_state", 1, 1);
    ask.create_topic("__consumer_offsets", 1, 1);
    let mut producer = Producer::start(ask, "a", 1, Speaks::V1);
    assert_eq!(producer.add(ask, "orders", &[0]), ErrorCode::NONE);
    set_min_insync_replicas(ask, "orders", "2");
    perform(ask, "kill=2");
    assert_eq!(producer.end(ask, true), ErrorCode::NONE);
    ask.advance(Duration::from_secs(2));
    assert_eq!(status(ask, &producer), "PrepareCommit");
    set_min_insync_replicas(ask, "orders", "1");
    ask.advance(Duration::ZERO);
    assert_eq!(status(ask, &producer), "CompleteCommit");
}

#[test]
fn what_could_be_written_can_be_ended() {
    let mut cluster = apart();
    let ask = &mut cluster;
    // More than there are replicas, of which all are enough (KIP-966).
    set_min_insync_replicas(ask, "orders", "2");
    let mut producer = Producer::start(ask, "a", 1, Speaks::V2);
    assert_eq!(producer.write(ask, 1, "orders", 0, &["x"]).error_code, 0);
    assert_eq!(producer.end(ask, true), ErrorCode::NONE);
    assert_eq!(status(ask, &producer), "CompleteCommit");
}

#[test]
fn a_topic_that_is_gone_needs_no_marker() {
    let mut cluster = apart();
    let ask = &mut cluster;
    ask.create_topic("short-lived", 1, 1);
    let mut producer = Producer::start(ask, "a", 1, Speaks::V1);
    assert_eq!(producer.add(ask, "short-lived", &[0]), ErrorCode::NONE);
    perform(ask, "markers=1s");
    assert_eq!(producer.end(ask, true), ErrorCode::NONE);
    perform(ask, "recreate=short-lived");
    ask.advance(Duration::from_secs(2));
    assert_eq!(status(ask, &producer), "CompleteCommit");
}

#[test]
fn t21_a_coordinator_that_moves_takes_transactions_along() {
    let mut cluster = Cluster::with(settings_with(2, &[super::OFTEN]));
    let ask = &mut cluster;
    create_topics(ask, 2);
    let mut producer = Producer::start(ask, "a", 1, Speaks::V2);
    assert_eq!(producer.write(ask, 1, "orders", 0, &["x"]).error_code, 0);
    perform(ask, "move=__transaction_state-0:2");
    assert_eq!(producer.add(ask, "orders", &[0]), ErrorCode::NOT_COORDINATOR);
    assert_eq!(producer.add_offsets(ask, "group"), ErrorCode::NOT_COORDINATOR);
    assert_eq!(producer.clone().end(ask, true), ErrorCode::NOT_COORDINATOR);
    assert_eq!(producer.clone().init_again(ask), ErrorCode::NOT_COORDINATOR);
    assert_eq!(describe(ask, &producer).error_code, ErrorCode::NOT_COORDINATOR.0);
    assert_eq!(super::listed(ask, 1), [""; 0]);
    assert_eq!(super::listed(ask, 2), ["a"]);

    producer.coordinator = 2;
    assert_eq!(producer.write(ask, 1, "orders", 0, &["y"]).error_code, 0);
    assert_eq!(producer.end(ask, true), ErrorCode::NONE);
    assert_eq!(read(ask, 1, "orders", 0, true).0, ["x", "y"]);
}

#[test]
fn a_coordinator_is_moved_by_the_transactional_id() {
    let mut cluster = Cluster::with(settings_with(2, &[super::OFTEN]));
    let ask = &mut cluster;
    let nobody = Command::MoveTransactionCoordinator {
        transactional_id: "a".into(),
        to: 2,
    };
    let now = ask.now();
    let error = ask.core.perform(now, &nobody).unwrap_err();
    assert_eq!(
        error.to_string(),
        "transactional id a has no coordinator: ask for one first"
    );
    create_topics(ask, 2);
    let mut producer = Producer::start(ask, "a", 1, Speaks::V2);
    perform(ask, "txn-coordinator=a:2");
    assert_eq!(producer.add(ask, "orders", &[0]), ErrorCode::NOT_COORDINATOR);
    producer.coordinator = 2;
    assert_eq!(producer.add(ask, "orders", &[0]), ErrorCode::NONE);
}

#[test]
fn a_transaction_times_out_at_once_when_it_is_told_to() {
    let mut cluster = apart();
    let ask = &mut cluster;
    let mut producer = Producer::start(ask, "a", 1, Speaks::V2);
    let now = ask.now();
    let expiry = Command::ExpireTransaction("a".into());
    let error = ask.core.perform(now, &expiry).unwrap_err();
    assert_eq!(error.to_string(), "transactional id a has no open transaction");
    assert_eq!(producer.write(ask, 1, "orders", 0, &["x"]).error_code, 0);
    perform(ask, "expire-transaction=a");
    assert_eq!(status(ask, &producer), "CompleteAbort");
    assert_eq!(read(ask, 1, "orders", 0, true).0, [""; 0]);
    assert_ne!(
        producer.end(ask, true),
        ErrorCode::NONE,
        "its producer was replaced"
    );
}

#[test]
fn nothing_is_verified_and_nothing_times_out_without_a_coordinator() {
    let mut cluster = apart();
    let ask = &mut cluster;
    let mut producer = Producer::new("a", 1, Speaks::V2);
    producer.timeout_ms = 1000;
    assert_eq!(producer.init(ask), ErrorCode::NONE);
    assert_eq!(producer.add(ask, "orders", &[0, 1]), ErrorCode::NONE);
    perform(ask, "kill=1");
    let refused = producer.write(ask, 2, "orders", 1, &["x"]);
    assert_eq!(refused.error_code, ErrorCode::NOT_ENOUGH_REPLICAS.0);
    let message = refused.error_message.unwrap();
    assert!(message.ends_with("COORDINATOR_NOT_AVAILABLE"), "{message}");
    ask.advance(Duration::from_secs(60));
    assert_eq!(read(ask, 2, "orders", 1, false).1.high_watermark, 0);
    perform(ask, "restart=1");
    ask.advance(Duration::from_secs(1));
    assert_eq!(status(ask, &producer), "CompleteAbort");
    assert_eq!(read(ask, 2, "orders", 1, false).1.high_watermark, 1);
}

#[test]
fn too_few_replicas_for_the_records_of_the_coordinator_refuse_everything() {
    let mut cluster = Cluster::with(settings_with(2, &[super::OFTEN]));
    let ask = &mut cluster;
    create_topics(ask, 2);
    let producer = Producer::start(ask, "a", 1, Speaks::V2);
    set_min_insync_replicas(ask, "__transaction_state", "2");
    perform(ask, "kill=2");
    assert_eq!(
        producer.add(ask, "orders", &[0]),
        ErrorCode::COORDINATOR_NOT_AVAILABLE
    );
    assert_eq!(status(ask, &producer), "Empty");
    perform(ask, "restart=2");
    assert_eq!(producer.add(ask, "orders", &[0]), ErrorCode::NONE);
}
