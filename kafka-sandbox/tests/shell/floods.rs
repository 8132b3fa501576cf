use std::io::{ErrorKind, Write};
use std::time::Duration;

use bytes::Bytes;
use kafka_sandbox::{Limits, Sandbox};
use protocol::ApiKey;
use protocol::frame::encode_request;
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchTopic};
use protocol::messages::produce::{PartitionProduceData, ProduceRequest, TopicProduceData};

use super::wire::{Wire, wait_until};
use crate::support::batch;

const MIB: usize = 1024 * 1024;

#[test]
fn garbage_closes_its_connection_and_no_other() {
    let cluster = Sandbox::builder().brokers(1).start_blocking().unwrap();
    let mut polite = Wire::connect(cluster.broker(1));
    let seed = fastrand::u64(..);
    let mut rng = fastrand::Rng::with_seed(seed);
    for round in 0..300 {
        let mut wire = Wire::connect(cluster.broker(1));
        let bytes: Vec<u8> = (0..rng.usize(1..4000)).map(|_| rng.u8(..)).collect();
        // The broker may close before all is sent.
        let _ = wire.socket.write_all(&bytes);
        let _ = wire.socket.shutdown(std::net::Shutdown::Write);
        match wire.socket.peek(&mut [0]) {
            Ok(_) => {}
            Err(error) => assert_eq!(
                error.kind(),
                ErrorKind::ConnectionReset,
                "seed {seed} round {round}"
            ),
        }
    }
    assert!(polite.is_answered(), "seed {seed}");
}

#[test]
fn endless_requests_are_bounded_in_all() {
    let cluster = Sandbox::builder()
        .brokers(1)
        .limits(Limits {
            received: 4 * MIB,
            ..Limits::default()
        })
        .start_blocking()
        .unwrap();
    let mut polite = Wire::connect(cluster.broker(1));
    assert!(polite.is_answered());
    let mut endless: Vec<_> = (0..12).map(|_| Wire::connect(cluster.broker(1))).collect();
    for wire in &mut endless {
        // Ninety megabytes are announced, and one is sent.
        let _ = wire.socket.write_all(&90_000_000_i32.to_be_bytes());
        let _ = wire.socket.write_all(&vec![0; MIB]);
    }
    // At most three of them fit, and each time there is too much, the largest goes.
    let is_closed = |wire: &Wire| {
        wire.socket.set_nonblocking(true).unwrap();
        let peeked = wire.socket.peek(&mut [0]);
        !matches!(peeked, Err(error) if error.kind() == ErrorKind::WouldBlock)
    };
    wait_until("all but some are closed", || {
        endless.iter().filter(|wire| !is_closed(wire)).count() <= 4
    });
    assert!(polite.is_answered());
}

/// A cluster with a topic that holds a batch of 16 MiB.
fn full(limits: Limits) -> Sandbox {
    let cluster = Sandbox::builder()
        .brokers(1)
        .topic("orders", 1)
        .property("message.max.bytes", "20000000")
        .limits(limits)
        .start_blocking()
        .unwrap();
    let mut wire = Wire::connect(cluster.broker(1));
    let answer = wire.ask(8, &produce(batch(&[vec![7_u8; 16 * MIB]])));
    assert_eq!(answer.responses[0].partition_responses[0].error_code, 0);
    cluster
}

fn produce(records: Bytes) -> ProduceRequest {
    let partition = PartitionProduceData {
        index: 0,
        records: Some(records),
    };
    let topic = TopicProduceData {
        name: "orders".to_owned(),
        partition_data: vec![partition],
        ..TopicProduceData::default()
    };
    ProduceRequest {
        acks: -1,
        timeout_ms: 1000,
        topic_data: vec![topic],
        ..ProduceRequest::default()
    }
}

/// Asks for everything from the beginning.
fn fetch() -> FetchRequest {
    let most = i32::MAX;
    let partition = FetchPartition {
        partition: 0,
        partition_max_bytes: most,
        ..FetchPartition::default()
    };
    let topic = FetchTopic {
        topic: "orders".to_owned(),
        partitions: vec![partition],
        ..FetchTopic::default()
    };
    FetchRequest {
        max_bytes: most,
        topics: vec![topic],
        ..FetchRequest::default()
    }
}

#[test]
fn whoever_asks_much_and_reads_nothing_is_not_answered_more() {
    let cluster = full(Limits::default());
    let mut greedy = Wire::connect(cluster.broker(1));
    let request = encode_request(1, None, 11, &fetch()).unwrap().to_bytes();
    greedy.socket.write_all(&request.repeat(12)).unwrap();
    let taken = || cluster.requests().of(ApiKey::FETCH).count();
    wait_until("the first is worked on", || taken() > 0);
    // What is answered at once comes after it.
    assert!(Wire::connect(cluster.broker(1)).is_answered());
    assert_eq!(taken(), 1, "the next waits until the first answer has left");
    for answered in 1..=12 {
        let answer = greedy.frame().unwrap();
        assert!(answer.len() > 15 * MIB);
        assert!(taken() <= answered + 2, "{answered}");
    }
    assert_eq!(taken(), 12);
}

#[test]
fn too_much_unsent_makes_others_wait_until_the_slow_lose_their_connections() {
    let cluster = full(Limits {
        unsent: 20 * MIB,
        stall: Duration::from_millis(200),
        ..Limits::default()
    });
    let mut slow: Vec<_> = (0..4).map(|_| Wire::connect(cluster.broker(1))).collect();
    for wire in &mut slow {
        wire.send(11, &fetch());
    }
    let mut polite = Wire::connect(cluster.broker(1));
    assert!(polite.is_answered(), "it waits, and is answered then");
    polite.send(11, &fetch());
    assert!(polite.frame().unwrap().len() > 15 * MIB);
    let kept = slow.iter_mut().filter_map(Wire::frame).count();
    assert!(kept < 4, "those that read nothing are closed");
}
