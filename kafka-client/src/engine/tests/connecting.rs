use std::net::SocketAddr;
use std::time::Duration;

use protocol::ApiKey;
use protocol::messages::heartbeat::HeartbeatRequest;

use super::world::{Deed, Manner, World, at, broker, described};
use crate::cluster::{NodeId, Target};
use crate::error::{RequestError, TransportError, TransportPhase};

const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn the_first_connection_serves_the_broker_that_it_ends_at() {
    let mut world = World::new(1, |_| {});
    world.start();
    assert_eq!(
        world.deeds(),
        [
            Deed::Connected(broker(1)),
            Deed::Requested(broker(1), ApiKey::API_VERSIONS, 4),
            Deed::Requested(broker(1), ApiKey::METADATA, 13),
        ]
    );
    world
        .probe
        .ask(1, Target::Node(NodeId(1)), HeartbeatRequest::default(), MINUTE);
    world.wake();
    assert_eq!(world.deeds(), [Deed::Requested(broker(1), ApiKey::HEARTBEAT, 4)]);
    let answers = world.probe.answers();
    assert_eq!(answers.len(), 1);
    assert_eq!((answers[0].1.tag, answers[0].1.node), (1, Some(NodeId(1))));
    assert!(world.engine.status().connected);
}

#[test]
fn c4_a_broker_that_drops_new_versions_is_asked_the_oldest_and_remembered() {
    let mut world = World::new(1, |_| {});
    world.manners.insert(broker(1), Manner::OldAndRude);
    world.start();
    assert_eq!(
        world.deeds(),
        [
            Deed::Connected(broker(1)),
            Deed::Requested(broker(1), ApiKey::API_VERSIONS, 4),
            Deed::Connected(broker(1)),
            Deed::Requested(broker(1), ApiKey::API_VERSIONS, 0),
            Deed::Requested(broker(1), ApiKey::METADATA, 13),
        ]
    );
    world.cut(broker(1));
    world.run_until(at(1000));
    let versions: Vec<Deed> = world
        .deeds()
        .into_iter()
        .filter(|deed| matches!(deed, Deed::Requested(_, ApiKey::API_VERSIONS, _)))
        .collect();
    assert_eq!(versions, [Deed::Requested(broker(1), ApiKey::API_VERSIONS, 0)]);
}

#[test]
fn c18_a_black_hole_costs_the_set_up_time_which_grows() {
    let mut world = World::new(1, |config| config.request_timeout = Duration::from_secs(1000));
    world.manners.insert(broker(1), Manner::Vanished);
    world.start();
    world.run_until(at(120_000));
    let connects: Vec<u128> = world
        .connects()
        .iter()
        .map(|(when, _)| when.since_start().as_millis())
        .collect();
    let pauses: Vec<u128> = connects.windows(2).map(|pair| pair[1] - pair[0]).collect();
    for (pause, expected) in pauses.iter().zip([10_000, 20_000, 30_000, 30_000]) {
        assert!((expected..expected + 1300).contains(pause), "{pauses:?}");
    }
    assert!(pauses.len() >= 3);
}

#[test]
fn c18_another_broker_is_tried_after_the_black_hole() {
    let mut world = World::new(2, |config| config.bootstrap.push(broker(2).to_string()));
    world.manners.insert(broker(1), Manner::Vanished);
    world.start();
    world.run_until(at(10_500));
    assert!(world.engine.status().connected);
}

#[test]
fn c19_refused_connections_are_tried_at_growing_distances() {
    let mut world = World::new(1, |config| config.retry_backoff = Duration::from_millis(1));
    world.manners.insert(broker(1), Manner::Refuses);
    world.start();
    world.run_until(at(8000));
    let connects = world.connects();
    for (pair, expected) in connects.windows(2).zip([50u128, 100, 200, 400, 800, 1000, 1000]) {
        let pause = pair[1].0.since(pair[0].0).as_millis();
        // The next metadata request may come up to its own back-off later.
        assert!(
            (expected * 8 / 10..=expected * 12 / 10 + 1200).contains(&pause),
            "{pause} for {expected}"
        );
    }
    assert!((6..=14).contains(&connects.len()), "{}", connects.len());
    // A success starts the distances over.
    world.manners.insert(broker(1), Manner::Answers);
    world.run_until(at(12_000));
    assert!(world.engine.status().connected);
    world.log.clear();
    world.cut(broker(1));
    let cut = world.now;
    world.run_until(at(13_000));
    let again = world.connects()[0].0.since(cut);
    assert!(again <= Duration::from_millis(130), "{again:?}");
}

