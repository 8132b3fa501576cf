//! What a producer wrote, as Kafka's own tools read it.

use std::collections::BTreeSet;
use std::time::Duration;

use kafka_client::client::{Client, Delivery, Record, Topics};
use kafka_client::config::Acks;
use protocol::compress::Compression;
use protocol::records::Header;
use real_kafka::KafkaCluster;

use crate::support::{run, shared};

/// Creates a topic by Kafka's own tool.
fn create_topic(cluster: &KafkaCluster, topic: &str, partitions: u32, replicas: u32) {
    let (bootstrap, partitions, replicas) =
        (cluster.bootstrap(), partitions.to_string(), replicas.to_string());
    let mut arguments = vec!["--bootstrap-server", &bootstrap, "--create", "--topic", topic];
    arguments.extend(["--partitions", &partitions, "--replication-factor", &replicas]);
    if replicas == "3" {
        arguments.extend(["--config", "min.insync.replicas=2"]);
    }
    let output = real_kafka::tools()
        .unwrap()
        .run("kafka-topics", &arguments)
        .unwrap();
    output.success().unwrap();
}

/// Reads `count` records of a topic by Kafka's console consumer, one a line, with `properties` for its formatter.
fn read(cluster: &KafkaCluster, topic: &str, count: usize, properties: &[&str]) -> Vec<String> {
    let (bootstrap, count) = (cluster.bootstrap(), count.to_string());
    let mut arguments = vec![
        "--bootstrap-server",
        &bootstrap,
        "--topic",
        topic,
        "--from-beginning",
    ];
    arguments.extend(["--max-messages", &count, "--timeout-ms", "20000"]);
    for property in properties {
        arguments.extend(["--formatter-property", *property]);
    }
    let patience = Duration::from_secs(120);
    let output = real_kafka::tools()
        .unwrap()
        .run_with("kafka-console-consumer", &arguments, b"", patience);
    output
        .unwrap()
        .success()
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// How many records the log of a topic has, markers and duplicates included.
fn end_offsets(cluster: &KafkaCluster, topic: &str) -> i64 {
    let bootstrap = cluster.bootstrap();
    let arguments = ["--bootstrap-server", &bootstrap, "--topic", topic];
    let output = real_kafka::tools()
        .unwrap()
        .run("kafka-get-offsets", &arguments)
        .unwrap();
    let offsets = output.success().unwrap();
    offsets
        .lines()
        .filter_map(|line| line.rsplit(':').next()?.parse::<i64>().ok())
        .sum()
}

#[test]
fn every_codec_is_read_by_kafka() {
    let Some(cluster) = shared("codecs of the producer") else {
        return;
    };
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        for compression in Compression::ALL {
            let topic = format!("produce-codec-{compression}");
            create_topic(cluster, &topic, 3, 1);
            let producer = client.producer().compression(compression).start().unwrap();
            let mut expected = BTreeSet::new();
            for n in 0..3000 {
                let (key, value) = (format!("key-{}", n % 17), format!("value {n} of a batch"));
                let headers = [Header::new("codec", Some(compression.name().as_bytes()))];
                let record = Record::to(&topic)
                    .key(&key)
                    .value(&value)
                    .headers(&headers)
                    .timestamp(n);
                let _delivery = producer.send(record).await.unwrap();
                expected.insert(format!("CreateTime:{n}\tcodec:{compression}\t{key}\t{value}"));
            }
            producer.flush().await.unwrap();
            let properties = ["print.key=true", "print.headers=true", "print.timestamp=true"];
            let lines = read(cluster, &topic, expected.len(), &properties);
            assert_eq!(lines.len(), expected.len(), "{compression}");
            let lines: BTreeSet<String> = lines.into_iter().collect();
            assert_eq!(lines, expected, "{compression}");
            producer.close(Duration::from_secs(10)).await.unwrap();
        }
        client.close().await;
    });
}

