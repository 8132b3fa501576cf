//! Answers in all states: as those of Kafka 4.4.0, which were written down.

use std::time::Duration;

use protocol::ErrorCode;
use protocol::messages::list_offsets::{ListOffsetsPartition, ListOffsetsRequest, ListOffsetsTopic};

use super::producer::{Producer, Speaks};
use super::{OFTEN, cluster, cluster_with, describe, listed, perform, script, status};
use crate::support::Cluster;

/// What a broker of 4.4.0 answered to [`script::run`].
const ANSWERS: &str = include_str!("script.txt");

/// What a broker of 4.4.0 answered to [`script::run_offsets`].
const OFFSETS: &str = include_str!("offsets.txt");

/// What a broker of 4.4.0 answered to [`script::run_out_of_epochs`].
const EPOCHS: &str = include_str!("epochs.txt");

/// Compares line by line, for a failure that can be read.
fn assert_same(answers: &str, expected: &str) {
    for (number, (answer, expected)) in answers.lines().zip(expected.lines()).enumerate() {
        assert_eq!(answer, expected, "line {}", number + 1);
    }
    assert_eq!(answers.lines().count(), expected.lines().count());
}

#[test]
fn t2_t3_t4_t5_t6_t9_t10_t14_t17_t22_brokers_answer_as_kafka_does_in_every_state() {
    assert_same(&script::run(&mut cluster(), "orders"), ANSWERS);
}

#[test]
fn t18_offsets_in_transactions_are_answered_as_kafka_does() {
    assert_same(&script::run_offsets(&mut cluster(), "orders"), OFFSETS);
}

#[test]
fn t14_epochs_that_are_used_up_give_another_producer_id() {
    assert_same(&script::run_out_of_epochs(&mut cluster(), "orders"), EPOCHS);
}

#[test]
fn t1_while_markers_are_being_written_everything_else_has_to_wait() {
    for speaks in [Speaks::V1, Speaks::V2] {
        let mut cluster = cluster();
        let ask = &mut cluster;
        let mut producer = Producer::start(ask, "a", 1, speaks);
        assert_eq!(producer.add(ask, "orders", &[0]), ErrorCode::NONE);
        assert_eq!(producer.write(ask, 1, "orders", 0, &["x"]).error_code, 0);
        perform(ask, "markers=1s");
        let mut before = producer.clone();
        assert_eq!(producer.end(ask, true), ErrorCode::NONE);
        assert_eq!(status(ask, &producer), "PrepareCommit");

        let concurrent = ErrorCode::CONCURRENT_TRANSACTIONS;
        assert_eq!(before.end(ask, true), concurrent);
        assert_eq!(before.end(ask, false), ErrorCode::INVALID_TXN_STATE);
        assert_eq!(producer.add(ask, "orders", &[0]), concurrent);
        assert_eq!(producer.add_offsets(ask, "group"), concurrent);
        assert_eq!(producer.init_again(ask), concurrent);
        assert_eq!(Producer::new("a", 1, speaks).init(ask), concurrent);
        let written = producer.write(ask, 1, "orders", 1, &["y"]);
        match speaks {
            Speaks::V2 => assert_eq!(written.error_code, concurrent.0),
            Speaks::V1 => {
                assert_eq!(written.error_code, ErrorCode::NOT_ENOUGH_REPLICAS.0);
                assert_eq!(
                    written.error_message.unwrap(),
                    "Unable to verify the partition has been added to the transaction. Underlying error: \
                     CONCURRENT_TRANSACTIONS"
                );
            }
        }

        ask.advance(Duration::from_secs(1));
        assert_eq!(status(ask, &producer), "CompleteCommit");
        assert_eq!(before.end(ask, true), ErrorCode::NONE);
        assert_eq!(producer.add(ask, "orders", &[0]), ErrorCode::NONE);
    }
}

