//! Numbers, epochs and producer ids.

use std::time::Duration;

use protocol::messages::init_producer_id::InitProducerIdResponse;
use protocol::{ApiKey, ErrorCode, VersionRange};

use super::world::{PRODUCER_ID, World, broken, failed, refused, written};
use crate::config::ProducerConfig;
use crate::connection::Reply;
use crate::error::{Class, VersionError};
use crate::produce::sequence::Identity;
use crate::produce::{Fate, ProduceError};
use crate::time::Moment;

fn world() -> World {
    World::new(ProducerConfig::default(), 2)
}

#[test]
fn numbers_run_on_within_each_partition() {
    let mut world = world();
    for (partition, expected) in [(0, 0), (1, 0), (0, 1), (0, 2), (1, 1)] {
        let _delivery = world.batch(partition, "v");
        let request = world.request();
        assert_eq!(request.stamp(), (0, expected));
        assert_eq!(request.header().producer_id, PRODUCER_ID);
        world.acknowledge(&request, 0);
    }
}

#[test]
fn p6_out_of_order_at_the_head_begins_a_new_epoch_after_draining() {
    let mut world = world();
    let acked = world.batch(0, "0");
    let request = world.request();
    world.acknowledge(&request, 0);
    assert_eq!(written(&acked).offset, 0);
    let deliveries = [world.batch(0, "a"), world.batch(0, "b"), world.batch(0, "c")];
    let (first, second) = (world.request(), world.request());
    let third = world.request();
    world.refuse(&first, ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER);
    world.after_backoff();
    world.assert_quiet();
    world.refuse(&second, ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER);
    // The third one's answer is lost; but it cannot have been written.
    world.lose(&third);
    world.after_backoff();
    let mut again = vec![world.request()];
    world.assert_quiet();
    // What the broker has of the old epoch may be gone: the first batch of the new one is alone.
    world.acknowledge(&again[0], 1);
    again.extend((0..2).map(|_| world.request()));
    assert_eq!(
        again.iter().map(|r| r.stamp()).collect::<Vec<_>>(),
        [(1, 0), (1, 1), (1, 2)]
    );
    assert_eq!(
        again.iter().map(|r| r.values()).collect::<Vec<_>>(),
        [["a"], ["b"], ["c"]]
    );
    for (offset, request) in (2..).zip(&again[1..]) {
        world.acknowledge(request, offset);
    }
    assert_eq!(deliveries.map(|delivery| written(&delivery).offset), [1, 2, 3]);
}

#[test]
fn p6_other_partitions_change_over_when_they_are_idle() {
    let mut world = world();
    let _other = world.batch(1, "x");
    let other = world.request();
    let _delivery = world.batch(0, "a");
    let first = world.request();
    world.refuse(&first, ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER);
    world.after_backoff();
    assert_eq!(world.request().stamp(), (1, 0));
    // Partition 1 has a batch of the old epoch under way: its next one waits for it.
    let _next = world.batch(1, "y");
    world.assert_quiet();
    world.acknowledge(&other, 0);
    assert_eq!(world.request().stamp(), (1, 0));
}

#[test]
fn p7_unknown_producer_without_log_start_is_retried() {
    let mut world = world();
    let _delivery = world.batch(0, "a");
    let first = world.request();
    world.answer(&first, |index| {
        let mut response = refused(index, ErrorCode::UNKNOWN_PRODUCER_ID);
        response.log_start_offset = -1;
        response
    });
    world.after_backoff();
    assert_eq!(world.request().bytes(), first.bytes());
}

#[test]
fn p8_unknown_producer_after_retention_starts_over() {
    let mut world = world();
    let _acked = world.batch(0, "0");
    let request = world.request();
    world.acknowledge(&request, 0);
    let delivery = world.batch(0, "a");
    let first = world.request();
    assert_eq!(first.stamp(), (0, 1));
    world.answer(&first, |index| {
        let mut response = refused(index, ErrorCode::UNKNOWN_PRODUCER_ID);
        response.log_start_offset = 10;
        response
    });
    world.after_backoff();
    let second = world.request();
    assert_eq!(second.stamp(), (1, 0));
    world.acknowledge(&second, 10);
    assert_eq!(written(&delivery).offset, 10);
}

