use protocol::messages::describe_topic_partitions::ResponseCursor;

use super::*;
use crate::connection::Body;

fn names(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|&name| name.to_owned()).collect()
}

fn page_topic(name: &str, partitions: std::ops::Range<i32>) -> DescribeTopicPartitionsResponseTopic {
    let partition = |partition_index| DescribeTopicPartitionsResponsePartition {
        partition_index,
        leader_id: 1,
        replica_nodes: [1, 2].into(),
        isr_nodes: [1].into(),
        ..DescribeTopicPartitionsResponsePartition::default()
    };
    DescribeTopicPartitionsResponseTopic {
        name: Some(name.to_owned()),
        partitions: partitions.map(partition).collect(),
        ..DescribeTopicPartitionsResponseTopic::default()
    }
}

fn page(
    topics: Vec<DescribeTopicPartitionsResponseTopic>,
    next: Option<(&str, i32)>,
) -> DescribeTopicPartitionsResponse {
    let next_cursor = next.map(|(topic_name, partition_index)| ResponseCursor {
        topic_name: topic_name.to_owned(),
        partition_index,
    });
    DescribeTopicPartitionsResponse {
        topics,
        next_cursor,
        ..DescribeTopicPartitionsResponse::default()
    }
}

#[test]
fn a6_the_cursor_is_followed_to_its_end_and_topics_are_put_together() {
    let mut pages = Pages::new(names(&["a", "b", "c"]));
    let first = pages.next_request().unwrap();
    assert_eq!(
        (first.topics.len(), first.response_partition_limit, &first.cursor),
        (3, 2000, &None)
    );
    pages
        .take(page(
            vec![page_topic("a", 0..2), page_topic("b", 0..3)],
            Some(("b", 3)),
        ))
        .unwrap();
    let second = pages.next_request().unwrap();
    let asked: Vec<_> = second.topics.iter().map(|topic| topic.name.as_str()).collect();
    assert_eq!(asked, ["b", "c"]);
    let cursor = second.cursor.unwrap();
    assert_eq!((cursor.topic_name.as_str(), cursor.partition_index), ("b", 3));
    // A page may repeat a partition; it counts once.
    pages
        .take(page(vec![page_topic("b", 2..5), page_topic("c", 0..1)], None))
        .unwrap();
    assert!(pages.next_request().is_none());
    let sizes: Vec<_> = pages
        .into_results()
        .into_iter()
        .map(|(key, topic)| (key.to_string(), topic.unwrap().partitions.len()))
        .collect();
    assert_eq!(
        sizes,
        [("a".to_owned(), 2), ("b".to_owned(), 5), ("c".to_owned(), 1)]
    );
}

#[test]
fn a6_a_cursor_that_stands_still_ends_in_an_error() {
    for stuck in [("b", 3), ("b", 2), ("a", 9)] {
        let mut pages = Pages::new(names(&["a", "b"]));
        pages.take(page(vec![], Some(("b", 3)))).unwrap();
        let error = pages.take(page(vec![], Some(stuck))).unwrap_err();
        assert!(error.to_string().contains("does not move forward"), "{error}");
    }
}

#[test]
fn a5_eligible_leaders_that_are_not_said_are_not_none_of_them() {
    let mut topic = page_topic("a", 0..2);
    topic.partitions[1].eligible_leader_replicas = Some(NodeIds::EMPTY);
    topic.partitions[1].last_known_elr = Some([2].into());
    topic.partitions[1].leader_id = -1;
    let described = read_page_topic(topic).unwrap();
    let [first, second] = described.partitions.as_slice() else {
        panic!()
    };
    assert_eq!((&first.eligible_leaders, first.leader), (&None, Some(NodeId(1))));
    assert_eq!(
        (&second.eligible_leaders, second.leader),
        (&Some(Vec::new()), None)
    );
    assert_eq!(second.last_known_eligible_leaders, Some(vec![NodeId(2)]));
    assert_eq!(described.authorized_operations, None);
}

#[test]
fn a2_topics_that_cannot_be_described_have_their_own_error() {
    let mut secret = page_topic("secret", 0..0);
    secret.error_code = ErrorCode::TOPIC_AUTHORIZATION_FAILED.0;
    let mut pages = Pages::new(names(&["a", "secret"]));
    pages
        .take(page(vec![secret, page_topic("a", 0..1)], None))
        .unwrap();
    let results = pages.into_results();
    assert!(results[0].1.is_ok());
    assert_eq!(
        results[1].1.as_ref().unwrap_err().code(),
        Some(ErrorCode::TOPIC_AUTHORIZATION_FAILED)
    );
}

#[test]
fn metadata_serves_brokers_of_every_age() {
    let by_name = metadata_request(&["a".into()]);
    for version in by_name.versions.iter() {
        by_name
            .encode(1, "me", version)
            .unwrap_or_else(|error| panic!("version {version}: {error}"));
    }
    assert_eq!(by_name.versions.first, 4);
    assert_eq!(
        metadata_request(&[Uuid::from_bytes([1; 16]).into(), "a".into()])
            .versions
            .first,
        12
    );
}

#[test]
fn metadata_is_matched_by_id_where_it_was_asked_by_id() {
    let id = Uuid::from_bytes([3; 16]);
    let topic = |name: Option<&str>, topic_id, code: ErrorCode| MetadataResponseTopic {
        name: name.map(str::to_owned),
        topic_id,
        error_code: code.0,
        ..MetadataResponseTopic::default()
    };
    let gone = Uuid::from_bytes([4; 16]);
    let reply = MetadataResponse {
        topics: vec![
            topic(Some("x"), id, ErrorCode::NONE),
            topic(None, gone, ErrorCode::UNKNOWN_TOPIC_ID),
            topic(Some("y"), Uuid::from_bytes([5; 16]), ErrorCode::NONE),
        ],
        ..MetadataResponse::default()
    };
    let keys = [TopicKey::Id(id), TopicKey::Id(gone), "y".into()];
    let results = read_metadata(&keys, reply);
    let found: Vec<_> = results.iter().map(|(key, _)| key.clone()).collect();
    assert_eq!(found, keys);
    assert_eq!(results[0].1.as_ref().unwrap().name, "x");
    assert_eq!(
        results[1].1.as_ref().unwrap_err().code(),
        Some(ErrorCode::UNKNOWN_TOPIC_ID)
    );
}

#[test]
fn listings_count_partitions_and_leave_out_what_is_hidden() {
    let partition = |index, replicas: &[i32]| MetadataResponsePartition {
        partition_index: index,
        replica_nodes: replicas.into(),
        ..MetadataResponsePartition::default()
    };
    let topic = |name: &str, error: ErrorCode, partitions| MetadataResponseTopic {
        name: Some(name.to_owned()),
        error_code: error.0,
        partitions,
        ..MetadataResponseTopic::default()
    };
    let reply = MetadataResponse {
        topics: vec![
            topic(
                "b",
                ErrorCode::NONE,
                vec![partition(0, &[1, 2]), partition(1, &[2, 3, 1])],
            ),
            topic("hidden", ErrorCode::TOPIC_AUTHORIZATION_FAILED, vec![]),
            topic("a", ErrorCode::NONE, vec![]),
        ],
        ..MetadataResponse::default()
    };
    let listed: Vec<_> = listings(reply)
        .into_iter()
        .map(|topic| (topic.name, topic.partitions, topic.replication_factor))
        .collect();
    assert_eq!(listed, [("a".to_owned(), 0, 0), ("b".to_owned(), 2, 3)]);
}
