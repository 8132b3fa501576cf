use std::time::Duration;

use protocol::ErrorCode;
use protocol::consumer_protocol::{Assignment, TopicPartitions};
use protocol::messages::fetch::FetchRequest;
use protocol::messages::heartbeat::{HeartbeatRequest, HeartbeatResponse};
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupResponse};
use protocol::messages::leave_group::{LeaveGroupRequest, LeaveGroupResponse};
use protocol::messages::list_offsets::{
    ListOffsetsPartitionResponse, ListOffsetsRequest, ListOffsetsResponse, ListOffsetsTopicResponse,
};
use protocol::messages::offset_commit::{
    OffsetCommitRequest, OffsetCommitResponse, OffsetCommitResponsePartition, OffsetCommitResponseTopic,
};
use protocol::messages::offset_fetch::{
    OffsetFetchRequest, OffsetFetchResponse, OffsetFetchResponseGroup, OffsetFetchResponsePartitions,
    OffsetFetchResponseTopics,
};
use protocol::messages::offset_for_leader_epoch::OffsetForLeaderEpochRequest;
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupResponse};

use super::super::Command;
use super::world::{World, batch, data, now_or_never, tp, wanted};
use crate::cluster::Lane;
use crate::config::{AssignorKind, ConsumerConfig, OffsetReset};
use crate::connection::Ask;
use crate::consume::{CommitError, CommitOffsets, Subscription, TopicPattern};
use crate::group::Leaving;
use crate::machine::{Machine, TopicInterest};
use crate::oneshot::{Promised, promise};
use crate::script::{cut_off, fail_topic, put_topic, read_at, topic_id};

fn cooperative(config: &mut ConsumerConfig) {
    config.assignors = vec![AssignorKind::CooperativeSticky];
    config.auto_offset_reset = OffsetReset::Earliest;
}

fn with_auto_commit(config: &mut ConsumerConfig) {
    cooperative(config);
    config.enable_auto_commit = true;
}

/// Joins as a follower and is assigned these partitions of `t`.
fn settle(world: &mut World, generation: i32, partitions: &[i32]) {
    let (ask, request) = world.next::<JoinGroupRequest>();
    let join = JoinGroupResponse {
        generation_id: generation,
        protocol_type: Some("consumer".to_owned()),
        protocol_name: Some(request.protocols[0].name.clone()),
        leader: "other".to_owned(),
        member_id: "me".to_owned(),
        ..JoinGroupResponse::default()
    };
    world.reply(&ask, &join);
    let (ask, _) = world.next::<SyncGroupRequest>();
    let partitions = vec![TopicPartitions {
        topic: "t".to_owned(),
        partitions: partitions.to_vec(),
    }];
    let assignment = Assignment {
        partitions,
        user_data: None,
    }
    .encode(3)
    .unwrap();
    world.reply(
        &ask,
        &SyncGroupResponse {
            assignment,
            ..SyncGroupResponse::default()
        },
    );
}

fn committed(partitions: &[(i32, ErrorCode, i64, i32)]) -> OffsetFetchResponse {
    let partitions = partitions
        .iter()
        .map(|(index, code, offset, epoch)| OffsetFetchResponsePartitions {
            partition_index: *index,
            committed_offset: *offset,
            committed_leader_epoch: *epoch,
            error_code: code.0,
            ..OffsetFetchResponsePartitions::default()
        })
        .collect();
    let topics = vec![OffsetFetchResponseTopics {
        topic_id: topic_id("t"),
        partitions,
        ..Default::default()
    }];
    let groups = vec![OffsetFetchResponseGroup {
        group_id: "g".to_owned(),
        topics,
        error_code: 0,
    }];
    OffsetFetchResponse {
        groups,
        ..OffsetFetchResponse::default()
    }
}

/// A member of generation 1 that owns 0 and 3 and starts at 10.
fn member(change: fn(&mut ConsumerConfig)) -> World {
    let mut world = World::subscribed(change);
    settle(&mut world, 1, &[0, 3]);
    assert_eq!(world.ask(), "assigned t-0 t-3");
    let (ask, request) = world.next::<OffsetFetchRequest>();
    assert!(request.require_stable);
    world.reply(
        &ask,
        &committed(&[(0, ErrorCode::NONE, 10, -1), (3, ErrorCode::NONE, 10, -1)]),
    );
    world
}

