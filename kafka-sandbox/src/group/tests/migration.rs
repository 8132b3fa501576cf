//! Groups that change their protocol while they have members, as a real broker has them do it.

use protocol::ErrorCode;
use protocol::consumer_protocol::{Assignment, Subscription, TopicPartitions};
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupRequestProtocol, JoinGroupResponse};
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupRequestAssignment};

use super::classic::{as_instance, joining};
use super::consumer::{beating, given, joining as joining_modern, settings};
use super::*;

const GROUP: &str = "billing";

/// A join of a member that has some partitions of `orders`.
fn joining_with(member: &str, owned: &[i32]) -> JoinGroupRequest {
    let subscription = Subscription {
        topics: vec!["orders".to_owned()],
        owned_partitions: vec![orders(owned)],
        ..Subscription::default()
    };
    JoinGroupRequest {
        protocols: vec![JoinGroupRequestProtocol {
            name: "range".to_owned(),
            metadata: subscription.encode(3).unwrap(),
        }],
        ..joining(member, &["range"])
    }
}

fn orders(partitions: &[i32]) -> TopicPartitions {
    TopicPartitions {
        topic: "orders".to_owned(),
        partitions: partitions.to_vec(),
    }
}

impl Bench {
    fn joined_with(&mut self, member: &str, owned: &[i32]) -> JoinGroupResponse {
        let slot = self.join(joining_with(member, owned), 9);
        let joined = self.joined(slot).unwrap();
        assert_eq!(ErrorCode(joined.error_code), ErrorCode::NONE);
        joined
    }

    /// What a member is told it has.
    fn synced_of(&mut self, member: &str, generation: i32) -> Result<Vec<i32>, ErrorCode> {
        self.synced_with(member, generation, &[])
    }

    fn synced_with(
        &mut self,
        member: &str,
        generation: i32,
        shares: &[(&str, &[i32])],
    ) -> Result<Vec<i32>, ErrorCode> {
        let shares = shares.iter().map(|&(member, share)| SyncGroupRequestAssignment {
            member_id: member.to_owned(),
            assignment: Assignment {
                partitions: vec![orders(share)],
                user_data: None,
            }
            .encode(1)
            .unwrap(),
        });
        let slot = self.sync(SyncGroupRequest {
            group_id: GROUP.to_owned(),
            generation_id: generation,
            member_id: member.to_owned(),
            protocol_type: Some("consumer".to_owned()),
            protocol_name: Some("range".to_owned()),
            assignments: shares.collect(),
            ..SyncGroupRequest::default()
        });
        let synced = self.synced(slot).unwrap();
        match ErrorCode(synced.error_code) {
            ErrorCode::NONE => {}
            code => return Err(code),
        }
        let assignment = Assignment::decode(&synced.assignment).unwrap();
        Ok(assignment
            .partitions
            .into_iter()
            .flat_map(|topic| topic.partitions)
            .collect())
    }

    /// The types and shares of the members of a consumer group.
    fn shares(&self) -> Vec<(String, i8, Vec<i32>)> {
        let described = self.groups.describe_consumer(GROUP, &self.topics).unwrap();
        let members = described.members.into_iter();
        members
            .map(|member| {
                let topics = member.assignment.topic_partitions.into_iter();
                let partitions = topics.flat_map(|topic| topic.partitions).collect();
                (member.member_id, member.member_type, partitions)
            })
            .collect()
    }

    /// Makes sure that groups read from the records are the same.
    fn assert_kept(&self) {
        let again = self.reloaded();
        let describe = |groups: &Groups| {
            (
                groups.describe_consumer(GROUP, &self.topics),
                groups.describe_classic(GROUP),
            )
        };
        assert_eq!(describe(&self.groups), describe(&again));
    }
}

/// A classic group of two members that share `orders`, and its generation.
fn classic_pair(bench: &mut Bench) -> (String, String, i32) {
    let first = bench.join(joining_with("", &[]), 3);
    let second = bench.join(joining_with("", &[]), 3);
    bench.advance(Duration::from_secs(6));
    let first = bench.joined(first).unwrap();
    let second = bench.joined(second).unwrap();
    let (a, b) = (first.member_id, second.member_id);
    let shares: [(&str, &[i32]); 2] = [(&a, &[0, 1]), (&b, &[2, 3])];
    let has = bench.synced_with(&a, first.generation_id, &shares);
    assert_eq!(has, Ok(vec![0, 1]));
    assert_eq!(bench.synced_of(&b, first.generation_id), Ok(vec![2, 3]));
    (a, b, first.generation_id)
}

