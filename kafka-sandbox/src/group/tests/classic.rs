//! Scripts of classic groups: each way from state to state, and each refusal.

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::consumer_protocol::Subscription;
use protocol::messages::heartbeat::HeartbeatRequest;
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupRequestProtocol, JoinGroupResponse};
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupRequestAssignment, SyncGroupResponse};

use super::*;
use crate::group::classic::{Joining, Leaving, Syncing};

const GROUP: &str = "billing";

/// A ticket without its rights: what it is known by in a test.
type Slot = LinkId;

pub(super) fn subscription(topics: &[&str]) -> Bytes {
    Subscription {
        topics: topics.iter().map(|&topic| topic.to_owned()).collect(),
        ..Subscription::default()
    }
    .encode(1)
    .unwrap()
}

/// A join with these protocols, the best first.
pub(super) fn joining(member: &str, protocols: &[&str]) -> JoinGroupRequest {
    let protocols = protocols.iter().map(|&name| JoinGroupRequestProtocol {
        name: name.to_owned(),
        metadata: subscription(&["orders"]),
    });
    JoinGroupRequest {
        group_id: GROUP.to_owned(),
        session_timeout_ms: 10_000,
        rebalance_timeout_ms: 30_000,
        member_id: member.to_owned(),
        protocol_type: "consumer".to_owned(),
        protocols: protocols.collect(),
        ..JoinGroupRequest::default()
    }
}

pub(super) fn as_instance(mut request: JoinGroupRequest, instance: &str) -> JoinGroupRequest {
    request.group_instance_id = Some(instance.to_owned());
    request
}

