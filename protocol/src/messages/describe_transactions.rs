use protocol_derive::{Request, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 65, versions = 0, flexible = 0..)]
pub struct DescribeTransactionsRequest {
    pub transactional_ids: Vec<String>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 65, versions = 0, flexible = 0..)]
pub struct DescribeTransactionsResponse {
    pub throttle_time_ms: i32,
    pub transaction_states: Vec<TransactionState>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TransactionState {
    pub error_code: i16,
    pub transactional_id: String,
    pub transaction_state: String,
    pub transaction_timeout_ms: i32,
    pub transaction_start_time_ms: i64,
    pub producer_id: i64,
    pub producer_epoch: i16,
    pub topics: Vec<TopicData>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopicData {
    pub topic: String,
    pub partitions: Vec<i32>,
}
