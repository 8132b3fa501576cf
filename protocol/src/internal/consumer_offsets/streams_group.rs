use protocol_derive::{Data, DataPart};

/// Names a streams group (KIP-1071).
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct StreamsGroupMetadataKey {
    pub group_id: String,
}

/// The epoch of a streams group.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct StreamsGroupMetadataValue {
    pub epoch: i32,
    pub metadata_hash: i64,
    #[kafka(tag = 0, default = -1)]
    pub validated_topology_epoch: i32,
    #[kafka(tag = 1)]
    pub last_assignment_configs: Option<Vec<StreamsGroupConfig>>,
    #[kafka(tag = 2, default = -1)]
    pub stored_description_topology_epoch: i32,
    #[kafka(tag = 3, default = -1)]
    pub failed_description_topology_epoch: i32,
}

/// A name with a value.
#[derive(Clone, PartialEq, DataPart)]
pub struct StreamsGroupConfig {
    pub key: String,
    pub value: String,
}

/// Names a member of a streams group.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct StreamsGroupMemberMetadataKey {
    pub group_id: String,
    pub member_id: String,
}

/// What a member says about itself.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct StreamsGroupMemberMetadataValue {
    pub instance_id: Option<String>,
    pub rack_id: Option<String>,
    pub client_id: String,
    pub client_host: String,
    #[kafka(default = -1)]
    pub rebalance_timeout_ms: i32,
    pub topology_epoch: i32,
    pub process_id: String,
    pub user_endpoint: Option<StreamsGroupEndpoint>,
    pub client_tags: Vec<StreamsGroupConfig>,
}

/// Where a member answers questions about its state.
#[derive(Clone, PartialEq, DataPart)]
pub struct StreamsGroupEndpoint {
    pub host: String,
    pub port: u16,
}

/// Names the assignment a streams group is on its way to.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct StreamsGroupTargetAssignmentMetadataKey {
    pub group_id: String,
}

/// The epoch of the assignment a streams group is on its way to.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct StreamsGroupTargetAssignmentMetadataValue {
    pub assignment_epoch: i32,
    #[kafka(tag = 0)]
    pub assignment_timestamp: i64,
}

/// Names what a member is to get.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct StreamsGroupTargetAssignmentMemberKey {
    pub group_id: String,
    pub member_id: String,
}

/// What a member is to get.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct StreamsGroupTargetAssignmentMemberValue {
    pub active_tasks: Vec<StreamsGroupTasks>,
    pub standby_tasks: Vec<StreamsGroupTasks>,
    pub warmup_tasks: Vec<StreamsGroupTasks>,
}

/// Tasks of a part of the topology.
#[derive(Clone, PartialEq, DataPart)]
pub struct StreamsGroupTasks {
    pub subtopology_id: String,
    pub partitions: Vec<i32>,
}

/// Names what a member has.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct StreamsGroupCurrentMemberAssignmentKey {
    pub group_id: String,
    pub member_id: String,
}

/// What a member has, and how far it is with getting what it is to get.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct StreamsGroupCurrentMemberAssignmentValue {
    pub member_epoch: i32,
    pub previous_member_epoch: i32,
    pub state: i8,
    pub active_tasks: Vec<StreamsGroupOwnedTasks>,
    pub standby_tasks: Vec<StreamsGroupOwnedTasks>,
    pub warmup_tasks: Vec<StreamsGroupOwnedTasks>,
    pub active_tasks_pending_revocation: Vec<StreamsGroupOwnedTasks>,
    pub standby_tasks_pending_revocation: Vec<StreamsGroupOwnedTasks>,
    pub warmup_tasks_pending_revocation: Vec<StreamsGroupOwnedTasks>,
}

/// Tasks of a part of the topology with the epochs in which the member got them (KIP-1251).
#[derive(Clone, PartialEq, DataPart)]
pub struct StreamsGroupOwnedTasks {
    pub subtopology_id: String,
    pub partitions: Vec<i32>,
    #[kafka(tag = 0)]
    pub assignment_epochs: Option<Vec<i32>>,
}

/// Names the topology of a streams group.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct StreamsGroupTopologyKey {
    pub group_id: String,
}

/// The topology of a streams group.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct StreamsGroupTopologyValue {
    pub epoch: i32,
    pub subtopologies: Vec<StreamsGroupSubtopology>,
}

/// A part of the topology.
#[derive(Clone, PartialEq, DataPart)]
pub struct StreamsGroupSubtopology {
    pub subtopology_id: String,
    pub source_topics: Vec<String>,
    pub source_topic_regex: Vec<String>,
    pub state_changelog_topics: Vec<StreamsGroupTopicInfo>,
    pub repartition_sink_topics: Vec<String>,
    pub repartition_source_topics: Vec<StreamsGroupTopicInfo>,
    pub copartition_groups: Vec<StreamsGroupCopartitionGroup>,
}

/// A topic that the application needs.
#[derive(Clone, PartialEq, DataPart)]
pub struct StreamsGroupTopicInfo {
    pub name: String,
    pub partitions: i32,
    pub replication_factor: i16,
    pub topic_configs: Vec<StreamsGroupConfig>,
}

/// Topics that need the same number of partitions, by their places in the lists of the subtopology.
#[derive(Clone, PartialEq, DataPart)]
pub struct StreamsGroupCopartitionGroup {
    pub source_topics: Vec<i16>,
    pub source_topic_regex: Vec<i16>,
    pub repartition_source_topics: Vec<i16>,
}
