use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 27, versions = 1..=2, flexible = 1..)]
pub struct WriteTxnMarkersRequest {
    pub markers: Vec<WritableTxnMarker>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct WritableTxnMarker {
    pub producer_id: i64,
    pub producer_epoch: i16,
    pub transaction_result: bool,
    pub topics: Vec<WritableTxnMarkerTopic>,
    pub coordinator_epoch: i32,
    #[kafka(versions = 2.., ignorable)]
    pub transaction_version: i8,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct WritableTxnMarkerTopic {
    pub name: String,
    pub partition_indexes: Vec<i32>,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 27, versions = 1..=2, flexible = 1..)]
pub struct WriteTxnMarkersResponse {
    pub markers: Vec<WritableTxnMarkerResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct WritableTxnMarkerResult {
    pub producer_id: i64,
    pub topics: Vec<WritableTxnMarkerTopicResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct WritableTxnMarkerTopicResult {
    pub name: String,
    pub partitions: Vec<WritableTxnMarkerPartitionResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct WritableTxnMarkerPartitionResult {
    pub partition_index: i32,
    pub error_code: i16,
}
