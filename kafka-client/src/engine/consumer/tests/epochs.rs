use std::time::Duration;

use protocol::messages::fetch::FetchRequest;
use protocol::messages::offset_for_leader_epoch::{
    EpochEndOffset, OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse, OffsetForLeaderTopicResult,
};
use protocol::{ErrorCode, Uuid};

use super::fetching::move_leader;
use super::world::{World, batch, data, failed, join, wanted};
use crate::config::{ConnectionConfig, ConsumerConfig, OffsetReset};
use crate::consume::{Position, StartAt};
use crate::error::{RequestError, VersionError};
use crate::script::{fail_topic, put_topic, topic_id};

fn no_reset(config: &mut ConsumerConfig) {
    config.auto_offset_reset = OffsetReset::None;
}

fn end(partition: i32, code: ErrorCode, leader_epoch: i32, end_offset: i64) -> OffsetForLeaderEpochResponse {
    let end = EpochEndOffset {
        error_code: code.0,
        partition,
        leader_epoch,
        end_offset,
    };
    let topic = OffsetForLeaderTopicResult {
        topic: "t".to_owned(),
        partitions: vec![end],
    };
    OffsetForLeaderEpochResponse {
        topics: vec![topic],
        ..OffsetForLeaderEpochResponse::default()
    }
}

/// A consumer that has read 4 records of epoch 5 when the leader moves.
fn moved(change: fn(&mut ConsumerConfig)) -> World {
    let mut world = World::assigned(&[(0, StartAt::Offset(0)), (3, StartAt::Offset(0))], change);
    world.feed(batch(0, 4, 5), 4);
    assert_eq!(world.ask(), "t-0: 0 1 2 3");
    world.asks.clear();
    move_leader(&mut world, 0, 2, 6);
    world
}

#[test]
fn f6_only_the_partition_that_is_checked_waits() {
    let mut world = moved(|_| {});
    let (ask, request) = world.next::<OffsetForLeaderEpochRequest>();
    let asked = &request.topics[0].partitions[0];
    assert_eq!(
        (asked.partition, asked.current_leader_epoch, asked.leader_epoch),
        (0, 6, 5)
    );
    assert!(world.try_next::<FetchRequest>().is_none());
    world.reply(&ask, &end(0, ErrorCode::NONE, 5, 4));
    let (_, request) = world.next::<FetchRequest>();
    assert_eq!(wanted(&request), [(0, 4)]);
}

#[test]
fn f6_a_check_that_is_not_answered_is_made_again() {
    let mut world = moved(|_| {});
    let (ask, _) = world.next::<OffsetForLeaderEpochRequest>();
    assert_eq!(ask.timeout, Duration::from_secs(30));
    world.answer(crate::script::cut_off(&ask));
    world.pass(Duration::from_millis(130));
    let (ask, _) = world.next::<OffsetForLeaderEpochRequest>();
    world.reply(&ask, &end(0, ErrorCode::FENCED_LEADER_EPOCH, -1, -1));
    world.pass(Duration::from_millis(300));
    let (ask, _) = world.next::<OffsetForLeaderEpochRequest>();
    world.reply(&ask, &end(0, ErrorCode::NONE, 5, 10));
    world.next::<FetchRequest>();
}

#[test]
fn f6_brokers_that_cannot_check_are_taken_at_their_word() {
    let mut world = moved(|_| {});
    let (ask, _) = world.next::<OffsetForLeaderEpochRequest>();
    let error = VersionError {
        api: ask.body.key(),
        node: None,
        ours: ask.body.versions(),
        theirs: None,
    };
    // Older versions ask for rights that a consumer does not have.
    assert_eq!(ask.body.versions().first, 3);
    let outcome = Err(RequestError::Version(error));
    world.answer(crate::connection::Answer {
        tag: ask.tag,
        node: None,
        outcome,
    });
    world.next::<FetchRequest>();
}

