use std::fmt::Write;

use kafka_client::admin::{
    Admin, ConfigResource, CreateTopicsOptions, DescribeConfigsOptions, NewPartitions, NewTopic,
    TopicDescription, TopicKey,
};
use kafka_client::client::Client;
use kafka_client::cluster::{NodeId, OffsetSpec, TopicPartition};
use kafka_client::config::IsolationLevel;
use protocol::{ErrorCode, Uuid};
use real_kafka::KafkaCluster;

use super::{connect, create, only, tool, until};
use crate::consume::{numbered, produce};
use crate::support::{run, shared};

/// A description in the words of `kafka-topics --describe`.
async fn in_kafkas_words(admin: &Admin, topic: &TopicDescription) -> String {
    let resource = ConfigResource::topic(&topic.name);
    let entries = only(
        admin
            .describe_configs([resource], DescribeConfigsOptions::default())
            .await,
    )
    .unwrap();
    let configs: Vec<_> = entries
        .iter()
        .filter(|entry| !entry.is_default())
        .map(|entry| format!("{}={}", entry.name, entry.value.as_deref().unwrap_or_default()))
        .collect();
    let ids = |nodes: &[NodeId]| nodes.iter().map(NodeId::to_string).collect::<Vec<_>>().join(",");
    let mut text = format!(
        "Topic: {}\tTopicId: {}\tPartitionCount: {}\tReplicationFactor: {}\tConfigs: {}\n",
        topic.name,
        topic.id.unwrap(),
        topic.partitions.len(),
        topic.partitions[0].replicas.len(),
        configs.join(","),
    );
    for partition in &topic.partitions {
        writeln!(
            text,
            "\tTopic: {}\tPartition: {}\tLeader: {}\tReplicas: {}\tIsr: {}\tElr: {}\tLastKnownElr: {}",
            topic.name,
            partition.partition,
            partition.leader.unwrap(),
            ids(&partition.replicas),
            ids(&partition.in_sync),
            ids(partition.eligible_leaders.as_ref().unwrap()),
            ids(partition.last_known_eligible_leaders.as_ref().unwrap()),
        )
        .unwrap();
    }
    text
}

/// The settings of a topic in Kafka's words, in an order of their own.
fn with_sorted_configs(text: &str) -> String {
    let (head, tail) = text.split_once('\n').unwrap();
    let (before, configs) = head.split_once("Configs: ").unwrap();
    let mut configs: Vec<_> = configs.split(',').collect();
    configs.sort_unstable();
    format!("{before}Configs: {}\n{}", configs.join(","), tail.trim_end())
}

#[test]
fn topics_are_described_as_kafka_describes_them() {
    let Some(cluster) = shared("describing topics") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        let topic = NewTopic::new("admin-describe")
            .partitions(3)
            .replication_factor(1);
        create(
            &admin,
            topic
                .config("retention.ms", "86400000")
                .config("cleanup.policy", "compact"),
        )
        .await;
        let described = only(admin.describe_topics(["admin-describe"]).await).unwrap();
        let theirs = tool(
            cluster,
            "kafka-topics",
            &["--describe", "--topic", "admin-describe"],
        );
        let ours = in_kafkas_words(&admin, &described).await;
        assert_eq!(with_sorted_configs(&ours), with_sorted_configs(&theirs));
        // By id, another request describes it.
        let id = described.id.unwrap();
        let by_id = only(admin.describe_topics([id]).await).unwrap();
        assert_eq!((&by_id.name, by_id.partitions.len()), (&described.name, 3));
        assert_eq!(by_id.partitions[0].replicas, described.partitions[0].replicas);
        assert!(by_id.authorized_operations.is_some() && described.authorized_operations.is_some());
    });
}

#[test]
fn created_topics_are_listed_and_say_what_they_became() {
    let Some(cluster) = shared("creating topics") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        let topics = ["admin-list-a", "admin-list-b"].map(|name| NewTopic::new(name).partitions(2));
        let created = admin
            .create_topics(topics.clone(), CreateTopicsOptions::default())
            .await;
        for (name, topic) in &created {
            let topic = topic.as_ref().unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(
                (topic.partitions, topic.replication_factor),
                (Some(2), Some(1)),
                "{name}"
            );
            assert!(topic.id.is_some() && topic.configs.as_ref().is_some_and(|configs| configs.len() > 20));
        }
        let theirs = tool(cluster, "kafka-topics", &["--list"]);
        let listed = admin.list_topics().await.unwrap();
        for name in ["admin-list-a", "admin-list-b"] {
            assert!(theirs.lines().any(|line| line == name), "{theirs}");
            let ours = listed.iter().find(|topic| topic.name == name).unwrap();
            assert_eq!(
                (ours.partitions, ours.replication_factor, ours.internal),
                (2, 1, false)
            );
        }
        assert!(listed.is_sorted_by(|a, b| a.name < b.name));
    });
}

