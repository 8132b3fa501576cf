use std::collections::VecDeque;

use bytes::Bytes;
use protocol::consumer_protocol::{Assignment, Subscription, TopicPartitions};
use protocol::messages::heartbeat::{HeartbeatRequest, HeartbeatResponse};
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupResponse, JoinGroupResponseMember};
use protocol::messages::leave_group::{LeaveGroupRequest, LeaveGroupResponse};
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupResponse};
use protocol::{Decode, Encode, Request};

use super::*;
use crate::script::{answer, cut_off, metadata, put_topic, read, read_at, topic_id};

const COOPERATIVE: &[AssignorKind] = &[AssignorKind::CooperativeSticky];
const DEFAULT: &[AssignorKind] = &[AssignorKind::Range, AssignorKind::CooperativeSticky];

struct Script {
    member: Member,
    now: Moment,
    metadata: Metadata,
    asks: VecDeque<Ask>,
    forgotten: usize,
    events: VecDeque<MemberEvent>,
}

impl Script {
    fn new(assignors: &[AssignorKind], instance: Option<&str>) -> Self {
        let config = MemberConfig {
            group: "g".into(),
            instance: instance.map(Into::into),
            assignors: assignors.to_vec(),
            session_timeout: Duration::from_secs(45),
            heartbeat_interval: Duration::from_secs(3),
            rebalance_timeout: Duration::from_secs(300),
            request_timeout: Duration::from_secs(30),
            retry_backoff: Duration::from_millis(100),
            retry_backoff_max: Duration::from_secs(1),
            rack: None,
            lane: 0,
        };
        let mut script = Self {
            member: Member::new(config, 6 << 56, fastrand::Rng::with_seed(1)),
            now: Moment::START,
            metadata: metadata(&[("t", 4), ("u", 2)]),
            asks: VecDeque::new(),
            forgotten: 0,
            events: VecDeque::new(),
        };
        script.subscribe(&["t"]);
        script
    }

    fn subscribe(&mut self, topics: &[&str]) {
        let topics = topics.iter().map(|topic| Arc::from(*topic)).collect();
        self.member.handle_subscription(self.now, &self.metadata, topics);
        self.collect();
    }

    fn collect(&mut self) {
        while let Some(wish) = self.member.poll_wish() {
            match wish {
                Wish::Send(ask) => self.asks.push_back(ask),
                Wish::ForgetCoordinator(..) => self.forgotten += 1,
                Wish::Refresh | Wish::Leader(_) => {}
            }
        }
        self.events
            .extend(std::iter::from_fn(|| self.member.poll_event()));
    }

    /// The next request, which is of this kind.
    fn next<R: Request + Decode>(&mut self) -> (Ask, R) {
        let ask = self.asks.pop_front().expect("a request");
        let request = read(&ask);
        (ask, request)
    }

    fn reply<R: Response + Encode>(&mut self, ask: &Ask, response: &R) {
        self.member
            .handle_answer(self.now, &self.metadata, answer(ask, response));
        self.collect();
    }

