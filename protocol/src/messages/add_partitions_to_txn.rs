//! `AddPartitionsToTxn`: API 24, versions 0 to 5.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Adds partitions to a transaction (KIP-98).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 24, versions = 0..=5, flexible = 3..)]
pub struct AddPartitionsToTxnRequest {
    /// The transactions to add partitions to.
    #[kafka(versions = 4..)]
    pub transactions: Vec<AddPartitionsToTxnTransaction>,
    /// The transactional id of the producer.
    #[kafka(versions = 0..=3)]
    pub v3_and_below_transactional_id: String,
    /// The id of the producer.
    #[kafka(versions = 0..=3)]
    pub v3_and_below_producer_id: i64,
    /// The epoch of the producer.
    #[kafka(versions = 0..=3)]
    pub v3_and_below_producer_epoch: i16,
    /// The partitions to add, by topic.
    #[kafka(versions = 0..=3)]
    pub v3_and_below_topics: Vec<AddPartitionsToTxnTopic>,
}

/// A transaction, and the partitions to add to it.
#[derive(Clone, PartialEq, RequestPart)]
pub struct AddPartitionsToTxnTransaction {
    /// The transactional id of the producer.
    pub transactional_id: String,
    /// The id of the producer.
    pub producer_id: i64,
    /// The epoch of the producer; an older one is fenced off.
    pub producer_epoch: i16,
    /// Whether to check that the partitions are part of the transaction and not to add them (KIP-890).
    pub verify_only: bool,
    /// The topics.
    pub topics: Vec<AddPartitionsToTxnTopic>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct AddPartitionsToTxnTopic {
    /// The name of the topic.
    pub name: String,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}

/// The answer to [`AddPartitionsToTxnRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 24, versions = 0..=5, flexible = 3..)]
pub struct AddPartitionsToTxnResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    #[kafka(versions = 4.., ignorable)]
    pub error_code: i16,
    /// The outcomes, by transaction.
    #[kafka(versions = 4..)]
    pub results_by_transaction: Vec<AddPartitionsToTxnResult>,
    /// The outcomes, by topic.
    #[kafka(versions = 0..=3)]
    pub results_by_topic_v3_and_below: Vec<AddPartitionsToTxnTopicResult>,
}

/// The outcome for one transaction.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AddPartitionsToTxnResult {
    /// The transactional id of the producer.
    pub transactional_id: String,
    /// The outcomes, by topic.
    pub topic_results: Vec<AddPartitionsToTxnTopicResult>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AddPartitionsToTxnTopicResult {
    /// The name of the topic.
    pub name: String,
    /// The outcomes, by partition.
    pub results_by_partition: Vec<AddPartitionsToTxnPartitionResult>,
}

/// The outcome for one partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AddPartitionsToTxnPartitionResult {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub partition_error_code: i16,
}