#[test]
fn a2_each_topic_to_be_created_has_its_own_result() {
    let Some(cluster) = shared("refused topics") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        create(&admin, NewTopic::new("admin-twice").partitions(1)).await;
        let topics = [
            NewTopic::new("admin-twice").partitions(1),
            NewTopic::new("admin fits not").partitions(1),
            NewTopic::new("admin-too-many")
                .partitions(1)
                .replication_factor(99),
            NewTopic::new("admin-bad-config")
                .partitions(1)
                .config("retention.ms", "soon"),
            NewTopic::new("admin-fine").partitions(1),
        ];
        let results = admin.create_topics(topics, CreateTopicsOptions::default()).await;
        let codes: Vec<_> = results
            .iter()
            .map(|(_, result)| result.as_ref().err().map(|e| e.code().unwrap()))
            .collect();
        let expected = [
            Some(ErrorCode::TOPIC_ALREADY_EXISTS),
            Some(ErrorCode::INVALID_TOPIC_EXCEPTION),
            Some(ErrorCode::INVALID_REPLICATION_FACTOR),
            Some(ErrorCode::INVALID_CONFIG),
            None,
        ];
        assert_eq!(codes, expected);
    });
}

#[test]
fn validation_creates_nothing() {
    let Some(cluster) = shared("validating topics") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        let options = CreateTopicsOptions {
            validate_only: true,
            ..CreateTopicsOptions::default()
        };
        let topic = NewTopic::new("admin-validated").partitions(7);
        let validated = only(admin.create_topics([topic], options).await).unwrap();
        assert_eq!((validated.partitions, validated.id), (Some(7), None));
        let gone = only(admin.describe_topics(["admin-validated"]).await).unwrap_err();
        assert_eq!(gone.code(), Some(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION));
    });
}

#[test]
fn partitions_are_added_and_never_taken_away() {
    let Some(cluster) = shared("adding partitions") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        create(&admin, NewTopic::new("admin-grow").partitions(2)).await;
        let grow = |total, validate| {
            admin.create_partitions([("admin-grow".to_owned(), NewPartitions::up_to(total))], validate)
        };
        only(grow(5, true).await).unwrap();
        only(grow(4, false).await).unwrap();
        let fewer = only(grow(3, false).await).unwrap_err();
        assert_eq!(fewer.code(), Some(ErrorCode::INVALID_PARTITIONS));
        let placed = NewPartitions {
            total: 5,
            assignments: Some(vec![vec![NodeId(99)]]),
        };
        let nowhere = only(
            admin
                .create_partitions([("admin-grow".to_owned(), placed)], false)
                .await,
        )
        .unwrap_err();
        assert_eq!(nowhere.code(), Some(ErrorCode::INVALID_REPLICA_ASSIGNMENT));
        let count = || async {
            only(admin.describe_topics(["admin-grow"]).await)
                .unwrap()
                .partitions
                .len()
        };
        until(count, |&count| count == 4).await;
        let theirs = tool(cluster, "kafka-topics", &["--describe", "--topic", "admin-grow"]);
        assert!(theirs.contains("PartitionCount: 4"), "{theirs}");
    });
}

#[test]
fn topics_are_deleted_by_name_and_by_id() {
    let Some(cluster) = shared("deleting topics") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        create(&admin, NewTopic::new("admin-delete-a").partitions(1)).await;
        create(&admin, NewTopic::new("admin-delete-b").partitions(1)).await;
        let id = only(admin.describe_topics(["admin-delete-b"]).await)
            .unwrap()
            .id
            .unwrap();
        let nobody = Uuid::from_bytes([9; 16]);
        let keys: [TopicKey; 4] = [
            "admin-delete-a".into(),
            nobody.into(),
            id.into(),
            "admin-never".into(),
        ];
        let results = admin.delete_topics(keys.clone()).await;
        let seen: Vec<_> = results
            .iter()
            .map(|(key, result)| (key.clone(), result.as_ref().err().map(|e| e.code().unwrap())))
            .collect();
        let [a, nobody, b, never] = keys;
        let expected = [
            (a, None),
            (nobody, Some(ErrorCode::UNKNOWN_TOPIC_ID)),
            (b, None),
            (never, Some(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)),
        ];
        assert_eq!(seen, expected);
        let names = || async {
            admin
                .list_topics()
                .await
                .unwrap()
                .into_iter()
                .map(|topic| topic.name)
                .collect::<Vec<_>>()
        };
        until(names, |names| {
            !names.iter().any(|name| name.starts_with("admin-delete-"))
        })
        .await;
        let theirs = tool(cluster, "kafka-topics", &["--list"]);
        assert!(!theirs.contains("admin-delete-"), "{theirs}");
    });
}

