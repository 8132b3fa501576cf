//! What readers see of transactions.

use protocol::ErrorCode;
use protocol::records::Batches;

use super::cluster;
use super::producer::{Ask, Producer, Speaks, read};

fn values(ask: &mut impl Ask, committed: bool) -> Vec<String> {
    read(ask, 1, "orders", 0, committed).0
}

#[test]
fn t23_readers_of_what_is_committed_see_nothing_that_is_open_or_aborted() {
    for speaks in [Speaks::V1, Speaks::V2] {
        let mut cluster = cluster();
        let ask = &mut cluster;
        let mut kept = Producer::start(ask, "kept", 1, speaks);
        let mut dropped = Producer::start(ask, "dropped", 1, speaks);
        for producer in [&mut kept, &mut dropped] {
            if speaks == Speaks::V1 {
                assert_eq!(producer.add(ask, "orders", &[0]), ErrorCode::NONE);
            }
        }
        assert_eq!(kept.write(ask, 1, "orders", 0, &["k1"]).base_offset, 0);
        assert_eq!(dropped.write(ask, 1, "orders", 0, &["d1", "d2"]).base_offset, 1);
        assert_eq!(kept.write(ask, 1, "orders", 0, &["k2"]).base_offset, 3);
        assert_eq!(values(ask, true), [""; 0]);
        assert_eq!(values(ask, false), ["k1", "d1", "d2", "k2"]);
        let data = read(ask, 1, "orders", 0, true).1;
        assert_eq!((data.high_watermark, data.last_stable_offset), (4, 0));

        // Offset 4 is the marker; the other transaction holds everything behind its first record back.
        assert_eq!(kept.end(ask, true), ErrorCode::NONE);
        assert_eq!(values(ask, true), ["k1"]);
        assert_eq!(read(ask, 1, "orders", 0, true).1.last_stable_offset, 1);

        assert_eq!(dropped.end(ask, false), ErrorCode::NONE);
        assert_eq!(values(ask, true), ["k1", "k2"]);
        assert_eq!(values(ask, false), ["k1", "d1", "d2", "k2"]);
        let data = read(ask, 1, "orders", 0, true).1;
        assert_eq!((data.high_watermark, data.last_stable_offset), (6, 6));
        let aborted = data.aborted_transactions.unwrap();
        let aborted: Vec<_> = aborted
            .iter()
            .map(|aborted| (aborted.producer_id, aborted.first_offset))
            .collect();
        assert_eq!(aborted, [(dropped.id, 1)]);

        let batches = Batches::new(data.records.unwrap());
        let markers: Vec<_> = batches
            .map(|batch| *batch.unwrap().header())
            .filter(|header| header.attributes.is_control())
            .map(|header| (header.base_offset, header.producer_epoch))
            .collect();
        // With version 2 the marker has the next epoch, which fences what comes late.
        let epoch = i16::from(speaks == Speaks::V2);
        assert_eq!(markers, [(4, epoch), (5, epoch)]);
    }
}

#[test]
fn t22_a_producer_that_was_replaced_never_gets_its_records_seen() {
    let mut cluster = cluster();
    let ask = &mut cluster;
    let mut first = Producer::start(ask, "a", 1, Speaks::V2);
    assert_eq!(first.write(ask, 1, "orders", 0, &["old"]).error_code, 0);
    let mut second = Producer::start(ask, "a", 1, Speaks::V2);
    assert_eq!((second.id, second.epoch), (first.id, first.epoch + 2));
    let late = first.write(ask, 1, "orders", 0, &["late"]);
    assert_eq!(late.error_code, ErrorCode::INVALID_PRODUCER_EPOCH.0);
    assert_eq!(first.end(ask, true), ErrorCode::PRODUCER_FENCED);
    assert_eq!(second.write(ask, 1, "orders", 0, &["new"]).error_code, 0);
    assert_eq!(second.end(ask, true), ErrorCode::NONE);
    assert_eq!(values(ask, true), ["new"]);
}

#[test]
fn t17_a_transaction_that_reached_nothing_leaves_nothing() {
    let mut cluster = cluster();
    let ask = &mut cluster;
    let mut producer = Producer::start(ask, "a", 1, Speaks::V2);
    assert_eq!(producer.end(ask, false), ErrorCode::NONE);
    assert_eq!(read(ask, 1, "orders", 0, false).1.high_watermark, 0);
    assert_eq!(producer.epoch, 1);
}

#[test]
fn a_partition_that_was_added_and_not_written_to_gets_a_marker_and_aborts_nothing() {
    let mut cluster = cluster();
    let ask = &mut cluster;
    let mut producer = Producer::start(ask, "a", 1, Speaks::V1);
    assert_eq!(producer.add(ask, "orders", &[0, 1]), ErrorCode::NONE);
    assert_eq!(producer.write(ask, 1, "orders", 1, &["x"]).error_code, 0);
    assert_eq!(producer.end(ask, false), ErrorCode::NONE);
    let data = read(ask, 1, "orders", 0, true).1;
    assert_eq!((data.high_watermark, data.last_stable_offset), (1, 1));
    assert_eq!(data.aborted_transactions.unwrap_or_default().len(), 0);
}
