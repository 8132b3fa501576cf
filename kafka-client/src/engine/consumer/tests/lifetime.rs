//! How a consumer ends, and how its subscription changes.

use std::time::Duration;

use protocol::ErrorCode;
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupResponse};
use protocol::messages::leave_group::{LeaveGroupRequest, LeaveGroupResponse};
use protocol::messages::list_offsets::ListOffsetsRequest;
use protocol::messages::offset_commit::OffsetCommitRequest;
use protocol::messages::offset_fetch::OffsetFetchRequest;

use super::super::Command;
use super::member::{
    answer_commit, commit, committed, cooperative, feed_both, member, said, settle, with_auto_commit,
};
use super::world::{World, now_or_never, tp};
use crate::config::OffsetReset;
use crate::consume::{CommitError, CommitOffsets, Subscription, TopicPattern};
use crate::group::Leaving;
use crate::machine::{Machine, TopicInterest};
use crate::oneshot::{Promised, promise};
use crate::script::{fail_topic, put_topic, topic_id};

fn close(world: &mut World, leaving: Leaving) -> Promised<()> {
    let (reply, promised) = promise();
    world.reader.mark_processed();
    world.command(Command::Close {
        timeout: Duration::from_secs(5),
        leaving,
        reply: Some(reply),
    });
    promised
}

#[test]
fn g20_g24_a_close_commits_what_was_processed_then_leaves_then_ends() {
    let mut world = member(with_auto_commit);
    feed_both(&mut world);
    assert_eq!(world.ask(), "t-0: 10 11 12 13");
    let promised = close(&mut world, Leaving::Default);
    assert!(world.try_next::<LeaveGroupRequest>().is_none());
    let (ask, request) = world.next::<OffsetCommitRequest>();
    assert_eq!(said(&request), [(0, 14)], "t-3 lies ready and was not delivered");
    answer_commit(&mut world, &ask, &[(0, ErrorCode::NONE)]);
    let (ask, _) = world.next::<LeaveGroupRequest>();
    assert!(!world.machine.is_done());
    world.reply(&ask, &LeaveGroupResponse::default());
    assert!(world.machine.is_done());
    assert_eq!(now_or_never(promised), Some(()));
}

#[test]
fn g20_a_close_is_bounded_by_its_timeout() {
    let mut world = member(with_auto_commit);
    feed_both(&mut world);
    world.ask();
    let promised = close(&mut world, Leaving::Default);
    world.pass(Duration::from_secs(6));
    assert!(world.machine.is_done());
    assert_eq!(now_or_never(promised), Some(()));
}

#[test]
fn g20_a_close_does_not_wait_for_a_commit_that_nobody_can_make() {
    let mut world = World::subscribed(cooperative);
    let (reply, promised) = promise();
    let offsets = CommitOffsets::from([(tp(0), 12.into())]);
    assert!(world.port.send(Command::Commit { offsets, reply }).is_ok());
    let closed = close(&mut world, Leaving::Default);
    assert!(matches!(
        now_or_never(promised),
        Some(Err(CommitError::Fenced { .. }))
    ));
    assert!(world.machine.is_done());
    assert_eq!(now_or_never(closed), Some(()));
}

#[test]
fn g19_a_static_member_that_closes_stays_in_its_group() {
    let mut world = member(|config| {
        cooperative(config);
        config.group_instance_id = Some("host-1".to_owned());
    });
    let promised = close(&mut world, Leaving::Default);
    assert!(world.try_next::<LeaveGroupRequest>().is_none());
    assert_eq!(now_or_never(promised), Some(()));
}

