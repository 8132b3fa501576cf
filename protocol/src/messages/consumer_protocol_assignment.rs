use bytes::Bytes;
use protocol_derive::{Data, DataPart};

#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0..=3)]
pub struct ConsumerProtocolAssignment {
    pub assigned_partitions: Vec<TopicPartition>,
    #[kafka(default = None)]
    pub user_data: Option<Bytes>,
}

#[derive(Clone, PartialEq, DataPart)]
pub struct TopicPartition {
    pub topic: String,
    pub partitions: Vec<i32>,
}
