//! Groups of the classic protocol from the first member to their deletion.

use bytes::Bytes;
use protocol::messages::delete_groups::DeleteGroupsRequest;
use protocol::messages::describe_groups::DescribeGroupsRequest;
use protocol::messages::find_coordinator::FindCoordinatorRequest;
use protocol::messages::heartbeat::HeartbeatRequest;
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupRequestProtocol, JoinGroupResponse};
use protocol::messages::leave_group::{LeaveGroupRequest, MemberIdentity};
use protocol::messages::list_groups::ListGroupsRequest;
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupRequestAssignment};

use super::super::pair::{Kafka, Raw, cluster, compare};

/// A subscription to the topic t, as consumers write it.
const SUBSCRIPTION: &[u8] = b"\0\x01\0\0\0\x01\0\x01t\xff\xff\xff\xff\0\0\0\0";

pub(super) fn join(group: &str, member: &str) -> JoinGroupRequest {
    join_with(group, member, &["range"])
}

fn join_with(group: &str, member: &str, protocols: &[&str]) -> JoinGroupRequest {
    JoinGroupRequest {
        group_id: group.to_owned(),
        session_timeout_ms: 30_000,
        rebalance_timeout_ms: 30_000,
        member_id: member.to_owned(),
        protocol_type: "consumer".to_owned(),
        protocols: protocols
            .iter()
            .map(|name| JoinGroupRequestProtocol {
                name: (*name).to_owned(),
                metadata: Bytes::from_static(SUBSCRIPTION),
            })
            .collect(),
        ..JoinGroupRequest::default()
    }
}

pub(super) fn sync(
    group: &str,
    joined: &JoinGroupResponse,
    assignments: &[(&str, &'static str)],
) -> SyncGroupRequest {
    let assignments = assignments
        .iter()
        .map(|(member, assignment)| SyncGroupRequestAssignment {
            member_id: (*member).to_owned(),
            assignment: Bytes::from_static(assignment.as_bytes()),
        });
    SyncGroupRequest {
        group_id: group.to_owned(),
        generation_id: joined.generation_id,
        member_id: joined.member_id.clone(),
        protocol_type: Some("consumer".to_owned()),
        protocol_name: Some("range".to_owned()),
        assignments: assignments.collect(),
        ..SyncGroupRequest::default()
    }
}

pub(super) fn heartbeat(group: &str, generation_id: i32, member: &str) -> HeartbeatRequest {
    HeartbeatRequest {
        group_id: group.to_owned(),
        generation_id,
        member_id: member.to_owned(),
        group_instance_id: None,
    }
}

pub(super) fn leave(group: &str, members: &[(&str, Option<&str>)]) -> LeaveGroupRequest {
    LeaveGroupRequest {
        group_id: group.to_owned(),
        members: members
            .iter()
            .map(|(member, instance)| MemberIdentity {
                member_id: (*member).to_owned(),
                group_instance_id: instance.map(str::to_owned),
                reason: Some("the test is over".to_owned()),
            })
            .collect(),
        ..LeaveGroupRequest::default()
    }
}

pub(super) fn describe(group: &str) -> DescribeGroupsRequest {
    DescribeGroupsRequest {
        groups: vec![group.to_owned()],
        include_authorized_operations: true,
    }
}

/// Joins in the way of version 4 and later: once for an id, and again with it.
pub(super) fn join_anew(link: &mut Raw, what: &str, group: &str) -> JoinGroupResponse {
    let first = link.ask(what, &join(group, ""));
    link.ask(what, &join(group, &first.member_id))
}

#[test]
fn classic_group_of_one() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let group = "one";
        for version in 0..=6 {
            let (key, coordinator_keys) = if version < 4 {
                (group.to_owned(), Vec::new())
            } else {
                (String::new(), vec![group.to_owned(), String::new()])
            };
            for key_type in if version == 0 { 0..=0 } else { 0..=1 } {
                let request = FindCoordinatorRequest {
                    key: key.clone(),
                    key_type,
                    coordinator_keys: coordinator_keys.clone(),
                };
                k.ask_in(version, "the coordinator", &request);
            }
        }
        k.ask("before there is a group", &describe(group));
        k.ask("before there is a group", &heartbeat(group, 0, "m"));
        k.ask("before there is a group", &leave(group, &[("m", None)]));
        k.ask("before there is a group", &join(group, "m"));
        let joined = join_anew(&mut k, "the first member", group);
        k.ask("before the assignment", &describe(group));
        k.ask("before the assignment", &heartbeat(group, 1, &joined.member_id));
        let all = [(joined.member_id.as_str(), "all")];
        let mut wrong = sync(group, &joined, &all);
        wrong.generation_id = 0;
        k.ask("an old generation", &wrong);
        wrong.generation_id = 2;
        k.ask("a generation to come", &wrong);
        let mut wrong = sync(group, &joined, &all);
        wrong.protocol_name = Some("sticky".to_owned());
        k.ask("another protocol", &wrong);
        wrong.protocol_name = None;
        k.ask("no protocol", &wrong);
        k.ask("the assignment", &sync(group, &joined, &all));
        for version in 0..=5 {
            let mut again = sync(group, &joined, &[]);
            if version < 5 {
                (again.protocol_type, again.protocol_name) = (None, None);
            }
            k.ask_in(version, "the assignment again", &again);
        }
        k.ask_in_all("with an assignment", &heartbeat(group, 1, &joined.member_id));
        k.ask_in_all("an old generation", &heartbeat(group, 0, &joined.member_id));
        k.ask_in_all("an unknown member", &heartbeat(group, 1, "nobody"));
        for version in 0..=6 {
            let mut request = describe(group);
            request.include_authorized_operations = version >= 3;
            request.groups.push("nobody-in-one".to_owned());
            k.ask_in(version, "a stable group", &request);
        }
        k.ask("by the member, as it is", &join(group, &joined.member_id));
        let joined = k.ask("by the leader, again", &join(group, &joined.member_id));
        k.ask(
            "after that",
            &sync(group, &joined, &[(joined.member_id.as_str(), "more")]),
        );
        k.ask(
            "a group with members",
            &DeleteGroupsRequest {
                groups_names: vec![group.to_owned(), "nobody-in-one".to_owned()],
            },
        );
        k.ask("an unknown member", &leave(group, &[("nobody", None)]));
        k.ask("an unknown instance", &leave(group, &[("", Some("nobody"))]));
        k.ask(
            "the last member",
            &leave(group, &[(&joined.member_id, None), ("nobody", None)]),
        );
        k.ask("an empty group", &describe(group));
        k.ask("an empty group", &heartbeat(group, 3, &joined.member_id));
        k.ask(
            "the last member again",
            &leave(group, &[(&joined.member_id, None)]),
        );
        k.ask("an empty group", &sync(group, &joined, &[]));
        let delete = DeleteGroupsRequest {
            groups_names: vec![group.to_owned()],
        };
        k.ask("an empty group", &delete);
        k.ask("once more", &delete);
        k.ask("a deleted group", &describe(group));
        k.ask("a deleted group", &heartbeat(group, 3, &joined.member_id));
    });
}

