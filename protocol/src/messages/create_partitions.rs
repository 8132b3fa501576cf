use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 37, versions = 0..=3, flexible = 2..)]
pub struct CreatePartitionsRequest {
    pub topics: Vec<CreatePartitionsTopic>,
    pub timeout_ms: i32,
    pub validate_only: bool,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct CreatePartitionsTopic {
    pub name: String,
    pub count: i32,
    pub assignments: Option<Vec<CreatePartitionsAssignment>>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct CreatePartitionsAssignment {
    pub broker_ids: Vec<i32>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 37, versions = 0..=3, flexible = 2..)]
pub struct CreatePartitionsResponse {
    pub throttle_time_ms: i32,
    pub results: Vec<CreatePartitionsTopicResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct CreatePartitionsTopicResult {
    pub name: String,
    pub error_code: i16,
    #[kafka(default = None)]
    pub error_message: Option<String>,
}
