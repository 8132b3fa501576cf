use std::collections::BTreeSet;
use std::future::Future;
use std::net::TcpListener;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use kafka_sandbox::{Sandbox, StartError};
use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::wire::{Wire, wait_until};

#[test]
fn brokers_answer_where_they_say_they_are() {
    let cluster = Sandbox::builder()
        .rack(2, "cellar")
        .cluster_id("a-cluster")
        .topic("orders", 6)
        .start_blocking()
        .unwrap();
    let mut wire = Wire::connect(cluster.broker(3));
    let request = MetadataRequest {
        topics: Some(vec![MetadataRequestTopic {
            name: Some("orders".to_owned()),
            ..MetadataRequestTopic::default()
        }]),
        ..MetadataRequest::default()
    };
    let metadata = wire.ask(9, &request);
    assert_eq!(metadata.cluster_id.as_deref(), Some("a-cluster"));
    assert_eq!(cluster.cluster_id(), "a-cluster");
    let told = metadata.brokers.iter().map(|broker| {
        let address = format!("{}:{}", broker.host, broker.port);
        (broker.node_id, address, broker.rack.clone())
    });
    let known = cluster.brokers().map(|broker| {
        let rack = broker.rack().map(str::to_owned);
        (broker.id(), broker.address(), rack)
    });
    let known: BTreeSet<_> = known.collect();
    assert_eq!(told.collect::<BTreeSet<_>>(), known);
    assert_eq!(known.len(), 3);
    assert_eq!(cluster.broker(2).rack(), Some("cellar"));
    let servers: Vec<_> = cluster.brokers().map(|broker| broker.address()).collect();
    assert_eq!(cluster.bootstrap_servers(), servers.join(","));

    let orders = &metadata.topics[0];
    assert_eq!(orders.error_code, 0);
    assert_eq!(orders.partitions.len(), 6);
    assert!(
        orders
            .partitions
            .iter()
            .all(|partition| partition.replica_nodes.len() == 3)
    );
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = Sandbox::builder()
        .brokers(1)
        .port(port)
        .start_blocking()
        .unwrap_err();
    assert!(
        matches!(&error, StartError::Listen { address, .. } if address.port() == port),
        "{error:?}"
    );
    assert!(
        error.to_string().ends_with(&format!("127.0.0.1:{port}")),
        "{error}"
    );
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let refused = |builder: kafka_sandbox::SandboxBuilder, expected: &str| {
        let error = builder.start_blocking().unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    let new = Sandbox::builder;
    refused(new().brokers(0), "setting brokers: 0 is not between");
    refused(new().rack(4, "x"), "setting rack: there is no broker 4");
    refused(new().profile("3.8"), "no profile of Kafka \"3.8\"");
    refused(
        new().port(65_535),
        "setting port: from 65535 on there are not enough",
    );
    let property = |name, value, expected: &str| refused(new().property(name, value), expected);
    property(
        "max.connections",
        "many",
        "property max.connections: Invalid value many",
    );
    property(
        "message.max.bytes",
        "-5",
        "property message.max.bytes: Invalid value -5",
    );
    property(
        "log.retention.ms",
        "soon",
        "property log.retention.ms: Invalid value soon",
    );
    property(
        "num.partition",
        "3",
        "property num.partition: brokers have no config of this name",
    );
    refused(
        new()
            .profile("2.1")
            .property("group.coordinator.rebalance.protocols", "classic"),
        "brokers of Kafka 2.1 have no config of this name",
    );
    refused(new().topic("orders", 0), "cannot create topic \"orders\"");
    refused(
        new().topic("orders", 3).topic("orders", 6),
        "setting topic: \"orders\" is there twice",
    );
}

#[test]
fn what_connections_may_take_can_have_no_end() {
    let cluster = Sandbox::builder()
        .brokers(1)
        .property("connections.max.idle.ms", "-1")
        .property("super.users", "User:admin")
        .start_blocking()
        .unwrap();
    assert!(Wire::connect(cluster.broker(1)).is_answered());
}

#[test]
fn what_is_stored_must_fit_what_starts() {
    let directory = tempfile::tempdir().unwrap();
    let stored = |brokers| Sandbox::builder().brokers(brokers).data_dir(directory.path());
    drop(stored(5).topic("orders", 10).start_blocking().unwrap());
    let refused = |builder: kafka_sandbox::SandboxBuilder| builder.start_blocking().unwrap_err().to_string();
    assert_eq!(
        refused(stored(1)),
        "setting brokers: what is stored has replicas on brokers up to 5, so that as many are needed"
    );
    assert_eq!(
        refused(stored(5).topic("orders", 12)),
        "cannot create topic \"orders\": it is there with 10 partitions instead of 12"
    );
    drop(stored(6).topic("orders", 10).start_blocking().unwrap());
}

#[test]
fn ports_are_free_again_after_the_end() {
    let cluster = Sandbox::builder().start_blocking().unwrap();
    let mut open = Wire::connect(cluster.broker(1));
    assert!(open.is_answered());
    let addresses: Vec<_> = cluster.brokers().map(|broker| broker.address()).collect();
    drop(cluster);
    open.wait_closed();
    for address in &addresses {
        TcpListener::bind(address).unwrap();
    }
}

#[tokio::test(flavor = "current_thread")]
async fn shutdown_frees_the_ports() {
    let cluster = Sandbox::builder().start().await.unwrap();
    let address = cluster.broker(2).address();
    cluster.shutdown().await;
    TcpListener::bind(address).unwrap();
}

#[test]
fn a_start_that_is_given_up_leaves_nothing() {
    let port = {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        free.local_addr().unwrap().port()
    };
    {
        let mut start = pin!(Sandbox::builder().brokers(1).port(port).start());
        let mut context = Context::from_waker(Waker::noop());
        let _ = start.as_mut().poll(&mut context);
    }
    wait_until("the port is free", || {
        TcpListener::bind(("127.0.0.1", port)).is_ok()
    });
}

#[tokio::test(flavor = "current_thread")]
async fn a_caller_that_blocks_its_runtime_does_not_stall_the_brokers() {
    let cluster = Sandbox::builder().brokers(1).start().await.unwrap();
    // This thread is the runtime's only one, and it blocks.
    let mut wire = Wire::connect(cluster.broker(1));
    assert!(wire.is_answered());
    cluster.shutdown().await;
}

#[tokio::test(flavor = "current_thread")]
async fn a_connection_needs_no_socket() {
    let cluster = Sandbox::builder().brokers(1).start().await.unwrap();
    let mut stream = cluster.broker(1).connect().unwrap();
    let request = protocol::messages::api_versions::ApiVersionsRequest::default();
    let frame = protocol::frame::encode_request(7, None, 0, &request).unwrap();
    stream.write_all(&frame.to_bytes()).await.unwrap();
    let length = stream.read_i32().await.unwrap();
    let mut answer = vec![0; usize::try_from(length).unwrap()];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer[..4], 7_i32.to_be_bytes());

    cluster.broker(1).kill().unwrap();
    assert_eq!(stream.read(&mut answer).await.unwrap(), 0);
    assert!(cluster.broker(1).connect().is_none());
}

#[test]
fn three_brokers_are_up_in_no_time() {
    // The bound is ten milliseconds on a machine with nothing else to do; it is measured where that is so.
    let best = (0..10).map(|_| {
        let begin = std::time::Instant::now();
        let cluster = Sandbox::builder().start_blocking().unwrap();
        let took = begin.elapsed();
        assert!(Wire::connect(cluster.broker(1)).is_answered());
        took
    });
    let best = best.min().unwrap();
    assert!(best < Duration::from_millis(250), "{best:?}");
}
