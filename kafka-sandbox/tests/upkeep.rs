//! Retention and compaction, as time passes.

use std::time::Duration;

use protocol::compress::{Compressor, Decompressor};
use protocol::messages::create_topics::{CreatableTopic, CreatableTopicConfig};
use protocol::messages::list_offsets::{ListOffsetsPartition, ListOffsetsRequest, ListOffsetsTopic};
use protocol::records::{Batches, OpenBatch, ProducerStamp, SealOptions};

use crate::records::{fetch, produce};
use crate::support::{Cluster, STARTED, batch_of, settings_with};

/// A cluster that looks after its logs every second, with a topic `e` of one partition.
fn with_topic(configs: &[(&str, &str)]) -> Cluster {
    let mut cluster = Cluster::with(settings_with(1, &[("log.retention.check.interval.ms", "1000")]));
    let configs = configs.iter().map(|&(name, value)| CreatableTopicConfig {
        name: name.to_owned(),
        value: Some(value.to_owned()),
    });
    cluster.create_with(CreatableTopic {
        name: "e".to_owned(),
        num_partitions: 1,
        replication_factor: 1,
        configs: configs.collect(),
        ..CreatableTopic::default()
    });
    cluster
}

fn earliest(cluster: &mut Cluster) -> i64 {
    let request = ListOffsetsRequest {
        replica_id: -1,
        topics: vec![ListOffsetsTopic {
            name: "e".to_owned(),
            partitions: vec![ListOffsetsPartition {
                partition_index: 0,
                current_leader_epoch: -1,
                timestamp: -2,
            }],
        }],
        ..ListOffsetsRequest::default()
    };
    cluster.ask(1, 7, &request).topics[0].partitions[0].offset
}

#[test]
fn old_records_go_and_then_nothing_is_due() {
    let mut cluster = with_topic(&[("retention.ms", "5000")]);
    cluster.advance(Duration::from_millis(1000));
    assert_eq!(cluster.core.next_deadline(), None);
    let records = batch_of(&["a", "b"], STARTED, ProducerStamp::default(), false);
    cluster.ask(1, 9, &produce("e", 0, -1, records));
    cluster.advance(Duration::from_millis(4000));
    assert_eq!(earliest(&mut cluster), 0);
    cluster.advance(Duration::from_millis(2000));
    assert_eq!(earliest(&mut cluster), 2);
    assert_eq!(cluster.core.next_deadline(), None);
}

#[test]
fn a_shorter_retention_holds_for_what_is_there() {
    let mut cluster = with_topic(&[]);
    let records = batch_of(&["a"], STARTED, ProducerStamp::default(), false);
    cluster.ask(1, 9, &produce("e", 0, -1, records));
    cluster.advance(Duration::from_secs(3600));
    assert_eq!(earliest(&mut cluster), 0);
    assert!(
        cluster
            .core
            .next_deadline()
            .is_some_and(|due| due > Duration::from_secs(24 * 3600))
    );
    crate::configs::set_topic(&mut cluster, "e", "retention.ms", "1000");
    cluster.advance(Duration::from_millis(1000));
    assert_eq!(earliest(&mut cluster), 1);
}

#[test]
fn keys_are_compacted() {
    let mut cluster = with_topic(&[
        ("cleanup.policy", "compact"),
        ("segment.bytes", "1048576"),
        ("segment.ms", "500"),
        ("min.cleanable.dirty.ratio", "0.1"),
    ]);
    for step in 0..4 {
        let mut open = OpenBatch::new(1000);
        let value = step.to_string();
        open.append(
            STARTED + step * 1000,
            Some(b"k"),
            Some(value.as_bytes()),
            std::iter::empty(),
        )
        .unwrap();
        let sealed = open
            .seal(&SealOptions::default(), &mut Compressor::new())
            .unwrap();
        let response = cluster.ask(1, 9, &produce("e", 0, -1, sealed.bytes().clone()));
        assert_eq!(response.responses[0].partition_responses[0].error_code, 0);
        cluster.advance(Duration::from_millis(1000));
    }
    cluster.advance(Duration::from_millis(3000));
    // An answer ends where a segment does.
    let mut values = Vec::new();
    for offset in [0, 3] {
        let response = cluster.ask(1, 12, &fetch("e", 0, offset));
        let records = response.responses[0].partitions[0].records.clone().unwrap();
        for batch in Batches::new(records) {
            let records = batch.unwrap().records(&mut Decompressor::default()).unwrap();
            let records = records.iter().map(Result::unwrap);
            values.extend(records.map(|record| (record.offset, record.value.unwrap().to_vec())));
        }
    }
    assert_eq!(values, [(2, b"2".to_vec()), (3, b"3".to_vec())]);
}
