use std::sync::Arc;
use std::time::Duration;

use protocol::messages::heartbeat::{HeartbeatRequest, HeartbeatResponse};
use protocol::messages::metadata::{MetadataResponsePartition, MetadataResponseTopic};
use protocol::{ApiKey, ErrorCode, Uuid};

use super::world::{Deed, Manner, World, at, broker, described};
use crate::cluster::{CoordinatorKind, NodeId, Target};
use crate::machine::{LeaderHint, Wish};

const MINUTE: Duration = Duration::from_secs(60);

fn group() -> Target {
    Target::Coordinator(CoordinatorKind::Group, "g".into())
}

fn heartbeat(world: &mut World, tag: u64) {
    world.probe.ask(tag, group(), HeartbeatRequest::default(), MINUTE);
    world.wake();
}

#[test]
fn metadata_is_refreshed_when_it_is_old() {
    let mut world = World::new(1, |config| config.idle_timeout = Duration::from_secs(10_000));
    world.start();
    world.run_until(at(900_000));
    assert_eq!(
        world.requested(ApiKey::METADATA),
        [at(0), at(300_000), at(600_000), at(900_000)]
    );
    // Nothing changed, and that is worth telling: some wait for a change.
    assert_eq!(world.probe.snapshots(), 4);
    assert_eq!(world.engine.metadata().revision, 1);
}

#[test]
fn m10_a_broker_that_does_not_answer_is_closed_and_another_one_asked() {
    let mut world = World::new(2, |_| {});
    world.start();
    let asked = broker(1);
    world.silence(asked);
    world.log.clear();
    world.probe.wish(Wish::Refresh);
    world.run_until(at(200));
    world.wake();
    world.run_until(at(32_000));
    let deeds = world.deeds();
    assert!(deeds.contains(&Deed::Closed(asked)), "{deeds:?}");
    assert!(
        deeds.contains(&Deed::Requested(broker(2), ApiKey::METADATA, 13)),
        "{deeds:?}"
    );
}

#[test]
fn m11_without_any_broker_the_bootstrap_servers_are_asked_again() {
    let mut world = World::new(1, |config| config.idle_timeout = Duration::from_secs(10_000));
    // The cluster moved away from the servers that it was found by, and then again.
    world.manners.insert(broker(2), Manner::Answers);
    world.metadata = described([2]);
    world.start();
    world.cut(broker(1));
    world.manners.insert(broker(2), Manner::Refuses);
    world.manners.insert(broker(3), Manner::Answers);
    world.metadata = described([3]);
    world.probe.wish(Wish::Refresh);
    world.wake();
    world.run_until(at(2000));
    assert!(
        world.engine.metadata().brokers.contains_key(&NodeId(3)),
        "{:?}",
        world.log
    );
}

#[test]
fn m12_rebootstrap_required_starts_over_at_once() {
    let mut world = World::new(1, |_| {});
    world.start();
    world.metadata.error_code = ErrorCode::REBOOTSTRAP_REQUIRED.0;
    world.log.clear();
    world.probe.wish(Wish::Refresh);
    world.run_until(at(200));
    world.wake();
    world.metadata.error_code = 0;
    world.run_until(at(1000));
    let deeds = world.deeds();
    assert!(deeds.contains(&Deed::Closed(broker(1))), "{deeds:?}");
    assert!(deeds.contains(&Deed::Connected(broker(1))), "{deeds:?}");
    let asked = deeds
        .iter()
        .filter(|deed| matches!(deed, Deed::Requested(_, ApiKey::METADATA, _)))
        .count();
    assert_eq!(asked, 2, "{deeds:?}");
}

#[test]
fn m14_a_hint_moves_the_leader_at_once() {
    let mut world = World::new(2, |_| {});
    world.metadata.topics = vec![MetadataResponseTopic {
        name: Some("t".to_owned()),
        topic_id: Uuid::from_bytes([1; 16]),
        partitions: vec![MetadataResponsePartition {
            leader_id: 1,
            leader_epoch: 4,
            ..MetadataResponsePartition::default()
        }],
        ..MetadataResponseTopic::default()
    }];
    world.start();
    let hint = |epoch| LeaderHint {
        topic: "t".into(),
        partition: 0,
        leader: NodeId(2),
        epoch,
        endpoint: None,
    };
    world.probe.wish(Wish::Leader(hint(4)));
    world.wake();
    assert_eq!(world.engine.metadata().leader("t", 0), Some((NodeId(1), 4)));
    let snapshots = world.probe.snapshots();
    for _ in 0..3 {
        world.probe.wish(Wish::Leader(hint(5)));
    }
    world.wake();
    assert_eq!(world.engine.metadata().leader("t", 0), Some((NodeId(2), 5)));
    assert_eq!(world.probe.snapshots(), snapshots + 1);
}

