use super::control::{ControlKind, ControlRecord};
use super::header::BatchHeader;
use super::reader::Batch;
use crate::compress::Decompressor;
use crate::wire::DecodeError;

/// A transaction that was aborted, as an answer to Fetch names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbortedTransaction {
    /// The transaction's producer.
    pub producer_id: i64,
    /// Offset of its first record in the partition.
    pub first_offset: i64,
}

/// Tells which batches of one fetched partition a `read_committed` consumer must not see (KIP-98).
///
/// The list comes in any order, and one producer may be in it several times. A transaction lasts from
/// its first offset to its producer's next marker. Batches must be asked about in the order of their
/// offsets; those left out in between (before the fetch offset) do no harm.
#[derive(Clone, Debug, Default)]
pub struct AbortedTransactions {
    /// Not begun yet, the next one last.
    pending: Vec<AbortedTransaction>,
    /// Producers of those that have begun, few at a time.
    open: Vec<i64>,
}

impl AbortedTransactions {
    /// Starts with the list of one partition in one answer.
    pub fn new(aborted: impl IntoIterator<Item = AbortedTransaction>) -> Self {
        let mut pending: Vec<_> = aborted.into_iter().collect();
        pending.sort_by_key(|transaction| std::cmp::Reverse(transaction.first_offset));
        Self {
            pending,
            open: Vec::new(),
        }
    }

    /// Whether the records of `batch` are for the application: neither control records nor of an
    /// aborted transaction. A marker ends its producer's transaction.
    ///
    /// # Errors
    ///
    /// A control record cannot be read.
    pub fn admits(&mut self, batch: &Batch, decompressor: &mut Decompressor) -> Result<bool, DecodeError> {
        let header = batch.header();
        if header.attributes.is_control() {
            let records = batch.records(decompressor)?;
            // A control batch that compaction emptied says nothing.
            if let Some(record) = records.iter().next() {
                let kind = ControlRecord::read(&record?)
                    .map_err(|error| error.offset_by(batch.position()))?
                    .kind;
                self.handle_marker(header, kind);
            }
            return Ok(false);
        }
        Ok(!self.is_aborted(header))
    }

    /// Whether the data batch with this header belongs to an aborted transaction.
    pub fn is_aborted(&mut self, header: &BatchHeader) -> bool {
        self.begin_until(header.last_offset());
        header.attributes.is_transactional() && self.open.contains(&header.producer_id)
    }

    /// Takes note of a control batch with this header, whose record is of this kind.
    pub fn handle_marker(&mut self, header: &BatchHeader, kind: ControlKind) {
        self.begin_until(header.last_offset());
        if kind == ControlKind::Abort {
            self.open.retain(|producer| *producer != header.producer_id);
        }
    }

    fn begin_until(&mut self, offset: i64) {
        while let Some(next) = self.pending.pop_if(|next| next.first_offset <= offset) {
            if !self.open.contains(&next.producer_id) {
                self.open.push(next.producer_id);
            }
        }
    }
}
