//! The admin client: topics, settings, groups, offsets, the cluster itself.
//!
//! Calls that concern several things give each its own result, never one error for all. How a call goes:
//!
//! ```text
//! things ─ split by controller, leader, coordinator ─▶ a request for each broker ─▶ replies
//!    ▲                                                                               │
//!    └──────── those whose error passes, after a pause ◀── merged ──▶ results ◀──────┘
//! ```
//!
//! Requests and replies are made and read by pure functions, one file for each family; `drive` alone sends them.

mod by_version;
mod cluster;
mod configs;
mod coordinators;
mod drive;
mod error;
mod groups;
mod items;
mod join;
mod leaders;
mod offsets;
mod operation;
mod topics;

pub use cluster::{BrokerDescription, BrokerVersions, ClusterDescription, FinalizedFeature};
pub use configs::{
    ConfigChange, ConfigEntry, ConfigKind, ConfigOperation, ConfigResource, ConfigSource, ConfigSynonym,
    DescribeConfigsOptions, ResourceKind,
};
pub use drive::Admin;
pub use error::AdminError;
pub use groups::{
    CommittedOffset, GroupDescription, GroupFilter, GroupKind, GroupLag, GroupList, GroupListing,
    GroupOffsets, GroupState, MemberDescription, MemberToRemove, PartitionLag,
};
pub use items::Results;
pub use offsets::ListedOffset;
pub use operation::Operation;
pub use topics::{
    CreateTopicsOptions, CreatedTopic, NewPartitions, NewTopic, PartitionDescription, TopicDescription,
    TopicKey, TopicListing,
};
