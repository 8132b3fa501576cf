use std::time::Duration;

use bytes::{Bytes, BytesMut};
use protocol::compress::Compression;
use protocol::messages::fetch::{AbortedTransaction, FetchRequest};
use protocol::records::{EndMarker, SealOptions, end_marker_batch};

use super::world::{World, batch, batch_by, data, join, transactional, wanted};
use crate::config::{ConsumerConfig, IsolationLevel};
use crate::consume::StartAt;
use crate::machine::Machine;

const FROM_START: StartAt = StartAt::Offset(0);

fn damaged(batch: &Bytes, at: usize) -> Bytes {
    let mut bytes = BytesMut::from(&batch[..]);
    bytes[at] ^= 0x55;
    bytes.freeze()
}

#[test]
fn f17_a_wrong_checksum_is_an_error_with_its_place_and_is_not_hurried() {
    let mut world = World::assigned(&[(0, FROM_START)], |_| {});
    let bad = batch(2, 3, 5);
    let bytes = join(&[batch(0, 2, 5), damaged(&bad, bad.len() - 2)]);
    world.feed(bytes.clone(), 9);
    assert_eq!(world.ask(), "t-0: 0 1", "what is whole comes first");
    let bad_again = bytes.slice(batch(0, 2, 5).len()..);
    let mut errors = 0;
    world.asks.clear();
    for _ in 0..100 {
        let said = world.ask();
        if said == "error: partition t-0: the batch at offset 2 cannot be read" {
            errors += 1;
        } else {
            assert_eq!(said, "nothing");
        }
        world.pass(Duration::from_millis(100));
        for _ in 0..world.asks.len() {
            let (ask, request) = world.next::<FetchRequest>();
            // The checksum is the caller's business: what lies behind is fetched ahead meanwhile.
            let records = if wanted(&request) == [(0, 5)] {
                Bytes::new()
            } else {
                bad_again.clone()
            };
            assert!(
                matches!(wanted(&request)[..], [(0, 2 | 5)]),
                "the position stays before it"
            );
            world.fetched(&ask, vec![data(0, 5, records)]);
        }
    }
    assert!((5..20).contains(&errors), "{errors} errors in 10 s");
    // The caller goes on behind it.
    world.seek(0, 5);
    let (ask, _) = world.next::<FetchRequest>();
    world.fetched(&ask, vec![data(0, 9, batch(5, 1, 5))]);
    assert_eq!(world.ask(), "t-0: 5");
}

#[test]
fn f17_without_the_check_the_records_are_taken_as_they_are() {
    let mut world = World::assigned(&[(0, FROM_START)], |config| config.check_crcs = false);
    let bad = batch(0, 3, 5);
    world.feed(damaged(&bad, bad.len() - 2), 3);
    assert_eq!(world.ask(), "t-0: 0 1 2");
}

/// What says that there is nothing to deliver is under the checksum, too: a bit of it that flipped must not swallow records.
#[test]
fn f17_a_batch_whose_damage_would_pass_it_over_is_an_error() {
    for isolation in [IsolationLevel::ReadUncommitted, IsolationLevel::ReadCommitted] {
        // The attribute of control records, and the offset of the last record.
        for (at, bit) in [(22, 0x20), (26, 0x02)] {
            let mut world = World::assigned(&[(0, StartAt::Offset(1))], |config| {
                config.isolation_level = isolation;
            });
            let mut bytes = BytesMut::from(&join(&[batch(0, 3, 5), batch(3, 1, 5)])[..]);
            bytes[at] ^= bit;
            world.feed(bytes.freeze(), 9);
            assert_eq!(
                world.ask(),
                "error: partition t-0: the batch at offset 1 cannot be read",
                "byte {at}, {isolation:?}"
            );
        }
    }
}

#[test]
fn f18_bytes_that_are_no_batch_are_an_error_and_the_position_stays() {
    // Magic, length, count, offset delta: each wrong in turn.
    for (at, value) in [(16, 9), (8, 0xff), (57, 0x7f), (23, 0xff)] {
        let mut bytes = BytesMut::from(&batch(4, 3, 5)[..]);
        bytes[at] = value;
        let mut world = World::assigned(&[(0, StartAt::Offset(4))], |config| config.check_crcs = false);
        world.feed(bytes.freeze(), 9);
        let said = world.ask();
        assert_eq!(
            said, "error: partition t-0: the batch at offset 4 cannot be read",
            "byte {at}"
        );
        world.asks.clear();
        world.pass(Duration::from_millis(130));
        assert_eq!(wanted(&world.next::<FetchRequest>().1), [(0, 4)], "byte {at}");
    }
}

