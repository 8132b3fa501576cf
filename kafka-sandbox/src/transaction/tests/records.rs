//! Records of `__transaction_state`.

use bytes::Bytes;

use super::super::{UnreadableRecord, read_record};
use super::*;

fn change(transaction: Transaction) -> Change {
    Change {
        id: id(),
        next: Some(transaction),
    }
}

#[test]
fn records_come_back_as_they_were_but_for_the_epoch_before() {
    for status in Status::ALL {
        let mut known = transaction(status);
        known.next_producer_id = 9;
        if status != Status::Empty {
            known.partitions = orders(1);
            known.partitions.insert("payments".into(), 0);
        }
        let (key, value) = change(known.clone()).record(2).unwrap();
        let read = read_record(key.as_ref(), value.as_ref()).unwrap();
        known.last_producer_epoch = -1;
        assert_eq!(read, change(known));
    }
    let forgotten = Change { id: id(), next: None };
    let (key, value) = forgotten.record(0).unwrap();
    assert_eq!(value, None);
    assert_eq!(read_record(key.as_ref(), None).unwrap(), forgotten);
}

#[test]
fn records_for_older_brokers_have_what_those_know() {
    let (key, value) = change(transaction(Status::CompleteCommit)).record(0).unwrap();
    let value = value.unwrap();
    assert_eq!(value[..2], [0, 0]);
    let read = read_record(key.as_ref(), Some(&value)).unwrap().next.unwrap();
    assert_eq!((read.producer_id, read.producer_epoch), (7, 5));
    assert_eq!((read.previous_producer_id, read.client_version), (-1, 0));
}

#[test]
fn an_empty_transaction_has_the_bytes_that_kafka_writes() {
    let mut known = transaction(Status::Empty);
    known.started = -1;
    let (key, value) = change(known).record(0).unwrap();
    assert_eq!(&key.unwrap()[..], b"\0\0\0\x01a");
    let expected = b"\0\0\0\0\0\0\0\0\0\x07\0\x05\0\0\xea\x60\0\xff\xff\xff\xff\0\0\0\0\0\0\x07\xd0\xff\xff\xff\xff\xff\xff\xff\xff";
    assert_eq!(&value.unwrap()[..], expected);
}

#[test]
fn what_is_no_record_is_an_error() {
    let (key, value) = change(transaction(Status::Empty)).record(0).unwrap();
    let mut dead = value.clone().unwrap().to_vec();
    dead[16] = 6;
    let error = read_record(key.as_ref(), Some(&dead.into())).unwrap_err();
    assert!(matches!(error, UnreadableRecord::Status { status: 6, .. }));
    let error = read_record(None, value.as_ref()).unwrap_err();
    assert!(matches!(error, UnreadableRecord::Key));
    let other = Bytes::from_static(b"\0\x09xyz");
    let error = read_record(Some(&other), value.as_ref()).unwrap_err();
    assert!(matches!(error, UnreadableRecord::Key));
    let cut = value.unwrap().slice(..20);
    let error = read_record(key.as_ref(), Some(&cut)).unwrap_err();
    assert!(matches!(error, UnreadableRecord::Format(_)));
}
