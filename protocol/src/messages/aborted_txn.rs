use protocol_derive::Data;

#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct AbortedTxn {
    pub producer_id: i64,
    pub first_offset: i64,
    pub last_offset: i64,
    pub last_stable_offset: i64,
}
