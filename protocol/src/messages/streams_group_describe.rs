use protocol_derive::{Request, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 89, versions = 0..=1, flexible = 0..)]
pub struct StreamsGroupDescribeRequest {
    pub group_ids: Vec<String>,
    pub include_authorized_operations: bool,
    #[kafka(versions = 1..)]
    pub include_topology_description: bool,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 89, versions = 0..=1, flexible = 0..)]
pub struct StreamsGroupDescribeResponse {
    pub throttle_time_ms: i32,
    pub groups: Vec<DescribedGroup>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribedGroup {
    pub error_code: i16,
    #[kafka(default = None)]
    pub error_message: Option<String>,
    pub group_id: String,
    pub group_state: String,
    pub group_epoch: i32,
    pub assignment_epoch: i32,
    pub topology: Option<Topology>,
    pub members: Vec<Member>,
    #[kafka(default = i32::MIN)]
    pub authorized_operations: i32,
    #[kafka(versions = 1..)]
    pub topology_description: Option<TopologyDescription>,
    #[kafka(versions = 1..)]
    pub topology_description_status: i8,
    #[kafka(versions = 1.., default = None, ignorable)]
    pub assignor_name: Option<String>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct Topology {
    pub epoch: i32,
    #[kafka(default = None)]
    pub subtopologies: Option<Vec<Subtopology>>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct Subtopology {
    pub subtopology_id: String,
    pub source_topics: Vec<String>,
    pub repartition_sink_topics: Vec<String>,
    pub state_changelog_topics: Vec<TopicInfo>,
    pub repartition_source_topics: Vec<TopicInfo>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopicInfo {
    pub name: String,
    pub partitions: i32,
    pub replication_factor: i16,
    pub topic_configs: Vec<KeyValue>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct KeyValue {
    pub key: String,
    pub value: String,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct Member {
    pub member_id: String,
    pub member_epoch: i32,
    #[kafka(default = None)]
    pub instance_id: Option<String>,
    #[kafka(default = None)]
    pub rack_id: Option<String>,
    pub client_id: String,
    pub client_host: String,
    pub topology_epoch: i32,
    pub process_id: String,
    pub user_endpoint: Option<Endpoint>,
    pub client_tags: Vec<KeyValue>,
    pub task_offsets: Vec<TaskOffset>,
    pub task_end_offsets: Vec<TaskOffset>,
    pub assignment: Assignment,
    pub target_assignment: Assignment,
    pub is_classic: bool,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct Endpoint {
    pub host: String,
    pub port: u16,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TaskOffset {
    pub subtopology_id: String,
    pub partition: i32,
    pub offset: i64,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct Assignment {
    pub active_tasks: Vec<TaskIds>,
    pub standby_tasks: Vec<TaskIds>,
    pub warmup_tasks: Vec<TaskIds>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TaskIds {
    pub subtopology_id: String,
    pub partitions: Vec<i32>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopologyDescription {
    pub subtopologies: Vec<TopologyDescriptionSubtopology>,
    pub global_stores: Vec<TopologyDescriptionGlobalStore>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopologyDescriptionSubtopology {
    pub subtopology_id: String,
    pub nodes: Vec<TopologyDescriptionNode>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopologyDescriptionNode {
    pub name: String,
    pub node_type: i8,
    pub source_topics: Vec<String>,
    #[kafka(default = None)]
    pub sink_topic: Option<String>,
    pub stores: Vec<String>,
    pub successors: Vec<String>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopologyDescriptionGlobalStore {
    pub source: TopologyDescriptionNode,
    pub processor: TopologyDescriptionNode,
}
