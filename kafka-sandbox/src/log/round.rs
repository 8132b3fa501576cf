use std::collections::{HashMap, HashSet};

use protocol::records::{Batch, Record};

use super::codecs::with_codecs;

/// A round of compaction: learns where each key is last, then rewrites all segments but the active one.
#[derive(Debug)]
pub(super) struct Round {
    /// The last offset of each key from `from` on.
    last_of_key: HashMap<Box<[u8]>, i64>,
    /// Bytes of the keys.
    pub(super) keys_len: usize,
    /// Keys were learnt from here on,
    pub(super) mapped_to: i64,
    /// up to here at most.
    pub(super) limit: i64,
    /// The segments before this offset are rewritten; `None` while keys are learnt.
    pub(super) rewritten_to: Option<i64>,
    /// Producers with batches in a transaction whose marker has not come.
    pub(super) in_transaction: HashSet<i64>,
}

impl Round {
    /// Begins to learn keys from `from` on, up to `limit`.
    pub(super) fn new(from: i64, limit: i64) -> Self {
        Self {
            last_of_key: HashMap::new(),
            keys_len: 0,
            mapped_to: from,
            limit,
            rewritten_to: None,
            in_transaction: HashSet::new(),
        }
    }

    /// Learns the keys of a batch.
    pub(super) fn learn(&mut self, batch: &Batch) -> Result<(), protocol::wire::DecodeError> {
        let records = with_codecs(|codecs| batch.records(&mut codecs.decompressor))?;
        for record in &records {
            let record = record?;
            let Some(key) = record.key else {
                continue;
            };
            match self.last_of_key.get_mut(key) {
                Some(last) => *last = record.offset,
                None => {
                    self.keys_len += key.len() + KEY_OVERHEAD;
                    self.last_of_key.insert(key.into(), record.offset);
                }
            }
        }
        Ok(())
    }

    /// Whether a record is the last one of its key, and no tombstone that has served its time.
    pub(super) fn keeps(&self, record: &Record<'_>, expired: bool) -> bool {
        if record.offset >= self.mapped_to {
            return true;
        }
        let Some(key) = record.key else {
            return false;
        };
        let is_last = self
            .last_of_key
            .get(key)
            .is_none_or(|last| record.offset >= *last);
        is_last && (record.value.is_some() || !expired)
    }
}

/// What a key costs besides its bytes.
const KEY_OVERHEAD: usize = 48;
