//! Which partition, and what happens to topics.

use std::time::Duration;

use protocol::{ErrorCode, Uuid};

use super::world::{World, failed, poll, written};
use crate::cluster::NodeId;
use crate::config::{Acks, Partitioner, ProducerConfig};
use crate::produce::{Fate, ProduceError, Record};

/// Sends `count` keyless records of about a kilobyte and counts the bytes that each partition got, while the broker
/// answers at once.
fn spread(world: &mut World, count: usize, answers: impl Fn(NodeId) -> bool) -> Vec<usize> {
    let mut bytes = vec![0; 8];
    let value = "v".repeat(1000);
    let handle = world.producer();
    for _ in 0..count {
        let _delivery = handle
            .try_send(Record::to("t").value(&value))
            .expect("room for a record");
        world.advance(Duration::from_millis(1));
        while let Some(at) = world.requests.iter().position(|request| answers(request.node)) {
            let request = world.requests.remove(at).expect("it is there");
            for partition in &request.body.topic_data[0].partition_data {
                let index = usize::try_from(partition.index).expect("not negative");
                bytes[index] += partition.records.as_ref().map_or(0, |records| records.len());
            }
            world.acknowledge(&request, 0);
        }
    }
    bytes
}

#[test]
fn keyless_records_stick_until_a_batch_is_full_and_spread_evenly() {
    let mut world = World::new(ProducerConfig::default(), 4);
    let bytes = spread(&mut world, 8000, |_| true);
    let total: usize = bytes.iter().sum();
    for share in &bytes[..4] {
        assert!(share * 100 / total >= 18, "{bytes:?}");
    }
}

#[test]
fn keyless_records_spread_also_when_linger_ends_every_batch() {
    let config = ProducerConfig {
        linger: Duration::ZERO,
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 4);
    let bytes = spread(&mut world, 8000, |_| true);
    let total: usize = bytes.iter().sum();
    for share in &bytes[..4] {
        assert!(share * 100 / total >= 18, "{bytes:?}");
    }
}

#[test]
fn p31_a_slow_broker_gets_less_of_what_has_no_key() {
    let config = ProducerConfig {
        delivery_timeout: Duration::from_secs(1000),
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 4);
    // Partitions 1 and 3 are led by a broker that answers nothing.
    let _fast = spread(&mut world, 1000, |node| node == NodeId(0));
    let before = world.requests.len();
    let bytes = spread(&mut world, 1000, |node| node == NodeId(0));
    let fast = bytes[0] + bytes[2];
    assert!(
        fast > 750_000,
        "of a million bytes: {bytes:?}, {before} requests wait"
    );
    // Records with a key do not move.
    let slow = world.send(Record::to("t").key("k").value("v"));
    let again = world.send(Record::to("t").key("k").value("v"));
    drop((slow, again));
}

#[test]
fn p31_a_broker_that_takes_nothing_is_avoided_after_the_availability_timeout() {
    let config = ProducerConfig {
        availability_timeout: Duration::from_secs(1),
        delivery_timeout: Duration::from_secs(1000),
        max_in_flight: 1,
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 2);
    let _stuck = [world.batch(1, "a"), world.batch(1, "b")];
    world.advance(Duration::from_secs(2));
    let bytes = spread(&mut world, 300, |node| node == NodeId(0));
    assert_eq!(bytes[1], 0);
    assert!(bytes[0] > 200_000, "{bytes:?}");
}

#[test]
fn p31_all_partitions_of_a_broker_that_takes_something_again_are_used_again() {
    for is_refreshed in [false, true] {
        let config = ProducerConfig {
            availability_timeout: Duration::from_secs(1),
            delivery_timeout: Duration::from_secs(1000),
            max_in_flight: 1,
            ..ProducerConfig::default()
        };
        let mut world = World::new(config, 4);
        // One leader for both of these; nothing was ever sent to partition 3.
        let _stuck = [world.batch(1, "a"), world.batch(3, "b")];
        let request = world.request();
        assert_eq!(request.partitions(), [1]);
        let _some = spread(&mut world, 100, |node| node == NodeId(0));
        world.advance(Duration::from_secs(2));
        if is_refreshed {
            // That does not make it faster.
            world.tell_metadata();
        }
        let avoiding = spread(&mut world, 300, |node| node == NodeId(0));
        assert!(
            avoiding[0] + avoiding[2] > 250_000,
            "{is_refreshed}: {avoiding:?}"
        );
        world.acknowledge(&request, 0);
        let using = spread(&mut world, 500, |_| true);
        assert!(
            using[..4].iter().all(|bytes| *bytes > 50_000),
            "{is_refreshed}: {using:?}"
        );
    }
}

