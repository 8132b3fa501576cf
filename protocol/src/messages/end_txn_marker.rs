//! `EndTxnMarker`: not a call, but data.

use protocol_derive::Data;

/// The value of the control record that ends a transaction.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct EndTxnMarker {
    /// The epoch of the transaction coordinator.
    pub coordinator_epoch: i32,
}