fn commit(world: &mut World, partition: i32, offset: i64) -> Promised<Result<(), CommitError>> {
    let (reply, promised) = promise();
    let offsets = CommitOffsets::from([(tp(partition), offset.into())]);
    world.command(Command::Commit { offsets, reply });
    promised
}

fn answer_commit(world: &mut World, ask: &Ask, codes: &[(i32, ErrorCode)]) {
    let partitions = codes
        .iter()
        .map(|(index, code)| OffsetCommitResponsePartition {
            partition_index: *index,
            error_code: code.0,
        })
        .collect();
    let topics = vec![OffsetCommitResponseTopic {
        topic_id: topic_id("t"),
        partitions,
        ..Default::default()
    }];
    world.reply(
        ask,
        &OffsetCommitResponse {
            topics,
            ..OffsetCommitResponse::default()
        },
    );
}

fn said(request: &OffsetCommitRequest) -> Vec<(i32, i64)> {
    request
        .topics
        .iter()
        .flat_map(|t| {
            t.partitions
                .iter()
                .map(|p| (p.partition_index, p.committed_offset))
        })
        .collect()
}

fn heartbeat(world: &mut World, code: ErrorCode) {
    world.pass(Duration::from_secs(3));
    let (ask, _) = world.next::<HeartbeatRequest>();
    world.reply(
        &ask,
        &HeartbeatResponse {
            error_code: code.0,
            ..HeartbeatResponse::default()
        },
    );
}

#[test]
fn a_commit_says_as_whom_it_is_made_and_does_not_wait_behind_a_join() {
    let mut world = member(cooperative);
    let promised = commit(&mut world, 0, 12);
    let (ask, request) = world.next::<OffsetCommitRequest>();
    assert_eq!(ask.lane, Lane::Control);
    assert_eq!(
        (request.generation_id_or_member_epoch, request.member_id.as_str()),
        (1, "me")
    );
    assert_eq!(said(&request), [(0, 12)]);
    answer_commit(&mut world, &ask, &[(0, ErrorCode::NONE)]);
    assert_eq!(now_or_never(promised).map(|result| result.is_ok()), Some(true));
}

#[test]
fn g6_a_commit_during_a_rebalance_can_be_made_again_and_nothing_is_lost() {
    let mut world = member(cooperative);
    let promised = commit(&mut world, 0, 12);
    let (ask, _) = world.next::<OffsetCommitRequest>();
    answer_commit(&mut world, &ask, &[(0, ErrorCode::REBALANCE_IN_PROGRESS)]);
    assert!(matches!(
        now_or_never(promised),
        Some(Err(CommitError::Rebalancing { .. }))
    ));
    assert_eq!(world.buffer.lock().assignment(), [tp(0), tp(3)]);
    assert_eq!(world.ask(), "nothing");
}

#[test]
fn g7_a_commit_of_a_member_that_is_out_fails_for_good_and_the_member_starts_over() {
    let mut world = member(cooperative);
    let promised = commit(&mut world, 0, 12);
    let (ask, _) = world.next::<OffsetCommitRequest>();
    answer_commit(&mut world, &ask, &[(0, ErrorCode::UNKNOWN_MEMBER_ID)]);
    assert!(matches!(
        now_or_never(promised),
        Some(Err(CommitError::Fenced { .. }))
    ));
    assert_eq!(world.ask(), "lost t-0 t-3");
    assert_eq!(world.next::<JoinGroupRequest>().1.member_id, "");
}

#[test]
fn g7_a_commit_that_a_rebalance_overtook_can_be_made_again() {
    let mut world = member(cooperative);
    let promised = commit(&mut world, 0, 12);
    let (ask, _) = world.next::<OffsetCommitRequest>();
    heartbeat(&mut world, ErrorCode::REBALANCE_IN_PROGRESS);
    settle(&mut world, 2, &[0, 3]);
    answer_commit(&mut world, &ask, &[(0, ErrorCode::ILLEGAL_GENERATION)]);
    assert!(matches!(
        now_or_never(promised),
        Some(Err(CommitError::Rebalancing { .. }))
    ));
    assert_eq!(world.buffer.lock().assignment(), [tp(0), tp(3)]);
}

