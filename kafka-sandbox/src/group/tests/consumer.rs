//! Scripts of consumer groups.

use std::collections::BTreeSet;

use protocol::ErrorCode;
use protocol::messages::consumer_group_heartbeat::{
    ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse, RequestTopicPartitions,
};

use super::*;
use crate::group::consumer::{GroupError, Heartbeat, check};

const GROUP: &str = "billing";

pub(super) fn joining(member: &str) -> ConsumerGroupHeartbeatRequest {
    ConsumerGroupHeartbeatRequest {
        group_id: GROUP.to_owned(),
        member_id: member.to_owned(),
        rebalance_timeout_ms: 30_000,
        subscribed_topic_names: Some(vec!["orders".to_owned()]),
        topic_partitions: Some(Vec::new()),
        ..ConsumerGroupHeartbeatRequest::default()
    }
}

/// A heartbeat that says nothing but where the member is, and what it has if that is given.
pub(super) fn beating(
    member: &str,
    epoch: i32,
    owned: Option<&BTreeSet<i32>>,
) -> ConsumerGroupHeartbeatRequest {
    ConsumerGroupHeartbeatRequest {
        group_id: GROUP.to_owned(),
        member_id: member.to_owned(),
        member_epoch: epoch,
        topic_partitions: owned.map(|owned| {
            vec![RequestTopicPartitions {
                topic_id: Uuid::from_bytes([1; 16]),
                partitions: owned.iter().copied().collect(),
            }]
        }),
        ..ConsumerGroupHeartbeatRequest::default()
    }
}

impl Bench {
    pub(super) fn beat(
        &mut self,
        request: ConsumerGroupHeartbeatRequest,
    ) -> Result<ConsumerGroupHeartbeatResponse, GroupError> {
        check(&request, 1, self.groups.settings())?;
        let config = self.config();
        let heartbeat = Heartbeat {
            request,
            client_id: "tests".into(),
            client_host: "/127.0.0.1".to_owned(),
        };
        let now = self.now();
        let outcome =
            self.groups
                .consumer_heartbeat(now, &mut self.rng, PARTITION, config, &self.topics, heartbeat);
        outcome.map(|(response, effects)| {
            self.take(effects);
            response
        })
    }

    pub(super) fn refused(&mut self, request: ConsumerGroupHeartbeatRequest) -> ErrorCode {
        self.beat(request).unwrap_err().code
    }

    pub(super) fn state(&self) -> &'static str {
        let mut listed = self.groups.list(|_| true);
        listed.next().map_or("Dead", |group| group.state)
    }
}

/// The partitions of `orders` in an answer.
pub(super) fn given(response: &ConsumerGroupHeartbeatResponse) -> Option<BTreeSet<i32>> {
    let assignment = response.assignment.as_ref()?;
    let topics = assignment.topic_partitions.iter();
    Some(
        topics
            .flat_map(|topic| topic.partitions.iter().copied())
            .collect(),
    )
}

/// No pause between assignments.
pub(super) fn settings() -> GroupSettings {
    GroupSettings {
        consumer_assignment_interval_ms: 0,
        ..GroupSettings::default()
    }
}

#[test]
fn a_member_alone_gets_everything_at_once() {
    let mut bench = Bench::new(settings());
    let answer = bench.beat(joining("a")).unwrap();
    assert_eq!((answer.member_id.as_deref(), answer.member_epoch), (Some("a"), 2));
    assert_eq!(answer.heartbeat_interval_ms, 5000);
    assert_eq!(given(&answer), Some((0..4).collect()));
    assert_eq!(bench.state(), "Stable");
    let quiet = bench.beat(beating("a", 2, None)).unwrap();
    assert_eq!((quiet.member_epoch, quiet.assignment), (2, None));
}

#[test]
fn partitions_go_over_only_when_they_were_given_up() {
    let mut bench = Bench::new(settings());
    bench.beat(joining("a")).unwrap();
    let second = bench.beat(joining("b")).unwrap();
    // Nothing is free yet.
    assert_eq!((second.member_epoch, given(&second)), (3, Some(BTreeSet::new())));
    assert_eq!(bench.state(), "Reconciling");
    let all: BTreeSet<i32> = (0..4).collect();
    let first = bench.beat(beating("a", 2, Some(&all))).unwrap();
    let keeps = given(&first).unwrap();
    assert_eq!((first.member_epoch, keeps.len()), (2, 2), "it is to give two up");
    let waiting = bench.beat(beating("b", 3, None)).unwrap();
    assert_eq!((waiting.member_epoch, given(&waiting)), (3, None));
    let first = bench.beat(beating("a", 2, Some(&keeps))).unwrap();
    assert_eq!((first.member_epoch, given(&first)), (3, None));
    let second = bench.beat(beating("b", 3, None)).unwrap();
    assert_eq!(given(&second), Some(&all - &keeps));
    assert_eq!(bench.state(), "Stable");
}

