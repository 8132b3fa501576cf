//! Topics: created, deleted, given more partitions; in the words of Kafka 4.4.

use protocol::messages::create_partitions::{
    CreatePartitionsAssignment, CreatePartitionsRequest, CreatePartitionsTopic, CreatePartitionsTopicResult,
};
use protocol::messages::create_topics::{
    CreatableReplicaAssignment, CreatableTopic, CreatableTopicConfig, CreatableTopicResult,
    CreateTopicsRequest,
};
use protocol::messages::delete_topics::{DeleteTopicState, DeleteTopicsRequest};
use protocol::{ErrorCode, Uuid};

use crate::support::{Cluster, all_topics, settings_with};

fn topic(name: &str) -> CreatableTopic {
    CreatableTopic {
        name: name.to_owned(),
        num_partitions: -1,
        replication_factor: -1,
        ..CreatableTopic::default()
    }
}

fn assigned(name: &str, assignments: &[(i32, &[i32])]) -> CreatableTopic {
    let assignments = assignments
        .iter()
        .map(|&(partition_index, ids)| CreatableReplicaAssignment {
            partition_index,
            broker_ids: ids.to_vec(),
        });
    CreatableTopic {
        assignments: assignments.collect(),
        ..topic(name)
    }
}

fn configured(name: &str, configs: &[(&str, Option<&str>)]) -> CreatableTopic {
    let configs = configs.iter().map(|&(name, value)| CreatableTopicConfig {
        name: name.to_owned(),
        value: value.map(str::to_owned),
    });
    CreatableTopic {
        configs: configs.collect(),
        ..topic(name)
    }
}

fn create(cluster: &mut Cluster, topics: Vec<CreatableTopic>) -> Vec<CreatableTopicResult> {
    let request = CreateTopicsRequest {
        topics,
        ..CreateTopicsRequest::default()
    };
    cluster.ask(1, 7, &request).topics
}

/// What `topic` is refused with.
fn refusal(cluster: &mut Cluster, topic: CreatableTopic) -> (ErrorCode, String) {
    let results = create(cluster, vec![topic]);
    let message = results[0].error_message.clone().unwrap_or_default();
    (ErrorCode(results[0].error_code), message)
}

