//! What brokers tell of the cluster and its topics.

use kafka_sandbox::fault::Command;
use kafka_sandbox::profile::Profile;
use kafka_sandbox::state::Settings;
use protocol::messages::describe_cluster::DescribeClusterRequest;
use protocol::messages::describe_topic_partitions::{
    DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse, RequestCursor, TopicRequest,
};
use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic, MetadataResponseTopic};
use protocol::{ErrorCode, Uuid};

use crate::support::{Cluster, all_topics, settings, settings_with};

fn of_names(names: &[&str]) -> MetadataRequest {
    let topics = names.iter().map(|name| MetadataRequestTopic {
        name: Some((*name).to_owned()),
        ..MetadataRequestTopic::default()
    });
    MetadataRequest {
        topics: Some(topics.collect()),
        ..MetadataRequest::default()
    }
}

fn of_ids(ids: &[Uuid]) -> MetadataRequest {
    let topics = ids
        .iter()
        .map(|&topic_id| MetadataRequestTopic { topic_id, name: None });
    MetadataRequest {
        topics: Some(topics.collect()),
        ..MetadataRequest::default()
    }
}

fn told(topic: &MetadataResponseTopic) -> (Option<&str>, ErrorCode) {
    (topic.name.as_deref(), ErrorCode(topic.error_code))
}

#[test]
fn brokers_that_are_down_are_left_out() {
    let mut cluster = Cluster::of(3);
    let response = cluster.ask(2, 12, &all_topics());
    let ids = |response: &protocol::messages::metadata::MetadataResponse| -> Vec<i32> {
        response.brokers.iter().map(|broker| broker.node_id).collect()
    };
    assert_eq!(ids(&response), [1, 2, 3]);
    assert_eq!(response.cluster_id.as_deref(), Some("a-cluster"));
    assert_eq!(
        (response.brokers[0].host.as_str(), response.brokers[0].port),
        ("broker1", 9092)
    );
    cluster.perform(Command::Kill(1));
    let response = cluster.ask(2, 12, &all_topics());
    assert_eq!(ids(&response), [2, 3]);
    assert_eq!(response.controller_id, 2);
}

#[test]
fn topics_are_found_by_name_and_by_id() {
    let mut cluster = Cluster::of(1);
    let id = cluster.create("orders", 2, 1);
    let other = Uuid::from_bytes([9; 16]);
    let response = cluster.ask(1, 13, &of_names(&["orders", "orders", "a b"]));
    assert_eq!(response.topics.len(), 2, "each is told once");
    assert_eq!(told(&response.topics[0]), (Some("orders"), ErrorCode::NONE));
    assert_eq!(
        (response.topics[0].topic_id, response.topics[0].partitions.len()),
        (id, 2)
    );
    assert_eq!(
        told(&response.topics[1]),
        (Some("a b"), ErrorCode::INVALID_TOPIC_EXCEPTION)
    );
    let response = cluster.ask(1, 13, &of_ids(&[id, other]));
    assert_eq!(told(&response.topics[0]), (Some("orders"), ErrorCode::NONE));
    assert_eq!(told(&response.topics[1]), (None, ErrorCode::UNKNOWN_TOPIC_ID));
    assert_eq!(response.topics[1].topic_id, other);
    let response = cluster.ask(1, 13, &of_names(&[]));
    assert_eq!(response.topics.len(), 0, "none are asked for");
    let response = cluster.ask(1, 0, &of_names(&[]));
    assert_eq!(response.topics.len(), 1, "version 0 asks for all so");
    let mut by_id_too_early = of_names(&["orders"]);
    by_id_too_early.topics.as_mut().unwrap()[0].topic_id = id;
    let response = cluster.ask(1, 11, &by_id_too_early);
    assert_eq!(
        told(&response.topics[0]),
        (Some("orders"), ErrorCode::INVALID_REQUEST)
    );
}