#[test]
fn m16_a_coordinator_that_is_none_is_looked_up_again() {
    let mut world = World::new(2, |_| {});
    world.start();
    world.heartbeats.push_back(ErrorCode::NOT_COORDINATOR);
    heartbeat(&mut world, 1);
    let (_, answer) = world.probe.answers().remove(0);
    let response: HeartbeatResponse = answer.outcome.unwrap().decode().unwrap();
    assert_eq!(ErrorCode(response.error_code), ErrorCode::NOT_COORDINATOR);
    assert_eq!(answer.node, Some(NodeId(1)));
    world.coordinator = 2;
    world
        .probe
        .wish(Wish::ForgetCoordinator(CoordinatorKind::Group, "g".into()));
    heartbeat(&mut world, 2);
    let (_, answer) = world.probe.answers().remove(0);
    assert_eq!(answer.node, Some(NodeId(2)));
    assert!(answer.outcome.is_ok());
}

#[test]
fn m17_a_lost_coordinator_is_looked_up_again_at_once() {
    let mut world = World::new(2, |_| {});
    world.start();
    heartbeat(&mut world, 1);
    world.probe.answers();
    world.coordinator = 2;
    world.cut(broker(1));
    heartbeat(&mut world, 2);
    world.run_until(at(300));
    let (_, answer) = world.probe.answers().remove(0);
    assert_eq!((answer.node, answer.outcome.is_ok()), (Some(NodeId(2)), true));
}

#[test]
fn coordinators_of_many_keys_are_looked_up_together() {
    let mut world = World::new(1, |_| {});
    world.start();
    for tag in 0..50 {
        let key: Arc<str> = format!("g{tag}").into();
        let target = Target::Coordinator(CoordinatorKind::Group, key);
        world.probe.ask(tag, target, HeartbeatRequest::default(), MINUTE);
    }
    world.wake();
    assert_eq!(world.probe.answers().len(), 50);
    assert_eq!(world.requested(ApiKey::FIND_COORDINATOR).len(), 1);
}

#[test]
fn m19_many_wishes_are_one_request_and_later_ones_are_spaced() {
    let mut world = World::new(1, |config| config.idle_timeout = Duration::from_secs(10_000));
    world.start();
    world.run_until(at(10_000));
    world.log.clear();
    for turn in 0..500 {
        world.probe.wish(Wish::Refresh);
        world.wake();
        world.run_until(at(10_000 + 10 * (turn + 1)));
    }
    let asked = world.requested(ApiKey::METADATA);
    assert!(
        (5..=14).contains(&asked.len()),
        "{} requests in five seconds",
        asked.len()
    );
    for pair in asked.windows(2) {
        assert!(pair[1].since(pair[0]) >= Duration::from_millis(80));
    }
}

#[test]
fn a_topic_that_nobody_asked_for_yet_need_not_wait() {
    let mut world = World::new(1, |_| {});
    world.probe.care_for(&[]);
    world.start();
    // The next refresh, by age, asks for no topic.
    world.run_until(at(300_005));
    world.log.clear();
    let wish = |world: &mut World, topics: &[&str]| {
        world.probe.care_for(topics);
        world.probe.wish(Wish::Refresh);
        world.wake();
        world.requested(ApiKey::METADATA).len()
    };
    assert_eq!(wish(&mut world, &["a"]), 1);
    assert_eq!(wish(&mut world, &["a", "b"]), 2);
    // The brokers do not know them: asking again has to wait.
    assert_eq!(wish(&mut world, &["a", "b"]), 2);
    assert_eq!(wish(&mut world, &["b"]), 2);
}

#[test]
fn asks_wait_for_the_first_metadata() {
    let mut world = World::new(1, |_| {});
    world.manners.insert(broker(1), Manner::Refuses);
    world.start();
    world
        .probe
        .ask(1, Target::Controller, HeartbeatRequest::default(), MINUTE);
    world.wake();
    world.run_until(at(1000));
    assert!(world.probe.answers().is_empty());
    world.manners.insert(broker(1), Manner::Answers);
    world.run_until(at(4000));
    assert!(world.probe.answers().remove(0).1.outcome.is_ok());
}
