use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 59, versions = 0..=1, flexible = 0..)]
pub struct FetchSnapshotRequest {
    #[kafka(tag = 0, default = None)]
    pub cluster_id: Option<String>,
    #[kafka(default = -1)]
    pub replica_id: i32,
    #[kafka(default = i32::MAX)]
    pub max_bytes: i32,
    pub topics: Vec<RequestTopicSnapshot>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestTopicSnapshot {
    pub name: String,
    pub partitions: Vec<RequestPartitionSnapshot>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestPartitionSnapshot {
    pub partition: i32,
    pub current_leader_epoch: i32,
    pub snapshot_id: RequestSnapshotId,
    pub position: i64,
    #[kafka(versions = 1.., tag = 0, ignorable)]
    pub replica_directory_id: Uuid,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestSnapshotId {
    pub end_offset: i64,
    pub epoch: i32,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 59, versions = 0..=1, flexible = 0..)]
pub struct FetchSnapshotResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub topics: Vec<ResponseTopicSnapshot>,
    #[kafka(versions = 1.., tag = 0)]
    pub node_endpoints: Vec<NodeEndpoint>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseTopicSnapshot {
    pub name: String,
    pub partitions: Vec<ResponsePartitionSnapshot>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponsePartitionSnapshot {
    pub index: i32,
    pub error_code: i16,
    pub snapshot_id: ResponseSnapshotId,
    #[kafka(tag = 0)]
    pub current_leader: LeaderIdAndEpoch,
    pub size: i64,
    pub position: i64,
    #[kafka(records)]
    pub unaligned_records: Bytes,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseSnapshotId {
    pub end_offset: i64,
    pub epoch: i32,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct LeaderIdAndEpoch {
    pub leader_id: i32,
    pub leader_epoch: i32,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct NodeEndpoint {
    pub node_id: i32,
    pub host: String,
    pub port: u16,
}
