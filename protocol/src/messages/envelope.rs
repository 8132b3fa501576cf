//! `Envelope`: API 58, versions 0.

use bytes::Bytes;
use protocol_derive::{Request, Response};

/// A request that a broker passes on to the controller (KIP-590).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 58, versions = 0, flexible = 0..)]
pub struct EnvelopeRequest {
    /// The request inside, with its header.
    pub request_data: Bytes,
    /// The principal that sent the request inside.
    pub request_principal: Option<Bytes>,
    /// The address the request inside came from.
    pub client_host_address: Bytes,
}

/// The answer to [`EnvelopeRequest`]: the response inside.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 58, versions = 0, flexible = 0..)]
pub struct EnvelopeResponse {
    /// The response inside, with its header; null when there is an error.
    #[kafka(default = None)]
    pub response_data: Option<Bytes>,
    /// The error, or 0.
    pub error_code: i16,
}
