use std::time::Duration;

use protocol::ErrorCode;
use protocol::messages::fetch::{FetchRequest, FetchResponse, NodeEndpoint};

use super::super::Command;
use super::world::{World, batch, data, failed, is_waiting, join, tp, wanted};
use crate::cluster::{NodeId, Partition, Target};
use crate::consume::StartAt;
use crate::machine::Machine;
use crate::script::cut_off;

const FROM_START: StartAt = StartAt::Offset(0);

#[test]
fn drained_partitions_wait_in_a_session_on_a_lane_of_their_own() {
    let mut world = World::assigned(&[(0, FROM_START), (3, FROM_START)], |_| {});
    let (first, request) = world.next::<FetchRequest>();
    assert_eq!((request.max_wait_ms, request.session_epoch), (0, -1));
    assert!(!is_waiting(&first));
    // Two fetches are under way over disjoint partitions of the same broker.
    let (second, request) = world.next::<FetchRequest>();
    assert_eq!(wanted(&request), [(3, 0)]);
    world.fetched(&first, vec![data(0, 2, batch(0, 2, 5))]);
    let (waiting, request) = world.next::<FetchRequest>();
    assert!(is_waiting(&waiting));
    assert_eq!(
        (request.max_wait_ms, request.session_id, request.session_epoch),
        (500, 0, 0)
    );
    assert_eq!(wanted(&request), [(0, 2)]);
    assert_eq!(world.ask(), "t-0: 0 1");

    // What drains while the session's fetch waits, waits beside it for the rest of the time.
    world.pass(Duration::from_millis(100));
    world.fetched(&second, vec![data(3, 0, join(&[]))]);
    let (beside, request) = world.next::<FetchRequest>();
    assert!(!is_waiting(&beside));
    assert_eq!((request.max_wait_ms, wanted(&request)), (400, vec![(3, 0)]));
    world.fetched_in(&waiting, 9, vec![data(0, 3, batch(2, 1, 5))]);
    world.fetched(&beside, vec![data(3, 0, join(&[]))]);
    let (_, request) = world.next::<FetchRequest>();
    assert_eq!((request.session_id, request.session_epoch), (9, 1));
    assert_eq!(wanted(&request), [(0, 3)]);
}

#[test]
fn f8_a_session_that_the_broker_forgot_is_opened_anew() {
    let mut world = World::assigned(&[(0, FROM_START)], |_| {});
    world.feed(join(&[]), 0);
    let (ask, _) = world.next::<FetchRequest>();
    world.fetched_in(&ask, 7, vec![data(0, 0, join(&[]))]);
    for code in [
        ErrorCode::FETCH_SESSION_ID_NOT_FOUND,
        ErrorCode::INVALID_FETCH_SESSION_EPOCH,
        ErrorCode::FETCH_SESSION_TOPIC_ID_ERROR,
    ] {
        let (ask, request) = world.next::<FetchRequest>();
        assert_eq!((request.session_id, request.session_epoch), (7, 1));
        world.reply(
            &ask,
            &FetchResponse {
                error_code: code.0,
                ..FetchResponse::default()
            },
        );
        let (ask, request) = world.next::<FetchRequest>();
        assert_eq!((request.session_id, request.session_epoch), (0, 0));
        assert_eq!(wanted(&request), [(0, 0)]);
        assert_eq!(world.ask(), "nothing");
        world.fetched_in(&ask, 7, vec![data(0, 0, join(&[]))]);
    }
}

#[test]
fn f10_partitions_that_were_not_asked_for_are_ignored() {
    let mut world = World::assigned(&[(0, FROM_START)], |_| {});
    let (ask, _) = world.next::<FetchRequest>();
    world.fetched(
        &ask,
        vec![
            data(3, 9, batch(0, 3, 5)),
            data(0, 1, batch(0, 1, 5)),
            data(0, 1, batch(0, 1, 5)),
        ],
    );
    assert_eq!(world.ask(), "t-0: 0");
    assert_eq!(world.ask(), "nothing");
}