fn names(cluster: &mut Cluster) -> Vec<String> {
    let response = cluster.ask(1, 12, &all_topics());
    let names = response.topics.into_iter().map(|topic| topic.name.unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names
}

#[test]
fn a_topic_gets_what_the_brokers_say_where_the_client_says_nothing() {
    let properties = [
        ("num.partitions", "4"),
        ("default.replication.factor", "2"),
        ("log.retention.hours", "1"),
    ];
    let mut cluster = Cluster::with(settings_with(3, &properties));
    let results = create(
        &mut cluster,
        vec![configured("orders", &[("max.message.bytes", Some("1000"))])],
    );
    let result = &results[0];
    assert_eq!((result.error_code, &result.error_message), (0, &None));
    assert_eq!((result.num_partitions, result.replication_factor), (4, 2));
    assert!(!result.topic_id.is_zero());
    let configs = result.configs.as_ref().unwrap();
    assert!(configs.is_sorted_by_key(|config| config.name.clone()));
    let config = |name: &str| {
        let config = configs.iter().find(|config| config.name == name).unwrap();
        (config.value.as_deref().unwrap_or("none"), config.config_source)
    };
    assert_eq!(config("max.message.bytes"), ("1000", 1));
    assert_eq!(config("retention.ms"), ("3600000", 4));
    assert_eq!(config("cleanup.policy"), ("delete", 5));
    let response = cluster.ask(2, 12, &all_topics());
    assert_eq!(response.topics[0].topic_id, result.topic_id);
    let partitions = &response.topics[0].partitions;
    assert_eq!(partitions.len(), 4);
    for (index, partition) in (0..).zip(partitions) {
        assert_eq!((partition.error_code, partition.partition_index), (0, index));
        assert_eq!(partition.replica_nodes.len(), 2);
        assert_eq!(partition.leader_id, partition.replica_nodes[0]);
        assert_eq!(*partition.isr_nodes, *partition.replica_nodes);
    }
}

#[test]
fn leaders_are_spread_over_the_brokers() {
    let mut cluster = Cluster::of(3);
    cluster.create("orders", 30, 3);
    let response = cluster.ask(1, 12, &all_topics());
    for id in 1..=3 {
        let led = response.topics[0].partitions.iter();
        assert_eq!(led.filter(|partition| partition.leader_id == id).count(), 10);
    }
}

#[test]
fn validated_only_nothing_is_created() {
    let mut cluster = Cluster::of(1);
    let request = CreateTopicsRequest {
        topics: vec![topic("orders")],
        validate_only: true,
        ..CreateTopicsRequest::default()
    };
    let response = cluster.ask(1, 7, &request);
    assert_eq!(
        (response.topics[0].error_code, response.topics[0].num_partitions),
        (0, 1)
    );
    assert_eq!(names(&mut cluster), [""; 0]);
}

#[test]
fn names_are_checked() {
    let mut cluster = Cluster::of(1);
    cluster.create("c.d", 1, 1);
    let invalid = ErrorCode::INVALID_TOPIC_EXCEPTION;
    for (name, code, message) in [
        (
            "c.d",
            ErrorCode::TOPIC_ALREADY_EXISTS,
            "Topic 'c.d' already exists.",
        ),
        ("c_d", invalid, "Topic 'c_d' collides with existing topic: c.d"),
        (
            "",
            invalid,
            "Topic name is invalid: the empty string is not allowed",
        ),
        ("..", invalid, "Topic name is invalid: '..' is not allowed"),
        (
            "__cluster_metadata",
            ErrorCode::INVALID_REQUEST,
            "Creation of internal topic __cluster_metadata is prohibited.",
        ),
    ] {
        assert_eq!(refusal(&mut cluster, topic(name)), (code, message.to_owned()));
    }
    let results = create(&mut cluster, vec![topic("a"), topic("b"), topic("a"), topic("a")]);
    let told: Vec<_> = results
        .iter()
        .map(|result| (result.name.as_str(), result.error_code))
        .collect();
    assert_eq!(told, [("b", 0), ("a", ErrorCode::INVALID_REQUEST.0)]);
    assert_eq!(results[1].error_message.as_deref(), Some("Duplicate topic name."));
    assert_eq!(names(&mut cluster), ["b", "c.d"]);
}

#[test]
fn a_name_is_free_again_once_its_topic_is_gone() {
    let mut cluster = Cluster::of(1);
    let first = cluster.create("c.d", 1, 1);
    delete(&mut cluster, vec![by_name("c.d")]);
    assert_eq!(refusal(&mut cluster, topic("c_d")).0, ErrorCode::NONE);
    delete(&mut cluster, vec![by_name("c_d")]);
    let second = cluster.create("c.d", 1, 1);
    assert_ne!(first, second);
}

#[test]
fn partitions_and_replicas_are_checked() {
    let mut cluster = Cluster::of(3);
    let with = |partitions, factor| CreatableTopic {
        num_partitions: partitions,
        replication_factor: factor,
        ..topic("orders")
    };
    let no_partitions = "Number of partitions was set to an invalid non-positive value.";
    let no_replicas = "Replication factor must be larger than 0, or -1 to use the default value.";
    let too_many_replicas = "Unable to replicate the partition 4 time(s): The target replication factor of 4 cannot be \
                             reached because only 3 broker(s) are registered or some brokers have all their log \
                             directories cordoned.";
    let too_many = "Excessively large number of partitions per request.";
    for (partitions, factor, code, message) in [
        (0, 1, ErrorCode::INVALID_PARTITIONS, no_partitions),
        (-2, 1, ErrorCode::INVALID_PARTITIONS, no_partitions),
        (1, 0, ErrorCode::INVALID_REPLICATION_FACTOR, no_replicas),
        (1, -2, ErrorCode::INVALID_REPLICATION_FACTOR, no_replicas),
        (1, 4, ErrorCode::INVALID_REPLICATION_FACTOR, too_many_replicas),
        (20_000, 1, ErrorCode::POLICY_VIOLATION, too_many),
        (i32::MAX, i16::MAX, ErrorCode::POLICY_VIOLATION, too_many),
    ] {
        let refused = refusal(&mut cluster, with(partitions, factor));
        assert_eq!(refused, (code, message.to_owned()), "{partitions} {factor}");
    }
    assert_eq!(names(&mut cluster), [""; 0]);
}

#[test]
fn assignments_are_taken_or_refused() {
    let mut cluster = Cluster::of(3);
    let results = create(
        &mut cluster,
        vec![assigned("orders", &[(1, &[3, 1]), (0, &[2, 3])])],
    );
    assert_eq!((results[0].num_partitions, results[0].replication_factor), (2, 2));
    let response = cluster.ask(1, 12, &all_topics());
    let replicas = response.topics[0].partitions.iter();
    let replicas: Vec<&[i32]> = replicas
        .map(|partition| partition.replica_nodes.as_slice())
        .collect();
    assert_eq!(replicas, [[2, 3], [3, 1]]);

    let invalid = ErrorCode::INVALID_REPLICA_ASSIGNMENT;
    for (assignments, message) in [
        (
            vec![(0, &[][..])],
            "The manual partition assignment includes an empty replica list.",
        ),
        (
            vec![(0, &[1, 1][..])],
            "The manual partition assignment includes the broker 1 more than once.",
        ),
        (
            vec![(0, &[9][..])],
            "The manual partition assignment includes broker 9, but no such broker is registered.",
        ),
        (
            vec![(0, &[1][..]), (2, &[1][..])],
            "partitions should be a consecutive 0-based integer sequence",
        ),
        (
            vec![(0, &[1][..]), (0, &[1][..])],
            "Found multiple manual partition assignments for partition 0",
        ),
        (
            vec![(0, &[1][..]), (1, &[1, 2][..])],
            "The manual partition assignment includes a partition with 2 replica(s), but this is not consistent with \
             previous partitions, which have 1 replica(s).",
        ),
    ] {
        let refused = refusal(&mut cluster, assigned("others", &assignments));
        assert_eq!(refused, (invalid, message.to_owned()));
    }
    let both = CreatableTopic {
        num_partitions: 1,
        ..assigned("others", &[(0, &[1])])
    };
    let message = "A manual partition assignment was specified, but numPartitions was not set to -1.";
    assert_eq!(
        refusal(&mut cluster, both),
        (ErrorCode::INVALID_REQUEST, message.to_owned())
    );
}

#[test]
fn configs_are_checked() {
    let mut cluster = Cluster::of(1);
    for (configs, message) in [
        (
            [("retention.ms", None), ("segment.ms", None)],
            "Null value not supported for topic configs: retention.ms,segment.ms",
        ),
        (
            [("no.such", Some("1")), ("segment.ms", Some("1000"))],
            "Unknown topic config name: no.such",
        ),
        (
            [("retention.ms", Some("abc")), ("segment.ms", Some("1000"))],
            "Invalid value abc for configuration retention.ms: Not a number of type LONG",
        ),
    ] {
        let refused = refusal(&mut cluster, configured("orders", &configs));
        assert_eq!(refused, (ErrorCode::INVALID_CONFIG, message.to_owned()));
    }
}

fn by_name(name: &str) -> DeleteTopicState {
    DeleteTopicState {
        name: Some(name.to_owned()),
        ..DeleteTopicState::default()
    }
}

fn by_id(topic_id: Uuid) -> DeleteTopicState {
    DeleteTopicState { name: None, topic_id }
}

/// The answers: names, codes and messages.
fn delete(cluster: &mut Cluster, topics: Vec<DeleteTopicState>) -> Vec<(Option<String>, ErrorCode, String)> {
    let request = DeleteTopicsRequest {
        topics,
        ..DeleteTopicsRequest::default()
    };
    let response = cluster.ask(1, 6, &request);
    let results = response.responses.into_iter();
    results
        .map(|one| {
            (
                one.name,
                ErrorCode(one.error_code),
                one.error_message.unwrap_or_default(),
            )
        })
        .collect()
}

#[test]
fn topics_are_deleted_by_name_and_by_id() {
    let mut cluster = Cluster::of(1);
    let ids: Vec<Uuid> = ["a", "b", "c"]
        .iter()
        .map(|name| cluster.create(name, 2, 1))
        .collect();
    let results = delete(&mut cluster, vec![by_name("a"), by_id(ids[1])]);
    for (result, name) in results.iter().zip(["a", "b"]) {
        assert_eq!(*result, (Some(name.to_owned()), ErrorCode::NONE, String::new()));
    }
    assert_eq!(names(&mut cluster), ["c"]);
    let old = DeleteTopicsRequest {
        topic_names: vec!["c".to_owned()],
        ..DeleteTopicsRequest::default()
    };
    assert_eq!(cluster.ask(1, 5, &old).responses[0].error_code, 0);
    assert_eq!(names(&mut cluster), [""; 0]);
}

#[test]
fn what_cannot_be_deleted_is_refused() {
    let mut cluster = Cluster::of(1);
    let id = cluster.create("a", 1, 1);
    let invalid = ErrorCode::INVALID_REQUEST;
    let unknown_id = Uuid::from_bytes([7; 16]);
    for (topics, code, message) in [
        (
            vec![by_name("x")],
            ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
            "This server does not host this topic-partition.",
        ),
        (
            vec![by_id(unknown_id)],
            ErrorCode::UNKNOWN_TOPIC_ID,
            "This server does not host this topic ID.",
        ),
        (
            vec![by_id(Uuid::ZERO)],
            invalid,
            "Neither topic name nor id were specified.",
        ),
        (vec![by_name("a"), by_name("a")], invalid, "Duplicate topic name."),
        (vec![by_id(id), by_id(id)], invalid, "Duplicate topic id."),
        (
            vec![DeleteTopicState {
                topic_id: id,
                ..by_name("a")
            }],
            invalid,
            "You may not specify both topic name and topic id.",
        ),
    ] {
        let results = delete(&mut cluster, topics);
        assert_eq!(results.len(), 1, "{message}");
        assert_eq!((results[0].1, results[0].2.as_str()), (code, message));
    }
    assert_eq!(names(&mut cluster), ["a"]);
}

#[test]
fn deletion_can_be_switched_off() {
    let mut cluster = Cluster::with(settings_with(1, &[("delete.topic.enable", "false")]));
    cluster.create("a", 1, 1);
    let results = delete(&mut cluster, vec![by_name("a")]);
    let message = "Topic deletion is disabled.".to_owned();
    assert_eq!(
        results[0],
        (Some("a".to_owned()), ErrorCode::TOPIC_DELETION_DISABLED, message)
    );
    let old = DeleteTopicsRequest {
        topic_names: vec!["a".to_owned()],
        ..DeleteTopicsRequest::default()
    };
    let response = cluster.ask(1, 2, &old);
    assert_eq!(response.responses[0].error_code, ErrorCode::INVALID_REQUEST.0);
    assert_eq!(names(&mut cluster), ["a"]);
}

fn grow(name: &str, count: i32, assignments: Option<&[&[i32]]>) -> CreatePartitionsTopic {
    let assignments = assignments.map(|assignments| {
        let assignments = assignments.iter().map(|ids| CreatePartitionsAssignment {
            broker_ids: ids.to_vec(),
        });
        assignments.collect()
    });
    CreatePartitionsTopic {
        name: name.to_owned(),
        count,
        assignments,
    }
}

fn create_partitions(
    cluster: &mut Cluster,
    topics: Vec<CreatePartitionsTopic>,
    validate_only: bool,
) -> Vec<CreatePartitionsTopicResult> {
    let request = CreatePartitionsRequest {
        topics,
        validate_only,
        ..CreatePartitionsRequest::default()
    };
    cluster.ask(1, 3, &request).results
}

#[test]
fn partitions_are_added() {
    let mut cluster = Cluster::of(3);
    cluster.create("e", 1, 2);
    assert_eq!(
        create_partitions(&mut cluster, vec![grow("e", 5, None)], true)[0].error_code,
        0
    );
    let count = |cluster: &mut Cluster| {
        let response = cluster.ask(1, 12, &all_topics());
        response.topics[0].partitions.len()
    };
    assert_eq!(count(&mut cluster), 1);
    assert_eq!(
        create_partitions(&mut cluster, vec![grow("e", 3, None)], false)[0].error_code,
        0
    );
    assert_eq!(count(&mut cluster), 3);
    let chosen = grow("e", 4, Some(&[&[3, 2]]));
    assert_eq!(
        create_partitions(&mut cluster, vec![chosen], false)[0].error_code,
        0
    );
    let response = cluster.ask(1, 12, &all_topics());
    assert_eq!(*response.topics[0].partitions[3].replica_nodes, [3, 2]);
    assert_eq!(response.topics[0].partitions[2].replica_nodes.len(), 2);
}

#[test]
fn partitions_that_cannot_be_added_are_refused() {
    let mut cluster = Cluster::of(3);
    cluster.create("e", 3, 2);
    let (partitions, assignment) = (
        ErrorCode::INVALID_PARTITIONS,
        ErrorCode::INVALID_REPLICA_ASSIGNMENT,
    );
    let not_more =
        |count: i32| format!("The topic e currently has 3 partition(s); {count} would not be an increase.");
    for (topic, code, message) in [
        (grow("e", 3, None), partitions, "Topic already has 3 partition(s).".to_owned()),
        (grow("e", 2, None), partitions, not_more(2)),
        (grow("e", -1, None), partitions, not_more(-1)),
        (grow("x", 3, None), ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, String::new()),
        (
            grow("e", 5, Some(&[&[1, 2]])),
            assignment,
            "Attempted to add 2 additional partition(s), but only 1 assignment(s) were specified.".to_owned(),
        ),
        (
            grow("e", 4, Some(&[&[1, 9]])),
            assignment,
            "The manual partition assignment includes broker 9, but no such broker is registered.".to_owned(),
        ),
        (
            grow("e", 4, Some(&[&[1]])),
            assignment,
            "The manual partition assignment includes a partition with 1 replica(s), but this is not consistent with \
             previous partitions, which have 2 replica(s)."
                .to_owned(),
        ),
        (
            grow("e", i32::MAX, None),
            ErrorCode::POLICY_VIOLATION,
            "Excessively large number of additional partitions per request.".to_owned(),
        ),
    ] {
        let results = create_partitions(&mut cluster, vec![topic], false);
        let told = results[0].error_message.clone().unwrap_or_default();
        assert_eq!((ErrorCode(results[0].error_code), told), (code, message));
    }
    let twice = vec![grow("e", 4, None), grow("e", 5, None)];
    let results = create_partitions(&mut cluster, twice, false);
    assert_eq!(results.len(), 1);
    assert_eq!(results[0].error_message.as_deref(), Some("Duplicate topic name."));
}
