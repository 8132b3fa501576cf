use protocol_derive::{Request, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 10, versions = 0..=6, flexible = 3..)]
pub struct FindCoordinatorRequest {
    #[kafka(versions = 0..=3)]
    pub key: String,
    #[kafka(versions = 1..)]
    pub key_type: i8,
    #[kafka(versions = 4..)]
    pub coordinator_keys: Vec<String>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 10, versions = 0..=6, flexible = 3..)]
pub struct FindCoordinatorResponse {
    #[kafka(versions = 1.., ignorable)]
    pub throttle_time_ms: i32,
    #[kafka(versions = 0..=3)]
    pub error_code: i16,
    #[kafka(versions = 1..=3, ignorable)]
    pub error_message: Option<String>,
    #[kafka(versions = 0..=3)]
    pub node_id: i32,
    #[kafka(versions = 0..=3)]
    pub host: String,
    #[kafka(versions = 0..=3)]
    pub port: i32,
    #[kafka(versions = 4..)]
    pub coordinators: Vec<Coordinator>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct Coordinator {
    pub key: String,
    pub node_id: i32,
    pub host: String,
    pub port: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
}
