//! A consumer whose partition loses what it has read, in an unclean election on the sandbox.

use std::time::Duration;

use kafka_client::client::{Client, Consumer, Record};
use kafka_client::cluster::{OffsetSpec, TopicPartition};
use kafka_client::config::{Acks, OffsetReset};
use kafka_client::consume::ConsumeError;
use kafka_sandbox::Sandbox;

use super::read_values;
use crate::support::run;

const TOPIC: &str = "cut";

/// A cluster of two brokers, of which one may lead that misses records.
async fn cluster() -> (Sandbox, Client) {
    let sandbox = Sandbox::builder()
        .brokers(2)
        .property("unclean.leader.election.enable", "true")
        .topic(TOPIC, 1)
        .start()
        .await
        .unwrap();
    sandbox.move_leader(TOPIC, 0, 1).unwrap();
    let client = Client::connect(sandbox.bootstrap_servers()).await.unwrap();
    (sandbox, client)
}

async fn produce(client: &Client, values: &[&str]) {
    let producer = client.producer().acks(Acks::All).start().unwrap();
    for value in values {
        let delivery = producer.send(Record::to(TOPIC).value(value)).await;
        delivery.unwrap().await.unwrap();
    }
    producer.close(Duration::from_secs(10)).await.unwrap();
}

/// A consumer that has read five records, of which the last three are gone then.
async fn cut(sandbox: &Sandbox, client: &Client, reset: OffsetReset) -> Consumer {
    produce(client, &["a", "b"]).await;
    let mut consumer = client
        .standalone_consumer()
        .auto_offset_reset(reset)
        .assign([(TopicPartition::new(TOPIC, 0), OffsetSpec::Earliest)])
        .start()
        .await
        .unwrap();
    assert_eq!(read_values(&mut consumer, 2).await, ["a", "b"]);
    sandbox.broker(2).kill().unwrap();
    produce(client, &["c", "d", "e"]).await;
    assert_eq!(read_values(&mut consumer, 3).await, ["c", "d", "e"]);
    sandbox.broker(1).kill().unwrap();
    sandbox.broker(2).restart().unwrap();
    consumer
}

#[test]
fn a_consumer_goes_on_where_the_logs_part() {
    run(async {
        let (sandbox, client) = cluster().await;
        let mut consumer = cut(&sandbox, &client, OffsetReset::Latest).await;
        produce(&client, &["C", "D", "E", "F"]).await;
        // By its position alone it would have missed the first three.
        assert_eq!(read_values(&mut consumer, 4).await, ["C", "D", "E", "F"]);
        consumer.close().await;
        client.close().await;
    });
}

#[test]
fn a_consumer_without_a_policy_is_told_where_the_logs_part() {
    run(async {
        let (sandbox, client) = cluster().await;
        let mut consumer = cut(&sandbox, &client, OffsetReset::None).await;
        let patience = Duration::from_secs(30);
        let told = tokio::time::timeout(patience, async {
            loop {
                match consumer.next().await {
                    Err(ConsumeError::Truncated {
                        offset, diverges_at, ..
                    }) => break (offset, diverges_at),
                    // It may notice first that nobody leads.
                    Err(_) => {}
                    Ok(batch) => panic!("{batch:?}"),
                }
            }
        });
        assert_eq!(told.await.unwrap(), (5, 2));
        consumer.close().await;
        client.close().await;
    });
}