#[test]
fn a_classic_member_joins_a_consumer_group() {
    let mut bench = Bench::new(settings());
    bench.beat(joining_modern("new")).unwrap();
    let slot = bench.join(joining_with("", &[]), 9);
    let told = bench.joined(slot).unwrap();
    assert_eq!(ErrorCode(told.error_code), ErrorCode::MEMBER_ID_REQUIRED);
    assert_eq!((told.generation_id, told.protocol_name), (-1, None));
    let old = told.member_id;
    assert_eq!(
        bench.shares().len(),
        1,
        "it is not in before it comes with its id"
    );
    let joined = bench.joined_with(&old, &[]);
    assert_eq!((joined.generation_id, joined.leader.as_str()), (3, ""));
    assert_eq!(joined.protocol_name.as_deref(), Some("range"));
    // Nothing is free yet.
    assert_eq!(bench.synced_of(&old, 3), Ok(vec![]));
    assert_eq!(bench.beat_as(&old, None, 3), ErrorCode::NONE);
    let all = (0..4).collect();
    let keeps = given(&bench.beat(beating("new", 2, Some(&all))).unwrap()).unwrap();
    bench.beat(beating("new", 2, Some(&keeps))).unwrap();
    // It is to come for what is free by now.
    assert_eq!(bench.beat_as(&old, None, 3), ErrorCode::REBALANCE_IN_PROGRESS);
    bench.joined_with(&old, &[]);
    let got = bench.synced_of(&old, 3).unwrap();
    assert_eq!((got.len(), keeps.len()), (2, 2));
    assert!(got.iter().all(|index| !keeps.contains(index)));
    let mut types: Vec<i8> = bench.shares().into_iter().map(|member| member.1).collect();
    types.sort_unstable();
    assert_eq!((bench.state(), types), ("Stable", vec![0, 1]));
    bench.assert_kept();
}

#[test]
fn a_classic_member_gives_up_and_gets_by_joining() {
    let mut bench = Bench::new(settings());
    bench.beat(joining_modern("a")).unwrap();
    bench.joined_with("old", &[]);
    let all = (0..4).collect();
    let keeps = given(&bench.beat(beating("a", 2, Some(&all))).unwrap()).unwrap();
    bench.beat(beating("a", 2, Some(&keeps))).unwrap();
    bench.joined_with("old", &[]);
    let had = bench.synced_of("old", 3).unwrap();
    bench.beat(joining_modern("b")).unwrap();
    bench.beat(joining_modern("c")).unwrap();
    let rebalances = ErrorCode::REBALANCE_IN_PROGRESS;
    assert_eq!(bench.synced_of("old", 3), Err(rebalances));
    assert_eq!(bench.beat_as("old", None, 3), rebalances);
    assert_eq!(
        bench.joined_with("old", &had).generation_id,
        3,
        "it has one to give up"
    );
    let left = bench.synced_of("old", 3).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(bench.beat_as("old", None, 3), rebalances);
    assert_eq!(bench.joined_with("old", &left).generation_id, 5);
    assert_eq!(bench.synced_of("old", 5), Ok(left));
    assert_eq!(bench.beat_as("old", None, 5), ErrorCode::NONE);
    bench.assert_kept();
}

#[test]
fn who_does_not_speak_the_protocol_of_the_others_stays_out() {
    let mut bench = Bench::new(settings());
    bench.beat(joining_modern("new")).unwrap();
    bench.joined_with("old", &[]);
    let refused = ErrorCode::INCONSISTENT_GROUP_PROTOCOL;
    assert_eq!(bench.refusal(joining("other", &["sticky"]), 9), refused);
    assert_eq!(bench.refusal(joining("other", &[]), 9), refused);
    let mut connect = joining("other", &["range"]);
    connect.protocol_type = "connect".to_owned();
    assert_eq!(bench.refusal(connect, 9), refused);
    let mut malformed = joining("other", &["range"]);
    malformed.protocols[0].metadata = bytes::Bytes::from_static(b"\0");
    assert_eq!(bench.refusal(malformed, 9), refused);
    assert_eq!(bench.shares().len(), 2);
    // Those of the consumer protocol have other requests for it.
    let unknown = ErrorCode::UNKNOWN_MEMBER_ID;
    assert_eq!(bench.beat_as("new", None, 2), unknown);
    assert_eq!(bench.synced_of("new", 2), Err(unknown));
    assert_eq!(bench.beat_as("old", None, 2), ErrorCode::ILLEGAL_GENERATION);
    assert_eq!(bench.synced_of("old", 4), Err(ErrorCode::ILLEGAL_GENERATION));
}

