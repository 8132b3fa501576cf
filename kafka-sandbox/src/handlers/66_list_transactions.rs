//! ListTransactions: the transactional ids that a broker coordinates (KIP-664).

use std::collections::BTreeSet;

use protocol::ErrorCode;
use protocol::messages::list_transactions::{
    ListTransactionsRequest, ListTransactionsResponse, TransactionState,
};
use regex::{Regex, RegexBuilder};

use super::{Call, Handle, Reply};
use crate::security::acl::Operation;
use crate::state::TRANSACTION_STATE;
use crate::transaction::{Status, Transaction};

impl Handle for ListTransactionsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<ListTransactionsResponse> {
        let Ok(filter) = Filter::new(&self) else {
            return Reply::Now(self.refuse(call, ErrorCode::INVALID_REGULAR_EXPRESSION));
        };
        let state = &*call.state;
        let found = state.transactions.iter().filter(|(id, transaction)| {
            filter.lets_pass(id, transaction, call.now.timestamp)
                && call.require_transactional_id(Operation::Describe, id).is_ok()
                && state.coordinator_at(call.broker, TRANSACTION_STATE, id).is_ok()
        });
        let found = found.map(|(id, transaction)| TransactionState {
            transactional_id: id.to_string(),
            producer_id: transaction.producer_id,
            transaction_state: transaction.status.name().to_owned(),
        });
        let names = self.state_filters.iter();
        Reply::Now(ListTransactionsResponse {
            unknown_state_filters: names.filter(|name| !Status::is_name(name)).cloned().collect(),
            transaction_states: found.collect(),
            ..ListTransactionsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> ListTransactionsResponse {
        ListTransactionsResponse {
            error_code: code.0,
            ..ListTransactionsResponse::default()
        }
    }
}

/// Which transactional ids are asked for. What is not said lets all pass.
struct Filter<'a> {
    states: BTreeSet<&'a str>,
    producer_ids: BTreeSet<i64>,
    /// Open for longer than this, in milliseconds.
    longer_than: Option<i64>,
    pattern: Option<Regex>,
}

impl<'a> Filter<'a> {
    /// Fails when the pattern is none.
    fn new(request: &'a ListTransactionsRequest) -> Result<Self, regex::Error> {
        let pattern = request.transactional_id_pattern.as_deref();
        let pattern = pattern.filter(|pattern| !pattern.is_empty()).map(whole);
        Ok(Self {
            states: request.state_filters.iter().map(String::as_str).collect(),
            producer_ids: request.producer_id_filters.iter().copied().collect(),
            longer_than: (request.duration_filter >= 0).then_some(request.duration_filter),
            pattern: pattern.transpose()?,
        })
    }

    fn lets_pass(&self, id: &str, transaction: &Transaction, now: i64) -> bool {
        (self.states.is_empty() || self.states.contains(transaction.status.name()))
            && (self.producer_ids.is_empty() || self.producer_ids.contains(&transaction.producer_id))
            && self
                .longer_than
                .is_none_or(|duration| now.saturating_sub(transaction.started) > duration)
            && self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(id))
    }
}

/// A pattern that matches ids as a whole. Its memory is bounded, for it is a client's.
fn whole(pattern: &str) -> Result<Regex, regex::Error> {
    // On its own first, lest a lone parenthesis close ours.
    RegexBuilder::new(pattern).size_limit(PATTERN_BYTES).build()?;
    RegexBuilder::new(&format!("^(?:{pattern})$"))
        .size_limit(PATTERN_BYTES)
        .dfa_size_limit(PATTERN_BYTES)
        .build()
}

/// How large a compiled pattern may be.
const PATTERN_BYTES: usize = 1 << 20;
