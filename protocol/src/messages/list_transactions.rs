use protocol_derive::{Request, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 66, versions = 0..=2, flexible = 0..)]
pub struct ListTransactionsRequest {
    pub state_filters: Vec<String>,
    pub producer_id_filters: Vec<i64>,
    #[kafka(versions = 1.., default = -1)]
    pub duration_filter: i64,
    #[kafka(versions = 2.., default = None)]
    pub transactional_id_pattern: Option<String>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 66, versions = 0..=2, flexible = 0..)]
pub struct ListTransactionsResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub unknown_state_filters: Vec<String>,
    pub transaction_states: Vec<TransactionState>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TransactionState {
    pub transactional_id: String,
    pub producer_id: i64,
    pub transaction_state: String,
}
