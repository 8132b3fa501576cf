//! Leaders that move, connections that break: the same bytes again, in order.

use std::time::Duration;

use protocol::ErrorCode;
use protocol::messages::produce::LeaderIdAndEpoch;

use super::world::{World, accepted, broken, failed, outcome, refused, written};
use crate::cluster::NodeId;
use crate::config::ProducerConfig;
use crate::produce::{Fate, ProduceError};

fn world() -> World {
    World::new(ProducerConfig::default(), 2)
}

#[test]
fn p1_not_leader_resends_the_same_bytes_to_the_new_leader() {
    for code in [
        ErrorCode::NOT_LEADER_OR_FOLLOWER,
        ErrorCode::FENCED_LEADER_EPOCH,
        ErrorCode::UNKNOWN_LEADER_EPOCH,
    ] {
        let mut world = world();
        let delivery = world.batch(0, "a");
        let first = world.request();
        assert_eq!(first.node, NodeId(0));
        let refreshes = world.refreshes;
        world.refuse(&first, code);
        assert!(world.refreshes > refreshes, "{code}");
        world.assert_quiet();
        world.lead(vec![Some(2), Some(1)]);
        let second = world.request();
        assert_eq!(second.node, NodeId(2), "at once: there is a new leader to try");
        assert_eq!(second.bytes(), first.bytes());
        world.acknowledge(&second, 7);
        assert_eq!((written(&delivery).partition, written(&delivery).offset), (0, 7));
    }
}

#[test]
fn p1_what_waits_at_a_broker_that_hangs_moves_with_its_leader() {
    let config = ProducerConfig {
        max_in_flight: 1,
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 3);
    let _hangs = world.batch(0, "a");
    assert_eq!(world.request().node, NodeId(0));
    let waits = world.batch(2, "b");
    world.assert_quiet();
    world.lead(vec![Some(0), Some(1), Some(1)]);
    let request = world.request();
    assert_eq!((request.node, request.partitions()), (NodeId(1), vec![2]));
    world.acknowledge(&request, 0);
    assert_eq!(written(&waits).offset, 0);
}

#[test]
fn p1_a_leader_named_in_the_answer_is_passed_on() {
    let mut world = world();
    let _delivery = world.batch(0, "a");
    let first = world.request();
    world.answer(&first, |index| {
        let mut response = refused(index, ErrorCode::NOT_LEADER_OR_FOLLOWER);
        response.current_leader = LeaderIdAndEpoch {
            leader_id: 2,
            leader_epoch: 9,
        };
        response
    });
    let [hint] = world.hints.as_slice() else {
        panic!("one hint: {:?}", world.hints)
    };
    assert_eq!((hint.leader, hint.epoch, hint.partition), (NodeId(2), 9, 0));
    // The old leader has nothing more to say; the new one is tried as soon as it is in force.
    world.assert_quiet();
    world.lead(vec![Some(2), Some(1)]);
    let second = world.request();
    assert_eq!((second.node, second.at), (NodeId(2), first.at));
    assert_eq!(second.bytes(), first.bytes());
}

#[test]
fn p1_an_old_leader_named_in_the_answer_is_not() {
    let mut world = world();
    let _delivery = world.batch(0, "a");
    let first = world.request();
    world.answer(&first, |index| {
        let mut response = refused(index, ErrorCode::NOT_LEADER_OR_FOLLOWER);
        response.current_leader = LeaderIdAndEpoch {
            leader_id: 2,
            leader_epoch: 0,
        };
        response
    });
    assert!(world.hints.is_empty());
    world.assert_quiet();
    world.after_backoff();
    assert_eq!(world.request().bytes(), first.bytes());
}