#[test]
fn f12_a_full_answer_without_its_partitions_opens_no_session() {
    let mut world = World::assigned(&[(0, FROM_START)], |_| {});
    world.feed(join(&[]), 0);
    let (ask, _) = world.next::<FetchRequest>();
    world.reply(
        &ask,
        &FetchResponse {
            session_id: 7,
            throttle_time_ms: 50,
            ..FetchResponse::default()
        },
    );
    let (_, request) = world.next::<FetchRequest>();
    assert_eq!((request.session_id, request.session_epoch), (0, 0));
}

#[test]
fn f14_a_replica_nearby_is_read_until_it_fails() {
    let mut world = World::assigned(&[(0, FROM_START)], |config| {
        config.client_rack = Some("r2".to_owned())
    });
    let (ask, request) = world.next::<FetchRequest>();
    assert_eq!(request.rack_id, "r2");
    assert_eq!(ask.target, Target::Node(NodeId(1)));
    let mut redirect = data(0, 10, join(&[]));
    redirect.preferred_read_replica = 2;
    world.fetched(&ask, vec![redirect]);
    let (ask, _) = world.next::<FetchRequest>();
    assert_eq!(ask.target, Target::Node(NodeId(2)));
    // The follower is behind: the position stays.
    world.fetched(&ask, vec![data(0, 4, batch(0, 4, 5))]);
    assert_eq!(world.ask(), "t-0: 0 1 2 3");
    let (ask, request) = world.next::<FetchRequest>();
    assert_eq!(
        (ask.target.clone(), wanted(&request)),
        (Target::Node(NodeId(2)), vec![(0, 4)])
    );
    world.fetched(&ask, vec![failed(0, ErrorCode::OFFSET_NOT_AVAILABLE)]);
    world.pass(Duration::from_millis(130));
    let (ask, request) = world.next::<FetchRequest>();
    assert_eq!(
        (ask.target, wanted(&request)),
        (Target::Node(NodeId(1)), vec![(0, 4)])
    );
}

#[test]
fn f14_a_replica_nearby_is_given_up_with_age() {
    let mut world = World::assigned(&[(0, FROM_START)], |_| {});
    let (ask, _) = world.next::<FetchRequest>();
    let mut redirect = data(0, 10, join(&[]));
    redirect.preferred_read_replica = 2;
    world.fetched(&ask, vec![redirect]);
    let (ask, _) = world.next::<FetchRequest>();
    world.pass(Duration::from_secs(301));
    world.fetched(&ask, vec![data(0, 4, batch(0, 4, 5))]);
    assert_eq!(world.next::<FetchRequest>().0.target, Target::Node(NodeId(1)));
}

#[test]
fn f1_a_follower_that_does_not_have_the_offset_sends_back_to_the_leader() {
    let mut world = World::assigned(&[(0, StartAt::Offset(7))], |_| {});
    let (ask, _) = world.next::<FetchRequest>();
    let mut redirect = data(0, 10, join(&[]));
    redirect.preferred_read_replica = 2;
    world.fetched(&ask, vec![redirect]);
    let (ask, _) = world.next::<FetchRequest>();
    world.fetched(&ask, vec![failed(0, ErrorCode::OFFSET_OUT_OF_RANGE)]);
    let (ask, request) = world.next::<FetchRequest>();
    assert_eq!(
        (ask.target, wanted(&request)),
        (Target::Node(NodeId(1)), vec![(0, 7)])
    );
    assert_eq!(world.ask(), "nothing");
}

