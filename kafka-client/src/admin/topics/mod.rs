//! Topics: created, deleted, listed, described, given more partitions, relieved of records.

mod create;
mod delete;
mod describe;
mod partitions;
mod records;

use std::fmt;

use protocol::Uuid;

pub use create::{CreateTopicsOptions, CreatedTopic, NewTopic};
pub use describe::{PartitionDescription, TopicDescription, TopicListing};
pub use partitions::NewPartitions;

/// What names a topic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TopicKey {
    /// Its id, which another topic of the same name does not have (KIP-516). Brokers delete by it from 2.8 on and
    /// describe by it from 3.1 on.
    Id(Uuid),
    /// Its name.
    Name(String),
}

impl From<&str> for TopicKey {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<String> for TopicKey {
    fn from(name: String) -> Self {
        Self::Name(name)
    }
}

impl From<Uuid> for TopicKey {
    fn from(id: Uuid) -> Self {
        Self::Id(id)
    }
}

impl fmt::Display for TopicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// A topic's id, where the broker gave one.
fn id_of(id: Uuid) -> Option<Uuid> {
    (!id.is_zero()).then_some(id)
}
