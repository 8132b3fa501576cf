use std::time::Duration;

use kafka_sandbox::{Limits, Sandbox};
use protocol::ApiKey;
use protocol::messages::api_versions::ApiVersionsRequest;
use protocol::messages::metadata::MetadataRequest;

use super::wire::Wire;

fn with(limits: Limits) -> Sandbox {
    Sandbox::builder()
        .brokers(1)
        .limits(limits)
        .start_blocking()
        .unwrap()
}

#[test]
fn newcomers_push_out_those_that_never_spoke() {
    let cluster = with(Limits {
        connections: 20,
        ..Limits::default()
    });
    let broker = cluster.broker(1);
    let mut first = Wire::connect(broker);
    assert!(first.is_answered());
    let mut silent: Vec<_> = (0..100).map(|_| Wire::connect(broker)).collect();
    let mut last = Wire::connect(broker);
    assert!(last.is_answered());
    // The oldest went first: of a hundred, the last eighteen fit beside the two that speak.
    for wire in &mut silent[..82] {
        wire.wait_closed();
    }
    assert!(silent[82..].iter_mut().all(Wire::is_answered));
    assert!(first.is_answered());

    // Now all have spoken, and there is no room left.
    let mut refused = Wire::connect(broker);
    refused.wait_closed();
    drop(last);
    super::wire::wait_until("there is room again", || Wire::connect(broker).is_answered());
    assert!(first.is_answered());
}

#[test]
fn whoever_sends_no_whole_request_in_time_is_closed() {
    let cluster = with(Limits {
        setup: Duration::from_millis(50),
        ..Limits::default()
    });
    let mut silent = Wire::connect(cluster.broker(1));
    let mut slow = Wire::connect(cluster.broker(1));
    std::io::Write::write_all(&mut slow.socket, &[0, 0, 0, 100, 0]).unwrap();
    let mut quick = Wire::connect(cluster.broker(1));
    assert!(quick.is_answered());
    silent.wait_closed();
    slow.wait_closed();
    assert!(quick.is_answered());
}

#[test]
fn limits_may_be_without_end() {
    let cluster = with(Limits {
        connections: usize::MAX,
        received: usize::MAX,
        answer: usize::MAX,
        unsent: usize::MAX,
        stall: Duration::MAX,
        setup: Duration::MAX,
        idle: Duration::MAX,
    });
    let mut wire = Wire::connect(cluster.broker(1));
    assert!(wire.is_answered());
    // One that never speaks is looked at, too.
    let _silent = Wire::connect(cluster.broker(1));
    cluster.on(ApiKey::METADATA).delay(Duration::MAX);
    wire.send(12, &MetadataRequest::default());
    let mut other = Wire::connect(cluster.broker(1));
    assert!(other.is_answered());
}

#[test]
fn who_asks_for_too_long_an_answer_is_closed() {
    let cluster = with(Limits {
        answer: 100,
        ..Limits::default()
    });
    let mut wire = Wire::connect(cluster.broker(1));
    wire.send(2, &ApiVersionsRequest::default());
    wire.wait_closed();
}

#[test]
fn idle_connections_are_closed() {
    let cluster = Sandbox::builder()
        .brokers(1)
        .property("connections.max.idle.ms", "100")
        .start_blocking()
        .unwrap();
    let mut wire = Wire::connect(cluster.broker(1));
    assert!(wire.is_answered());
    wire.wait_closed();
}

#[test]
fn a_paused_broker_keeps_connections_that_could_not_speak() {
    let cluster = with(Limits {
        setup: Duration::from_millis(20),
        ..Limits::default()
    });
    cluster.broker(1).pause().unwrap();
    let mut waiting = Wire::connect(cluster.broker(1));
    waiting.send(0, &ApiVersionsRequest::default());
    // Longer than a look through all connections takes to come.
    std::thread::sleep(Duration::from_millis(1200));
    cluster.broker(1).resume().unwrap();
    assert!(waiting.frame().is_some());
}