#[test]
fn records_are_deleted_up_to_an_offset() {
    let Some(cluster) = shared("deleting records") else {
        return;
    };
    run(async {
        let admin = connect(cluster).await.admin();
        create(&admin, NewTopic::new("admin-purge").partitions(2)).await;
        produce(
            cluster,
            "admin-purge",
            &numbered("r", 100),
            &["partitioner.class=org.apache.kafka.clients.producer.RoundRobinPartitioner"],
        );
        let at = |partition| TopicPartition::new("admin-purge", partition);
        let before = [
            (at(0), 3),
            (at(1), -1),
            (at(7), 1),
            (TopicPartition::new("admin-never", 0), 1),
        ];
        let results = admin.delete_records(before).await;
        assert_eq!(*results[0].1.as_ref().unwrap(), 3);
        let ends = tool(
            cluster,
            "kafka-get-offsets",
            &["--topic", "admin-purge", "--time", "-1"],
        );
        let end = *results[1].1.as_ref().unwrap();
        assert!(ends.contains(&format!("admin-purge:1:{end}")), "{ends}");
        for (key, result) in &results[2..] {
            assert_eq!(
                result.as_ref().unwrap_err().code(),
                Some(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION),
                "{key}"
            );
        }
        let starts = tool(
            cluster,
            "kafka-get-offsets",
            &["--topic", "admin-purge", "--time", "-2"],
        );
        let wanted = [0, 1].map(|partition| (at(partition), OffsetSpec::Earliest));
        let ours = admin.list_offsets(wanted, IsolationLevel::ReadUncommitted).await;
        let ours: Vec<_> = ours
            .iter()
            .map(|(key, found)| {
                format!(
                    "{}:{}:{}",
                    key.topic,
                    key.partition,
                    found.as_ref().unwrap().offset.unwrap()
                )
            })
            .collect();
        assert_eq!(ours, starts.lines().collect::<Vec<_>>());
        assert_eq!(ours[0], "admin-purge:0:3");
        let beyond = only(admin.delete_records([(at(0), 1_000_000)]).await).unwrap_err();
        assert_eq!(beyond.code(), Some(ErrorCode::OFFSET_OUT_OF_RANGE));
    });
}

#[test]
fn a6_a_description_is_put_together_from_many_pages() {
    real_kafka::require!(own);
    // A broker that puts only three partitions on a page.
    let cluster = KafkaCluster::builder()
        .property("max.request.partition.size.limit", "3")
        .start()
        .unwrap();
    run(async {
        let admin = connect(&cluster).await.admin();
        for (name, partitions) in [("page-a", 2), ("page-b", 7), ("page-c", 1)] {
            create(&admin, NewTopic::new(name).partitions(partitions)).await;
        }
        let described = admin
            .describe_topics(["page-c", "page-b", "page-none", "page-a"])
            .await;
        let seen: Vec<_> = described
            .iter()
            .map(|(key, topic)| {
                let numbers = topic
                    .as_ref()
                    .ok()
                    .map(|topic| topic.partitions.iter().map(|at| at.partition).collect());
                (key.to_string(), numbers)
            })
            .collect();
        let numbers = |count| Some((0..count).collect::<Vec<i32>>());
        let expected = [
            ("page-c", numbers(1)),
            ("page-b", numbers(7)),
            ("page-none", None),
            ("page-a", numbers(2)),
        ];
        assert_eq!(seen, expected.map(|(name, numbers)| (name.to_owned(), numbers)));
    });
}

#[test]
fn a4_topics_that_are_refused_for_the_moment_are_tried_again_by_option() {
    real_kafka::require!(own);
    // A quota of one partition a second, which counts over the last two.
    let cluster = KafkaCluster::builder()
        .property("controller.quota.window.num", "2")
        .start()
        .unwrap();
    tool(
        &cluster,
        "kafka-configs",
        &[
            "--alter",
            "--entity-type",
            "clients",
            "--entity-name",
            "throttled",
            "--add-config",
            "controller_mutation_rate=1",
        ],
    );
    run(async {
        let client = Client::builder()
            .bootstrap(cluster.bootstrap())
            .client_id("throttled")
            .connect()
            .await
            .unwrap();
        let admin = client.admin();
        let topic = |name: &str| NewTopic::new(name).partitions(4);
        create(&admin, topic("quota-0")).await;
        let mut refused = None;
        for number in 1..20 {
            let name = format!("quota-{number}");
            let impatient = CreateTopicsOptions {
                retry_on_quota_violation: false,
                ..CreateTopicsOptions::default()
            };
            // Kafka's controller learns of the quota in its own time.
            if let Err(error) = only(admin.create_topics([topic(&name)], impatient).await) {
                refused = Some((name, error));
                break;
            }
        }
        let (name, error) = refused.expect("a refusal");
        assert_eq!(error.code(), Some(ErrorCode::THROTTLING_QUOTA_EXCEEDED));
        // By default it takes its time.
        create(&admin, topic(&name)).await;
        let results = admin.delete_topics(["quota-0", &name]).await;
        assert!(results.iter().all(|(_, result)| result.is_ok()), "{results:?}");
    });
}