#[test]
fn p9_a_delivery_timeout_of_what_may_be_written_begins_a_new_epoch() {
    let mut world = world();
    let delivery = world.batch(0, "a");
    while delivery.outcome().is_none() {
        match world.requests.pop_front() {
            Some(request) => world.lose(&request),
            None => world.advance(Duration::from_millis(500)),
        }
    }
    let error = failed(&delivery);
    assert!(matches!(error, ProduceError::DeliveryTimeout { .. }), "{error:?}");
    assert_eq!(error.fate(), Fate::MaybeWritten);
    let next = world.batch(0, "b");
    world.after_backoff();
    let request = world.request();
    assert_eq!(request.stamp(), (1, 0), "number 0 of epoch 0 may be taken");
    world.acknowledge(&request, 1);
    assert_eq!(written(&next).offset, 1);
}

#[test]
fn p9_what_may_be_written_behind_it_is_first_repeated_as_it_is() {
    let mut world = world();
    world.introduce();
    let first = world.batch(0, "a");
    let sent = world.request();
    world.advance(Duration::from_secs(100));
    let second = world.batch(0, "b");
    let behind = world.request();
    world.lose(&sent);
    world.lose(&behind);
    world.lead(vec![None, Some(1)]);
    world.advance(Duration::from_secs(30));
    assert_eq!(failed(&first).fate(), Fate::MaybeWritten);
    assert!(second.outcome().is_none());
    world.lead(vec![Some(0), Some(1)]);
    let again = world.request();
    assert_eq!(again.bytes(), behind.bytes());
    // The broker never saw the first one: now it is certain that the second was not written either.
    world.refuse(&again, ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER);
    world.after_backoff();
    let last = world.request();
    assert_eq!((last.stamp(), last.values()), ((1, 0), vec!["b".to_owned()]));
}

#[test]
fn p10_a_delivery_timeout_of_what_was_never_sent_leaves_no_gap() {
    let mut world = world();
    world.lead(vec![None, Some(1)]);
    let never = world.batch(0, "a");
    world.advance(Duration::from_secs(60));
    let later = world.batch(0, "b");
    world.advance(Duration::from_secs(61));
    let error = failed(&never);
    assert!(matches!(error, ProduceError::DeliveryTimeout { .. }), "{error:?}");
    assert_eq!(error.fate(), Fate::NotWritten);
    world.lead(vec![Some(0), Some(1)]);
    let request = world.request();
    assert_eq!(
        (request.stamp(), request.values()),
        ((0, 0), vec!["b".to_owned()])
    );
    world.acknowledge(&request, 0);
    assert_eq!(written(&later).offset, 0);
}

#[test]
fn p10_a_refused_batch_that_times_out_gives_its_number_to_the_next() {
    let mut world = world();
    world.introduce();
    let first = world.batch(0, "a");
    let sent = world.request();
    world.advance(Duration::from_secs(100));
    let second = world.batch(0, "b");
    let behind = world.request();
    world.refuse(&sent, ErrorCode::NOT_LEADER_OR_FOLLOWER);
    world.refuse(&behind, ErrorCode::NOT_LEADER_OR_FOLLOWER);
    world.lead(vec![None, Some(1)]);
    world.advance(Duration::from_secs(21));
    assert_eq!(failed(&first).fate(), Fate::NotWritten);
    world.lead(vec![Some(2), Some(1)]);
    let again = world.request();
    assert_eq!((again.stamp(), again.values()), ((0, 1), vec!["b".to_owned()]));
    world.acknowledge(&again, 1);
    assert_eq!(written(&second).offset, 1);
    let _third = world.batch(0, "c");
    assert_eq!(world.request().stamp(), (0, 2));
}

#[test]
fn p11_after_the_last_epoch_comes_a_new_id() {
    let second = Duration::from_secs(1);
    let mut identity = Identity::new(true, second, second);
    assert!(identity.poll_ask(Moment::START));
    identity.handle_id(9, i16::MAX - 1);
    identity.bump();
    let stamp = identity.first_stamp().expect("there is one epoch left");
    assert_eq!(
        (stamp.producer_id, stamp.epoch, stamp.base_sequence),
        (9, i16::MAX, 0)
    );
    identity.bump();
    assert_eq!(identity.first_stamp(), None);
    assert!(identity.poll_ask(Moment::START), "a new id is asked for");
}

#[test]
fn p11_batches_wait_for_the_new_id() {
    let mut world = world();
    world.gives_ids = false;
    let _delivery = world.batch(0, "a");
    let ask = world.identity_asks.pop().expect("the first batch needs an id");
    world.assert_quiet();
    world.give_id(&ask, 5, i16::MAX);
    let request = world.request();
    assert_eq!(request.stamp(), (i16::MAX, 0));
    world.refuse(&request, ErrorCode::INVALID_PRODUCER_EPOCH);
    world.after_backoff();
    world.assert_quiet();
    let ask = world
        .identity_asks
        .pop()
        .expect("the epochs of the first id are used up");
    world.give_id(&ask, 6, 0);
    let again = world.request();
    assert_eq!((again.header().producer_id, again.stamp()), (6, (0, 0)));
}

