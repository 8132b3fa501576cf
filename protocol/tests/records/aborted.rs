//! Which batches a `read_committed` consumer sees.

use bytes::Bytes;
use protocol::compress::{Compressor, Decompressor};
use protocol::records::{
    AbortedTransaction, AbortedTransactions, Batches, EndMarker, OpenBatch, SealOptions, end_marker_batch,
};

use super::{Owned, stamp};

/// A log in the making.
#[derive(Default)]
struct Log {
    bytes: Vec<u8>,
    next: i64,
}

impl Log {
    fn data(mut self, producer_id: i64, count: i64, transactional: bool) -> Self {
        let mut open = OpenBatch::new(10_000);
        for _ in 0..count {
            Owned::value(1, b"x").append(&mut open).unwrap();
        }
        let options = SealOptions {
            producer: stamp(producer_id, 0, 0),
            transactional,
            ..SealOptions::default()
        };
        let sealed = open.seal(&options, &mut Compressor::new()).unwrap();
        let start = self.bytes.len();
        self.bytes.extend_from_slice(sealed.bytes());
        self.bytes[start..start + 8].copy_from_slice(&self.next.to_be_bytes());
        self.next += count;
        self
    }

    fn end(mut self, producer_id: i64, committed: bool) -> Self {
        let marker = EndMarker {
            committed,
            producer_id,
            producer_epoch: 0,
            coordinator_epoch: 0,
            timestamp: 1,
            offset: self.next,
            partition_leader_epoch: 0,
        };
        self.bytes.extend(end_marker_batch(&marker).unwrap());
        self.next += 1;
        self
    }

    /// Base offsets of the batches that are seen.
    fn seen(&self, aborted: &[(i64, i64)]) -> Vec<i64> {
        let list = aborted
            .iter()
            .map(|(producer_id, first_offset)| AbortedTransaction {
                producer_id: *producer_id,
                first_offset: *first_offset,
            });
        let mut filter = AbortedTransactions::new(list);
        let mut decompressor = Decompressor::default();
        Batches::new(Bytes::from(self.bytes.clone()))
            .map(Result::unwrap)
            .filter(|batch| filter.admits(batch, &mut decompressor).unwrap())
            .map(|batch| batch.header().base_offset)
            .collect()
    }
}

#[test]
fn transactions_that_overlap_end_one_by_one() {
    let log = Log::default()
        .data(1, 2, true) // 0
        .data(2, 1, true) // 2
        .data(3, 1, false) // 3: idempotent, no transaction
        .end(1, false) // 4
        .data(2, 1, true) // 5
        .data(1, 1, true) // 6: the next one of producer 1, committed
        .end(2, false) // 7
        .end(1, true); // 8
    let aborted = [(1, 0), (2, 2)];
    assert_eq!(log.seen(&aborted), [3, 6]);
    assert_eq!(
        log.seen(&[aborted[1], aborted[0]]),
        [3, 6],
        "the list has no order"
    );
    assert_eq!(log.seen(&[]), [0, 2, 3, 5, 6]);
}

#[test]
fn one_producer_may_abort_more_than_once() {
    let log = Log::default()
        .data(1, 1, true) // 0
        .end(1, false) // 1
        .data(1, 1, true) // 2
        .end(1, true) // 3
        .data(1, 1, true) // 4
        .end(1, false); // 5
    assert_eq!(log.seen(&[(1, 4), (1, 0)]), [2]);
}

#[test]
fn markers_out_of_place_change_nothing_for_others() {
    let log = Log::default()
        .end(9, false) // 0: nothing of producer 9 was there
        .data(1, 1, true) // 1
        .end(2, true) // 2: a commit of another
        .data(1, 1, true) // 3
        .end(1, false) // 4
        .end(1, false) // 5: twice
        .data(1, 1, true); // 6
    assert_eq!(log.seen(&[(1, 1)]), [6]);
}

#[test]
fn a_fetch_may_begin_in_the_middle_of_a_transaction() {
    let log = Log {
        next: 50,
        ..Log::default()
    }
    .data(1, 1, true) // 50
    .end(1, false) // 51
    .data(1, 1, true); // 52
    assert_eq!(log.seen(&[(1, 10)]), [52]);
}
