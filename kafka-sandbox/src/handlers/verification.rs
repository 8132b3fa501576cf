//! Whether a partition that is written to is part of the transaction it is said to be of (KIP-890).

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::records::Batches;

use super::Call;
use crate::log::Verification;
use crate::state::TRANSACTION_STATE;
use crate::transaction::Partitions;

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
    if let Some(known) = known(call, speaks, writes) {
        return known;
    }
    let answer = if speaks == Speaks::Adding {
        let partitions = [(writes.topic.clone(), writes.partition)].into_iter().collect();
        add(call, writes.transactional_id, writes.producer, &partitions)
    } else {
        check_coordinator(call, writes.transactional_id).and_then(|()| {
            let transactions = &call.state.transactions;
            transactions.verify(
                writes.transactional_id,
                writes.producer,
                writes.topic,
                writes.partition,
            )
        })
    };
    told(answer, speaks)
}

/// What is known of a write without the coordinator; none when it is to be asked.
fn known(call: &Call<'_>, speaks: Speaks, writes: Writes<'_>) -> Option<Result<Verification, ErrorCode>> {
    let configs = &call.state.configs;
    if !configs.broker_flag("transaction.partition.verification.enable") {
        return Some(Ok(Verification::Unchecked));
    }
    let (producer_id, epoch) = writes.producer;
    let partition = call.state.topics.partition(writes.topic, writes.partition)?;
    let known = partition.log.producer(producer_id)?;
    if known.epoch > epoch {
        return Some(Err(ErrorCode::INVALID_PRODUCER_EPOCH));
    }
    (known.epoch == epoch && known.transaction_start.is_some()).then(|| told(Ok(()), speaks))
}

fn check_coordinator(call: &Call<'_>, id: &str) -> Result<(), ErrorCode> {
    let coordinator = call.state.coordinator(TRANSACTION_STATE, id)?;
    let running = call.state.is_running(coordinator.broker);
    running.then_some(()).ok_or(ErrorCode::NETWORK_EXCEPTION)
}

fn add(
    call: &mut Call<'_>,
    id: &str,
    producer: (i64, i16),
    partitions: &Partitions,
) -> Result<(), ErrorCode> {
    check_coordinator(call, id)?;
    call.state.check_client_version(2)?;
    call.state
        .add_to_transaction(call.now, &id.into(), producer, partitions)
}

/// The coordinator's answer as those know it who write to a leader.
fn told(answer: Result<(), ErrorCode>, speaks: Speaks) -> Result<Verification, ErrorCode> {
    match answer {
        Ok(()) => Ok(Verification::Verified {
            epoch_rises: speaks == Speaks::Adding,
        }),
        // Producers know the one from coordinators and the other from leaders.
        Err(ErrorCode::PRODUCER_FENCED) => Err(ErrorCode::INVALID_PRODUCER_EPOCH),
        Err(ErrorCode::TRANSACTION_ABORTABLE) if speaks == Speaks::Old => Err(ErrorCode::INVALID_TXN_STATE),
        Err(code) => Err(code),
    }
}

/// The partitions of one request that writing adds to a transaction. They are added together: one by one, each would
/// have the coordinator write down all that came before.
#[derive(Debug, Default)]
pub(super) struct Additions {
    by_producer: BTreeMap<(i64, i16), (Partitions, Result<(), ErrorCode>)>,
}

impl Additions {
    /// Notes that a partition is to be written to, which adds it unless its log knows more.
    pub(super) fn note(&mut self, call: &Call<'_>, writes: Writes<'_>) {
        if known(call, Speaks::Adding, writes).is_none() {
            let (partitions, _) = self
                .by_producer
                .entry(writes.producer)
                .or_insert_with(|| (Partitions::default(), Ok(())));
            partitions.insert(writes.topic.clone(), writes.partition);
        }
    }

    /// Has the coordinator add what was noted: one change for each producer.
    pub(super) fn add(&mut self, call: &mut Call<'_>, transactional_id: &str) {
        for (producer, (partitions, answer)) in &mut self.by_producer {
            *answer = add(call, transactional_id, *producer, partitions);
        }
    }

    /// As [`verify`] for a client that speaks [`Speaks::Adding`].
    ///
    /// # Errors
    ///
    /// Those of [`verify`].
    pub(super) fn verify(&self, call: &mut Call<'_>, writes: Writes<'_>) -> Result<Verification, ErrorCode> {
        match self.by_producer.get(&writes.producer) {
            Some((partitions, answer)) if partitions.contains(writes.topic, writes.partition) => {
                let known = known(call, Speaks::Adding, writes);
                known.unwrap_or_else(|| told(*answer, Speaks::Adding))
            }
            _ => verify(call, Speaks::Adding, writes),
        }
    }
}

/// What an answer to Produce says of a partition that was not verified: the code, and a message if there is one.
pub(super) fn in_produce(code: ErrorCode, speaks: Speaks) -> (ErrorCode, Option<String>) {
    match code {
        ErrorCode::INVALID_TXN_STATE => (
            code,
            Some("Partition was not added to the transaction".to_owned()),
        ),
        ErrorCode::CONCURRENT_TRANSACTIONS if speaks == Speaks::Adding => (code, None),
        // The client is to try again: nothing is known of its transaction yet.
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
