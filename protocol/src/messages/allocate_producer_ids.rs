//! `AllocateProducerIds`: API 67, versions 0.

use protocol_derive::{Request, Response};

/// Asks the controller for a block of producer ids: sent by brokers (KIP-730).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 67, versions = 0, flexible = 0..)]
pub struct AllocateProducerIdsRequest {
    /// The id of the broker.
    pub broker_id: i32,
    /// The epoch the broker got at its registration.
    #[kafka(default = -1)]
    pub broker_epoch: i64,
}

/// The answer to [`AllocateProducerIdsRequest`]: the block.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 67, versions = 0, flexible = 0..)]
pub struct AllocateProducerIdsResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The first id of the block.
    pub producer_id_start: i64,
    /// The number of ids in the block.
    pub producer_id_len: i32,
}
