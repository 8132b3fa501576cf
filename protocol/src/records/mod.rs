//! Record batches: what producers write, logs keep and consumers read.
//!
//! ```text
//! OpenBatch ──append──▶ OpenBatch ──seal──▶ SealedBatch ──▶ Produce request
//! Fetch answer ──▶ Batches ──▶ Batch ──records──▶ Records ──iter──▶ Record (views, no copies)
//! ```
//!
//! Batches of magic 2 are written and read, message sets of magic 0 and 1 are read. The layout of a
//! batch is that of KIP-98, its header 61 bytes:
//!
//! | at | field | at | field |
//! |---|---|---|---|
//! | 0 | base offset, int64 | 27 | base timestamp, int64 |
//! | 8 | length of what follows, int32 | 35 | max timestamp, int64 |
//! | 12 | partition leader epoch, int32 | 43 | producer id, int64 |
//! | 16 | magic, int8 | 51 | producer epoch, int16 |
//! | 17 | CRC-32C of all that follows, uint32 | 53 | base sequence, int32 |
//! | 21 | attributes, int16 | 57 | count of records, int32 |
//! | 23 | last offset delta, int32 | 61 | records, compressed as one |

mod aborted;
mod builder;
mod control;
mod crc;
mod explain;
mod header;
mod headers;
mod legacy;
mod reader;
mod record;
mod seal;
mod split;
mod varint;

pub use aborted::{AbortedTransaction, AbortedTransactions};
pub use builder::{AppendError, OpenBatch};
pub use control::{ControlKind, ControlRecord, EndMarker, end_marker_batch};
pub use crc::{crc32, crc32c};
pub use header::{
    Attributes, BatchHeader, HEADER_LEN, NO_PRODUCER_ID, NO_SEQUENCE, NO_TIMESTAMP, TimestampType,
};
pub use headers::{Header, Headers};
pub use reader::{Batch, Batches};
pub use record::{Cursor, Record, RecordIter, Records};
pub use seal::{ProducerStamp, SealOptions, SealedBatch};
pub use split::SplitError;

#[cfg(test)]
mod tests;
