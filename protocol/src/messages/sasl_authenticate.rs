use bytes::Bytes;
use protocol_derive::{Request, Response};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 36, versions = 0..=2, flexible = 2..)]
pub struct SaslAuthenticateRequest {
    #[kafka(secret)]
    pub auth_bytes: Bytes,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 36, versions = 0..=2, flexible = 2..)]
pub struct SaslAuthenticateResponse {
    pub error_code: i16,
    pub error_message: Option<String>,
    #[kafka(secret)]
    pub auth_bytes: Bytes,
    #[kafka(versions = 1.., ignorable)]
    pub session_lifetime_ms: i64,
}
