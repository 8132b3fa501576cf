use protocol_derive::Data;

use crate::Uuid;

/// Names a committed offset, as brokers before 0.9 did.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct LegacyOffsetCommitKey {
    pub group: String,
    pub topic: String,
    pub partition: i32,
}

/// A committed offset under a [`LegacyOffsetCommitKey`].
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct LegacyOffsetCommitValue {
    pub offset: i64,
    pub metadata: String,
    pub commit_timestamp: i64,
}

/// Names a committed offset.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct OffsetCommitKey {
    pub group: String,
    pub topic: String,
    pub partition: i32,
}

/// A committed offset.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0..=4, flexible = 4..)]
pub struct OffsetCommitValue {
    pub offset: i64,
    #[kafka(versions = 3.., default = -1, ignorable)]
    pub leader_epoch: i32,
    pub metadata: String,
    pub commit_timestamp: i64,
    #[kafka(versions = 1..=1, default = -1, ignorable)]
    pub expire_timestamp: i64,
    /// Tells a topic from another of the same name (KIP-848).
    #[kafka(versions = 4.., tag = 0, ignorable)]
    pub topic_id: Uuid,
}
