use std::time::Duration;

use kafka_client::client::Client;
use kafka_client::cluster::OffsetSpec;
use kafka_client::cluster::TopicPartition;
use kafka_client::config::OffsetReset;
use kafka_client::consume::SubscribeError;

use super::{create_topic, numbered, produce, read_values};
use crate::allocation::count as count_allocations;
use crate::support::{run, shared};

#[test]
fn all_codecs_of_the_java_producer_are_read() {
    let Some(cluster) = shared("reading all codecs") else {
        return;
    };
    create_topic(cluster, "consume-codecs", 1, 1, &[]);
    let mut expected = Vec::new();
    for codec in ["none", "gzip", "snappy", "lz4", "zstd"] {
        let lines = numbered(codec, 300);
        produce(
            cluster,
            "consume-codecs",
            &lines,
            &[&format!("compression.type={codec}")],
        );
        expected.extend(lines);
    }
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let partition = TopicPartition::new("consume-codecs", 0);
        let mut consumer = client
            .standalone_consumer()
            .assign([(partition.clone(), OffsetSpec::Earliest)])
            .start()
            .await
            .unwrap();
        assert_eq!(read_values(&mut consumer, expected.len()).await, expected);
        assert_eq!(consumer.position(&partition), Some(1500));
        assert_eq!(consumer.lag(&partition), Some(0));
        let subscribed = consumer.subscribe(["consume-codecs"]).await;
        assert!(
            matches!(subscribed, Err(SubscribeError::NoGroup)),
            "{subscribed:?}"
        );

        consumer.seek(&partition, 1490).await.unwrap();
        assert_eq!(read_values(&mut consumer, 10).await, expected[1490..]);
        consumer.seek(&partition, OffsetSpec::Latest).await.unwrap();
        let idle = tokio::time::timeout(Duration::from_millis(300), consumer.next()).await;
        assert!(idle.is_err(), "{idle:?}");
        assert_eq!(consumer.position(&partition), Some(1500));
        consumer.close().await;
        client.close().await;
    });
}

#[test]
fn a_group_goes_on_where_it_committed() {
    let Some(cluster) = shared("committing and going on") else {
        return;
    };
    create_topic(cluster, "consume-resume", 3, 1, &[]);
    produce(cluster, "consume-resume", &numbered("first", 100), &[]);
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let member = || {
            client
                .consumer("resume")
                .topics(["consume-resume"])
                .auto_commit(false)
                .auto_offset_reset(OffsetReset::Earliest)
                .configure(|config| config.max_poll_records = 10)
        };
        let mut consumer = member().start().await.unwrap();
        let mut seen = 0;
        while seen < 100 {
            let batch = consumer.next().await.unwrap().unwrap();
            assert!(batch.len() <= 10);
            seen += batch.len();
            consumer.commit(&batch).await.unwrap();
        }
        let all = consumer.assignment();
        assert_eq!(all.len(), 3);
        let committed = consumer.committed(all).await.unwrap();
        assert_eq!(
            committed
                .values()
                .map(|offset| offset.position.offset)
                .sum::<i64>(),
            100
        );
        consumer.close().await;

        produce(cluster, "consume-resume", &numbered("second", 50), &[]);
        let mut consumer = member().start().await.unwrap();
        let mut values = read_values(&mut consumer, 50).await;
        values.sort();
        let mut expected = numbered("second", 50);
        expected.sort();
        assert_eq!(values, expected);
        consumer.commit_all().await.unwrap();
        consumer.close().await;
        client.close().await;
    });
}

#[test]
fn records_are_iterated_without_an_allocation_and_batches_with_few() {
    let Some(cluster) = shared("counting allocations of the consumer") else {
        return;
    };
    create_topic(cluster, "consume-allocations", 1, 1, &[]);
    let count = 20_000;
    for codec in ["none", "lz4"] {
        let lines = numbered("some-value-to-be-read", count / 2);
        produce(
            cluster,
            "consume-allocations",
            &lines,
            &[&format!("compression.type={codec}")],
        );
    }
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let partition = TopicPartition::new("consume-allocations", 0);
        let mut consumer = client
            .standalone_consumer()
            .assign([(partition, OffsetSpec::Earliest)])
            .start()
            .await
            .unwrap();
        let (mut seen, mut bytes) = (0, 0);
        while seen < count {
            let batch = consumer.next().await.unwrap().unwrap();
            let (read, allocations) = count_allocations(|| {
                batch
                    .iter()
                    .map(|record| record.value().map_or(0, <[u8]>::len) + record.headers().len())
                    .sum::<usize>()
            });
            assert_eq!(allocations, 0, "while iterating over {} records", batch.len());
            seen += batch.len();
            bytes += read;
        }
        assert!(bytes > count * 20);

        // What lies ready costs a few allocations per batch of up to 500 records, none per record.
        consumer
            .seek(&TopicPartition::new("consume-allocations", 0), 0)
            .await
            .unwrap();
        drop(consumer.next().await.unwrap());
        tokio::time::sleep(Duration::from_millis(200)).await;
        let mut batches = 0;
        let (records, allocations) = count_allocations(|| {
            let mut records = 0;
            while let Some(batch) = consumer.try_next().unwrap() {
                records += batch.iter().count();
                batches += 1;
            }
            records
        });
        println!("{records} records in {batches} batches: {allocations} allocations");
        assert!(records > 5_000, "{records}");
        assert!(
            allocations * 20 < records,
            "{allocations} allocations for {records} records"
        );
        consumer.close().await;
        client.close().await;
    });
}
