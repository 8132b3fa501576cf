//! Writing: what a broker takes, and what it says to the rest.

use bytes::Bytes;
use protocol::Uuid;
use protocol::compress::Compression;
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchTopic};
use protocol::messages::produce::ProduceRequest;
use protocol::records::{OpenBatch, ProducerStamp, SealOptions, crc32, crc32c};

use super::super::pair::{Kafka, Raw, cluster, compare};
use super::super::requests::{batch_at, init_producer_id, now, produce};

/// When the records were written.
const TIME: i64 = 1_700_000_000_000;

/// The places of fields in a batch.
const BASE_OFFSET: usize = 0;
const LENGTH: usize = 8;
const LEADER_EPOCH: usize = 12;
const MAGIC: usize = 16;
const CRC: usize = 17;
const ATTRIBUTES: usize = 21;
const LAST_OFFSET_DELTA: usize = 23;
const FIRST_TIME: usize = 27;
const MAX_TIME: usize = 35;
const COUNT: usize = 57;

fn plain(values: &[&str]) -> Bytes {
    stamped(values, ProducerStamp::default())
}

fn stamped(values: &[&str], stamp: ProducerStamp) -> Bytes {
    let values: Vec<_> = values.iter().map(|value| Some(value.as_bytes())).collect();
    batch_at(TIME, &values, stamp, false)
}

/// A batch with other bytes at some place, and the checksum that goes with them.
fn patched(batch: &[u8], at: usize, bytes: &[u8]) -> Bytes {
    let mut batch = batch.to_vec();
    batch[at..at + bytes.len()].copy_from_slice(bytes);
    let crc = crc32c(&batch[ATTRIBUTES..]);
    batch[CRC..ATTRIBUTES].copy_from_slice(&crc.to_be_bytes());
    batch.into()
}

fn compressed(compression: Compression) -> Bytes {
    let value = "the same again ".repeat(40);
    let mut open = OpenBatch::new(1 << 20);
    open.append(TIME, Some(b"key"), Some(value.as_bytes()), std::iter::empty())
        .unwrap();
    let options = SealOptions {
        compression,
        ..SealOptions::default()
    };
    open.seal(&options, &mut Default::default())
        .unwrap()
        .bytes()
        .clone()
}

/// A message of the format before batches.
fn message(magic: u8) -> Bytes {
    let mut body = vec![magic, 0];
    if magic == 1 {
        body.extend(TIME.to_be_bytes());
    }
    body.extend((-1_i32).to_be_bytes());
    body.extend(3_i32.to_be_bytes());
    body.extend(b"old");
    let mut message = vec![0; 8];
    let length = i32::try_from(body.len() + 4).unwrap();
    message.extend(length.to_be_bytes());
    message.extend(crc32(&body).to_be_bytes());
    message.extend(body);
    message.into()
}

/// A produce request to partition 0, by name or id.
fn to(name: &str, id: Uuid, acks: i16, records: Bytes) -> ProduceRequest {
    let mut request = produce(id, 0, acks, None, records);
    request.topic_data[0].name = name.to_owned();
    request
}

