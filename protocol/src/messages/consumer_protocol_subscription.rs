//! `ConsumerProtocolSubscription`: not a call, but data.

use bytes::Bytes;
use protocol_derive::{Data, DataPart};

/// What a member of a classic consumer group wants to read.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0..=3)]
pub struct ConsumerProtocolSubscription {
    /// The names of the topics the member subscribes to.
    pub topics: Vec<String>,
    /// What the assignor wants to be passed on.
    #[kafka(default = None)]
    pub user_data: Option<Bytes>,
    /// What the member holds, which a cooperative assignor leaves with it (KIP-429).
    #[kafka(versions = 1.., ignorable)]
    pub owned_partitions: Vec<TopicPartition>,
    /// The generation in which the member got what it holds; -1 for none (KIP-792).
    #[kafka(versions = 2.., default = -1, ignorable)]
    pub generation_id: i32,
    /// The rack of the member (KIP-881).
    #[kafka(versions = 3.., default = None, ignorable)]
    pub rack_id: Option<String>,
}

/// A topic and some of its partitions.
#[derive(Clone, PartialEq, DataPart)]
pub struct TopicPartition {
    /// The name of the topic.
    pub topic: String,
    /// The numbers of the partitions.
    pub partitions: Vec<i32>,
}
