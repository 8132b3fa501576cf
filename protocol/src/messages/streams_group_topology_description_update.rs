use protocol_derive::{Request, RequestPart, Response};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 93, versions = 0, flexible = 0..)]
pub struct StreamsGroupTopologyDescriptionUpdateRequest {
    pub group_id: String,
    pub member_id: String,
    pub topology_epoch: i32,
    pub topology_description: TopologyDescription,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct TopologyDescription {
    pub subtopologies: Vec<TopologyDescriptionSubtopology>,
    pub global_stores: Vec<TopologyDescriptionGlobalStore>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct TopologyDescriptionSubtopology {
    pub subtopology_id: String,
    pub nodes: Vec<TopologyDescriptionNode>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct TopologyDescriptionNode {
    pub name: String,
    pub node_type: i8,
    pub source_topics: Vec<String>,
    #[kafka(default = None)]
    pub sink_topic: Option<String>,
    pub stores: Vec<String>,
    pub successors: Vec<String>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct TopologyDescriptionGlobalStore {
    pub source: TopologyDescriptionNode,
    pub processor: TopologyDescriptionNode,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 93, versions = 0, flexible = 0..)]
pub struct StreamsGroupTopologyDescriptionUpdateResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    #[kafka(default = None)]
    pub error_message: Option<String>,
}