#[test]
fn classic_group_in_every_version() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        for version in 0..=9 {
            let group = format!("join-{version}");
            let mut request = join(&group, "");
            let mut joined = k.ask_in(version, "the first member", &request);
            if version >= 4 {
                request.member_id = joined.member_id;
                joined = k.ask_in(version, "the first member, by its id", &request);
            }
            let sync_version = version.min(5);
            let mut synced = sync(&group, &joined, &[(&joined.member_id, "all")]);
            if sync_version < 5 {
                (synced.protocol_type, synced.protocol_name) = (None, None);
            }
            k.ask_in(sync_version, "the assignment", &synced);
            let leave_version = version.min(5);
            let mut left = leave(&group, &[(&joined.member_id, None)]);
            if leave_version < 3 {
                left.member_id = left.members.remove(0).member_id;
            }
            k.ask_in(leave_version, "the last member", &left);
            k.ask_in(leave_version, "the last member again", &left);
        }
        let list = |states: &[&str], types: &[&str]| ListGroupsRequest {
            states_filter: states.iter().map(|state| (*state).to_owned()).collect(),
            types_filter: types.iter().map(|kind| (*kind).to_owned()).collect(),
        };
        k.ask("no such state", &list(&["Nonsense"], &[]));
        k.ask("no such type", &list(&[], &["nonsense"]));
    });
}

