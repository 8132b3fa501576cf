//! The consumer against a real Kafka, with Kafka's own tools on the other side.

mod failure;
mod group;
mod member;
mod read;
mod transactions;
mod truncation;

use std::time::Duration;

use kafka_client::client::Consumer;
use real_kafka::{KafkaCluster, tools};

/// Creates a topic.
pub(crate) fn create_topic(
    cluster: &KafkaCluster,
    topic: &str,
    partitions: u32,
    replicas: u32,
    configs: &[&str],
) {
    let (bootstrap, partitions, replicas) =
        (cluster.bootstrap(), partitions.to_string(), replicas.to_string());
    let mut arguments = vec![
        "--bootstrap-server",
        &bootstrap,
        "--create",
        "--topic",
        topic,
        "--partitions",
        &partitions,
        "--replication-factor",
        &replicas,
    ];
    for config in configs {
        arguments.extend(["--config", config]);
    }
    tools()
        .unwrap()
        .run("kafka-topics", &arguments)
        .unwrap()
        .success()
        .unwrap();
}

/// Produces lines with Java's console producer; `properties` are its own.
pub(crate) fn produce(cluster: &KafkaCluster, topic: &str, lines: &[String], properties: &[&str]) {
    let bootstrap = cluster.bootstrap();
    let mut arguments = vec!["--bootstrap-server", &bootstrap, "--topic", topic];
    for property in properties {
        arguments.extend(["--command-property", property]);
    }
    let mut input = lines.join("\n").into_bytes();
    input.push(b'\n');
    let limit = Duration::from_secs(60);
    tools()
        .unwrap()
        .run_with("kafka-console-producer", &arguments, &input, limit)
        .unwrap()
        .success()
        .unwrap();
}

/// Reads values until there are `count`, or it takes too long.
pub(crate) async fn read_values(consumer: &mut Consumer, count: usize) -> Vec<String> {
    let mut values = Vec::new();
    let all = async {
        while values.len() < count {
            let Some(batch) = consumer.next().await.unwrap() else {
                break;
            };
            values.extend(
                batch
                    .iter()
                    .map(|r| String::from_utf8(r.value().unwrap_or_default().to_vec()).unwrap()),
            );
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(30), all).await;
    assert!(waited.is_ok(), "{} of {count} records came", values.len());
    values
}

pub(crate) fn numbered(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|n| format!("{prefix}-{n}")).collect()
}