#[test]
fn g8_a_commit_is_tried_again_and_never_overwrites_a_newer_one() {
    let mut world = member(cooperative);
    let first = commit(&mut world, 0, 12);
    let (ask, _) = world.next::<OffsetCommitRequest>();
    // Two more are called for meanwhile: they wait, and go together.
    let second = commit(&mut world, 0, 15);
    let third = commit(&mut world, 3, 11);
    assert!(world.try_next::<OffsetCommitRequest>().is_none());
    answer_commit(&mut world, &ask, &[(0, ErrorCode::NOT_COORDINATOR)]);
    assert_eq!(world.forgotten, 1);
    assert!(
        world.try_next::<OffsetCommitRequest>().is_none(),
        "there is a back-off"
    );
    world.pass(Duration::from_millis(130));
    let (ask, request) = world.next::<OffsetCommitRequest>();
    assert_eq!(said(&request), [(0, 15), (3, 11)]);
    world.answer(cut_off(&ask));
    world.pass(Duration::from_millis(300));
    let (ask, request) = world.next::<OffsetCommitRequest>();
    assert_eq!(said(&request), [(0, 15), (3, 11)]);
    answer_commit(&mut world, &ask, &[(0, ErrorCode::NONE), (3, ErrorCode::NONE)]);
    for promised in [first, second, third] {
        assert!(matches!(now_or_never(promised), Some(Ok(()))));
    }
}

#[test]
fn g8_a_commit_gives_up_when_its_time_is_over() {
    let mut world = member(cooperative);
    let promised = commit(&mut world, 0, 12);
    for _ in 0..200 {
        world.pass(Duration::from_millis(700));
        if let Some((ask, _)) = world.try_next::<OffsetCommitRequest>() {
            answer_commit(&mut world, &ask, &[(0, ErrorCode::COORDINATOR_LOAD_IN_PROGRESS)]);
        }
        while let Some((ask, _)) = world.try_next::<HeartbeatRequest>() {
            world.reply(&ask, &HeartbeatResponse::default());
        }
    }
    match now_or_never(promised) {
        Some(Err(CommitError::Refused { source, .. })) => {
            assert_eq!(source.code, ErrorCode::COORDINATOR_LOAD_IN_PROGRESS);
        }
        other => panic!("{other:?}"),
    }
    assert!(world.try_next::<OffsetCommitRequest>().is_none());
}

#[test]
fn g9_what_is_refused_for_one_partition_does_not_touch_the_others() {
    for code in [
        ErrorCode::OFFSET_METADATA_TOO_LARGE,
        ErrorCode::INVALID_COMMIT_OFFSET_SIZE,
    ] {
        let mut world = member(cooperative);
        let (reply, promised) = promise();
        let offsets = CommitOffsets::from([(tp(0), 12.into()), (tp(3), 13.into())]);
        world.command(Command::Commit { offsets, reply });
        let (ask, _) = world.next::<OffsetCommitRequest>();
        answer_commit(&mut world, &ask, &[(0, code), (3, ErrorCode::NONE)]);
        match now_or_never(promised) {
            Some(Err(CommitError::Partial { refused })) => assert_eq!(refused[&tp(0)].code, code),
            other => panic!("{other:?}"),
        }
        assert!(world.try_next::<OffsetCommitRequest>().is_none());
    }
}

#[test]
fn g10_an_offset_that_is_not_decided_is_looked_up_again() {
    let mut world = World::subscribed(cooperative);
    settle(&mut world, 1, &[0, 3]);
    let (ask, _) = world.next::<OffsetFetchRequest>();
    let undecided = (3, ErrorCode::UNSTABLE_OFFSET_COMMIT, -1, -1);
    world.reply(&ask, &committed(&[(0, ErrorCode::NONE, 10, -1), undecided]));
    assert_eq!(
        wanted(&world.next::<FetchRequest>().1),
        [(0, 10)],
        "the other one is read"
    );
    world.pass(Duration::from_millis(130));
    let (ask, request) = world.next::<OffsetFetchRequest>();
    assert_eq!(
        request.groups[0].topics.as_ref().unwrap()[0].partition_indexes,
        [3]
    );
    world.reply(&ask, &committed(&[(3, ErrorCode::NONE, 20, -1)]));
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(3, 20)]);
}