#[test]
fn g27_new_topics_that_match_are_joined_for_and_deleted_ones_are_left() {
    let mut world = World::new(|config| {
        config.group_id = Some("g".to_owned());
        cooperative(config);
    });
    let (reply, _) = promise();
    let subscription = Subscription::Pattern(TopicPattern::new("t.*").unwrap());
    world.command(Command::Subscribe { subscription, reply });
    assert_eq!(world.machine.topics(), TopicInterest::All);
    settle(&mut world, 1, &[0]);
    put_topic(&mut world.metadata, "t2", topic_id("t2"), 1, 0);
    put_topic(&mut world.metadata, "other", topic_id("other"), 1, 0);
    world.new_metadata();
    let (ask, request) = world.next::<JoinGroupRequest>();
    let topics = |request: &JoinGroupRequest| {
        protocol::consumer_protocol::Subscription::decode(&request.protocols[0].metadata)
            .unwrap()
            .topics
    };
    assert_eq!(topics(&request), ["t", "t2"]);
    world.metadata.topics.remove("t2");
    world.new_metadata();
    let joined = JoinGroupResponse {
        generation_id: 2,
        protocol_name: Some("cooperative-sticky".to_owned()),
        member_id: "me".to_owned(),
        ..JoinGroupResponse::default()
    };
    world.reply(&ask, &joined);
    assert_eq!(topics(&world.next::<JoinGroupRequest>().1), ["t"]);
}

#[test]
fn a_subscribed_topic_without_rights_is_told_once() {
    let mut world = World::subscribed(cooperative);
    let denied = ErrorCode::TOPIC_AUTHORIZATION_FAILED;
    fail_topic(&mut world.metadata, "t", denied);
    for _ in 0..3 {
        world.new_metadata();
    }
    let told = "error: topic `t` cannot be read; check its name and the rights to describe and read it";
    assert_eq!(world.ask(), told);
    assert_eq!(world.ask(), "nothing");
    fail_topic(&mut world.metadata, "t", ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
    world.new_metadata();
    assert_eq!(world.ask(), "nothing", "it may be created");
    fail_topic(&mut world.metadata, "t", denied);
    world.new_metadata();
    assert_eq!(world.ask(), told);
}

#[test]
fn an_interval_of_nothing_leaves_time_for_everything_else() {
    let mut world = member(|config| {
        with_auto_commit(config);
        config.auto_commit_interval = Duration::ZERO;
    });
    world.wake();
    for _ in 0..100 {
        world.pass(Duration::from_millis(1));
        world.machine.handle_deadline(world.now, &world.metadata);
        assert!(world.machine.next_deadline().is_some_and(|at| at > world.now));
    }
}

#[test]
fn a_consumer_without_a_group_commits_nothing() {
    let mut world = World::assigned(&[], |_| {});
    let promised = commit(&mut world, 0, 1);
    assert!(matches!(now_or_never(promised), Some(Err(CommitError::NoGroup))));
}

#[test]
fn partitions_chosen_by_hand_are_committed_without_a_membership() {
    let mut world = World::assigned(&[(0, 4.into())], |config| config.group_id = Some("g".to_owned()));
    let _promised = commit(&mut world, 0, 9);
    let (_, request) = world.next::<OffsetCommitRequest>();
    assert_eq!(
        (request.generation_id_or_member_epoch, request.member_id.as_str()),
        (-1, "")
    );
    assert!(world.try_next::<JoinGroupRequest>().is_none());
}

#[test]
fn a_query_for_committed_offsets_is_answered() {
    let mut world = member(cooperative);
    let (reply, promised) = promise();
    world.command(Command::Committed {
        partitions: [tp(0), tp(1)].into(),
        reply,
    });
    let (ask, _) = world.next::<OffsetFetchRequest>();
    world.reply(
        &ask,
        &committed(&[(0, ErrorCode::NONE, 10, 4), (1, ErrorCode::NONE, -1, -1)]),
    );
    let found = now_or_never(promised).unwrap().unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[&tp(0)].position.leader_epoch, Some(4));
}

