use protocol_derive::Data;

#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct SnapshotFooterRecord {
    pub version: i16,
}
