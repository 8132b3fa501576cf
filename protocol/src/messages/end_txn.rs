//! `EndTxn`: API 26, versions 0 to 5.

use protocol_derive::{Request, Response};

/// Commits or aborts a transaction (KIP-98).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 26, versions = 0..=5, flexible = 3..)]
pub struct EndTxnRequest {
    /// The transactional id of the producer.
    pub transactional_id: String,
    /// The id of the producer.
    pub producer_id: i64,
    /// The epoch of the producer; an older one is fenced off.
    pub producer_epoch: i16,
    /// Whether to commit; otherwise the transaction is aborted.
    pub committed: bool,
}

/// The answer to [`EndTxnRequest`]: whether it ended and, since version 5, with which epoch to go on
/// (KIP-890).
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 26, versions = 0..=5, flexible = 3..)]
pub struct EndTxnResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The id to go on with; -1 for the old one (KIP-890).
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub producer_id: i64,
    /// The epoch to go on with; -1 for the old one (KIP-890).
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub producer_epoch: i16,
}