#[test]
fn classic_group_of_two() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let (mut one, mut two) = (kafka.connect(), kafka.connect());
        let group = "two";
        let first = join_anew(&mut one, "the first member", group);
        one.ask("alone", &sync(group, &first, &[(&first.member_id, "all")]));
        let asked = two.ask("the second member", &join_with(group, "", &["sticky", "range"]));
        let joins = two.send(
            "the second member",
            &join_with(group, &asked.member_id, &["sticky", "range"]),
        );
        let beat = heartbeat(group, 1, &first.member_id);
        one.until("while it rebalances", &beat, |answer| answer.error_code != 0);
        one.ask("while it rebalances", &describe(group));
        one.ask("while it rebalances", &sync(group, &first, &[]));
        one.ask("of another kind", &{
            let mut other = join(group, "");
            other.protocol_type = "connect".to_owned();
            other
        });
        one.ask("without a protocol in common", &join_with(group, "", &["sticky"]));
        let first = one.ask("again", &join(group, &first.member_id));
        let second = two.receive(joins);
        let waits = two.send("before the leader's", &sync(group, &second, &[]));
        one.ask("before the assignment", &describe(group));
        one.ask("before the assignment", &heartbeat(group, 2, &first.member_id));
        let given = [(first.member_id.as_str(), "a"), (&second.member_id, "b")];
        one.ask("of the leader", &sync(group, &first, &given));
        two.receive(waits);
        one.ask("of two", &describe(group));
        two.ask("of the second member", &heartbeat(group, 2, &second.member_id));
        two.ask(
            "of the generation before",
            &heartbeat(group, 1, &second.member_id),
        );
        two.ask(
            "by a follower, as it is",
            &join_with(group, &second.member_id, &["sticky", "range"]),
        );
        one.ask("nothing happened", &heartbeat(group, 2, &first.member_id));

        // The leader goes while the second member waits for its assignment.
        let joins = two.send("by a follower, with less", &join(group, &second.member_id));
        let beat = heartbeat(group, 2, &first.member_id);
        one.until("the follower has changed", &beat, |answer| answer.error_code != 0);
        let first = one.ask("again", &join(group, &first.member_id));
        let second = two.receive(joins);
        let waits = two.send("before the leader's", &sync(group, &second, &[]));
        one.ask("the leader", &leave(group, &[(&first.member_id, None)]));
        two.receive(waits);
        two.ask("without the leader", &describe(group));
        two.ask("without the leader", &heartbeat(group, 3, &second.member_id));
        let second = two.ask("as the new leader", &join(group, &second.member_id));
        two.ask("without a word on the members", &sync(group, &second, &[]));
        two.ask("with one", &describe(group));
        one.ask("of one who is gone", &heartbeat(group, 4, &first.member_id));
        one.ask("of one who is gone", &join(group, &first.member_id));
        two.ask("the last member", &leave(group, &[(&second.member_id, None)]));
    });
}

#[test]
fn classic_members_time_out() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let group = "expiring";
        let brief = |member: &str, session: i32, rebalance: i32| JoinGroupRequest {
            session_timeout_ms: session,
            rebalance_timeout_ms: rebalance,
            ..join(group, member)
        };
        k.ask("a session that is too short", &brief("", 499, 500));
        k.ask("a session that is too long", &brief("", 1_800_001, 500));
        let asked = k.ask("a brief session", &brief("", 600, 30_000));
        k.until(
            "the one who was to come back",
            &brief(&asked.member_id, 600, 30_000),
            |answer| answer.error_code == 0,
        );
        k.until("no assignment and no heartbeat", &describe(group), |answer| {
            answer.groups[0].group_state == "Empty"
        });
        let asked = k.ask("a brief session", &brief("", 600, 30_000));
        let joined = k.ask("a brief session", &brief(&asked.member_id, 600, 30_000));
        k.ask("alone", &sync(group, &joined, &[(&joined.member_id, "all")]));
        k.until("no heartbeat", &describe(group), |answer| {
            answer.groups[0].group_state == "Empty"
        });
        k.ask(
            "of one who timed out",
            &heartbeat(group, joined.generation_id, &joined.member_id),
        );

        // Those who do not join again within the time for a rebalance are left behind.
        let mut other = kafka.connect();
        let asked = k.ask("one who will be late", &brief("", 30_000, 700));
        let late = k.ask("one who will be late", &brief(&asked.member_id, 30_000, 700));
        k.ask("alone", &sync(group, &late, &[(&late.member_id, "all")]));
        let asked = other.ask("the second", &brief("", 30_000, 700));
        let second = other.ask(
            "the second, who waits for the first",
            &brief(&asked.member_id, 30_000, 700),
        );
        k.ask(
            "of one who was late",
            &heartbeat(group, late.generation_id, &late.member_id),
        );
        other.until("no assignment in time", &describe(group), |answer| {
            answer.groups[0].group_state == "Empty"
        });
        other.ask(
            "of one without an assignment",
            &heartbeat(group, second.generation_id, &second.member_id),
        );
    });
}

