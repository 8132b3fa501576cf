use bytes::Bytes;
use protocol::compress::Decompressor;
use protocol::records::{AbortedTransactions, Batch as LogBatch, BatchHeader, Batches, Cursor, Records};
use protocol::wire::DecodeError;

use super::batch::Segment;
use super::position::Position;
use crate::mutant::{self, Mutant};

/// What one fetch brought of one partition, as far as it is not delivered yet. The caller's task decodes it.
#[derive(Debug)]
pub(super) struct Chunk {
    batches: Batches,
    /// With read_committed, who aborted what.
    aborted: Option<AbortedTransactions>,
    /// Bytes as fetched.
    pub(super) size: usize,
    open: Option<Open>,
    fault: Option<DecodeError>,
}

/// A batch of the log that is delivered in part.
#[derive(Debug)]
struct Open {
    header: BatchHeader,
    records: Records,
    cursor: Cursor,
    left: usize,
    behind: Position,
}

/// How a chunk is decoded.
#[derive(Clone, Copy, Debug)]
pub(super) struct DecodeRules {
    pub(super) records_max: usize,
    pub(super) check_crcs: bool,
}

/// What decoding a part of a chunk came to.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) segments: Vec<Segment>,
    pub(super) len: usize,
    /// The position behind what was decoded or skipped.
    pub(super) next: Position,
    /// The chunk has nothing more to give.
    pub(super) exhausted: bool,
    /// What stopped it, when nothing could be decoded before.
    pub(super) fault: Option<DecodeError>,
}

impl Chunk {
    pub(super) fn new(records: Bytes, aborted: Option<AbortedTransactions>) -> Self {
        Self {
            size: records.len(),
            batches: Batches::new(records),
            aborted,
            open: None,
            fault: None,
        }
    }

    /// Bytes of the batch that is delivered in part, where they were decompressed.
    pub(super) fn decoded_size(&self) -> usize {
        self.open.as_ref().map_or(0, |open| open.records.size())
    }

    /// Decodes from `from` until there are enough records or there is nothing left. Records before `from`, control
    /// records and those of aborted transactions are passed over.
    pub(super) fn decode(
        &mut self,
        from: Position,
        rules: DecodeRules,
        decompressor: &mut Decompressor,
    ) -> Decoded {
        let mut decoded = Decoded {
            segments: Vec::new(),
            len: 0,
            next: from,
            exhausted: false,
            fault: None,
        };
        while decoded.len < rules.records_max {
            match self.advance(&mut decoded, rules, decompressor) {
                Ok(true) => {}
                Ok(false) => {
                    decoded.exhausted = true;
                    break;
                }
                // What was decoded is delivered first; the fault is met again when the caller comes back.
                Err(error) if decoded.len > 0 => {
                    self.fault = Some(error);
                    break;
                }
                Err(error) => {
                    decoded.fault = Some(error);
                    break;
                }
            }
        }
        decoded
    }

    /// Takes records of the open batch, or opens the next one. False when there is none.
    fn advance(
        &mut self,
        decoded: &mut Decoded,
        rules: DecodeRules,
        decompressor: &mut Decompressor,
    ) -> Result<bool, DecodeError> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        if let Some(open) = &mut self.open {
            open.take(decoded, rules.records_max - decoded.len)?;
            if open.left == 0 {
                decoded.next = open.behind;
                self.open = None;
            }
            return Ok(true);
        }
        let Some(batch) = self.batches.next().transpose()? else {
            return Ok(false);
        };
        // Before anything that the checksum covers is believed: whether records are there to be passed over, too.
        if rules.check_crcs && !mutant::is(Mutant::TrustDamaged) {
            batch.verify()?;
        }
        let header = batch.header();
        let behind = Position {
            offset: header.next_offset(),
            leader_epoch: Some(header.partition_leader_epoch).filter(|epoch| *epoch >= 0),
        };
        if !self.admits(&batch, decompressor)? {
            decoded.next = later(decoded.next, behind);
        } else if behind.offset > decoded.next.offset {
            let records = batch.records(decompressor)?;
            let open = Open {
                header: *header,
                cursor: records.start(),
                left: records.len(),
                records,
                behind,
            };
            if open.left == 0 {
                decoded.next = behind;
            } else {
                self.open = Some(open);
            }
        }
        Ok(true)
    }

    fn admits(&mut self, batch: &LogBatch, decompressor: &mut Decompressor) -> Result<bool, DecodeError> {
        match &mut self.aborted {
            Some(aborted) => aborted.admits(batch, decompressor),
            None => Ok(!batch.header().attributes.is_control()),
        }
    }
}

impl Open {
    /// Decodes up to `max` records, so that they can be iterated over without an error later. On a fault nothing is
    /// taken.
    fn take(&mut self, decoded: &mut Decoded, max: usize) -> Result<(), DecodeError> {
        let mut start = self.cursor;
        let mut iter = self.records.iter_from(self.cursor);
        let (mut taken, mut seen, mut last) = (0, 0, None);
        while taken < max && seen < self.left {
            let Some(record) = iter.next().transpose()? else {
                // Fewer records than the header says.
                seen = self.left;
                break;
            };
            seen += 1;
            if record.offset < decoded.next.offset && taken == 0 {
                start = iter.cursor();
                continue;
            }
            taken += 1;
            last = Some(record.offset);
        }
        self.cursor = iter.cursor();
        self.left -= seen;
        if let Some(last) = last {
            decoded.segments.push(Segment {
                header: self.header,
                records: self.records.clone(),
                start,
                len: taken,
            });
            decoded.len += taken;
            decoded.next = Position {
                offset: last.saturating_add(1),
                leader_epoch: self.behind.leader_epoch,
            };
        }
        Ok(())
    }
}

fn later(a: Position, b: Position) -> Position {
    if b.offset > a.offset { b } else { a }
}

/// Where a walk over the headers of fetched batches ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Walked {
    /// The position behind the last whole batch.
    pub(super) next: Position,
    /// A batch could not be read: the caller will find the same fault.
    pub(super) faulty: bool,
    /// The bytes that a batch needs that was cut short, when it was the first.
    pub(super) needed: Option<usize>,
}

/// Finds the position behind what was fetched, without looking into the batches.
pub(super) fn walk(records: &Bytes, from: Position) -> Walked {
    let mut batches = Batches::new(records.clone());
    let mut walked = Walked {
        next: from,
        faulty: false,
        needed: None,
    };
    for batch in &mut batches {
        match batch {
            Ok(batch) => {
                let header = batch.header();
                let epoch = Some(header.partition_leader_epoch).filter(|epoch| *epoch >= 0);
                walked.next = later(
                    walked.next,
                    Position {
                        offset: header.next_offset(),
                        leader_epoch: epoch,
                    },
                );
            }
            Err(_) => walked.faulty = true,
        }
    }
    if walked.next.offset == from.offset {
        walked.needed = batches.cut();
    }
    walked
}
