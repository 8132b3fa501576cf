use protocol_derive::{Request, Response};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 22, versions = 0..=6, flexible = 2..)]
pub struct InitProducerIdRequest {
    pub transactional_id: Option<String>,
    pub transaction_timeout_ms: i32,
    #[kafka(versions = 3.., default = -1)]
    pub producer_id: i64,
    #[kafka(versions = 3.., default = -1)]
    pub producer_epoch: i16,
    #[kafka(versions = 6..)]
    pub enable_2pc: bool,
    #[kafka(versions = 6..)]
    pub keep_prepared_txn: bool,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 22, versions = 0..=6, flexible = 2..)]
pub struct InitProducerIdResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    #[kafka(default = -1)]
    pub producer_id: i64,
    pub producer_epoch: i16,
    #[kafka(versions = 6.., default = -1)]
    pub ongoing_txn_producer_id: i64,
    #[kafka(versions = 6.., default = -1)]
    pub ongoing_txn_producer_epoch: i16,
}
