//! Memory, sizes, batching, time.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use protocol::compress::{Compression, Decompressor};
use protocol::records::{Batch, Header, ProducerStamp};

use super::world::{World, failed, poll, written};
use crate::cluster::NodeId;
use crate::config::{Acks, ProducerConfig};
use crate::produce::batch::Place;
use crate::produce::{Fate, ProduceError, Record};

fn world() -> World {
    World::new(ProducerConfig::default(), 2)
}

#[test]
fn a_batch_waits_for_company_no_longer_than_linger() {
    let mut world = world();
    let _delivery = world.send(Record::to("t").partition(0).value("a"));
    world.advance(Duration::from_millis(4));
    let _delivery = world.send(Record::to("t").partition(0).value("b"));
    world.assert_quiet();
    world.advance(Duration::from_millis(1));
    assert_eq!(world.request().values(), ["a", "b"]);
}

#[test]
fn a_full_batch_leaves_at_once() {
    let mut world = world();
    world.introduce();
    let value = "v".repeat(1000);
    for _ in 0..17 {
        let _delivery = world.send(Record::to("t").partition(0).value(&value));
    }
    let request = world.request();
    assert_eq!(request.header().count, Some(16));
    assert!(request.bytes().len() <= 16 * 1024);
    world.linger();
    assert_eq!(world.request().stamp(), (0, 17));
}

#[test]
fn a_request_takes_every_due_partition_of_its_broker() {
    let mut world = World::new(ProducerConfig::default(), 6);
    let deliveries: Vec<_> = (0..6)
        .map(|partition| world.send(Record::to("t").partition(partition).value("v")))
        .collect();
    world.linger();
    let requests = [world.request(), world.request()];
    assert_eq!(
        requests.each_ref().map(|r| (r.node, r.partitions())),
        [(NodeId(0), vec![0, 2, 4]), (NodeId(1), vec![1, 3, 5]),]
    );
    for request in &requests {
        world.acknowledge(request, 1);
    }
    assert!(deliveries.iter().all(|delivery| written(delivery).offset == 1));
}

#[test]
fn a_request_stays_below_its_size_unless_one_batch_is_larger() {
    let config = ProducerConfig {
        max_request_size: 20_000,
        batch_size: 8_000,
        linger: Duration::ZERO,
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 8);
    let value = "v".repeat(7_000);
    for partition in 0..8 {
        let _delivery = world.send(Record::to("t").partition(partition).value(&value));
    }
    world.seal();
    for _ in 0..4 {
        assert_eq!(world.request().partitions().len(), 2);
    }
}

#[test]
fn p12_numbers_wrap_to_zero() {
    let last = ProducerStamp {
        producer_id: 1,
        epoch: 0,
        base_sequence: i32::MAX - 1,
    };
    assert_eq!(
        [1, 2, 5].map(|count| last.after(count).base_sequence),
        [i32::MAX, 0, 3]
    );
    // A partition's stamps stay right when they are corrected across the wrap.
    let name = crate::cluster::TopicPartition::new("t", 0);
    let partition = crate::produce::partition::Partition::new(name, 0);
    partition.correct(
        Place {
            stamp: ProducerStamp::default(),
            records_before: 0,
            series: 0,
        },
        last.after(2),
    );
    let mut lot = partition.lot.lock();
    assert!(lot.take().is_none());
    drop(lot);
    assert_eq!(
        partition.correct(
            Place {
                stamp: last,
                records_before: u32::MAX - 1,
                series: 1
            },
            last
        ),
        2,
        "series rise with each correction"
    );
}

#[test]
fn p15_a_record_above_the_request_size_is_refused_before_it_is_buffered() {
    let mut world = world();
    let value = vec![0; 1024 * 1024];
    let producer = world.producer();
    let error = *producer
        .try_send(Record::to("t").value(&value))
        .expect_err("it is too large");
    assert!(
        matches!(error, ProduceError::TooLarge { max: 1_048_576, .. }),
        "{error:?}"
    );
    assert_eq!(error.fate(), Fate::Rejected);
    assert_eq!(producer.free_memory(), producer.config().buffer_memory);
    world.assert_quiet();
}

#[test]
fn a_record_above_the_batch_size_goes_alone() {
    let mut world = world();
    let value = "v".repeat(100_000);
    let delivery = world.send(Record::to("t").partition(0).value(&value));
    let request = world.request();
    assert_eq!(request.header().count, Some(1));
    world.acknowledge(&request, 0);
    assert_eq!(written(&delivery).offset, 0);
}

