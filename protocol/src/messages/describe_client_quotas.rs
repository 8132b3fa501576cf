use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 48, versions = 0..=1, flexible = 1..)]
pub struct DescribeClientQuotasRequest {
    pub components: Vec<ComponentData>,
    pub strict: bool,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct ComponentData {
    pub entity_type: String,
    pub match_type: i8,
    pub r#match: Option<String>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 48, versions = 0..=1, flexible = 1..)]
pub struct DescribeClientQuotasResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    pub entries: Option<Vec<EntryData>>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct EntryData {
    pub entity: Vec<EntityData>,
    pub values: Vec<ValueData>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct EntityData {
    pub entity_type: String,
    pub entity_name: Option<String>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ValueData {
    pub key: String,
    pub value: f64,
}
