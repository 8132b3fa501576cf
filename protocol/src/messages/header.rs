use protocol_derive::Data;

#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 1..=2, flexible = 2..)]
pub struct RequestHeader {
    pub request_api_key: i16,
    pub request_api_version: i16,
    pub correlation_id: i32,
    #[kafka(inflexible)]
    pub client_id: Option<String>,
}

#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0..=1, flexible = 1..)]
pub struct ResponseHeader {
    pub correlation_id: i32,
}