#[test]
fn f16_a_batch_larger_than_the_limit_is_asked_for_as_a_whole() {
    let mut world = World::assigned(&[(0, FROM_START)], |config| {
        config.max_partition_fetch_bytes = 100
    });
    let whole = batch(0, 50, 5);
    world.feed(whole.slice(..100), 50);
    let (ask, request) = world.next::<FetchRequest>();
    let asked = request.topics[0].partitions[0].partition_max_bytes;
    assert_eq!(usize::try_from(asked).unwrap(), whole.len());
    world.fetched(&ask, vec![data(0, 50, whole)]);
    assert!(world.ask().starts_with("t-0: 0 1 2"));
    let (_, request) = world.next::<FetchRequest>();
    assert_eq!(request.topics[0].partitions[0].partition_max_bytes, 100);
}

#[test]
fn f15_a_cut_batch_at_the_end_is_fetched_again() {
    let mut world = World::assigned(&[(0, FROM_START)], |_| {});
    let second = batch(2, 3, 5);
    world.feed(join(&[batch(0, 2, 5), second.slice(..second.len() - 1)]), 5);
    assert_eq!(world.ask(), "t-0: 0 1");
    let (ask, request) = world.next::<FetchRequest>();
    assert_eq!(wanted(&request), [(0, 2)]);
    world.fetched(&ask, vec![data(0, 5, second)]);
    assert_eq!(world.ask(), "t-0: 2 3 4");
}

#[test]
fn f30_what_an_old_leader_brings_after_a_move_is_dropped() {
    let mut world = World::assigned(&[(0, FROM_START)], |_| {});
    let (late, _) = world.next::<FetchRequest>();
    move_leader(&mut world, 0, 2, 6);
    world.fetched(&late, vec![data(0, 4, batch(0, 4, 5))]);
    assert_eq!(world.ask(), "nothing");
    let (ask, request) = world.next::<FetchRequest>();
    assert_eq!(
        (ask.target, wanted(&request)),
        (Target::Node(NodeId(2)), vec![(0, 0)])
    );
    assert_eq!(request.topics[0].partitions[0].current_leader_epoch, 6);
}

#[test]
fn f31_a_seek_drops_what_lies_ready_and_what_is_under_way() {
    let mut world = World::assigned(&[(0, FROM_START)], |config| config.max_poll_records = 2);
    world.feed(batch(0, 6, 5), 12);
    assert_eq!(world.ask(), "t-0: 0 1");
    let (late, _) = world.next::<FetchRequest>();
    assert_eq!(world.seek(0, 9), Some(Ok(())));
    world.fetched(&late, vec![data(0, 12, batch(6, 6, 5))]);
    assert_eq!(world.ask(), "nothing");
    let (ask, request) = world.next::<FetchRequest>();
    assert_eq!(wanted(&request), [(0, 9)]);
    // The batch begins before the place that was sought (F23).
    world.fetched(&ask, vec![data(0, 12, batch(6, 6, 5))]);
    assert_eq!(world.ask(), "t-0: 9 10");
    assert_eq!(world.ask(), "t-0: 11");
}

#[test]
fn f31_a_pause_keeps_what_was_fetched() {
    let mut world = World::assigned(&[(0, FROM_START)], |config| config.max_poll_records = 2);
    world.feed(batch(0, 5, 5), 5);
    assert_eq!(world.ask(), "t-0: 0 1");
    assert!(world.buffer.lock().set_paused(&tp(0), true));
    assert_eq!(world.ask(), "nothing");
    let (ask, _) = world.next::<FetchRequest>();
    world.fetched_in(&ask, 1, vec![data(0, 5, join(&[]))]);
    assert!(
        world.try_next::<FetchRequest>().is_none(),
        "a paused partition is not fetched"
    );
    assert!(world.buffer.lock().set_paused(&tp(0), false));
    assert_eq!(world.ask(), "t-0: 2 3");
    assert_eq!(world.ask(), "t-0: 4");
}

