//! `StreamsGroupHeartbeat`: API 88, versions 0 to 1.

use protocol_derive::{Request, RequestPart, Response, ResponsePart};

/// Joins, stays in and leaves a streams group, and tells what the member does (KIP-1071).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 88, versions = 0..=1, flexible = 0..)]
pub struct StreamsGroupHeartbeatRequest {
    /// The id of the group.
    pub group_id: String,
    /// The id of the member.
    pub member_id: String,
    /// The epoch of the member: 0 joins, -1 leaves, -2 leaves for a while as a static member.
    pub member_epoch: i32,
    /// The epoch of what is known of the other instances' endpoints.
    pub endpoint_information_epoch: i32,
    /// The id of a static member, which survives restarts.
    #[kafka(default = None)]
    pub instance_id: Option<String>,
    /// The rack of the client.
    #[kafka(default = None)]
    pub rack_id: Option<String>,
    /// How long the member may take to rejoin or to give partitions up, in milliseconds.
    #[kafka(default = -1)]
    pub rebalance_timeout_ms: i32,
    /// The topology.
    pub topology: Option<Topology>,
    /// The tasks that are processed.
    #[kafka(default = None)]
    pub active_tasks: Option<Vec<RequestTaskIds>>,
    /// The tasks of which a copy of the state is kept.
    #[kafka(default = None)]
    pub standby_tasks: Option<Vec<RequestTaskIds>>,
    /// The tasks whose state is being restored.
    #[kafka(default = None)]
    pub warmup_tasks: Option<Vec<RequestTaskIds>>,
    /// The id of the process the member runs in.
    #[kafka(default = None)]
    pub process_id: Option<String>,
    /// Where other instances reach this one for interactive queries.
    pub user_endpoint: Option<RequestEndpoint>,
    /// The tags of the client, for spreading standby tasks over racks.
    #[kafka(default = None)]
    pub client_tags: Option<Vec<KeyValue>>,
    /// How far the member's copies of state are.
    #[kafka(default = None)]
    pub task_offsets: Option<Vec<TaskOffset>>,
    /// The ends of the changelogs the member's state comes from.
    #[kafka(default = None)]
    pub task_end_offsets: Option<Vec<TaskOffset>>,
    /// Whether all instances of the application are to shut down.
    pub shutdown_application: bool,
}

/// The topology of the application.
#[derive(Clone, PartialEq, RequestPart)]
pub struct Topology {
    /// The epoch of the topology, which grows with every change of it.
    pub epoch: i32,
    /// The subtopologies.
    pub subtopologies: Vec<Subtopology>,
}

/// A part of the topology that is processed on its own.
#[derive(Clone, PartialEq, RequestPart)]
pub struct Subtopology {
    /// The id of the subtopology.
    pub subtopology_id: String,
    /// The topics that are read.
    pub source_topics: Vec<String>,
    /// The regular expressions of topics that are read.
    pub source_topic_regex: Vec<String>,
    /// The topics with the changes of state.
    pub state_changelog_topics: Vec<TopicInfo>,
    /// The internal repartition topics that are written.
    pub repartition_sink_topics: Vec<String>,
    /// The internal repartition topics that are read.
    pub repartition_source_topics: Vec<TopicInfo>,
    /// Groups of topics that must have the same number of partitions.
    pub copartition_groups: Vec<CopartitionGroup>,
}

/// A topic and how it is to be made.
#[derive(Clone, PartialEq, RequestPart)]
pub struct TopicInfo {
    /// The name of the topic.
    pub name: String,
    /// The number of partitions; 0 when it follows from other topics.
    pub partitions: i32,
    /// The number of replicas.
    pub replication_factor: i16,
    /// The settings of the topic.
    pub topic_configs: Vec<KeyValue>,
}

/// A name and a value.
#[derive(Clone, PartialEq, RequestPart)]
pub struct KeyValue {
    /// The name.
    pub key: String,
    /// The value.
    pub value: String,
}

/// Topics that must have the same number of partitions, by their places in the lists above.
#[derive(Clone, PartialEq, RequestPart)]
pub struct CopartitionGroup {
    /// The places of the topics in `source_topics`.
    pub source_topics: Vec<i16>,
    /// The places of the expressions in `source_topic_regex`.
    pub source_topic_regex: Vec<i16>,
    /// The places of the topics in `repartition_source_topics`.
    pub repartition_source_topics: Vec<i16>,
}

/// Tasks of a subtopology: one for each partition.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestTaskIds {
    /// The id of the subtopology.
    pub subtopology_id: String,
    /// The partitions of the source topics: one task for each.
    pub partitions: Vec<i32>,
}

/// A host and a port.
#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestEndpoint {
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: u16,
}

/// How far a task is.
#[derive(Clone, PartialEq, RequestPart)]
pub struct TaskOffset {
    /// The id of the subtopology.
    pub subtopology_id: String,
    /// The number of the partition.
    pub partition: i32,
    /// The offset.
    pub offset: i64,
}

/// The answer to [`StreamsGroupHeartbeatRequest`]: what the member is to do.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 88, versions = 0..=1, flexible = 0..)]
pub struct StreamsGroupHeartbeatResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
    /// The id of the member.
    pub member_id: String,
    /// The epoch of the member, which follows that of the group.
    pub member_epoch: i32,
    /// How often to send heartbeats, in milliseconds.
    pub heartbeat_interval_ms: i32,
    /// How far behind a task may be and still count as caught up, in records.
    #[kafka(versions = 0)]
    pub acceptable_recovery_lag_legacy: i32,
    /// How often to report the offsets of tasks, in milliseconds.
    pub task_offset_interval_ms: i32,
    /// How far behind a task may be and still count as caught up, in records.
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub acceptable_recovery_lag: i64,
    /// What the member should know about the state of the group.
    pub status: Option<Vec<Status>>,
    /// The tasks that are processed.
    #[kafka(default = None)]
    pub active_tasks: Option<Vec<ResponseTaskIds>>,
    /// The tasks of which a copy of the state is kept.
    #[kafka(default = None)]
    pub standby_tasks: Option<Vec<ResponseTaskIds>>,
    /// The tasks whose state is being restored.
    #[kafka(default = None)]
    pub warmup_tasks: Option<Vec<ResponseTaskIds>>,
    /// Whether the member is to send a description of its topology.
    #[kafka(versions = 1..)]
    pub topology_description_required: bool,
    /// The epoch of what is known of the other instances' endpoints.
    pub endpoint_information_epoch: i32,
    /// Which instance has which partitions.
    #[kafka(default = None)]
    pub partitions_by_user_endpoint: Option<Vec<EndpointToPartitions>>,
}

/// Something the member should know.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct Status {
    /// What is the matter, as a number.
    pub status_code: i8,
    /// What is the matter, in words.
    pub status_detail: String,
}

/// Tasks of a subtopology: one for each partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseTaskIds {
    /// The id of the subtopology.
    pub subtopology_id: String,
    /// The partitions of the source topics: one task for each.
    pub partitions: Vec<i32>,
}

/// An instance and its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct EndpointToPartitions {
    /// Where other instances reach this one for interactive queries.
    pub user_endpoint: ResponseEndpoint,
    /// The partitions the instance processes.
    pub active_partitions: Vec<TopicPartition>,
    /// The partitions of which the instance keeps a copy of the state.
    pub standby_partitions: Vec<TopicPartition>,
}

/// A host and a port.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseEndpoint {
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: u16,
}

/// A topic and some of its partitions.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopicPartition {
    /// The name of the topic.
    pub topic: String,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}
