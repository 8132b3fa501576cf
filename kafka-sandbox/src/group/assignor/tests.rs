//! What each assignor makes of members and topics, and what all assignments have in common.

use proptest::prelude::*;

use super::*;

fn topic(number: u8) -> Uuid {
    Uuid::from_bytes([number; 16])
}

fn names(count: usize) -> Vec<Arc<str>> {
    (0..count).map(|index| format!("m{index:03}").into()).collect()
}

fn subscriber<'a>(id: &'a Arc<str>, topics: &[u8], current: Option<&'a Assignment>) -> Subscriber<'a> {
    Subscriber {
        id,
        instance: None,
        topics: Arc::new(topics.iter().map(|&number| topic(number)).collect()),
        current,
    }
}

fn counts(shares: &BTreeMap<Arc<str>, Assignment>) -> Vec<usize> {
    let count = |share: &Assignment| share.values().map(BTreeSet::len).sum();
    shares.values().map(count).collect()
}

#[test]
fn range_cuts_topics_with_the_same_readers_alike() {
    let ids = names(3);
    let members: Vec<_> = ids.iter().map(|id| subscriber(id, &[1, 2], None)).collect();
    let partitions = BTreeMap::from([(topic(1), 7), (topic(2), 7)]);
    let shares = Assignor::Range.assign(&members, &partitions);
    for (id, run) in ids.iter().zip([0..3, 3..5, 5..7]) {
        let run: BTreeSet<i32> = run.collect();
        assert_eq!(
            shares[id],
            BTreeMap::from([(topic(1), run.clone()), (topic(2), run)])
        );
    }
}

#[test]
fn range_follows_instances_rather_than_ids() {
    let ids = names(2);
    let mut members: Vec<_> = ids.iter().map(|id| subscriber(id, &[1], None)).collect();
    members[1].instance = Some("a");
    let shares = Assignor::Range.assign(&members, &BTreeMap::from([(topic(1), 2)]));
    assert_eq!(shares[&ids[1]][&topic(1)], BTreeSet::from([0]));
    assert_eq!(shares[&ids[0]][&topic(1)], BTreeSet::from([1]));
}

#[test]
fn uniform_takes_many_members_with_wishes_of_their_own() {
    // Each wants one topic beside the one that all want, and the first has had all of that.
    let ids = names(1000);
    let hoard = Assignment::from([(topic(0), (0..20_000).collect())]);
    let members: Vec<_> = (0..)
        .zip(&ids)
        .map(|(number, id)| {
            let own = u8::try_from(number % 100 + 1).unwrap();
            subscriber(id, &[0, own], (number == 0).then_some(&hoard))
        })
        .collect();
    let mut partitions: BTreeMap<Uuid, i32> = (1..=100).map(|number| (topic(number), 100)).collect();
    partitions.insert(topic(0), 20_000);
    let shares = Assignor::Uniform.assign(&members, &partitions);
    assert_eq!(counts(&shares), vec![30; 1000]);
}

#[test]
fn uniform_takes_from_those_who_have_most_and_only_what_it_must() {
    let ids = names(3);
    let old = [
        Assignment::from([(topic(1), (0..4).collect())]),
        Assignment::from([(topic(1), (4..8).collect())]),
    ];
    let mut members: Vec<_> = ids.iter().map(|id| subscriber(id, &[1], None)).collect();
    members[0].current = Some(&old[0]);
    members[1].current = Some(&old[1]);
    let shares = Assignor::Uniform.assign(&members, &BTreeMap::from([(topic(1), 8)]));
    assert_eq!(counts(&shares), [3, 3, 2]);
    assert_eq!(shares[&ids[0]][&topic(1)], (0..3).collect());
    assert_eq!(shares[&ids[1]][&topic(1)], (4..7).collect());
    assert_eq!(shares[&ids[2]][&topic(1)], BTreeSet::from([3, 7]));
}

