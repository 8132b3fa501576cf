use std::sync::Arc;
use std::time::Duration;

use protocol::messages::find_coordinator::{Coordinator, FindCoordinatorResponse};
use protocol::messages::metadata::{
    MetadataResponse, MetadataResponseBroker, MetadataResponsePartition, MetadataResponseTopic,
};
use protocol::{ErrorCode, Uuid};

use super::*;
use crate::time::{Backoff, Moment};

fn at(millis: u64) -> Moment {
    Moment::after_start(Duration::from_millis(millis))
}

fn broker(id: i32, host: &str) -> MetadataResponseBroker {
    MetadataResponseBroker {
        node_id: id,
        host: host.to_owned(),
        port: 9092,
        rack: None,
    }
}

fn partition(index: i32, leader: i32, epoch: i32) -> MetadataResponsePartition {
    MetadataResponsePartition {
        partition_index: index,
        leader_id: leader,
        leader_epoch: epoch,
        ..MetadataResponsePartition::default()
    }
}

fn topic(name: &str, id: u8, partitions: Vec<MetadataResponsePartition>) -> MetadataResponseTopic {
    MetadataResponseTopic {
        name: Some(name.to_owned()),
        topic_id: Uuid::from_bytes([id; 16]),
        partitions,
        ..MetadataResponseTopic::default()
    }
}

fn cluster(id: &str, topics: Vec<MetadataResponseTopic>) -> MetadataResponse {
    MetadataResponse {
        cluster_id: Some(id.to_owned()),
        controller_id: 1,
        brokers: vec![broker(1, "b1"), broker(2, "b2"), broker(3, "b3")],
        topics,
        ..MetadataResponse::default()
    }
}

fn learn(known: &Metadata, response: MetadataResponse) -> Metadata {
    known.updated(response, &Scope::All, |_| true)
}

#[test]
fn m1_an_older_leader_epoch_is_ignored() {
    let known = learn(
        &Metadata::default(),
        cluster("c", vec![topic("t", 1, vec![partition(0, 2, 7)])]),
    );
    let older = learn(
        &known,
        cluster("c", vec![topic("t", 1, vec![partition(0, 1, 6)])]),
    );
    assert_eq!(older.leader("t", 0), Some((NodeId(2), 7)));
    assert!(
        Arc::ptr_eq(known.topic("t").unwrap(), older.topic("t").unwrap()),
        "what did not change is shared"
    );
    let newer = learn(
        &older,
        cluster("c", vec![topic("t", 1, vec![partition(0, 3, 8)])]),
    );
    assert_eq!(newer.leader("t", 0), Some((NodeId(3), 8)));
    // Brokers before 2.1 count no epochs.
    let uncounted = learn(
        &newer,
        cluster("c", vec![topic("t", 1, vec![partition(0, 1, -1)])]),
    );
    assert_eq!(uncounted.leader("t", 0), Some((NodeId(1), -1)));
}

#[test]
fn m2_another_topic_id_is_another_topic() {
    let known = learn(
        &Metadata::default(),
        cluster("c", vec![topic("t", 1, vec![partition(0, 2, 7)])]),
    );
    let created = learn(
        &known,
        cluster("c", vec![topic("t", 2, vec![partition(0, 1, 0)])]),
    );
    assert_eq!(created.leader("t", 0), Some((NodeId(1), 0)));
    assert!(created.topic_by_id(Uuid::from_bytes([1; 16])).is_none());
    assert_eq!(
        created
            .topic_by_id(Uuid::from_bytes([2; 16]))
            .unwrap()
            .name
            .as_ref(),
        "t"
    );
}

#[test]
fn m6_a_topic_that_may_not_be_seen_concerns_only_itself() {
    let denied = MetadataResponseTopic {
        error_code: ErrorCode::TOPIC_AUTHORIZATION_FAILED.0,
        ..topic("secret", 0, Vec::new())
    };
    let known = learn(
        &Metadata::default(),
        cluster("c", vec![denied, topic("t", 1, vec![partition(0, 1, 0)])]),
    );
    assert_eq!(
        known.topic("secret").unwrap().error,
        Some(ErrorCode::TOPIC_AUTHORIZATION_FAILED)
    );
    assert_eq!(known.topic("t").unwrap().error, None);
    assert!(known.leader("t", 0).is_some());
}

#[test]
fn m8_holes_and_impossible_partitions() {
    let odd = vec![partition(3, 1, 0), partition(-5, 1, 0), partition(i32::MAX, 1, 0)];
    let known = learn(&Metadata::default(), cluster("c", vec![topic("t", 1, odd)]));
    assert_eq!(known.topic("t").unwrap().partitions.len(), 4);
    assert_eq!(
        (known.leader("t", 0), known.leader("t", 3)),
        (None, Some((NodeId(1), 0)))
    );
    for beyond in [-1, 4, i32::MAX] {
        assert!(known.partition("t", beyond).is_none());
    }
    let fewer = learn(
        &known,
        cluster("c", vec![topic("t", 1, vec![partition(0, 1, 0)])]),
    );
    assert_eq!(fewer.topic("t").unwrap().partitions.len(), 1);
}

