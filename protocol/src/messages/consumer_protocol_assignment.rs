//! `ConsumerProtocolAssignment`: not a call, but data.

use bytes::Bytes;
use protocol_derive::{Data, DataPart};

/// What the leader of a classic consumer group assigns to a member.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0..=3)]
pub struct ConsumerProtocolAssignment {
    /// The partitions, by topic.
    pub assigned_partitions: Vec<TopicPartition>,
    /// What the assignor wants to be passed on.
    #[kafka(default = None)]
    pub user_data: Option<Bytes>,
}

/// A topic and some of its partitions.
#[derive(Clone, PartialEq, DataPart)]
pub struct TopicPartition {
    /// The name of the topic.
    pub topic: String,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}
