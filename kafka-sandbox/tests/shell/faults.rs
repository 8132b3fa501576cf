//! Faults as clients on sockets see them, and what the handle of a cluster says of requests.

use std::io::Read;
use std::time::Duration;

use kafka_sandbox::profile::Profile;
use kafka_sandbox::{ApiKey, Sandbox};
use protocol::messages::api_versions::ApiVersionsRequest;

use super::wire::{PATIENCE, Wire};

#[test]
fn a_client_sees_the_pieces_of_an_answer() {
    let cluster = Sandbox::builder().brokers(1).start_blocking().unwrap();
    let mut wire = Wire::connect(cluster.broker(1));
    let every = Duration::from_millis(20);
    cluster.on(ApiKey::API_VERSIONS).once().split_every(200, every);
    wire.send(0, &ApiVersionsRequest::default());
    let mut first = [0; 4096];
    assert_eq!(wire.socket.read(&mut first).unwrap(), 200);

    // Without a time between them they are written one by one, too: whoever waits sees the first before the last.
    let mut wire = Wire::connect(cluster.broker(1));
    cluster.on(ApiKey::API_VERSIONS).once().split(1);
    wire.send(0, &ApiVersionsRequest::default());
    let (mut reads, mut left) = (0, 4);
    let mut length = Vec::new();
    while left > 0 {
        let count = wire.socket.read(&mut first).unwrap();
        reads += 1;
        length.extend_from_slice(&first[..count]);
        if length.len() >= 4 {
            let body = u32::from_be_bytes(length[..4].try_into().unwrap());
            left = (4 + usize::try_from(body).unwrap()).saturating_sub(length.len());
        }
    }
    assert!(reads > 1, "an answer of {} pieces came in one", length.len());
}

#[tokio::test(flavor = "current_thread")]
async fn requests_are_awaited() {
    let cluster = Sandbox::builder().brokers(1).start().await.unwrap();
    let mut wire = Wire::connect(cluster.broker(1));
    let both = cluster.requests_until(|requests| requests.of(ApiKey::API_VERSIONS).count() == 2);
    let mut both = std::pin::pin!(tokio::time::timeout(PATIENCE, both));
    for _ in 0..2 {
        let early = tokio::time::timeout(Duration::ZERO, &mut both).await;
        assert!(early.is_err(), "it was not asked twice yet");
        wire.send(0, &ApiVersionsRequest::default());
    }
    let requests = both.await.unwrap();
    assert_eq!(requests.count(), 2);
    let connections = cluster.connections();
    assert_eq!(connections.len(), 1);
    assert!(requests.iter().all(|request| request.link == connections[0].link));
    cluster.clear_requests();
    assert_eq!((cluster.requests().count(), cluster.connections().len()), (0, 0));
}

#[test]
fn a_broker_becomes_another_kafka() {
    let cluster = Sandbox::builder().brokers(2).start_blocking().unwrap();
    let mut wire = Wire::connect(cluster.broker(1));
    assert!(wire.is_answered());
    cluster.broker(1).set_profile("2.8".parse::<Profile>().unwrap());
    wire.wait_closed();
    let mut wire = Wire::connect(cluster.broker(1));
    let response = wire.ask(0, &ApiVersionsRequest::default());
    let fetch = response
        .api_keys
        .iter()
        .find(|key| key.api_key == ApiKey::FETCH.0);
    assert_eq!(fetch.unwrap().max_version, 12);
    cluster.delay_markers(Duration::from_secs(1));
    let error = cluster.cut_log("nothing", 0, 0).unwrap_err();
    assert_eq!(error.to_string(), "there is no partition nothing-0");
}

#[test]
#[should_panic(expected = "could never strike: there is no broker 9")]
fn a_rule_that_could_never_strike_is_a_mistake_of_the_test() {
    let cluster = Sandbox::builder().brokers(1).start_blocking().unwrap();
    cluster.on(ApiKey::PRODUCE).broker(9).drop_connection();
}