#[test]
fn classic_group_that_is_full() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let group = "full";
        let first = k.ask_in(3, "the first", &join(group, ""));
        let mut plain = sync(group, &first, &[(&first.member_id, "all")]);
        (plain.protocol_type, plain.protocol_name) = (None, None);
        k.ask_in(3, "alone", &plain);
        let mut others: Vec<_> = (0..3).map(|_| kafka.connect()).collect();
        let mut waiting = Vec::new();
        for (number, other) in others.iter_mut().enumerate() {
            waiting.push(other.send_in(3, "another", &join(group, "")));
            k.until("one more", &describe(group), |answer| {
                answer.groups[0].members.len() == number + 2
            });
        }
        let first = k.ask_in(3, "the first, again", &join(group, &first.member_id));
        for (other, waiting) in others.iter_mut().zip(waiting) {
            let joined = other.receive(waiting);
            let mut plain = sync(group, &joined, &[]);
            (plain.protocol_type, plain.protocol_name) = (None, None);
            let _ = other.send_in(3, "of those who wait", &plain);
        }
        let mut fifth = kafka.connect();
        fifth.ask("while they wait for the assignment", &join(group, ""));
        fifth.ask_in(3, "while they wait for the assignment", &join(group, ""));
        let mut plain = sync(group, &first, &[(&first.member_id, "all")]);
        (plain.protocol_type, plain.protocol_name) = (None, None);
        k.ask_in(3, "by the leader", &plain);
        fifth.ask("when all is settled", &join(group, ""));
        fifth.ask("a full group", &describe(group));
    });
}

#[test]
fn classic_members_that_are_static() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let group = "static";
        let member = |member: &str, instance: &str, protocols: &[&str]| JoinGroupRequest {
            group_instance_id: Some(instance.to_owned()),
            ..join_with(group, member, protocols)
        };
        let of = |instance: &str, request: SyncGroupRequest| SyncGroupRequest {
            group_instance_id: Some(instance.to_owned()),
            ..request
        };
        let beat = |instance: &str, generation: i32, member: &str| HeartbeatRequest {
            group_instance_id: Some(instance.to_owned()),
            ..heartbeat(group, generation, member)
        };
        k.ask(
            "an instance that nobody knows, with an id",
            &member("m", "a", &["range"]),
        );
        let joined = k.ask("the first instance", &member("", "a", &["range"]));
        k.ask("before the assignment", &beat("a", 1, &joined.member_id));
        let all = [(joined.member_id.as_str(), "all")];
        k.ask("alone", &of("a", sync(group, &joined, &all)));
        k.ask("good", &beat("a", 1, &joined.member_id));
        k.ask("another id", &beat("a", 1, "m"));
        k.ask("another instance", &beat("b", 1, &joined.member_id));
        k.ask("no instance", &heartbeat(group, 1, &joined.member_id));
        k.ask("an old generation", &beat("a", 0, &joined.member_id));
        for version in 3..=4 {
            k.ask_in(version, "good", &beat("a", 1, &joined.member_id));
        }
        let old = joined;
        for version in 5..=9 {
            k.ask_in(version, "the instance comes back", &member("", "a", &["range"]));
        }
        let joined = k.ask("the instance comes back", &member("", "a", &["range"]));
        k.ask("the old id", &beat("a", 1, &old.member_id));
        k.ask("the old id", &of("a", sync(group, &old, &[])));
        k.ask("the old id", &member(&old.member_id, "a", &["range"]));
        k.ask("the new id", &beat("a", 1, &joined.member_id));
        k.ask("what it had", &of("a", sync(group, &joined, &[])));
        k.ask("of one instance", &describe(group));
        for version in 4..=6 {
            let mut request = describe(group);
            request.include_authorized_operations = version > 4;
            k.ask_in(version, "of one instance", &request);
        }
        let joined = k.ask(
            "the instance comes back with more",
            &member("", "a", &["range", "sticky"]),
        );
        k.ask(
            "of a new generation",
            &beat("a", joined.generation_id, &joined.member_id),
        );
        k.ask("of a new generation", &describe(group));
        let all = [(joined.member_id.as_str(), "all")];
        k.ask("of a new generation", &of("a", sync(group, &joined, &all)));

        let mut other = kafka.connect();
        let joins = other.send("a second instance", &member("", "b", &["range"]));
        let still = beat("a", joined.generation_id, &joined.member_id);
        k.until("a second instance", &still, |answer| answer.error_code != 0);
        let first = k.ask("again", &member(&joined.member_id, "a", &["range", "sticky"]));
        let second = other.receive(joins);
        let given = [(first.member_id.as_str(), "a"), (&second.member_id, "b")];
        k.ask("of two instances", &of("a", sync(group, &first, &given)));
        other.ask("of two instances", &of("b", sync(group, &second, &[])));
        k.ask("of two instances", &describe(group));
        for version in 3..=5 {
            let wrong = leave(group, &[("m", Some("a")), ("", Some("c")), ("m", None)]);
            k.ask_in(version, "several that are not there", &wrong);
        }
        let by_instance = leave(group, &[("", Some("b")), (&first.member_id, Some("a"))]);
        k.ask("both instances", &by_instance);
        k.ask("both instances, again", &by_instance);
        k.ask("when all are gone", &describe(group));
        k.ask(
            "of an instance that is gone",
            &beat("a", first.generation_id, &first.member_id),
        );
    });
}