#[test]
fn committed_offsets_are_asked_for_in_the_way_of_old_brokers_too() {
    let mut world = World::subscribed(cooperative);
    settle(&mut world, 1, &[0]);
    let (ask, _) = world.next::<OffsetFetchRequest>();
    let old: OffsetFetchRequest = read_at(&ask, 5);
    assert_eq!((old.group_id.as_str(), old.require_stable), ("g", false));
    assert_eq!(old.topics.unwrap()[0].partition_indexes, [0]);
}

#[test]
fn f7_a_committed_offset_with_an_epoch_is_checked_before_the_first_fetch() {
    let mut world = World::subscribed(cooperative);
    settle(&mut world, 1, &[0]);
    let (ask, _) = world.next::<OffsetFetchRequest>();
    world.reply(&ask, &committed(&[(0, ErrorCode::NONE, 10, 3)]));
    assert!(world.try_next::<FetchRequest>().is_none());
    let (_, request) = world.next::<OffsetForLeaderEpochRequest>();
    assert_eq!(request.topics[0].partitions[0].leader_epoch, 3);
}

fn feed_both(world: &mut World) {
    while let Some((ask, request)) = world.try_next::<FetchRequest>() {
        let answers = wanted(&request)
            .into_iter()
            .map(|(partition, offset)| match offset {
                10 => data(partition, 14, batch(10, 4, 5)),
                offset => data(partition, offset, bytes::Bytes::new()),
            });
        let waits = super::world::is_waiting(&ask);
        let answers = answers.collect();
        if waits {
            break;
        }
        world.fetched(&ask, answers);
    }
}

#[test]
fn g24_only_what_was_processed_is_committed_and_only_when_it_moved() {
    let mut world = member(|config| {
        with_auto_commit(config);
        config.max_poll_records = 2;
    });
    feed_both(&mut world);
    assert_eq!(world.ask(), "t-0: 10 11");
    heartbeat(&mut world, ErrorCode::NONE);
    world.pass(Duration::from_secs(3));
    assert!(
        world.try_next::<OffsetCommitRequest>().is_none(),
        "the batch is still being processed"
    );
    assert_eq!(world.ask(), "t-0: 12 13");
    world.pass(Duration::from_secs(5));
    let (ask, request) = world.next::<OffsetCommitRequest>();
    assert_eq!(said(&request), [(0, 12)]);
    answer_commit(&mut world, &ask, &[(0, ErrorCode::NONE)]);
    world.pass(Duration::from_secs(10));
    assert!(world.try_next::<OffsetCommitRequest>().is_none(), "nothing moved");
}

#[test]
fn what_is_delivered_after_a_commit_of_everything_is_not_part_of_it() {
    let mut world = member(|config| {
        cooperative(config);
        config.max_poll_records = 2;
    });
    feed_both(&mut world);
    assert_eq!(world.ask(), "t-0: 10 11");
    let offsets = world.buffer.lock().delivered();
    let (reply, _promised) = promise();
    assert!(world.port.send(Command::Commit { offsets, reply }).is_ok());
    // The machine gets to the command only when more was handed out.
    world.reader.mark_processed();
    assert_eq!(world.reader.next().unwrap().unwrap().iter().count(), 2);
    world.wake();
    let (_, request) = world.next::<OffsetCommitRequest>();
    assert_eq!(said(&request), [(0, 12), (3, 10)]);
}

#[test]
fn g24_a_position_that_was_found_is_committed_before_the_first_record() {
    let mut world = World::subscribed(|config| {
        with_auto_commit(config);
        config.auto_offset_reset = OffsetReset::Latest;
    });
    settle(&mut world, 1, &[0]);
    let (ask, _) = world.next::<OffsetFetchRequest>();
    world.reply(&ask, &committed(&[(0, ErrorCode::NONE, -1, -1)]));
    let (ask, _) = world.next::<ListOffsetsRequest>();
    let partitions = vec![ListOffsetsPartitionResponse {
        offset: 50,
        ..ListOffsetsPartitionResponse::default()
    }];
    let topics = vec![ListOffsetsTopicResponse {
        name: "t".to_owned(),
        partitions,
    }];
    world.reply(
        &ask,
        &ListOffsetsResponse {
            topics,
            ..ListOffsetsResponse::default()
        },
    );
    world.pass(Duration::from_secs(6));
    assert_eq!(said(&world.next::<OffsetCommitRequest>().1), [(0, 50)]);
}

