use std::sync::Arc;

use protocol::compress::Decompressor;

use super::batch::Batch;
use super::buffer::{Buffer, SlotId};
use super::chunk::DecodeRules;
use super::error::ConsumeError;
use super::position::Position;
use crate::config::{ConsumerConfig, IsolationLevel};

/// The caller's side of the [`Buffer`]: decodes what was fetched, batch by batch.
///
/// Nothing is awaited between taking records out and giving them to the caller, so a caller that stops waiting loses
/// none.
#[derive(Debug)]
pub(crate) struct Reader {
    buffer: Arc<Buffer>,
    rules: DecodeRules,
    reads_committed: bool,
    decompressor: Decompressor,
    /// The batch that the caller has, which counts as processed when it asks for the next one.
    last: Option<(SlotId, u64, Position)>,
}

/// Something that cannot be decoded: the machine is to fetch it again.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) slot: SlotId,
    pub(crate) version: u64,
    pub(crate) position: Position,
    pub(crate) error: ConsumeError,
}

impl Reader {
    pub(crate) fn new(buffer: Arc<Buffer>, config: &ConsumerConfig) -> Self {
        Self {
            buffer,
            rules: DecodeRules {
                records_max: config.max_poll_records.max(1),
                check_crcs: config.check_crcs,
            },
            reads_committed: config.isolation_level == IsolationLevel::ReadCommitted,
            decompressor: Decompressor::new(config.decompressed_batch_bytes_max),
            last: None,
        }
    }

    /// Whether records of open transactions are held back.
    pub(crate) fn reads_committed(&self) -> bool {
        self.reads_committed
    }

    /// Takes note that the caller is done with the last batch.
    pub(crate) fn mark_processed(&mut self) {
        if let Some((slot, version, next)) = self.last.take() {
            self.buffer.lock().release(slot, version, next);
        }
    }

    /// The next batch; none when nothing lies ready.
    pub(crate) fn next(&mut self) -> Option<Result<Batch, Fault>> {
        loop {
            let mut loan = self.buffer.lock().take_chunk()?;
            let decoded = loan
                .chunk
                .decode(loan.position, self.rules, &mut self.decompressor);
            let (slot, version) = (loan.slot, loan.version);
            if let Some(source) = decoded.fault {
                let (partition, offset) = (loan.partition, decoded.next.offset);
                let error = ConsumeError::Corrupt {
                    partition,
                    offset,
                    source,
                };
                return Some(Err(Fault {
                    slot,
                    version,
                    position: decoded.next,
                    error,
                }));
            }
            let partition = loan.partition.clone();
            let delivers = decoded.len > 0;
            let valid = self
                .buffer
                .settle(loan, decoded.next, decoded.exhausted, delivers);
            if valid && delivers {
                self.last = Some((slot, version, decoded.next));
                let (segments, len, next) = (decoded.segments, decoded.len, decoded.next);
                return Some(Ok(Batch {
                    partition,
                    segments,
                    len,
                    next,
                }));
            }
            if valid {
                // Control records and aborted transactions have no batch that could be waited for.
                self.buffer.lock().mark_processed(slot, version, decoded.next);
            }
        }
    }
}
