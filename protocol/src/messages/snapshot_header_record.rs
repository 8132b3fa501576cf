//! `SnapshotHeaderRecord`: not a call, but data.

use protocol_derive::Data;

/// The control record that begins a snapshot (KIP-630).
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct SnapshotHeaderRecord {
    /// The version of the format.
    pub version: i16,
    /// The timestamp of the last record the snapshot covers, in milliseconds since 1970.
    pub last_contained_log_timestamp: i64,
}
