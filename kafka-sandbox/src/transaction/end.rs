//! The ends of transactions.
//!
//! With version 2 each end raises the epoch, and by the epoch a request for the last end is told from one for the next:
//!
//! | status | abort again | abort | commit again | commit |
//! |---|---|---|---|---|
//! | Empty | fenced | ends | fenced | invalid |
//! | CompleteAbort | done | ends | invalid | invalid |
//! | CompleteCommit | invalid | ends | done | invalid |
//!
//! Before, each request has the one epoch, only the same end may be asked for again, and nothing ends that was not begun.

use protocol::ErrorCode;

use super::entry::{EPOCH_RISES, Partitions, Status, Transaction};

/// How a transaction ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Commit,
    Abort,
}

/// What the answer is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum End {
    /// The end is decided: markers are to be written.
    Prepared(Transaction),
    /// It was ended before.
    Already,
}

type NewProducerId<'a> = &'a mut dyn FnMut() -> Result<i64, ErrorCode>;

/// Answers a request of a client that speaks `version` of transactions.
pub(super) fn end(
    known: Option<&Transaction>,
    producer: (i64, i16),
    outcome: Outcome,
    version: i16,
    timestamp: i64,
    new_producer_id: NewProducerId<'_>,
) -> Result<End, ErrorCode> {
    let known = known.ok_or(ErrorCode::INVALID_PRODUCER_ID_MAPPING)?;
    if version >= EPOCH_RISES {
        end_and_raise(known, producer, outcome, timestamp, new_producer_id)
    } else {
        end_only(known, producer, outcome, timestamp)
    }
}

/// Below version 2.
fn end_only(
    known: &Transaction,
    (producer_id, epoch): (i64, i16),
    outcome: Outcome,
    timestamp: i64,
) -> Result<End, ErrorCode> {
    if known.producer_id != producer_id {
        return Err(ErrorCode::INVALID_PRODUCER_ID_MAPPING);
    }
    if known.producer_epoch != epoch {
        return Err(ErrorCode::PRODUCER_FENCED);
    }
    match (known.status, outcome) {
        (Status::Ongoing, _) => Ok(End::Prepared(Transaction {
            client_version: 0,
            ..prepared(known, outcome, timestamp)
        })),
        (Status::CompleteCommit, Outcome::Commit) | (Status::CompleteAbort, Outcome::Abort) => {
            Ok(End::Already)
        }
        (Status::PrepareCommit, Outcome::Commit) | (Status::PrepareAbort, Outcome::Abort) => {
            Err(ErrorCode::CONCURRENT_TRANSACTIONS)
        }
        _ => Err(ErrorCode::INVALID_TXN_STATE),
    }
}

/// With version 2 (KIP-890).
fn end_and_raise(
    known: &Transaction,
    (producer_id, epoch): (i64, i16),
    outcome: Outcome,
    timestamp: i64,
    new_producer_id: NewProducerId<'_>,
) -> Result<End, ErrorCode> {
    let current = epoch == known.producer_epoch;
    let again = epoch.checked_add(1) == Some(known.producer_epoch);
    // The epochs of the id were used up by the end that is asked for again.
    let again_with_old_id =
        producer_id == known.previous_producer_id && epoch == i16::MAX - 1 && known.producer_epoch == 0;
    let repeated = again || again_with_old_id;
    if known.producer_id != producer_id && !again_with_old_id {
        return Err(ErrorCode::INVALID_PRODUCER_ID_MAPPING);
    }
    let valid = match known.status {
        Status::Empty | Status::Ongoing => current,
        Status::PrepareCommit | Status::PrepareAbort => again,
        Status::CompleteCommit | Status::CompleteAbort => repeated || current,
    };
    if !valid {
        return Err(ErrorCode::PRODUCER_FENCED);
    }
    match (known.status, outcome) {
        (Status::Ongoing, _) => {
            prepare_and_raise(known, outcome, timestamp, new_producer_id).map(End::Prepared)
        }
        (Status::CompleteCommit, Outcome::Commit) | (Status::CompleteAbort, Outcome::Abort) if repeated => {
            Ok(End::Already)
        }
        (Status::PrepareCommit, Outcome::Commit) | (Status::PrepareAbort, Outcome::Abort) => {
            Err(ErrorCode::CONCURRENT_TRANSACTIONS)
        }
        (Status::Empty | Status::CompleteCommit | Status::CompleteAbort, Outcome::Abort) if !repeated => {
            let begun = Transaction {
                started: timestamp,
                ..known.clone()
            };
            prepare_and_raise(&begun, outcome, timestamp, new_producer_id).map(End::Prepared)
        }
        _ => Err(ErrorCode::INVALID_TXN_STATE),
    }
}

/// Aborts an open transaction that its producer is not asked about: it took too long, or another producer comes.
/// `version` is the cluster's version of transactions.
pub(super) fn fence(
    known: &Transaction,
    timestamp: i64,
    version: i16,
    new_producer_id: NewProducerId<'_>,
) -> Result<Transaction, ErrorCode> {
    if version >= EPOCH_RISES {
        return prepare_and_raise(known, Outcome::Abort, timestamp, new_producer_id);
    }
    let producer_epoch = known.producer_epoch.checked_add(1);
    Ok(Transaction {
        producer_epoch: producer_epoch.ok_or(ErrorCode::UNKNOWN_SERVER_ERROR)?,
        last_producer_epoch: -1,
        client_version: 0,
        ..prepared(known, Outcome::Abort, timestamp)
    })
}

/// The transaction once all its markers are written.
pub(super) fn complete(known: &Transaction, timestamp: i64) -> Transaction {
    let status = match known.status {
        Status::PrepareCommit => Status::CompleteCommit,
        _ => Status::CompleteAbort,
    };
    let done = Transaction {
        status,
        partitions: Partitions::default(),
        updated: timestamp,
        ..known.clone()
    };
    if !known.epoch_rises() {
        return done;
    }
    let rotates = known.next_producer_id >= 0;
    Transaction {
        previous_producer_id: known.producer_id,
        producer_id: if rotates {
            known.next_producer_id
        } else {
            known.producer_id
        },
        producer_epoch: if rotates { 0 } else { known.producer_epoch },
        next_producer_id: -1,
        ..done
    }
}

fn prepared(known: &Transaction, outcome: Outcome, timestamp: i64) -> Transaction {
    let status = match outcome {
        Outcome::Commit => Status::PrepareCommit,
        Outcome::Abort => Status::PrepareAbort,
    };
    Transaction {
        status,
        updated: timestamp,
        ..known.clone()
    }
}

fn prepare_and_raise(
    known: &Transaction,
    outcome: Outcome,
    timestamp: i64,
    new_producer_id: NewProducerId<'_>,
) -> Result<Transaction, ErrorCode> {
    let producer_epoch = known.producer_epoch.checked_add(1);
    Ok(Transaction {
        producer_epoch: producer_epoch.ok_or(ErrorCode::UNKNOWN_SERVER_ERROR)?,
        last_producer_epoch: known.producer_epoch,
        next_producer_id: if known.is_exhausted() {
            new_producer_id()?
        } else {
            -1
        },
        client_version: EPOCH_RISES,
        ..prepared(known, outcome, timestamp)
    })
}
