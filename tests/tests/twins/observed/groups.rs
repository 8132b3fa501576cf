//! Groups of the classic protocol, and what is the same for all groups.

use bytes::Bytes;
use protocol::messages::consumer_group_describe::ConsumerGroupDescribeRequest;
use protocol::messages::delete_groups::DeleteGroupsRequest;
use protocol::messages::describe_groups::DescribeGroupsRequest;
use protocol::messages::find_coordinator::FindCoordinatorRequest;
use protocol::messages::heartbeat::HeartbeatRequest;
use protocol::messages::leave_group::*;
use protocol::messages::list_groups::ListGroupsRequest;
use protocol::messages::offset_delete::*;
use protocol::messages::offset_fetch::*;
use protocol::messages::sync_group::*;

use super::super::requests::*;
use super::{UNKNOWN, ZERO, ground};

#[test]
fn classic_groups_answer_as_kafka() {
    let (mut run, mut link, id) = ground();
    let (k, t) = (&mut link, "e");

    let g = "g".to_owned();
    let c = &mut run.coordinator(&g, 0);
    let nog = run.near(c, "nog", 0);
    let simple = run.near(c, "simple", 0);
    run.say(
        &mut run.elsewhere(c),
        "not the coordinator",
        HeartbeatRequest {
            group_id: g.clone(),
            generation_id: 1,
            member_id: "m".into(),
            ..Default::default()
        },
    );
    run.say(
        k,
        "an unknown kind of key",
        FindCoordinatorRequest {
            key_type: 9,
            coordinator_keys: vec!["x".into()],
            ..Default::default()
        },
    );
    run.say(
        k,
        "the empty group",
        FindCoordinatorRequest {
            key_type: 0,
            coordinator_keys: vec!["".into()],
            ..Default::default()
        },
    );
    run.say(
        k,
        "the empty transactional id",
        FindCoordinatorRequest {
            key_type: 1,
            coordinator_keys: vec!["".into()],
            ..Default::default()
        },
    );
    run.say(
        c,
        "unknown group, generation -1 (simple)",
        commit(&simple, -1, "", id, 0, 0),
    );
    run.say(c, "unknown group with generation 5", commit(&g, 5, "m", id, 0, 0));
    run.say(
        &mut run.coordinator("", 0),
        "the empty group",
        commit("", 1, "m", id, 0, 0),
    );
    run.say(c, "an unknown topic id", commit(&simple, -1, "", UNKNOWN, 0, 0));
    run.say(c, "an unknown partition", commit(&simple, -1, "", id, 9, 0));
    run.say(c, "metadata of 5000 bytes", commit(&simple, -1, "", id, 0, 5000));
    for (w, m, st, p, ty) in [
        ("session timeout 1", "", 1, vec!["range"], "consumer"),
        ("session timeout 9999999", "", 9999999, vec!["range"], "consumer"),
        ("no protocols", "", 10000, vec![], "consumer"),
        ("no protocol type", "", 10000, vec!["range"], ""),
        ("an unknown member", "who", 10000, vec!["range"], "consumer"),
        ("no member id", "", 10000, vec!["range"], "consumer"),
    ] {
        run.say(c, w, join(&g, m, st, p, ty));
    }
    run.say(
        &mut run.coordinator("", 0),
        "the empty group",
        join("", "", 10000, vec!["range"], "consumer"),
    );
    let m = c.ask(&join(&g, "", 10000, vec!["range"], "consumer")).member_id;
    let j = run.say(
        c,
        "with the member id",
        join(&g, &m, 10000, vec!["range"], "consumer"),
    );
    run.say(
        c,
        "heartbeat before the assignment",
        HeartbeatRequest {
            group_id: g.clone(),
            generation_id: j.generation_id,
            member_id: m.clone(),
            ..Default::default()
        },
    );
    run.say(
        c,
        "commit before the assignment",
        commit(&g, j.generation_id, &m, id, 0, 0),
    );
    let sg = |generation, m: &str, ty: &str, pn: &str| SyncGroupRequest {
        group_id: g.clone(),
        generation_id: generation,
        member_id: m.into(),
        protocol_type: Some(ty.into()),
        protocol_name: Some(pn.into()),
        assignments: vec![SyncGroupRequestAssignment {
            member_id: m.into(),
            assignment: Bytes::from_static(b"a"),
        }],
        ..Default::default()
    };
    run.say(c, "another generation", sg(77, &m, "consumer", "range"));
    run.say(
        c,
        "an unknown member",
        sg(j.generation_id, "who", "consumer", "range"),
    );
    run.say(
        c,
        "another protocol type",
        sg(j.generation_id, &m, "connect", "range"),
    );
    run.say(
        c,
        "another protocol",
        sg(j.generation_id, &m, "consumer", "sticky"),
    );
    run.say(c, "good", sg(j.generation_id, &m, "consumer", "range"));
    let hb = |g: &str, e, m: &str| HeartbeatRequest {
        group_id: g.into(),
        generation_id: e,
        member_id: m.into(),
        ..Default::default()
    };
    run.say(c, "another generation", hb(&g, 77, &m));
    run.say(c, "an unknown member", hb(&g, j.generation_id, "who"));
    run.say(c, "an unknown group", hb(&nog, 1, "who"));
    run.say(c, "good", hb(&g, j.generation_id, &m));
    run.say(c, "another generation", commit(&g, 77, &m, id, 0, 0));
    run.say(
        c,
        "an unknown member",
        commit(&g, j.generation_id, "who", id, 0, 0),
    );
    run.say(
        c,
        "a group with members, generation -1",
        commit(&g, -1, "", id, 0, 0),
    );
    run.say(
        c,
        "another protocol type",
        join(&g, "", 10000, vec!["range"], "connect"),
    );
    let other = c.ask(&join(&g, "", 10000, vec!["sticky"], "consumer")).member_id;
    run.say(
        c,
        "no protocol in common",
        join(&g, &other, 10000, vec!["sticky"], "consumer"),
    );
    run.say(
        c,
        "a group with members",
        DeleteGroupsRequest {
            groups_names: vec![g.clone()],
        },
    );
    run.say(
        c,
        "an unknown group",
        DeleteGroupsRequest {
            groups_names: vec![nog.clone()],
        },
    );
    run.say(
        &mut run.coordinator("", 0),
        "the empty group",
        DeleteGroupsRequest {
            groups_names: vec!["".into()],
        },
    );
    run.say(
        c,
        "an unknown group",
        DescribeGroupsRequest {
            groups: vec![nog.clone()],
            ..Default::default()
        },
    );
    run.say(
        c,
        "an unknown group",
        ConsumerGroupDescribeRequest {
            group_ids: vec![nog.clone()],
            ..Default::default()
        },
    );
    run.say(
        c,
        "a classic group",
        ConsumerGroupDescribeRequest {
            group_ids: vec![g.clone()],
            ..Default::default()
        },
    );
    let lg = |g: &str, m: &str, i: Option<&str>| LeaveGroupRequest {
        group_id: g.into(),
        members: vec![MemberIdentity {
            member_id: m.into(),
            group_instance_id: i.map(Into::into),
            reason: None,
        }],
        ..Default::default()
    };
    run.say(c, "an unknown group", lg(&nog, "who", None));
    run.say(c, "an unknown member", lg(&g, "who", None));
    run.say(c, "an unknown instance", lg(&g, "", Some("inst")));
    let od = |g: &str, t: &str| OffsetDeleteRequest {
        group_id: g.into(),
        topics: vec![OffsetDeleteRequestTopic {
            name: t.into(),
            partitions: vec![OffsetDeleteRequestPartition { partition_index: 0 }],
        }],
    };
    run.say(c, "an unknown group", od(&nog, t));
    run.say(c, "a topic not subscribed of a group with members", od(&g, t));
    run.say(c, "an unknown topic", od(&simple, "no-such"));
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
    run.say(c, "an unknown group", of(&nog, id, None, -1));
    run.say(c, "an unknown topic id", of(&g, UNKNOWN, None, -1));
    run.say(c, "an unknown member", of(&g, id, Some("who"), 3));
    run.say(
        &mut run.coordinator("", 0),
        "the empty group",
        of("", id, None, -1),
    );
    run.say(c, "a member of a classic group", lg(&g, &m, None));
    run.say(
        c,
        "an unknown state",
        ListGroupsRequest {
            states_filter: vec!["Nonsense".into()],
            ..Default::default()
        },
    );
    run.say(
        c,
        "an unknown type",
        ListGroupsRequest {
            types_filter: vec!["Nonsense".into()],
            ..Default::default()
        },
    );

    let mut named = commit(&simple, -1, "", ZERO, 0, 0);
    named.topics[0].name = "no-such".into();
    run.say_in(c, 9, "an unknown topic name", named);
    let mut named = of(&simple, ZERO, None, -1);
    named.groups[0].topics.as_mut().unwrap()[0].name = "no-such".into();
    run.say_in(c, 9, "an unknown topic name", named);
    run.say_in(
        c,
        4,
        "an unknown group: in state Dead",
        DescribeGroupsRequest {
            groups: vec![nog],
            ..Default::default()
        },
    );

    run.finish();
}
