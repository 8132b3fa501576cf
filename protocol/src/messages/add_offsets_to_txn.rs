//! `AddOffsetsToTxn`: API 25, versions 0 to 4.

use protocol_derive::{Request, Response};

/// Adds the offsets of a group to a transaction (KIP-98).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 25, versions = 0..=4, flexible = 3..)]
pub struct AddOffsetsToTxnRequest {
    /// The transactional id of the producer.
    pub transactional_id: String,
    /// The id of the producer.
    pub producer_id: i64,
    /// The epoch of the producer; an older one is fenced off.
    pub producer_epoch: i16,
    /// The id of the group.
    pub group_id: String,
}

/// The answer to [`AddOffsetsToTxnRequest`]: whether they were added.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 25, versions = 0..=4, flexible = 3..)]
pub struct AddOffsetsToTxnResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
}
