//! A member of a group as the scripts begin with it.

use std::time::Duration;

use protocol::ErrorCode;
use protocol::consumer_protocol::{Assignment, TopicPartitions};
use protocol::messages::fetch::FetchRequest;
use protocol::messages::heartbeat::{HeartbeatRequest, HeartbeatResponse};
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupResponse};
use protocol::messages::offset_commit::{
    OffsetCommitRequest, OffsetCommitResponse, OffsetCommitResponsePartition, OffsetCommitResponseTopic,
};
use protocol::messages::offset_fetch::{
    OffsetFetchRequest, OffsetFetchResponse, OffsetFetchResponseGroup, OffsetFetchResponsePartitions,
    OffsetFetchResponseTopics,
};
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupResponse};

use super::super::Command;
use super::world::{World, batch, data, tp, wanted};
use crate::config::{AssignorKind, ConsumerConfig, OffsetReset};
use crate::connection::Ask;
use crate::consume::{CommitError, CommitOffsets};
use crate::oneshot::{Promised, promise};
use crate::script::topic_id;

pub(super) fn cooperative(config: &mut ConsumerConfig) {
    config.assignors = vec![AssignorKind::CooperativeSticky];
    config.auto_offset_reset = OffsetReset::Earliest;
}

pub(super) fn with_auto_commit(config: &mut ConsumerConfig) {
    cooperative(config);
    config.enable_auto_commit = true;
}

/// Joins as a follower and is assigned these partitions of `t`.
pub(super) fn settle(world: &mut World, generation: i32, partitions: &[i32]) {
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

pub(super) fn committed(partitions: &[(i32, ErrorCode, i64, i32)]) -> OffsetFetchResponse {
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
pub(super) fn member(change: fn(&mut ConsumerConfig)) -> World {
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

pub(super) fn commit(world: &mut World, partition: i32, offset: i64) -> Promised<Result<(), CommitError>> {
    let (reply, promised) = promise();
    let offsets = CommitOffsets::from([(tp(partition), offset.into())]);
    world.command(Command::Commit { offsets, reply });
    promised
}

pub(super) fn answer_commit(world: &mut World, ask: &Ask, codes: &[(i32, ErrorCode)]) {
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

pub(super) fn said(request: &OffsetCommitRequest) -> Vec<(i32, i64)> {
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

pub(super) fn heartbeat(world: &mut World, code: ErrorCode) {
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

pub(super) fn feed_both(world: &mut World) {
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