#[test]
fn f31_what_is_unassigned_is_not_delivered() {
    let mut world = World::assigned(&[(0, FROM_START), (1, FROM_START)], |_| {});
    let (zero, _) = world.next::<FetchRequest>();
    world.fetched(&zero, vec![data(0, 2, batch(0, 2, 5))]);
    let (reply, _) = crate::oneshot::promise();
    world.command(Command::Assign {
        partitions: vec![(tp(1), FROM_START)],
        reply,
    });
    assert_eq!(world.ask(), "nothing");
    assert_eq!(world.buffer.lock().assignment(), [tp(1)]);
}

#[test]
fn f32_what_lies_ready_is_bounded_and_partitions_take_turns() {
    let starts: Vec<_> = [0, 3].map(|partition| (partition, FROM_START)).to_vec();
    let size = batch(0, 10, 5).len();
    let mut world = World::assigned(&starts, |config| {
        config.max_partition_fetch_bytes = i32::try_from(size).unwrap();
        config.buffer_memory = 4 * size;
    });
    // Nobody reads: as much comes as there is room for, and no more.
    let mut next = [0, 0, 0, 0];
    let mut brought = 0;
    while let Some((ask, request)) = world.try_next::<FetchRequest>() {
        let answers = wanted(&request).into_iter().map(|(partition, offset)| {
            brought += size;
            next[usize::try_from(partition).unwrap()] = offset + 10;
            data(partition, 1000, batch(offset, 10, 5))
        });
        let answers = answers.collect();
        world.fetched(&ask, answers);
        assert!(brought <= 4 * size, "{brought} bytes");
    }
    assert_eq!(next, [20, 0, 0, 20]);
    // One chunk is read: one comes in its place.
    let first = world.ask();
    assert_eq!(first, "t-0: 0 1 2 3 4 5 6 7 8 9");
    assert!(world.ask().starts_with("t-3: 0 "));
    assert!(world.ask().starts_with("t-0: 10 "));
    assert!(world.try_next::<FetchRequest>().is_some());
}

#[test]
fn f33_an_error_of_one_partition_is_said_once_and_the_others_go_on() {
    let mut world = World::assigned(&[(0, FROM_START), (3, FROM_START)], |_| {});
    let (zero, _) = world.next::<FetchRequest>();
    world.fetched(&zero, vec![failed(0, ErrorCode::TOPIC_AUTHORIZATION_FAILED)]);
    assert!(
        world
            .ask()
            .starts_with("error: partition t-0 cannot be read at offset 0")
    );
    let (three, _) = world.next::<FetchRequest>();
    world.fetched(&three, vec![data(3, 1, batch(0, 1, 5))]);
    assert_eq!(world.ask(), "t-3: 0");
    let mut tries = Vec::new();
    for _ in 0..200 {
        world.pass(Duration::from_millis(50));
        assert_eq!(world.ask(), "nothing");
        let due = world.asks.len();
        for _ in 0..due {
            let (ask, request) = world.next::<FetchRequest>();
            if wanted(&request).iter().any(|(partition, _)| *partition == 0) {
                tries.push(world.now);
                world.fetched(&ask, vec![failed(0, ErrorCode::TOPIC_AUTHORIZATION_FAILED)]);
            } else {
                world.asks.push_back(ask);
            }
        }
    }
    assert!((5..40).contains(&tries.len()), "{} tries in 10 s", tries.len());
    // It ends, and comes back: that is another occurrence.
    world.pass(Duration::from_secs(2));
    let of_zero =
        |(_, request): &(_, FetchRequest)| wanted(request).iter().any(|(partition, _)| *partition == 0);
    let (ask, _) = std::iter::from_fn(|| world.try_next::<FetchRequest>())
        .find(of_zero)
        .unwrap();
    world.fetched(&ask, vec![data(0, 2, batch(0, 1, 5))]);
    assert_eq!(world.ask(), "t-0: 0");
    let (ask, _) = world.next::<FetchRequest>();
    world.fetched(&ask, vec![failed(0, ErrorCode::TOPIC_AUTHORIZATION_FAILED)]);
    assert!(world.ask().starts_with("error: partition t-0"));
}