fn read(k: &mut Raw, what: &str, id: Uuid, offset: i64) {
    let request = FetchRequest {
        min_bytes: 1,
        max_bytes: 1 << 20,
        topics: vec![FetchTopic {
            topic_id: id,
            partitions: vec![FetchPartition {
                fetch_offset: offset,
                partition_max_bytes: 1 << 20,
                ..FetchPartition::default()
            }],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    };
    k.ask(what, &request);
}

#[test]
fn produce_in_every_version() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let name = "produce-versions";
        let id = k.create_topic(name, 1, &[]);
        for acks in [-1, 1] {
            k.ask_in_all("good", &to(name, id, acks, plain(&["a"])));
        }
        k.ask_in_all("acks that are none", &to(name, id, 2, plain(&["a"])));
        k.ask_in_all(
            "an unknown topic",
            &to("never-there", Uuid::from_bytes([9; 16]), -1, plain(&["a"])),
        );
        let mut unknown = to(name, id, -1, plain(&["a"]));
        unknown.topic_data[0].partition_data[0].index = 9;
        k.ask_in_all("an unknown partition", &unknown);
        let mut broken = plain(&["a"]).to_vec();
        broken[CRC] ^= 1;
        k.ask_in_all("a wrong checksum", &to(name, id, -1, broken.clone().into()));
        k.ask_in_all("of format 0", &to(name, id, -1, message(0)));
        k.ask_in_all("of format 1", &to(name, id, -1, message(1)));
        k.ask_in_all("zstd", &to(name, id, -1, compressed(Compression::Zstd)));
        k.tell("without an answer", &to(name, id, 0, plain(&["b"])));
        k.ask("after one without an answer", &to(name, id, -1, plain(&["c"])));
        k.tell("without an answer", &to(name, id, 0, broken.clone().into()));
        k.ask(
            "after one that was refused without an answer",
            &to(name, id, -1, plain(&["d"])),
        );
        k.tell(
            "without an answer",
            &to(name, Uuid::from_bytes([9; 16]), 0, plain(&["b"])),
        );
        k.ask(
            "after an unknown topic without an answer",
            &to(name, id, -1, plain(&["e"])),
        );
        let mut several = to(name, id, -1, plain(&["f"]));
        let mut other = several.topic_data[0].clone();
        other.topic_id = Uuid::from_bytes([9; 16]);
        several.topic_data.insert(0, other);
        let refused = to(name, id, -1, broken.into())
            .topic_data
            .remove(0)
            .partition_data
            .remove(0);
        several.topic_data[1].partition_data.push(refused);
        k.ask("good and bad in one", &several);
        read(&mut k, "what was written", id, 0);
    });
}

#[test]
fn produce_what_is_no_batch() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let id = k.create_topic("produce-faults", 1, &[("max.message.bytes", "300")]);
        let two = plain(&["a", "b"]);
        let at = |place: usize, bytes: &[u8]| patched(&two, place, bytes);
        // Not among them is null, to which Kafka has no answer.
        let cases: Vec<(&str, Bytes)> = vec![
            ("good", two.clone()),
            ("nothing", Bytes::new()),
            ("a byte", Bytes::from_static(b"x")),
            ("sixty bytes", Bytes::from_static(&[0; 60])),
            ("a hundred bytes", Bytes::from_static(&[0; 100])),
            ("cut short", two.slice(..two.len() - 1)),
            ("two batches", [&two[..], &two[..]].concat().into()),
            ("a batch and a byte", [&two[..], b"x"].concat().into()),
            ("another base offset", at(BASE_OFFSET, &7_i64.to_be_bytes())),
            ("a negative base offset", at(BASE_OFFSET, &(-7_i64).to_be_bytes())),
            ("another leader epoch", at(LEADER_EPOCH, &7_i32.to_be_bytes())),
            ("a length of 0", at(LENGTH, &0_i32.to_be_bytes())),
            ("a negative length", at(LENGTH, &(-1_i32).to_be_bytes())),
            ("a length beyond the end", at(LENGTH, &1000_i32.to_be_bytes())),
            ("format 3", at(MAGIC, &[3])),
            ("a codec that is none", at(ATTRIBUTES, &7_i16.to_be_bytes())),
            ("compressed, it says", at(ATTRIBUTES, &1_i16.to_be_bytes())),
            (
                "compressed by zstd, it says",
                at(ATTRIBUTES, &4_i16.to_be_bytes()),
            ),
            ("time of the broker", at(ATTRIBUTES, &8_i16.to_be_bytes())),
            (
                "transactional without a producer",
                at(ATTRIBUTES, &16_i16.to_be_bytes()),
            ),
            ("control", at(ATTRIBUTES, &32_i16.to_be_bytes())),
            ("with a delete horizon", at(ATTRIBUTES, &64_i16.to_be_bytes())),
            (
                "an attribute that is none",
                at(ATTRIBUTES, &128_i16.to_be_bytes()),
            ),
            (
                "a last offset too low",
                at(LAST_OFFSET_DELTA, &0_i32.to_be_bytes()),
            ),
            (
                "a last offset too high",
                at(LAST_OFFSET_DELTA, &9_i32.to_be_bytes()),
            ),
            (
                "a negative last offset",
                at(LAST_OFFSET_DELTA, &(-1_i32).to_be_bytes()),
            ),
            ("a count too low", at(COUNT, &1_i32.to_be_bytes())),
            ("a count too high", at(COUNT, &3_i32.to_be_bytes())),
            ("a count of 0", at(COUNT, &0_i32.to_be_bytes())),
            ("a negative count", at(COUNT, &(-1_i32).to_be_bytes())),
            ("a maximal time of none", at(MAX_TIME, &(-1_i64).to_be_bytes())),
            ("a maximal time too high", at(MAX_TIME, &(TIME + 5).to_be_bytes())),
            ("a negative first time", at(FIRST_TIME, &(-5_i64).to_be_bytes())),
            ("too large", plain(&["x".repeat(300).as_str()])),
            ("as large as can be", plain(&["x".repeat(233).as_str()])),
            ("large when it is read", compressed(Compression::Gzip)),
        ];
        for (what, records) in cases {
            let request = to("produce-faults", id, -1, records);
            k.ask(what, &request);
            k.ask_in(7, what, &request);
        }
        read(&mut k, "what was taken", id, 0);
    });
}

