//! The records of `__transaction_state`.

use protocol_derive::{Data, DataPart};

record_types! {
    0 TransactionLog(TransactionLogKey, TransactionLogValue),
}

/// Names a transactional id.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0)]
pub struct TransactionLogKey {
    pub transactional_id: String,
}

/// What a transactional id is doing.
#[derive(Clone, PartialEq, Data)]
#[kafka(versions = 0..=1, flexible = 1..)]
pub struct TransactionLogValue {
    pub producer_id: i64,
    #[kafka(versions = 1.., tag = 0, default = -1)]
    pub previous_producer_id: i64,
    #[kafka(versions = 1.., tag = 1, default = -1)]
    pub next_producer_id: i64,
    pub producer_epoch: i16,
    #[kafka(versions = 1.., tag = 3, default = -1)]
    pub next_producer_epoch: i16,
    pub transaction_timeout_ms: i32,
    /// One of [`TransactionStatus`].
    pub transaction_status: i8,
    pub transaction_partitions: Option<Vec<PartitionsSchema>>,
    pub transaction_last_update_timestamp_ms: i64,
    pub transaction_start_timestamp_ms: i64,
    /// 2 for the protocol of KIP-890.
    #[kafka(versions = 1.., tag = 2)]
    pub client_transaction_version: i16,
}

/// Partitions that are part of the transaction.
#[derive(Clone, PartialEq, DataPart)]
pub struct PartitionsSchema {
    pub topic: String,
    pub partition_ids: Vec<i32>,
}

/// Where a transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TransactionStatus(pub i8);

impl TransactionStatus {
    /// No transaction was begun yet.
    pub const EMPTY: Self = Self(0);
    /// Records are being written.
    pub const ONGOING: Self = Self(1);
    /// Commit was decided; its markers are being written.
    pub const PREPARE_COMMIT: Self = Self(2);
    /// Abort was decided; its markers are being written.
    pub const PREPARE_ABORT: Self = Self(3);
    /// All markers of the commit are written.
    pub const COMPLETE_COMMIT: Self = Self(4);
    /// All markers of the abort are written.
    pub const COMPLETE_ABORT: Self = Self(5);
    /// The transactional id has expired and is about to be removed.
    pub const DEAD: Self = Self(6);
    /// The producer is being fenced before its transaction is aborted.
    pub const PREPARE_EPOCH_FENCE: Self = Self(7);

    /// Returns Kafka's name of the status, as DescribeTransactions gives it; `"Unknown"` when it is not known.
    pub fn name(self) -> &'static str {
        match self {
            Self::EMPTY => "Empty",
            Self::ONGOING => "Ongoing",
            Self::PREPARE_COMMIT => "PrepareCommit",
            Self::PREPARE_ABORT => "PrepareAbort",
            Self::COMPLETE_COMMIT => "CompleteCommit",
            Self::COMPLETE_ABORT => "CompleteAbort",
            Self::DEAD => "Dead",
            Self::PREPARE_EPOCH_FENCE => "PrepareEpochFence",
            _ => "Unknown",
        }
    }
}
