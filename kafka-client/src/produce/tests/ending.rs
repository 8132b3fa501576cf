//! Flush, close, and being dropped.

use std::future::Future;
use std::sync::Arc;
use std::task::{Poll, Waker};
use std::time::Duration;

use protocol::ErrorCode;

use super::world::{TestClock, World, failed, poll, written};
use crate::cluster::Metadata;
use crate::config::ProducerConfig;
use crate::machine::Machine;
use crate::produce::{Accumulator, Delivery, Fate, FlushError, ProduceError, Record, Sender, Timing};
use crate::time::Moment;

fn world() -> World {
    World::new(ProducerConfig::default(), 2)
}

#[test]
fn p28_flush_seals_at_once_and_returns_when_all_is_resolved() {
    let mut world = world();
    let deliveries = [0, 1].map(|partition| world.send(Record::to("t").partition(partition).value("v")));
    let producer = world.producer();
    let mut flush = Box::pin(producer.flush());
    assert!(poll(flush.as_mut()).is_pending());
    let requests = [world.request(), world.request()];
    // Sent meanwhile, and not waited for.
    let later = world.send(Record::to("t").partition(0).value("later"));
    world.acknowledge(&requests[0], 0);
    assert!(poll(flush.as_mut()).is_pending());
    world.refuse(&requests[1], ErrorCode::POLICY_VIOLATION);
    let Poll::Ready(Err(FlushError::Failed { records: 1, first })) = poll(flush.as_mut()) else {
        panic!("one partition failed")
    };
    assert!(matches!(*first, ProduceError::Broker { .. }));
    assert!(deliveries.iter().all(|delivery| delivery.outcome().is_some()));
    assert!(later.outcome().is_none());
}

#[test]
fn p28_flush_reports_each_failure_once() {
    let mut world = world();
    drop(world.batch(0, "v"));
    let request = world.request();
    world.refuse(&request, ErrorCode::POLICY_VIOLATION);
    let first = world.run(|producer| async move { producer.flush().await });
    assert!(
        matches!(first, Err(FlushError::Failed { records: 1, .. })),
        "{first:?}"
    );
    let second = world.run(|producer| async move { producer.flush().await });
    second.expect("nothing has failed since");
}

#[test]
fn p28_a_flush_does_not_miss_a_batch_that_is_being_opened() {
    let (shared, mut sender, _delivery, seal) = sealing();
    seal(&shared);
    shared.seal_open();
    sender.handle_wakeup(Moment::START, &Metadata::default());
    let topic = shared.topic("t").expect("it is there").clone();
    let partition = topic.partitions.get(0).expect("the only partition").clone();
    std::thread::scope(|scope| {
        // Who opens a batch comes as far as to the list.
        let inbox = shared.inbox.lock();
        let sending = scope.spawn(|| shared.append_slowly(&topic, &Record::to("t").value("v"), 0, None));
        while partition.lot.lock().opened().is_none() {
            std::thread::yield_now();
        }
        // A flush begins, and the sender looks at the list before the batch is on it.
        drop(shared.memory.flush());
        drop(inbox);
        let sent = sending.join().expect("no panic");
        assert!(sent.is_ok(), "{sent:?}");
    });
    sender.handle_wakeup(Moment::START, &Metadata::default());
    assert!(partition.lot.lock().opened().is_none(), "linger is not over");
}

#[test]
fn p28_flush_of_nothing_returns_at_once() {
    let mut world = world();
    world
        .run(|producer| async move { producer.flush().await })
        .expect("there is nothing to flush");
}

