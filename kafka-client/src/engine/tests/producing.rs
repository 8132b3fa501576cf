//! A producer's machine in an engine.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use protocol::messages::metadata::{MetadataResponsePartition, MetadataResponseTopic};
use protocol::{ApiKey, ErrorCode, Uuid};

use super::world::{World, at};
use crate::client::Producer;
use crate::config::{ConnectionConfig, ProducerConfig};
use crate::error::Class;
use crate::produce::{Clock, ProduceError};
use crate::time::Moment;

#[derive(Debug, Default)]
struct TestClock(AtomicU64);

impl Clock for TestClock {
    fn now(&self) -> Moment {
        at(self.0.load(Ordering::Relaxed))
    }

    fn unix_ms(&self) -> i64 {
        0
    }
}

/// A producer, and the engine that it is in, one broker in the cluster.
fn producing() -> (World, Producer, Arc<TestClock>) {
    let mut world = World::new(1, |_| {});
    let clock = Arc::new(TestClock::default());
    let (producer, machine) = Producer::assemble(
        ProducerConfig {
            enable_idempotence: Some(false),
            ..ProducerConfig::default()
        },
        &ConnectionConfig::default(),
        clock.clone(),
        Waker::noop().clone(),
        7,
    )
    .expect("a valid configuration");
    world.probe.care_for(&[]);
    world.engine.install(world.now, machine);
    world.start();
    (world, producer, clock)
}

fn describe(world: &mut World, error: ErrorCode, leaders: &[i32]) {
    let partition = |(index, leader): (usize, &i32)| MetadataResponsePartition {
        error_code: if *leader < 0 {
            ErrorCode::LEADER_NOT_AVAILABLE.0
        } else {
            0
        },
        partition_index: i32::try_from(index).expect("few"),
        leader_id: *leader,
        leader_epoch: 1,
        ..MetadataResponsePartition::default()
    };
    world.metadata.topics = vec![MetadataResponseTopic {
        name: Some("t".to_owned()),
        topic_id: Uuid::from_bytes([1; 16]),
        error_code: error.0,
        partitions: leaders.iter().enumerate().map(partition).collect(),
        ..MetadataResponseTopic::default()
    }];
}

fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn pass(world: &mut World, clock: &TestClock, millis: u64) {
    let end = world.now + Duration::from_millis(millis);
    clock.0.fetch_add(millis, Ordering::Relaxed);
    world.run_until(end);
}

#[test]
fn m2_a_topic_that_appears_after_a_while_is_found() {
    let (mut world, producer, clock) = producing();
    describe(&mut world, ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, &[]);
    let mut partitions = Box::pin(producer.partitions("t"));
    assert!(poll(partitions.as_mut()).is_pending());
    world.wake();
    pass(&mut world, &clock, 5_000);
    assert!(poll(partitions.as_mut()).is_pending());
    let asked = world.requested(ApiKey::METADATA).len();
    assert!((5..=15).contains(&asked), "spaced, and not given up: {asked}");
    describe(&mut world, ErrorCode::NONE, &[1, 1]);
    pass(&mut world, &clock, 1_500);
    let Poll::Ready(Ok(2)) = poll(partitions.as_mut()) else {
        panic!("the topic has two partitions by now")
    };
}

#[test]
fn m4_a_topic_that_is_denied_is_denied_again_at_once() {
    let (mut world, producer, clock) = producing();
    describe(&mut world, ErrorCode::TOPIC_AUTHORIZATION_FAILED, &[]);
    for _ in 0..3 {
        let mut partitions = Box::pin(producer.partitions("t"));
        assert!(poll(partitions.as_mut()).is_pending());
        world.wake();
        pass(&mut world, &clock, 1_500);
        let Poll::Ready(Err(error)) = poll(partitions.as_mut()) else {
            panic!("what the broker says is known")
        };
        assert!(
            matches!(error, ProduceError::TopicUnavailable { .. }),
            "{error:?}"
        );
        assert_eq!(error.class(), Class::Denied);
    }
}

#[test]
fn m3_a_partition_without_leader_is_asked_for_until_it_has_one() {
    let (mut world, producer, clock) = producing();
    describe(&mut world, ErrorCode::NONE, &[-1]);
    let mut partitions = Box::pin(producer.partitions("t"));
    assert!(poll(partitions.as_mut()).is_pending());
    world.wake();
    pass(&mut world, &clock, 1_500);
    assert!(poll(partitions.as_mut()).is_ready());
    world.log.clear();
    pass(&mut world, &clock, 10_000);
    assert!(
        world.requested(ApiKey::METADATA).is_empty(),
        "nothing is to be sent"
    );
    let record = crate::produce::Record::to("t").partition(0).value("v");
    let _delivery = producer.try_send(record).expect("there is room");
    world.wake();
    pass(&mut world, &clock, 5_000);
    let asked = world.requested(ApiKey::METADATA).len();
    assert!((4..=15).contains(&asked), "spaced, and not given up: {asked}");
}