#[test]
fn partitions_without_a_leader_get_no_keyless_records() {
    let mut world = World::new(ProducerConfig::default(), 3);
    world.lead(vec![Some(0), None, Some(0)]);
    let bytes = spread(&mut world, 500, |_| true);
    assert_eq!(bytes[1], 0);
}

#[test]
fn handles_stick_to_partitions_of_their_own() {
    let mut world = World::new(ProducerConfig::default(), 64);
    let handles: Vec<_> = (0..8).map(|_| world.producer()).collect();
    let deliveries: Vec<_> = handles
        .iter()
        .map(|handle| {
            handle
                .try_send(Record::to("t").value("v"))
                .expect("room for a record")
        })
        .collect();
    world.linger();
    while let Some(request) = world.requests.pop_front() {
        world.acknowledge(&request, 0);
    }
    let mut partitions: Vec<_> = deliveries
        .iter()
        .map(|delivery| written(delivery).partition)
        .collect();
    partitions.sort_unstable();
    partitions.dedup();
    assert!(partitions.len() >= 6, "drawn from 64: {partitions:?}");
}

#[test]
fn round_robin_takes_turns() {
    let config = ProducerConfig {
        partitioner: Partitioner::RoundRobin,
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 3);
    let handle = world.producer();
    let deliveries: Vec<_> = (0..6)
        .map(|_| {
            handle
                .try_send(Record::to("t").value("v"))
                .expect("room for a record")
        })
        .collect();
    world.linger();
    while let Some(request) = world.requests.pop_front() {
        world.acknowledge(&request, 0);
    }
    let partitions: Vec<_> = deliveries
        .iter()
        .map(|delivery| written(delivery).partition)
        .collect();
    assert_eq!(partitions, [0, 1, 2, 0, 1, 2]);
}

#[test]
fn p25_records_of_a_deleted_topic_never_reach_the_new_one() {
    let mut world = World::new(ProducerConfig::default(), 2);
    let sent = world.batch(0, "sent");
    let request = world.request();
    assert_eq!(
        (request.version, request.body.topic_data[0].topic_id),
        (13, Uuid::from_bytes([1; 16]))
    );
    world.lead(vec![None, Some(1)]);
    let queued = world.batch(0, "queued");
    world.refuse(&request, ErrorCode::UNKNOWN_TOPIC_ID);
    world.describe("t", Uuid::from_bytes([2; 16]), vec![Some(0), Some(1)]);
    world.tell_metadata();
    for (delivery, fate) in [(sent, Fate::NotWritten), (queued, Fate::NotWritten)] {
        let error = failed(&delivery);
        assert!(matches!(error, ProduceError::TopicRecreated { .. }), "{error:?}");
        assert_eq!(error.fate(), fate);
    }
    world.after_backoff();
    world.assert_quiet();
    writes_to_the_new_topic(&mut world);
}

#[track_caller]
fn writes_to_the_new_topic(world: &mut World) {
    let new = world.batch(0, "new");
    let request = world.request();
    assert_eq!(request.body.topic_data[0].topic_id, Uuid::from_bytes([2; 16]));
    assert_eq!(request.values(), ["new"]);
    world.acknowledge(&request, 0);
    assert_eq!(written(&new).offset, 0);
}

/// Such a producer has no epoch that could begin, and must not wait for one either.
#[test]
fn p25_a_producer_without_idempotence_goes_on_in_the_new_topic() {
    let config = ProducerConfig {
        acks: Acks::Leader,
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 2);
    let sent = world.batch(0, "sent");
    let request = world.request();
    world.refuse(&request, ErrorCode::UNKNOWN_TOPIC_ID);
    world.describe("t", Uuid::from_bytes([2; 16]), vec![Some(0), Some(1)]);
    world.tell_metadata();
    let error = failed(&sent);
    assert!(matches!(error, ProduceError::TopicRecreated { .. }), "{error:?}");
    world.after_backoff();
    writes_to_the_new_topic(&mut world);
}

/// While a cluster is upgraded some brokers tell the ids of topics and some do not know of them.
#[test]
fn p25_a_topic_whose_id_is_not_told_is_the_same() {
    let mut world = World::new(ProducerConfig::default(), 2);
    let delivery = world.batch(0, "sent");
    let request = world.request();
    world.describe("t", Uuid::ZERO, vec![Some(0), Some(1)]);
    world.tell_metadata();
    world.lose(&request);
    world.after_backoff();
    let request = world.request();
    assert_eq!(request.values(), ["sent"]);
    world.acknowledge(&request, 0);
    assert_eq!(written(&delivery).offset, 0);
}

