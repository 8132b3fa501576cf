//! `StreamsGroupDescribe`: API 89, versions 0 to 1.

use protocol_derive::{Request, Response, ResponsePart};

/// Asks for state, topology and members of streams groups (KIP-1071).
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 89, versions = 0..=1, flexible = 0..)]
pub struct StreamsGroupDescribeRequest {
    /// The ids of the groups.
    pub group_ids: Vec<String>,
    /// Whether to say what the client may do with each group (KIP-430).
    pub include_authorized_operations: bool,
    /// Whether to describe the processors of the topology.
    #[kafka(versions = 1..)]
    pub include_topology_description: bool,
}

/// The answer to [`StreamsGroupDescribeRequest`]: the groups.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 89, versions = 0..=1, flexible = 0..)]
pub struct StreamsGroupDescribeResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The groups.
    pub groups: Vec<DescribedGroup>,
}

/// A group.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribedGroup {
    /// The error of this group, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
    /// The id of the group.
    pub group_id: String,
    /// The state of the group, as `Stable` or `Empty`.
    pub group_state: String,
    /// The epoch of the group, which grows with every change of members or subscriptions.
    pub group_epoch: i32,
    /// The epoch the assignment was made for.
    pub assignment_epoch: i32,
    /// The topology.
    pub topology: Option<Topology>,
    /// The members.
    pub members: Vec<Member>,
    /// What the client may do, one bit for each operation; `i32::MIN` when not asked for (KIP-430).
    #[kafka(default = i32::MIN)]
    pub authorized_operations: i32,
    /// The processors of the topology and how they are connected.
    #[kafka(versions = 1..)]
    pub topology_description: Option<TopologyDescription>,
    /// Whether a description of the topology is there, as a number.
    #[kafka(versions = 1..)]
    pub topology_description_status: i8,
    /// The name of the assignor.
    #[kafka(versions = 1.., default = None, ignorable)]
    pub assignor_name: Option<String>,
}

/// The topology of the application.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct Topology {
    /// The epoch of the topology, which grows with every change of it.
    pub epoch: i32,
    /// The subtopologies.
    #[kafka(default = None)]
    pub subtopologies: Option<Vec<Subtopology>>,
}

/// A part of the topology that is processed on its own.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct Subtopology {
    /// The id of the subtopology.
    pub subtopology_id: String,
    /// The topics that are read.
    pub source_topics: Vec<String>,
    /// The internal repartition topics that are written.
    pub repartition_sink_topics: Vec<String>,
    /// The topics with the changes of state.
    pub state_changelog_topics: Vec<TopicInfo>,
    /// The internal repartition topics that are read.
    pub repartition_source_topics: Vec<TopicInfo>,
}

/// A topic and how it is to be made.
#[derive(Clone, PartialEq, ResponsePart)]
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
#[derive(Clone, PartialEq, ResponsePart)]
pub struct KeyValue {
    /// The name.
    pub key: String,
    /// The value.
    pub value: String,
}

/// A member of a group.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct Member {
    /// The id of the member.
    pub member_id: String,
    /// The epoch of the member, which follows that of the group.
    pub member_epoch: i32,
    /// The id of a static member, which survives restarts.
    #[kafka(default = None)]
    pub instance_id: Option<String>,
    /// The rack of the client.
    #[kafka(default = None)]
    pub rack_id: Option<String>,
    /// What the client calls itself.
    pub client_id: String,
    /// The host the member connects from.
    pub client_host: String,
    /// The epoch of the topology.
    pub topology_epoch: i32,
    /// The id of the process the member runs in.
    pub process_id: String,
    /// Where other instances reach this one for interactive queries.
    pub user_endpoint: Option<Endpoint>,
    /// The tags of the client, for spreading standby tasks over racks.
    pub client_tags: Vec<KeyValue>,
    /// How far the member's copies of state are.
    pub task_offsets: Vec<TaskOffset>,
    /// The ends of the changelogs the member's state comes from.
    pub task_end_offsets: Vec<TaskOffset>,
    /// What is assigned to the member.
    pub assignment: Assignment,
    /// What the member is to have in the end.
    pub target_assignment: Assignment,
    /// Whether the member speaks the classic protocol.
    pub is_classic: bool,
}

/// A host and a port.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct Endpoint {
    /// The host to connect to.
    pub host: String,
    /// The port to connect to.
    pub port: u16,
}

/// How far a task is.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TaskOffset {
    /// The id of the subtopology.
    pub subtopology_id: String,
    /// The number of the partition.
    pub partition: i32,
    /// The offset.
    pub offset: i64,
}

/// What a member has.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct Assignment {
    /// The tasks that are processed.
    pub active_tasks: Vec<TaskIds>,
    /// The tasks of which a copy of the state is kept.
    pub standby_tasks: Vec<TaskIds>,
    /// The tasks whose state is being restored.
    pub warmup_tasks: Vec<TaskIds>,
}

/// Tasks of a subtopology: one for each partition.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TaskIds {
    /// The id of the subtopology.
    pub subtopology_id: String,
    /// The partitions of the source topics: one task for each.
    pub partitions: Vec<i32>,
}

/// The processors of a topology.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopologyDescription {
    /// The subtopologies.
    pub subtopologies: Vec<TopologyDescriptionSubtopology>,
    /// The global state stores.
    pub global_stores: Vec<TopologyDescriptionGlobalStore>,
}

/// The processors of a subtopology.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopologyDescriptionSubtopology {
    /// The id of the subtopology.
    pub subtopology_id: String,
    /// The nodes.
    pub nodes: Vec<TopologyDescriptionNode>,
}

/// A processor, and what it is connected to.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopologyDescriptionNode {
    /// The name of the node.
    pub name: String,
    /// What kind of node it is, as a number.
    pub node_type: i8,
    /// The topics that are read.
    pub source_topics: Vec<String>,
    /// The topic that is written; null for other nodes.
    #[kafka(default = None)]
    pub sink_topic: Option<String>,
    /// The names of the node's state stores.
    pub stores: Vec<String>,
    /// The names of the nodes that read from this one.
    pub successors: Vec<String>,
}

/// A global state store: where its data comes from and what updates it.
#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopologyDescriptionGlobalStore {
    /// The source.
    pub source: TopologyDescriptionNode,
    /// The processor.
    pub processor: TopologyDescriptionNode,
}