    /// Lets time pass; deadlines are kept.
    fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(due) = self.member.next_deadline().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.member.handle_deadline(self.now, &self.metadata);
            self.collect();
        }
        self.now = end;
    }

    /// Answers the join that is under way as to a follower.
    fn joined(&mut self, generation: i32) -> JoinGroupRequest {
        let (ask, request) = self.next::<JoinGroupRequest>();
        let response = JoinGroupResponse {
            protocol_name: protocol_of(&request),
            ..follower(generation)
        };
        self.reply(&ask, &response);
        request
    }

    /// Answers the sync that is under way.
    fn synced(&mut self, partitions: &[i32]) -> SyncGroupRequest {
        let (ask, request) = self.next::<SyncGroupRequest>();
        self.reply(&ask, &assignment(partitions));
        request
    }

    fn settle(&mut self, generation: i32, partitions: &[i32]) {
        self.joined(generation);
        self.synced(partitions);
        assert!(matches!(self.member.state, State::Stable));
    }

    /// Answers the heartbeat that comes next.
    fn beat(&mut self, code: ErrorCode) {
        self.pass(Duration::from_secs(3));
        let (ask, _) = self.next::<HeartbeatRequest>();
        self.reply(
            &ask,
            &HeartbeatResponse {
                error_code: code.0,
                ..HeartbeatResponse::default()
            },
        );
    }

    fn event(&mut self) -> String {
        let list =
            |list: Vec<TopicPartition>| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        match self.events.pop_front() {
            Some(MemberEvent::Assigned(partitions)) => format!("assigned {}", list(partitions)),
            Some(MemberEvent::Failed(error)) => format!("failed: {error}"),
            Some(MemberEvent::Lost(partitions)) => format!("lost {}", list(partitions)),
            Some(MemberEvent::Revoke(partitions)) => format!("revoke {}", list(partitions)),
            None => "nothing".to_owned(),
        }
    }

    fn hand_over(&mut self) {
        self.member.handle_handed_over(self.now, &self.metadata);
        self.collect();
    }

    fn owned(&self) -> Vec<i32> {
        self.member
            .owned()
            .iter()
            .map(|partition| partition.partition)
            .collect()
    }
}

fn follower(generation: i32) -> JoinGroupResponse {
    JoinGroupResponse {
        generation_id: generation,
        protocol_type: Some("consumer".to_owned()),
        leader: "other".to_owned(),
        member_id: "me".to_owned(),
        ..JoinGroupResponse::default()
    }
}

fn protocol_of(request: &JoinGroupRequest) -> Option<String> {
    request.protocols.first().map(|protocol| protocol.name.clone())
}

fn assignment(partitions: &[i32]) -> SyncGroupResponse {
    let partitions = vec![TopicPartitions {
        topic: "t".to_owned(),
        partitions: partitions.to_vec(),
    }];
    SyncGroupResponse {
        assignment: Assignment {
            partitions,
            user_data: None,
        }
        .encode(3)
        .unwrap(),
        ..SyncGroupResponse::default()
    }
}

fn refused(code: ErrorCode) -> JoinGroupResponse {
    JoinGroupResponse {
        error_code: code.0,
        protocol_name: Some(String::new()),
        ..JoinGroupResponse::default()
    }
}

#[test]
fn g1_the_id_that_is_required_is_adopted_at_once() {
    let mut script = Script::new(DEFAULT, None);
    let (ask, first) = script.next::<JoinGroupRequest>();
    assert_eq!(first.member_id, "");
    let response = JoinGroupResponse {
        member_id: "me".to_owned(),
        ..refused(ErrorCode::MEMBER_ID_REQUIRED)
    };
    script.reply(&ask, &response);
    let (_, second) = script.next::<JoinGroupRequest>();
    assert_eq!(second.member_id, "me");
    assert!(second.reason.is_some());
}

#[test]
fn g2_an_eager_member_gives_everything_up_before_it_joins_again() {
    let mut script = Script::new(DEFAULT, None);
    script.settle(1, &[0, 1]);
    assert_eq!(script.event(), "assigned t-0 t-1");
    script.beat(ErrorCode::REBALANCE_IN_PROGRESS);
    assert_eq!(script.event(), "revoke t-0 t-1");
    assert!(script.asks.is_empty());
    script.hand_over();
    let request = script.joined(2);
    let introduction = Subscription::decode(&request.protocols[0].metadata).unwrap();
    assert_eq!(introduction.owned_partitions, []);
    script.synced(&[1]);
    assert_eq!(script.event(), "assigned t-1");
}

