//! This workspace's client against the sandbox, on sockets.

use std::collections::BTreeSet;

use kafka_client::client::{Client, Record};
use kafka_client::config::OffsetReset;
use kafka_sandbox::Sandbox;
use protocol::{ApiKey, ErrorCode};

/// Writes records with these numbers as values, each confirmed.
async fn write(client: &Client, numbers: std::ops::Range<u32>) {
    let producer = client.producer().start().unwrap();
    let mut deliveries = Vec::new();
    for number in numbers {
        let (key, value) = (format!("key-{number}"), number.to_string());
        let record = Record::to("orders").key(&key).value(&value);
        deliveries.push(producer.send(record).await.unwrap());
    }
    for delivery in deliveries {
        delivery.await.unwrap();
    }
}

/// Reads so many records as a member of the group, and commits.
async fn read(client: &Client, count: usize) -> BTreeSet<u32> {
    let builder = client
        .consumer("billing")
        .topics(["orders"])
        .auto_offset_reset(OffsetReset::Earliest)
        .auto_commit(false);
    let mut consumer = builder.start().await.unwrap();
    let mut numbers = BTreeSet::new();
    while numbers.len() < count {
        let batch = consumer.next().await.unwrap().unwrap();
        for record in &batch {
            let value = std::str::from_utf8(record.value().unwrap()).unwrap();
            assert!(numbers.insert(value.parse().unwrap()), "{value} came twice");
        }
        consumer.commit(&batch).await.unwrap();
    }
    consumer.close().await;
    numbers
}

#[tokio::test(flavor = "current_thread")]
async fn records_are_written_and_read_by_a_group() {
    let cluster = Sandbox::builder().topic("orders", 6).start().await.unwrap();
    let client = Client::connect(cluster.bootstrap_servers()).await.unwrap();
    write(&client, 0..1000).await;
    assert_eq!(read(&client, 1000).await, (0..1000).collect());
    // The group goes on where it was.
    write(&client, 1000..1100).await;
    assert_eq!(read(&client, 100).await, (1000..1100).collect());
    client.close().await;
    cluster.shutdown().await;
}

#[tokio::test(flavor = "current_thread")]
async fn nothing_is_lost_or_doubled_while_brokers_come_and_go() {
    let cluster = Sandbox::builder().topic("orders", 6).start().await.unwrap();
    let client = Client::connect(cluster.bootstrap_servers()).await.unwrap();
    cluster
        .on(ApiKey::PRODUCE)
        .times(2)
        .reply(ErrorCode::NOT_LEADER_OR_FOLLOWER);
    cluster
        .on(ApiKey::PRODUCE)
        .skip(3)
        .times(2)
        .after_apply()
        .drop_connection();
    for round in 0..6_u32 {
        let broker = cluster.broker(i32::try_from(round % 3).unwrap() + 1);
        broker.kill().unwrap();
        write(&client, round * 100..(round + 1) * 100).await;
        broker.restart().unwrap();
    }
    assert_eq!(read(&client, 600).await, (0..600).collect());
    client.close().await;
    cluster.shutdown().await;
}

#[tokio::test(flavor = "current_thread")]
async fn records_outlive_the_sandbox_in_a_directory() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        Sandbox::builder()
            .topic("orders", 6)
            .data_dir(folder.path())
            .start()
    };
    let cluster = start().await.unwrap();
    let client = Client::connect(cluster.bootstrap_servers()).await.unwrap();
    write(&client, 0..100).await;
    read(&client, 100).await;
    client.close().await;
    let id = cluster.cluster_id();
    cluster.shutdown().await;

    let cluster = start().await.unwrap();
    assert_eq!(cluster.cluster_id(), id);
    let client = Client::connect(cluster.bootstrap_servers()).await.unwrap();
    write(&client, 100..200).await;
    assert_eq!(read(&client, 100).await, (100..200).collect());
    client.close().await;
}