#[test]
fn who_does_not_give_up_in_time_is_out() {
    let mut bench = Bench::new(settings());
    bench.beat(joining("a")).unwrap();
    bench.beat(joining("b")).unwrap();
    let all: BTreeSet<i32> = (0..4).collect();
    bench.beat(beating("a", 2, Some(&all))).unwrap();
    for _ in 0..3 {
        bench.advance(Duration::from_secs(9));
        bench.beat(beating("a", 2, Some(&all))).unwrap();
        bench.beat(beating("b", 3, None)).unwrap();
    }
    bench.advance(Duration::from_secs(3));
    assert_eq!(
        bench.refused(beating("a", 2, Some(&all))),
        ErrorCode::UNKNOWN_MEMBER_ID
    );
    let second = bench.beat(beating("b", 3, None)).unwrap();
    assert_eq!((second.member_epoch, given(&second)), (4, Some(all)));
}

#[test]
fn silence_ends_a_membership() {
    let mut bench = Bench::new(settings());
    bench.beat(joining("a")).unwrap();
    bench.advance(Duration::from_millis(44_999));
    bench.beat(beating("a", 2, None)).unwrap();
    bench.advance(Duration::from_secs(45));
    assert_eq!(bench.refused(beating("a", 2, None)), ErrorCode::UNKNOWN_MEMBER_ID);
    assert_eq!(bench.state(), "Empty");
}

#[test]
fn epochs_are_checked() {
    let mut bench = Bench::new(settings());
    let code = bench.refused(beating("a", 2, None));
    assert_eq!(code, ErrorCode::GROUP_ID_NOT_FOUND);
    bench.beat(joining("a")).unwrap();
    bench.beat(joining("b")).unwrap();
    let all: BTreeSet<i32> = (0..4).collect();
    let keeps = given(&bench.beat(beating("a", 2, Some(&all))).unwrap()).unwrap();
    bench.beat(beating("a", 2, Some(&keeps))).unwrap();
    let fenced = ErrorCode::FENCED_MEMBER_EPOCH;
    assert_eq!(bench.refused(beating("a", 4, None)), fenced, "from the future");
    assert_eq!(
        bench.refused(beating("a", 2, None)),
        fenced,
        "it does not say what it has"
    );
    assert_eq!(
        bench.refused(beating("a", 2, Some(&all))),
        fenced,
        "it has too much"
    );
    // The answer with the new epoch was lost.
    let answer = bench.beat(beating("a", 2, Some(&keeps))).unwrap();
    assert_eq!(answer.member_epoch, 3);
    assert_eq!(bench.refused(beating("c", 3, None)), ErrorCode::UNKNOWN_MEMBER_ID);
    // A fenced member comes back with nothing, and gets its share anew.
    let back = bench.beat(joining("a")).unwrap();
    assert_eq!(
        (back.member_epoch, given(&back).map(|all| all.len())),
        (3, Some(2))
    );
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let mut bench = Bench::new(settings());
    type Change = fn(&mut ConsumerGroupHeartbeatRequest);
    let invalid: [Change; 9] = [
        |request| request.member_id.clear(),
        |request| request.group_id.clear(),
        |request| request.instance_id = Some(String::new()),
        |request| request.rack_id = Some(String::new()),
        |request| request.rebalance_timeout_ms = -1,
        |request| request.topic_partitions = None,
        |request| request.subscribed_topic_names = None,
        |request| request.member_epoch = -2,
        |request| request.member_epoch = -3,
    ];
    for change in invalid {
        let mut request = joining("a");
        change(&mut request);
        assert_eq!(
            bench.refused(request.clone()),
            ErrorCode::INVALID_REQUEST,
            "{request:?}"
        );
    }
    let mut request = joining("a");
    request.server_assignor = Some("sticky".to_owned());
    assert_eq!(bench.refused(request), ErrorCode::UNSUPPORTED_ASSIGNOR);
    for regex in ["orders(", "(a{1000}){1000}"] {
        let mut request = joining("a");
        request.subscribed_topic_regex = Some(regex.to_owned());
        assert_eq!(bench.refused(request), ErrorCode::INVALID_REGULAR_EXPRESSION);
    }
    assert!(bench.kept.is_empty());
}