#[test]
fn m9_impossible_brokers_are_ignored() {
    let mut response = cluster("c", Vec::new());
    response
        .brokers
        .extend([broker(-1, "b"), broker(4, ""), broker(1, "again")]);
    response.brokers.push(MetadataResponseBroker {
        port: 70_000,
        ..broker(5, "b5")
    });
    response.brokers.push(MetadataResponseBroker {
        port: -1,
        ..broker(6, "b6")
    });
    response.controller_id = -1;
    let known = learn(&Metadata::default(), response);
    let ids: Vec<i32> = known.brokers.keys().map(|node| node.0).collect();
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(known.brokers[&NodeId(1)].host, "b1");
    assert_eq!(known.controller, None);
}

#[test]
fn m13_of_another_cluster_nothing_old_counts() {
    let known = learn(
        &Metadata::default(),
        cluster("c", vec![topic("t", 1, vec![partition(0, 2, 7)])]),
    );
    let other = known.updated(
        cluster("d", vec![topic("u", 1, vec![partition(0, 1, 0)])]),
        &Scope::These([Arc::from("u")].into()),
        |_| true,
    );
    assert!(other.topic("t").is_none());
    assert_eq!(other.leader("u", 0), Some((NodeId(1), 0)));
}

#[test]
fn m14_only_a_newer_hint_moves_a_leader() {
    let mut known = learn(
        &Metadata::default(),
        cluster("c", vec![topic("t", 1, vec![partition(0, 2, 7)])]),
    );
    for epoch in [6, 7] {
        assert!(!known.set_leader("t", 0, NodeId(3), epoch, None));
    }
    assert!(
        !known.set_leader("t", 0, NodeId(9), 8, None),
        "nobody knows where it listens"
    );
    assert!(
        !known.set_leader("t", 1, NodeId(3), 8, None),
        "there is no such partition"
    );
    assert!(!known.set_leader("u", 0, NodeId(3), 8, None));
    assert!(known.set_leader("t", 0, NodeId(3), 8, None));
    let endpoint = Broker {
        id: NodeId(9),
        host: "b9".to_owned(),
        port: 1,
        rack: None,
    };
    assert!(known.set_leader("t", 0, NodeId(9), 9, Some(&endpoint)));
    assert_eq!(known.leader("t", 0), Some((NodeId(9), 9)));
    assert_eq!(known.brokers[&NodeId(9)].host, "b9");
}

#[test]
fn topics_outside_of_a_question_stay_while_somebody_cares() {
    let all = vec![
        topic("a", 1, Vec::new()),
        topic("b", 2, Vec::new()),
        topic("c", 3, Vec::new()),
    ];
    let known = learn(&Metadata::default(), cluster("c", all));
    let scope = Scope::These([Arc::from("a")].into());
    let next = known.updated(cluster("c", Vec::new()), &scope, |name| name == "b");
    let names: Vec<&str> = next.topics.keys().map(AsRef::as_ref).collect();
    assert_eq!(
        names,
        ["b"],
        "a was asked for and is not there, nobody cares for c"
    );
}

fn refresh() -> (Refresh, fastrand::Rng) {
    let backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(1));
    let age = Duration::from_secs(300);
    (
        Refresh::new(age, Some(Duration::from_secs(300)), backoff),
        fastrand::Rng::with_seed(3),
    )
}

#[test]
fn m11_the_timer_runs_from_the_first_failure() {
    let (mut refresh, mut rng) = refresh();
    assert!(refresh.start(at(0), &mut rng));
    refresh.handle_success(at(10), true);
    let mut now = at(300_010);
    assert!(refresh.start(now, &mut rng), "it is too old");
    refresh.handle_failure(now);
    let first = now;
    while now.since(first) < Duration::from_secs(297) {
        now = now + Duration::from_secs(2);
        assert!(!refresh.rebootstrap(now), "{now:?}");
        assert!(refresh.start(now, &mut rng));
        refresh.handle_failure(now);
    }
    assert!(!refresh.rebootstrap(first + Duration::from_millis(299_999)));
    assert!(refresh.rebootstrap(first + Duration::from_secs(300)));
    assert!(!refresh.rebootstrap(first + Duration::from_secs(301)), "once");
}

