use protocol_derive::{Data, DataPart};

use crate::Uuid;

/// Names a share group (KIP-932).
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ShareGroupMetadataKey {
    pub group_id: String,
}

/// The epoch of a share group.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ShareGroupMetadataValue {
    pub epoch: i32,
    /// A hash of the topics the group is subscribed to, by which brokers see that they changed.
    pub metadata_hash: i64,
}

/// Names a member of a share group.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ShareGroupMemberMetadataKey {
    pub group_id: String,
    pub member_id: String,
}

/// What a member says about itself.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ShareGroupMemberMetadataValue {
    pub rack_id: Option<String>,
    pub client_id: String,
    pub client_host: String,
    pub subscribed_topic_names: Vec<String>,
}

/// Names the assignment a share group is on its way to.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ShareGroupTargetAssignmentMetadataKey {
    pub group_id: String,
}

/// The epoch of the assignment a share group is on its way to.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ShareGroupTargetAssignmentMetadataValue {
    pub assignment_epoch: i32,
    #[kafka(tag = 0)]
    pub assignment_timestamp: i64,
}

/// Names what a member is to get.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ShareGroupTargetAssignmentMemberKey {
    pub group_id: String,
    pub member_id: String,
}

/// What a member is to get.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ShareGroupTargetAssignmentMemberValue {
    pub topic_partitions: Vec<ShareGroupTopicPartitions>,
}

/// Names what a member has.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ShareGroupCurrentMemberAssignmentKey {
    pub group_id: String,
    pub member_id: String,
}

/// What a member has.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ShareGroupCurrentMemberAssignmentValue {
    pub member_epoch: i32,
    pub previous_member_epoch: i32,
    pub state: i8,
    pub assigned_partitions: Vec<ShareGroupTopicPartitions>,
}

/// Partitions of a topic.
#[derive(Clone, PartialEq, DataPart)]
pub struct ShareGroupTopicPartitions {
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
}

/// Names what a share group has told the share coordinator.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ShareGroupStatePartitionMetadataKey {
    pub group_id: String,
}

/// The partitions for which the share coordinator keeps state.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ShareGroupStatePartitionMetadataValue {
    pub initializing_topics: Vec<ShareGroupTopicState>,
    pub initialized_topics: Vec<ShareGroupTopicState>,
    pub deleting_topics: Vec<ShareGroupTopicInfo>,
}

/// Partitions of a topic.
#[derive(Clone, PartialEq, DataPart)]
pub struct ShareGroupTopicState {
    pub topic_id: Uuid,
    pub topic_name: String,
    pub partitions: Vec<i32>,
}

/// A topic.
#[derive(Clone, PartialEq, DataPart)]
pub struct ShareGroupTopicInfo {
    pub topic_id: Uuid,
    pub topic_name: String,
}
