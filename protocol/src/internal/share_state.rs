//! The records of `__share_group_state` (KIP-932).

use protocol_derive::{Data, DataPart};

use crate::Uuid;

record_types! {
    0 ShareSnapshot(ShareSnapshotKey, ShareSnapshotValue),
    1 ShareUpdate(ShareUpdateKey, ShareUpdateValue),
}

/// Names a partition as a share group consumes it.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ShareSnapshotKey {
    pub group_id: String,
    pub topic_id: Uuid,
    pub partition: i32,
}

/// The whole state of the partition.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ShareSnapshotValue {
    pub snapshot_epoch: i32,
    pub state_epoch: i32,
    pub leader_epoch: i32,
    pub start_offset: i64,
    #[kafka(tag = 0, default = -1)]
    pub delivery_complete_count: i32,
    pub create_timestamp: i64,
    pub write_timestamp: i64,
    pub state_batches: Vec<StateBatch>,
}

/// Names a partition as a share group consumes it.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ShareUpdateKey {
    pub group_id: String,
    pub topic_id: Uuid,
    pub partition: i32,
}

/// What changed since the snapshot.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct ShareUpdateValue {
    pub snapshot_epoch: i32,
    pub leader_epoch: i32,
    pub start_offset: i64,
    #[kafka(tag = 0, default = -1)]
    pub delivery_complete_count: i32,
    pub state_batches: Vec<StateBatch>,
}

/// Records, first to last, that are in the same state.
#[derive(Clone, PartialEq, DataPart)]
pub struct StateBatch {
    pub first_offset: i64,
    pub last_offset: i64,
    /// 0 available, 2 acknowledged, 4 archived.
    pub delivery_state: i8,
    pub delivery_count: i16,
}
