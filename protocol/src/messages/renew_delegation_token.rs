use bytes::Bytes;
use protocol_derive::{Request, Response};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 39, versions = 1..=2, flexible = 2..)]
pub struct RenewDelegationTokenRequest {
    #[kafka(secret)]
    pub hmac: Bytes,
    pub renew_period_ms: i64,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 39, versions = 1..=2, flexible = 2..)]
pub struct RenewDelegationTokenResponse {
    pub error_code: i16,
    pub expiry_timestamp_ms: i64,
    pub throttle_time_ms: i32,
}
