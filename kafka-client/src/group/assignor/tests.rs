use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;

use super::*;

fn member(id: &str, topics: &[&str]) -> GroupMember {
    GroupMember {
        id: Arc::from(id),
        instance_id: None,
        topics: topics.iter().map(|topic| Arc::from(*topic)).collect(),
        owned: BTreeSet::new(),
        generation: -1,
        rack: None,
    }
}

fn owning(id: &str, topics: &[&str], generation: i32, owned: &[(&str, i32)]) -> GroupMember {
    let owned = owned
        .iter()
        .map(|(topic, partition)| TopicPartition::new(*topic, *partition))
        .collect();
    GroupMember {
        owned,
        generation,
        ..member(id, topics)
    }
}

fn counts(topics: &[(&str, i32)]) -> PartitionCounts {
    topics
        .iter()
        .map(|(topic, count)| (Arc::from(*topic), *count))
        .collect()
}

fn shown(assignments: &Assignments) -> BTreeMap<String, Vec<String>> {
    let list = |list: &Vec<TopicPartition>| list.iter().map(ToString::to_string).collect();
    assignments
        .iter()
        .map(|(id, partitions)| (id.to_string(), list(partitions)))
        .collect()
}

fn expect(assignments: &Assignments, expected: &[(&str, &[&str])]) {
    let expected: BTreeMap<String, Vec<String>> = expected
        .iter()
        .map(|(id, list)| ((*id).to_owned(), list.iter().map(|p| (*p).to_owned()).collect()))
        .collect();
    assert_eq!(shown(assignments), expected);
}

#[test]
fn range_gives_the_first_members_one_more() {
    let members = [member("c1", &["t1", "t2"]), member("c2", &["t1", "t2"])];
    let assignments = Range.assign(&members, &counts(&[("t1", 3), ("t2", 3)]));
    expect(
        &assignments,
        &[
            ("c1", &["t1-0", "t1-1", "t2-0", "t2-1"]),
            ("c2", &["t1-2", "t2-2"]),
        ],
    );
}

#[test]
fn range_leaves_out_who_did_not_subscribe() {
    let members = [
        member("c1", &["t1"]),
        member("c2", &["t1", "t2"]),
        member("c3", &["t1"]),
    ];
    let assignments = Range.assign(&members, &counts(&[("t1", 3), ("t2", 2), ("t3", 4)]));
    expect(
        &assignments,
        &[
            ("c1", &["t1-0"]),
            ("c2", &["t1-1", "t2-0", "t2-1"]),
            ("c3", &["t1-2"]),
        ],
    );
}

#[test]
fn range_puts_static_members_first_by_their_names() {
    let mut late = member("z-restarted", &["t1"]);
    late.instance_id = Some(Arc::from("a"));
    let members = [member("c1", &["t1"]), late];
    let assignments = Range.assign(&members, &counts(&[("t1", 3)]));
    expect(
        &assignments,
        &[("c1", &["t1-2"]), ("z-restarted", &["t1-0", "t1-1"])],
    );
}

#[test]
fn round_robin_deals_over_all_topics() {
    let members = [member("c1", &["t1", "t2"]), member("c2", &["t1", "t2"])];
    let assignments = RoundRobin.assign(&members, &counts(&[("t1", 3), ("t2", 3)]));
    expect(
        &assignments,
        &[
            ("c1", &["t1-0", "t1-2", "t2-1"]),
            ("c2", &["t1-1", "t2-0", "t2-2"]),
        ],
    );
}

#[test]
fn round_robin_skips_who_did_not_subscribe() {
    let members = [
        member("c0", &["t0"]),
        member("c1", &["t0", "t1"]),
        member("c2", &["t0", "t1", "t2"]),
    ];
    let assignments = RoundRobin.assign(&members, &counts(&[("t0", 1), ("t1", 2), ("t2", 3)]));
    expect(
        &assignments,
        &[
            ("c0", &["t0-0"]),
            ("c1", &["t1-0"]),
            ("c2", &["t1-1", "t2-0", "t2-1", "t2-2"]),
        ],
    );
}

#[test]
fn sticky_starts_like_round_robin() {
    let members = [member("c1", &["t1", "t2"]), member("c2", &["t1", "t2"])];
    let assignments = Sticky.assign(&members, &counts(&[("t1", 3), ("t2", 3)]));
    expect(
        &assignments,
        &[
            ("c1", &["t1-0", "t1-2", "t2-1"]),
            ("c2", &["t1-1", "t2-0", "t2-2"]),
        ],
    );
}