#[test]
fn f4_a_log_that_was_cut_off_is_read_on_from_there() {
    let mut world = moved(|_| {});
    let (ask, _) = world.next::<OffsetForLeaderEpochRequest>();
    world.reply(&ask, &end(0, ErrorCode::NONE, 5, 2));
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(0, 2)]);
    assert_eq!(world.ask(), "nothing");
}

#[test]
fn f4_without_a_reset_policy_the_divergence_is_an_error() {
    let mut world = moved(no_reset);
    let (ask, _) = world.next::<OffsetForLeaderEpochRequest>();
    world.reply(&ask, &end(0, ErrorCode::NONE, 5, 2));
    assert_eq!(
        world.ask(),
        "error: partition t-0 was cut off at offset 2, before the position 4"
    );
    assert!(world.try_next::<FetchRequest>().is_none());
    world.seek(0, 2);
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(0, 2)]);
}

#[test]
fn f4_what_was_not_delivered_yet_is_fetched_anew() {
    let mut world = World::assigned(&[(0, StartAt::Offset(0))], no_reset);
    world.feed(batch(0, 4, 5), 8);
    let (ask, request) = world.next::<FetchRequest>();
    assert_eq!(wanted(&request), [(0, 4)]);
    let mut diverging = data(0, 8, join(&[]));
    diverging.diverging_epoch.epoch = 4;
    diverging.diverging_epoch.end_offset = 1;
    world.fetched(&ask, vec![diverging]);
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(0, 0)]);
    assert_eq!(world.ask(), "nothing");
}

#[test]
fn f5_an_epoch_that_the_leader_does_not_know_ends_in_a_reset_or_an_error() {
    let mut world = moved(no_reset);
    let (ask, _) = world.next::<OffsetForLeaderEpochRequest>();
    world.reply(&ask, &end(0, ErrorCode::NONE, -1, -1));
    assert_eq!(
        world.ask(),
        "error: partition t-0 was cut off at offset -1, before the position 4"
    );
    world.pass(Duration::from_secs(60));
    assert!(world.try_next::<OffsetForLeaderEpochRequest>().is_none());

    let mut world = moved(|config| config.auto_offset_reset = OffsetReset::Earliest);
    let (ask, _) = world.next::<OffsetForLeaderEpochRequest>();
    world.reply(&ask, &end(0, ErrorCode::NONE, -1, -1));
    world.next::<protocol::messages::list_offsets::ListOffsetsRequest>();
}

#[test]
fn f7_a_position_with_an_epoch_is_checked_before_the_first_fetch() {
    let position = Position {
        offset: 4,
        leader_epoch: Some(3),
    };
    let mut world = World::assigned(&[(0, StartAt::Position(position))], |_| {});
    assert!(world.try_next::<FetchRequest>().is_none());
    let (ask, request) = world.next::<OffsetForLeaderEpochRequest>();
    assert_eq!(request.topics[0].partitions[0].leader_epoch, 3);
    world.reply(&ask, &end(0, ErrorCode::NONE, 3, 4));
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(0, 4)]);
}

#[test]
fn f13_a_topic_that_was_created_anew_is_not_read_at_the_old_offset() {
    let mut world = World::assigned(&[(0, StartAt::Offset(70))], no_reset);
    let (ask, _) = world.next::<FetchRequest>();
    world.fetched(&ask, vec![failed(0, ErrorCode::UNKNOWN_TOPIC_ID)]);
    assert_eq!(world.ask(), "nothing");
    put_topic(&mut world.metadata, "t", Uuid::from_bytes([9; 16]), 6, 0);
    world.new_metadata();
    assert_eq!(
        world.ask(),
        "error: topic of partition t-0 was created anew; seek to where it is to start"
    );
    world.pass(Duration::from_secs(10));
    assert!(world.try_next::<FetchRequest>().is_none());

    let mut world = World::assigned(&[(0, StartAt::Offset(70))], |c| {
        c.auto_offset_reset = OffsetReset::Earliest
    });
    put_topic(&mut world.metadata, "t", Uuid::from_bytes([9; 16]), 6, 0);
    world.new_metadata();
    world.next::<protocol::messages::list_offsets::ListOffsetsRequest>();
}

