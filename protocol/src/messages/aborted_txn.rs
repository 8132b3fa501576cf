//! `AbortedTxn`: not a call, but data.

use protocol_derive::Data;

/// An aborted transaction, as in the files of the transaction index.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct AbortedTxn {
    /// The id of the producer.
    pub producer_id: i64,
    /// The offset of the first record of the transaction.
    pub first_offset: i64,
    /// The offset of the control record that aborted it.
    pub last_offset: i64,
    /// The offset up to which all transactions have ended.
    pub last_stable_offset: i64,
}
