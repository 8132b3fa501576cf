//! Three brokers, of which one fails.

use std::{
    net::TcpStream,
    time::{Duration, Instant},
};

use real_kafka::{Error, KafkaCluster, shared3};

use crate::succeed;

#[test]
fn a_killed_node_is_missed_and_comes_back_with_its_records() {
    real_kafka::require!(own);
    let cluster = KafkaCluster::builder().brokers(3).start().unwrap();
    let bootstrap = cluster.bootstrap();
    assert_eq!(bootstrap.split(',').count(), 3);
    let topics = |arguments: &[&str]| {
        succeed(
            "kafka-topics",
            &[&["--bootstrap-server", &bootstrap], arguments].concat(),
        )
    };
    topics(&[
        "--create",
        "--topic",
        "replicated",
        "--partitions",
        "3",
        "--replication-factor",
        "3",
    ]);

    let address = cluster.address(2).unwrap();
    cluster.kill(2).unwrap();
    assert!(TcpStream::connect(&address).is_err());
    assert!(cluster.pid(2).is_err());
    assert!(cluster.pause(2).is_err());
    let under_replicated = |lines: usize| {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let found = topics(&[
                "--describe",
                "--topic",
                "replicated",
                "--under-replicated-partitions",
            ]);
            if found.lines().count() == lines {
                break;
            }
            assert!(Instant::now() < deadline, "{found}");
        }
    };
    under_replicated(3);

    cluster.restart(2).unwrap();
    cluster.wait_ready().unwrap();
    under_replicated(0);
    assert!(cluster.data_dir(2).unwrap().join("replicated-0").is_dir());
    assert!(cluster.log_tail(2).unwrap().contains("Kafka Server started"));

    cluster.shut_down(1).unwrap();
    under_replicated(3);
    cluster.restart(1).unwrap();
    under_replicated(0);
}

#[test]
fn a_paused_node_answers_when_it_goes_on() {
    real_kafka::require!(own);
    let cluster = KafkaCluster::builder().start().unwrap();
    let bootstrap = cluster.bootstrap();
    let list = ["--bootstrap-server", bootstrap.as_str(), "--list"];
    let tools = real_kafka::Tools::of(real_kafka::Release::TOOLS).unwrap();
    cluster.pause(1).unwrap();
    // Its socket takes the connection all the same.
    TcpStream::connect(&bootstrap).unwrap();
    let answer = tools.run_with("kafka-topics", &list, b"", Duration::from_secs(3));
    assert!(matches!(answer, Err(Error::Timeout(_))), "{answer:?}");
    cluster.resume(1).unwrap();
    succeed("kafka-topics", &list);
}

#[test]
fn nodes_have_numbers_from_one() {
    real_kafka::require!(own);
    let Ok(cluster) = shared3() else {
        return shared3().map(drop).unwrap();
    };
    if cluster.is_external() {
        return;
    }
    assert_eq!(cluster.nodes().unwrap(), [1, 2, 3]);
    assert!(matches!(cluster.kill(0), Err(Error::NoSuchNode(0))));
    assert!(matches!(cluster.kill(4), Err(Error::NoSuchNode(4))));
}
