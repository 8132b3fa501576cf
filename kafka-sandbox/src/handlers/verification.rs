//! Whether a partition that is written to is part of the transaction it is said to be of (KIP-890).

use std::sync::Arc;

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::records::Batches;

use super::Call;
use crate::log::Verification;
use crate::state::TRANSACTION_STATE;

/// What the client's request says of itself by its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaks {
    /// Partitions are added by a request of their own, and `TRANSACTION_ABORTABLE` is not known.
    Old,
    /// As before, and `TRANSACTION_ABORTABLE` is known.
    Abortable,
    /// Writing to a partition adds it (version 2 of transactions).
    Adding,
}

/// Who writes where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Writes<'a> {
    pub(super) transactional_id: &'a str,
    pub(super) producer: (i64, i16),
    pub(super) topic: &'a Arc<str>,
    pub(super) partition: i32,
}

/// The producer's id and epoch of a batch, if it is part of a transaction.
pub(super) fn transactional(records: Option<&Bytes>) -> Option<(i64, i16)> {
    let batch = Batches::new(records?.clone()).next()?.ok()?;
    let header = batch.header();
    let transactional = header.magic == 2 && header.attributes.is_transactional();
    transactional.then_some((header.producer_id, header.producer_epoch))
}

/// Asks the coordinator whether a partition is part of the transaction, or has it added, unless the log knows.
///
/// # Errors
///
/// What the coordinator says, as those know it who write to a leader; `COORDINATOR_NOT_AVAILABLE` when there is none,
/// and `NETWORK_EXCEPTION` when it does not answer.
pub(super) fn verify(
    call: &mut Call<'_>,
    speaks: Speaks,
    writes: Writes<'_>,
) -> Result<Verification, ErrorCode> {
    let Writes {
        transactional_id: id,
        producer,
        topic,
        partition: index,
    } = writes;
    let verified = Verification::Verified {
        epoch_rises: speaks == Speaks::Adding,
    };
    if !call
        .state
        .configs
        .broker_flag("transaction.partition.verification.enable")
    {
        return Ok(Verification::Unchecked);
    }
    let partition = call.state.topics.partition(topic, index);
    if let Some(known) = partition.and_then(|partition| partition.log.producer(producer.0)) {
        if known.epoch > producer.1 {
            return Err(ErrorCode::INVALID_PRODUCER_EPOCH);
        }
        if known.epoch == producer.1 && known.transaction_start.is_some() {
            return Ok(verified);
        }
    }
    let coordinator = call.state.coordinator(TRANSACTION_STATE, id)?;
    if !call.state.is_running(coordinator.broker) {
        return Err(ErrorCode::NETWORK_EXCEPTION);
    }
    let answer = if speaks == Speaks::Adding {
        let partitions = [(topic.clone(), index)].into_iter().collect();
        call.state
            .add_to_transaction(call.now, &id.into(), producer, &partitions)
    } else {
        call.state.transactions.verify(id, producer, topic, index)
    };
    answer.map(|()| verified).map_err(|code| match code {
        // Producers know the one from coordinators and the other from leaders.
        ErrorCode::PRODUCER_FENCED => ErrorCode::INVALID_PRODUCER_EPOCH,
        ErrorCode::TRANSACTION_ABORTABLE if speaks == Speaks::Old => ErrorCode::INVALID_TXN_STATE,
        code => code,
    })
}

/// What an answer to Produce says of a partition that was not verified: the code, and a message if there is one.
pub(super) fn in_produce(code: ErrorCode, speaks: Speaks) -> (ErrorCode, Option<String>) {
    match code {
        ErrorCode::INVALID_TXN_STATE => (
            code,
            Some("Partition was not added to the transaction".to_owned()),
        ),
        ErrorCode::CONCURRENT_TRANSACTIONS if speaks == Speaks::Adding => (code, None),
        // The client is to try again: nothing is known of its transaction for now.
        ErrorCode::CONCURRENT_TRANSACTIONS
        | ErrorCode::COORDINATOR_NOT_AVAILABLE
        | ErrorCode::NETWORK_EXCEPTION
        | ErrorCode::NOT_COORDINATOR => {
            let name = code.name().unwrap_or_default();
            let message = format!(
                "Unable to verify the partition has been added to the transaction. Underlying error: {name}"
            );
            (ErrorCode::NOT_ENOUGH_REPLICAS, Some(message))
        }
        code => (code, None),
    }
}
