//! How long callers wait.

use std::task::Poll;
use std::time::Duration;

use protocol::Uuid;

use super::world::{World, poll};
use crate::config::ProducerConfig;
use crate::produce::{Deliveries, ProduceError, Record};

/// A producer whose memory one batch fills.
fn full() -> World {
    let config = ProducerConfig {
        buffer_memory: 16 * 1024,
        ..ProducerConfig::default()
    };
    World::new(config, 2)
}

fn fill(world: &World) {
    let value = "v".repeat(16_000);
    let _full = world.send(Record::to("t").partition(0).value(&value));
}

/// How many of them, up to the first one without an outcome, were refused.
fn refused(mut deliveries: Deliveries) -> usize {
    let mut refused = 0;
    while let Poll::Ready(Some(outcome)) = poll(Box::pin(deliveries.next()).as_mut()) {
        refused += usize::from(matches!(outcome, Err(ProduceError::BufferFull { .. })));
    }
    refused
}

#[test]
fn p27_records_sent_together_give_up_after_one_max_block() {
    let mut world = full();
    fill(&world);
    let producer = world.producer();
    let records = (0..40).map(|_| Record::to("t").partition(1).value("v"));
    let mut sending = Box::pin(producer.send_all(records));
    assert!(poll(sending.as_mut()).is_pending());
    world.advance(Duration::from_secs(59));
    assert!(poll(sending.as_mut()).is_pending());
    world.advance(Duration::from_secs(1));
    let Poll::Ready(deliveries) = poll(sending.as_mut()) else {
        panic!("max.block is over")
    };
    assert_eq!(refused(deliveries), 40);
}

#[test]
fn p27_the_time_of_records_sent_together_runs_anew_once_one_is_taken() {
    let mut world = full();
    fill(&world);
    let producer = world.producer();
    let value = "v".repeat(16_000);
    let records = (0..2).map(|_| Record::to("t").partition(1).value(&value));
    let mut sending = Box::pin(producer.send_all(records));
    assert!(poll(sending.as_mut()).is_pending());
    let first = world.request();
    world.advance(Duration::from_secs(40));
    world.acknowledge(&first, 0);
    assert!(poll(sending.as_mut()).is_pending(), "the second one waits");
    let second = world.request();
    world.advance(Duration::from_secs(40));
    world.acknowledge(&second, 0);
    let Poll::Ready(deliveries) = poll(sending.as_mut()) else {
        panic!("there is room")
    };
    assert_eq!(refused(deliveries), 0);
}

#[test]
fn p27_who_has_waited_for_the_topic_gives_up_before_those_in_front() {
    let mut world = full();
    let producer = world.producer();
    let mut early = Box::pin(producer.send(Record::to("new").partition(0).value("v")));
    assert!(poll(early.as_mut()).is_pending());
    world.advance(Duration::from_secs(20));
    fill(&world);
    let mut late = Box::pin(producer.send(Record::to("t").partition(1).value("v")));
    assert!(poll(late.as_mut()).is_pending());
    world.advance(Duration::from_secs(10));
    world.describe("new", Uuid::from_bytes([2; 16]), vec![Some(0)]);
    world.tell_metadata();
    assert!(poll(early.as_mut()).is_pending(), "now it waits for memory");
    world.advance(Duration::from_secs(30));
    let Poll::Ready(Err(error)) = poll(early.as_mut()) else {
        panic!("max.block is over")
    };
    assert!(matches!(*error, ProduceError::BufferFull { .. }), "{error:?}");
    assert!(poll(late.as_mut()).is_pending());
    world.advance(Duration::from_secs(20));
    assert!(poll(late.as_mut()).is_ready());
}
