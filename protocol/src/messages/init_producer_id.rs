//! `InitProducerId`: API 22, versions 0 to 6.

use protocol_derive::{Request, Response};

/// Asks for a producer id; with a transactional id, ends what an earlier producer left open and fences it off (KIP-98).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 22, versions = 0..=6, flexible = 2..)]
pub struct InitProducerIdRequest {
    /// The transactional id; null for a producer that is only idempotent.
    pub transactional_id: Option<String>,
    /// After which time without news the coordinator aborts the transaction, in milliseconds.
    pub transaction_timeout_ms: i32,
    /// The id the producer has, to raise its epoch; -1 for a new one (KIP-360).
    #[kafka(versions = 3.., default = -1)]
    pub producer_id: i64,
    /// The epoch the producer has; -1 for a new one (KIP-360).
    #[kafka(versions = 3.., default = -1)]
    pub producer_epoch: i16,
    /// Whether the producer takes part in two-phase commits, which no time-out aborts (KIP-939).
    #[kafka(versions = 6..)]
    pub enable_2pc: bool,
    /// Whether to leave a prepared transaction open (KIP-939).
    #[kafka(versions = 6..)]
    pub keep_prepared_txn: bool,
}

/// The answer to [`InitProducerIdRequest`]: the id and epoch of the producer.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 22, versions = 0..=6, flexible = 2..)]
pub struct InitProducerIdResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The id of the producer.
    #[kafka(default = -1)]
    pub producer_id: i64,
    /// The epoch of the producer; an older one is fenced off.
    pub producer_epoch: i16,
    /// The producer id of the transaction that is open; -1 for none (KIP-939).
    #[kafka(versions = 6.., default = -1)]
    pub ongoing_txn_producer_id: i64,
    /// The producer epoch of the transaction that is open; -1 for none (KIP-939).
    #[kafka(versions = 6.., default = -1)]
    pub ongoing_txn_producer_epoch: i16,
}
