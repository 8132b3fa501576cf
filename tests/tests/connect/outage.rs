use std::time::{Duration, Instant};

use kafka_client::client::{Client, Topics};
use kafka_client::cluster::Target;
use protocol::messages::describe_log_dirs::DescribeLogDirsRequest;
use real_kafka::KafkaCluster;

use crate::support::run;

fn cluster(what: &str, version: &str, brokers: i32) -> Option<KafkaCluster> {
    match KafkaCluster::builder().version(version).brokers(brokers).start() {
        Ok(cluster) => Some(cluster),
        Err(error) => {
            real_kafka::not_tested(what, &error.to_string());
            None
        }
    }
}

#[test]
fn the_release_before_is_spoken_to() {
    let Some(cluster) = cluster("Kafka 4.3.1", "4.3.1", 1) else {
        return;
    };
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        assert_eq!(client.metadata(Topics::None).await.unwrap().brokers.len(), 1);
        client.close().await;
    });
}

#[test]
fn a_broker_that_is_killed_and_comes_back() {
    let Some(cluster) = cluster("a killed broker", "4.4.0", 1) else {
        return;
    };
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let (&node, _) = client.known().brokers.first_key_value().unwrap();
        let ask = || client.call(Target::Node(node), DescribeLogDirsRequest::default(), |_| None);
        ask().await.unwrap();
        cluster.kill(1).unwrap();
        let (asked, ()) = tokio::join!(ask(), async { cluster.restart(1).unwrap() });
        asked.unwrap();
        client.close().await;
    });
}

#[test]
fn c17_a_paused_broker_is_given_up_and_used_again() {
    let Some(cluster) = cluster("a paused broker", "4.4.0", 1) else {
        return;
    };
    run(async {
        let builder = Client::builder()
            .bootstrap(cluster.bootstrap())
            .configure(|config| {
                config.request_timeout = Duration::from_millis(500);
                config.setup_timeout = Duration::from_millis(500);
                config.setup_timeout_max = Duration::from_millis(500);
                config.api_timeout = Duration::from_secs(2);
            });
        let client = builder.connect().await.unwrap();
        cluster.pause(1).unwrap();
        let started = Instant::now();
        let error = client.metadata(Topics::None).await.expect_err("nobody answers");
        assert!(started.elapsed() < Duration::from_secs(4), "{error}");
        cluster.resume(1).unwrap();
        assert_eq!(client.metadata(Topics::None).await.unwrap().brokers.len(), 1);
        client.close().await;
    });
}
