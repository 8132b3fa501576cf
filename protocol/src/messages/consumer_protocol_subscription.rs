use bytes::Bytes;
use protocol_derive::{Data, DataPart};

#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0..=3)]
pub struct ConsumerProtocolSubscription {
    pub topics: Vec<String>,
    #[kafka(default = None)]
    pub user_data: Option<Bytes>,
    #[kafka(versions = 1.., ignorable)]
    pub owned_partitions: Vec<TopicPartition>,
    #[kafka(versions = 2.., default = -1, ignorable)]
    pub generation_id: i32,
    #[kafka(versions = 3.., default = None, ignorable)]
    pub rack_id: Option<String>,
}

#[derive(Clone, PartialEq, DataPart)]
pub struct TopicPartition {
    pub topic: String,
    pub partitions: Vec<i32>,
}
