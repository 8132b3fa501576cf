use bytes::Bytes;
use protocol_derive::{Request, Response};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 58, versions = 0, flexible = 0..)]
pub struct EnvelopeRequest {
    pub request_data: Bytes,
    pub request_principal: Option<Bytes>,
    pub client_host_address: Bytes,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 58, versions = 0, flexible = 0..)]
pub struct EnvelopeResponse {
    #[kafka(default = None)]
    pub response_data: Option<Bytes>,
    pub error_code: i16,
}
