//! Reading: sessions, waiting, bounds, isolation.

use bytes::Bytes;
use protocol::Uuid;
use protocol::messages::end_txn::EndTxnRequest;
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchTopic, ForgottenTopic};
use protocol::records::ProducerStamp;

use super::super::pair::{Kafka, Raw, cluster, compare};
use super::super::requests::{batch_at, init_producer_id, list_offsets, produce};

/// When the records were written.
const TIME: i64 = 1_700_000_000_000;

/// A topic to read from, by name and id.
#[derive(Clone, Copy)]
struct Topic {
    name: &'static str,
    id: Uuid,
}

fn create(k: &mut Raw, name: &'static str, partitions: i32) -> Topic {
    let id = k.create_topic(name, partitions, &[]);
    Topic { name, id }
}

fn from(partition: i32, fetch_offset: i64) -> FetchPartition {
    FetchPartition {
        partition,
        fetch_offset,
        partition_max_bytes: 1 << 20,
        ..FetchPartition::default()
    }
}

/// A fetch outside of any session, which waits for nothing.
fn fetch(topic: Topic, partitions: Vec<FetchPartition>) -> FetchRequest {
    FetchRequest {
        min_bytes: 1,
        max_bytes: 1 << 20,
        topics: vec![FetchTopic {
            topic: topic.name.to_owned(),
            topic_id: topic.id,
            partitions,
        }],
        ..FetchRequest::default()
    }
}

/// A request of a session.
fn in_session(session_id: i32, session_epoch: i32, request: FetchRequest) -> FetchRequest {
    FetchRequest {
        session_id,
        session_epoch,
        ..request
    }
}

/// A request of a session that adds nothing to it.
fn go_on(session_id: i32, session_epoch: i32) -> FetchRequest {
    let nothing = FetchRequest {
        min_bytes: 1,
        max_bytes: 1 << 20,
        ..FetchRequest::default()
    };
    in_session(session_id, session_epoch, nothing)
}

fn forget(topic: Topic, partition: i32, request: FetchRequest) -> FetchRequest {
    FetchRequest {
        forgotten_topics_data: vec![ForgottenTopic {
            topic: topic.name.to_owned(),
            topic_id: topic.id,
            partitions: vec![partition],
        }],
        ..request
    }
}

fn records(values: &[&str]) -> Bytes {
    let values: Vec<_> = values.iter().map(|value| Some(value.as_bytes())).collect();
    batch_at(TIME, &values, ProducerStamp::default(), false)
}

fn append(k: &mut Raw, topic: Topic, partition: i32, values: &[&str]) {
    k.ask("append", &produce(topic.id, partition, -1, None, records(values)));
}

#[test]
fn fetch_sessions() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let topic = create(&mut k, "sessions", 3);
        append(&mut k, topic, 0, &["a", "b"]);
        append(&mut k, topic, 1, &["c"]);
        let all = || fetch(topic, vec![from(0, 0), from(1, 0), from(2, 0)]);
        let session = k.ask("open", &in_session(0, 0, all())).session_id;
        k.ask("what was read before", &go_on(session, 1));
        let end = fetch(topic, vec![from(0, 2), from(1, 1)]);
        k.ask("from the ends", &in_session(session, 2, end));
        k.ask("nothing new", &go_on(session, 3));
        append(&mut k, topic, 2, &["d"]);
        k.ask("one partition", &go_on(session, 4));
        k.ask("the same, as the position is", &go_on(session, 5));
        k.ask("without one", &forget(topic, 2, go_on(session, 6)));
        append(&mut k, topic, 2, &["e"]);
        k.ask("one that is forgotten", &go_on(session, 7));
        k.ask("forgotten twice", &forget(topic, 2, go_on(session, 8)));
        k.ask("never there", &forget(topic, 9, go_on(session, 9)));
        let again = fetch(topic, vec![from(2, 1)]);
        k.ask("there again", &in_session(session, 10, again));
        let unknown = fetch(topic, vec![from(9, 0)]);
        k.ask(
            "a partition that does not exist",
            &in_session(session, 11, unknown),
        );
        k.ask("that is told again", &go_on(session, 12));
        k.ask("an old epoch", &go_on(session, 12));
        k.ask("an epoch ahead", &go_on(session, 14));
        k.ask("the right epoch", &go_on(session, 13));
        k.ask("another session", &go_on(session.wrapping_add(1).max(1), 1));
        k.ask("no session", &go_on(0, 1));
        k.ask("a negative session", &go_on(-5, 1));
        k.ask("an epoch that is none", &go_on(session, -2));
        k.ask_in(12, "by name where it was by id", &go_on(session, 14));
        k.ask("after that", &go_on(session, 14));
        k.ask("after that", &go_on(session, 15));
        let session = k.ask("open another", &in_session(0, 0, all())).session_id;
        let next = k
            .ask("open in place of it", &in_session(session, 0, all()))
            .session_id;
        k.ask("the one before", &go_on(session, 1));
        k.ask("close", &in_session(next, -1, all()));
        k.ask("closed", &go_on(next, 1));
        let session = k.ask("nothing to read", &go_on(0, 0)).session_id;
        k.ask("of nothing", &go_on(session, 1));
        let unknown = Topic {
            name: "never-there",
            id: Uuid::from_bytes([9; 16]),
        };
        k.ask(
            "an unknown topic",
            &in_session(0, 0, fetch(unknown, vec![from(0, 0)])),
        );
        k.ask_in(
            12,
            "an unknown topic",
            &in_session(0, 0, fetch(unknown, vec![from(0, 0)])),
        );
    });
}

