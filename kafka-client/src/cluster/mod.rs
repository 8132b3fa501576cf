//! The cluster as the client knows it: brokers, topics, leaders, and where a request is to go.

mod coordinators;
mod endpoint;
mod features;
mod metadata;
mod offset_spec;
mod refresh;
mod target;
mod update;

#[cfg(test)]
mod tests;

pub use crate::node::NodeId;
pub use coordinators::{Coordinators, FindCoordinators, Found};
pub use endpoint::{Endpoint, EndpointError};
pub use features::Features;
pub use metadata::{Broker, Metadata, Partition, Topic};
pub use offset_spec::OffsetSpec;
pub use refresh::Refresh;
pub use target::{CoordinatorKind, Lane, Target, TopicPartition};
pub use update::Scope;
