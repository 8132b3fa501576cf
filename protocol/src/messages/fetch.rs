//! `Fetch`: API 1, versions 4 to 18.

use bytes::Bytes;
use protocol_derive::{Request, RequestPart, Response, ResponsePart};

use crate::Uuid;

/// Reads record batches from partitions, as part of a session that remembers them (KIP-227).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 1, versions = 4..=18, flexible = 12..)]
pub struct FetchRequest {
    /// The id of the cluster, when a controller fetches metadata (KIP-595).
    #[kafka(versions = 12.., tag = 0, default = None, ignorable)]
    pub cluster_id: Option<String>,
    /// The id of the replica's node; -1 for clients.
    #[kafka(versions = 0..=14, default = -1)]
    pub replica_id: i32,
    /// What a follower says of itself; clients leave it alone (KIP-903).
    #[kafka(versions = 15.., tag = 1)]
    pub replica_state: ReplicaState,
    /// How long to wait for enough bytes, in milliseconds.
    pub max_wait_ms: i32,
    /// The least bytes to answer with before the time is up.
    pub min_bytes: i32,
    /// The most bytes to answer with; a first batch that is larger is sent all the same (KIP-74).
    #[kafka(default = i32::MAX)]
    pub max_bytes: i32,
    /// Which records are visible: 0 all, 1 committed ones only (KIP-98).
    pub isolation_level: i8,
    /// The id of the fetch session; 0 for none (KIP-227).
    #[kafka(versions = 7.., ignorable)]
    pub session_id: i32,
    /// The epoch of the fetch session: 0 opens one, -1 is outside any, otherwise it grows with each request
    /// (KIP-227).
    #[kafka(versions = 7.., default = -1, ignorable)]
    pub session_epoch: i32,
    /// The partitions to read, by topic; in a session only what is new or has changed (KIP-227).
    pub topics: Vec<FetchTopic>,
    /// The partitions to take out of the session (KIP-227).
    #[kafka(versions = 7..)]
    pub forgotten_topics_data: Vec<ForgottenTopic>,
    /// The rack of the client, to be sent to a near replica (KIP-392).
    #[kafka(versions = 11.., ignorable)]
    pub rack_id: String,
}

/// A follower, for the leader it fetches from (KIP-903).
#[derive(Clone, PartialEq, RequestPart)]
pub struct ReplicaState {
    /// The id of the follower; -1 for clients.
    #[kafka(default = -1)]
    pub replica_id: i32,
    /// The epoch of the follower; -1 for none.
    #[kafka(default = -1)]
    pub replica_epoch: i64,
}

/// A topic and its partitions in question.
#[derive(Clone, PartialEq, RequestPart)]
pub struct FetchTopic {
    /// The name of the topic.
    #[kafka(versions = 0..=12, ignorable)]
    pub topic: String,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 13.., ignorable)]
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<FetchPartition>,
}

/// A partition, and where to read from.
#[derive(Clone, PartialEq, RequestPart)]
pub struct FetchPartition {
    /// The number of the partition.
    pub partition: i32,
    /// The leader epoch the client knows; a broker that knows another refuses (KIP-320). -1 for none.
    #[kafka(versions = 9.., default = -1, ignorable)]
    pub current_leader_epoch: i32,
    /// The offset to fetch from.
    pub fetch_offset: i64,
    /// The leader epoch of the last record the follower has; -1 for none (KIP-595).
    #[kafka(versions = 12.., default = -1)]
    pub last_fetched_epoch: i32,
    /// The first offset of the follower's log; -1 for clients (KIP-107).
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub log_start_offset: i64,
    /// The most bytes to answer with for this partition; a first batch that is larger is sent all the same
    /// (KIP-74).
    pub partition_max_bytes: i32,
    /// The id of the directory the follower writes to (KIP-853).
    #[kafka(versions = 17.., tag = 0, ignorable)]
    pub replica_directory_id: Uuid,
    /// The high watermark the follower knows, so that the leader can answer when it moves (KIP-1166).
    #[kafka(versions = 18.., tag = 1, default = i64::MAX, ignorable)]
    pub high_watermark: i64,
}

