use protocol_derive::Data;

#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0, flexible = 0..)]
pub struct KRaftVersionRecord {
    pub version: i16,
    pub kraft_version: i16,
}
