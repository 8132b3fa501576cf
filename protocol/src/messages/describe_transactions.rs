//! `DescribeTransactions`: API 65, versions 0.

use protocol_derive::{Request, Response, ResponsePart};

/// Asks for the state of transactions (KIP-664).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 65, versions = 0, flexible = 0..)]
pub struct DescribeTransactionsRequest {
    /// The transactional ids.
    pub transactional_ids: Vec<String>,
}

/// The answer to [`DescribeTransactionsRequest`]: the transactions.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 65, versions = 0, flexible = 0..)]
pub struct DescribeTransactionsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The transactions.
    pub transaction_states: Vec<TransactionState>,
}

/// A transaction.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TransactionState {
    /// The error of this transaction, or 0.
    pub error_code: i16,
    /// The transactional id of the producer.
    pub transactional_id: String,
    /// The state of the transaction, as `Ongoing`.
    pub transaction_state: String,
    /// After which time without news the coordinator aborts the transaction, in milliseconds.
    pub transaction_timeout_ms: i32,
    /// When the transaction began, in milliseconds since 1970; -1 for none.
    pub transaction_start_time_ms: i64,
    /// The id of the producer.
    pub producer_id: i64,
    /// The epoch of the producer; an older one is fenced off.
    pub producer_epoch: i16,
    /// The topics.
    pub topics: Vec<TopicData>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopicData {
    /// The name of the topic.
    pub topic: String,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}
