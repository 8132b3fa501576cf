//! `ListTransactions`: API 66, versions 0 to 2.

use protocol_derive::{Request, Response, ResponsePart};

/// Asks for the transactions a broker coordinates (KIP-664).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 66, versions = 0..=2, flexible = 0..)]
pub struct ListTransactionsRequest {
    /// The transaction states to list; all when empty.
    pub state_filters: Vec<String>,
    /// The producer ids to list; all when empty.
    pub producer_id_filters: Vec<i64>,
    /// List only transactions open for longer than this, in milliseconds; negative for all (KIP-994).
    #[kafka(versions = 1.., default = -1)]
    pub duration_filter: i64,
    /// The regular expression (RE2/J) of transactional ids to list; null for all (KIP-1152).
    #[kafka(versions = 2.., default = None)]
    pub transactional_id_pattern: Option<String>,
}

/// The answer to [`ListTransactionsRequest`]: the transactions of this broker.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 66, versions = 0..=2, flexible = 0..)]
pub struct ListTransactionsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The states of the filter that the broker does not know.
    pub unknown_state_filters: Vec<String>,
    /// The transactions.
    pub transaction_states: Vec<TransactionState>,
}

/// A transaction.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TransactionState {
    /// The transactional id of the producer.
    pub transactional_id: String,
    /// The id of the producer.
    pub producer_id: i64,
    /// The state of the transaction, as `Ongoing`.
    pub transaction_state: String,
}
