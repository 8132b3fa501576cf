//! A service's day with Kafka: make a topic, write to it, read it as a group, see what is left.
//!
//! `cargo run -p kafka-client --example orders -- localhost:9092`

use std::error::Error;

use kafka_client::admin::{CreateTopicsOptions, NewTopic};
use kafka_client::client::{Client, Record};
use kafka_client::config::OffsetReset;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let bootstrap = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "localhost:9092".to_owned());
    let read = orders(&bootstrap, "example-orders", "example-billing").await?;
    tracing::info!(read, "all orders are billed");
    Ok(())
}

/// Writes three orders and reads them back. Returns how many were read.
pub async fn orders(bootstrap: &str, topic: &str, group: &str) -> Result<usize, Box<dyn Error>> {
    let client = Client::connect(bootstrap).await?;

    // Each topic has a result of its own.
    let topics = [NewTopic::new(topic).partitions(3)];
    for (name, result) in client
        .admin()
        .create_topics(topics, CreateTopicsOptions::default())
        .await
    {
        let created = result?;
        tracing::info!(%name, partitions = created.partitions, "created");
    }

    // `send` waits only when memory is full; the delivery says where the record was written.
    let producer = client.producer().start()?;
    for order in ["apples", "pears", "plums"] {
        let delivery = producer.send(Record::to(topic).key(order).value("1 kg")).await?;
        let written = delivery.await?;
        tracing::info!(
            order,
            partition = written.partition,
            offset = written.offset,
            "written"
        );
    }

    // Records are views into what was fetched: nothing is copied.
    let builder = client
        .consumer(group)
        .topics([topic])
        .auto_offset_reset(OffsetReset::Earliest);
    let mut consumer = builder.auto_commit(false).start().await?;
    let mut read = 0;
    while read < 3 {
        let Some(batch) = consumer.next().await? else {
            break;
        };
        for record in &batch {
            tracing::info!(key = ?record.key(), offset = record.offset(), "read");
        }
        read += batch.len();
        consumer.commit(&batch).await?;
    }
    consumer.close().await;

    // What the group has not read yet, partition by partition.
    for (_, lag) in client.admin().group_lags([group]).await {
        for partition in lag?.partitions {
            tracing::info!(partition = %partition.partition, lag = partition.lag(), "billed");
        }
    }
    client.close().await;
    Ok(read)
}