#[test]
fn g2_a_cooperative_member_keeps_what_it_has_while_it_joins() {
    let mut script = Script::new(COOPERATIVE, None);
    script.settle(1, &[0, 1]);
    script.event();
    script.beat(ErrorCode::REBALANCE_IN_PROGRESS);
    assert_eq!(script.event(), "nothing");
    assert_eq!(script.owned(), [0, 1]);
    let request = script.joined(2);
    let introduction = Subscription::decode(&request.protocols[0].metadata).unwrap();
    assert_eq!(
        introduction.owned_partitions,
        [TopicPartitions {
            topic: "t".to_owned(),
            partitions: vec![0, 1]
        }]
    );
    assert_eq!(introduction.generation, Some(1));
    // It says so again while it joins: that is the rebalance it is taking part in.
    script.synced(&[0, 1]);
    assert_eq!(script.event(), "assigned ");
}

#[test]
fn g3_an_old_generation_loses_its_partitions_and_keeps_its_id() {
    let mut script = Script::new(COOPERATIVE, None);
    script.settle(1, &[0, 1]);
    script.event();
    script.beat(ErrorCode::ILLEGAL_GENERATION);
    assert_eq!(script.event(), "lost t-0 t-1");
    let (_, request) = script.next::<JoinGroupRequest>();
    assert_eq!(request.member_id, "me");
    assert_eq!(
        Subscription::decode(&request.protocols[0].metadata)
            .unwrap()
            .owned_partitions,
        []
    );
}

#[test]
fn g4_an_unknown_member_joins_as_a_new_one() {
    let mut script = Script::new(COOPERATIVE, None);
    script.settle(1, &[0]);
    script.event();
    script.beat(ErrorCode::UNKNOWN_MEMBER_ID);
    assert_eq!(script.event(), "lost t-0");
    assert_eq!(script.next::<JoinGroupRequest>().1.member_id, "");
}

#[test]
fn g4_an_answer_about_an_earlier_generation_changes_nothing() {
    let mut script = Script::new(COOPERATIVE, None);
    script.settle(1, &[0]);
    script.event();
    script.pass(Duration::from_secs(3));
    let (late, _) = script.next::<HeartbeatRequest>();
    // Meanwhile a commit tells that the group has moved on; the member joins again.
    script.subscribe(&["t", "u"]);
    script.settle(2, &[0]);
    script.event();
    script.reply(
        &late,
        &HeartbeatResponse {
            error_code: ErrorCode::UNKNOWN_MEMBER_ID.0,
            ..Default::default()
        },
    );
    assert_eq!(script.event(), "nothing");
    assert_eq!(script.owned(), [0]);
    assert_eq!(&*script.member.id, "me");
}

#[test]
fn g5_a_fenced_static_member_is_out() {
    let mut script = Script::new(COOPERATIVE, Some("host-1"));
    script.settle(1, &[0]);
    script.event();
    script.beat(ErrorCode::FENCED_INSTANCE_ID);
    assert_eq!(script.event(), "lost t-0");
    let said = script.event();
    assert!(
        said.starts_with("failed: group `g`: another consumer with the instance id `host-1`"),
        "{said}"
    );
    script.pass(Duration::from_secs(600));
    assert!(script.asks.is_empty());
    assert!(script.member.is_ended());
}

#[test]
fn g7_a_fenced_commit_resets_the_member_unless_it_is_joining_again() {
    let mut script = Script::new(COOPERATIVE, None);
    script.settle(1, &[0]);
    script.event();
    let identity = script.member.identity().unwrap();
    let stale = Identity {
        generation: 0,
        ..identity.clone()
    };
    let code = ErrorCode::ILLEGAL_GENERATION;
    script
        .member
        .handle_commit_fenced(script.now, &script.metadata, &stale, code);
    script.collect();
    assert_eq!(script.event(), "nothing");
    script
        .member
        .handle_commit_fenced(script.now, &script.metadata, &identity, code);
    script.collect();
    assert_eq!(script.event(), "lost t-0");
    assert_eq!(script.next::<JoinGroupRequest>().1.member_id, "me");
}