#[test]
fn p29_close_gives_up_what_is_left_after_its_time() {
    let mut world = world();
    world.lead(vec![Some(0), None]);
    let sent = world.batch(0, "sent");
    let _request = world.request();
    let unsent = world.batch(1, "unsent");
    let open = world.send(Record::to("t").partition(1).value("open"));
    let other = world.producer();
    let producer = world.producer.take().expect("not closed yet");
    let mut close = Box::pin(producer.close(Duration::from_secs(3)));
    assert!(poll(close.as_mut()).is_pending());
    world.advance(Duration::from_millis(2999));
    assert!(poll(close.as_mut()).is_pending());
    let error = *other
        .try_send(Record::to("t").partition(0).value("v"))
        .expect_err("it is closing");
    assert!(
        matches!(
            error,
            ProduceError::Closed {
                fate: Fate::NotWritten
            }
        ),
        "{error:?}"
    );
    world.advance(Duration::from_millis(1));
    let Poll::Ready(Err(FlushError::Failed { records: 3, .. })) = poll(close.as_mut()) else {
        panic!("three records were given up")
    };
    assert_eq!(failed(&sent).fate(), Fate::MaybeWritten);
    assert_eq!(failed(&unsent).fate(), Fate::NotWritten);
    assert_eq!(failed(&open).fate(), Fate::NotWritten);
    assert!(world.machine.is_done());
    assert_eq!(world.machine.next_deadline(), None);
}

#[test]
fn p29_close_returns_when_all_is_written() {
    let mut world = world();
    let delivery = world.send(Record::to("t").partition(0).value("v"));
    let producer = world.producer.take().expect("not closed yet");
    let mut close = Box::pin(producer.close(Duration::from_secs(30)));
    assert!(poll(close.as_mut()).is_pending());
    let request = world.request();
    world.acknowledge(&request, 0);
    assert!(matches!(poll(close.as_mut()), Poll::Ready(Ok(()))));
    assert_eq!(written(&delivery).offset, 0);
    assert!(world.machine.is_done());
}

#[test]
fn p29_close_does_not_leave_waiting_callers_behind() {
    let config = ProducerConfig {
        buffer_memory: 16 * 1024,
        ..ProducerConfig::default()
    };
    let mut world = World::new(config, 2);
    let value = "v".repeat(16_000);
    let _first = world.send(Record::to("t").partition(0).value(&value));
    let other = world.producer();
    let mut waiting = Box::pin(other.send(Record::to("t").partition(1).value("v")));
    let mut unknown = Box::pin(other.send(Record::to("unknown").value("v")));
    assert!(poll(waiting.as_mut()).is_pending() && poll(unknown.as_mut()).is_pending());
    let producer = world.producer.take().expect("not closed yet");
    let mut close = Box::pin(producer.close(Duration::ZERO));
    assert!(poll(close.as_mut()).is_pending());
    world.step();
    assert!(poll(close.as_mut()).is_ready());
    for refused in [poll(waiting.as_mut()), poll(unknown.as_mut())] {
        let Poll::Ready(Err(error)) = refused else {
            panic!("{refused:?}")
        };
        assert!(matches!(*error, ProduceError::Closed { .. }), "{error:?}");
    }
}

#[test]
fn the_last_handle_dropped_still_writes_what_was_sent() {
    let mut world = world();
    let delivery = world.send(Record::to("t").partition(0).value("v"));
    world.producer = None;
    let request = world.request();
    assert!(!world.machine.is_done());
    world.acknowledge(&request, 0);
    assert_eq!(written(&delivery).offset, 0);
    assert!(world.machine.is_done());
}

#[test]
fn l2_an_engine_that_ends_resolves_everything() {
    let mut world = world();
    let sent = world.batch(0, "sent");
    let _request = world.request();
    let open = world.send(Record::to("t").partition(1).value("open"));
    let producer = world.producer();
    let mut flush = Box::pin(producer.flush());
    assert!(poll(flush.as_mut()).is_pending());
    let World {
        machine,
        producer: _held,
        ..
    } = world;
    drop(machine);
    assert_eq!(failed(&sent).fate(), Fate::MaybeWritten);
    assert_eq!(failed(&open).fate(), Fate::NotWritten);
    assert!(poll(flush.as_mut()).is_ready());
    let error = *producer
        .try_send(Record::to("t").value("v"))
        .expect_err("the engine is gone");
    assert!(matches!(error, ProduceError::Closed { .. }), "{error:?}");
}

