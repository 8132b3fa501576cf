//! What brokers refuse.

use protocol::ErrorCode;
use protocol::messages::produce::BatchIndexAndErrorMessage;

use super::world::{World, failed, refused, written};
use crate::config::ProducerConfig;
use crate::error::Class;
use crate::produce::{Delivery, Fate, ProduceError, Record};

fn world() -> World {
    World::new(ProducerConfig::default(), 2)
}

/// One batch of these values in partition 0.
fn batch(world: &mut World, values: &[&str]) -> Vec<Delivery> {
    let deliveries = values
        .iter()
        .map(|value| world.send(Record::to("t").partition(0).value(*value)))
        .collect();
    world.seal();
    deliveries
}

#[test]
fn p13_a_batch_too_large_is_split_in_order_and_keeps_its_numbers() {
    let mut world = world();
    world.introduce();
    let deliveries = batch(&mut world, &["a", "b", "c", "d"]);
    let behind = batch(&mut world, &["e"]);
    let (large, small) = (world.request(), world.request());
    assert_eq!((large.stamp(), small.stamp()), ((0, 1), (0, 5)));
    world.refuse(&large, ErrorCode::MESSAGE_TOO_LARGE);
    world.refuse(&small, ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER);
    world.after_backoff();
    let parts = [world.request(), world.request(), world.request()];
    assert_eq!(
        parts.each_ref().map(|part| part.stamp()),
        [(0, 1), (0, 3), (0, 5)]
    );
    assert_eq!(parts[0].values(), ["a", "b"]);
    assert_eq!(parts[1].values(), ["c", "d"]);
    assert_eq!(parts[2].bytes(), small.bytes());
    world.acknowledge(&parts[0], 10);
    assert_eq!(written(&deliveries[1]).offset, 11, "a part is resolved by itself");
    assert!(deliveries[2].outcome().is_none());
    world.acknowledge(&parts[1], 12);
    world.acknowledge(&parts[2], 14);
    let offsets: Vec<_> = deliveries
        .iter()
        .chain(&behind)
        .map(|d| written(d).offset)
        .collect();
    assert_eq!(offsets, [10, 11, 12, 13, 14]);
    assert_eq!(
        world.producer().free_memory(),
        world.producer().config().buffer_memory
    );
}

#[test]
fn p13_a_split_can_go_down_to_one_record() {
    let mut world = world();
    let deliveries = batch(&mut world, &["a", "b", "c"]);
    let mut seen = Vec::new();
    while deliveries.iter().any(|delivery| delivery.outcome().is_none()) {
        let request = world.request();
        if request.stamp() != (0, i32::try_from(seen.len()).expect("small")) {
            world.refuse(&request, ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER);
        } else if request.header().count > Some(1) {
            world.refuse(&request, ErrorCode::MESSAGE_TOO_LARGE);
        } else {
            seen.extend(request.values());
            world.acknowledge(&request, 0);
        }
        world.after_backoff();
    }
    assert_eq!(seen, ["a", "b", "c"]);
}

#[test]
fn p14_a_single_record_too_large_fails_alone_and_leaves_no_gap() {
    for code in [ErrorCode::MESSAGE_TOO_LARGE, ErrorCode::RECORD_LIST_TOO_LARGE] {
        let mut world = world();
        world.introduce();
        let large = batch(&mut world, &["a"]);
        let behind = batch(&mut world, &["b"]);
        let (first, second) = (world.request(), world.request());
        world.refuse(&first, code);
        assert_eq!(failed(&large[0]).fate(), Fate::Rejected);
        world.refuse(&second, ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER);
        world.after_backoff();
        let again = world.request();
        assert_eq!((again.stamp(), again.values()), ((0, 1), vec!["b".to_owned()]));
        world.acknowledge(&again, 1);
        assert_eq!(written(&behind[0]).offset, 1);
    }
}