#[test]
fn c19_who_waits_is_told_when_the_attempt_failed_not_before() {
    let mut world = World::new(2, |_| {});
    world.start();
    world.manners.insert(broker(2), Manner::Refuses);
    world
        .probe
        .ask(1, Target::Node(NodeId(2)), HeartbeatRequest::default(), MINUTE);
    world.wake();
    let (_, first) = world.probe.answers().remove(0);
    assert!(matches!(
        first.outcome,
        Err(RequestError::Transport(TransportError { sent: false, .. }))
    ));
    // In the back-off the request waits for the next attempt.
    world
        .probe
        .ask(2, Target::Node(NodeId(2)), HeartbeatRequest::default(), MINUTE);
    world.wake();
    assert!(world.probe.answers().is_empty());
    world.manners.insert(broker(2), Manner::Answers);
    world.run_until(at(100));
    assert!(world.probe.answers().remove(0).1.outcome.is_ok());
}

#[test]
fn c22_a_name_that_resolves_later_is_found_without_haste() {
    let mut world = World::new(1, |config| {
        config.bootstrap = vec!["kafka.example:9092".to_owned()]
    });
    world.start();
    world.run_until(at(10_000));
    let looked_up = world.deeds().len();
    assert!((5..=40).contains(&looked_up), "{looked_up} times in 10 s");
    assert!(!world.engine.status().connected);
    world.names.insert("kafka.example".to_owned(), vec![broker(1)]);
    world.run_until(at(12_000));
    assert!(world.engine.status().connected);
}

#[test]
fn c20_all_addresses_of_a_name_are_tried_in_turn() {
    let dead: SocketAddr = "[fd00::1]:9092".parse().unwrap();
    let mut world = World::new(1, |config| {
        config.bootstrap = vec!["kafka.example:9092".to_owned()]
    });
    world.names.insert(
        "kafka.example".to_owned(),
        vec![dead, "[fd00::2]:9092".parse().unwrap(), broker(1)],
    );
    world.start();
    assert!(world.engine.status().connected);
    let tried: Vec<SocketAddr> = world.connects().into_iter().map(|(_, address)| address).collect();
    assert_eq!(tried, [dead, broker(1)], "the kinds of addresses take turns");
}

#[test]
fn c20_the_name_is_looked_up_anew_after_all_addresses_failed() {
    let mut world = World::new(1, |config| {
        config.bootstrap = vec!["kafka.example:9092".to_owned()]
    });
    world
        .names
        .insert("kafka.example".to_owned(), vec![broker(7), broker(8)]);
    world.start();
    world.names.insert("kafka.example".to_owned(), vec![broker(1)]);
    world.run_until(at(500));
    assert!(world.engine.status().connected);
    let deeds = world.deeds();
    assert_eq!(
        deeds[..5],
        [
            Deed::Resolved("kafka.example".to_owned()),
            Deed::Connected(broker(7)),
            Deed::Connected(broker(8)),
            Deed::Resolved("kafka.example".to_owned()),
            Deed::Connected(broker(1)),
        ]
    );
}

#[test]
fn c21_a_broker_that_moved_is_connected_at_its_new_place() {
    let mut world = World::new(2, |_| {});
    world.start();
    let ask = |world: &mut World, tag| {
        world
            .probe
            .ask(tag, Target::Node(NodeId(2)), HeartbeatRequest::default(), MINUTE);
        world.wake();
    };
    ask(&mut world, 1);
    world.manners.insert(broker(9), Manner::Answers);
    let mut moved = described([1, 2]);
    moved.brokers[1].host = "10.0.0.9".to_owned();
    world.metadata = moved;
    world.run_until(at(301_000));
    world.deeds();
    ask(&mut world, 2);
    let deeds = world.deeds();
    assert!(deeds.contains(&Deed::Connected(broker(9))), "{deeds:?}");
    assert!(
        world
            .probe
            .answers()
            .iter()
            .all(|(_, answer)| answer.outcome.is_ok())
    );
}

#[test]
fn a_peer_that_accepts_and_says_nothing_is_given_up() {
    let mut world = World::new(1, |config| config.connect_timeout = Duration::from_secs(11));
    world.manners.insert(broker(1), Manner::Mute);
    world.start();
    world.run_until(at(11_000));
    let status = world.engine.status();
    assert!(status.overdue && !status.connected);
    let Some(RequestError::Transport(trouble)) = &status.trouble else {
        panic!("{status:?}")
    };
    assert_eq!(trouble.phase, TransportPhase::Handshake);
    assert!(trouble.reason.contains("did not answer in time"));
}

#[test]
fn requests_time_out_while_they_wait_for_a_connection() {
    let mut world = World::new(2, |_| {});
    world.start();
    world.manners.insert(broker(2), Manner::Vanished);
    world.probe.ask(
        1,
        Target::Node(NodeId(2)),
        HeartbeatRequest::default(),
        Duration::from_secs(3),
    );
    world.wake();
    world.run_until(at(4000));
    let (when, answer) = world.probe.answers().remove(0);
    assert_eq!(when, at(3000));
    assert!(matches!(
        answer.outcome,
        Err(RequestError::Timeout { sent: false, .. })
    ));
}