#[test]
fn g11_a_member_whose_application_is_late_leaves_and_comes_back() {
    let mut script = Script::new(COOPERATIVE, None);
    script.settle(1, &[0]);
    script.event();
    script.member.handle_caller_late();
    script.collect();
    assert_eq!(script.event(), "lost t-0");
    let (_, leave) = script.next::<LeaveGroupRequest>();
    assert_eq!(leave.members[0].member_id, "me");
    assert!(
        leave.members[0]
            .reason
            .as_deref()
            .unwrap()
            .contains("poll interval")
    );
    script.pass(Duration::from_secs(600));
    assert!(script.asks.is_empty(), "it sends no heartbeats and does not join");
    assert_eq!(script.member.identity(), None);
    script.member.handle_caller_back(script.now, &script.metadata);
    script.collect();
    assert_eq!(script.next::<JoinGroupRequest>().1.member_id, "");
}

#[test]
fn g11_an_application_that_is_late_during_the_first_join_becomes_no_member() {
    for known in [false, true] {
        let mut script = Script::new(COOPERATIVE, None);
        if known {
            let (ask, _) = script.next::<JoinGroupRequest>();
            let response = JoinGroupResponse {
                member_id: "me".to_owned(),
                ..refused(ErrorCode::MEMBER_ID_REQUIRED)
            };
            script.reply(&ask, &response);
        }
        let (ask, request) = script.next::<JoinGroupRequest>();
        script.member.handle_caller_late();
        script.collect();
        if known {
            let (_, leave) = script.next::<LeaveGroupRequest>();
            assert_eq!(leave.members[0].member_id, "me");
        }
        let response = JoinGroupResponse {
            protocol_name: protocol_of(&request),
            ..follower(1)
        };
        script.reply(&ask, &response);
        script.pass(Duration::from_secs(600));
        assert!(script.asks.is_empty(), "it does not go on to the sync");
        script.member.handle_caller_back(script.now, &script.metadata);
        script.collect();
        assert_eq!(script.next::<JoinGroupRequest>().1.member_id, "");
    }
}

#[test]
fn g12_silence_of_the_coordinator_has_it_looked_up_and_nothing_given_up() {
    let mut script = Script::new(COOPERATIVE, None);
    script.settle(1, &[0]);
    script.event();
    script.pass(Duration::from_secs(44));
    assert_eq!(script.asks.len(), 1, "one heartbeat is under way");
    assert_eq!(script.forgotten, 0);
    script.pass(Duration::from_secs(2));
    assert_eq!(script.forgotten, 1);
    assert_eq!(
        script.asks.len(),
        2,
        "and another one goes to whoever coordinates now"
    );
    assert_eq!(script.event(), "nothing");
    assert_eq!(script.owned(), [0]);
}

#[test]
fn g12_a_broken_connection_has_the_coordinator_looked_up_at_once() {
    let mut script = Script::new(COOPERATIVE, None);
    script.settle(1, &[0]);
    script.pass(Duration::from_secs(3));
    let (ask, _) = script.next::<HeartbeatRequest>();
    script
        .member
        .handle_answer(script.now, &script.metadata, cut_off(&ask));
    script.collect();
    assert_eq!(script.forgotten, 1);
    script.pass(Duration::from_millis(120));
    script.next::<HeartbeatRequest>();
    assert_eq!(script.owned(), [0]);
}

#[test]
fn g13_a_sync_that_fails_is_followed_by_a_join() {
    for code in [
        ErrorCode::REBALANCE_IN_PROGRESS,
        ErrorCode::NOT_COORDINATOR,
        ErrorCode::ILLEGAL_GENERATION,
    ] {
        let mut script = Script::new(COOPERATIVE, None);
        script.joined(1);
        let (ask, _) = script.next::<SyncGroupRequest>();
        script.reply(
            &ask,
            &SyncGroupResponse {
                error_code: code.0,
                ..SyncGroupResponse::default()
            },
        );
        script.pass(Duration::from_millis(120));
        script.settle(2, &[0]);
        assert_eq!(script.event(), "assigned t-0", "{code}");
    }
}