#[test]
fn fetch_in_every_version() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let topic = create(&mut k, "versions", 2);
        append(&mut k, topic, 0, &["a", "b"]);
        append(&mut k, topic, 0, &["c"]);
        k.ask_in_all("all", &fetch(topic, vec![from(0, 0), from(1, 0)]));
        k.ask_in_all("from within a batch", &fetch(topic, vec![from(0, 1)]));
        k.ask_in_all("beyond the end", &fetch(topic, vec![from(0, 4), from(1, 0)]));
        k.ask_in_all("before the start", &fetch(topic, vec![from(0, -1)]));
        k.ask_in_all("no such partition", &fetch(topic, vec![from(9, 0), from(0, 2)]));
        let unknown = Topic {
            name: "never-there",
            id: Uuid::from_bytes([9; 16]),
        };
        k.ask_in_all("no such topic", &fetch(unknown, vec![from(0, 0)]));
        for version in 7..=18 {
            let session = k.ask_in(version, "open", &in_session(0, 0, fetch(topic, vec![from(0, 0)])));
            let session = session.session_id;
            k.ask_in(version, "go on", &go_on(session, 1));
            k.ask_in(version, "an old epoch", &go_on(session, 1));
            k.ask_in(version, "close", &go_on(session, -1));
            k.ask_in(version, "closed", &go_on(session, 2));
        }
        for version in 9..=18 {
            for epoch in [0, 1] {
                let mut partition = from(0, 0);
                partition.current_leader_epoch = epoch;
                k.ask_in(version, "a leader epoch", &fetch(topic, vec![partition]));
            }
        }
        for version in 12..=18 {
            for (epoch, offset) in [(0, 3), (0, 4), (1, 3), (5, 0)] {
                let mut partition = from(0, offset);
                partition.last_fetched_epoch = epoch;
                k.ask_in(version, "after an epoch", &fetch(topic, vec![partition]));
            }
        }
        for (what, id, name) in [("no id", Uuid::ZERO, "versions"), ("no name", topic.id, "")] {
            let topic = Topic { name, id };
            k.ask_in(12, what, &fetch(topic, vec![from(0, 0)]));
            k.ask_in(13, what, &fetch(topic, vec![from(0, 0)]));
        }
    });
}

