//! Producing: from a record to the log of its partition.
//!
//! ```text
//! Producer::send ─▶ accumulator ─▶ open batch ─▶ sealed batch ─▶ sender ─▶ Produce request
//!       │            (topic, partitioner, memory)                   │
//!       └─ Delivery ◀──────────── cell ◀── written, or failed ◀─────┘
//! ```
//!
//! The accumulator is shared data: callers' tasks encode into it and seal what is full, each partition behind one
//! short lock. The sender is a [`Machine`](crate::machine::Machine). Between them pass batches, never records.
//! Everything here is pure: the clock is an argument, waiting is done by [`Waker`](std::task::Waker)s.

mod accumulator;
mod batch;
mod bench;
mod cell;
mod clock;
mod closing;
mod delivery;
mod error;
mod lane;
mod memory;
mod partition;
mod partitioner;
mod record;
mod sender;
mod sequence;
mod table;
mod tally;
mod topic;
mod topic_wait;
mod waiting;

#[cfg(test)]
mod tests;

pub(crate) use accumulator::{Accumulator, Obstacle};
pub use cell::Written;
pub use clock::Clock;
pub use delivery::{Deliveries, Delivery};
pub use error::{Fate, FlushError, ProduceError};
pub use record::Record;
pub(crate) use sender::{Sender, Timing};
pub(crate) use topic::Topic;