#[test]
fn a_silent_classic_member_is_out_by_its_own_timeouts() {
    let mut bench = Bench::new(settings());
    bench.beat(joining_modern("new")).unwrap();
    // Its session is of 10 seconds.
    bench.joined_with("silent", &[]);
    bench.synced_of("silent", 3).unwrap();
    bench.advance(Duration::from_millis(9999));
    assert_eq!(bench.beat_as("silent", None, 3), ErrorCode::NONE);
    bench.advance(Duration::from_secs(10));
    assert_eq!(bench.beat_as("silent", None, 3), ErrorCode::UNKNOWN_MEMBER_ID);
    // Its rebalance timeout is of 30 seconds: to sync, and to join again.
    let joined = bench.joined_with("lazy", &[]).generation_id;
    for _ in 0..6 {
        bench.advance(Duration::from_secs(5));
        bench.beat(beating("new", 2, None)).unwrap();
        bench.beat_as("lazy", None, joined);
    }
    assert_eq!(bench.beat_as("lazy", None, joined), ErrorCode::UNKNOWN_MEMBER_ID);
}

#[test]
fn a_classic_group_becomes_a_consumer_group_and_one_again() {
    let mut bench = Bench::new(settings());
    let (a, b, generation) = classic_pair(&mut bench);
    let joined = bench.beat(joining_modern("new")).unwrap();
    assert_eq!(
        (joined.member_epoch, given(&joined)),
        (generation + 1, Some(Default::default()))
    );
    let mut shares = bench.shares();
    shares.retain(|member| member.1 == 0);
    shares.sort();
    let mut expected = vec![(a.clone(), 0, vec![0, 1]), (b.clone(), 0, vec![2, 3])];
    expected.sort();
    assert_eq!(shares, expected, "they have what they had");
    bench.assert_kept();
    let rebalances = ErrorCode::REBALANCE_IN_PROGRESS;
    assert_eq!(bench.beat_as(&a, None, generation), rebalances);
    assert_eq!(bench.synced_of(&b, generation), Err(rebalances));
    // The last of the consumer protocol leaves.
    bench.beat(beating("new", -1, None)).unwrap();
    let described = bench.described();
    assert_eq!(described.group_state, "PreparingRebalance");
    assert!(
        described
            .members
            .iter()
            .all(|member| !member.member_assignment.is_empty())
    );
    assert_eq!(
        bench.refused(beating("new", 3, None)),
        ErrorCode::GROUP_ID_NOT_FOUND
    );
    let first = bench.join(joining_with(&a, &[0, 1]), 9);
    let second = bench.join(joining_with(&b, &[2, 3]), 9);
    let first = bench.joined(first).unwrap();
    assert_eq!(first.generation_id, generation + 2);
    assert_eq!(bench.joined(second).unwrap().generation_id, generation + 2);
    let shares: [(&str, &[i32]); 2] = [(&a, &[0, 1]), (&b, &[2, 3])];
    bench
        .synced_with(&first.leader, first.generation_id, &shares)
        .unwrap();
    assert_eq!(bench.synced_of(&b, first.generation_id), Ok(vec![2, 3]));
    assert_eq!(bench.described().group_state, "Stable");
    bench.assert_kept();
}

#[test]
fn those_who_wait_in_a_group_that_is_upgraded_join_again() {
    let mut bench = Bench::new(settings());
    let (a, b, _) = classic_pair(&mut bench);
    let waiting = bench.join(joining_with(&a, &[0, 1]), 9);
    assert_eq!(bench.joined(waiting), None, "it waits for the other");
    bench.beat(joining_modern("new")).unwrap();
    let told = bench.joined(waiting).unwrap();
    assert_eq!(ErrorCode(told.error_code), ErrorCode::REBALANCE_IN_PROGRESS);
    assert_eq!(bench.shares().len(), 3);
    bench.joined_with(&a, &[0, 1]);
    bench.joined_with(&b, &[2, 3]);
}

#[test]
fn an_instance_goes_from_one_protocol_to_the_other() {
    let mut bench = Bench::new(settings());
    let mut modern = joining_modern("m1");
    modern.instance_id = Some("till-1".to_owned());
    bench.beat(modern.clone()).unwrap();
    // It comes again with the classic protocol: it was the last of the other.
    let slot = bench.join(as_instance(joining_with("", &[]), "till-1"), 9);
    let joined = bench.joined(slot).unwrap();
    assert_eq!((joined.error_code, joined.generation_id), (0, 2));
    assert_eq!(bench.described().group_state, "Stable");
    assert_eq!(bench.synced_of(&joined.member_id, 2), Ok(vec![0, 1, 2, 3]));
    let fenced = ErrorCode::FENCED_INSTANCE_ID;
    assert_eq!(bench.beat_as("m1", Some("till-1"), 2), fenced);
    bench.assert_kept();
    // And back. Nothing is to be assigned anew.
    modern.member_id = "m2".to_owned();
    let back = bench.beat(modern).unwrap();
    assert_eq!((back.member_epoch, given(&back)), (2, Some((0..4).collect())));
    assert_eq!(bench.state(), "Stable");
    bench.assert_kept();
    // Whoever has an id must be known by it.
    let unknown = as_instance(joining_with("zzz", &[]), "till-7");
    assert_eq!(bench.refusal(unknown, 9), ErrorCode::UNKNOWN_MEMBER_ID);
    let other = as_instance(joining_with("zzz", &[]), "till-1");
    assert_eq!(bench.refusal(other, 9), fenced);
    // An administrator takes the last one out that speaks the consumer protocol.
    let slot = bench.join(as_instance(joining_with("", &[]), "till-2"), 9);
    assert_eq!(bench.joined(slot).unwrap().error_code, 0);
    assert_eq!(bench.leave("", Some("till-1")), ErrorCode::NONE);
    assert_eq!(bench.described().group_state, "PreparingRebalance");
}

