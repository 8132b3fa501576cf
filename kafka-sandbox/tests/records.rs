//! Records in and out: produce, fetch, and fetches that wait.

use std::time::Duration;

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::messages::create_topics::{CreatableTopic, CreateTopicsRequest};
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchResponse, FetchTopic};
use protocol::messages::produce::{PartitionProduceData, ProduceRequest, ProduceResponse, TopicProduceData};
use protocol::records::Batches;

use crate::support::{Cluster, batch};

fn with_topic(name: &str, partitions: i32) -> Cluster {
    let mut cluster = Cluster::of(1);
    let topic = CreatableTopic {
        name: name.to_owned(),
        num_partitions: partitions,
        replication_factor: 1,
        ..CreatableTopic::default()
    };
    let request = CreateTopicsRequest {
        topics: vec![topic],
        ..CreateTopicsRequest::default()
    };
    let response = cluster.ask(1, 5, &request);
    assert_eq!(response.topics[0].error_code, 0);
    cluster
}

pub(crate) fn produce(topic: &str, index: i32, acks: i16, records: Bytes) -> ProduceRequest {
    let data = PartitionProduceData {
        index,
        records: Some(records),
    };
    ProduceRequest {
        acks,
        timeout_ms: 1000,
        topic_data: vec![TopicProduceData {
            name: topic.to_owned(),
            partition_data: vec![data],
            ..TopicProduceData::default()
        }],
        ..ProduceRequest::default()
    }
}

pub(crate) fn fetch(topic: &str, partition: i32, fetch_offset: i64) -> FetchRequest {
    let asked = FetchPartition {
        partition,
        fetch_offset,
        partition_max_bytes: 1 << 20,
        ..FetchPartition::default()
    };
    FetchRequest {
        max_wait_ms: 500,
        min_bytes: 1,
        topics: vec![FetchTopic {
            topic: topic.to_owned(),
            partitions: vec![asked],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    }
}

#[test]
fn what_is_produced_is_fetched() {
    let mut cluster = with_topic("orders", 2);
    let response = cluster.ask(1, 9, &produce("orders", 1, -1, batch(&["a", "b"])));
    let outcome = &response.responses[0].partition_responses[0];
    assert_eq!((outcome.error_code, outcome.base_offset), (0, 0));
    let response = cluster.ask(1, 9, &produce("orders", 1, 1, batch(&["c"])));
    assert_eq!(response.responses[0].partition_responses[0].base_offset, 2);

    let response = cluster.ask(1, 12, &fetch("orders", 1, 0));
    let partition = &response.responses[0].partitions[0];
    assert_eq!((partition.error_code, partition.high_watermark), (0, 3));
    let batches = Batches::new(partition.records.clone().unwrap());
    let offsets: Vec<i64> = batches.map(|batch| batch.unwrap().header().base_offset).collect();
    assert_eq!(offsets, [0, 2]);
}

#[test]
fn a_fetch_waits_for_records() {
    let mut cluster = with_topic("orders", 1);
    let (reader, writer) = (cluster.connect(1), cluster.connect(1));
    let waiting = cluster.send(reader, 12, &fetch("orders", 0, 0));
    assert!(cluster.answer::<FetchResponse>(waiting).is_none());
    let produced = cluster.send(writer, 9, &produce("orders", 0, -1, batch(&["a"])));
    let _: ProduceResponse = cluster.answer(produced).unwrap();
    let response: FetchResponse = cluster.answer(waiting).unwrap();
    assert_eq!(response.responses[0].partitions[0].high_watermark, 1);
}

#[test]
fn a_fetch_waits_no_longer_than_it_says() {
    let mut cluster = with_topic("orders", 1);
    let reader = cluster.connect(1);
    let waiting = cluster.send(reader, 12, &fetch("orders", 0, 0));
    cluster.advance(Duration::from_millis(499));
    assert!(cluster.answer::<FetchResponse>(waiting).is_none());
    cluster.advance(Duration::from_millis(1));
    let response: FetchResponse = cluster.answer(waiting).unwrap();
    let partition = &response.responses[0].partitions[0];
    assert_eq!(partition.error_code, 0);
    assert_eq!(partition.records.as_ref().unwrap().len(), 0);
}

#[test]
fn a_fetch_of_a_client_that_left_is_forgotten() {
    let mut cluster = with_topic("orders", 1);
    let reader = cluster.connect(1);
    let _ = cluster.send(reader, 12, &fetch("orders", 0, 0));
    assert!(cluster.core.next_deadline().is_some());
    cluster.disconnect(reader);
    assert_eq!(cluster.core.next_deadline(), None);
}

#[test]
fn an_unknown_partition_is_said_to_be_unknown() {
    let mut cluster = with_topic("orders", 1);
    let unknown = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION.0;
    for (topic, index) in [("orders", 1), ("orders", -1), ("others", 0)] {
        let response = cluster.ask(1, 9, &produce(topic, index, -1, batch(&["a"])));
        let outcome = &response.responses[0].partition_responses[0];
        assert_eq!((outcome.error_code, outcome.base_offset), (unknown, -1));
        let response = cluster.ask(1, 12, &fetch(topic, index, 0));
        assert_eq!(response.responses[0].partitions[0].error_code, unknown);
    }
}
