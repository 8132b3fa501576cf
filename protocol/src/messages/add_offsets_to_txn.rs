use protocol_derive::{Request, Response};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 25, versions = 0..=4, flexible = 3..)]
pub struct AddOffsetsToTxnRequest {
    pub transactional_id: String,
    pub producer_id: i64,
    pub producer_epoch: i16,
    pub group_id: String,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 25, versions = 0..=4, flexible = 3..)]
pub struct AddOffsetsToTxnResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
}