#[test]
fn p22_an_invalid_epoch_begins_a_new_one() {
    let mut world = world();
    let delivery = world.batch(0, "a");
    let first = world.request();
    world.refuse(&first, ErrorCode::INVALID_PRODUCER_EPOCH);
    world.after_backoff();
    let second = world.request();
    assert_eq!(second.stamp(), (1, 0));
    world.acknowledge(&second, 0);
    assert_eq!(written(&delivery).offset, 0);
}

#[test]
fn p22_fenced_is_final() {
    let mut world = world();
    let delivery = world.batch(0, "a");
    let first = world.request();
    world.refuse(&first, ErrorCode::PRODUCER_FENCED);
    assert_eq!(failed(&delivery).class(), Class::Fenced);
}

#[test]
fn p34_sends_wait_for_the_id_no_longer_than_for_delivery() {
    let mut world = world();
    world.gives_ids = false;
    let delivery = world.batch(0, "a");
    let mut asks = 0;
    while delivery.outcome().is_none() {
        match world.identity_asks.pop() {
            Some(ask) if asks % 2 == 0 => {
                asks += 1;
                world.outcome(ask.tag, Err(broken(false)));
            }
            Some(ask) => {
                asks += 1;
                let response = InitProducerIdResponse {
                    error_code: ErrorCode::COORDINATOR_LOAD_IN_PROGRESS.0,
                    ..Default::default()
                };
                let mut writer = protocol::wire::Writer::new();
                protocol::Encode::encode(&response, &mut writer, 5).expect("can be encoded");
                let body = writer.finish().to_bytes();
                world.outcome(
                    ask.tag,
                    Ok(Reply {
                        key: ApiKey::INIT_PRODUCER_ID,
                        version: 5,
                        body,
                    }),
                );
            }
            None => world.advance(Duration::from_millis(500)),
        }
        world.assert_quiet();
    }
    let error = failed(&delivery);
    assert!(matches!(error, ProduceError::DeliveryTimeout { .. }), "{error:?}");
    assert_eq!(error.fate(), Fate::NotWritten);
    assert!(
        (100..200).contains(&asks),
        "one a second, after the first few: {asks}"
    );
    // As soon as there is an id, what comes next is written.
    let _next = world.batch(0, "b");
    world.advance(Duration::from_secs(2));
    let ask = world.identity_asks.pop().expect("asked again");
    world.give_id(&ask, 1, 0);
    assert_eq!(world.request().values(), ["b"]);
}

#[test]
fn p35_a_broker_without_idempotence_is_named_at_once() {
    let mut world = world();
    world.gives_ids = false;
    let delivery = world.batch(0, "a");
    let ask = world.identity_asks.pop().expect("an id is asked for");
    let version = VersionError {
        api: ApiKey::INIT_PRODUCER_ID,
        node: None,
        ours: VersionRange { first: 0, last: 5 },
        theirs: None,
    };
    world.outcome(ask.tag, Err(version.into()));
    let error = failed(&delivery);
    assert!(matches!(error, ProduceError::NoProducerId { .. }), "{error:?}");
    assert_eq!((error.fate(), error.class()), (Fate::NotWritten, Class::Usage));
    assert!(error.to_string().contains("enable.idempotence=false"), "{error}");
}

#[test]
fn p20_no_right_to_be_idempotent_is_a_clear_error() {
    let mut world = world();
    world.gives_ids = false;
    let delivery = world.batch(0, "a");
    let ask = world.identity_asks.pop().expect("an id is asked for");
    let response = InitProducerIdResponse {
        error_code: ErrorCode::CLUSTER_AUTHORIZATION_FAILED.0,
        ..Default::default()
    };
    let mut writer = protocol::wire::Writer::new();
    protocol::Encode::encode(&response, &mut writer, 5).expect("can be encoded");
    let body = writer.finish().to_bytes();
    world.outcome(
        ask.tag,
        Ok(Reply {
            key: ApiKey::INIT_PRODUCER_ID,
            version: 5,
            body,
        }),
    );
    let error = failed(&delivery);
    assert!(
        matches!(error, ProduceError::ProducerIdRefused { .. }),
        "{error:?}"
    );
    assert_eq!((error.fate(), error.class()), (Fate::NotWritten, Class::Denied));
}
