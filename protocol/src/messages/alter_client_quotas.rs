use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 49, versions = 0..=1, flexible = 1..)]
pub struct AlterClientQuotasRequest {
    pub entries: Vec<RequestEntryData>,
    pub validate_only: bool,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestEntryData {
    pub entity: Vec<RequestEntityData>,
    pub ops: Vec<OpData>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestEntityData {
    pub entity_type: String,
    pub entity_name: Option<String>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct OpData {
    pub key: String,
    pub value: f64,
    pub remove: bool,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 49, versions = 0..=1, flexible = 1..)]
pub struct AlterClientQuotasResponse {
    pub throttle_time_ms: i32,
    pub entries: Vec<ResponseEntryData>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseEntryData {
    pub error_code: i16,
    pub error_message: Option<String>,
    pub entity: Vec<ResponseEntityData>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseEntityData {
    pub entity_type: String,
    pub entity_name: Option<String>,
}