#[test]
fn p25_an_answer_that_still_names_the_old_topic_leaves_its_batch_in_doubt() {
    let mut world = World::new(ProducerConfig::default(), 2);
    let delivery = world.batch(0, "old");
    let request = world.request();
    world.describe("t", Uuid::from_bytes([2; 16]), vec![Some(0), Some(1)]);
    world.tell_metadata();
    world.lose(&request);
    world.after_backoff();
    assert_eq!(failed(&delivery).fate(), Fate::MaybeWritten);
    world.assert_quiet();
}

#[test]
fn a_topic_without_id_is_named() {
    let mut world = World::new(ProducerConfig::default(), 2);
    world.describe("u", Uuid::default(), vec![Some(0)]);
    let producer = world.producer();
    let mut partitions = Box::pin(producer.partitions("u"));
    assert!(poll(partitions.as_mut()).is_pending());
    world.step();
    world.tell_metadata();
    assert!(poll(partitions.as_mut()).is_ready());
    let delivery = world.send(Record::to("u").value("v"));
    world.linger();
    let request = world.request();
    assert_eq!(request.version, 12);
    world.acknowledge(&request, 4);
    assert_eq!(written(&delivery).offset, 4);
}

#[test]
fn p30_keyless_batches_leave_a_partition_without_leader_but_keyed_ones_stay() {
    let mut world = World::new(ProducerConfig::default(), 2);
    world.gives_ids = false;
    // No id yet: nothing is sent.
    let keyless: Vec<_> = (0..40)
        .map(|_| {
            let delivery = world.send(Record::to("t").value("v".repeat(1000).as_str()));
            world.step();
            delivery
        })
        .collect();
    let keyed = world.batch(0, "explicit");
    world.lead(vec![None, Some(1)]);
    world.gives_ids = true;
    world.step();
    world.advance(Duration::from_secs(1));
    while let Some(request) = world.requests.pop_front() {
        assert_eq!(request.node, NodeId(1));
        assert_eq!(request.partitions(), [1]);
        world.acknowledge(&request, 0);
    }
    assert!(keyed.outcome().is_none());
    let open = keyless
        .iter()
        .filter(|delivery| delivery.outcome().is_none())
        .count();
    // The explicit record's batch also took keyless ones, if that was where they stuck.
    assert!(open <= 16, "{open} wait");
    world.lead(vec![Some(0), Some(1)]);
    world.advance(Duration::from_secs(1));
    while let Some(request) = world.requests.pop_front() {
        world.acknowledge(&request, 0);
    }
    assert_eq!(written(&keyed).partition, 0);
}

