//! `StreamsGroupTopologyDescriptionUpdate`: API 93, versions 0.

use protocol_derive::{Request, RequestPart, Response};

/// Hands in the description of a streams group's topology.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 93, versions = 0, flexible = 0..)]
pub struct StreamsGroupTopologyDescriptionUpdateRequest {
    /// The id of the group.
    pub group_id: String,
    /// The id of the member.
    pub member_id: String,
    /// The epoch of the topology.
    pub topology_epoch: i32,
    /// The processors of the topology and how they are connected.
    pub topology_description: TopologyDescription,
}

/// The processors of a topology.
#[derive(Clone, PartialEq, RequestPart)]
pub struct TopologyDescription {
    /// The subtopologies.
    pub subtopologies: Vec<TopologyDescriptionSubtopology>,
    /// The global state stores.
    pub global_stores: Vec<TopologyDescriptionGlobalStore>,
}

/// The processors of a subtopology.
#[derive(Clone, PartialEq, RequestPart)]
pub struct TopologyDescriptionSubtopology {
    /// The id of the subtopology.
    pub subtopology_id: String,
    /// The nodes.
    pub nodes: Vec<TopologyDescriptionNode>,
}

/// A processor, and what it is connected to.
#[derive(Clone, PartialEq, RequestPart)]
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
#[derive(Clone, PartialEq, RequestPart)]
pub struct TopologyDescriptionGlobalStore {
    /// The source.
    pub source: TopologyDescriptionNode,
    /// The processor.
    pub processor: TopologyDescriptionNode,
}

/// The answer to [`StreamsGroupTopologyDescriptionUpdateRequest`]: whether it was stored.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 93, versions = 0, flexible = 0..)]
pub struct StreamsGroupTopologyDescriptionUpdateResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    #[kafka(default = None)]
    pub error_message: Option<String>,
}
