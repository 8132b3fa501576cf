//! `FetchSnapshot`: API 59, versions 0 to 1.

use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Reads a part of a snapshot of the metadata (KIP-630).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 59, versions = 0..=1, flexible = 0..)]
pub struct FetchSnapshotRequest {
    /// The id of the cluster.
    #[kafka(tag = 0, default = None)]
    pub cluster_id: Option<String>,
    /// The id of the node that fetches.
    #[kafka(default = -1)]
    pub replica_id: i32,
    /// The most bytes to answer with.
    #[kafka(default = i32::MAX)]
    pub max_bytes: i32,
    /// The topics.
    pub topics: Vec<RequestTopicSnapshot>,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestTopicSnapshot {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<RequestPartitionSnapshot>,
}

/// A partition of the request.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestPartitionSnapshot {
    /// The number of the partition.
    pub partition: i32,
    /// The leader epoch the client knows; a broker that knows another refuses (KIP-320). -1 for none.
    pub current_leader_epoch: i32,
    /// The id of the snapshot.
    pub snapshot_id: RequestSnapshotId,
    /// The position in the snapshot, in bytes.
    pub position: i64,
    /// The id of the directory that holds the replica.
    #[kafka(versions = 1.., tag = 0, ignorable)]
    pub replica_directory_id: Uuid,
}

/// The name of a snapshot: where it ends, and in which epoch.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestSnapshotId {
    /// The offset after the last record the snapshot covers.
    pub end_offset: i64,
    /// The epoch of the last record the snapshot covers.
    pub epoch: i32,
}

/// The answer to [`FetchSnapshotRequest`]: the part.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 59, versions = 0..=1, flexible = 0..)]
pub struct FetchSnapshotResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The topics.
    pub topics: Vec<ResponseTopicSnapshot>,
    /// Where to reach the leaders named above (KIP-853).
    #[kafka(versions = 1.., tag = 0)]
    pub node_endpoints: Vec<NodeEndpoint>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseTopicSnapshot {
    /// The name of the topic.
    pub name: String,
    /// The partitions of the topic.
    pub partitions: Vec<ResponsePartitionSnapshot>,
}

/// A partition of the response.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponsePartitionSnapshot {
    /// The number of the partition.
    pub index: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The id of the snapshot.
    pub snapshot_id: ResponseSnapshotId,
    /// The leader as the node knows it.
    #[kafka(tag = 0)]
    pub current_leader: LeaderIdAndEpoch,
    /// The size of the snapshot, in bytes.
    pub size: i64,
    /// The position in the snapshot, in bytes.
    pub position: i64,
    /// Bytes of the snapshot, which need not begin or end with a batch.
    #[kafka(records)]
    pub unaligned_records: Bytes,
}

/// The name of a snapshot: where it ends, and in which epoch.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseSnapshotId {
    /// The offset after the last record the snapshot covers.
    pub end_offset: i64,
    /// The epoch of the last record the snapshot covers.
    pub epoch: i32,
}

/// A leader and its epoch; -1 and -1 for none.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct LeaderIdAndEpoch {
    /// The id of the leader; -1 for none.
    pub leader_id: i32,
    /// The epoch of the leader; -1 for unknown.
    pub leader_epoch: i32,
}

/// Where to reach a node.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct NodeEndpoint {
    /// The id of the node.
    pub node_id: i32,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: u16,
}