#[test]
fn sticky_serves_who_has_little_choice_first() {
    let members = [
        member("c1", &["t1"]),
        member("c2", &["t1", "t2"]),
        member("c3", &["t1"]),
    ];
    let assignments = Sticky.assign(&members, &counts(&[("t1", 3), ("t2", 2)]));
    expect(
        &assignments,
        &[
            ("c1", &["t1-0", "t1-2"]),
            ("c2", &["t2-0", "t2-1"]),
            ("c3", &["t1-1"]),
        ],
    );
}

#[test]
fn sticky_moves_along_a_chain_where_no_direct_move_helps() {
    // c1 can give to c2 only, c2 to c3 only; c1 has one too many, c3 one too few.
    let members = [
        owning("c1", &["a"], 1, &[("a", 0), ("a", 1), ("a", 2)]),
        owning("c2", &["a", "b"], 1, &[("b", 0), ("b", 1)]),
        owning("c3", &["b"], 1, &[("b", 2)]),
    ];
    let assignments = Sticky.assign(&members, &counts(&[("a", 3), ("b", 3)]));
    let sizes: Vec<usize> = assignments.values().map(Vec::len).collect();
    assert_eq!(sizes, [2, 2, 2]);
}

#[test]
fn g15_cooperative_two_phases() {
    let topics = &["t"];
    let counts = counts(&[("t", 4)]);
    let owner = owning("c1", topics, 1, &[("t", 0), ("t", 1), ("t", 2), ("t", 3)]);
    let first = CooperativeSticky.assign(&[owner, member("c2", topics)], &counts);
    // What moves is taken away, and given to nobody yet.
    expect(&first, &[("c1", &["t-0", "t-1"]), ("c2", &[])]);
    let owner = owning("c1", topics, 2, &[("t", 0), ("t", 1)]);
    let second = CooperativeSticky.assign(&[owner, owning("c2", topics, 2, &[])], &counts);
    expect(&second, &[("c1", &["t-0", "t-1"]), ("c2", &["t-2", "t-3"])]);
}

#[test]
fn g16_claims_of_an_older_generation_are_not_believed() {
    let topics = &["t"];
    let members = [
        owning("c1", topics, 3, &[("t", 0), ("t", 1)]),
        owning("c2", topics, 2, &[("t", 0), ("t", 2), ("t", 3)]),
    ];
    let assignments = Sticky.assign(&members, &counts(&[("t", 4)]));
    expect(&assignments, &[("c1", &["t-0", "t-1"]), ("c2", &["t-2", "t-3"])]);
    // The one that believes it owns t-0 does not get it, and who really owns it keeps it.
    let cooperative = CooperativeSticky.assign(&members, &counts(&[("t", 4)]));
    assert!(cooperative["c1"].contains(&TopicPartition::new("t", 0)));
}

#[test]
fn g17_of_two_claims_to_one_partition_neither_holds() {
    let topics = &["t"];
    let members = [
        owning("c1", topics, 3, &[("t", 0), ("t", 1)]),
        owning("c2", topics, 3, &[("t", 0), ("t", 2)]),
    ];
    let assignments = CooperativeSticky.assign(&members, &counts(&[("t", 3)]));
    expect(&assignments, &[("c1", &["t-1"]), ("c2", &["t-2"])]);
}

#[test]
fn topics_that_do_not_exist_and_members_without_topics_do_no_harm() {
    for kind in [
        AssignorKind::Range,
        AssignorKind::RoundRobin,
        AssignorKind::Sticky,
        AssignorKind::CooperativeSticky,
    ] {
        let members = [member("c1", &["gone"]), member("c2", &[])];
        let assignments = assignor(kind).assign(&members, &counts(&[("t", 3)]));
        expect(&assignments, &[("c1", &[]), ("c2", &[])]);
    }
}

/// What everything must hold for every assignor.
fn check_valid(members: &[GroupMember], counts: &PartitionCounts, assignments: &Assignments) {
    let mut seen = BTreeSet::new();
    for (id, list) in assignments {
        let member = members.iter().find(|member| member.id == *id).unwrap();
        for partition in list {
            assert!(seen.insert(partition.clone()), "{partition} has two owners");
            assert!(
                member.topics.contains(&partition.topic),
                "{id} did not subscribe to {partition}"
            );
            assert!((0..counts[&partition.topic]).contains(&partition.partition));
        }
    }
}

fn wanted(members: &[GroupMember], counts: &PartitionCounts) -> usize {
    let subscribed = |topic: &Arc<str>| members.iter().any(|member| member.topics.contains(topic));
    counts
        .iter()
        .filter(|(topic, _)| subscribed(topic))
        .map(|(_, count)| usize::try_from(*count).unwrap())
        .sum()
}