#[test]
fn p23_with_acks_0_what_has_left_is_done() {
    let config = ProducerConfig {
        acks: Acks::None,
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 1);
    let delivery = world.batch(0, "a");
    let request = world.request();
    assert!(!request.answered);
    assert_eq!((request.body.acks, request.header().producer_id), (0, -1));
    let reply = crate::connection::Reply {
        key: protocol::ApiKey::PRODUCE,
        version: 13,
        body: bytes::Bytes::new(),
    };
    world.outcome(request.tag, Ok(reply));
    assert_eq!(written(&delivery).offset, -1);
}

#[test]
fn p23_with_acks_0_a_connection_that_could_not_be_made_is_noticed() {
    let config = ProducerConfig {
        acks: Acks::None,
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 1);
    let delivery = world.batch(0, "a");
    let request = world.request();
    world.outcome(request.tag, Err(super::world::broken(false)));
    assert!(delivery.outcome().is_none());
    world.after_backoff();
    assert_eq!(world.request().bytes(), request.bytes());
}

#[test]
fn p26_a_buffer_is_not_reused_while_its_bytes_are_being_sent() {
    let mut world = world();
    let mut held = Vec::new();
    for round in 0..50 {
        let value = format!("t-0-{round}");
        let delivery = world.batch(0, &value);
        let request = world.request();
        // The socket is slow: it holds the bytes for five rounds longer than the broker takes to answer.
        held.push((request.bytes(), value));
        world.acknowledge(&request, 0);
        assert!(written(&delivery).offset == 0);
        if held.len() > 5 {
            let (bytes, value) = held.remove(0);
            let batch = Batch::whole(bytes).expect("one whole batch");
            batch.verify().expect("the right checksum");
            let records = batch.records(&mut Decompressor::new(1 << 20)).expect("records");
            let record = records.iter().next().expect("a record").expect("a whole record");
            assert_eq!(record.value, Some(value.as_bytes()));
        }
    }
}

#[test]
fn p27_at_the_memory_bound_send_waits_and_half_filled_batches_go() {
    let config = ProducerConfig {
        buffer_memory: 32 * 1024,
        linger: Duration::from_secs(60),
        delivery_timeout: Duration::from_secs(600),
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 4);
    let first = [0, 1].map(|partition| world.send(Record::to("t").partition(partition).value("v")));
    let producer = world.producer();
    let error = *producer
        .try_send(Record::to("t").partition(2).value("v"))
        .expect_err("the memory is full");
    assert!(matches!(error, ProduceError::WouldWait), "{error:?}");
    let mut waiting = Box::pin(producer.send(Record::to("t").partition(2).value("v")));
    assert!(poll(waiting.as_mut()).is_pending());
    let requests = [world.request(), world.request()];
    // A sealed batch holds the few bytes that it has, so that there is room at once.
    let std::task::Poll::Ready(Ok(third)) = poll(waiting.as_mut()) else {
        panic!("there is room")
    };
    for request in &requests {
        world.acknowledge(request, 0);
    }
    assert!(first.iter().all(|delivery| written(delivery).offset == 0));
    world.seal();
    let request = world.request();
    world.acknowledge(&request, 5);
    assert_eq!(written(&third).offset, 5);
    assert_eq!(producer.free_memory(), 32 * 1024);
}

#[test]
fn p27_who_waits_longer_than_max_block_is_told() {
    let config = ProducerConfig {
        buffer_memory: 16 * 1024,
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 2);
    let value = "v".repeat(16_000);
    let _first = world.send(Record::to("t").partition(0).value(&value));
    let producer = world.producer();
    let mut waiting = Box::pin(producer.send(Record::to("t").partition(1).value("v")));
    assert!(poll(waiting.as_mut()).is_pending());
    world.advance(Duration::from_secs(59));
    assert!(poll(waiting.as_mut()).is_pending());
    world.advance(Duration::from_secs(1));
    let std::task::Poll::Ready(Err(error)) = poll(waiting.as_mut()) else {
        panic!("max.block is over")
    };
    assert!(matches!(*error, ProduceError::BufferFull { .. }), "{error:?}");
    assert_eq!(error.fate(), Fate::NotWritten);
}

#[test]
fn p33_null_and_empty_are_not_the_same() {
    let mut world = world();
    let headers = [
        Header::new("h", Some(b"1")),
        Header::new("h", None),
        Header::new("", Some(b"")),
    ];
    let _deliveries = [
        Record::to("t").partition(0),
        Record::to("t").partition(0).key("").value(""),
        Record::to("t")
            .partition(0)
            .key("k")
            .value("v")
            .headers(&headers)
            .timestamp(42),
    ]
    .map(|record| world.send(record));
    world.linger();
    let records = Batch::whole(world.request().bytes())
        .and_then(|batch| batch.records(&mut Decompressor::new(1 << 20)))
        .expect("a batch that can be read");
    let records: Vec<_> = records
        .iter()
        .map(|record| record.expect("a whole record"))
        .collect();
    assert_eq!((records[0].key, records[0].value), (None, None));
    assert_eq!(
        (records[1].key, records[1].value),
        (Some(&b""[..]), Some(&b""[..]))
    );
    assert_eq!(
        (records[2].key, records[2].value),
        (Some(&b"k"[..]), Some(&b"v"[..]))
    );
    assert_eq!(records[2].headers().iter().collect::<Vec<_>>(), headers);
    assert_eq!(records[2].timestamp, 42);
}

