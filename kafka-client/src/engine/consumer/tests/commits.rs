//! What is committed, and what a rebalance makes of it.

use std::time::Duration;

use protocol::ErrorCode;
use protocol::messages::fetch::FetchRequest;
use protocol::messages::heartbeat::{HeartbeatRequest, HeartbeatResponse};
use protocol::messages::join_group::JoinGroupRequest;
use protocol::messages::leave_group::LeaveGroupRequest;
use protocol::messages::list_offsets::{
    ListOffsetsPartitionResponse, ListOffsetsRequest, ListOffsetsResponse, ListOffsetsTopicResponse,
};
use protocol::messages::offset_commit::OffsetCommitRequest;
use protocol::messages::offset_fetch::OffsetFetchRequest;
use protocol::messages::offset_for_leader_epoch::OffsetForLeaderEpochRequest;

use super::super::Command;
use super::member::{
    answer_commit, commit, committed, cooperative, feed_both, heartbeat, member, said, settle,
    with_auto_commit,
};
use super::world::{World, batch, data, now_or_never, tp, wanted};
use crate::cluster::Lane;
use crate::config::OffsetReset;
use crate::consume::{CommitError, CommitOffsets};
use crate::oneshot::promise;
use crate::script::{cut_off, read_at};

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

/// Seeking on from a batch does not say that it is processed.
#[test]
fn g24_a_seek_is_committed_when_the_caller_is_done_with_its_batch() {
    let mut world = member(with_auto_commit);
    feed_both(&mut world);
    assert_eq!(world.ask(), "t-0: 10 11 12 13");
    assert_eq!(world.seek(0, 50), Some(Ok(())));
    world.pass(Duration::from_secs(6));
    let early = world.try_next::<OffsetCommitRequest>();
    let early = early.map(|(_, request)| said(&request));
    assert_eq!(early, None, "the batch is with the caller");
    assert_eq!(world.ask(), "t-3: 10 11 12 13");
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