#[test]
fn f34_a_caller_that_stops_waiting_loses_nothing() {
    let mut world = World::assigned(&[(0, FROM_START)], |config| config.max_poll_records = 2);
    world.feed(batch(0, 3, 5), 3);
    // Asking marks and waits, taking out is one step: a caller that is dropped in between has taken nothing.
    world.reader.mark_processed();
    world.buffer.ask();
    world.buffer.lock().wait(std::task::Waker::noop());
    assert_eq!(world.ask(), "t-0: 0 1");
    assert_eq!(world.ask(), "t-0: 2");
}

#[test]
fn a_broken_connection_is_followed_by_a_rest_and_a_refresh() {
    let mut world = World::assigned(&[(0, FROM_START)], |_| {});
    let (ask, _) = world.next::<FetchRequest>();
    let before = world.refreshes;
    world.answer(cut_off(&ask));
    assert!(world.try_next::<FetchRequest>().is_none());
    assert_eq!(world.refreshes, before + 1);
    world.pass(Duration::from_millis(130));
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(0, 0)]);
}

#[test]
fn f3_a_fenced_or_unknown_leader_epoch_is_tried_again_after_a_refresh() {
    for code in [
        ErrorCode::FENCED_LEADER_EPOCH,
        ErrorCode::UNKNOWN_LEADER_EPOCH,
        ErrorCode::NOT_LEADER_OR_FOLLOWER,
    ] {
        let mut world = World::assigned(&[(0, FROM_START)], |_| {});
        let (ask, _) = world.next::<FetchRequest>();
        let before = world.refreshes;
        world.fetched(&ask, vec![failed(0, code)]);
        assert_eq!(world.refreshes, before + 1, "{code}");
        assert!(world.try_next::<FetchRequest>().is_none());
        assert_eq!(world.ask(), "nothing");
        world.pass(Duration::from_millis(130));
        world.next::<FetchRequest>();
    }
}

#[test]
fn the_leader_that_a_broker_names_is_passed_on() {
    let mut world = World::assigned(&[(0, FROM_START)], |_| {});
    let (ask, _) = world.next::<FetchRequest>();
    let mut moved = failed(0, ErrorCode::NOT_LEADER_OR_FOLLOWER);
    moved.current_leader.leader_id = 3;
    moved.current_leader.leader_epoch = 8;
    let topic = protocol::messages::fetch::FetchableTopicResponse {
        topic_id: crate::script::topic_id("t"),
        partitions: vec![moved],
        ..Default::default()
    };
    let endpoint = NodeEndpoint {
        node_id: 3,
        host: "b3".to_owned(),
        port: 9092,
        ..NodeEndpoint::default()
    };
    world.reply(
        &ask,
        &FetchResponse {
            responses: vec![topic],
            node_endpoints: vec![endpoint],
            ..FetchResponse::default()
        },
    );
    let hint = &world.hints[0];
    assert_eq!((hint.leader, hint.epoch, hint.partition), (NodeId(3), 8, 0));
    assert!(hint.endpoint.is_some());
    // With it in force the partition is fetched there at once.
    move_leader(&mut world, 0, 3, 8);
    assert_eq!(world.next::<FetchRequest>().0.target, Target::Node(NodeId(3)));
}

/// Gives a partition another leader.
pub(super) fn move_leader(world: &mut World, partition: usize, leader: i32, epoch: i32) {
    let mut topic = (**world.metadata.topic("t").unwrap()).clone();
    let moved = Partition {
        leader: Some(NodeId(leader)),
        leader_epoch: epoch,
        ..topic.partitions[partition].clone()
    };
    topic.partitions[partition] = moved;
    world.metadata.topics.insert("t".into(), topic.into());
    world.metadata.revision += 1;
    world.new_metadata();
}