fn syncing(joined: &JoinGroupResponse, given: &[(&str, &'static str)]) -> SyncGroupRequest {
    let given = given.iter().map(|&(member, text)| SyncGroupRequestAssignment {
        member_id: member.to_owned(),
        assignment: Bytes::from_static(text.as_bytes()),
    });
    SyncGroupRequest {
        group_id: GROUP.to_owned(),
        generation_id: joined.generation_id,
        member_id: joined.member_id.clone(),
        protocol_type: joined.protocol_type.clone(),
        protocol_name: joined.protocol_name.clone(),
        assignments: given.collect(),
        ..SyncGroupRequest::default()
    }
}

impl Bench {
    pub(super) fn join(&mut self, request: JoinGroupRequest, version: i16) -> Slot {
        let ticket = self.ticket(ApiKey::JOIN_GROUP, version);
        let slot = ticket.link;
        let joining = Joining {
            request,
            client_id: "tests".into(),
            client_host: "/127.0.0.1".to_owned(),
            ticket,
        };
        let (now, config) = (self.now(), self.config());
        let effects = self
            .groups
            .join(now, &mut self.rng, PARTITION, config, &self.topics, joining);
        self.take(effects);
        slot
    }

    pub(super) fn sync(&mut self, request: SyncGroupRequest) -> Slot {
        let ticket = self.ticket(ApiKey::SYNC_GROUP, 5);
        let slot = ticket.link;
        let now = self.now();
        let effects = self
            .groups
            .sync(now, &mut self.rng, &self.topics, Syncing { request, ticket });
        self.take(effects);
        slot
    }

    /// The answer to a join, if there is one.
    pub(super) fn joined(&mut self, slot: Slot) -> Option<JoinGroupResponse> {
        let mut answers = self.answers.iter();
        let at = answers
            .position(|answer| matches!(answer, GroupAnswer::Join(ticket, _) if ticket.link == slot))?;
        match self.answers.remove(at) {
            GroupAnswer::Join(_, response) => Some(response),
            _ => None,
        }
    }

    pub(super) fn synced(&mut self, slot: Slot) -> Option<SyncGroupResponse> {
        let mut answers = self.answers.iter();
        let at = answers
            .position(|answer| matches!(answer, GroupAnswer::Sync(ticket, _) if ticket.link == slot))?;
        match self.answers.remove(at) {
            GroupAnswer::Sync(_, response) => Some(response),
            _ => None,
        }
    }

    /// The code that a join gets at once.
    pub(super) fn refusal(&mut self, request: JoinGroupRequest, version: i16) -> ErrorCode {
        let slot = self.join(request, version);
        ErrorCode(self.joined(slot).unwrap().error_code)
    }

    pub(super) fn join_code(&mut self, member: &str, version: i16) -> ErrorCode {
        self.refusal(joining(member, &["range"]), version)
    }

    fn sync_code(&mut self, request: SyncGroupRequest) -> ErrorCode {
        let slot = self.sync(request);
        ErrorCode(self.synced(slot).unwrap().error_code)
    }

    pub(super) fn beat_as(&mut self, member: &str, instance: Option<&str>, generation: i32) -> ErrorCode {
        let request = HeartbeatRequest {
            group_id: GROUP.to_owned(),
            generation_id: generation,
            member_id: member.to_owned(),
            group_instance_id: instance.map(str::to_owned),
        };
        let outcome = self.groups.heartbeat(self.now(), &mut self.rng, &request);
        outcome.err().unwrap_or_default()
    }

    fn beat_of(&mut self, joined: &JoinGroupResponse) -> ErrorCode {
        self.beat_as(&joined.member_id, None, joined.generation_id)
    }

    pub(super) fn leave(&mut self, member: &str, instance: Option<&str>) -> ErrorCode {
        let leaving = Leaving {
            member_id: member.to_owned(),
            group_instance_id: instance.map(str::to_owned),
            reason: None,
        };
        let now = self.now();
        let (outcomes, effects) = self
            .groups
            .leave(now, &mut self.rng, &self.topics, GROUP, vec![leaving]);
        self.take(effects);
        ErrorCode(outcomes[0].error_code)
    }

    pub(super) fn described(&self) -> protocol::messages::describe_groups::DescribedGroup {
        self.groups.describe_classic(GROUP).unwrap()
    }

    pub(super) fn stable_group(&mut self, members: usize) -> Vec<JoinGroupResponse> {
        self.stable(members)
    }

    /// The join of somebody who is in already, or of somebody new.
    pub(super) fn rejoining(&self, known: &JoinGroupResponse) -> JoinGroupRequest {
        joining(&known.member_id, &["range"])
    }

    /// A group of as many members as that, stable, its leader first.
    fn stable(&mut self, members: usize) -> Vec<JoinGroupResponse> {
        let slots: Vec<Slot> = (0..members)
            .map(|_| self.join(joining("", &["range"]), 3))
            .collect();
        self.advance(Duration::from_secs(6));
        let joined: Vec<_> = slots.into_iter().map(|slot| self.joined(slot).unwrap()).collect();
        for other in &joined[1..] {
            self.sync(syncing(other, &[]));
        }
        let given: Vec<(&str, &str)> = joined
            .iter()
            .map(|one| (one.member_id.as_str(), "some"))
            .collect();
        assert_eq!(self.sync_code(syncing(&joined[0], &given)), ErrorCode::NONE);
        self.answers.clear();
        assert_eq!(self.described().group_state, "Stable");
        joined
    }
}

#[test]
fn somebody_new_gets_an_id_first() {
    let mut bench = Bench::new(GroupSettings::default());
    let slot = bench.join(joining("", &["range"]), 4);
    let answer = bench.joined(slot).unwrap();
    assert_eq!(ErrorCode(answer.error_code), ErrorCode::MEMBER_ID_REQUIRED);
    assert!(answer.member_id.starts_with("tests-"), "{}", answer.member_id);
    assert_eq!(answer.member_id.len(), "tests-".len() + 36);
    assert_eq!(bench.described().group_state, "Empty");
    let slot = bench.join(joining(&answer.member_id, &["range"]), 4);
    assert_eq!(bench.described().group_state, "PreparingRebalance");
    bench.advance(Duration::from_secs(3));
    assert_eq!(bench.joined(slot).unwrap().member_id, answer.member_id);
    // Whoever does not come back in time is not known any more.
    let slot = bench.join(joining("", &["range"]), 4);
    let answer = bench.joined(slot).unwrap();
    bench.advance(Duration::from_secs(11));
    assert_eq!(
        bench.join_code(&answer.member_id, 4),
        ErrorCode::UNKNOWN_MEMBER_ID
    );
}

#[test]
fn joins_are_refused() {
    let mut bench = Bench::new(GroupSettings::default());
    assert_eq!(bench.join_code("nobody", 4), ErrorCode::UNKNOWN_MEMBER_ID);
    let inconsistent = ErrorCode::INCONSISTENT_GROUP_PROTOCOL;
    assert_eq!(bench.refusal(joining("", &[]), 4), inconsistent);
    let mut typeless = joining("", &["range"]);
    typeless.protocol_type.clear();
    assert_eq!(bench.refusal(typeless, 4), inconsistent);
    bench.stable(1);
    assert_eq!(bench.refusal(joining("", &["sticky"]), 4), inconsistent);
    let mut connect = joining("", &["range"]);
    connect.protocol_type = "connect".to_owned();
    assert_eq!(bench.refusal(connect, 4), inconsistent);
    assert_eq!(bench.join_code("nobody", 4), ErrorCode::UNKNOWN_MEMBER_ID);
    let request = as_instance(joining("nobody", &["range"]), "till-1");
    assert_eq!(bench.refusal(request, 5), ErrorCode::UNKNOWN_MEMBER_ID);
}

#[test]
fn a_new_group_waits_for_more_members_but_not_forever() {
    let mut bench = Bench::new(GroupSettings::default());
    let mut request = joining("", &["range"]);
    request.rebalance_timeout_ms = 7_000;
    let first = bench.join(request.clone(), 3);
    for _ in 0..3 {
        bench.advance(Duration::from_secs(2));
        bench.join(request.clone(), 3);
        assert!(bench.joined(first).is_none());
    }
    // Three seconds, prolonged by three, prolonged by the one that is left.
    bench.advance(Duration::from_millis(999));
    assert!(bench.joined(first).is_none());
    bench.advance(Duration::from_millis(1));
    assert_eq!(bench.joined(first).unwrap().members.len(), 4);
}

#[test]
fn a_group_is_full() {
    let mut bench = Bench::new(GroupSettings {
        classic_size_max: 2,
        ..GroupSettings::default()
    });
    let members = bench.stable(2);
    let full = ErrorCode::GROUP_MAX_SIZE_REACHED;
    assert_eq!(bench.join_code("", 3), full);
    assert_eq!(bench.described().members.len(), 2);
    bench.join(joining(&members[0].member_id, &["range"]), 4);
    bench.join(joining("", &["range"]), 3);
    assert_eq!(bench.join_code("", 3), full, "two have joined");
    // The one who has not comes too late.
    assert_eq!(bench.join_code(&members[1].member_id, 3), full);
}

#[test]
fn votes_choose_the_protocol() {
    let mut bench = Bench::new(GroupSettings::default());
    let slots = [
        bench.join(joining("", &["range", "sticky"]), 3),
        bench.join(joining("", &["sticky", "range", "other"]), 3),
        bench.join(joining("", &["other", "sticky", "range"]), 3),
    ];
    bench.advance(Duration::from_secs(6));
    for slot in slots {
        let joined = bench.joined(slot).unwrap();
        assert_eq!(joined.protocol_name.as_deref(), Some("sticky"));
        assert_eq!(joined.protocol_type.as_deref(), Some("consumer"));
    }
}

#[test]
fn a_join_that_is_repeated_gets_the_same_answer() {
    let mut bench = Bench::new(GroupSettings::default());
    let slots = [
        bench.join(joining("", &["range"]), 3),
        bench.join(joining("", &["range"]), 3),
    ];
    bench.advance(Duration::from_secs(6));
    let [leader, follower] = slots.map(|slot| bench.joined(slot).unwrap());
    // While the leader's assignment is awaited.
    for joined in [&leader, &follower] {
        let slot = bench.join(joining(&joined.member_id, &["range"]), 4);
        assert_eq!(bench.joined(slot).as_ref(), Some(joined));
    }
    bench.sync(syncing(&leader, &[(&leader.member_id, "all")]));
    let slot = bench.join(joining(&follower.member_id, &["range"]), 4);
    assert_eq!(bench.joined(slot), Some(follower.clone()));
    assert_eq!(bench.described().group_state, "Stable");
    // Other wishes begin a rebalance, and so does the leader.
    bench.join(joining(&follower.member_id, &["sticky", "range"]), 4);
    assert_eq!(bench.described().group_state, "PreparingRebalance");
    let slot = bench.join(joining(&leader.member_id, &["range"]), 4);
    assert_eq!(bench.joined(slot).unwrap().generation_id, 2);
}

#[test]
fn a_join_on_another_connection_takes_the_place_of_the_first() {
    let mut bench = Bench::new(GroupSettings::default());
    let members = bench.stable(2);
    let first = bench.join(joining(&members[0].member_id, &["range"]), 4);
    let second = bench.join(joining(&members[0].member_id, &["range"]), 4);
    let abandoned =
        |answer: &GroupAnswer| matches!(answer, GroupAnswer::Abandon(ticket) if ticket.link == first);
    assert!(bench.answers.iter().any(abandoned));
    bench.join(joining(&members[1].member_id, &["range"]), 4);
    assert!(bench.joined(second).is_some());
}

#[test]
fn who_does_not_join_in_time_is_out() {
    let mut bench = Bench::new(GroupSettings::default());
    let members = bench.stable(2);
    let slot = bench.join(joining(&members[0].member_id, &["range"]), 4);
    for _ in 0..6 {
        assert_eq!(bench.beat_of(&members[1]), ErrorCode::REBALANCE_IN_PROGRESS);
        assert!(bench.joined(slot).is_none());
        bench.advance(Duration::from_secs(5));
    }
    let joined = bench.joined(slot).unwrap();
    assert_eq!((joined.generation_id, joined.members.len()), (2, 1));
    assert_eq!(bench.beat_of(&members[1]), ErrorCode::UNKNOWN_MEMBER_ID);
}

#[test]
fn a_leader_that_does_not_come_back_is_replaced() {
    let mut bench = Bench::new(GroupSettings::default());
    let members = bench.stable(2);
    let slot = bench.join(joining(&members[1].member_id, &["sticky", "range"]), 4);
    bench.advance(Duration::from_secs(10));
    let joined = bench.joined(slot).unwrap();
    assert_eq!((&joined.leader, joined.members.len()), (&members[1].member_id, 1));
}

#[test]
fn who_does_not_sync_in_time_is_out() {
    let mut bench = Bench::new(GroupSettings::default());
    let slots = [
        bench.join(joining("", &["range"]), 3),
        bench.join(joining("", &["range"]), 3),
    ];
    bench.advance(Duration::from_secs(6));
    let [leader, follower] = slots.map(|slot| bench.joined(slot).unwrap());
    let waits = bench.sync(syncing(&follower, &[]));
    for _ in 0..5 {
        bench.advance(Duration::from_secs(5));
        assert_eq!(bench.beat_of(&leader), ErrorCode::NONE);
    }
    assert!(bench.synced(waits).is_none());
    bench.advance(Duration::from_secs(5));
    let refused = bench.synced(waits).unwrap();
    assert_eq!(ErrorCode(refused.error_code), ErrorCode::REBALANCE_IN_PROGRESS);
    assert_eq!(bench.beat_of(&leader), ErrorCode::UNKNOWN_MEMBER_ID);
}

#[test]
fn syncs_are_refused() {
    let mut bench = Bench::new(GroupSettings::default());
    let nobody = syncing(&JoinGroupResponse::default(), &[]);
    assert_eq!(bench.sync_code(nobody), ErrorCode::UNKNOWN_MEMBER_ID);
    let members = bench.stable(2);
    let good = syncing(&members[1], &[]);
    let bad = [
        (
            SyncGroupRequest {
                member_id: "nobody".to_owned(),
                ..good.clone()
            },
            ErrorCode::UNKNOWN_MEMBER_ID,
        ),
        (
            SyncGroupRequest {
                generation_id: 2,
                ..good.clone()
            },
            ErrorCode::ILLEGAL_GENERATION,
        ),
        (
            SyncGroupRequest {
                protocol_name: Some("sticky".to_owned()),
                ..good.clone()
            },
            ErrorCode::INCONSISTENT_GROUP_PROTOCOL,
        ),
        (
            SyncGroupRequest {
                protocol_type: Some("connect".to_owned()),
                ..good.clone()
            },
            ErrorCode::INCONSISTENT_GROUP_PROTOCOL,
        ),
        (
            SyncGroupRequest {
                group_instance_id: Some("till-1".to_owned()),
                ..good.clone()
            },
            ErrorCode::UNKNOWN_MEMBER_ID,
        ),
    ];
    for (request, code) in bad {
        assert_eq!(bench.sync_code(request), code);
    }
    let slot = bench.sync(good.clone());
    assert_eq!(
        &bench.synced(slot).unwrap().assignment[..],
        b"some",
        "a sync may be repeated"
    );
    bench.join(joining(&members[0].member_id, &["range"]), 4);
    assert_eq!(bench.sync_code(good), ErrorCode::REBALANCE_IN_PROGRESS);
}

#[test]
fn heartbeats_are_answered_by_state() {
    let mut bench = Bench::new(GroupSettings::default());
    assert_eq!(bench.beat_as("nobody", None, 1), ErrorCode::UNKNOWN_MEMBER_ID);
    let slot = bench.join(joining("", &["range"]), 3);
    bench.advance(Duration::from_secs(3));
    let joined = bench.joined(slot).unwrap();
    assert_eq!(bench.described().group_state, "CompletingRebalance");
    assert_eq!(bench.beat_of(&joined), ErrorCode::NONE);
    assert_eq!(
        bench.beat_as(&joined.member_id, None, 0),
        ErrorCode::ILLEGAL_GENERATION
    );
    bench.sync(syncing(&joined, &[]));
    assert_eq!(bench.beat_of(&joined), ErrorCode::NONE);
    bench.join(joining("", &["range"]), 3);
    assert_eq!(bench.beat_of(&joined), ErrorCode::REBALANCE_IN_PROGRESS);
    assert_eq!(bench.leave(&joined.member_id, None), ErrorCode::NONE);
    assert_eq!(bench.beat_of(&joined), ErrorCode::UNKNOWN_MEMBER_ID);
}

#[test]
fn leaving_empties_a_group() {
    let mut bench = Bench::new(GroupSettings::default());
    assert_eq!(bench.leave("nobody", None), ErrorCode::UNKNOWN_MEMBER_ID);
    let members = bench.stable(1);
    assert_eq!(bench.leave("nobody", None), ErrorCode::UNKNOWN_MEMBER_ID);
    assert_eq!(bench.leave(&members[0].member_id, None), ErrorCode::NONE);
    let described = bench.described();
    assert_eq!(
        (&*described.group_state, &*described.protocol_type),
        ("Empty", "consumer")
    );
    // Somebody who got an id may leave as well.
    let slot = bench.join(joining("", &["range"]), 4);
    let pending = bench.joined(slot).unwrap().member_id;
    assert_eq!(bench.leave(&pending, None), ErrorCode::NONE);
    assert_eq!(bench.join_code(&pending, 4), ErrorCode::UNKNOWN_MEMBER_ID);
    // Generations go on where they were.
    assert_eq!(bench.stable(1)[0].generation_id, 3);
}

/// A stable group of instances `till-0`, which leads, and `till-1`.
fn instances(bench: &mut Bench) -> [JoinGroupResponse; 2] {
    let slots = ["till-0", "till-1"].map(|name| bench.join(as_instance(joining("", &["range"]), name), 9));
    bench.advance(Duration::from_secs(6));
    let joined = slots.map(|slot| bench.joined(slot).unwrap());
    for (request, instance) in [
        (syncing(&joined[1], &[]), "till-1"),
        (syncing(&joined[0], &[]), "till-0"),
    ] {
        bench.sync(SyncGroupRequest {
            group_instance_id: Some(instance.to_owned()),
            ..request
        });
    }
    bench.answers.clear();
    joined
}

#[test]
fn an_instance_comes_back_to_its_place() {
    let mut bench = Bench::new(GroupSettings::default());
    let [leader, follower] = instances(&mut bench);
    assert!(follower.member_id.starts_with("till-1-"));
    let kept = bench.kept.len();
    let slot = bench.join(as_instance(joining("", &["range"]), "till-1"), 9);
    let back = bench.joined(slot).unwrap();
    assert_eq!(
        (back.error_code, back.generation_id, back.skip_assignment),
        (0, 1, false)
    );
    assert_ne!(back.member_id, follower.member_id);
    assert_eq!((&back.leader, back.members.len()), (&leader.member_id, 0));
    assert_eq!(bench.described().group_state, "Stable", "nobody else is troubled");
    assert_eq!(bench.kept.len(), kept + 1);
    let fenced = ErrorCode::FENCED_INSTANCE_ID;
    assert_eq!(bench.beat_as(&follower.member_id, Some("till-1"), 1), fenced);
    assert_eq!(bench.beat_as(&back.member_id, Some("till-1"), 1), ErrorCode::NONE);
    let request = as_instance(joining(&follower.member_id, &["range"]), "till-1");
    assert_eq!(bench.refusal(request, 9), fenced);
    // The leader, too, and it learns that nothing is to be assigned (KIP-814).
    let slot = bench.join(as_instance(joining("", &["range"]), "till-0"), 9);
    let back = bench.joined(slot).unwrap();
    assert_eq!((back.skip_assignment, back.members.len()), (true, 2));
    assert_eq!(back.leader, back.member_id);
    // An older client must not take itself for the leader.
    let slot = bench.join(as_instance(joining("", &["range"]), "till-0"), 8);
    let older = bench.joined(slot).unwrap();
    assert_eq!((&older.leader, older.skip_assignment), (&back.member_id, false));
    assert_ne!(older.member_id, back.member_id);
}

#[test]
fn an_instance_with_other_wishes_begins_a_rebalance() {
    let mut bench = Bench::new(GroupSettings::default());
    instances(&mut bench);
    let slot = bench.join(as_instance(joining("", &["sticky"]), "till-1"), 9);
    let refused = ErrorCode(bench.joined(slot).unwrap().error_code);
    assert_eq!(refused, ErrorCode::INCONSISTENT_GROUP_PROTOCOL);
    for name in ["till-1", "till-0"] {
        bench.join(as_instance(joining("", &["range", "sticky"]), name), 9);
    }
    assert_eq!(
        bench.described().group_state,
        "Stable",
        "they still agree on range"
    );
    bench.join(as_instance(joining("", &["sticky", "range"]), "till-1"), 9);
    let slot = bench.join(as_instance(joining("", &["sticky", "range"]), "till-0"), 9);
    assert!(bench.joined(slot).is_none());
    assert_eq!(bench.described().group_state, "PreparingRebalance");
}

#[test]
fn an_instance_that_comes_back_while_all_join_shuts_the_old_one_out() {
    let mut bench = Bench::new(GroupSettings::default());
    let [_, follower] = instances(&mut bench);
    let request = as_instance(joining(&follower.member_id, &["sticky", "range"]), "till-1");
    let old = bench.join(request, 9);
    let new = bench.join(as_instance(joining("", &["range"]), "till-1"), 9);
    let answer = bench.joined(old).unwrap();
    assert_eq!(ErrorCode(answer.error_code), ErrorCode::FENCED_INSTANCE_ID);
    assert!(bench.joined(new).is_none());
}

#[test]
fn instances_are_waited_for_until_their_sessions_end() {
    let mut bench = Bench::new(GroupSettings::default());
    let [leader, follower] = instances(&mut bench);
    let slot = bench.join(joining("", &["range"]), 3);
    // They send heartbeats and do not join.
    for _ in 0..6 {
        bench.advance(Duration::from_secs(5));
        for (member, instance) in [(&leader, "till-0"), (&follower, "till-1")] {
            let _ = bench.beat_as(&member.member_id, Some(instance), member.generation_id);
        }
    }
    let joined = bench.joined(slot).unwrap();
    assert_eq!((joined.members.len(), &joined.leader), (3, &joined.member_id));
    for _ in 0..2 {
        bench.advance(Duration::from_secs(5));
        let _ = bench.beat_of(&joined);
    }
    assert_eq!(bench.described().members.len(), 1);
}

#[test]
fn an_administrator_takes_an_instance_out() {
    let mut bench = Bench::new(GroupSettings::default());
    let [_, follower] = instances(&mut bench);
    let code = bench.leave("", Some("till-9"));
    assert_eq!(code, ErrorCode::UNKNOWN_MEMBER_ID);
    let code = bench.leave("someone", Some("till-1"));
    assert_eq!(code, ErrorCode::FENCED_INSTANCE_ID);
    assert_eq!(bench.leave("", Some("till-1")), ErrorCode::NONE);
    let code = bench.beat_as(&follower.member_id, Some("till-1"), 1);
    assert_eq!(code, ErrorCode::UNKNOWN_MEMBER_ID);
    assert_eq!(bench.described().members.len(), 1);
}

#[test]
fn a_connection_that_is_lost_takes_its_ticket_along_and_nothing_else() {
    let mut bench = Bench::new(GroupSettings::default());
    let slot = bench.join(joining("", &["range"]), 3);
    assert_eq!(
        bench.groups.forget_link(slot).map(|ticket| ticket.link),
        Some(slot)
    );
    assert_eq!(bench.groups.forget_link(slot), None);
    bench.advance(Duration::from_secs(3));
    assert!(bench.answers.is_empty());
    assert_eq!(bench.described().group_state, "CompletingRebalance");
}

#[test]
fn the_members_that_wait_are_known_by_their_connections() {
    let mut bench = Bench::new(GroupSettings::default());
    let slots: Vec<Slot> = (0..20).map(|_| bench.join(joining("", &["range"]), 3)).collect();
    let mut waiting: Vec<Slot> = bench.groups.waiting.keys().copied().collect();
    waiting.sort_unstable();
    assert_eq!(waiting, slots);
    for slot in &slots[..5] {
        let ticket = bench.groups.forget_link(*slot);
        assert_eq!(ticket.map(|ticket| ticket.link), Some(*slot));
    }
    assert_eq!(bench.groups.waiting.len(), 15);
    bench.advance(Duration::from_secs(7));
    assert_eq!(bench.answers.len(), 15);
    assert!(bench.groups.waiting.is_empty());

    // A follower waits for what its leader gives it.
    let joined: Vec<_> = slots[5..].iter().filter_map(|slot| bench.joined(*slot)).collect();
    let synced = bench.sync(syncing(&joined[0], &[]));
    assert!(bench.groups.waiting.contains_key(&synced));
    assert!(bench.groups.forget_link(synced).is_some());
    assert!(bench.groups.waiting.is_empty());
}

#[test]
fn a_member_may_be_expired_from_outside() {
    let mut bench = Bench::new(GroupSettings::default());
    let members = bench.stable(2);
    let now = bench.now();
    let gone = bench
        .groups
        .expire_member(now, &mut bench.rng, &bench.topics, (GROUP, "nobody"));
    assert!(gone.is_none());
    let id = &members[1].member_id;
    let gone = bench
        .groups
        .expire_member(now, &mut bench.rng, &bench.topics, (GROUP, id));
    assert_eq!(gone.map(|(partition, _)| partition), Some(PARTITION));
    assert_eq!(bench.beat_of(&members[0]), ErrorCode::REBALANCE_IN_PROGRESS);
}
