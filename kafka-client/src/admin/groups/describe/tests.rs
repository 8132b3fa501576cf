use protocol::consumer_protocol::TopicPartitions;

use super::*;

fn subscription_bytes(topics: &[&str]) -> Bytes {
    let topics = topics.iter().map(|&topic| topic.to_owned()).collect();
    let subscription = Subscription {
        topics,
        rack: Some("r1".to_owned()),
        ..Subscription::default()
    };
    subscription.encode(Subscription::VERSION_MAX).unwrap()
}

fn assignment_bytes(topic: &str, partitions: &[i32]) -> Bytes {
    let partitions = vec![TopicPartitions {
        topic: topic.to_owned(),
        partitions: partitions.to_vec(),
    }];
    ClassicAssignment {
        partitions,
        user_data: None,
    }
    .encode(0)
    .unwrap()
}

fn classic_member(client: &str, metadata: Bytes, assignment: Bytes) -> DescribedGroupMember {
    DescribedGroupMember {
        member_id: format!("{client}-1"),
        client_id: client.to_owned(),
        client_host: "/127.0.0.1".to_owned(),
        member_metadata: metadata,
        member_assignment: assignment,
        ..DescribedGroupMember::default()
    }
}

fn classic_group(
    id: &str,
    state: &str,
    kind: &str,
    members: Vec<DescribedGroupMember>,
) -> classic::DescribedGroup {
    classic::DescribedGroup {
        group_id: id.to_owned(),
        group_state: state.to_owned(),
        protocol_type: kind.to_owned(),
        protocol_data: "range".to_owned(),
        members,
        ..classic::DescribedGroup::default()
    }
}

fn read(groups: Vec<classic::DescribedGroup>) -> Results<String, GroupDescription> {
    DescribeClassic.read(
        &[],
        DescribeGroupsResponse {
            groups,
            ..DescribeGroupsResponse::default()
        },
    )
}

#[test]
fn classic_members_are_decoded_and_sorted() {
    let members = vec![
        classic_member("b", subscription_bytes(&["t"]), assignment_bytes("t", &[2, 0])),
        classic_member("a", subscription_bytes(&["t", "u"]), Bytes::new()),
    ];
    let results = read(vec![classic_group("g", "Stable", "consumer", members)]);
    let group = results[0].1.as_ref().unwrap();
    assert_eq!(
        (&group.kind, &group.state, group.assignor.as_str()),
        (&GroupKind::Classic, &GroupState::Stable, "range")
    );
    let [a, b] = group.members.as_slice() else {
        panic!()
    };
    assert_eq!((a.client_id.as_str(), &a.assignment), ("a", &Some(vec![])));
    assert_eq!(a.topics.as_deref(), Some(&["t".to_owned(), "u".to_owned()][..]));
    assert_eq!(
        (b.rack.as_deref(), &b.assignment),
        (Some("r1"), &Some(partitions_of("t", [0, 2])))
    );
    assert_eq!((group.epoch, &group.authorized_operations), (None, &None));
}

#[test]
fn g23_what_makes_no_sense_is_not_understood_and_nothing_breaks() {
    let broken = Bytes::from_static(&[0, 0, 0xff, 0xff, 0xff]);
    let members = vec![classic_member("a", broken.clone(), broken)];
    let results = read(vec![
        classic_group("g", "Stable", "consumer", members.clone()),
        classic_group("connect", "Stable", "connect", members),
    ]);
    for (_, group) in &results {
        let member = &group.as_ref().unwrap().members[0];
        assert_eq!((&member.topics, &member.assignment), (&None, &None));
    }
}

#[test]
fn a2_a_group_that_does_not_exist_is_an_error_of_its_own() {
    let mut denied = classic_group("denied", "", "", vec![]);
    denied.error_code = ErrorCode::GROUP_AUTHORIZATION_FAILED.0;
    let results = read(vec![
        classic_group("gone", "Dead", "", vec![]),
        denied,
        classic_group("empty", "Empty", "consumer", vec![]),
    ]);
    let codes: Vec<_> = results
        .iter()
        .map(|(_, result)| result.as_ref().err().and_then(AdminError::code))
        .collect();
    assert_eq!(
        codes,
        [
            Some(ErrorCode::GROUP_ID_NOT_FOUND),
            Some(ErrorCode::GROUP_AUTHORIZATION_FAILED),
            None
        ]
    );
}

#[test]
fn modern_groups_say_where_they_are_and_where_they_go() {
    let assignment = |partitions: &[i32]| modern::Assignment {
        topic_partitions: vec![modern::TopicPartitions {
            topic_name: "t".to_owned(),
            partitions: partitions.to_vec(),
            ..modern::TopicPartitions::default()
        }],
    };
    let member = modern::Member {
        member_id: "m".to_owned(),
        member_epoch: 4,
        subscribed_topic_regex: Some(String::new()),
        assignment: assignment(&[1, 0]),
        target_assignment: assignment(&[0]),
        member_type: 0,
        ..modern::Member::default()
    };
    let group = modern::DescribedGroup {
        group_id: "g".to_owned(),
        group_state: "Reconciling".to_owned(),
        group_epoch: 5,
        assignment_epoch: 5,
        assignor_name: "uniform".to_owned(),
        members: vec![member],
        authorized_operations: 0,
        ..modern::DescribedGroup::default()
    };
    let reply = ConsumerGroupDescribeResponse {
        groups: vec![group],
        ..ConsumerGroupDescribeResponse::default()
    };
    let results = DescribeModern.read(&[], reply);
    let group = results[0].1.as_ref().unwrap();
    assert_eq!(
        (&group.state, group.epoch, group.target_epoch),
        (&GroupState::Reconciling, Some(5), Some(5))
    );
    // A5: no operation is not the same as not said.
    assert_eq!(group.authorized_operations, Some(vec![]));
    let member = &group.members[0];
    assert_eq!(member.assignment, Some(partitions_of("t", [0, 1])));
    assert_eq!(member.target_assignment, Some(partitions_of("t", [0])));
    assert_eq!(
        (&member.pattern, member.classic, member.epoch),
        (&None, Some(true), Some(4))
    );
}

#[test]
fn groups_that_are_not_modern_are_asked_for_the_other_way() {
    let refused = |code: ErrorCode| may_be_classic(&Err(code.into()));
    assert!(refused(ErrorCode::GROUP_ID_NOT_FOUND) && refused(ErrorCode::UNSUPPORTED_VERSION));
    assert!(!refused(ErrorCode::GROUP_AUTHORIZATION_FAILED));
}
