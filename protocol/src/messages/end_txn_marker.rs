use protocol_derive::Data;

#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct EndTxnMarker {
    pub coordinator_epoch: i32,
}