#[test]
fn f18_random_damage_never_panics_and_never_moves_the_position_back() {
    let mut rng = fastrand::Rng::with_seed(17);
    for round in 0..2_000 {
        let mut bytes = BytesMut::from(&join(&[batch(0, 5, 5), batch(5, 5, 5)])[..]);
        for _ in 0..rng.usize(1..4) {
            let at = rng.usize(..bytes.len());
            bytes[at] = rng.u8(..);
        }
        let mut world = World::assigned(&[(0, FROM_START)], |config| config.check_crcs = round % 2 == 0);
        world.feed(bytes.freeze(), 10);
        for _ in 0..4 {
            world.ask();
        }
    }
}

#[test]
fn f19_a_batch_that_grows_beyond_the_cap_is_refused() {
    let mut world = World::assigned(&[(0, FROM_START)], |config| {
        config.decompressed_batch_bytes_max = 1_000
    });
    let options = SealOptions {
        compression: Compression::Gzip,
        ..SealOptions::default()
    };
    world.feed(batch_by(0, 2_000, 5, options), 2_000);
    assert_eq!(
        world.ask(),
        "error: partition t-0: the batch at offset 0 cannot be read"
    );
}

#[test]
fn f19_decompressed_bytes_count_against_the_budget() {
    let mut world = World::assigned(&[(0, FROM_START)], |config| config.max_poll_records = 10);
    let options = SealOptions {
        compression: Compression::Gzip,
        ..SealOptions::default()
    };
    let bytes = batch_by(0, 2_000, 5, options);
    let size = bytes.len();
    world.feed(bytes, 2_000);
    assert_eq!(world.buffer.lock().bytes_held(), size);
    assert!(world.ask().starts_with("t-0: 0 1"));
    assert!(world.buffer.lock().bytes_held() > size + 10_000);
    while world.ask() != "nothing" {}
    assert_eq!(world.buffer.lock().bytes_held(), 0);
}

#[test]
fn f20_an_unknown_codec_is_an_error_with_its_place() {
    let mut bytes = BytesMut::from(&batch(0, 2, 5)[..]);
    bytes[22] = 7;
    let mut world = World::assigned(&[(0, FROM_START)], |config| config.check_crcs = false);
    world.feed(bytes.freeze(), 2);
    assert_eq!(
        world.ask(),
        "error: partition t-0: the batch at offset 0 cannot be read"
    );
}

#[test]
fn f23_records_before_the_position_are_passed_over() {
    let mut world = World::assigned(&[(0, StartAt::Offset(3))], |_| {});
    world.feed(join(&[batch(0, 2, 5), batch(2, 4, 5)]), 6);
    assert_eq!(world.ask(), "t-0: 3 4 5");
}

/// A batch whose records were all compacted away.
fn emptied(offset: i64, last_delta: i32) -> Bytes {
    let whole = batch(offset, 1, 5);
    let mut bytes = BytesMut::from(&whole[..61]);
    bytes[8..12].copy_from_slice(&49i32.to_be_bytes());
    bytes[23..27].copy_from_slice(&last_delta.to_be_bytes());
    bytes[57..61].copy_from_slice(&0i32.to_be_bytes());
    let crc = protocol::records::crc32c(&bytes[21..]);
    bytes[17..21].copy_from_slice(&crc.to_be_bytes());
    bytes.freeze()
}

fn marker(offset: i64, producer_id: i64, committed: bool) -> Bytes {
    let marker = EndMarker {
        offset,
        partition_leader_epoch: 5,
        producer_id,
        producer_epoch: 0,
        committed,
        coordinator_epoch: 0,
        timestamp: 1,
    };
    end_marker_batch(&marker).unwrap()
}

