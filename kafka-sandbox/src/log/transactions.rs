use std::collections::BTreeMap;

use protocol::records::{AbortedTransaction, BatchHeader};

/// The transactions that reach into a log.
#[derive(Debug, Default)]
pub(super) struct Transactions {
    /// Those that are open: producers by the first offset.
    open: BTreeMap<i64, i64>,
    /// Those that were aborted, by their markers.
    aborted: Vec<Aborted>,
}

/// A transaction that was aborted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Aborted {
    pub(super) producer_id: i64,
    pub(super) first_offset: i64,
    /// Offset of the marker.
    pub(super) last_offset: i64,
}

impl Transactions {
    pub(super) fn begin(&mut self, producer_id: i64, first_offset: i64) {
        self.open.insert(first_offset, producer_id);
    }

    pub(super) fn end(&mut self, producer_id: i64, first_offset: i64, marker_offset: i64, committed: bool) {
        self.open.remove(&first_offset);
        if !committed {
            self.aborted.push(Aborted {
                producer_id,
                first_offset,
                last_offset: marker_offset,
            });
        }
    }

    /// Offset of the first record of an open transaction.
    pub(super) fn first_open(&self) -> Option<i64> {
        self.open.first_key_value().map(|(first_offset, _)| *first_offset)
    }

    /// Those that were aborted and have records in `from..to`, or the marker there.
    pub(super) fn aborted(&self, from: i64, to: i64) -> Vec<AbortedTransaction> {
        let first = self.aborted.partition_point(|aborted| aborted.last_offset < from);
        let reaching = self.aborted.get(first..).unwrap_or_default().iter();
        reaching
            .filter(|aborted| aborted.first_offset < to)
            .map(|aborted| AbortedTransaction {
                producer_id: aborted.producer_id,
                first_offset: aborted.first_offset,
            })
            .collect()
    }

    /// Whether a batch belongs to a transaction that was aborted.
    pub(super) fn is_aborted(&self, header: &BatchHeader) -> bool {
        let offset = header.base_offset;
        let first = self
            .aborted
            .partition_point(|aborted| aborted.last_offset < offset);
        header.attributes.is_transactional()
            && self
                .aborted
                .get(first..)
                .unwrap_or_default()
                .iter()
                .any(|aborted| aborted.producer_id == header.producer_id && aborted.first_offset <= offset)
    }

    /// Forgets the transactions that were aborted by these markers, of which nothing is left.
    pub(super) fn forget_markers(&mut self, markers: &[i64]) {
        self.aborted
            .retain(|aborted| !markers.contains(&aborted.last_offset));
    }

    /// Forgets what ended before `start`.
    pub(super) fn forget_before(&mut self, start: i64) {
        self.aborted.retain(|aborted| aborted.last_offset >= start);
    }
}
