use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use protocol::records::{Batch, ControlKind, ControlRecord};

use super::append::Marker;
use super::codecs::with_codecs;
use super::epochs::Epochs;
use super::producers::ProducerState;
use super::state::State;
use super::transactions::Transactions;

/// Learns again from stored batches what a log knows beside them.
#[derive(Debug, Default)]
pub(super) struct Replay {
    pub(super) epochs: Epochs,
    pub(super) producers: BTreeMap<i64, ProducerState>,
    pub(super) transactions: Transactions,
    /// First offsets of open transactions, by producer.
    open: BTreeMap<i64, i64>,
    /// The producers know the batches before this offset already.
    known_to: i64,
}

impl Replay {
    /// Starts with what was written down, for a log that ends at `end_offset`, where that is known.
    pub(super) fn new(state: Option<&State>, end_offset: Option<i64>) -> Self {
        let mut replay = Self::default();
        let Some(state) = state else {
            return replay;
        };
        for &(epoch, offset) in &state.epochs {
            if end_offset.is_none_or(|end| offset < end) {
                replay.epochs.note(epoch, offset);
            }
        }
        // Where some of the batches are gone again that were there then, the segments tell of those that are left:
        // only what is before them is believed.
        let whole = end_offset.is_none_or(|end| state.end_offset <= end);
        replay.known_to = if whole { state.end_offset } else { 0 };
        for mut producer in state.producers() {
            if !whole {
                producer.forget_from(state.start_offset);
            }
            if whole || !producer.batches().is_empty() {
                replay.producers.insert(producer.producer_id, producer);
            }
        }
        replay
    }

    /// Takes note of a stored batch.
    pub(super) fn note(&mut self, batch: &Batch) {
        let header = batch.header();
        self.epochs
            .note(header.partition_leader_epoch, header.base_offset);
        let id = header.producer_id;
        if id < 0 {
            return;
        }
        let is_new = header.base_offset >= self.known_to;
        if header.attributes.is_control() {
            // Compaction may have emptied it; the transaction has nothing left then.
            let Some(marker) = read_marker(batch) else {
                return;
            };
            if let Some(first) = self.open.remove(&id) {
                self.transactions
                    .end(id, first, header.base_offset, marker.committed);
            }
            if is_new {
                let producer = self.producer(id);
                producer.end_transaction(
                    marker.producer_epoch,
                    marker.coordinator_epoch,
                    header.max_timestamp,
                );
            }
            return;
        }
        if header.attributes.is_transactional()
            && let Entry::Vacant(place) = self.open.entry(id)
        {
            place.insert(header.base_offset);
            self.transactions.begin(id, header.base_offset);
        }
        if is_new {
            self.producer(id).note(header);
        }
    }

    fn producer(&mut self, id: i64) -> &mut ProducerState {
        self.producers
            .entry(id)
            .or_insert_with(|| ProducerState::unknown(id))
    }

    /// Ends: the segments have told which transactions are open.
    pub(super) fn finish(&mut self) {
        for (id, producer) in &mut self.producers {
            producer.transaction_start = self.open.get(id).copied();
        }
    }
}

/// Reads a control batch; `None` when it holds no end of a transaction.
pub(super) fn read_marker(batch: &Batch) -> Option<Marker> {
    let header = batch.header();
    let records = with_codecs(|codecs| batch.records(&mut codecs.decompressor)).ok()?;
    let control = ControlRecord::read(&records.iter().next()?.ok()?).ok()?;
    let committed = match control.kind {
        ControlKind::Commit => true,
        ControlKind::Abort => false,
        _ => return None,
    };
    Some(Marker {
        producer_id: header.producer_id,
        producer_epoch: header.producer_epoch,
        committed,
        coordinator_epoch: control.coordinator_epoch.unwrap_or(-1),
        epoch_rises: false,
    })
}