#[test]
fn every_kind_of_acks_is_written() {
    let Some(cluster) = shared("acks of the producer") else {
        return;
    };
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        for (acks, name) in [(Acks::None, "none"), (Acks::Leader, "leader"), (Acks::All, "all")] {
            let topic = format!("produce-acks-{name}");
            create_topic(cluster, &topic, 1, 1);
            let producer = client.producer().acks(acks).start().unwrap();
            let values: Vec<String> = (0..1000).map(|n| n.to_string()).collect();
            let records = values.iter().map(|value| Record::to(&topic).value(value));
            let mut deliveries = producer.send_all(records).await;
            let mut offset = 0;
            while let Some(outcome) = deliveries.next().await {
                let expected = if acks == Acks::None { -1 } else { offset };
                assert_eq!(outcome.unwrap().offset, expected, "{name}");
                offset += 1;
            }
            assert_eq!(read(cluster, &topic, 1000, &[]), values, "{name}");
            producer.close(Duration::from_secs(10)).await.unwrap();
        }
        client.close().await;
    });
}

#[test]
fn null_and_empty_and_large_records_arrive_as_they_are() {
    let Some(cluster) = shared("unusual records of the producer") else {
        return;
    };
    run(async {
        let topic = "produce-unusual";
        create_topic(cluster, topic, 1, 1);
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let producer = client.producer().start().unwrap();
        let large = "x".repeat(900_000);
        let records = [
            Record::to(topic),
            Record::to(topic).key("").value(""),
            Record::to(topic).value(&large),
            Record::to(topic).key("k"),
        ];
        assert_eq!(producer.send_all(records).await.finish().await.unwrap(), 4);
        let properties = ["print.key=true", "null.literal=NULL"];
        let lines = read(cluster, topic, 4, &properties);
        assert_eq!(lines, ["NULL\tNULL", "\t", &format!("NULL\t{large}"), "k\tNULL"]);
        producer.close(Duration::from_secs(10)).await.unwrap();
        client.close().await;
    });
}

#[test]
fn a_topic_that_cannot_be_made_is_named() {
    let Some(cluster) = shared("unknown topics of the producer") else {
        return;
    };
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let builder = client
            .producer()
            .configure(|config| config.max_block = Duration::from_secs(3));
        let producer = builder.start().unwrap();
        let error = producer
            .send(Record::to("no such topic!").value("v"))
            .await
            .unwrap_err();
        assert!(error.to_string().contains("`no such topic!`"), "{error}");
        producer.close(Duration::from_secs(10)).await.unwrap();
        client.close().await;
    });
}

/// None lost, none doubled, none out of order, while the leader of the partition is killed under load.
#[test]
fn a_million_records_survive_the_death_of_their_leader() {
    const RECORDS: usize = 1_000_000;
    let cluster = match KafkaCluster::builder().brokers(3).start() {
        Ok(cluster) => cluster,
        Err(error) => return real_kafka::not_tested("a killed leader", &error.to_string()),
    };
    let topic = "produce-killed-leader";
    create_topic(&cluster, topic, 1, 3);
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let described = client
            .metadata(Topics::Named(vec![topic.to_owned()]))
            .await
            .unwrap();
        let (leader, _) = described.leader(topic, 0).expect("the partition has a leader");
        let producer = client.producer().compression(Compression::Lz4).start().unwrap();
        let mut deliveries: Vec<Delivery> = Vec::with_capacity(RECORDS);
        for n in 0..RECORDS {
            let value = n.to_string();
            deliveries.push(producer.send(Record::to(topic).value(&value)).await.unwrap());
            if n == RECORDS / 2 {
                // Some are written, some under way, some in memory.
                let early = deliveries.swap_remove(0);
                early.await.unwrap();
                cluster.kill(leader.0).unwrap();
            }
        }
        producer.flush().await.unwrap();
        for delivery in deliveries {
            delivery.await.unwrap();
        }
        producer.close(Duration::from_secs(10)).await.unwrap();
        client.close().await;
    });
    assert_eq!(end_offsets(&cluster, topic), i64::try_from(RECORDS).unwrap());
    let lines = read(&cluster, topic, RECORDS, &[]);
    assert_eq!(lines.len(), RECORDS);
    if let Some((place, line)) = lines
        .iter()
        .enumerate()
        .find(|(place, line)| **line != place.to_string())
    {
        panic!("record {line} at place {place}");
    }
}
