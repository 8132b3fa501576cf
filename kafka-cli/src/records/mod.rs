//! Records as text: what `consume` prints and `produce` reads.

mod format;
mod json;
mod lines;
mod offsets;

pub use format::{RecordFormat, unescape};
pub use json::{InputRecord, parse_json, write_json};
pub use lines::LineReader;
pub use offsets::{OffsetPoint, OffsetRange, parse_time};

/// A record to print. Keys, values and header keys are any bytes.
#[derive(Debug, Clone, Copy)]
pub struct RecordView<'a> {
    /// The topic.
    pub topic: &'a str,
    /// The partition.
    pub partition: i32,
    /// The offset.
    pub offset: i64,
    /// Milliseconds since 1970; negative for none.
    pub timestamp_ms: i64,
    /// Whether the broker set the timestamp.
    pub log_append_time: bool,
    /// The leader epoch under which it was written; negative when unknown.
    pub leader_epoch: i32,
    /// The producer's id; negative for none.
    pub producer_id: i64,
    /// The producer's epoch; negative for none.
    pub producer_epoch: i16,
    /// The codec's name: `none`, `gzip`, `snappy`, `lz4`, `zstd`.
    pub compression: &'static str,
    /// Whether it was written in a transaction.
    pub transactional: bool,
    /// The key.
    pub key: Option<&'a [u8]>,
    /// The value.
    pub value: Option<&'a [u8]>,
    /// The headers, in order, repeated keys included.
    pub headers: &'a [(&'a [u8], Option<&'a [u8]>)],
}