#[test]
fn uniform_evens_out_where_members_want_different_topics() {
    let ids = names(3);
    let members = [
        subscriber(&ids[0], &[1, 2], None),
        subscriber(&ids[1], &[2], None),
        subscriber(&ids[2], &[1], None),
    ];
    let partitions = BTreeMap::from([(topic(1), 4), (topic(2), 2)]);
    let shares = Assignor::Uniform.assign(&members, &partitions);
    assert_eq!(counts(&shares).iter().sum::<usize>(), 6);
    assert_eq!(counts(&shares), [2, 2, 2]);
}

#[test]
fn nobody_and_nothing_are_no_trouble() {
    for assignor in [Assignor::Range, Assignor::Uniform] {
        assert!(assignor.assign(&[], &BTreeMap::from([(topic(1), 3)])).is_empty());
        let ids = names(1);
        let members = [subscriber(&ids[0], &[1], None)];
        assert_eq!(
            assignor.assign(&members, &BTreeMap::new())[&ids[0]],
            Assignment::new()
        );
        let none = BTreeMap::from([(topic(1), -1)]);
        assert_eq!(assignor.assign(&members, &none)[&ids[0]], Assignment::new());
    }
}

#[test]
fn configs_name_assignors_by_name_or_class() {
    for (text, found) in [
        ("uniform", Some(Assignor::Uniform)),
        ("range", Some(Assignor::Range)),
        (
            "org.apache.kafka.coordinator.group.assignor.RangeAssignor",
            Some(Assignor::Range),
        ),
        (
            "org.apache.kafka.coordinator.group.assignor.UniformAssignor",
            Some(Assignor::Uniform),
        ),
        ("sticky", None),
    ] {
        assert_eq!(Assignor::of_config(text), found, "{text}");
    }
}

proptest! {
    /// Each partition that somebody wants has one owner, who wants it, and assigning again changes nothing.
    #[test]
    fn assignments_are_whole_and_stable(
        wishes in prop::collection::vec(prop::collection::btree_set(0u8..4, 1..4), 1..8),
        sizes in prop::collection::vec(0i32..12, 4),
        leavers in prop::collection::vec(any::<bool>(), 8),
    ) {
        let ids = names(wishes.len());
        let partitions: BTreeMap<Uuid, i32> =
            (0..4).zip(&sizes).map(|(number, &size)| (topic(number), size)).collect();
        for assignor in [Assignor::Range, Assignor::Uniform] {
            let members: Vec<_> = ids
                .iter()
                .zip(&wishes)
                .map(|(id, wish)| subscriber(id, &wish.iter().copied().collect::<Vec<_>>(), None))
                .collect();
            let first = assignor.assign(&members, &partitions);
            check(&members, &partitions, &first)?;
            let again: Vec<_> = members
                .iter()
                .map(|member| Subscriber { current: first.get(member.id), ..member.clone() })
                .collect();
            prop_assert_eq!(&assignor.assign(&again, &partitions), &first);
            let stay: Vec<_> = again
                .into_iter()
                .zip(&leavers)
                .filter(|(_, leaves)| !**leaves)
                .map(|(member, _)| member)
                .collect();
            check(&stay, &partitions, &assignor.assign(&stay, &partitions))?;
        }
    }
}

fn check(
    members: &[Subscriber<'_>],
    partitions: &BTreeMap<Uuid, i32>,
    shares: &BTreeMap<Arc<str>, Assignment>,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(shares.len(), members.len());
    let mut owned = BTreeSet::new();
    for member in members {
        for (topic, indexes) in &shares[member.id] {
            prop_assert!(member.topics.contains(topic));
            for index in indexes {
                prop_assert!((0..partitions[topic]).contains(index));
                prop_assert!(owned.insert((*topic, *index)), "two owners");
            }
        }
    }
    for (topic, &count) in partitions {
        let wanted = members.iter().any(|member| member.topics.contains(topic));
        for index in 0..count {
            prop_assert_eq!(owned.contains(&(*topic, index)), wanted);
        }
    }
    Ok(())
}
