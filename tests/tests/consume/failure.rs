use std::time::Duration;

use kafka_client::client::Client;
use kafka_client::config::{AssignorKind, OffsetReset};
use real_kafka::{KafkaCluster, Security, tools};

use super::{create_topic, numbered, produce, read_values};
use crate::support::run;

#[test]
fn a_group_survives_the_loss_of_each_broker() {
    let started = KafkaCluster::builder()
        .brokers(3)
        .listener(Security::Plaintext)
        .start();
    let cluster = match started {
        Ok(cluster) => cluster,
        Err(error) => return real_kafka::not_tested("a group while brokers are lost", &error.to_string()),
    };
    let topic = "survives";
    create_topic(&cluster, topic, 6, 3, &["min.insync.replicas=1"]);
    produce(&cluster, topic, &numbered("before", 600), &[]);
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let mut consumer = client
            .consumer(topic)
            .topics([topic])
            .auto_offset_reset(OffsetReset::Earliest)
            .assignors([AssignorKind::CooperativeSticky])
            .start()
            .await
            .unwrap();
        let mut expected = numbered("before", 600);
        let mut values = read_values(&mut consumer, 600).await;
        for node in cluster.nodes().unwrap() {
            cluster.kill(node).unwrap();
            let alive = cluster
                .nodes()
                .unwrap()
                .into_iter()
                .find(|other| *other != node)
                .unwrap();
            let round = numbered(&format!("without-{node}"), 60);
            let address = cluster.address(alive).unwrap();
            let arguments = ["--bootstrap-server", &address, "--topic", topic];
            let input = round.join("\n") + "\n";
            let limit = Duration::from_secs(60);
            let produced =
                tools()
                    .unwrap()
                    .run_with("kafka-console-producer", &arguments, input.as_bytes(), limit);
            produced.unwrap().success().unwrap();
            expected.extend(round);
            values.extend(read_values(&mut consumer, 60).await);
            consumer.commit_all().await.unwrap();
            cluster.restart(node).unwrap();
            cluster.wait_ready().unwrap();
        }
        values.sort();
        expected.sort();
        assert_eq!(values, expected);
        consumer.close().await;
        client.close().await;
    });
}
