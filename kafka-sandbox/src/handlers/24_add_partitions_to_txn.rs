//! AddPartitionsToTxn: partitions become part of a transaction. Brokers ask in batches, and whether a partition is one
//! (KIP-890).

use protocol::ErrorCode;
use protocol::messages::add_partitions_to_txn::{
    AddPartitionsToTxnPartitionResult, AddPartitionsToTxnRequest, AddPartitionsToTxnResponse,
    AddPartitionsToTxnResult, AddPartitionsToTxnTopic, AddPartitionsToTxnTopicResult,
    AddPartitionsToTxnTransaction,
};

use super::{Call, Handle, Reply};
use crate::fault::Subject;
use crate::security::acl::Operation;
use crate::state::{State, TRANSACTION_STATE};
use crate::transaction::Partitions;

impl Handle for AddPartitionsToTxnRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<AddPartitionsToTxnResponse> {
        let mut response = AddPartitionsToTxnResponse::default();
        if call.version >= 4
            && let Err(code) = call.require_cluster(Operation::ClusterAction)
        {
            return Reply::Now(self.refuse(call, code));
        }
        if call.version < 4 {
            let id = &self.v3_and_below_transactional_id;
            if let Err(code) = call.require_transactional_id(Operation::Write, id) {
                return Reply::Now(self.refuse(call, code));
            }
            let transaction = AddPartitionsToTxnTransaction {
                transactional_id: self.v3_and_below_transactional_id,
                producer_id: self.v3_and_below_producer_id,
                producer_epoch: self.v3_and_below_producer_epoch,
                verify_only: false,
                topics: self.v3_and_below_topics,
            };
            response.results_by_topic_v3_and_below = add(call, transaction).topic_results;
        } else {
            let transactions = self.transactions.into_iter();
            response.results_by_transaction =
                transactions.map(|transaction| add(call, transaction)).collect();
        }
        Reply::Now(response)
    }

    fn refuse(self, call: &Call<'_>, code: ErrorCode) -> AddPartitionsToTxnResponse {
        if call.version >= 4 {
            return AddPartitionsToTxnResponse {
                error_code: code.0,
                ..AddPartitionsToTxnResponse::default()
            };
        }
        AddPartitionsToTxnResponse {
            results_by_topic_v3_and_below: results(self.v3_and_below_topics, |_, _| code),
            ..AddPartitionsToTxnResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let batched = self
            .transactions
            .iter()
            .flat_map(|transaction| &transaction.topics);
        let topics = self.v3_and_below_topics.iter().chain(batched);
        topics.flat_map(subjects).collect()
    }
}

fn subjects(topic: &AddPartitionsToTxnTopic) -> impl Iterator<Item = Subject> {
    Subject::partitions(topic.name.as_str(), topic.partitions.iter().copied())
}

fn add(call: &mut Call<'_>, transaction: AddPartitionsToTxnTransaction) -> AddPartitionsToTxnResult {
    let transactional_id = transaction.transactional_id.clone();
    let topic_results = if let Some(code) = refused(call, &transaction.topics) {
        results(transaction.topics, code)
    } else if transaction.verify_only {
        verify(call, transaction)
    } else {
        let code = add_all(call, &transaction).err().unwrap_or(ErrorCode::NONE);
        results(transaction.topics, |_, _| code)
    };
    AddPartitionsToTxnResult {
        transactional_id,
        topic_results,
    }
}

/// What becomes of each partition when one of them cannot be added: then none is.
fn refused(
    call: &Call<'_>,
    topics: &[AddPartitionsToTxnTopic],
) -> Option<impl Fn(&str, i32) -> ErrorCode + use<>> {
    let mut wrong = Vec::new();
    for topic in topics {
        let known = call.state.topics.get(&topic.name);
        // From version 4 on brokers ask, who have asked what their clients may do.
        let asks = call.version < 4;
        let denied = call.require_topic(Operation::Write, &topic.name);
        let denied = denied.err().filter(|_| asks);
        for &partition in &topic.partitions {
            let exists = known.is_some_and(|topic| topic.partition(partition).is_some());
            if let Some(code) = denied.or_else(|| call.injected(&topic.name, partition)) {
                wrong.push((topic.name.clone(), partition, code));
            } else if !exists {
                wrong.push((
                    topic.name.clone(),
                    partition,
                    ErrorCode::UNKNOWN_TOPIC_OR_PARTITION,
                ));
            }
        }
    }
    let wrong: std::collections::BTreeMap<(String, i32), ErrorCode> = wrong
        .into_iter()
        .map(|(topic, partition, code)| ((topic, partition), code))
        .collect();
    (!wrong.is_empty()).then_some(move |topic: &str, partition| {
        let code = wrong.get(&(topic.to_owned(), partition)).copied();
        code.unwrap_or(ErrorCode::OPERATION_NOT_ATTEMPTED)
    })
}

fn add_all(call: &mut Call<'_>, transaction: &AddPartitionsToTxnTransaction) -> Result<(), ErrorCode> {
    let id = &transaction.transactional_id;
    if id.is_empty() {
        return Err(ErrorCode::INVALID_REQUEST);
    }
    call.state.coordinator_at(call.broker, TRANSACTION_STATE, id)?;
    let mut partitions = Partitions::default();
    for topic in &transaction.topics {
        // Of what exists only: the names are those of the topics.
        let Some(known) = call.state.topics.get(&topic.name) else {
            continue;
        };
        for &partition in &topic.partitions {
            partitions.insert(known.name.clone(), partition);
        }
    }
    let producer = (transaction.producer_id, transaction.producer_epoch);
    let added = call
        .state
        .add_to_transaction(call.now, &id.as_str().into(), producer, &partitions);
    added.map_err(|code| for_version(code, call.version))
}

fn verify(call: &Call<'_>, transaction: AddPartitionsToTxnTransaction) -> Vec<AddPartitionsToTxnTopicResult> {
    let id = &transaction.transactional_id;
    let producer = (transaction.producer_id, transaction.producer_epoch);
    let coordinator = call.state.coordinator_at(call.broker, TRANSACTION_STATE, id);
    let transactions = &call.state.transactions;
    results(transaction.topics, |topic, partition| {
        let verified = coordinator.and_then(|_| transactions.verify(id, producer, topic, partition));
        verified.err().unwrap_or(ErrorCode::NONE)
    })
}

/// Clients before version 2 do not know `PRODUCER_FENCED` (KIP-588).
fn for_version(code: ErrorCode, version: i16) -> ErrorCode {
    if code == ErrorCode::PRODUCER_FENCED && version < 2 {
        ErrorCode::INVALID_PRODUCER_EPOCH
    } else {
        code
    }
}

fn results(
    topics: Vec<AddPartitionsToTxnTopic>,
    code: impl Fn(&str, i32) -> ErrorCode,
) -> Vec<AddPartitionsToTxnTopicResult> {
    let topics = topics.into_iter().map(|topic| {
        let results = topic
            .partitions
            .iter()
            .map(|&partition| AddPartitionsToTxnPartitionResult {
                partition_index: partition,
                partition_error_code: code(&topic.name, partition).0,
            });
        AddPartitionsToTxnTopicResult {
            results_by_partition: results.collect(),
            name: topic.name,
        }
    });
    topics.collect()
}