#[test]
fn a_full_group_takes_nobody() {
    let mut bench = Bench::new(GroupSettings {
        consumer_size_max: 1,
        ..settings()
    });
    bench.beat(joining("a")).unwrap();
    assert_eq!(bench.refused(joining("b")), ErrorCode::GROUP_MAX_SIZE_REACHED);
    bench.beat(beating("a", 2, None)).unwrap();
}

#[test]
fn an_instance_keeps_its_partitions_while_it_is_away() {
    let mut bench = Bench::new(settings());
    let instance = |mut request: ConsumerGroupHeartbeatRequest| {
        request.instance_id = Some("till-1".to_owned());
        request
    };
    bench.beat(instance(joining("a"))).unwrap();
    bench.beat(joining("b")).unwrap();
    let all: BTreeSet<i32> = (0..4).collect();
    let keeps = given(&bench.beat(instance(beating("a", 2, Some(&all)))).unwrap()).unwrap();
    bench.beat(instance(beating("a", 2, Some(&keeps)))).unwrap();
    bench.beat(beating("b", 3, None)).unwrap();
    assert_eq!(
        bench.refused(instance(joining("c"))),
        ErrorCode::UNRELEASED_INSTANCE_ID
    );
    let left = bench.beat(instance(beating("a", -2, None))).unwrap();
    assert_eq!((left.member_epoch, left.assignment), (-2, None));
    let back = bench.beat(instance(joining("c"))).unwrap();
    assert_eq!(
        (back.member_epoch, given(&back)),
        (3, Some(keeps)),
        "nothing is assigned anew"
    );
    assert_eq!(
        bench.refused(instance(beating("a", 3, None))),
        ErrorCode::FENCED_INSTANCE_ID
    );
    // Away for too long.
    bench.beat(instance(beating("c", -2, None))).unwrap();
    for _ in 0..5 {
        bench.advance(Duration::from_secs(10));
        bench
            .beat(beating("b", 3, None))
            .or_else(|_| bench.beat(beating("b", 4, None)))
            .unwrap();
    }
    let (_, described) = (0, bench.groups.describe_consumer(GROUP, &bench.topics).unwrap());
    assert_eq!(described.members.len(), 1);
    assert_eq!(
        bench.refused(instance(beating("c", 3, None))),
        ErrorCode::UNKNOWN_MEMBER_ID
    );
}

#[test]
fn leaving_gives_everything_to_the_others() {
    let mut bench = Bench::new(settings());
    bench.beat(joining("a")).unwrap();
    bench.beat(joining("b")).unwrap();
    let left = bench.beat(beating("a", -1, None)).unwrap();
    assert_eq!((left.member_id.as_deref(), left.member_epoch), (Some("a"), -1));
    let other = bench.beat(beating("b", 3, None)).unwrap();
    assert_eq!((other.member_epoch, given(&other)), (4, Some((0..4).collect())));
    assert_eq!(
        bench.refused(beating("a", -1, None)),
        ErrorCode::UNKNOWN_MEMBER_ID
    );
}

#[test]
fn topics_that_come_and_grow_are_assigned() {
    let mut bench = Bench::new(settings());
    let mut request = joining("a");
    request.subscribed_topic_names = None;
    request.subscribed_topic_regex = Some("ord.*".to_owned());
    bench.topics.set("records", 3);
    assert_eq!(given(&bench.beat(request).unwrap()).unwrap().len(), 4);
    bench.topics.set("orders", 6);
    let grown = bench.beat(beating("a", 2, None)).unwrap();
    assert_eq!((grown.member_epoch, given(&grown)), (3, Some((0..6).collect())));
    bench.topics.set("orders-of-today", 1);
    let come = bench.beat(beating("a", 3, None)).unwrap();
    let topics = come.assignment.unwrap().topic_partitions;
    assert_eq!((come.member_epoch, topics.len()), (4, 2));
    let described = bench.groups.describe_consumer(GROUP, &bench.topics).unwrap();
    assert_eq!(
        described.members[0].subscribed_topic_regex.as_deref(),
        Some("ord.*")
    );
    assert_eq!(
        described.members[0].assignment.topic_partitions[1].topic_name,
        "orders-of-today"
    );
    assert_eq!((&*described.assignor_name, described.group_epoch), ("uniform", 4));
}

