//! Groups of the consumer protocol (KIP-848).

use protocol::messages::consumer_group_heartbeat::ConsumerGroupHeartbeatRequest;
use protocol::messages::delete_groups::DeleteGroupsRequest;
use protocol::messages::describe_groups::DescribeGroupsRequest;
use protocol::messages::offset_fetch::*;

use super::super::requests::*;
use super::ground;

#[test]
fn consumer_groups_answer_as_kafka() {
    let (mut run, _, id) = ground();
    let t = "e";
    let of = |g: &str, id, m: Option<&str>, e| OffsetFetchRequest {
        groups: vec![OffsetFetchRequestGroup {
            group_id: g.into(),
            member_id: m.map(Into::into),
            member_epoch: e,
            topics: Some(vec![OffsetFetchRequestTopics {
                topic_id: id,
                partition_indexes: vec![0],
                ..Default::default()
            }]),
        }],
        ..Default::default()
    };
    let h = "h".to_owned();
    let c = &mut run.coordinator(&h, 0);
    run.say(
        c,
        "epoch 5 of an unknown group",
        consumer_heartbeat(&h, "m1", 5, None, None, None, -1),
    );
    run.say(
        c,
        "joining without topics",
        consumer_heartbeat(&h, "m1", 0, None, Some(()), None, 10000),
    );
    run.say(
        c,
        "joining without owned partitions",
        consumer_heartbeat(&h, "m1", 0, Some(vec![t]), None, None, 10000),
    );
    run.say(
        c,
        "joining without a rebalance timeout",
        consumer_heartbeat(&h, "m1", 0, Some(vec![t]), Some(()), None, -1),
    );
    run.say(
        c,
        "an unknown assignor",
        consumer_heartbeat(&h, "m1", 0, Some(vec![t]), Some(()), Some("nope"), 10000),
    );
    run.say(
        c,
        "the empty member id",
        consumer_heartbeat(&h, "", 0, Some(vec![t]), Some(()), None, 10000),
    );
    run.say(
        c,
        "the empty group",
        consumer_heartbeat("", "m1", 0, Some(vec![t]), Some(()), None, 10000),
    );
    run.say(
        c,
        "epoch -5",
        consumer_heartbeat(&h, "m1", -5, None, None, None, -1),
    );
    run.say(
        c,
        "a regular expression that is none",
        ConsumerGroupHeartbeatRequest {
            subscribed_topic_regex: Some("(".into()),
            ..consumer_heartbeat(&h, "m1", 0, None, Some(()), None, 10000)
        },
    );
    run.say(
        c,
        "joining",
        consumer_heartbeat(&h, "m1", 0, Some(vec![t]), Some(()), None, 10000),
    );
    run.say(
        c,
        "an epoch ahead",
        consumer_heartbeat(&h, "m1", 77, None, None, None, -1),
    );
    run.say(
        c,
        "an unknown member",
        consumer_heartbeat(&h, "who", 1, None, None, None, -1),
    );
    run.say(
        c,
        "leaving an unknown member",
        consumer_heartbeat(&h, "who", -1, None, None, None, -1),
    );
    run.say(
        c,
        "a classic member, protocol in common",
        join(&h, "", 10000, vec!["range"], "consumer"),
    );
    run.say(c, "an epoch ahead", commit(&h, 77, "m1", id, 0, 0));
    run.say(c, "an older epoch", commit(&h, 0, "m1", id, 0, 0));
    run.say(c, "an unknown member", commit(&h, 1, "who", id, 0, 0));
    run.say(c, "a group with members, epoch -1", commit(&h, -1, "", id, 0, 0));
    run.say(c, "an epoch ahead", of(&h, id, Some("m1"), 77));
    run.say(
        c,
        "a group with members",
        DeleteGroupsRequest {
            groups_names: vec![h.clone()],
        },
    );
    run.say(
        c,
        "a consumer group",
        DescribeGroupsRequest {
            groups: vec![h.clone()],
            ..Default::default()
        },
    );
    run.say(
        c,
        "leaving",
        consumer_heartbeat(&h, "m1", -1, None, None, None, -1),
    );
    run.finish();
}