#[test]
fn p2_with_five_in_flight_nothing_overtakes_when_the_leader_moves() {
    let mut world = world();
    world.introduce();
    let deliveries: Vec<_> = (1..8).map(|n| world.batch(0, &n.to_string())).collect();
    let sent: Vec<_> = (0..5).map(|_| world.request()).collect();
    world.assert_quiet();
    assert_eq!(
        sent.iter().map(|s| s.stamp().1).collect::<Vec<_>>(),
        [1, 2, 3, 4, 5]
    );
    world.acknowledge(&sent[0], 1);
    // The sixth takes its place; then the leader moves.
    let sixth = world.request();
    world.refuse(&sent[1], ErrorCode::NOT_LEADER_OR_FOLLOWER);
    world.lead(vec![Some(2), Some(1)]);
    world.assert_quiet();
    for request in &sent[2..] {
        world.refuse(request, ErrorCode::NOT_LEADER_OR_FOLLOWER);
        world.assert_quiet();
    }
    world.refuse(&sixth, ErrorCode::NOT_LEADER_OR_FOLLOWER);
    world.after_backoff();
    let again: Vec<_> = (0..5).map(|_| world.request()).collect();
    assert!(again.iter().all(|request| request.node == NodeId(2)));
    assert_eq!(
        again.iter().map(|s| s.stamp().1).collect::<Vec<_>>(),
        [2, 3, 4, 5, 6]
    );
    assert_eq!(again[0].bytes(), sent[1].bytes());
    for (offset, request) in (2..).zip(&again) {
        world.acknowledge(request, offset);
    }
    let last = world.request();
    assert_eq!(last.stamp().1, 7);
    world.acknowledge(&last, 7);
    let offsets: Vec<_> = deliveries
        .iter()
        .map(|delivery| written(delivery).offset)
        .collect();
    assert_eq!(offsets, [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn p3_a_lost_response_is_resent_identically() {
    let mut world = world();
    let delivery = world.batch(0, "a");
    let first = world.request();
    world.lose(&first);
    world.assert_quiet();
    world.after_backoff();
    let second = world.request();
    assert_eq!(second.bytes(), first.bytes());
    assert!(second.at > first.at, "after a pause");
    world.acknowledge(&second, 3);
    assert_eq!(written(&delivery).offset, 3);
}

#[test]
fn p3_a_request_that_never_left_is_resent_too_and_pauses_grow() {
    let mut world = world();
    let delivery = world.batch(0, "a");
    let mut pauses = Vec::new();
    for _ in 0..4 {
        let request = world.request();
        let at = world.now();
        let lost = request.tag;
        world.outcome(lost, Err(broken(false)));
        while world.requests.is_empty() {
            world.advance(Duration::from_millis(1));
        }
        pauses.push(world.now().since(at).as_millis());
    }
    for (pause, expected) in pauses.iter().zip([100, 200, 400, 800]) {
        assert!(
            (expected * 8 / 10..=expected * 12 / 10 + 1).contains(pause),
            "{pauses:?}"
        );
    }
    assert!(delivery.outcome().is_none());
}

#[test]
fn p4_a_duplicate_is_a_success_of_unknown_offset() {
    let mut world = world();
    let delivery = world.batch(0, "a");
    let first = world.request();
    world.refuse(&first, ErrorCode::DUPLICATE_SEQUENCE_NUMBER);
    assert_eq!(written(&delivery).offset, -1);
    world.assert_quiet();
}

#[test]
fn p5_out_of_order_behind_the_first_waits_for_it() {
    let mut world = world();
    world.introduce();
    let deliveries = [world.batch(0, "a"), world.batch(0, "b")];
    let (first, second) = (world.request(), world.request());
    world.refuse(&first, ErrorCode::NOT_ENOUGH_REPLICAS);
    world.refuse(&second, ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER);
    world.after_backoff();
    let again = [world.request(), world.request()];
    assert_eq!(again[0].bytes(), first.bytes());
    assert_eq!(again[1].bytes(), second.bytes());
    world.acknowledge(&again[0], 0);
    world.acknowledge(&again[1], 1);
    assert_eq!(deliveries.map(|delivery| written(&delivery).offset), [0, 1]);
}

#[test]
fn p16_p21_errors_that_pass_are_retried_with_the_same_bytes() {
    for code in [
        ErrorCode::NOT_ENOUGH_REPLICAS,
        ErrorCode::KAFKA_STORAGE_ERROR,
        ErrorCode::CORRUPT_MESSAGE,
        ErrorCode::NETWORK_EXCEPTION,
    ] {
        let mut world = world();
        let delivery = world.batch(0, "a");
        let first = world.request();
        world.refuse(&first, code);
        world.after_backoff();
        let second = world.request();
        assert_eq!(second.bytes(), first.bytes(), "{code}");
        world.acknowledge(&second, 0);
        assert_eq!(written(&delivery).offset, 0);
    }
}

#[test]
fn p17_what_may_have_been_appended_stays_so() {
    for (code, fate) in [
        (ErrorCode::NOT_ENOUGH_REPLICAS, Fate::NotWritten),
        (ErrorCode::NOT_ENOUGH_REPLICAS_AFTER_APPEND, Fate::MaybeWritten),
        (ErrorCode::REQUEST_TIMED_OUT, Fate::MaybeWritten),
    ] {
        let mut world = world();
        let delivery = world.batch(0, "a");
        while delivery.outcome().is_none() {
            match world.requests.pop_front() {
                Some(request) => world.refuse(&request, code),
                None => world.advance(Duration::from_millis(500)),
            }
        }
        let error = failed(&delivery);
        assert!(
            matches!(error, ProduceError::DeliveryTimeout { last: Some(_), .. }),
            "{error:?}"
        );
        assert_eq!(error.fate(), fate, "{code}");
        assert!(world.now().since_start() >= Duration::from_secs(120));
    }
}

#[test]
fn p24_what_the_answer_lacks_is_asked_again_and_what_it_repeats_is_ignored() {
    let mut world = world();
    world.lead(vec![Some(0), Some(0)]);
    let producer = world.producer();
    let deliveries = [0, 1].map(|partition| {
        producer
            .try_send(crate::produce::Record::to("t").partition(partition).value("v"))
            .expect("room for a record")
    });
    world.seal();
    let request = world.request();
    assert_eq!(request.partitions(), [0, 1]);
    let mut response = request.response(|index| accepted(index, 5));
    let partitions = &mut response.responses[0].partition_responses;
    partitions.remove(1);
    partitions.push(accepted(0, 99));
    partitions.push(accepted(77, 1));
    partitions.push(refused(-1, ErrorCode::UNKNOWN_SERVER_ERROR));
    world.respond(&request, &response);
    assert_eq!(written(&deliveries[0]).offset, 5, "the first answer counts");
    assert!(deliveries[1].outcome().is_none());
    world.after_backoff();
    let again = world.request();
    assert_eq!(again.partitions(), [1]);
    world.acknowledge(&again, 8);
    assert_eq!(written(&deliveries[1]).offset, 8);
}

#[test]
fn an_answer_that_cannot_be_read_is_as_good_as_lost() {
    let mut world = world();
    let delivery = world.batch(0, "a");
    let first = world.request();
    let reply = crate::connection::Reply {
        key: protocol::ApiKey::PRODUCE,
        version: first.version,
        body: bytes::Bytes::from_static(&[0xff; 3]),
    };
    world.outcome(first.tag, Ok(reply));
    world.after_backoff();
    let second = world.request();
    assert_eq!(second.bytes(), first.bytes());
    world.acknowledge(&second, 0);
    assert!(outcome(&delivery).is_ok());
}

#[test]
fn an_offset_that_cannot_be_does_no_harm() {
    let mut world = world();
    let deliveries =
        ["a", "b", "c"].map(|v| world.send(crate::produce::Record::to("t").partition(0).value(v)));
    world.seal();
    let request = world.request();
    world.acknowledge(&request, i64::MAX - 1);
    for delivery in &deliveries {
        assert!(written(delivery).offset >= i64::MAX - 1);
    }
}

#[test]
fn a_batch_is_not_outrun_by_more_than_the_broker_remembers() {
    let mut world = World::new(ProducerConfig::default(), 1);
    world.introduce();
    let first = world.batch(0, "1");
    let lost = world.request();
    // The second one is still waiting for the connection when the first one's answer is lost: it leaves before it.
    let _second = world.batch(0, "2");
    let second = world.request();
    world.lose(&lost);
    world.acknowledge(&second, 2);
    world.after_backoff();
    let again = world.request();
    assert_eq!(again.bytes(), lost.bytes());
    let _others: Vec<_> = ["3", "4", "5", "6"].map(|value| world.batch(0, value)).into();
    for sequence in 3..=5 {
        let request = world.request();
        assert_eq!(request.stamp(), (0, sequence));
        world.acknowledge(&request, sequence.into());
    }
    // The broker has 2 to 5, and remembers 1 before them; 6 would make it forget.
    world.assert_quiet();
    world.acknowledge(&again, 1);
    assert_eq!(world.request().stamp(), (0, 6));
    assert_eq!(written(&first).offset, 1);
}
