//! InitProducerId: who has the transactional id from now on.

use protocol::ErrorCode;

use super::end;
use super::entry::{Partitions, Status, Transaction, is_exhausted};

/// What a producer asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InitRequest {
    /// After which time its transactions are to be aborted, in milliseconds.
    pub(crate) timeout_ms: i32,
    /// The id and epoch that it has and wants to go on from (KIP-360).
    pub(crate) expected: Option<(i64, i16)>,
}

/// What the answer is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Init {
    /// The producer has the transactional id.
    Done(Transaction),
    /// An open transaction has to be aborted first: the producer is told to come again.
    Abort(Transaction),
}

/// Answers a request of which the time-out was checked. `version` is the cluster's version of transactions.
pub(super) fn init(
    known: Option<&Transaction>,
    request: InitRequest,
    timestamp: i64,
    version: i16,
    new_producer_id: &mut dyn FnMut() -> Result<i64, ErrorCode>,
) -> Result<Init, ErrorCode> {
    let Some(known) = known else {
        return Ok(Init::Done(Transaction {
            producer_id: new_producer_id()?,
            previous_producer_id: -1,
            next_producer_id: -1,
            producer_epoch: 0,
            last_producer_epoch: -1,
            timeout_ms: request.timeout_ms,
            status: Status::Empty,
            partitions: Partitions::default(),
            started: -1,
            updated: timestamp,
            client_version: 0,
        }));
    };
    if !request.expected.is_none_or(|expected| may_go_on(known, expected)) {
        return Err(ErrorCode::PRODUCER_FENCED);
    }
    match known.status {
        Status::PrepareCommit | Status::PrepareAbort => Err(ErrorCode::CONCURRENT_TRANSACTIONS),
        Status::Ongoing => end::fence(known, timestamp, version, new_producer_id).map(Init::Abort),
        Status::Empty | Status::CompleteCommit | Status::CompleteAbort => {
            let (producer_id, producer_epoch, last_producer_epoch) =
                next_identity(known, request.expected, new_producer_id)?;
            Ok(Init::Done(Transaction {
                producer_id,
                previous_producer_id: known.producer_id,
                next_producer_id: -1,
                producer_epoch,
                last_producer_epoch,
                timeout_ms: request.timeout_ms,
                status: Status::Empty,
                partitions: Partitions::default(),
                started: -1,
                updated: timestamp,
                client_version: known.client_version,
            }))
        }
    }
}

/// Whether a producer of this id and epoch may ask at all. The epoch is looked at later.
fn may_go_on(known: &Transaction, (producer_id, epoch): (i64, i16)) -> bool {
    // It asks again after it got another id whose answer was lost.
    let lost_answer = producer_id == known.previous_producer_id && is_exhausted(epoch);
    producer_id == known.producer_id || lost_answer
}

/// The producer id and epoch to go on with, and the epoch before.
fn next_identity(
    known: &Transaction,
    expected: Option<(i64, i16)>,
    new_producer_id: &mut dyn FnMut() -> Result<i64, ErrorCode>,
) -> Result<(i64, i16, i16), ErrorCode> {
    let epoch = known.producer_epoch;
    let expected = expected.map(|(_, epoch)| epoch);
    if known.is_exhausted() && expected.is_none_or(|expected| expected == epoch) {
        let last = if expected.is_some() { epoch } else { -1 };
        return Ok((new_producer_id()?, 0, last));
    }
    match expected {
        // The answer to the same request was lost. A later producer would have left no last epoch.
        Some(expected) if expected != epoch && expected == known.last_producer_epoch => {
            Ok((known.producer_id, epoch, expected))
        }
        Some(expected) if expected != epoch => Err(ErrorCode::PRODUCER_FENCED),
        _ => {
            let next = epoch.checked_add(1).ok_or(ErrorCode::UNKNOWN_SERVER_ERROR)?;
            let last = if expected.is_some() { epoch } else { -1 };
            Ok((known.producer_id, next, last))
        }
    }
}