#[test]
fn a_machine_without_work_wants_nothing() {
    let mut world = World::new(|_| {});
    world.pass(Duration::from_secs(60));
    assert!(world.asks.is_empty());
    assert_eq!(world.machine.next_deadline(), None);
}

#[test]
fn f32_brokers_take_turns_when_there_is_room_for_one() {
    let mut world = World::assigned(&[(0, FROM_START), (1, FROM_START)], |config| {
        config.max_partition_fetch_bytes = 1_000;
        config.buffer_memory = 1_500;
    });
    // Both have nothing: the fetch of one waits, and keeps the room.
    let mut asked = Vec::new();
    for _ in 0..8 {
        let (ask, _) = world.next::<FetchRequest>();
        assert!(world.try_next::<FetchRequest>().is_none(), "there is no room");
        let partitions = &world.metadata.topic("t").unwrap().partitions;
        let is_led = |place: usize| {
            partitions[place]
                .leader
                .is_some_and(|node| ask.target == Target::Node(node))
        };
        let partition = if is_led(0) { 0 } else { 1 };
        assert!(is_led(usize::try_from(partition).unwrap()));
        asked.push(partition);
        world.fetched(&ask, vec![data(partition, 0, join(&[]))]);
    }
    assert_eq!(asked, [0, 1, 0, 1, 0, 1, 0, 1]);
}

#[test]
fn f32_paused_partitions_make_room_for_the_others() {
    let mut world = World::assigned(&[(0, FROM_START), (3, FROM_START)], |config| {
        config.max_poll_records = 5;
        config.max_partition_fetch_bytes = 1_000;
        config.buffer_memory = 1_000;
    });
    world.feed(batch(0, 20, 5), 20);
    assert_eq!(world.ask(), "t-0: 0 1 2 3 4");
    assert!(world.try_next::<FetchRequest>().is_none(), "there is no room");
    assert!(world.buffer.lock().set_paused(&tp(0), true));
    world.buffer.kick();
    world.wake();
    let (ask, request) = world.next::<FetchRequest>();
    assert_eq!(wanted(&request), [(3, 0)]);
    world.fetched(&ask, vec![data(3, 2, batch(0, 2, 5))]);
    assert_eq!(world.ask(), "t-3: 0 1");
    assert_eq!(world.ask(), "nothing");
    // Nothing of the paused one is lost, nothing comes twice.
    assert!(world.buffer.lock().set_paused(&tp(0), false));
    world.buffer.kick();
    world.wake();
    while let Some((ask, request)) = world.try_next::<FetchRequest>() {
        if wanted(&request) == [(0, 5)] {
            world.fetched(&ask, vec![data(0, 20, batch(0, 20, 5))]);
            break;
        }
        world.fetched(&ask, vec![data(3, 2, join(&[]))]);
    }
    assert_eq!(world.ask(), "t-0: 5 6 7 8 9");
}

#[test]
fn f8_a_session_whose_fetch_was_refused_is_opened_anew() {
    for code in [ErrorCode::KAFKA_STORAGE_ERROR, ErrorCode::INVALID_REQUEST] {
        let mut world = World::assigned(&[(0, FROM_START)], |_| {});
        world.feed(join(&[]), 0);
        let (ask, _) = world.next::<FetchRequest>();
        world.fetched_in(&ask, 7, vec![data(0, 0, join(&[]))]);
        let (ask, request) = world.next::<FetchRequest>();
        assert_eq!((request.session_id, request.session_epoch), (7, 1));
        world.reply(
            &ask,
            &FetchResponse {
                error_code: code.0,
                ..FetchResponse::default()
            },
        );
        world.pass(Duration::from_millis(130));
        let (_, request) = world.next::<FetchRequest>();
        assert_eq!((request.session_id, request.session_epoch), (7, 0));
        assert_eq!(wanted(&request), [(0, 0)]);
    }
}
