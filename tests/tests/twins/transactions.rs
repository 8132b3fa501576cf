//! What a real Kafka answers to transactional producers: what the sandbox is held to.
//!
//! Script and answers are those of the sandbox's own tests.

#[path = "../../../kafka-sandbox/tests/transactions/producer.rs"]
mod producer;
#[path = "../../../kafka-sandbox/tests/transactions/script.rs"]
mod script;

use std::thread;
use std::time::Duration;

use protocol::Request;
use real_kafka::KafkaCluster;

use super::link::Link;
use super::pair::{Kafka, cluster};
use super::requests;
use producer::Ask;

impl Ask for Link {
    fn ask<R: Request>(&mut self, _broker: i32, version: i16, request: &R) -> R::Response {
        let answer = self.try_ask(version, request);
        answer.unwrap_or_else(|| panic!("{} closed the connection", R::NAME))
    }

    fn timestamp(&self) -> i64 {
        requests::now()
    }

    fn wait(&mut self, time: Duration) {
        thread::sleep(time);
    }
}

/// A connection to a broker that coordinates everything.
fn connect(real: &KafkaCluster) -> Link {
    let mut link = Link::open(&real.bootstrap());
    cluster::wait_for_coordinators(&mut link);
    link
}

/// Creates a topic of two partitions.
fn create_topic(real: &KafkaCluster, name: &str) {
    Kafka::at(&real.bootstrap()).connect().create_topic(name, 2, &[]);
}

/// Compares line by line, for a failure that can be read.
fn assert_same(answers: &str, expected: &str) {
    for (number, (answer, expected)) in answers.lines().zip(expected.lines()).enumerate() {
        assert_eq!(answer, expected, "line {}", number + 1);
    }
    assert_eq!(answers.lines().count(), expected.lines().count());
}

#[test]
fn a_broker_answers_transactional_producers_as_it_was_written_down() {
    real_kafka::require!(own);
    let cluster = KafkaCluster::builder()
        .property(
            "transaction.abort.timed.out.transaction.cleanup.interval.ms",
            "500",
        )
        .start()
        .unwrap();
    let mut link = connect(&cluster);
    create_topic(&cluster, "orders");
    let expected = include_str!("../../../kafka-sandbox/tests/transactions/offsets.txt");
    assert_same(&script::run_offsets(&mut link, "orders"), expected);
    let expected = include_str!("../../../kafka-sandbox/tests/transactions/script.txt");
    create_topic(&cluster, "payments");
    assert_same(&script::run(&mut link, "payments"), expected);
}

#[test]
#[ignore = "takes half a minute to use a hundred thousand epochs up"]
fn a_broker_answers_producers_without_epochs_as_it_was_written_down() {
    real_kafka::require!(own);
    let cluster = KafkaCluster::builder().start().unwrap();
    let mut link = connect(&cluster);
    create_topic(&cluster, "orders");
    let expected = include_str!("../../../kafka-sandbox/tests/transactions/epochs.txt");
    assert_same(&script::run_out_of_epochs(&mut link, "orders"), expected);
}