#[test]
fn t11_the_end_is_the_same_when_it_is_asked_for_again_and_never_the_other() {
    let mut cluster = cluster();
    let ask = &mut cluster;
    let mut producer = Producer::start(ask, "a", 1, Speaks::V2);
    assert_eq!(producer.write(ask, 1, "orders", 0, &["x"]).error_code, 0);
    let before = producer.clone();
    perform(ask, "end-txn once drop=after");
    let request = protocol::messages::end_txn::EndTxnRequest {
        transactional_id: "a".to_owned(),
        producer_id: producer.id,
        producer_epoch: producer.epoch,
        committed: true,
    };
    let link = ask.connect(1);
    let _ = ask.send(link, 5, &request);
    assert!(ask.is_closed(link), "the answer is lost");
    assert_eq!(before.clone().end(ask, false), ErrorCode::INVALID_TXN_STATE);
    assert_eq!(producer.end(ask, true), ErrorCode::NONE);
    assert_eq!((producer.id, producer.epoch), (before.id, before.epoch + 1));
}

#[test]
fn t10_an_open_transaction_is_aborted_after_its_time_and_not_before() {
    let mut cluster = cluster_with(&[]);
    let ask = &mut cluster;
    let mut producer = Producer::new("a", 1, Speaks::V2);
    producer.timeout_ms = 25_000;
    assert_eq!(producer.init(ask), ErrorCode::NONE);
    assert_eq!(producer.add(ask, "orders", &[0]), ErrorCode::NONE);
    // Kafka looks every ten seconds.
    ask.advance(Duration::from_millis(29_999));
    assert_eq!(status(ask, &producer), "Ongoing");
    ask.advance(Duration::from_millis(1));
    assert_eq!(status(ask, &producer), "CompleteAbort");
}

#[test]
fn the_longest_time_a_transaction_may_take_is_a_setting() {
    let mut cluster = cluster_with(&[("transaction.max.timeout.ms", "5000")]);
    let mut producer = Producer::new("a", 1, Speaks::V1);
    for (timeout_ms, code) in [
        (5001, ErrorCode::INVALID_TRANSACTION_TIMEOUT),
        (0, ErrorCode::INVALID_TRANSACTION_TIMEOUT),
        (-1, ErrorCode::INVALID_TRANSACTION_TIMEOUT),
        (5000, ErrorCode::NONE),
    ] {
        producer.timeout_ms = timeout_ms;
        assert_eq!(producer.init(&mut cluster), code, "{timeout_ms}");
    }
    let mut nameless = Producer::new("", 1, Speaks::V1);
    assert_eq!(nameless.init(&mut cluster), ErrorCode::INVALID_REQUEST);
}

#[test]
fn t6_idle_transactional_ids_are_forgotten_and_open_ones_are_not() {
    let mut cluster = cluster_with(&[
        OFTEN,
        ("transactional.id.expiration.ms", "10000"),
        (
            "transaction.remove.expired.transaction.cleanup.interval.ms",
            "1000",
        ),
    ]);
    let ask = &mut cluster;
    let idle = Producer::start(ask, "idle", 1, Speaks::V1);
    let mut ended = Producer::start(ask, "ended", 1, Speaks::V2);
    let mut open = Producer::start(ask, "open", 1, Speaks::V1);
    open.timeout_ms = 600_000;
    assert_eq!(open.init_again(ask), ErrorCode::NONE);
    assert_eq!(open.add(ask, "orders", &[0]), ErrorCode::NONE);
    ask.advance(Duration::from_secs(5));
    assert_eq!(ended.write(ask, 1, "orders", 0, &["x"]).error_code, 0);
    assert_eq!(ended.end(ask, true), ErrorCode::NONE);
    ask.advance(Duration::from_secs(6));
    assert_eq!(listed(ask, 1), ["ended", "open"]);
    assert_eq!(
        idle.add(ask, "orders", &[0]),
        ErrorCode::INVALID_PRODUCER_ID_MAPPING
    );
    ask.advance(Duration::from_secs(60));
    assert_eq!(listed(ask, 1), ["open"]);
    let again = Producer::start(ask, "idle", 1, Speaks::V1);
    assert_ne!(again.id, idle.id);
    assert_eq!(again.epoch, 0);
}

