use std::time::Duration;

use protocol::messages::fetch::FetchRequest;
use protocol::messages::list_offsets::{
    ListOffsetsPartitionResponse, ListOffsetsRequest, ListOffsetsResponse, ListOffsetsTopicResponse,
};
use protocol::{ErrorCode, VersionRange};

use super::world::{World, batch, data, failed, join, wanted};
use crate::cluster::OffsetSpec;
use crate::config::OffsetReset;
use crate::connection::Answer;
use crate::consume::StartAt;
use crate::error::{RequestError, VersionError};

const EARLIEST: StartAt = StartAt::Spec(OffsetSpec::Earliest);

fn listed(partitions: &[(i32, ErrorCode, i64)]) -> ListOffsetsResponse {
    let partitions = partitions
        .iter()
        .map(|(partition_index, code, offset)| ListOffsetsPartitionResponse {
            partition_index: *partition_index,
            error_code: code.0,
            offset: *offset,
            ..ListOffsetsPartitionResponse::default()
        })
        .collect();
    let topics = vec![ListOffsetsTopicResponse {
        name: "t".to_owned(),
        partitions,
    }];
    ListOffsetsResponse {
        topics,
        ..ListOffsetsResponse::default()
    }
}

fn asked(request: &ListOffsetsRequest) -> Vec<(i32, i64)> {
    request
        .topics
        .iter()
        .flat_map(|t| t.partitions.iter().map(|p| (p.partition_index, p.timestamp)))
        .collect()
}

#[test]
fn f35_only_the_partitions_that_failed_are_asked_about_again() {
    let mut world = World::assigned(&[(0, EARLIEST), (3, EARLIEST)], |_| {});
    let (ask, request) = world.next::<ListOffsetsRequest>();
    assert_eq!(asked(&request), [(0, -2), (3, -2)]);
    world.reply(
        &ask,
        &listed(&[
            (0, ErrorCode::NONE, 11),
            (3, ErrorCode::NOT_LEADER_OR_FOLLOWER, -1),
        ]),
    );
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(0, 11)]);
    assert!(world.try_next::<ListOffsetsRequest>().is_none());
    world.pass(Duration::from_millis(130));
    let (ask, request) = world.next::<ListOffsetsRequest>();
    assert_eq!(asked(&request), [(3, -2)]);
    // An answer that lacks it is none.
    world.reply(&ask, &listed(&[]));
    world.pass(Duration::from_millis(300));
    world.next::<ListOffsetsRequest>();
}

#[test]
fn f35_a_partition_without_a_leader_waits_for_one() {
    let mut world = World::new(|_| {});
    let mut topic = (**world.metadata.topic("t").unwrap()).clone();
    let led = topic.partitions[0].clone();
    topic.partitions[0].leader = None;
    world.metadata.topics.insert("t".into(), topic.clone().into());
    let (reply, _) = crate::oneshot::promise();
    let partitions = vec![(super::world::tp(0), EARLIEST)];
    world.command(super::super::Command::Assign { partitions, reply });
    assert!(world.try_next::<ListOffsetsRequest>().is_none());
    assert!(world.refreshes > 0);
    topic.partitions[0] = led;
    world.metadata.topics.insert("t".into(), topic.into());
    world.new_metadata();
    world.next::<ListOffsetsRequest>();
}

#[test]
fn f36_a_duration_is_counted_back_from_the_wall_clock() {
    let reset = OffsetReset::ByDuration(Duration::from_secs(60));
    let mut world = World::new(|config| config.auto_offset_reset = reset);
    world.pass(Duration::from_secs(5));
    let (reply, _) = crate::oneshot::promise();
    let partitions = vec![(super::world::tp(0), StartAt::Committed)];
    world.command(super::super::Command::Assign { partitions, reply });
    let (ask, request) = world.next::<ListOffsetsRequest>();
    assert_eq!(asked(&request), [(0, 1_000_000 + 5_000 - 60_000)]);
    // Nothing is that young: what comes next is what was meant.
    world.reply(&ask, &listed(&[(0, ErrorCode::NONE, -1)]));
    let (ask, request) = world.next::<ListOffsetsRequest>();
    assert_eq!(asked(&request), [(0, -1)]);
    world.reply(&ask, &listed(&[(0, ErrorCode::NONE, 42)]));
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(0, 42)]);
}

