//! Reads records: which partitions, from where, what lies fetched, what is committed.
//!
//! ```text
//!  Partitions ── Committed ─► Lookup ─┐          ┌─► Fetcher ─► Buffer ═══► caller: Chunk ─► Batch ─► ConsumerRecord
//!   (where each   Reset ────► Offsets ─┼─ position ┤
//!    one stands)  Validate ─► Epochs ──┘          └── Committer ◄── processed positions, commits of the caller
//! ```
//!
//! All of it is pure. `engine::consumer` composes it with a group member into one machine; share groups (KIP-932) get a
//! machine of their own beside it.

mod batch;
mod buffer;
mod chunk;
mod commit;
mod committed;
mod epochs;
mod error;
mod fetcher;
mod offsets;
mod partitions;
mod position;
mod reader;
mod settings;
mod subscription;

pub use batch::{Batch, BatchIter, ConsumerRecord, OwnedRecord};
pub use buffer::PartitionState;
pub(crate) use buffer::{Buffer, Notice, SlotId};
pub use commit::Offsets as CommitOffsets;
pub(crate) use commit::{Committer, Committing};
pub(crate) use committed::Lookup;
pub(crate) use epochs::Epochs;
pub use error::{CommitError, ConsumeError, SeekError, SubscribeError};
pub(crate) use fetcher::Fetcher;
pub(crate) use offsets::Offsets;
pub(crate) use partitions::Partitions;
pub use position::{CommittedOffset, Position, StartAt};
pub(crate) use reader::{Fault, Reader};
pub use settings::Settings;
pub use subscription::{PatternError, Subscription, TopicPattern};