#[test]
fn produce_idempotently() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let id = k.create_topic("produce-sequences", 2, &[]);
        let mine = k
            .ask("an id", &init_producer_id(None, 60_000, -1, -1))
            .producer_id;
        let mut write =
            |what: &str, partition: i32, producer_id: i64, epoch: i16, base_sequence: i32, count: usize| {
                let stamp = ProducerStamp {
                    producer_id,
                    epoch,
                    base_sequence,
                };
                let values = vec!["v"; count];
                k.ask(what, &produce(id, partition, -1, None, stamped(&values, stamp)));
            };
        write("an unknown producer begins late", 0, mine, 0, 5, 1);
        write("goes on from there", 0, mine, 0, 6, 1);
        write("the first", 1, mine, 0, 0, 2);
        for number in 0..6 {
            write("the next", 1, mine, 0, 2 + number * 3, 3);
        }
        for number in (0..6).rev() {
            write("once more", 1, mine, 0, 2 + number * 3, 3);
        }
        write("the first once more", 1, mine, 0, 0, 2);
        write("a part of the last", 1, mine, 0, 18, 2);
        write("more than the last", 1, mine, 0, 17, 4);
        write("a gap", 1, mine, 0, 21, 1);
        write("the next after all", 1, mine, 0, 20, 1);
        write("a negative sequence", 1, mine, 0, -1, 1);
        write("a negative epoch", 1, mine, -1, 21, 1);
        write("a new epoch that does not begin with 0", 1, mine, 1, 21, 1);
        write("a new epoch", 1, mine, 1, 0, 1);
        write("the old epoch", 1, mine, 0, 21, 1);
        write("the same of the new epoch", 1, mine, 1, 0, 1);
        write("an epoch far ahead", 1, mine, 7, 0, 1);
        write("a producer that nobody knows", 1, 1_000_000_000, 0, 3, 1);
        write("no producer, but a sequence", 1, -1, 0, 3, 1);
        write("the largest sequence", 0, mine, 1, 0, 1);
        let last = i32::MAX - 1;
        write("wraps around, from nowhere", 0, mine, 2, last, 4);
        read(&mut k, "the log", id, 0);
        let request = protocol::messages::describe_producers::DescribeProducersRequest {
            topics: vec![protocol::messages::describe_producers::TopicRequest {
                name: "produce-sequences".to_owned(),
                partition_indexes: vec![0, 1, 2],
            }],
        };
        k.ask("who writes", &request);
    });
}