#[test]
fn g14_what_cannot_be_mended_is_said_with_advice() {
    for (code, advice) in [
        (
            ErrorCode::INCONSISTENT_GROUP_PROTOCOL,
            "partition.assignment.strategy",
        ),
        (ErrorCode::INVALID_SESSION_TIMEOUT, "session.timeout.ms"),
        (ErrorCode::GROUP_MAX_SIZE_REACHED, "group.max.size"),
        (ErrorCode::GROUP_AUTHORIZATION_FAILED, "READ"),
    ] {
        let mut script = Script::new(DEFAULT, None);
        let (ask, _) = script.next::<JoinGroupRequest>();
        script.reply(&ask, &refused(code));
        let said = script.event();
        assert!(said.starts_with("failed") && said.contains(advice), "{said}");
        script.pass(Duration::from_secs(60));
        assert!(script.asks.is_empty());
    }
}

#[test]
fn g15_cooperative_two_phases_of_a_member() {
    let mut script = Script::new(COOPERATIVE, None);
    script.settle(1, &[0, 1, 2]);
    script.event();
    script.beat(ErrorCode::REBALANCE_IN_PROGRESS);
    script.settle(2, &[0, 3]);
    assert_eq!(script.event(), "revoke t-1 t-2");
    assert_eq!(script.event(), "assigned t-3");
    assert!(
        script.asks.is_empty(),
        "it joins again only when they are handed over"
    );
    script.hand_over();
    assert_eq!(script.owned(), [0, 3]);
    let (_, request) = script.next::<JoinGroupRequest>();
    let owned = Subscription::decode(&request.protocols[0].metadata)
        .unwrap()
        .owned_partitions;
    assert_eq!(
        owned,
        [TopicPartitions {
            topic: "t".to_owned(),
            partitions: vec![0, 3]
        }]
    );
}

#[test]
fn g18_a_static_leader_that_comes_back_does_not_assign() {
    let mut script = Script::new(COOPERATIVE, Some("host-1"));
    let (ask, request) = script.next::<JoinGroupRequest>();
    assert_eq!(request.group_instance_id.as_deref(), Some("host-1"));
    let response = JoinGroupResponse {
        leader: "me".to_owned(),
        skip_assignment: true,
        members: vec![JoinGroupResponseMember {
            member_id: "me".to_owned(),
            group_instance_id: Some("host-1".to_owned()),
            metadata: request.protocols[0].metadata.clone(),
        }],
        protocol_name: protocol_of(&request),
        ..follower(1)
    };
    script.reply(&ask, &response);
    let sync = script.synced(&[0, 1]);
    assert_eq!(sync.assignments, []);
    assert_eq!(script.event(), "assigned t-0 t-1");
    // It goes on to watch the topics as a leader does.
    put_topic(&mut script.metadata, "t", topic_id("t"), 6, 5);
    script.member.handle_metadata(script.now, &script.metadata);
    script.collect();
    script.next::<JoinGroupRequest>();
}

#[test]
fn g19_a_static_member_stays_in_the_group_unless_told_to_leave() {
    let mut script = Script::new(COOPERATIVE, Some("host-1"));
    script.settle(1, &[0]);
    script.member.leave(Leaving::Default, "closed");
    script.collect();
    assert!(script.asks.is_empty());
    assert!(script.member.is_ended());

    let mut script = Script::new(COOPERATIVE, Some("host-1"));
    script.settle(1, &[0]);
    script.member.leave(Leaving::Leave, "closed");
    script.collect();
    let (_, leave) = script.next::<LeaveGroupRequest>();
    assert_eq!(leave.members[0].group_instance_id.as_deref(), Some("host-1"));
}

