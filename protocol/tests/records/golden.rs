//! Bytes put together by hand from the format.

use bytes::Bytes;
use protocol::compress::{Compression, Compressor, Decompressor};
use protocol::records::{
    AbortedTransactions, ControlKind, ControlRecord, EndMarker, Header, OpenBatch, SealOptions,
    TimestampType, end_marker_batch,
};

use super::{read, whole};

/// Two records; the second is five milliseconds later and has no key, an empty value, and no headers.
#[rustfmt::skip]
const PLAIN: [u8; 81] = [
    0, 0, 0, 0, 0, 0, 0, 0,                          // base offset
    0, 0, 0, 0x45,                                   // length
    0xff, 0xff, 0xff, 0xff,                          // partition leader epoch: unknown
    2,                                               // magic
    0x41, 0x5c, 0x67, 0xf9,                          // CRC-32C of all that follows
    0, 0,                                            // attributes
    0, 0, 0, 1,                                      // last offset delta
    0, 0, 1, 0x8b, 0xcf, 0xe5, 0x68, 0,              // base timestamp: 1 700 000 000 000
    0, 0, 1, 0x8b, 0xcf, 0xe5, 0x68, 5,              // max timestamp
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,  // producer id: none
    0xff, 0xff,                                      // producer epoch
    0xff, 0xff, 0xff, 0xff,                          // base sequence
    0, 0, 0, 2,                                      // records
    24, 0, 0, 0, 2, b'k', 4, b'v', b'1', 2, 2, b'h', 1,
    12, 0, 10, 2, 1, 0, 0,
];

/// A commit of producer 4001, epoch 7, by a coordinator of epoch 9, at offset 42.
#[rustfmt::skip]
const COMMIT: [u8; 78] = [
    0, 0, 0, 0, 0, 0, 0, 42,
    0, 0, 0, 0x42,
    0, 0, 0, 3,
    2,
    0x2e, 0x38, 0xfb, 0x0c,
    0, 0x30,                                         // transactional, control
    0, 0, 0, 0,
    0, 0, 1, 0x8b, 0xcf, 0xe5, 0x68, 0,
    0, 0, 1, 0x8b, 0xcf, 0xe5, 0x68, 0,
    0, 0, 0, 0, 0, 0, 0x0f, 0xa1,
    0, 7,
    0xff, 0xff, 0xff, 0xff,
    0, 0, 0, 1,
    32, 0, 0, 0, 8, 0, 0, 0, 1, 12, 0, 0, 0, 0, 0, 9, 0,
];

/// Magic 0, offset 5: key "k", value "v"; then magic 1, offset 6: null key, log append time.
#[rustfmt::skip]
const MESSAGES: [u8; 63] = [
    0, 0, 0, 0, 0, 0, 0, 5,  0, 0, 0, 0x10,  0x1f, 0xec, 0xd7, 0x0a,  0, 0,
    0, 0, 0, 1, b'k',  0, 0, 0, 1, b'v',
    0, 0, 0, 0, 0, 0, 0, 6,  0, 0, 0, 0x17,  0xd6, 0x36, 0x84, 0xc9,  1, 8,
    0, 0, 1, 0x8b, 0xcf, 0xe5, 0x68, 0,
    0xff, 0xff, 0xff, 0xff,  0, 0, 0, 1, b'v',
];

#[test]
fn a_plain_batch_is_written() {
    let mut open = OpenBatch::new(1000);
    let headers = [Header::new("h", None)];
    let base = 1_700_000_000_000;
    open.append(base, Some(b"k"), Some(b"v1"), headers.into_iter())
        .unwrap();
    open.append(base + 5, None, Some(b""), std::iter::empty())
        .unwrap();
    let sealed = open
        .seal(&SealOptions::default(), &mut Compressor::new())
        .unwrap();
    assert_eq!(sealed.bytes()[..], PLAIN);
}

#[test]
fn a_plain_batch_is_read() {
    let batch = whole(PLAIN.to_vec());
    batch.verify().unwrap();
    let header = batch.header();
    assert_eq!(
        (header.base_offset, header.last_offset(), header.next_offset()),
        (0, 1, 2)
    );
    assert_eq!(
        (header.partition_leader_epoch, header.magic, header.count),
        (-1, 2, Some(2))
    );
    assert_eq!(header.attributes.compression(), Some(Compression::None));
    assert_eq!(header.attributes.timestamp_type(), TimestampType::CreateTime);
    let records = read(Bytes::from_static(&PLAIN)).unwrap();
    assert_eq!(records[0].1.headers, [(b"h".to_vec(), None)]);
    assert_eq!((records[0].0, records[1].0), (0, 1));
    assert_eq!(records[1].1.timestamp, 1_700_000_000_005);
    assert_eq!(
        (&records[1].1.key, records[1].1.value.as_deref()),
        (&None, Some(&[][..]))
    );
}

#[test]
fn a_commit_marker_is_written_and_read() {
    let marker = EndMarker {
        committed: true,
        producer_id: 4001,
        producer_epoch: 7,
        coordinator_epoch: 9,
        timestamp: 1_700_000_000_000,
        offset: 42,
        partition_leader_epoch: 3,
    };
    assert_eq!(end_marker_batch(&marker).unwrap()[..], COMMIT);
    let batch = whole(COMMIT.to_vec());
    batch.verify().unwrap();
    assert!(batch.header().attributes.is_control());
    let mut decompressor = Decompressor::default();
    let records = batch.records(&mut decompressor).unwrap();
    let record = records.iter().next().unwrap().unwrap();
    let control = ControlRecord::read(&record).unwrap();
    assert_eq!(
        (control.version, control.kind, control.coordinator_epoch),
        (0, ControlKind::Commit, Some(9))
    );
    assert_eq!(
        AbortedTransactions::default().admits(&batch, &mut decompressor),
        Ok(false)
    );
}

#[test]
fn old_messages_are_read() {
    let records = read(Bytes::from_static(&MESSAGES)).unwrap();
    assert_eq!((records[0].0, records[1].0), (5, 6));
    assert_eq!(
        (records[0].1.timestamp, records[1].1.timestamp),
        (-1, 1_700_000_000_000)
    );
    assert_eq!(
        (records[0].1.key.as_deref(), &records[1].1.key),
        (Some(&b"k"[..]), &None)
    );
    assert_eq!(records[1].1.value.as_deref(), Some(&b"v"[..]));
}
