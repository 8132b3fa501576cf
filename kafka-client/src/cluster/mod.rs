//! The cluster as the client knows it: brokers, topics, leaders, and where a request is to go.

mod metadata;
mod target;

pub use metadata::{Broker, Metadata, Partition, Topic};
pub use target::{CoordinatorKind, Lane, NodeId, Target, TopicPartition};