#[test]
fn g20_a_dynamic_member_leaves_with_its_reason() {
    let mut script = Script::new(COOPERATIVE, None);
    script.settle(1, &[0]);
    script.member.leave(Leaving::Default, "the consumer was closed");
    script.collect();
    let (ask, leave) = script.next::<LeaveGroupRequest>();
    assert_eq!(leave.members[0].member_id, "me");
    assert_eq!(
        leave.members[0].reason.as_deref(),
        Some("the consumer was closed")
    );
    let old: LeaveGroupRequest = read_at(&ask, 2);
    assert_eq!((old.member_id.as_str(), old.members.len()), ("me", 0));
    assert!(!script.member.is_ended());
    script.reply(&ask, &LeaveGroupResponse::default());
    assert!(script.member.is_ended());

    let mut script = Script::new(COOPERATIVE, None);
    script.settle(1, &[0]);
    script.member.leave(Leaving::Remain, "closed");
    script.collect();
    assert!(script.asks.is_empty());
}

#[test]
fn g21_heartbeats_go_on_while_the_caller_takes_its_time() {
    let mut script = Script::new(DEFAULT, None);
    script.settle(1, &[0]);
    script.event();
    script.beat(ErrorCode::REBALANCE_IN_PROGRESS);
    assert_eq!(script.event(), "revoke t-0");
    for _ in 0..20 {
        script.beat(ErrorCode::REBALANCE_IN_PROGRESS);
        assert_eq!(script.event(), "nothing");
        assert!(script.asks.is_empty());
    }
    script.hand_over();
    script.next::<JoinGroupRequest>();
}

#[test]
fn g22_an_assignment_for_an_old_subscription_is_not_applied() {
    let mut script = Script::new(COOPERATIVE, None);
    script.subscribe(&["u"]);
    script.joined(1);
    // The join was for the old one: another follows at once.
    let (_, request) = script.next::<JoinGroupRequest>();
    assert_eq!(
        Subscription::decode(&request.protocols[0].metadata)
            .unwrap()
            .topics,
        ["u"]
    );

    let mut script = Script::new(COOPERATIVE, None);
    script.joined(1);
    script.subscribe(&["u"]);
    script.synced(&[0, 1]);
    assert_eq!(script.event(), "nothing");
    assert_eq!(script.owned(), Vec::<i32>::new());
    script.next::<JoinGroupRequest>();
}

fn as_leader(script: &mut Script, other: Bytes) -> SyncGroupRequest {
    let (ask, request) = script.next::<JoinGroupRequest>();
    let member = |id: &str, metadata: &Bytes| JoinGroupResponseMember {
        member_id: id.to_owned(),
        metadata: metadata.clone(),
        ..JoinGroupResponseMember::default()
    };
    let response = JoinGroupResponse {
        leader: "me".to_owned(),
        members: vec![
            member("me", &request.protocols[0].metadata),
            member("other", &other),
        ],
        protocol_name: protocol_of(&request),
        ..follower(1)
    };
    script.reply(&ask, &response);
    script.next::<SyncGroupRequest>().1
}

#[test]
fn g23_a_member_that_cannot_be_understood_gets_nothing() {
    let mut script = Script::new(COOPERATIVE, None);
    let sync = as_leader(&mut script, Bytes::from_static(&[0, 3, 0x7f, 0xff, 0xff, 0xff]));
    assert_eq!(sync.assignments.len(), 1);
    assert_eq!(sync.assignments[0].member_id, "me");
    let mine = Assignment::decode(&sync.assignments[0].assignment).unwrap();
    assert_eq!(
        mine.partitions,
        [TopicPartitions {
            topic: "t".to_owned(),
            partitions: vec![0, 1, 2, 3]
        }]
    );
}

#[test]
fn g23_an_assignment_that_cannot_be_read_is_an_error() {
    let mut script = Script::new(COOPERATIVE, None);
    script.joined(1);
    let (ask, _) = script.next::<SyncGroupRequest>();
    let assignment = Bytes::from_static(&[0, 1, 0x7f, 0xff, 0xff, 0xff]);
    script.reply(
        &ask,
        &SyncGroupResponse {
            assignment,
            ..SyncGroupResponse::default()
        },
    );
    assert!(script.event().contains("cannot be read"));
}

