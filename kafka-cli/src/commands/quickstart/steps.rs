use std::collections::BTreeMap;
use std::time::Duration;

use kafka_client::admin::{CreateTopicsOptions, NewTopic};
use kafka_client::client::{Client, Record};
use kafka_client::config::OffsetReset;
use serde::Serialize;

use crate::error::{CliError, Kind};

const TOPIC: &str = "orders";
const GROUP: &str = "billing";
/// Records that are written.
const WRITTEN: usize = 1000;
/// Records that the group reads of each of the three partitions, each of which has more.
const READ: usize = 200;
/// How long the producer may take to end: everything is confirmed by then.
const PATIENCE: Duration = Duration::from_secs(5);

/// How far the group is behind in a partition.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Lag {
    pub(super) topic: String,
    pub(super) partition: i32,
    pub(super) committed_offset: Option<i64>,
    pub(super) end_offset: Option<i64>,
    pub(super) lag: Option<i64>,
}

/// Creates the topic. Returns what to say of it.
pub(super) async fn create(client: &Client) -> Result<String, CliError> {
    let topic = NewTopic::new(TOPIC).partitions(3).replication_factor(3);
    let options = CreateTopicsOptions::default();
    for (_, result) in client.admin().create_topics([topic], options).await {
        result?;
    }
    Ok(
        "A topic is a log in partitions, here three. Each is kept by three brokers, one of which leads it."
            .to_owned(),
    )
}

/// Writes the records. Returns what to say of it.
pub(super) async fn produce(client: &Client) -> Result<String, CliError> {
    let producer = client
        .producer()
        .start()
        .map_err(|error| CliError::new(Kind::Failed, "cannot write").caused_by(error))?;
    let mut deliveries = Vec::with_capacity(WRITTEN);
    for number in 1..=WRITTEN {
        let (key, value) = (format!("customer-{number}"), format!("order {number}"));
        deliveries.push(producer.send(Record::to(TOPIC).key(&key).value(&value)).await?);
    }
    let mut counts = BTreeMap::new();
    for delivery in deliveries {
        let written = delivery.await?;
        *counts.entry(written.partition).or_insert(0) += 1;
    }
    producer.close(PATIENCE).await?;
    let counts: Vec<_> = counts.values().map(ToString::to_string).collect();
    Ok(format!(
        "The key decides the partition: {} records went to the three of them. All are confirmed.",
        counts.join(", ")
    ))
}

/// Reads some of the records as a group, and commits. Returns what to say of it.
pub(super) async fn consume(client: &Client) -> Result<String, CliError> {
    let builder = client
        .consumer(GROUP)
        .topics([TOPIC])
        .auto_offset_reset(OffsetReset::Earliest)
        .auto_commit(false);
    let started = builder.start().await;
    let mut consumer =
        started.map_err(|error| CliError::new(Kind::Failed, "cannot read").caused_by(error))?;
    let mut read = BTreeMap::new();
    while read.values().sum::<usize>() < 3 * READ {
        let Some(batch) = consumer.next().await? else {
            break;
        };
        let partition = batch.topic_partition();
        let count = read.entry(partition.partition).or_insert(0);
        let Some(last) = batch.iter().take(READ - *count).last() else {
            continue;
        };
        *count += batch.len().min(READ - *count);
        let committed = consumer.commit_record(&last).await;
        committed.map_err(|error| CliError::new(Kind::Failed, "cannot commit").caused_by(error))?;
        if *count == READ {
            // It may have been revoked, which serves as well.
            let _ = consumer.pause(partition);
        }
    }
    let read: usize = read.values().sum();
    consumer.close().await;
    Ok(format!(
        "Members of a group share the partitions. This one read {read} records and committed how far it came."
    ))
}

/// Asks how far the group is behind. Returns that, and what to say of it.
pub(super) async fn lag(client: &Client) -> Result<(Vec<Lag>, String), CliError> {
    let mut lags = Vec::new();
    for (_, group) in client.admin().group_lags([GROUP]).await {
        for partition in group?.partitions {
            let committed = partition.committed.as_ref().ok().and_then(Option::as_ref);
            lags.push(Lag {
                topic: partition.partition.topic.to_string(),
                partition: partition.partition.partition,
                committed_offset: committed.map(|committed| committed.offset),
                end_offset: partition.end.as_ref().ok().copied(),
                lag: partition.lag(),
            });
        }
    }
    lags.sort_by_key(|lag| lag.partition);
    let left: i64 = lags.iter().filter_map(|lag| lag.lag.or(lag.end_offset)).sum();
    let text = format!("{left} records are left. The next member of the group begins with them.");
    Ok((lags, text))
}
