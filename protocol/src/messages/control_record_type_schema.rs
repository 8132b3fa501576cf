use protocol_derive::Data;

#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct ControlRecordTypeSchema {
    pub r#type: i16,
}