#[test]
fn g25_another_type_of_group_is_an_error() {
    let mut script = Script::new(COOPERATIVE, None);
    let (ask, request) = script.next::<JoinGroupRequest>();
    let response = JoinGroupResponse {
        protocol_type: Some("connect".to_owned()),
        protocol_name: protocol_of(&request),
        ..follower(1)
    };
    script.reply(&ask, &response);
    assert!(script.event().contains("`connect`"));

    let mut script = Script::new(COOPERATIVE, None);
    script.joined(1);
    let (ask, _) = script.next::<SyncGroupRequest>();
    let response = SyncGroupResponse {
        protocol_name: Some("range".to_owned()),
        ..assignment(&[0])
    };
    script.reply(&ask, &response);
    assert!(script.event().starts_with("failed"));
}

#[test]
fn g26_with_an_eager_assignor_beside_it_the_cooperative_one_gives_up_first() {
    let mut script = Script::new(DEFAULT, None);
    let (ask, request) = script.next::<JoinGroupRequest>();
    let names: Vec<&str> = request
        .protocols
        .iter()
        .map(|protocol| protocol.name.as_str())
        .collect();
    assert_eq!(names, ["range", "cooperative-sticky"]);
    // The others know the cooperative one only.
    let response = JoinGroupResponse {
        protocol_name: Some("cooperative-sticky".to_owned()),
        ..follower(1)
    };
    script.reply(&ask, &response);
    script.synced(&[0]);
    assert_eq!(script.event(), "assigned t-0");
    script.beat(ErrorCode::REBALANCE_IN_PROGRESS);
    assert_eq!(script.event(), "revoke t-0");
}

#[test]
fn a_leader_assigns_to_all_and_joins_again_when_topics_grow() {
    let mut script = Script::new(COOPERATIVE, None);
    let other = Subscription {
        topics: vec!["t".to_owned(), "u".to_owned()],
        ..Subscription::default()
    };
    let sync = as_leader(&mut script, other.encode(1).unwrap());
    let sizes: Vec<usize> = sync
        .assignments
        .iter()
        .map(|a| {
            Assignment::decode(&a.assignment)
                .unwrap()
                .partitions
                .iter()
                .map(|t| t.partitions.len())
                .sum()
        })
        .collect();
    assert_eq!(sizes, [3, 3]);
    assert_eq!(
        script.member.interest().map(|topic| &**topic).collect::<Vec<_>>(),
        ["t", "u"]
    );
}

#[test]
fn a_leader_waits_for_the_metadata_of_topics_it_does_not_know() {
    let mut script = Script::new(COOPERATIVE, None);
    let (ask, request) = script.next::<JoinGroupRequest>();
    let theirs = Subscription {
        topics: vec!["new".to_owned()],
        ..Subscription::default()
    };
    let member = |id: &str, metadata: Bytes| JoinGroupResponseMember {
        member_id: id.to_owned(),
        metadata,
        ..JoinGroupResponseMember::default()
    };
    let response = JoinGroupResponse {
        leader: "me".to_owned(),
        members: vec![
            member("me", request.protocols[0].metadata.clone()),
            member("other", theirs.encode(3).unwrap()),
        ],
        protocol_name: protocol_of(&request),
        ..follower(1)
    };
    script.reply(&ask, &response);
    assert!(script.asks.is_empty());
    put_topic(&mut script.metadata, "new", topic_id("new"), 1, 0);
    script.member.handle_metadata(script.now, &script.metadata);
    script.collect();
    let (_, sync) = script.next::<SyncGroupRequest>();
    let theirs = sync.assignments.iter().find(|a| a.member_id == "other").unwrap();
    assert_eq!(
        Assignment::decode(&theirs.assignment).unwrap().partitions.len(),
        1
    );
}