fn total(assignments: &Assignments) -> usize {
    assignments.values().map(Vec::len).sum()
}

/// No partition could go to a member that has at least two less.
fn check_balanced(members: &[GroupMember], assignments: &Assignments) {
    for (id, list) in assignments {
        for member in members.iter().filter(|member| member.id != *id) {
            let can_take = list
                .iter()
                .any(|partition| member.topics.contains(&partition.topic));
            assert!(
                !can_take || list.len() < assignments[&member.id].len() + 2,
                "{:?}",
                shown(assignments)
            );
        }
    }
}

const TOPICS: [&str; 4] = ["a", "b", "c", "d"];

fn groups() -> impl Strategy<Value = (Vec<GroupMember>, PartitionCounts)> {
    let members = prop::collection::vec(prop::collection::btree_set(0..4usize, 0..4), 1..8);
    let partitions = prop::collection::vec(0..7i32, 4);
    (members, partitions).prop_map(|(subscriptions, partitions)| {
        let members = subscriptions.iter().enumerate().map(|(at, topics)| {
            let topics: Vec<&str> = topics.iter().map(|topic| TOPICS[*topic]).collect();
            member(&format!("m{at}"), &topics)
        });
        let counts = TOPICS
            .iter()
            .zip(partitions)
            .map(|(topic, count)| (Arc::from(*topic), count))
            .collect();
        (members.collect(), counts)
    })
}

/// The members as they show themselves in the next rebalance.
fn after(members: &[GroupMember], assignments: &Assignments, generation: i32) -> Vec<GroupMember> {
    let owned = |id: &Arc<str>| {
        assignments
            .get(id)
            .map(|list| list.iter().cloned().collect())
            .unwrap_or_default()
    };
    members
        .iter()
        .map(|m| GroupMember {
            owned: owned(&m.id),
            generation,
            ..m.clone()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_assignor_gives_each_partition_to_one_subscriber((members, counts) in groups()) {
        for kind in [AssignorKind::Range, AssignorKind::RoundRobin, AssignorKind::Sticky, AssignorKind::CooperativeSticky] {
            let assignments = assignor(kind).assign(&members, &counts);
            check_valid(&members, &counts, &assignments);
            prop_assert_eq!(total(&assignments), wanted(&members, &counts));
        }
    }

    #[test]
    fn sticky_is_balanced_and_stays((members, counts) in groups()) {
        let first = Sticky.assign(&members, &counts);
        check_balanced(&members, &first);
        let again = Sticky.assign(&after(&members, &first, 1), &counts);
        prop_assert_eq!(first, again);
    }

    #[test]
    fn sticky_moves_only_what_a_leaver_had_or_balance_needs((members, counts) in groups(), leaver in 0..8usize) {
        let first = Sticky.assign(&members, &counts);
        let mut left = after(&members, &first, 1);
        if left.len() > 1 {
            left.remove(leaver % left.len());
        }
        let second = Sticky.assign(&left, &counts);
        check_valid(&left, &counts, &second);
        check_balanced(&left, &second);
        // With equal subscriptions nobody who stays loses anything.
        if left.iter().all(|member| member.topics == left[0].topics) {
            for member in &left {
                prop_assert!(member.owned.iter().all(|partition| second[&member.id].contains(partition)));
            }
        }
    }

    #[test]
    fn g15_cooperative_never_gives_away_what_another_still_owns((members, counts) in groups(), joins in 1..4usize) {
        let mut generation = 1;
        let mut present = members;
        let mut assignments = CooperativeSticky.assign(&present, &counts);
        for at in 0..joins {
            present = after(&present, &assignments, generation);
            let topics: Vec<&str> = TOPICS.to_vec();
            present.push(GroupMember { generation: -1, ..member(&format!("new{at}"), &topics) });
            // Two rebalances: one to let go, one to take.
            for _ in 0..2 {
                generation += 1;
                assignments = CooperativeSticky.assign(&present, &counts);
                check_valid(&present, &counts, &assignments);
                for (id, list) in &assignments {
                    for partition in list {
                        let other = present.iter().find(|m| m.id != *id && m.owned.contains(partition));
                        prop_assert!(other.is_none(), "{} is still {:?}'s", partition, other);
                    }
                }
                present = after(&present, &assignments, generation);
            }
            prop_assert_eq!(total(&assignments), wanted(&present, &counts));
            check_balanced(&present, &assignments);
        }
    }
}
