//! The admin client against a real Kafka: what it says is compared with what Kafka's own tools say.

mod ages;
mod cluster;
mod configs;
mod group_changes;
mod groups;
mod offsets;
mod outage;
mod topics;

use std::time::{Duration, Instant};

use kafka_client::admin::{Admin, AdminError, CreateTopicsOptions, NewTopic, Results};
use kafka_client::client::Client;
use real_kafka::{KafkaCluster, tools};

/// Connects to a cluster in plaintext.
async fn connect(cluster: &KafkaCluster) -> Client {
    Client::connect(cluster.bootstrap()).await.expect("a connection")
}

/// What one of Kafka's tools prints.
fn tool(cluster: &KafkaCluster, name: &str, arguments: &[&str]) -> String {
    let bootstrap = cluster.bootstrap();
    let arguments: Vec<&str> = ["--bootstrap-server", &bootstrap]
        .into_iter()
        .chain(arguments.iter().copied())
        .collect();
    tools()
        .expect("the tools")
        .run(name, &arguments)
        .expect("a tool that runs")
        .success()
        .expect("success")
}

/// Creates a topic that must not exist yet.
async fn create(admin: &Admin, topic: NewTopic) {
    let name = topic.name().to_owned();
    let results = admin.create_topics([topic], CreateTopicsOptions::default()).await;
    only(results).unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// The result of the only thing that was asked about.
fn only<K: std::fmt::Debug, T>(mut results: Results<K, T>) -> Result<T, AdminError> {
    assert_eq!(
        results.len(),
        1,
        "{:?}",
        results.iter().map(|(key, _)| key).collect::<Vec<_>>()
    );
    results.remove(0).1
}

/// Asks until the answer is as wanted; fails after half a minute, with the last answer.
async fn until<T: std::fmt::Debug, F: Future<Output = T>>(
    mut ask: impl FnMut() -> F,
    wanted: impl Fn(&T) -> bool,
) -> T {
    let start = Instant::now();
    loop {
        let answer = ask().await;
        if wanted(&answer) {
            return answer;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "still {answer:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