#[test]
fn g24_what_was_processed_before_a_fault_is_committed() {
    let mut world = member(with_auto_commit);
    let (ask, _) = world.next::<FetchRequest>();
    let mut bad = bytes::BytesMut::from(&batch(14, 2, 5)[..]);
    let last = bad.len() - 2;
    bad[last] ^= 0x55;
    let records = super::world::join(&[batch(10, 4, 5), bad.freeze()]);
    world.fetched(&ask, vec![data(0, 16, records)]);
    assert_eq!(world.ask(), "t-0: 10 11 12 13");
    assert_eq!(
        world.ask(),
        "error: partition t-0: the batch at offset 14 cannot be read"
    );
    world.pass(Duration::from_secs(6));
    assert_eq!(said(&world.next::<OffsetCommitRequest>().1), [(0, 14)]);
}

#[test]
fn g24_what_was_processed_is_committed_before_partitions_are_handed_over() {
    let mut world = member(with_auto_commit);
    feed_both(&mut world);
    assert_eq!(world.ask(), "t-0: 10 11 12 13");
    heartbeat(&mut world, ErrorCode::REBALANCE_IN_PROGRESS);
    settle(&mut world, 2, &[3]);
    // The caller is told when it comes back, and asks on when it is done.
    assert_eq!(world.ask(), "revoke t-0");
    assert!(world.try_next::<OffsetCommitRequest>().is_none());
    assert_eq!(world.ask(), "assigned ");
    let (ask, request) = world.next::<OffsetCommitRequest>();
    assert_eq!(said(&request), [(0, 14)]);
    assert_eq!(request.generation_id_or_member_epoch, 2);
    assert!(
        world.try_next::<JoinGroupRequest>().is_none(),
        "it lets go only when that is committed"
    );
    answer_commit(&mut world, &ask, &[(0, ErrorCode::NONE)]);
    assert_eq!(world.buffer.lock().assignment(), [tp(3)]);
    world.next::<JoinGroupRequest>();
    assert_eq!(world.ask(), "t-3: 10 11 12 13");
}

#[test]
fn g24_a_topic_that_is_gone_holds_up_neither_commits_nor_a_hand_over() {
    let gone = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
    let mut world = member(with_auto_commit);
    feed_both(&mut world);
    assert_eq!(world.ask(), "t-0: 10 11 12 13");
    assert_eq!(world.ask(), "t-3: 10 11 12 13");
    world.ask();
    world.pass(Duration::from_secs(6));
    let (ask, request) = world.next::<OffsetCommitRequest>();
    assert_eq!(said(&request), [(0, 14), (3, 14)]);
    // A commit of the caller is tried again, for the partition alone that was refused.
    let healthy = commit(&mut world, 0, 14);
    let ill = commit(&mut world, 3, 14);
    answer_commit(&mut world, &ask, &[(0, ErrorCode::NONE), (3, gone)]);
    let (ask, request) = world.next::<OffsetCommitRequest>();
    assert_eq!(said(&request), [(0, 14), (3, 14)]);
    answer_commit(&mut world, &ask, &[(0, ErrorCode::NONE), (3, gone)]);
    assert!(matches!(now_or_never(healthy), Some(Ok(()))));
    world.pass(Duration::from_millis(500));
    let (ask, request) = world.next::<OffsetCommitRequest>();
    assert_eq!(said(&request), [(3, 14)]);
    answer_commit(&mut world, &ask, &[(3, ErrorCode::NONE)]);
    assert!(matches!(now_or_never(ill), Some(Ok(()))));

    let (ask, _) = world.next::<HeartbeatRequest>();
    let rebalances = HeartbeatResponse {
        error_code: ErrorCode::REBALANCE_IN_PROGRESS.0,
        ..HeartbeatResponse::default()
    };
    world.reply(&ask, &rebalances);
    settle(&mut world, 2, &[0]);
    assert_eq!(world.ask(), "revoke t-3");
    let ill = commit(&mut world, 3, 15);
    let (ask, _) = world.next::<OffsetCommitRequest>();
    world.ask();
    answer_commit(&mut world, &ask, &[(3, gone)]);
    for _ in 0..45 {
        world.pass(Duration::from_secs(1));
        while let Some((ask, _)) = world.try_next::<OffsetCommitRequest>() {
            answer_commit(&mut world, &ask, &[(3, gone)]);
        }
        while let Some((ask, _)) = world.try_next::<HeartbeatRequest>() {
            world.reply(&ask, &HeartbeatResponse::default());
        }
    }
    assert_eq!(world.buffer.lock().assignment(), [tp(0)]);
    world.next::<JoinGroupRequest>();
    drop(ill);
}