#[test]
fn timestamps_are_the_records_own_unless_the_broker_sets_them() {
    let mut world = world();
    let base = world.time.unix_ms.load(Ordering::Relaxed);
    // The second one is too far from the first for 32 bits.
    let deliveries = [None, Some(1_000_000_000_000), Some(base + 9)].map(|timestamp| {
        world.send(Record {
            timestamp,
            ..Record::to("t").partition(0).value("v")
        })
    });
    world.linger();
    let request = world.request();
    world.acknowledge(&request, 0);
    let times = deliveries.each_ref().map(|delivery| written(delivery).timestamp);
    assert_eq!(times, [base, 1_000_000_000_000, base + 9]);
    let delivery = world.batch(0, "w");
    let request = world.request();
    world.answer(&request, |index| {
        let mut response = super::world::accepted(index, 3);
        response.log_append_time_ms = 77;
        response
    });
    assert_eq!(written(&delivery).timestamp, 77);
}

#[test]
fn p36_a_clock_that_jumps_back_delays_nothing() {
    let mut world = world();
    let delivery = world.send(Record::to("t").partition(0).value("a"));
    world.time.unix_ms.fetch_sub(3_600_000, Ordering::Relaxed);
    world.linger();
    let request = world.request();
    world.lose(&request);
    world.lead(vec![None, None]);
    world.advance(Duration::from_secs(120));
    assert!(matches!(failed(&delivery), ProduceError::DeliveryTimeout { .. }));
}

#[test]
fn every_codec_is_sealed_by_whoever_filled_the_batch() {
    for compression in Compression::ALL {
        let config = ProducerConfig {
            compression,
            ..ProducerConfig::default()
        };
        let mut world = World::new(config, 1);
        let values: Vec<String> = (0..200).map(|n| format!("value {n} of a batch")).collect();
        let deliveries: Vec<_> = values
            .iter()
            .map(|value| world.send(Record::to("t").partition(0).value(value)))
            .collect();
        world.linger();
        let request = world.request();
        assert_eq!(request.header().attributes.compression(), Some(compression));
        assert_eq!(request.values(), values);
        let held = world.producer().config().buffer_memory - world.producer().free_memory();
        if compression != Compression::None {
            assert_eq!(
                held,
                request.bytes().len(),
                "{compression}: what it does not need is given back"
            );
        }
        world.acknowledge(&request, 0);
        assert!(
            deliveries
                .iter()
                .zip(0..)
                .all(|(delivery, offset)| written(delivery).offset == offset)
        );
        assert_eq!(
            world.producer().free_memory(),
            world.producer().config().buffer_memory
        );
    }
}

#[test]
fn batches_sealed_by_several_tasks_keep_their_order() {
    let world = world();
    let producer = world.producer();
    let value: Arc<str> = "v".repeat(1000).into();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let (producer, value) = (producer.clone(), value.clone());
            scope.spawn(move || {
                for _ in 0..2000 {
                    let record = Record::to("t").partition(0).value(value.as_bytes());
                    let _delivery = producer.try_send(record).expect("32 MiB are enough");
                }
            });
        }
    });
    let mut world = world;
    world.linger();
    let mut next = 0;
    while let Some(request) = world.requests.pop_front() {
        let header = request.header();
        assert_eq!(header.base_sequence, next);
        next += i32::try_from(header.count.expect("batches of magic 2 count")).expect("small");
        world.acknowledge(&request, 0);
    }
    assert_eq!(next, 8000);
}

#[test]
fn trying_all_the_time_wakes_the_engine_once() {
    let config = ProducerConfig {
        buffer_memory: 32 * 1024,
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 4);
    let _full = [0, 1].map(|partition| world.send(Record::to("t").partition(partition).value("v")));
    world.step();
    let producer = world.producer();
    for topic in ["t", "other"] {
        let before = world.wakes();
        for _ in 0..100 {
            let record = Record::to(topic).partition(2).value("v");
            let error = *producer
                .try_send(record)
                .expect_err("there is no room, or no such topic");
            assert!(matches!(error, ProduceError::WouldWait), "{error:?}");
        }
        assert_eq!(world.wakes() - before, 1, "{topic}");
    }
    // It has looked: from then on it is told again.
    world.step();
    let before = world.wakes();
    let record = Record::to("other").value("v");
    let _ = producer.try_send(record).expect_err("it is not known yet");
    assert_eq!(world.wakes() - before, 1);
}
