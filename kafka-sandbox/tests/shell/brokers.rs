use std::io::ErrorKind;
use std::net::{SocketAddr, TcpStream};

use kafka_sandbox::Sandbox;
use kafka_sandbox::state::BrokerStatus;
use protocol::ApiKey;
use protocol::messages::api_versions::ApiVersionsRequest;

use super::wire::Wire;

#[test]
fn a_broker_that_is_killed_refuses_and_comes_back_at_its_port() {
    let cluster = Sandbox::builder().brokers(2).start_blocking().unwrap();
    let broker = cluster.broker(1);
    let address: SocketAddr = broker.address().parse().unwrap();
    for _ in 0..20 {
        let mut open = Wire::connect(broker);
        assert!(open.is_answered());
        broker.kill().unwrap();
        assert_eq!(broker.status(), BrokerStatus::Down);
        // From the moment that `kill` returns.
        let refused = TcpStream::connect(address).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
        open.wait_closed();
        assert!(Wire::connect(cluster.broker(2)).is_answered());
        broker.restart().unwrap();
        assert!(Wire::connect(broker).is_answered());
    }
    assert_eq!(broker.address(), address.to_string());
}

#[test]
fn a_restart_of_a_broker_that_runs_breaks_its_connections() {
    let cluster = Sandbox::builder().brokers(1).start_blocking().unwrap();
    let mut open = Wire::connect(cluster.broker(1));
    assert!(open.is_answered());
    cluster.broker(1).restart().unwrap();
    open.wait_closed();
    assert!(Wire::connect(cluster.broker(1)).is_answered());
}

#[test]
fn a_paused_broker_says_nothing_until_it_goes_on() {
    let cluster = Sandbox::builder().brokers(1).start_blocking().unwrap();
    let broker = cluster.broker(1);
    let mut early = Wire::connect(broker);
    assert!(early.is_answered());
    broker.pause().unwrap();
    assert!(matches!(broker.status(), BrokerStatus::Paused { .. }));
    let mut late = Wire::connect(broker);
    for wire in [&mut early, &mut late] {
        wire.send(0, &ApiVersionsRequest::default());
        wire.socket.set_nonblocking(true).unwrap();
        let peeked = wire.socket.peek(&mut [0]);
        assert_eq!(peeked.unwrap_err().kind(), ErrorKind::WouldBlock);
        wire.socket.set_nonblocking(false).unwrap();
    }
    broker.resume().unwrap();
    assert!(early.frame().is_some());
    assert!(late.frame().is_some());
}

#[test]
fn rules_strike_on_sockets() {
    let cluster = Sandbox::builder().brokers(1).start_blocking().unwrap();
    let rule = cluster.on(ApiKey::API_VERSIONS).once().drop_connection();
    assert_eq!(cluster.rules().len(), 1);
    let mut wire = Wire::connect(cluster.broker(1));
    assert!(!wire.is_answered());
    assert!(Wire::connect(cluster.broker(1)).is_answered());
    assert_eq!(cluster.requests().of(ApiKey::API_VERSIONS).count(), 2);
    cluster.remove_rule(rule);
    cluster.clear_requests();
    assert_eq!(cluster.requests().count(), 0);

    // A part of the answer leaves before the connection is closed.
    cluster.on_any().once().truncate(6);
    let mut wire = Wire::connect(cluster.broker(1));
    wire.send(0, &ApiVersionsRequest::default());
    let mut got = Vec::new();
    std::io::Read::read_to_end(&mut wire.socket, &mut got).unwrap();
    assert_eq!(got.len(), 6);
}