#[test]
fn assignments_keep_their_distance() {
    let mut bench = Bench::new(GroupSettings::default());
    bench.beat(joining("a")).unwrap();
    bench.advance(Duration::from_millis(999));
    let second = bench.beat(joining("b")).unwrap();
    assert_eq!((second.member_epoch, given(&second)), (2, Some(BTreeSet::new())));
    assert_eq!(bench.state(), "Assigning");
    bench.advance(Duration::from_millis(1));
    assert_eq!(bench.beat(beating("b", 2, None)).unwrap().member_epoch, 3);
    assert_eq!(bench.state(), "Reconciling");
}

#[test]
fn most_votes_choose_the_assignor() {
    let mut bench = Bench::new(settings());
    let mut request = joining("a");
    request.server_assignor = Some("range".to_owned());
    bench.beat(request).unwrap();
    bench.beat(joining("b")).unwrap();
    let described = bench.groups.describe_consumer(GROUP, &bench.topics).unwrap();
    assert_eq!(described.assignor_name, "range");
}

#[test]
fn an_empty_group_may_change_its_kind() {
    let mut bench = Bench::new(settings());
    bench.beat(joining("a")).unwrap();
    bench.beat(beating("a", -1, None)).unwrap();
    assert_eq!(bench.state(), "Empty");
    let code = bench.join_code("", 9);
    assert_eq!(code, ErrorCode::MEMBER_ID_REQUIRED);
    assert_eq!(bench.groups.list(|_| true).next().unwrap().kind, "classic");
    bench.beat(joining("a")).unwrap();
    assert_eq!(bench.groups.list(|_| true).next().unwrap().kind, "consumer");
    assert_eq!(bench.reloaded().list(|_| true).next().unwrap().kind, "consumer");
}

#[test]
fn wanting_nothing_is_no_reason_to_assign_anew() {
    let mut bench = Bench::new(settings());
    let mut request = joining("a");
    request.subscribed_topic_names = Some(Vec::new());
    let answer = bench.beat(request).unwrap();
    assert_eq!((answer.member_epoch, given(&answer)), (1, Some(BTreeSet::new())));
    assert_eq!(bench.state(), "Stable");
    assert_eq!(bench.reloaded().list(|_| true).next().unwrap().state, "Stable");
}

#[test]
fn what_is_not_wanted_any_more_is_given_up_before_the_next_assignment() {
    let mut bench = Bench::new(GroupSettings::default());
    bench.topics.set("others", 1);
    let mut request = joining("a");
    request.subscribed_topic_names = Some(vec!["orders".to_owned(), "others".to_owned()]);
    bench.beat(request).unwrap();
    let mut request = beating("a", 2, Some(&(0..4).collect()));
    request.subscribed_topic_names = Some(vec!["others".to_owned()]);
    let answer = bench.beat(request).unwrap();
    let told = answer.assignment.unwrap().topic_partitions;
    assert_eq!((answer.member_epoch, told.len()), (2, 1));
    assert_eq!(bench.state(), "Assigning");
}

#[test]
fn a_heartbeat_without_news_looks_nothing_up() {
    let mut bench = Bench::new(GroupSettings::default());
    let topics: Vec<String> = (0..50).map(|number| format!("topic-{number}")).collect();
    for topic in &topics {
        bench.topics.set(topic, 1);
    }
    let all = ConsumerGroupHeartbeatRequest {
        subscribed_topic_names: Some(topics.clone()),
        ..joining("a")
    };
    let joined = bench.beat(all.clone()).unwrap();
    bench.topics.looked_up.set(0);
    let kept = bench.kept.len();
    for _ in 0..10 {
        bench.beat(beating("a", joined.member_epoch, None)).unwrap();
    }
    // Nor does one that says all that is known.
    let again = ConsumerGroupHeartbeatRequest {
        member_epoch: joined.member_epoch,
        topic_partitions: None,
        ..all
    };
    bench.beat(again).unwrap();
    assert_eq!((bench.topics.looked_up.get(), bench.kept.len()), (0, kept));

    bench.topics.set("topic-7", 2);
    bench.advance(Duration::from_secs(2));
    let grown = bench.beat(beating("a", joined.member_epoch, None)).unwrap();
    assert!(bench.topics.looked_up.get() >= topics.len());
    assert!(grown.member_epoch > joined.member_epoch && bench.kept.len() > kept);
}
