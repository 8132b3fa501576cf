//! DescribeTransactions: what transactional ids are doing (KIP-664).

use protocol::ErrorCode;
use protocol::messages::describe_transactions::{
    DescribeTransactionsRequest, DescribeTransactionsResponse, TopicData, TransactionState,
};

use super::{Call, Handle, Reply};
use crate::security::acl::Operation;
use crate::state::TRANSACTION_STATE;

impl Handle for DescribeTransactionsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DescribeTransactionsResponse> {
        let ids = self.transactional_ids.into_iter();
        Reply::Now(DescribeTransactionsResponse {
            transaction_states: ids
                .map(|id| describe(call, &id).unwrap_or_else(|code| refusal(id, code)))
                .collect(),
            ..DescribeTransactionsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DescribeTransactionsResponse {
        let ids = self.transactional_ids.into_iter();
        DescribeTransactionsResponse {
            transaction_states: ids.map(|id| refusal(id, code)).collect(),
            ..DescribeTransactionsResponse::default()
        }
    }
}

fn describe(call: &Call<'_>, id: &str) -> Result<TransactionState, ErrorCode> {
    if id.is_empty() {
        return Err(ErrorCode::INVALID_REQUEST);
    }
    call.require_transactional_id(Operation::Describe, id)?;
    call.state.coordinator_at(call.broker, TRANSACTION_STATE, id)?;
    let known = call.state.transactions.get(id);
    let known = known.ok_or(ErrorCode::TRANSACTIONAL_ID_NOT_FOUND)?;
    let topics = known.partitions.topics();
    let topics = topics.filter(|(topic, _)| call.require_topic(Operation::Describe, topic).is_ok());
    call.spend(id.len())?;
    let topics = topics.map(|(topic, partitions)| {
        call.spend(topic.len() + 4 * partitions.len())?;
        Ok(TopicData {
            topic: topic.to_string(),
            partitions: partitions.iter().copied().collect(),
        })
    });
    let topics = topics.collect::<Result<Vec<TopicData>, ErrorCode>>()?;
    Ok(TransactionState {
        error_code: ErrorCode::NONE.0,
        transactional_id: id.to_owned(),
        transaction_state: known.status.name().to_owned(),
        transaction_timeout_ms: known.timeout_ms,
        transaction_start_time_ms: known.started,
        producer_id: known.producer_id,
        producer_epoch: known.producer_epoch,
        topics,
    })
}

fn refusal(transactional_id: String, code: ErrorCode) -> TransactionState {
    TransactionState {
        error_code: code.0,
        transactional_id,
        ..TransactionState::default()
    }
}