#[test]
fn a_query_for_committed_offsets_that_are_refused_fails_at_once() {
    let mut world = member(cooperative);
    let (reply, promised) = promise();
    let partitions = [tp(0), tp(1)].into();
    world.command(Command::Committed { partitions, reply });
    let (ask, _) = world.next::<OffsetFetchRequest>();
    let denied = ErrorCode::TOPIC_AUTHORIZATION_FAILED;
    world.reply(
        &ask,
        &committed(&[(0, ErrorCode::NONE, 10, 4), (1, denied, -1, -1)]),
    );
    match now_or_never(promised) {
        Some(Err(CommitError::Refused { source, .. })) => assert_eq!(source.code, denied),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_consumer_that_is_dropped_leaves() {
    let mut world = member(cooperative);
    let (caller, _) = crate::port::port(std::task::Waker::noop().clone());
    drop(std::mem::replace(&mut world.port, caller));
    world.wake();
    let (ask, _) = world.next::<LeaveGroupRequest>();
    world.reply(&ask, &LeaveGroupResponse::default());
    assert!(world.machine.is_done());
}

/// A member that resets to the end, of a topic that the metadata lacks or has as it is.
fn latest(there: bool) -> World {
    let mut world = World::new(|config| {
        config.group_id = Some("g".to_owned());
        cooperative(config);
        config.auto_offset_reset = OffsetReset::Latest;
    });
    if !there {
        world.metadata.topics.remove("t");
    }
    let (reply, _) = promise();
    let subscription = Subscription::Topics(["t".into()].into());
    world.command(Command::Subscribe { subscription, reply });
    world
}

/// Where partitions without a committed offset are looked for: -1 is the end, -2 the start.
fn sought(world: &mut World, partitions: &[i32]) -> Vec<(i32, i64)> {
    settle(world, 1, partitions);
    let (ask, _) = world.next::<OffsetFetchRequest>();
    let none: Vec<_> = partitions
        .iter()
        .map(|partition| (*partition, ErrorCode::NONE, -1, -1))
        .collect();
    world.reply(&ask, &committed(&none));
    let (_, request) = world.next::<ListOffsetsRequest>();
    let asked = request
        .topics
        .iter()
        .flat_map(|t| t.partitions.iter().map(|p| (p.partition_index, p.timestamp)));
    asked.collect()
}

#[test]
fn m7_latest_does_not_pass_over_what_new_partitions_have() {
    for answered in [false, true] {
        let mut world = latest(true);
        if answered {
            world.new_metadata();
        }
        put_topic(&mut world.metadata, "t", topic_id("t"), 8, 5);
        world.new_metadata();
        assert_eq!(sought(&mut world, &[0, 6]), [(0, -1), (6, -2)]);
    }
}

#[test]
fn m7_latest_does_not_pass_over_what_a_topic_has_that_was_not_there() {
    let unknown = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
    // One broker that is behind does not make a topic new.
    let mut world = latest(false);
    fail_topic(&mut world.metadata, "t", unknown);
    world.new_metadata();
    world.new_metadata();
    put_topic(&mut world.metadata, "t", topic_id("t"), 6, 5);
    world.new_metadata();
    assert_eq!(sought(&mut world, &[0]), [(0, -1)]);

    let mut world = latest(false);
    fail_topic(&mut world.metadata, "t", unknown);
    world.new_metadata();
    world.pass(Duration::from_secs(1));
    world.new_metadata();
    put_topic(&mut world.metadata, "t", topic_id("t"), 6, 5);
    world.new_metadata();
    assert_eq!(sought(&mut world, &[0]), [(0, -2)]);

    // Nor does one answer without it, unless it comes back as another one.
    let mut world = latest(true);
    fail_topic(&mut world.metadata, "t", unknown);
    world.new_metadata();
    put_topic(&mut world.metadata, "t", topic_id("other"), 6, 5);
    world.new_metadata();
    settle(&mut world, 1, &[0]);
    let (ask, _) = world.next::<OffsetFetchRequest>();
    let mut none = committed(&[(0, ErrorCode::NONE, -1, -1)]);
    none.groups[0].topics[0].topic_id = topic_id("other");
    world.reply(&ask, &none);
    let (_, request) = world.next::<ListOffsetsRequest>();
    assert_eq!(request.topics[0].partitions[0].timestamp, -2);
}
