use protocol_derive::{Request, Response};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 17, versions = 0..=1)]
pub struct SaslHandshakeRequest {
    pub mechanism: String,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 17, versions = 0..=1)]
pub struct SaslHandshakeResponse {
    pub error_code: i16,
    pub mechanisms: Vec<String>,
}
