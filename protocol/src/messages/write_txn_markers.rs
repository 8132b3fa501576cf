//! `WriteTxnMarkers`: API 27, versions 1 to 2.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Writes the ends of transactions to partitions: sent by coordinators.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 27, versions = 1..=2, flexible = 1..)]
pub struct WriteTxnMarkersRequest {
    /// The markers.
    pub markers: Vec<WritableTxnMarker>,
}

/// The end of one transaction, and where to write it.
#[derive(Clone, PartialEq, RequestPart)]
pub struct WritableTxnMarker {
    /// The id of the producer.
    pub producer_id: i64,
    /// The epoch of the producer; an older one is fenced off.
    pub producer_epoch: i16,
    /// Whether the transaction is committed; otherwise it is aborted.
    pub transaction_result: bool,
    /// The topics.
    pub topics: Vec<WritableTxnMarkerTopic>,
    /// The epoch of the transaction coordinator.
    pub coordinator_epoch: i32,
    /// The version of the transaction protocol (KIP-1228).
    #[kafka(versions = 2.., ignorable)]
    pub transaction_version: i8,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct WritableTxnMarkerTopic {
    /// The name of the topic.
    pub name: String,
    /// The numbers of the partitions.
    pub partition_indexes: Vec<i32>,
}

/// The answer to [`WriteTxnMarkersRequest`]: the outcome for each partition.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 27, versions = 1..=2, flexible = 1..)]
pub struct WriteTxnMarkersResponse {
    /// The markers.
    pub markers: Vec<WritableTxnMarkerResult>,
}

/// The outcome for one transaction.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct WritableTxnMarkerResult {
    /// The id of the producer.
    pub producer_id: i64,
    /// The topics.
    pub topics: Vec<WritableTxnMarkerTopicResult>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct WritableTxnMarkerTopicResult {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<WritableTxnMarkerPartitionResult>,
}

/// The outcome for one partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct WritableTxnMarkerPartitionResult {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
}