#[test]
fn m4_an_unknown_topic_fails_after_max_block_with_the_reason() {
    let mut world = World::new(ProducerConfig::default(), 1);
    let producer = world.producer();
    let mut waiting = Box::pin(producer.send(Record::to("nowhere").value("v")));
    assert!(poll(waiting.as_mut()).is_pending());
    world.step();
    let topic = crate::cluster::Topic {
        name: "nowhere".into(),
        id: Uuid::default(),
        internal: false,
        error: Some(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION),
        partitions: Vec::new(),
    };
    world
        .metadata
        .topics
        .insert("nowhere".into(), std::sync::Arc::new(topic));
    let refreshes = world.refreshes;
    world.tell_metadata();
    assert!(
        world.refreshes > refreshes,
        "asked again: it may be about to be made"
    );
    world.advance(Duration::from_secs(59));
    assert!(poll(waiting.as_mut()).is_pending());
    world.advance(Duration::from_secs(1));
    let std::task::Poll::Ready(Err(error)) = poll(waiting.as_mut()) else {
        panic!("max.block is over")
    };
    let ProduceError::TopicUnavailable {
        source: Some(source), ..
    } = &*error
    else {
        panic!("{error:?}")
    };
    assert_eq!(source.code, ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
}

#[test]
fn m6_a_topic_without_rights_fails_at_once_and_alone() {
    let mut world = World::new(ProducerConfig::default(), 1);
    let producer = world.producer();
    let mut waiting = Box::pin(producer.send(Record::to("secret").value("v")));
    assert!(poll(waiting.as_mut()).is_pending());
    world.step();
    let topic = crate::cluster::Topic {
        name: "secret".into(),
        id: Uuid::default(),
        internal: false,
        error: Some(ErrorCode::TOPIC_AUTHORIZATION_FAILED),
        partitions: Vec::new(),
    };
    world
        .metadata
        .topics
        .insert("secret".into(), std::sync::Arc::new(topic));
    world.tell_metadata();
    let std::task::Poll::Ready(Err(error)) = poll(waiting.as_mut()) else {
        panic!("it is known")
    };
    assert_eq!(error.class(), crate::error::Class::Denied);
    let delivery = world.batch(0, "v");
    let request = world.request();
    world.acknowledge(&request, 0);
    assert_eq!(written(&delivery).offset, 0);
}

#[test]
fn m6_a_topic_refused_for_good_fails_all_that_waits_for_it() {
    let minute = Duration::from_secs(60);
    let config = ProducerConfig {
        linger: minute,
        delivery_timeout: 10 * minute,
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 2);
    world.gives_ids = false;
    let sealed = world.batch(0, "sealed");
    let open = [0, 1].map(|partition| world.send(Record::to("t").partition(partition).value("open")));
    let known = world.metadata.topic("t").expect("described").id;
    let topic = crate::cluster::Topic {
        name: "t".into(),
        id: Uuid::default(),
        internal: false,
        error: Some(ErrorCode::TOPIC_AUTHORIZATION_FAILED),
        partitions: Vec::new(),
    };
    world
        .metadata
        .topics
        .insert("t".into(), std::sync::Arc::new(topic));
    world.tell_metadata();
    for delivery in open.iter().chain([&sealed]) {
        let error = failed(delivery);
        assert!(
            matches!(error, ProduceError::TopicUnavailable { .. }),
            "{error:?}"
        );
        assert_eq!(error.class(), crate::error::Class::Denied);
    }
    let producer = world.producer();
    assert_eq!(producer.free_memory(), producer.config().buffer_memory);
    // What comes after the rights have been given leaves no gap in the numbers.
    world.gives_ids = true;
    world.describe("t", known, vec![Some(0), Some(1)]);
    world.tell_metadata();
    let delivery = world.batch(0, "v");
    let request = world.request();
    assert_eq!(
        (request.stamp(), request.values()),
        ((0, 0), vec!["v".to_owned()])
    );
    world.acknowledge(&request, 0);
    assert_eq!(written(&delivery).offset, 0);
}

#[test]
fn m7_new_partitions_are_used() {
    let mut world = World::new(ProducerConfig::default(), 1);
    let producer = world.producer();
    let error = *producer
        .try_send(Record::to("t").partition(1).value("v"))
        .expect_err("there is only 0");
    assert!(
        matches!(
            error,
            ProduceError::UnknownPartition {
                partition: 1,
                count: 1,
                ..
            }
        ),
        "{error:?}"
    );
    world.lead(vec![Some(0), Some(1)]);
    let delivery = world.batch(1, "v");
    let request = world.request();
    world.acknowledge(&request, 0);
    assert_eq!(written(&delivery).partition, 1);
}

#[test]
fn idle_topics_are_no_longer_asked_for() {
    let mut world = World::new(ProducerConfig::default(), 1);
    let delivery = world.batch(0, "v");
    let request = world.request();
    world.acknowledge(&request, 0);
    assert!(written(&delivery).offset == 0);
    assert_ne!(world.machine.topics(), crate::machine::TopicInterest::None);
    world.advance(Duration::from_secs(700));
    assert_eq!(world.machine.topics(), crate::machine::TopicInterest::None);
    let error = *world
        .producer()
        .try_send(Record::to("t").value("v"))
        .expect_err("it must be asked for");
    assert!(matches!(error, ProduceError::WouldWait), "{error:?}");
    world.step();
    assert_ne!(world.machine.topics(), crate::machine::TopicInterest::None);
    world.tell_metadata();
    let _delivery = world.send(Record::to("t").value("v"));
}

#[test]
fn a_topic_that_is_known_already_is_not_asked_for_again() {
    let mut world = World::new(ProducerConfig::default(), 1);
    world.describe("u", Uuid::from_bytes([2; 16]), vec![Some(0), Some(1)]);
    let refreshes = world.refreshes;
    let count = world.run(|producer| async move { producer.partitions("u").await });
    assert_eq!(count.expect("the topic is known"), 2);
    assert_eq!(world.refreshes, refreshes);
}

#[test]
fn names_that_no_topic_can_have_are_refused_at_once() {
    let world = World::new(ProducerConfig::default(), 1);
    let producer = world.producer();
    let long = "n".repeat(40_000);
    for name in ["", ".", "..", "a b", "a/b", "\u{e9}t\u{e9}", &long, &long[..250]] {
        let error = *producer
            .try_send(Record::to(name).value("v"))
            .expect_err("no topic can be called so");
        assert!(matches!(error, ProduceError::InvalidTopic { .. }), "{error:?}");
        assert_eq!(error.class(), crate::error::Class::Usage);
        assert!(error.to_string().len() < 400, "{error}");
    }
    for name in ["a", "A.b_c-9", "...", &long[..249]] {
        let error = *producer
            .try_send(Record::to(name).value("v"))
            .expect_err("it is not known yet");
        assert!(matches!(error, ProduceError::WouldWait), "{error:?}");
    }
}