#[test]
fn deliveries_of_many_records_come_in_order() {
    let mut world = world();
    world.introduce();
    let value = "v".repeat(100);
    let producer = world.producer();
    let mut sending = Box::pin(async move {
        let records = (0..500).map(|_| Record::to("t").partition(0).value(&value));
        producer.send_all(records).await
    });
    let Poll::Ready(mut deliveries) = poll(sending.as_mut()) else {
        panic!("there is room")
    };
    assert_eq!(deliveries.len(), 500);
    world.linger();
    let mut next = 1;
    let mut reversed: Vec<_> = std::iter::from_fn(|| world.requests.pop_front()).collect();
    reversed.reverse();
    for request in &reversed {
        let header = request.header();
        world.acknowledge(request, i64::from(header.base_sequence));
    }
    while let Poll::Ready(Some(outcome)) = poll(Box::pin(deliveries.next()).as_mut()) {
        assert_eq!(outcome.expect("written").offset, next);
        next += 1;
    }
    assert_eq!(next, 501);
    assert!(deliveries.is_empty());
}

#[test]
fn a_delivery_wakes_its_task_once_it_is_resolved() {
    use std::pin::Pin;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Wake};

    struct Count(AtomicUsize);
    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    let mut world = world();
    let mut delivery = world.batch(0, "v");
    let count = Arc::new(Count(AtomicUsize::new(0)));
    let waker = Waker::from(count.clone());
    let mut cx = Context::from_waker(&waker);
    for _ in 0..3 {
        assert!(Future::poll(Pin::new(&mut delivery), &mut cx).is_pending());
    }
    let request = world.request();
    world.acknowledge(&request, 0);
    assert_eq!(count.0.load(Ordering::Relaxed), 1);
    assert!(Future::poll(Pin::new(&mut delivery), &mut cx).is_ready());
}

#[test]
fn a_delivery_takes_16_bytes() {
    assert_eq!(size_of::<Delivery>(), 16);
}

/// A producer whose batch was taken to be sealed, by a caller who has not come to it yet.
fn sealing() -> (Arc<Accumulator>, Sender, Delivery, impl FnOnce(&Accumulator)) {
    let clock = Arc::new(TestClock::default());
    let shared = Accumulator::new(ProducerConfig::default(), clock, Waker::noop().clone(), 1);
    let shared = Arc::new(shared);
    let timing = Timing {
        request_timeout: Duration::from_secs(30),
        retry_backoff: Duration::from_millis(100),
        retry_backoff_max: Duration::from_secs(1),
    };
    let sender = Sender::new(shared.clone(), timing, 1);
    let topic = shared.topic("t").expect("room for a topic").clone();
    topic.set_count(1);
    let delivery = shared
        .append(&topic, &Record::to("t").value("v"), 0)
        .expect("room for a record");
    let partition = topic.partitions.get(0).expect("the only partition").clone();
    let filled = partition.lot.lock().take().expect("an open batch");
    (shared, sender, delivery, move |shared: &Accumulator| {
        shared.seal(&partition, filled);
    })
}

#[test]
fn p29_the_end_waits_for_a_batch_that_is_being_sealed() {
    let (shared, mut sender, delivery, seal) = sealing();
    shared.closing.request(None);
    sender.handle_wakeup(Moment::START, &Metadata::default());
    assert!(!sender.is_done());
    seal(&shared);
    sender.handle_wakeup(Moment::START, &Metadata::default());
    assert!(!sender.is_done(), "it is to be sent");
    assert!(delivery.outcome().is_none());
}

#[test]
fn p29_a_batch_sealed_after_the_end_is_resolved() {
    let (shared, sender, delivery, seal) = sealing();
    drop(sender);
    seal(&shared);
    assert!(matches!(
        failed(&delivery),
        ProduceError::Closed {
            fate: Fate::NotWritten
        }
    ));
}

#[test]
fn p29_a_batch_sealed_before_one_in_front_of_it_ends_too() {
    let (shared, sender, first, seal) = sealing();
    let topic = shared.topic("t").expect("it is there").clone();
    let second = shared
        .append_slowly(&topic, &Record::to("t").value("v"), 0, None)
        .expect("room for a record");
    let partition = topic.partitions.get(0).expect("the only partition").clone();
    let filled = partition.lot.lock().take().expect("an open batch");
    shared.seal(&partition, filled);
    drop(sender);
    let is_closed = |delivery: &Delivery| matches!(failed(delivery), ProduceError::Closed { .. });
    assert!(is_closed(&second));
    seal(&shared);
    assert!(is_closed(&first));
    let report = shared.tally.lock().report();
    assert!(
        matches!(report, Err(FlushError::Failed { records: 2, .. })),
        "{report:?}"
    );
    assert_eq!(shared.free_memory(), shared.config().buffer_memory);
}