/// A broker without a batch of this producer takes any number for its first one.
#[test]
fn p13_nothing_follows_the_first_batch_before_it_is_written() {
    let refusals = [
        ErrorCode::MESSAGE_TOO_LARGE,
        ErrorCode::NOT_ENOUGH_REPLICAS,
        ErrorCode::NOT_LEADER_OR_FOLLOWER,
    ];
    for code in refusals.map(Some).into_iter().chain([None]) {
        let mut world = world();
        let deliveries = batch(&mut world, &["a", "b"]);
        let behind = batch(&mut world, &["c"]);
        let first = world.request();
        world.assert_quiet();
        match code {
            Some(code) => world.refuse(&first, code),
            None => world.lose(&first),
        }
        let mut log = Vec::new();
        while behind.iter().any(|delivery| delivery.outcome().is_none()) {
            world.after_backoff();
            let request = world.request();
            if log.is_empty() {
                world.assert_quiet();
            }
            assert_eq!(
                request.stamp(),
                (0, i32::try_from(log.len()).expect("small")),
                "{code:?}"
            );
            let offset = i64::try_from(log.len()).expect("small");
            log.extend(request.values());
            world.acknowledge(&request, offset);
        }
        assert_eq!(log, ["a", "b", "c"], "{code:?}");
        let offsets: Vec<_> = deliveries.iter().map(|d| written(d).offset).collect();
        assert_eq!(offsets, [0, 1], "{code:?}");
    }
}

#[test]
fn p18_only_the_records_named_are_at_fault() {
    let mut world = world();
    let deliveries = batch(&mut world, &["a", "b", "c", "d"]);
    let request = world.request();
    world.answer(&request, |index| {
        let mut response = refused(index, ErrorCode::INVALID_RECORD);
        response.error_message = Some("compacted topic cannot accept it".to_owned());
        // Out of order, out of range, without text.
        response.record_errors = vec![
            BatchIndexAndErrorMessage {
                batch_index: 2,
                batch_index_error_message: Some("no key".to_owned()),
            },
            BatchIndexAndErrorMessage {
                batch_index: 0,
                batch_index_error_message: None,
            },
            BatchIndexAndErrorMessage {
                batch_index: 400,
                batch_index_error_message: None,
            },
            BatchIndexAndErrorMessage {
                batch_index: -1,
                batch_index_error_message: None,
            },
        ];
        response
    });
    let errors: Vec<_> = deliveries.iter().map(failed).collect();
    for (at, is_at_fault) in [(0, true), (1, false), (2, true), (3, false)] {
        let expected = if is_at_fault {
            Fate::Rejected
        } else {
            Fate::NotWritten
        };
        assert_eq!(errors[at].fate(), expected, "{at}");
        assert_eq!(
            matches!(errors[at], ProduceError::RecordRejected { .. }),
            is_at_fault,
            "{at}"
        );
    }
    assert!(
        errors[2].to_string().ends_with("the record was refused: no key"),
        "{}",
        errors[2]
    );
    // Nothing was written: the next batch takes the number.
    let _next = batch(&mut world, &["e"]);
    assert_eq!(world.request().stamp(), (0, 0));
}

#[test]
fn p19_what_will_never_be_taken_is_not_sent_again() {
    for code in [
        ErrorCode::INVALID_REQUIRED_ACKS,
        ErrorCode::INVALID_TIMESTAMP,
        ErrorCode::UNSUPPORTED_FOR_MESSAGE_FORMAT,
        ErrorCode::UNSUPPORTED_COMPRESSION_TYPE,
        ErrorCode::POLICY_VIOLATION,
    ] {
        let mut world = world();
        let deliveries = batch(&mut world, &["a", "b"]);
        let request = world.request();
        world.refuse(&request, code);
        for delivery in &deliveries {
            let error = failed(delivery);
            assert_eq!(
                (error.fate(), error.class()),
                (Fate::Rejected, Class::Usage),
                "{code}"
            );
        }
        world.after_backoff();
        world.assert_quiet();
    }
}

#[test]
fn p20_missing_rights_are_not_retried() {
    for code in [
        ErrorCode::TOPIC_AUTHORIZATION_FAILED,
        ErrorCode::CLUSTER_AUTHORIZATION_FAILED,
    ] {
        let mut world = world();
        let deliveries = batch(&mut world, &["a"]);
        let request = world.request();
        world.refuse(&request, code);
        assert_eq!(failed(&deliveries[0]).class(), Class::Denied);
        world.after_backoff();
        world.assert_quiet();
    }
}

#[test]
fn a_server_error_leaves_open_whether_it_was_written() {
    let mut world = world();
    let deliveries = batch(&mut world, &["a"]);
    let request = world.request();
    world.refuse(&request, ErrorCode::UNKNOWN_SERVER_ERROR);
    assert_eq!(failed(&deliveries[0]).fate(), Fate::MaybeWritten);
    let _next = batch(&mut world, &["b"]);
    assert_eq!(world.request().stamp(), (1, 0), "the old number may be taken");
}