#[test]
fn fetch_within_bounds() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let topic = create(&mut k, "bounds", 2);
        for partition in 0..2 {
            append(&mut k, topic, partition, &["first", "second"]);
            append(&mut k, topic, partition, &["third"]);
            append(&mut k, topic, partition, &["fourth"]);
        }
        let both = |most: i32, of_one: i32| {
            let partitions = [0, 1].map(|partition| FetchPartition {
                partition_max_bytes: of_one,
                ..from(partition, 0)
            });
            FetchRequest {
                max_bytes: most,
                ..fetch(topic, partitions.to_vec())
            }
        };
        for (most, of_one) in [
            (1 << 20, 1 << 20),
            (1 << 20, 0),
            (1 << 20, 1),
            (1 << 20, 90),
            (1 << 20, 100),
            (1 << 20, 160),
            (0, 1 << 20),
            (1, 1 << 20),
            (90, 1 << 20),
            (200, 1 << 20),
            (300, 1 << 20),
            (-1, 1 << 20),
            (1 << 20, -1),
        ] {
            k.ask(&format!("{most} bytes, {of_one} of each"), &both(most, of_one));
        }

        // The wait ends when there is enough, and when the time is up.
        let mut reader = kafka.connect();
        let patient = |min_bytes: i32, offset: i64, max_wait_ms: i32| FetchRequest {
            min_bytes,
            max_wait_ms,
            ..fetch(topic, vec![from(0, offset)])
        };
        let waits = reader.send("one byte", &patient(1, 4, 20_000));
        append(&mut k, topic, 0, &["fifth"]);
        reader.receive(waits);
        let waits = reader.send("more than one batch", &patient(100, 5, 20_000));
        append(&mut k, topic, 0, &["sixth"]);
        append(&mut k, topic, 0, &["seventh"]);
        reader.receive(waits);
        reader.ask("more than comes in time", &patient(1 << 20, 5, 50));
        reader.ask("nothing, in time", &patient(1, 7, 50));
        reader.ask("no byte", &patient(0, 7, 20_000));
        let other = Topic {
            name: "never-there",
            id: Uuid::from_bytes([9; 16]),
        };
        let mut request = fetch(other, vec![from(0, 0)]);
        request.max_wait_ms = 20_000;
        reader.ask("an unknown topic does not wait", &request);
        let mut request = patient(1, 99, 20_000);
        request.topics[0].partitions.push(from(1, 4));
        reader.ask("an error does not wait", &request);
        let mut opening = in_session(0, 0, patient(1, 7, 20_000));
        opening.max_wait_ms = 50;
        let session = reader.ask("open at the end", &opening).session_id;
        let mut request = go_on(session, 1);
        request.max_wait_ms = 20_000;
        let waits = reader.send("in a session", &request);
        append(&mut k, topic, 0, &["eighth"]);
        reader.receive(waits);
        request = go_on(session, 2);
        k.ask("by another connection", &request);
    });
}

#[test]
fn fetch_around_transactions() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let topic = create(&mut k, "isolation", 1);
        let begin = |k: &mut Raw, id: &str| {
            let answer = k.ask("begin", &init_producer_id(Some(id), 60_000, -1, -1));
            ProducerStamp {
                producer_id: answer.producer_id,
                epoch: answer.producer_epoch,
                base_sequence: 0,
            }
        };
        let write = |k: &mut Raw, id: &str, stamp: ProducerStamp, value: &str| {
            let batch = batch_at(TIME, &[Some(value.as_bytes())], stamp, true);
            k.ask("write", &produce(topic.id, 0, -1, Some(id), batch));
        };
        let end = |k: &mut Raw, id: &str, stamp: ProducerStamp, committed: bool| {
            let request = EndTxnRequest {
                transactional_id: id.to_owned(),
                producer_id: stamp.producer_id,
                producer_epoch: stamp.epoch,
                committed,
            };
            k.ask("end", &request);
        };
        let look = |k: &mut Raw, what: &str| {
            for isolation_level in [0, 1] {
                for offset in 0..2 {
                    let mut request = fetch(topic, vec![from(0, offset)]);
                    request.isolation_level = isolation_level;
                    k.ask(what, &request);
                }
                for time in [-1, -2, -3, TIME] {
                    let mut request = list_offsets("isolation", 0, -1, time);
                    request.isolation_level = isolation_level;
                    k.ask(what, &request);
                }
            }
        };
        append(&mut k, topic, 0, &["plain"]);
        let (one, two) = (begin(&mut k, "isolation-1"), begin(&mut k, "isolation-2"));
        write(&mut k, "isolation-1", one, "aborted");
        append(&mut k, topic, 0, &["plain, after an open one"]);
        write(&mut k, "isolation-2", two, "committed");
        look(&mut k, "two are open");
        end(&mut k, "isolation-2", two, true);
        let written = |end: i64| {
            move |answer: &protocol::messages::list_offsets::ListOffsetsResponse| {
                answer.topics[0].partitions[0].offset == end
            }
        };
        k.until(
            "the first marker",
            &list_offsets("isolation", 0, -1, -1),
            written(5),
        );
        look(&mut k, "one is open");
        end(&mut k, "isolation-1", one, false);
        k.until(
            "the second marker",
            &list_offsets("isolation", 0, -1, -1),
            written(6),
        );
        look(&mut k, "none is open");
        for version in 4..=18 {
            let mut request = fetch(topic, vec![from(0, 0)]);
            request.isolation_level = 1;
            k.ask_in(version, "with an aborted one", &request);
        }
        let mut request = fetch(topic, vec![from(0, 0)]);
        request.isolation_level = 1;
        request.topics[0].partitions[0].partition_max_bytes = 1;
        let why = "Kafka looks for aborted transactions as far as the next entry of its sparse index";
        k.excuse(&["aborted_transactions", "producer_id", "first_offset"], why);
        k.ask("before an aborted one", &request);
        request.isolation_level = 7;
        k.ask("an isolation level that is none", &request);
    });
}