/// Begins to wait for a topic when it is woken.
struct Latecomer {
    shared: Arc<Accumulator>,
    topic: Arc<crate::produce::Topic>,
    verdict: parking_lot::Mutex<Option<bool>>,
}

impl std::task::Wake for Latecomer {
    fn wake(self: Arc<Self>) {
        let mut waiting = Box::pin(self.shared.partitions_of(&self.topic));
        *self.verdict.lock() = Some(matches!(
            poll(waiting.as_mut()),
            Poll::Ready(Err(ProduceError::Closed { .. }))
        ));
    }
}

#[test]
fn p29_nobody_begins_to_wait_for_a_topic_while_the_end_is_told() {
    let (shared, sender, _delivery, seal) = sealing();
    seal(&shared);
    let topic = |name| shared.topic(name).expect("room for a topic").clone();
    let (early, late) = (topic("early"), topic("late"));
    let latecomer = Arc::new(Latecomer {
        shared: shared.clone(),
        topic: early,
        verdict: parking_lot::Mutex::default(),
    });
    let mut waiting = Box::pin(shared.partitions_of(&late));
    let waker = Waker::from(latecomer.clone());
    let mut cx = std::task::Context::from_waker(&waker);
    assert!(waiting.as_mut().poll(&mut cx).is_pending());
    drop(sender);
    assert!(matches!(
        poll(waiting.as_mut()),
        Poll::Ready(Err(ProduceError::Closed { .. }))
    ));
    assert_eq!(*latecomer.verdict.lock(), Some(true), "it would wait for ever");
}

#[test]
fn records_sent_together_go_each_where_it_belongs() {
    let mut world = world();
    let values: Vec<String> = (0..100).map(|n| n.to_string()).collect();
    let producer = world.producer();
    let mut sending = Box::pin(producer.send_all(values.iter().zip(0..).map(|(value, n)| {
        // Runs of three; one in ten has no such partition.
        let partition = if n % 10 == 9 { 7 } else { n / 3 % 2 };
        Record::to("t").partition(partition).value(value)
    })));
    let Poll::Ready(mut deliveries) = poll(sending.as_mut()) else {
        panic!("there is room")
    };
    assert_eq!(deliveries.len(), 100);
    world.linger();
    let mut read = std::collections::BTreeMap::new();
    while let Some(request) = world.requests.pop_front() {
        let [partition] = request.partitions()[..] else {
            panic!("one partition for each broker")
        };
        for (offset, value) in (0_i64..).zip(request.values()) {
            read.insert((partition, offset), value);
        }
        world.acknowledge(&request, 0);
    }
    for (n, value) in (0..).zip(&values) {
        let Poll::Ready(Some(outcome)) = poll(Box::pin(deliveries.next()).as_mut()) else {
            panic!("an outcome for each record")
        };
        match outcome {
            Ok(written) => {
                assert_eq!(written.partition, n / 3 % 2);
                assert_eq!(read.get(&(written.partition, written.offset)), Some(value));
            }
            Err(error) => {
                assert_eq!(n % 10, 9);
                assert!(matches!(
                    error,
                    ProduceError::UnknownPartition { partition: 7, .. }
                ));
            }
        }
    }
    assert!(deliveries.is_empty());
}

#[test]
fn a_send_polled_after_its_end_does_not_send_again() {
    let mut world = world();
    let producer = world.producer();
    let mut send = Box::pin(producer.send(Record::to("t").partition(0).value("v")));
    assert!(poll(send.as_mut()).is_ready());
    let again = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| poll(send.as_mut()).is_ready()));
    assert!(again.is_err());
    world.linger();
    assert_eq!(world.request().values(), ["v"]);
}
