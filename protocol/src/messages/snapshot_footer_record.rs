//! `SnapshotFooterRecord`: not a call, but data.

use protocol_derive::Data;

/// The control record that ends a snapshot (KIP-630).
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct SnapshotFooterRecord {
    /// The version of the format.
    pub version: i16,
}