#[test]
fn f24_gaps_empty_batches_and_markers_are_passed() {
    let mut world = World::assigned(&[(0, FROM_START)], |_| {});
    world.feed(
        join(&[
            emptied(0, 9),
            marker(10, 1, true),
            batch(15, 1, 5),
            emptied(16, 3),
        ]),
        20,
    );
    assert_eq!(world.ask(), "t-0: 15");
    assert_eq!(world.ask(), "nothing");
    let state = world.buffer.lock().state(&super::world::tp(0)).unwrap();
    assert_eq!(state.position.unwrap().offset, 20);
    assert_eq!(wanted(&world.next::<FetchRequest>().1), [(0, 20)]);

    let mut world = World::assigned(&[(0, FROM_START)], |_| {});
    world.feed(join(&[emptied(0, 9), marker(10, 1, true)]), 11);
    assert_eq!(world.ask(), "nothing");
    let state = world.buffer.lock().state(&super::world::tp(0)).unwrap();
    assert_eq!(
        state.position.unwrap().offset,
        11,
        "nothing to deliver, yet it moves on"
    );
}

fn committed_only(config: &mut ConsumerConfig) {
    config.isolation_level = IsolationLevel::ReadCommitted;
}

#[test]
fn f25_f26_aborted_transactions_are_not_delivered() {
    let mut world = World::assigned(&[(0, FROM_START)], committed_only);
    let (ask, request) = world.next::<FetchRequest>();
    assert_eq!(request.isolation_level, 1);
    let log = join(&[
        transactional(0, 1, 7),
        transactional(1, 1, 8),
        marker(2, 7, false),
        transactional(3, 1, 7),
        marker(4, 8, true),
        marker(5, 7, true),
        transactional(6, 1, 8),
        marker(7, 8, false),
        marker(8, 8, false),
        batch(9, 1, 5),
    ]);
    let mut answer = data(0, 10, log);
    let aborted = |producer_id, first_offset| AbortedTransaction {
        producer_id,
        first_offset,
    };
    // In no order, as some brokers say it.
    answer.aborted_transactions = Some(vec![aborted(8, 6), aborted(7, 0)]);
    world.fetched(&ask, vec![answer]);
    assert_eq!(world.ask(), "t-0: 1 3 9");
}

#[test]
fn f27_an_open_transaction_holds_reading_back_without_haste() {
    let mut world = World::assigned(&[(0, FROM_START)], committed_only);
    let (ask, _) = world.next::<FetchRequest>();
    let mut answer = data(0, 50, batch(0, 2, 5));
    answer.last_stable_offset = 2;
    world.fetched(&ask, vec![answer]);
    assert_eq!(world.ask(), "t-0: 0 1");
    let (ask, request) = world.next::<FetchRequest>();
    assert!(super::world::is_waiting(&ask));
    assert_eq!(request.max_wait_ms, 500);
    let state = world.buffer.lock().state(&super::world::tp(0)).unwrap();
    assert_eq!(
        (state.high_watermark, state.last_stable_offset),
        (Some(50), Some(2))
    );
    assert!(world.machine.next_deadline().is_none());
}

#[test]
fn f28_control_batches_of_unknown_kinds_are_never_delivered() {
    let mut bytes = BytesMut::from(&marker(0, 1, true)[..]);
    // The kind is the second half of the key.
    let kind = bytes.len() - 11;
    bytes[kind] = 99;
    let mut world = World::assigned(&[(0, FROM_START)], |config| config.check_crcs = false);
    world.feed(join(&[bytes.freeze(), batch(1, 1, 5)]), 2);
    assert_eq!(world.ask(), "t-0: 1");
}

#[test]
fn f29_timestamps_are_those_of_the_batch() {
    let mut world = World::assigned(&[(0, FROM_START)], |_| {});
    let options = SealOptions {
        timestamp_type: protocol::records::TimestampType::LogAppendTime,
        ..SealOptions::default()
    };
    world.feed(join(&[batch(0, 2, 5), batch_by(2, 2, 5, options)]), 4);
    world.reader.mark_processed();
    let batch = world.reader.next().unwrap().unwrap();
    let timestamps: Vec<i64> = batch.iter().map(|record| record.timestamp()).collect();
    assert_eq!(timestamps, [1_000, 1_001, 1_001, 1_001]);
}

#[test]
fn batches_are_at_most_as_large_as_was_said_and_lose_nothing() {
    let mut world = World::assigned(&[(0, FROM_START)], |config| config.max_poll_records = 3);
    world.feed(join(&[batch(0, 2, 5), batch(2, 5, 5), batch(7, 1, 5)]), 8);
    let said: Vec<String> = (0..4).map(|_| world.ask()).collect();
    assert_eq!(said, ["t-0: 0 1 2", "t-0: 3 4 5", "t-0: 6 7", "nothing"]);
}
