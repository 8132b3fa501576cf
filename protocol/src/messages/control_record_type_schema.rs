//! `ControlRecordTypeSchema`: not a call, but data.

use protocol_derive::Data;

/// The key of a control record: which kind it is.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ControlRecordTypeSchema {
    /// The kind of record: 0 abort, 1 commit, and higher ones for the metadata log.
    pub r#type: i16,
}