/// A topic whose partitions leave the session.
#[derive(Clone, PartialEq, RequestPart)]
pub struct ForgottenTopic {
    /// The name of the topic.
    #[kafka(versions = 0..=12, ignorable)]
    pub topic: String,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 13.., ignorable)]
    pub topic_id: Uuid,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}

/// The answer to [`FetchRequest`]: the batches.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 1, versions = 4..=18, flexible = 12..)]
pub struct FetchResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    #[kafka(versions = 7.., ignorable)]
    pub error_code: i16,
    /// The id of the fetch session; 0 for none (KIP-227).
    #[kafka(versions = 7..)]
    pub session_id: i32,
    /// The batches, by topic.
    pub responses: Vec<FetchableTopicResponse>,
    /// Where to reach the leaders named above, so that no metadata need be asked for (KIP-951).
    #[kafka(versions = 16.., tag = 0)]
    pub node_endpoints: Vec<NodeEndpoint>,
}

/// A topic of the response, with its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct FetchableTopicResponse {
    /// The name of the topic.
    #[kafka(versions = 0..=12, ignorable)]
    pub topic: String,
    /// The id of the topic (KIP-516).
    #[kafka(versions = 13.., ignorable)]
    pub topic_id: Uuid,
    /// The partitions of the topic.
    pub partitions: Vec<PartitionData>,
}

/// A partition of the response.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct PartitionData {
    /// The number of the partition.
    pub partition_index: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// The offset up to which records are on all in-sync replicas.
    pub high_watermark: i64,
    /// The offset up to which all transactions have ended.
    #[kafka(default = -1)]
    pub last_stable_offset: i64,
    /// The first offset of the log (KIP-107).
    #[kafka(versions = 5.., default = -1, ignorable)]
    pub log_start_offset: i64,
    /// Where the follower's log parts from the leader's (KIP-595).
    #[kafka(versions = 12.., tag = 0)]
    pub diverging_epoch: EpochEndOffset,
    /// The leader as the broker knows it, when the one addressed is not (KIP-951).
    #[kafka(versions = 12.., tag = 1)]
    pub current_leader: LeaderIdAndEpoch,
    /// The snapshot to fetch instead of records that are gone (KIP-630).
    #[kafka(versions = 12.., tag = 2)]
    pub snapshot_id: SnapshotId,
    /// The transactions in these batches that were aborted, for readers of committed records only.
    pub aborted_transactions: Option<Vec<AbortedTransaction>>,
    /// The id of the broker to fetch from, as it is nearer; -1 for the leader (KIP-392).
    #[kafka(versions = 11.., default = -1)]
    pub preferred_read_replica: i32,
    /// The record batches.
    #[kafka(records)]
    pub records: Option<Bytes>,
}

/// Where a leader epoch ended; -1 and -1 for none.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct EpochEndOffset {
    /// The largest epoch both logs know.
    #[kafka(default = -1)]
    pub epoch: i32,
    /// The offset after the last record of the epoch; -1 for unknown.
    #[kafka(default = -1)]
    pub end_offset: i64,
}

/// A leader and its epoch; -1 and -1 for none.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct LeaderIdAndEpoch {
    /// The id of the leader; -1 for none.
    #[kafka(default = -1)]
    pub leader_id: i32,
    /// The epoch of the leader; -1 for unknown.
    #[kafka(default = -1)]
    pub leader_epoch: i32,
}

/// The name of a snapshot: where it ends, and in which epoch.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct SnapshotId {
    /// The offset after the last record the snapshot covers.
    #[kafka(default = -1)]
    pub end_offset: i64,
    /// The epoch of the last record the snapshot covers.
    #[kafka(default = -1)]
    pub epoch: i32,
}

/// An aborted transaction: its records from `first_offset` on do not count.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct AbortedTransaction {
    /// The id of the producer.
    pub producer_id: i64,
    /// The offset of the first record of the transaction.
    pub first_offset: i64,
}

/// Where to reach a node.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct NodeEndpoint {
    /// The id of the node.
    pub node_id: i32,
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: i32,
    /// The rack of the node, if it has one.
    #[kafka(default = None)]
    pub rack: Option<String>,
}