#[test]
fn m5_a_deleted_topic_is_an_error_once_and_its_return_is_noticed() {
    let mut world = World::assigned(&[(0, StartAt::Offset(3))], |_| {});
    world.asks.clear();
    for _ in 0..3 {
        fail_topic(&mut world.metadata, "t", ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
        world.new_metadata();
    }
    assert_eq!(world.ask(), "error: partition t-0 does not exist");
    assert_eq!(world.ask(), "nothing");
    put_topic(&mut world.metadata, "t", topic_id("t"), 6, 5);
    world.new_metadata();
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(0, 3)]);
}

#[test]
fn m5_a_partition_that_is_younger_than_the_metadata_is_no_error() {
    for missing in [false, true] {
        let mut world = World::new(|_| {});
        if missing {
            fail_topic(&mut world.metadata, "t", ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
        }
        let (reply, _) = crate::oneshot::promise();
        let partitions = vec![(super::world::tp(7), StartAt::Offset(3))];
        world.command(super::super::Command::Assign { partitions, reply });
        assert_eq!(world.ask(), "nothing");
        assert!(world.refreshes > 0);
        let mut found = crate::script::metadata(&[("t", 8)]);
        std::mem::swap(&mut world.metadata, &mut found);
        world.new_metadata();
        assert_eq!(wanted(&world.next::<FetchRequest>().1), [(7, 3)]);
        assert_eq!(world.ask(), "nothing");
        // What the answer to that refresh lacks does not exist.
        world.metadata = found;
        world.new_metadata();
        assert_eq!(world.ask(), "error: partition t-7 does not exist");
    }
}

#[test]
fn m1_an_older_leader_epoch_is_not_believed() {
    let mut world = World::assigned(&[(0, StartAt::Offset(3))], |_| {});
    let (ask, _) = world.next::<FetchRequest>();
    move_leader(&mut world, 0, 2, 4);
    assert!(world.try_next::<FetchRequest>().is_none());
    world.fetched(&ask, vec![data(0, 4, batch(3, 1, 5))]);
    assert_eq!(world.ask(), "t-0: 3");
}

#[test]
fn m3_metadata_is_asked_for_while_a_partition_has_no_leader() {
    let mut world = World::assigned(&[(0, StartAt::Offset(3))], |_| {});
    world.asks.clear();
    fail_topic(&mut world.metadata, "t", ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
    world.new_metadata();
    let before = world.refreshes;
    world.pass(Duration::from_secs(10));
    assert!(
        (9..=11).contains(&(world.refreshes - before)),
        "{} in 10 s",
        world.refreshes - before
    );
    put_topic(&mut world.metadata, "t", topic_id("t"), 6, 5);
    world.new_metadata();
    let before = world.refreshes;
    world.pass(Duration::from_secs(10));
    assert_eq!(world.refreshes, before);
}

#[test]
fn m3_metadata_is_not_asked_for_without_a_pause() {
    let connection = ConnectionConfig {
        retry_backoff: Duration::ZERO,
        retry_backoff_max: Duration::ZERO,
        ..ConnectionConfig::new(["b1:9092"])
    };
    let mut world = World::connected(connection, |_| {});
    fail_topic(&mut world.metadata, "t", ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
    let (reply, _) = crate::oneshot::promise();
    let partitions = vec![(super::world::tp(0), StartAt::Offset(3))];
    world.command(super::super::Command::Assign { partitions, reply });
    let before = world.refreshes;
    world.pass(Duration::from_secs(1));
    assert_eq!(world.refreshes - before, 10);
}

#[test]
fn m3_metadata_is_asked_for_while_a_subscribed_topic_does_not_exist() {
    let mut world = World::subscribed(|_| {});
    fail_topic(&mut world.metadata, "t", ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
    world.new_metadata();
    let before = world.refreshes;
    world.pass(Duration::from_secs(5));
    assert!(world.refreshes - before >= 4);
}
