use protocol::records::AbortedTransaction;

use super::*;

fn aborted(producer_id: i64, first_offset: i64) -> AbortedTransaction {
    AbortedTransaction {
        producer_id,
        first_offset,
    }
}

#[test]
fn open_transactions_hold_the_stable_offset_back() {
    let mut log = memory();
    append(&mut log, &values(&["a"])).unwrap();
    append(&mut log, &values(&["b"]).by(1, 0, 0).transactional()).unwrap();
    append(&mut log, &values(&["c"]).by(2, 0, 0).transactional()).unwrap();
    assert_eq!(log.last_stable_offset(), 1);
    assert_eq!(log.open_transaction(1).unwrap().transaction_start, Some(1));
    end(&mut log, marker(1, 0, true));
    assert!(log.open_transaction(1).is_none());
    assert_eq!(log.last_stable_offset(), 2);
    end(&mut log, marker(2, 0, false));
    assert_eq!((log.last_stable_offset(), log.end_offset()), (5, 5));
    assert_eq!(log.aborted(0, 5), [aborted(2, 2)]);
    assert_eq!(log.aborted(0, 2), []);
    assert_eq!(log.aborted(4, 5), [aborted(2, 2)]);
    assert_eq!(log.aborted(5, 9), []);
}

#[test]
fn a_producer_is_in_its_transaction_or_out_of_it() {
    let mut log = memory();
    append(&mut log, &values(&["a"]).by(1, 0, 0).transactional()).unwrap();
    let outside = values(&["b"]).by(1, 0, 1);
    assert_eq!(code(append(&mut log, &outside)), ErrorCode::INVALID_TXN_STATE);
    let nobody = values(&["b"]).transactional();
    assert_eq!(code(append(&mut log, &nobody)), ErrorCode::INVALID_RECORD);
}

#[test]
fn unverified_writes_only_go_on() {
    let mut log = memory();
    let settings = LogSettings::default();
    let write = |log: &mut Log, epoch, sequence, verification| {
        let draft = values(&["a"]).by(1, epoch, sequence).transactional();
        code(log.append(now(), draft.bytes(), 0, &settings, verification))
    };
    let verified = Verification::Verified { epoch_rises: true };
    assert_eq!(
        write(&mut log, 0, 0, Verification::Missing),
        ErrorCode::INVALID_TXN_STATE
    );
    assert_eq!(
        write(&mut log, 0, 3, verified),
        ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER
    );
    assert_eq!(write(&mut log, 0, 0, verified), ErrorCode::NONE);
    assert_eq!(write(&mut log, 0, 1, Verification::Missing), ErrorCode::NONE);
    // The epoch rises with the marker, so that what comes late is fenced.
    end(&mut log, marker(1, 1, true));
    assert_eq!(
        write(&mut log, 0, 2, Verification::Unchecked),
        ErrorCode::INVALID_PRODUCER_EPOCH
    );
    assert_eq!(
        write(&mut log, 1, 2, verified),
        ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER
    );
    assert_eq!(write(&mut log, 1, 0, verified), ErrorCode::NONE);
}

#[test]
fn sequences_go_on_over_a_marker_of_the_same_epoch() {
    let mut log = memory();
    append(&mut log, &values(&["a"]).by(1, 0, 0).transactional()).unwrap();
    end(&mut log, marker(1, 0, true));
    append(&mut log, &values(&["b"]).by(1, 0, 1).transactional()).unwrap();
    assert!(
        append(&mut log, &values(&["a"]).by(1, 0, 0).transactional())
            .unwrap()
            .duplicate
    );
}

#[test]
fn old_epochs_and_coordinators_are_fenced() {
    let mut log = memory();
    let settings = LogSettings::default();
    append(&mut log, &values(&["a"]).by(1, 4, 0).transactional()).unwrap();
    let by = |log: &mut Log, epoch, coordinator_epoch| {
        let marker = Marker {
            coordinator_epoch,
            ..marker(1, epoch, false)
        };
        code(log.append_marker(now(), marker, 0, &settings))
    };
    assert_eq!(by(&mut log, 3, 0), ErrorCode::INVALID_PRODUCER_EPOCH);
    assert_eq!(by(&mut log, 4, 2), ErrorCode::NONE);
    assert_eq!(by(&mut log, 4, 1), ErrorCode::TRANSACTION_COORDINATOR_FENCED);
    // A marker without a transaction is written, and aborts nothing.
    assert_eq!(by(&mut log, 4, 2), ErrorCode::NONE);
    assert_eq!(log.aborted(0, 9), [aborted(1, 0)]);
}

#[test]
fn offsets_are_committed_in_transactions() {
    let mut log = memory();
    let settings = LogSettings::default();
    let record = [(Some(Bytes::from_static(b"group")), Some(Bytes::from_static(b"5")))];
    log.append_transactional(now(), &record, 1, 3, 0, &settings)
        .unwrap();
    assert_eq!(log.last_stable_offset(), 0);
    let late = log.append_transactional(now(), &record, 1, 2, 0, &settings);
    assert_eq!(code(late), ErrorCode::INVALID_PRODUCER_EPOCH);
    end(&mut log, marker(1, 3, true));
    assert_eq!(log.last_stable_offset(), 2);
}

#[test]
fn markers_that_come_late_do_not_end_the_next_transaction() {
    let mut log = memory();
    let settings = LogSettings::default();
    let rising = Marker {
        epoch_rises: true,
        ..marker(1, 1, true)
    };
    append(&mut log, &values(&["a"]).by(1, 0, 0).transactional()).unwrap();
    end(&mut log, rising);
    // Its answer was lost: it comes again, and does no harm.
    end(&mut log, rising);
    append(&mut log, &values(&["b"]).by(1, 1, 0).transactional()).unwrap();
    let late = log.append_marker(now(), rising, 0, &settings);
    assert_eq!(code(late), ErrorCode::INVALID_PRODUCER_EPOCH);
    assert_eq!(log.last_stable_offset(), 3);
    end(&mut log, marker(1, 1, true));
    assert_eq!(log.last_stable_offset(), 5);
}