#[test]
fn partitions_that_are_assigned_by_hand_while_they_are_handed_over_are_kept() {
    let mut world = member(cooperative);
    let before = [world.next::<FetchRequest>().0, world.next::<FetchRequest>().0];
    heartbeat(&mut world, ErrorCode::REBALANCE_IN_PROGRESS);
    settle(&mut world, 2, &[3]);
    assert_eq!(world.ask(), "revoke t-0");
    let (reply, _) = promise();
    let partitions = vec![(tp(0), 20.into()), (tp(3), 20.into())];
    world.command(Command::Assign { partitions, reply });
    for ask in before {
        world.fetched(&ask, Vec::new());
    }
    let (ask, request) = world.next::<FetchRequest>();
    assert_eq!(wanted(&request), [(0, 20)]);
    world.fetched(&ask, vec![data(0, 24, batch(20, 4, 5))]);
    assert_eq!(world.ask(), "assigned ");
    assert_eq!(world.ask(), "t-0: 20 21 22 23");
    assert_eq!(world.buffer.lock().assignment(), [tp(0), tp(3)]);
}

#[test]
fn f31_nothing_more_is_delivered_of_what_is_being_handed_over() {
    let mut world = member(|config| {
        cooperative(config);
        config.max_poll_records = 2;
    });
    feed_both(&mut world);
    assert_eq!(world.ask(), "t-0: 10 11");
    heartbeat(&mut world, ErrorCode::REBALANCE_IN_PROGRESS);
    settle(&mut world, 2, &[3]);
    assert_eq!(world.ask(), "revoke t-0");
    assert_eq!(world.ask(), "assigned ");
    assert_eq!(world.ask(), "t-3: 10 11");
}

#[test]
fn g11_an_application_that_is_late_loses_its_place_and_gets_it_back() {
    let mut world = member(|config| {
        cooperative(config);
        config.max_poll_interval = Duration::from_secs(10);
    });
    feed_both(&mut world);
    assert_eq!(world.ask(), "t-0: 10 11 12 13");
    for _ in 0..4 {
        heartbeat(&mut world, ErrorCode::NONE);
    }
    // That it asked was seen at the first heartbeat after it.
    world.pass(Duration::from_secs(2));
    world.next::<LeaveGroupRequest>();
    let promised = commit(&mut world, 0, 14);
    assert!(matches!(
        now_or_never(promised),
        Some(Err(CommitError::Fenced { source: None, .. }))
    ));
    world.pass(Duration::from_secs(60));
    assert!(world.try_next::<JoinGroupRequest>().is_none());
    assert_eq!(world.ask(), "lost t-0 t-3");
    settle(&mut world, 2, &[0]);
    assert_eq!(world.ask(), "assigned t-0");
}

#[test]
fn g11_a_caller_that_waits_is_not_late() {
    let mut world = member(|config| {
        cooperative(config);
        config.max_poll_interval = Duration::from_secs(10);
    });
    world.buffer.lock().wait(std::task::Waker::noop());
    for _ in 0..20 {
        heartbeat(&mut world, ErrorCode::NONE);
    }
    assert!(world.try_next::<LeaveGroupRequest>().is_none());
}

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
