//! The headers of requests and responses.

use protocol_derive::Data;

/// What stands in front of every request.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 1..=2, flexible = 2..)]
pub struct RequestHeader {
    /// The number of the API.
    pub request_api_key: i16,
    /// The version of the API.
    pub request_api_version: i16,
    /// The number that ties a response to its request.
    pub correlation_id: i32,
    /// What the client calls itself.
    #[kafka(inflexible)]
    pub client_id: Option<String>,
}

/// What stands in front of every response.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0..=1, flexible = 1..)]
pub struct ResponseHeader {
    /// The number that ties a response to its request.
    pub correlation_id: i32,
}