#[test]
fn produce_to_topics_with_settings() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let compacted = k.create_topic("produce-compacted", 1, &[("cleanup.policy", "compact")]);
        let mut open = OpenBatch::new(1 << 20);
        for key in [Some(&b"k"[..]), None, Some(b""), None] {
            open.append(TIME, key, Some(b"v"), std::iter::empty()).unwrap();
        }
        let batch = open
            .seal(&SealOptions::default(), &mut Default::default())
            .unwrap()
            .bytes()
            .clone();
        k.ask_in_all("without keys", &to("produce-compacted", compacted, -1, batch));
        k.ask(
            "without keys and compressed",
            &produce(compacted, 0, -1, None, compressed(Compression::Gzip)),
        );

        let bounds = [
            ("message.timestamp.before.max.ms", "3600000"),
            ("message.timestamp.after.max.ms", "60000"),
        ];
        let timed = k.create_topic("produce-timed", 1, &bounds);
        let at = |time: i64| batch_at(time, &[Some(b"a"), Some(b"b")], ProducerStamp::default(), false);
        for (what, time) in [
            ("just now", now()),
            ("half an hour ago", now() - 1_800_000),
            ("in half a minute", now() + 30_000),
            ("no time", -1),
        ] {
            k.ask(what, &produce(timed, 0, -1, None, at(time)));
        }
        // The message says how late it is to the millisecond.
        let late = [("two hours ago", -7_200_000), ("in two hours", 7_200_000)];
        for (what, by) in late {
            k.excuse(&["error_message"], "the time of day is part of it");
            k.ask(what, &produce(timed, 0, -1, None, at(now() + by)));
        }

        let stamping = k.create_topic(
            "produce-stamped",
            1,
            &[("message.timestamp.type", "LogAppendTime")],
        );
        k.ask(
            "the broker's time",
            &produce(stamping, 0, -1, None, plain(&["a", "b"])),
        );
        k.ask(
            "the broker's time, compressed",
            &produce(stamping, 0, -1, None, compressed(Compression::Lz4)),
        );
        read(&mut k, "the broker's time", stamping, 0);

        for codec in ["uncompressed", "gzip", "snappy", "lz4", "zstd", "producer"] {
            let name = format!("produce-{codec}");
            let id = k.create_topic(&name, 1, &[("compression.type", codec)]);
            for compression in [
                Compression::None,
                Compression::Gzip,
                Compression::Snappy,
                Compression::Lz4,
                Compression::Zstd,
            ] {
                k.ask("some codec", &produce(id, 0, -1, None, compressed(compression)));
            }
            if ["gzip", "zstd"].contains(&codec) {
                k.excuse(&[".size"], "implementations of a codec differ in what they find");
            }
            read(&mut k, "all codecs", id, 0);
        }
        let zstd = k.create_topic("produce-zstd-old", 1, &[("compression.type", "zstd")]);
        for version in 3..=8 {
            k.ask_in(
                version,
                "of a zstd topic",
                &to("produce-zstd-old", zstd, -1, plain(&["a"])),
            );
            let request = FetchRequest {
                min_bytes: 1,
                max_bytes: 1 << 20,
                topics: vec![FetchTopic {
                    topic: "produce-zstd-old".to_owned(),
                    partitions: vec![FetchPartition {
                        partition_max_bytes: 1 << 20,
                        ..FetchPartition::default()
                    }],
                    ..FetchTopic::default()
                }],
                ..FetchRequest::default()
            };
            k.excuse(&[".size"], "implementations of a codec differ in what they find");
            k.ask_in(version + 4, "of a zstd topic", &request);
        }
        let small = k.create_topic(
            "produce-segments",
            1,
            &[("segment.bytes", "1048576"), ("max.message.bytes", "4000000")],
        );
        let large = "x".repeat(1_048_600);
        k.ask(
            "larger than a segment",
            &produce(small, 0, -1, None, plain(&[large.as_str()])),
        );
    });
}
