//! What a real Kafka answers to transactional producers: what the sandbox is held to.
//!
//! Script and answers are those of the sandbox's own tests.

#[path = "../../../kafka-sandbox/tests/transactions/producer.rs"]
mod producer;
#[path = "../../../kafka-sandbox/tests/transactions/script.rs"]
mod script;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use protocol::frame::{decode_response, encode_request};
use protocol::messages::create_topics::{CreatableTopic, CreateTopicsRequest};
use protocol::messages::find_coordinator::FindCoordinatorRequest;
use protocol::messages::list_offsets::{ListOffsetsPartition, ListOffsetsRequest, ListOffsetsTopic};
use protocol::{ErrorCode, Request};
use real_kafka::KafkaCluster;

use producer::{Ask, Producer, Speaks};

/// A connection to the one broker.
struct Connection {
    stream: TcpStream,
    correlation_id: i32,
}

impl Ask for Connection {
    fn ask<R: Request>(&mut self, _broker: i32, version: i16, request: &R) -> R::Response {
        self.correlation_id += 1;
        let frame = encode_request(self.correlation_id, Some("tests"), version, request).unwrap();
        self.stream.write_all(&frame.to_bytes()).unwrap();
        let mut length = [0; 4];
        self.stream.read_exact(&mut length).unwrap();
        let mut answer = vec![0; usize::try_from(u32::from_be_bytes(length)).unwrap()];
        self.stream.read_exact(&mut answer).unwrap();
        let (correlation_id, response) = decode_response(&answer.into(), version).unwrap();
        assert_eq!(correlation_id, self.correlation_id);
        response
    }

    fn timestamp(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        i64::try_from(since.as_millis()).unwrap()
    }

    fn wait(&mut self, time: Duration) {
        std::thread::sleep(time);
    }
}

impl Connection {
    fn create_topic(&mut self, name: &str) {
        let topic = CreatableTopic {
            name: name.to_owned(),
            num_partitions: 2,
            replication_factor: 1,
            ..CreatableTopic::default()
        };
        let request = CreateTopicsRequest {
            topics: vec![topic],
            timeout_ms: 30_000,
            ..CreateTopicsRequest::default()
        };
        let answer = self.ask(1, 7, &request);
        assert_eq!(
            answer.topics[0].error_code, 0,
            "{:?}",
            answer.topics[0].error_message
        );
        // Created is not yet led: the broker learns of it in its own time.
        for index in 0..2 {
            self.until(|connection| connection.end_of(name, index));
        }
    }

    /// What the broker says when it is asked where a partition ends.
    fn end_of(&mut self, topic: &str, partition_index: i32) -> ErrorCode {
        let asked = ListOffsetsPartition {
            partition_index,
            timestamp: -1,
            ..ListOffsetsPartition::default()
        };
        let request = ListOffsetsRequest {
            replica_id: -1,
            topics: vec![ListOffsetsTopic {
                name: topic.to_owned(),
                partitions: vec![asked],
            }],
            ..ListOffsetsRequest::default()
        };
        ErrorCode(self.ask(1, 7, &request).topics[0].partitions[0].error_code)
    }

    /// Waits until the broker coordinates groups and transactions.
    fn wait_for_coordinators(&mut self) {
        for key_type in [0, 1] {
            self.until(|connection| {
                let request = FindCoordinatorRequest {
                    key_type,
                    coordinator_keys: vec!["warm".to_owned()],
                    ..FindCoordinatorRequest::default()
                };
                ErrorCode(connection.ask(1, 4, &request).coordinators[0].error_code)
            });
        }
        // The names that the script uses are spread over all partitions, which are loaded one after another.
        for index in 0..32 {
            let name = format!("warm-{index}");
            self.until(|connection| Producer::new(&name, 1, Speaks::V1).init(connection));
            let mut producer = Producer::start(self, &name, 1, Speaks::V1);
            let group = producer::Member::nobody_of(&name);
            assert_eq!(producer.add_offsets(self, &name), ErrorCode::NONE);
            self.until(|connection| producer.commit_offset(connection, 1, group, ("orders", 0, 1)));
            assert_eq!(producer.end(self, false), ErrorCode::NONE);
        }
    }

    /// Asks until there is no error; fails after a minute.
    fn until(&mut self, mut ask: impl FnMut(&mut Self) -> ErrorCode) {
        let mut code = ErrorCode::NONE;
        for _ in 0..600 {
            code = ask(self);
            if code.is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("the broker is never ready: {code}");
    }
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
    let stream = TcpStream::connect(cluster.bootstrap()).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut connection = Connection {
        stream,
        correlation_id: 0,
    };
    connection.create_topic("orders");
    connection.wait_for_coordinators();
    let expected = include_str!("../../../kafka-sandbox/tests/transactions/offsets.txt");
    assert_same(&script::run_offsets(&mut connection, "orders"), expected);
    let expected = include_str!("../../../kafka-sandbox/tests/transactions/script.txt");
    connection.create_topic("payments");
    assert_same(&script::run(&mut connection, "payments"), expected);
}

#[test]
#[ignore = "takes half a minute to use a hundred thousand epochs up"]
fn a_broker_answers_producers_without_epochs_as_it_was_written_down() {
    real_kafka::require!(own);
    let cluster = KafkaCluster::builder().start().unwrap();
    let mut connection = Connection {
        stream: TcpStream::connect(cluster.bootstrap()).unwrap(),
        correlation_id: 0,
    };
    connection.create_topic("orders");
    connection.wait_for_coordinators();
    let expected = include_str!("../../../kafka-sandbox/tests/transactions/epochs.txt");
    assert_same(&script::run_out_of_epochs(&mut connection, "orders"), expected);
}