#[test]
fn m19_refreshes_are_spaced_and_never_two_at_once() {
    let (mut refresh, mut rng) = refresh();
    assert!(refresh.start(at(0), &mut rng));
    for _ in 0..10 {
        refresh.want();
        assert!(!refresh.start(at(5000), &mut rng), "one is on its way");
    }
    assert_eq!(refresh.next_deadline(), None);
    refresh.handle_failure(at(5000));
    let mut now = at(5000);
    let mut starts = Vec::new();
    while starts.len() < 7 {
        refresh.want();
        if refresh.start(now, &mut rng) {
            starts.push(now);
            refresh.handle_failure(now);
        } else {
            now = refresh.next_deadline().unwrap();
        }
    }
    for (pair, expected) in starts.windows(2).zip([200u128, 400, 800, 1000, 1000, 1000]) {
        let pause = pair[1].since(pair[0]).as_millis();
        assert!(
            (expected * 8 / 10..=expected * 12 / 10).contains(&pause),
            "{pause} for {expected}"
        );
    }
}

fn coordinators() -> (Coordinators, fastrand::Rng) {
    let backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(1));
    (Coordinators::new(backoff), fastrand::Rng::with_seed(3))
}

fn named(key: &str, node: i32, code: ErrorCode) -> Coordinator {
    Coordinator {
        key: key.to_owned(),
        node_id: node,
        host: "b1".to_owned(),
        port: 9092,
        error_code: code.0,
        error_message: None,
    }
}

const GROUP: CoordinatorKind = CoordinatorKind::Group;

#[test]
fn m15_a_coordinator_that_is_not_available_is_asked_for_again() {
    let (mut coordinators, mut rng) = coordinators();
    let keys = [Arc::from("a"), Arc::from("b"), Arc::from("c")];
    for key in &keys {
        coordinators.want(at(0), GROUP, key);
    }
    let request = coordinators.poll_request(at(0)).unwrap();
    assert_eq!(request.keys, keys, "all at once");
    assert!(
        coordinators.poll_request(at(0)).is_none(),
        "one request at a time"
    );
    let response = FindCoordinatorResponse {
        coordinators: vec![
            named("a", 1, ErrorCode::NONE),
            named("b", -1, ErrorCode::COORDINATOR_NOT_AVAILABLE),
            named("c", -1, ErrorCode::GROUP_AUTHORIZATION_FAILED),
        ],
        ..FindCoordinatorResponse::default()
    };
    let found = coordinators.handle_reply(at(5), &mut rng, GROUP, 4, response);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].outcome.as_ref().unwrap().id, NodeId(1));
    assert_eq!(
        found[1].outcome.as_ref().unwrap_err().code,
        ErrorCode::GROUP_AUTHORIZATION_FAILED
    );
    assert_eq!(coordinators.known(GROUP, &keys[0]), Some(NodeId(1)));
    let again = coordinators.next_deadline().unwrap();
    assert!((at(85)..=at(125)).contains(&again), "{again:?}");
    assert!(coordinators.poll_request(at(84)).is_none());
    assert_eq!(coordinators.poll_request(again).unwrap().keys, [Arc::from("b")]);
    assert_eq!(
        coordinators.last_error(GROUP, "b").unwrap().code,
        ErrorCode::COORDINATOR_NOT_AVAILABLE
    );
}

#[test]
fn m17_keys_of_a_lost_broker_are_looked_up_again() {
    let (mut coordinators, mut rng) = coordinators();
    let key: Arc<str> = Arc::from("a");
    coordinators.want(at(0), GROUP, &key);
    coordinators.poll_request(at(0)).unwrap();
    let response = FindCoordinatorResponse {
        coordinators: vec![named("a", 1, ErrorCode::NONE)],
        ..FindCoordinatorResponse::default()
    };
    coordinators.handle_reply(at(1), &mut rng, GROUP, 4, response);
    coordinators.forget_node(NodeId(2));
    assert!(coordinators.known(GROUP, &key).is_some());
    coordinators.forget_node(NodeId(1));
    assert!(coordinators.known(GROUP, &key).is_none());
    coordinators.want(at(2), GROUP, &key);
    assert!(coordinators.poll_request(at(2)).is_some(), "at once");
}

#[test]
fn m18_before_version_4_one_key_a_request() {
    let (mut coordinators, mut rng) = coordinators();
    let keys: [Arc<str>; 3] = [Arc::from("a"), Arc::from("b"), Arc::from("c")];
    for key in &keys {
        coordinators.want(at(0), GROUP, key);
    }
    for key in &keys {
        let request = coordinators.poll_request(at(1)).unwrap();
        assert_eq!(request.request(3).key, **key);
        assert_eq!(request.request(3).coordinator_keys, Vec::<String>::new());
        let response = FindCoordinatorResponse {
            node_id: 2,
            host: "b2".to_owned(),
            port: 9092,
            ..FindCoordinatorResponse::default()
        };
        let found = coordinators.handle_reply(at(1), &mut rng, GROUP, 3, response);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].key, *key);
    }
    assert!(coordinators.poll_request(at(1)).is_none());
}