#[test]
fn a_classic_member_that_leaves_leaves_a_consumer_group() {
    let mut bench = Bench::new(settings());
    bench.beat(joining_modern("new")).unwrap();
    bench.joined_with("old", &[]);
    assert_eq!(bench.leave("old", None), ErrorCode::NONE);
    assert_eq!(bench.shares().len(), 1);
    assert_eq!(bench.leave("old", None), ErrorCode::UNKNOWN_MEMBER_ID);
    bench.assert_kept();
}

#[test]
fn groups_stay_what_they_are_where_the_policy_says_so() {
    let mut bench = Bench::new(GroupSettings {
        upgrades: false,
        downgrades: false,
        ..settings()
    });
    classic_pair(&mut bench);
    let refused = bench.beat(joining_modern("new")).unwrap_err();
    assert_eq!(refused.code, ErrorCode::GROUP_ID_NOT_FOUND);
    assert_eq!(
        refused.message,
        "Cannot upgrade classic group billing to consumer group because the online upgrade is disabled."
    );
    assert_eq!(bench.described().group_state, "Stable");
    let mut bench = Bench::new(bench.groups.settings().clone());
    bench.beat(joining_modern("new")).unwrap();
    bench.joined_with("old", &[]);
    bench.beat(beating("new", -1, None)).unwrap();
    assert_eq!(
        bench.shares().len(),
        1,
        "it is a consumer group of classic members"
    );
}

#[test]
fn a_group_is_not_upgraded_before_its_first_generation() {
    let mut bench = Bench::new(settings());
    let slot = bench.join(joining("", &["range"]), 3);
    let refused = bench.beat(joining_modern("new")).unwrap_err();
    assert_eq!(
        (refused.code, &*refused.message),
        (ErrorCode::UNKNOWN_SERVER_ERROR, "")
    );
    bench.advance(Duration::from_secs(6));
    assert_eq!(bench.joined(slot).unwrap().generation_id, 1);
    bench.beat(joining_modern("new")).unwrap();
}

#[test]
fn groups_that_cannot_be_understood_are_not_upgraded() {
    let because = |bench: &mut Bench| {
        let refused = bench.beat(joining_modern("new")).unwrap_err();
        assert_eq!(refused.code, ErrorCode::GROUP_ID_NOT_FOUND);
        let (_, why) = refused.message.split_once(" because ").unwrap();
        why.to_owned()
    };
    let mut bench = Bench::new(settings());
    let mut connect = joining("", &["range"]);
    connect.protocol_type = "connect".to_owned();
    bench.join(connect, 3);
    assert_eq!(
        because(&mut bench),
        "the group does not use the consumer embedded protocol."
    );
    let mut bench = Bench::new(settings());
    let mut malformed = joining("", &["range"]);
    malformed.protocols[0].metadata = bytes::Bytes::from_static(b"\0");
    bench.join(malformed, 3);
    bench.advance(Duration::from_secs(6));
    assert_eq!(
        because(&mut bench),
        "the embedded consumer protocol is malformed."
    );
    let mut bench = Bench::new(GroupSettings {
        consumer_size_max: 1,
        ..settings()
    });
    classic_pair(&mut bench);
    assert_eq!(
        because(&mut bench),
        "the group size exceeds the consumer group maximum size."
    );
    let mut bench = Bench::new(settings());
    let slot = bench.join(joining("", &["range"]), 3);
    bench.advance(Duration::from_secs(6));
    let joined = bench.joined(slot).unwrap();
    let custom = Assignment {
        partitions: vec![orders(&[0])],
        user_data: Some(bytes::Bytes::from_static(b"x")),
    };
    let sync = SyncGroupRequest {
        group_id: GROUP.to_owned(),
        generation_id: joined.generation_id,
        member_id: joined.member_id.clone(),
        assignments: vec![SyncGroupRequestAssignment {
            member_id: joined.member_id,
            assignment: custom.encode(1).unwrap(),
        }],
        ..SyncGroupRequest::default()
    };
    bench.sync(sync);
    assert!(because(&mut bench).starts_with("an unsupported custom assignor is in use."));
    assert_eq!(bench.described().group_state, "Stable");
}