#[test]
fn an_unknown_topic_is_created_if_brokers_and_client_agree() {
    let unknown = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
    let mut cluster = Cluster::with(settings_with(1, &[("num.partitions", "3")]));
    let never = MetadataRequest {
        allow_auto_topic_creation: false,
        ..of_names(&["orders"])
    };
    for _ in 0..2 {
        assert_eq!(told(&cluster.ask(1, 12, &never).topics[0]).1, unknown);
    }
    assert_eq!(
        told(&cluster.ask(1, 12, &of_names(&["orders"])).topics[0]).1,
        unknown
    );
    let response = cluster.ask(1, 12, &never);
    assert_eq!(told(&response.topics[0]).1, ErrorCode::NONE);
    assert_eq!(response.topics[0].partitions.len(), 3);

    let mut cluster = Cluster::with(settings_with(1, &[("auto.create.topics.enable", "false")]));
    for _ in 0..2 {
        assert_eq!(
            told(&cluster.ask(1, 3, &of_names(&["orders"])).topics[0]).1,
            unknown
        );
    }

    let mut cluster = Cluster::with(Settings {
        profile: Profile::V2_8,
        ..settings(1)
    });
    let response = cluster.ask(1, 9, &of_names(&["orders"]));
    assert_eq!(told(&response.topics[0]).1, ErrorCode::LEADER_NOT_AVAILABLE);
}

#[test]
fn what_a_client_may_do_is_told_when_it_asks() {
    let mut cluster = Cluster::of(1);
    cluster.create("orders", 1, 1);
    let request = MetadataRequest {
        include_cluster_authorized_operations: true,
        include_topic_authorized_operations: true,
        ..all_topics()
    };
    let response = cluster.ask(1, 8, &request);
    assert_eq!(response.cluster_authorized_operations, 8096);
    assert_eq!(response.topics[0].topic_authorized_operations, 3576);
    let response = cluster.ask(1, 8, &all_topics());
    assert_eq!(response.cluster_authorized_operations, i32::MIN);
    assert_eq!(response.topics[0].topic_authorized_operations, i32::MIN);
}

#[test]
fn a_partition_without_a_leader_says_so() {
    let mut cluster = Cluster::of(2);
    cluster.create("orders", 2, 1);
    cluster.perform(Command::Kill(2));
    let response = cluster.ask(1, 12, &of_names(&["orders"]));
    let lost = response.topics[0]
        .partitions
        .iter()
        .find(|one| *one.replica_nodes == [2])
        .unwrap();
    assert_eq!(
        (lost.error_code, lost.leader_id),
        (ErrorCode::LEADER_NOT_AVAILABLE.0, -1)
    );
    assert_eq!((&*lost.isr_nodes, &*lost.offline_replicas), (&[][..], &[2][..]));
    cluster.perform(Command::Restart(2));
    let response = cluster.ask(1, 12, &of_names(&["orders"]));
    assert!(
        response.topics[0]
            .partitions
            .iter()
            .all(|one| one.error_code == 0)
    );
}

#[test]
fn version_0_hides_replicas_that_are_down() {
    let mut cluster = Cluster::of(2);
    cluster.create("orders", 1, 2);
    cluster.perform(Command::Kill(2));
    let response = cluster.ask(1, 0, &of_names(&["orders"]));
    let partition = &response.topics[0].partitions[0];
    assert_eq!(partition.error_code, ErrorCode::REPLICA_NOT_AVAILABLE.0);
    assert_eq!(
        (&*partition.replica_nodes, &*partition.isr_nodes),
        (&[1][..], &[1][..])
    );
    let response = cluster.ask(1, 1, &of_names(&["orders"]));
    assert_eq!(response.topics[0].partitions[0].error_code, 0);
    assert_eq!(response.topics[0].partitions[0].replica_nodes.len(), 2);
}