#[test]
fn brokers_before_verification_take_what_was_not_added() {
    use kafka_sandbox::profile::Profile;
    for (profile, version, code) in [
        (Profile::V2_8, 9, ErrorCode::NONE),
        (Profile::V3_9, 11, ErrorCode::TRANSACTION_ABORTABLE),
    ] {
        let settings = kafka_sandbox::state::Settings {
            profile,
            ..crate::support::settings(1)
        };
        let mut cluster = Cluster::with(settings);
        super::create_topics(&mut cluster, 1);
        let mut producer = Producer::new("a", 1, Speaks::V1);
        let request = protocol::messages::init_producer_id::InitProducerIdRequest {
            transactional_id: Some("a".to_owned()),
            transaction_timeout_ms: 1000,
            ..Default::default()
        };
        let answer = cluster.ask(1, 4, &request);
        (producer.id, producer.epoch) = (answer.producer_id, answer.producer_epoch);
        let request = producer.produce(cluster.now().timestamp, "orders", 0, 0, &["x"]);
        let answer = cluster.ask(1, version, &request);
        assert_eq!(answer.responses[0].partition_responses[0].error_code, code.0);
    }
}

#[test]
fn t21_errors_can_be_put_in_place_of_answers() {
    let mut cluster = cluster();
    let ask = &mut cluster;
    let producer = Producer::start(ask, "a", 1, Speaks::V1);
    perform(
        ask,
        "add-partitions-to-txn topic=orders partition=1 once reply=NOT_COORDINATOR",
    );
    assert_eq!(producer.add(ask, "orders", &[0]), ErrorCode::NONE);
    assert_eq!(producer.add(ask, "orders", &[1]), ErrorCode::NOT_COORDINATOR);
    assert_eq!(producer.add(ask, "orders", &[1]), ErrorCode::NONE);
    perform(ask, "end-txn once reply=COORDINATOR_LOAD_IN_PROGRESS");
    let mut ending = producer.clone();
    assert_eq!(ending.end(ask, true), ErrorCode::COORDINATOR_LOAD_IN_PROGRESS);
    assert_eq!(status(ask, &producer), "Ongoing");
    assert_eq!(ending.end(ask, true), ErrorCode::NONE);
}

#[test]
fn one_request_adds_all_its_partitions_in_one_change() {
    const PARTITIONS: i32 = 50;
    let mut cluster = cluster();
    let ask = &mut cluster;
    ask.create_topic("wide", PARTITIONS, 1);
    let producer = Producer::start(ask, "a", 1, Speaks::V2);
    perform(ask, "produce topic=wide partition=7 once reply=CORRUPT_MESSAGE");
    let end = ListOffsetsRequest {
        replica_id: -1,
        topics: vec![ListOffsetsTopic {
            name: "__transaction_state".to_owned(),
            partitions: vec![ListOffsetsPartition {
                partition_index: 0,
                current_leader_epoch: -1,
                timestamp: -1,
            }],
        }],
        ..ListOffsetsRequest::default()
    };
    let kept = |ask: &mut Cluster| ask.ask(1, 7, &end).topics[0].partitions[0].offset;
    let before = kept(ask);

    let mut request = producer.produce(ask.now().timestamp, "wide", 0, 0, &["x"]);
    for partition in 1..PARTITIONS {
        let mut more = producer.produce(ask.now().timestamp, "wide", partition, 0, &["x"]);
        let partitions = more.topic_data.remove(0).partition_data;
        request.topic_data[0].partition_data.extend(partitions);
    }
    let answer = ask.ask(1, 12, &request);
    for outcome in &answer.responses[0].partition_responses {
        let refused = if outcome.index == 7 {
            ErrorCode::CORRUPT_MESSAGE
        } else {
            ErrorCode::NONE
        };
        assert_eq!(outcome.error_code, refused.0, "{}", outcome.index);
    }
    assert_eq!(kept(ask), before + 1);
    let added = describe(ask, &producer).topics.remove(0).partitions;
    assert_eq!(
        added,
        (0..PARTITIONS).filter(|&index| index != 7).collect::<Vec<_>>()
    );
}