#[test]
fn f36_a_spec_that_the_broker_does_not_know_is_an_error_with_the_versions() {
    let tiered = StartAt::Spec(OffsetSpec::LatestTiered);
    let mut world = World::assigned(&[(0, tiered), (3, EARLIEST)], |_| {});
    let (first, second) = (
        world.next::<ListOffsetsRequest>().0,
        world.next::<ListOffsetsRequest>().0,
    );
    let (plain, special) = if first.body.versions().first == 1 {
        (first, second)
    } else {
        (second, first)
    };
    assert_eq!(special.body.versions().first, 9);
    let error = VersionError {
        api: special.body.key(),
        node: None,
        ours: special.body.versions(),
        theirs: Some(VersionRange { first: 1, last: 7 }),
    };
    world.answer(Answer {
        tag: special.tag,
        node: None,
        outcome: Err(RequestError::Version(error)),
    });
    assert_eq!(world.ask(), "error: partition t-0: the brokers cannot be asked");
    world.reply(&plain, &listed(&[(3, ErrorCode::NONE, 1)]));
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(3, 1)]);
    world.pass(Duration::from_secs(30));
    assert!(world.try_next::<ListOffsetsRequest>().is_none());
    assert_eq!(world.seek(0, OffsetSpec::Latest), Some(Ok(())));
    world.next::<ListOffsetsRequest>();
}

#[test]
fn f2_a_position_outside_the_log_is_reset() {
    let mut world = World::assigned(&[(0, StartAt::Offset(7))], |c| {
        c.auto_offset_reset = OffsetReset::Earliest
    });
    let (ask, _) = world.next::<FetchRequest>();
    world.fetched(&ask, vec![failed(0, ErrorCode::OFFSET_OUT_OF_RANGE)]);
    let (ask, request) = world.next::<ListOffsetsRequest>();
    assert_eq!(asked(&request), [(0, -2)]);
    world.reply(&ask, &listed(&[(0, ErrorCode::NONE, 100)]));
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(0, 100)]);
}

#[test]
fn f2_without_a_policy_the_error_has_offset_and_bounds() {
    let mut world = World::assigned(&[(0, StartAt::Offset(7))], |c| {
        c.auto_offset_reset = OffsetReset::None
    });
    let (ask, _) = world.next::<FetchRequest>();
    let mut out = failed(0, ErrorCode::OFFSET_OUT_OF_RANGE);
    (out.log_start_offset, out.high_watermark) = (20, 50);
    world.fetched(&ask, vec![out]);
    assert_eq!(
        world.ask(),
        "error: partition t-0: offset 7 is not in the log, which starts at 20 and ends at 50"
    );
    world.pass(Duration::from_secs(10));
    assert!(world.try_next::<FetchRequest>().is_none());
}

#[test]
fn f2_an_answer_for_a_position_that_was_left_is_dropped() {
    let mut world = World::assigned(&[(0, StartAt::Offset(7))], |c| {
        c.auto_offset_reset = OffsetReset::Earliest
    });
    let (ask, _) = world.next::<FetchRequest>();
    world.seek(0, 30);
    world.fetched(&ask, vec![failed(0, ErrorCode::OFFSET_OUT_OF_RANGE)]);
    assert!(world.try_next::<ListOffsetsRequest>().is_none());
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(0, 30)]);
}

#[test]
fn f2_what_was_fetched_before_is_delivered_first() {
    let mut world = World::assigned(&[(0, StartAt::Offset(0))], |c| {
        c.auto_offset_reset = OffsetReset::Earliest
    });
    world.feed(batch(0, 2, 5), 5);
    let (ask, _) = world.next::<FetchRequest>();
    world.fetched(&ask, vec![failed(0, ErrorCode::OFFSET_OUT_OF_RANGE)]);
    assert_eq!(world.ask(), "t-0: 0 1");
    world.pass(Duration::from_millis(130));
    let (ask, _) = world.next::<FetchRequest>();
    world.fetched(&ask, vec![failed(0, ErrorCode::OFFSET_OUT_OF_RANGE)]);
    world.next::<ListOffsetsRequest>();
}

#[test]
fn a_seek_is_not_undone_by_a_lookup_under_way() {
    let mut world = World::assigned(&[(0, EARLIEST)], |_| {});
    let (ask, _) = world.next::<ListOffsetsRequest>();
    world.seek(0, 5);
    world.reply(&ask, &listed(&[(0, ErrorCode::NONE, 0)]));
    let (ask, request) = world.next::<FetchRequest>();
    assert_eq!(wanted(&request), [(0, 5)]);
    world.fetched(&ask, vec![data(0, 5, join(&[]))]);
    assert!(world.try_next::<ListOffsetsRequest>().is_none());
}
