use std::collections::BTreeMap;

use protocol::records::{AbortedTransaction, BatchHeader};
use rustc_hash::{FxHashMap, FxHashSet};

/// The transactions that reach into a log.
#[derive(Debug, Default)]
pub(super) struct Transactions {
    /// Those that are open: producers by the first offset.
    open: BTreeMap<i64, i64>,
    /// Those that were aborted, by their markers.
    aborted: Vec<Aborted>,
    /// The same by producer, whose transactions come one after the other.
    by_producer: FxHashMap<i64, Vec<Aborted>>,
}

/// A transaction that was aborted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Aborted {
    producer_id: i64,
    first_offset: i64,
    /// Offset of the marker.
    last_offset: i64,
    /// All that were aborted later begin here or behind it.
    later_from: i64,
}

impl Transactions {
    pub(super) fn begin(&mut self, producer_id: i64, first_offset: i64) {
        self.open.insert(first_offset, producer_id);
    }

    pub(super) fn end(&mut self, producer_id: i64, first_offset: i64, marker_offset: i64, committed: bool) {
        self.open.remove(&first_offset);
        if !committed {
            let aborted = Aborted {
                producer_id,
                first_offset,
                last_offset: marker_offset,
                later_from: self.first_open().unwrap_or(marker_offset),
            };
            self.aborted.push(aborted);
            self.by_producer.entry(producer_id).or_default().push(aborted);
        }
    }

    /// Offset of the first record of an open transaction.
    pub(super) fn first_open(&self) -> Option<i64> {
        self.open.first_key_value().map(|(first_offset, _)| *first_offset)
    }

    /// Whether one that was aborted has its marker at `from` or behind it.
    pub(super) fn has_aborted(&self, from: i64) -> bool {
        self.aborted
            .last()
            .is_some_and(|aborted| aborted.last_offset >= from)
    }

    /// Those that were aborted and have records in `from..to`, or the marker there. It takes time by how many there are, and not
    /// by how many follow.
    pub(super) fn aborted(&self, from: i64, to: i64) -> Vec<AbortedTransaction> {
        let first = self.aborted.partition_point(|aborted| aborted.last_offset < from);
        let mut reaching = Vec::new();
        for aborted in self.aborted.get(first..).unwrap_or_default() {
            if aborted.first_offset < to {
                reaching.push(AbortedTransaction {
                    producer_id: aborted.producer_id,
                    first_offset: aborted.first_offset,
                });
            }
            if aborted.later_from >= to {
                break;
            }
        }
        reaching
    }

    /// Whether a batch belongs to a transaction that was aborted.
    pub(super) fn is_aborted(&self, header: &BatchHeader) -> bool {
        let offset = header.base_offset;
        let Some(aborted) = self.by_producer.get(&header.producer_id) else {
            return false;
        };
        let next = aborted.partition_point(|aborted| aborted.last_offset < offset);
        header.attributes.is_transactional()
            && aborted
                .get(next)
                .is_some_and(|aborted| aborted.first_offset <= offset)
    }

    /// Forgets the transactions that were aborted by these markers, of which nothing is left.
    pub(super) fn forget_markers(&mut self, markers: &[i64]) {
        let markers: FxHashSet<i64> = markers.iter().copied().collect();
        self.retain(|aborted| !markers.contains(&aborted.last_offset));
    }

    /// Forgets what ended before `start`.
    pub(super) fn forget_before(&mut self, start: i64) {
        self.retain(|aborted| aborted.last_offset >= start);
    }

    fn retain(&mut self, stays: impl Fn(&Aborted) -> bool) {
        self.aborted.retain(&stays);
        self.by_producer.retain(|_, aborted| {
            aborted.retain(&stays);
            !aborted.is_empty()
        });
    }
}

#[cfg(test)]
mod tests {
    use protocol::compress::Compressor;
    use protocol::records::{Batch, OpenBatch, SealOptions};

    use super::*;

    #[test]
    fn a_look_ends_where_no_later_one_reaches() {
        let mut transactions = Transactions::default();
        // One that is open all the while, then a thousand of three records and a marker each, then its end.
        transactions.begin(7, 0);
        for number in 0..1000 {
            let first = 1 + 4 * number;
            transactions.begin(8, first);
            transactions.end(8, first, first + 3, false);
        }
        assert_eq!(transactions.aborted(5, 9).len(), 1);
        assert_eq!(transactions.aborted(5, 10).len(), 2);
        transactions.end(7, 0, 4001, false);
        for number in 0..1000 {
            let first = 4002 + 4 * number;
            transactions.begin(8, first);
            transactions.end(8, first, first + 3, false);
        }
        let at = |from, to| -> Vec<i64> {
            let found = transactions.aborted(from, to).into_iter();
            found.map(|aborted| aborted.first_offset).collect()
        };
        assert_eq!(
            at(5, 9),
            [5, 0],
            "the one that ended long after reaches back to here"
        );
        assert_eq!(at(4002, 4006), [4002]);
        assert_eq!(at(4001, 4002), [0]);
        assert_eq!(at(8002, 9000), [0; 0]);
    }

    #[test]
    fn a_batch_is_aborted_by_the_end_of_its_own_transaction() {
        let mut transactions = Transactions::default();
        for (producer, first, marker, committed) in [(1, 0, 5, false), (2, 2, 6, true), (1, 7, 9, false)] {
            transactions.begin(producer, first);
            transactions.end(producer, first, marker, committed);
        }
        let mut open = OpenBatch::new(usize::MAX);
        open.append(0, None, None, std::iter::empty()).unwrap();
        let options = SealOptions {
            transactional: true,
            ..SealOptions::default()
        };
        let sealed = open.seal(&options, &mut Compressor::default()).unwrap();
        let header = *Batch::whole(sealed.bytes().clone()).unwrap().header();
        let is_aborted = |transactions: &Transactions, producer_id, base_offset| {
            let header = BatchHeader {
                producer_id,
                base_offset,
                ..header
            };
            transactions.is_aborted(&header)
        };
        for (producer, offset, expected) in [
            (1, 0, true),
            (1, 4, true),
            (1, 6, false),
            (1, 8, true),
            (1, 10, false),
            (2, 3, false),
            (3, 3, false),
        ] {
            let found = is_aborted(&transactions, producer, offset);
            assert_eq!(found, expected, "producer {producer} at {offset}");
        }
        transactions.forget_markers(&[5]);
        assert!(!is_aborted(&transactions, 1, 4) && is_aborted(&transactions, 1, 8));
        transactions.forget_before(10);
        assert!(!is_aborted(&transactions, 1, 8) && transactions.by_producer.is_empty());
    }
}