#[test]
fn clusters_are_described() {
    let mut cluster = Cluster::of(2);
    cluster.perform(Command::Kill(2));
    let mut request = DescribeClusterRequest {
        include_cluster_authorized_operations: true,
        ..DescribeClusterRequest::default()
    };
    let response = cluster.ask(1, 2, &request);
    assert_eq!(
        (response.cluster_id.as_str(), response.controller_id),
        ("a-cluster", 1)
    );
    assert_eq!(
        (response.brokers.len(), response.cluster_authorized_operations),
        (1, 8096)
    );
    request.include_fenced_brokers = true;
    let response = cluster.ask(1, 2, &request);
    let fenced: Vec<_> = response
        .brokers
        .iter()
        .map(|one| (one.broker_id, one.is_fenced))
        .collect();
    assert_eq!(fenced, [(1, false), (2, true)]);
    for (endpoint_type, code) in [
        (2, ErrorCode::MISMATCHED_ENDPOINT_TYPE),
        (9, ErrorCode::UNSUPPORTED_ENDPOINT_TYPE),
    ] {
        request.endpoint_type = endpoint_type;
        assert_eq!(cluster.ask(1, 2, &request).error_code, code.0);
    }
}

/// The partitions that are told, and where to go on.
fn page(response: &DescribeTopicPartitionsResponse) -> (Vec<String>, Option<(&str, i32)>) {
    let topics = response.topics.iter();
    let partitions = topics.flat_map(|topic| {
        let name = topic.name.as_deref().unwrap();
        topic
            .partitions
            .iter()
            .map(move |one| format!("{name}-{}", one.partition_index))
    });
    let cursor = response.next_cursor.as_ref();
    let cursor = cursor.map(|cursor| (cursor.topic_name.as_str(), cursor.partition_index));
    (partitions.collect(), cursor)
}

#[test]
fn topics_are_described_page_by_page() {
    let mut cluster = Cluster::of(1);
    for name in ["c", "a", "b"] {
        cluster.create(name, 3, 1);
    }
    let from = |limit, cursor: Option<(&str, i32)>| DescribeTopicPartitionsRequest {
        response_partition_limit: limit,
        cursor: cursor.map(|(name, partition_index)| RequestCursor {
            topic_name: name.to_owned(),
            partition_index,
        }),
        ..DescribeTopicPartitionsRequest::default()
    };
    let response = cluster.ask(1, 0, &from(2, None));
    assert_eq!(
        page(&response),
        (vec!["a-0".to_owned(), "a-1".to_owned()], Some(("a", 2)))
    );
    assert_eq!(response.topics[0].topic_authorized_operations, 3576);
    let response = cluster.ask(1, 0, &from(4, Some(("a", 2))));
    let told = ["a-2", "b-0", "b-1", "b-2"].map(str::to_owned).to_vec();
    assert_eq!(page(&response), (told, Some(("c", 0))));
    let response = cluster.ask(1, 0, &from(0, Some(("c", 2))));
    assert_eq!(
        page(&response),
        (vec!["c-2".to_owned()], None),
        "at least one is told"
    );
    // A topic may be gone by then.
    let response = cluster.ask(1, 0, &from(2, Some(("aa", 7))));
    assert_eq!(page(&response).0, ["b-0", "b-1"]);
}

#[test]
fn named_topics_are_described_or_said_to_be_unknown() {
    let mut cluster = Cluster::of(1);
    cluster.create("b", 1, 1);
    let topics = ["b", "a b", "a"].iter().map(|name| TopicRequest {
        name: (*name).to_owned(),
    });
    let mut request = DescribeTopicPartitionsRequest {
        topics: topics.collect(),
        ..DescribeTopicPartitionsRequest::default()
    };
    let response = cluster.ask(1, 0, &request);
    let told: Vec<_> = response
        .topics
        .iter()
        .map(|topic| (topic.name.as_deref().unwrap(), ErrorCode(topic.error_code)))
        .collect();
    assert_eq!(
        told,
        [
            ("a", ErrorCode::UNKNOWN_TOPIC_OR_PARTITION),
            ("a b", ErrorCode::INVALID_TOPIC_EXCEPTION),
            ("b", ErrorCode::NONE),
        ]
    );
    for (name, index) in [("b", -1), ("c", 0)] {
        request.cursor = Some(RequestCursor {
            topic_name: name.to_owned(),
            partition_index: index,
        });
        let response = cluster.ask(1, 0, &request);
        assert!(
            response
                .topics
                .iter()
                .all(|one| one.error_code == ErrorCode::INVALID_REQUEST.0)
        );
    }
}
