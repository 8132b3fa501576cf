//! `KRaftVersionRecord`: not a call, but data.

use protocol_derive::Data;

/// The control record with the version of the KRaft protocol (KIP-853).
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct KRaftVersionRecord {
    /// The version of this record.
    pub version: i16,
    /// The version of the KRaft protocol.
    pub kraft_version: i16,
}
