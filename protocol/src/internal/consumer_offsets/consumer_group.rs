use bytes::Bytes;
use protocol_derive::{Data, DataPart};

use crate::Uuid;

/// Names a group of the consumer protocol (KIP-848).
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ConsumerGroupMetadataKey {
    pub group_id: String,
}

/// The epoch of a consumer group.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ConsumerGroupMetadataValue {
    pub epoch: i32,
    /// A hash of the topics the group is subscribed to, by which brokers see that they changed.
    #[kafka(tag = 0)]
    pub metadata_hash: i64,
}

/// Names what a group knew of its topics; Kafka 4.1 and later only delete it.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ConsumerGroupPartitionMetadataKey {
    pub group_id: String,
}

/// The topics of a group, as brokers before Kafka 4.1 wrote them.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ConsumerGroupPartitionMetadataValue {
    pub topics: Vec<ConsumerGroupTopicMetadata>,
}

/// A topic of the group.
#[derive(Clone, PartialEq, DataPart)]
pub struct ConsumerGroupTopicMetadata {
    pub topic_id: Uuid,
    pub topic_name: String,
    pub num_partitions: i32,
    pub partition_metadata: Vec<ConsumerGroupPartitionRacks>,
}

/// Where the replicas of a partition are.
#[derive(Clone, PartialEq, DataPart)]
pub struct ConsumerGroupPartitionRacks {
    pub partition: i32,
    pub racks: Vec<String>,
}

/// Names a member of a consumer group.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ConsumerGroupMemberMetadataKey {
    pub group_id: String,
    pub member_id: String,
}

/// What a member says about itself.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ConsumerGroupMemberMetadataValue {
    pub instance_id: Option<String>,
    pub rack_id: Option<String>,
    pub client_id: String,
    pub client_host: String,
    pub subscribed_topic_names: Vec<String>,
    pub subscribed_topic_regex: Option<String>,
    #[kafka(default = -1)]
    pub rebalance_timeout_ms: i32,
    pub server_assignor: Option<String>,
    /// There for a member that uses the classic protocol; empty when the record does not tell.
    #[kafka(tag = 0, default = ClassicMemberMetadata::default())]
    pub classic_member_metadata: Option<ClassicMemberMetadata>,
}

/// What a member of the classic protocol offers.
#[derive(Clone, PartialEq, DataPart)]
pub struct ClassicMemberMetadata {
    pub session_timeout_ms: i32,
    pub supported_protocols: Vec<ClassicProtocol>,
}

/// An assignor of a member, and its subscription.
#[derive(Clone, PartialEq, DataPart)]
pub struct ClassicProtocol {
    pub name: String,
    pub metadata: Bytes,
}

/// Names the assignment a consumer group is on its way to.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ConsumerGroupTargetAssignmentMetadataKey {
    pub group_id: String,
}

/// The epoch of the assignment a consumer group is on its way to.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ConsumerGroupTargetAssignmentMetadataValue {
    pub assignment_epoch: i32,
    #[kafka(tag = 0)]
    pub assignment_timestamp: i64,
}

/// Names what a member is to get.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ConsumerGroupTargetAssignmentMemberKey {
    pub group_id: String,
    pub member_id: String,
}

/// What a member is to get.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ConsumerGroupTargetAssignmentMemberValue {
    pub topic_partitions: Vec<ConsumerGroupTopicPartition>,
}

/// Partitions of a topic.
#[derive(Clone, PartialEq, DataPart)]
pub struct ConsumerGroupTopicPartition {
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
}

/// Names what a member has.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ConsumerGroupCurrentMemberAssignmentKey {
    pub group_id: String,
    pub member_id: String,
}

/// What a member has, and how far it is with getting what it is to get.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ConsumerGroupCurrentMemberAssignmentValue {
    pub member_epoch: i32,
    pub previous_member_epoch: i32,
    /// 0 stable, 1 revoking, 2 waiting for partitions of others.
    pub state: i8,
    pub assigned_partitions: Vec<ConsumerGroupOwnedPartitions>,
    pub partitions_pending_revocation: Vec<ConsumerGroupOwnedPartitions>,
}

/// Partitions of a topic with the epochs in which the member got them (KIP-1251).
#[derive(Clone, PartialEq, DataPart)]
pub struct ConsumerGroupOwnedPartitions {
    pub topic_id: Uuid,
    pub partitions: Vec<i32>,
    #[kafka(tag = 0)]
    pub assignment_epochs: Option<Vec<i32>>,
}

/// Names a regular expression that members are subscribed to.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ConsumerGroupRegularExpressionKey {
    pub group_id: String,
    pub regular_expression: String,
}

/// The topics that match the expression.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ConsumerGroupRegularExpressionValue {
    pub topics: Vec<String>,
    pub version: i64,
    pub timestamp: i64,
}
