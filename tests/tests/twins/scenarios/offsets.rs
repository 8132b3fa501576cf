//! Offsets of logs: where they begin and end, by time, by epoch, and what is deleted before them.

use protocol::messages::list_offsets::ListOffsetsRequest;
use protocol::messages::offset_for_leader_epoch::{
    OffsetForLeaderEpochRequest, OffsetForLeaderPartition, OffsetForLeaderTopic,
};
use protocol::records::{OpenBatch, ProducerStamp, SealOptions};

use super::super::link::newest_stable;
use super::super::pair::{Kafka, Raw, cluster, compare};
use super::super::requests::{batch_at, delete_records, list_offsets, produce};

/// When the records were written.
const TIME: i64 = 1_700_000_000_000;

/// Asks for every offset that has a name and for some times.
fn look(k: &mut Raw, what: &str, topic: &str, partition: i32) {
    look_around(k, what, topic, partition, &[]);
}

/// The same; the latest record is one that was deleted if its time is among those `forgotten`.
fn look_around(k: &mut Raw, what: &str, topic: &str, partition: i32, forgotten: &[i64]) {
    for time in [
        -1,
        -2,
        -3,
        -4,
        -5,
        -6,
        -7,
        0,
        TIME,
        TIME + 1,
        TIME + 5,
        TIME + 20,
        TIME + 1000,
        i64::MAX,
    ] {
        for isolation_level in [0, 1] {
            let request = ListOffsetsRequest {
                isolation_level,
                ..list_offsets(topic, partition, -1, time)
            };
            if forgotten.contains(&time) {
                k.excuse(
                    &["timestamp", "offset", "leader_epoch"],
                    "Kafka finds what is deleted but still on its disk",
                );
            }
            k.ask(&format!("{what}: {time}"), &request);
        }
    }
}

#[test]
fn offsets_of_logs() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let topic = "logs";
        let id = k.create_topic(topic, 2, &[]);
        look(&mut k, "an empty log", topic, 0);
        for times in [
            &[TIME, TIME + 10, TIME + 5][..],
            &[TIME + 20],
            &[TIME + 15, TIME + 15],
        ] {
            let mut open = OpenBatch::new(1 << 20);
            for time in times {
                open.append(*time, None, Some(b"v"), std::iter::empty()).unwrap();
            }
            let batch = open
                .seal(&SealOptions::default(), &mut Default::default())
                .unwrap();
            k.ask("write", &produce(id, 0, -1, None, batch.bytes().clone()));
        }
        look(&mut k, "records", topic, 0);
        for version in 1..=newest_stable::<ListOffsetsRequest>() {
            for time in [-1, -2, -3, -4, -5, -6, TIME + 11] {
                k.ask_in(version, &format!("{time}"), &list_offsets(topic, 0, -1, time));
            }
            k.ask_in(
                version,
                "an unknown topic",
                &list_offsets("never-there", 0, -1, -1),
            );
            k.ask_in(version, "an unknown partition", &list_offsets(topic, 9, -1, -1));
            for replica_id in [-2, 1, 7] {
                let mut request = list_offsets(topic, 0, -1, -1);
                request.replica_id = replica_id;
                k.ask_in(version, &format!("as {replica_id}"), &request);
            }
        }
        for epoch in [-2, 0, 1] {
            k.ask("a leader epoch", &list_offsets(topic, 0, epoch, -1));
        }
        let mut twice = list_offsets(topic, 0, -1, -1);
        let again = twice.topics[0].partitions[0].clone();
        twice.topics[0].partitions.push(again);
        k.ask("the same twice", &twice);
        let mut wrong = list_offsets(topic, 0, -1, -1);
        wrong.isolation_level = 7;
        k.ask("an isolation level that is none", &wrong);
        k.ask("nothing", &ListOffsetsRequest::default());

        k.ask_in_all("beyond the end", &delete_records(topic, 0, 7));
        k.ask_in_all("before the start", &delete_records(topic, 0, -2));
        k.ask_in_all("an unknown partition", &delete_records(topic, 9, 0));
        k.ask_in_all("an unknown topic", &delete_records("never-there", 0, 0));
        k.ask_in_all("none", &delete_records(topic, 0, 0));
        k.ask_in_all("within a batch", &delete_records(topic, 0, 1));
        look(&mut k, "after records were deleted", topic, 0);
        k.ask("what is deleted", &delete_records(topic, 0, 0));
        k.ask("to the high watermark", &delete_records(topic, 0, -1));
        look_around(&mut k, "after all records were deleted", topic, 0, &[-3]);
        k.ask("of an empty log", &delete_records(topic, 1, -1));
        let stamp = ProducerStamp::default();
        k.ask(
            "write",
            &produce(id, 0, -1, None, batch_at(TIME, &[Some(b"v")], stamp, false)),
        );
        look_around(&mut k, "after that", topic, 0, &[-3]);
        k.ask(
            "of an internal topic",
            &delete_records("__consumer_offsets", 0, -1),
        );

        let kept = k.create_topic("logs-compacted", 1, &[("cleanup.policy", "compact")]);
        let mut open = OpenBatch::new(1 << 20);
        open.append(TIME, Some(b"k"), Some(b"v"), std::iter::empty())
            .unwrap();
        let batch = open
            .seal(&SealOptions::default(), &mut Default::default())
            .unwrap();
        k.ask("write", &produce(kept, 0, -1, None, batch.bytes().clone()));
        k.ask("of a compacted topic", &delete_records("logs-compacted", 0, -1));
        k.ask("of a compacted topic", &list_offsets("logs-compacted", 0, -1, -4));
    });
}

#[test]
fn offsets_by_leader_epoch() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let topic = "epochs";
        let id = k.create_topic(topic, 2, &[]);
        let ask = |topic: &str, partition: i32, current: i32, epoch: i32| OffsetForLeaderEpochRequest {
            replica_id: -1,
            topics: vec![OffsetForLeaderTopic {
                topic: topic.to_owned(),
                partitions: vec![OffsetForLeaderPartition {
                    partition,
                    current_leader_epoch: current,
                    leader_epoch: epoch,
                }],
            }],
        };
        k.ask_in_all("of an empty log", &ask(topic, 0, -1, 0));
        let stamp = ProducerStamp::default();
        k.ask(
            "write",
            &produce(id, 0, -1, None, batch_at(TIME, &[Some(b"v")], stamp, false)),
        );
        for epoch in [-2, -1, 0, 1, 7] {
            k.ask_in_all("of an epoch", &ask(topic, 0, -1, epoch));
        }
        for current in [-2, 0, 1] {
            k.ask_in_all("by one who knows the leader's", &ask(topic, 0, current, 0));
        }
        k.ask_in_all("of an unknown partition", &ask(topic, 9, -1, 0));
        k.ask_in_all("of an unknown topic", &ask("never-there", 0, -1, 0));
        let mut request = ask(topic, 0, -1, 0);
        for replica_id in [-2, 0, 1, 7] {
            request.replica_id = replica_id;
            k.ask(&format!("as {replica_id}"), &request);
        }
        k.ask("nothing", &OffsetForLeaderEpochRequest::default());
    });
}
