//! The partitions of a transaction: added by its producer, or looked for by a leader that is written to (KIP-890).

use protocol::ErrorCode;

use super::entry::{Partitions, Status, Transaction};

/// Adds partitions, which begins a transaction where none is open. Returns nothing when they are there already.
pub(super) fn add(
    known: Option<&Transaction>,
    producer: (i64, i16),
    partitions: &Partitions,
    timestamp: i64,
) -> Result<Option<Transaction>, ErrorCode> {
    let known = check(known, producer)?;
    if known.status == Status::Ongoing && known.partitions.contains_all(partitions) {
        return Ok(None);
    }
    let mut next = known.clone();
    if known.status != Status::Ongoing {
        next.status = Status::Ongoing;
        next.started = timestamp;
    }
    next.partitions.extend(partitions);
    next.updated = timestamp;
    Ok(Some(next))
}

/// Fails with `TRANSACTION_ABORTABLE` when a partition is not part of the transaction.
pub(super) fn verify(
    known: Option<&Transaction>,
    producer: (i64, i16),
    topic: &str,
    partition: i32,
) -> Result<(), ErrorCode> {
    if check(known, producer)?.partitions.contains(topic, partition) {
        Ok(())
    } else {
        Err(ErrorCode::TRANSACTION_ABORTABLE)
    }
}

/// Checks that the producer is the one that has the transactional id, and that no transaction of it is being ended.
fn check(known: Option<&Transaction>, (producer_id, epoch): (i64, i16)) -> Result<&Transaction, ErrorCode> {
    let known = known.ok_or(ErrorCode::INVALID_PRODUCER_ID_MAPPING)?;
    if known.producer_id != producer_id {
        Err(ErrorCode::INVALID_PRODUCER_ID_MAPPING)
    } else if known.producer_epoch != epoch {
        Err(ErrorCode::PRODUCER_FENCED)
    } else if known.status.is_prepared() {
        Err(ErrorCode::CONCURRENT_TRANSACTIONS)
    } else {
        Ok(known)
    }
}
