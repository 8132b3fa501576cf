use protocol_derive::{Request, Response};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 26, versions = 0..=5, flexible = 3..)]
pub struct EndTxnRequest {
    pub transactional_id: String,
    pub producer_id: i64,
    pub producer_epoch: i16,
    pub committed: bool,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 26, versions = 0..=5, flexible = 3..)]
pub struct EndTxnResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub producer_id: i64,
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub producer_epoch: i16,
}
