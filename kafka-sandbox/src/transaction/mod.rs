//! The transaction coordinator: what transactional ids are doing, and what a request makes of it (KIP-98, KIP-890).
//!
//! Pure: nothing is written here. A request is answered with a [`Change`]; whoever keeps `__transaction_state` writes its
//! record and then hands it back to [`Transactions::apply`]. Nothing has happened if the write fails.
//!
//! | file | what |
//! |---|---|
//! | `entry` | what is known of a transactional id |
//! | `init` | InitProducerId: new producers, later ones, epochs that are used up (KIP-360) |
//! | `partitions` | partitions that are added, or looked for |
//! | `end` | commit, abort, time-out, and the end once the markers are written |
//! | `records` | the records of `__transaction_state` |
//! | `coordinator` | all transactional ids, and when something is due |

mod coordinator;
mod end;
mod entry;
mod init;
mod partitions;
mod records;
#[cfg(test)]
mod tests;

pub(crate) use coordinator::{Change, TransactionSettings, Transactions};
pub(crate) use end::{End, Outcome};
pub(crate) use entry::{Partitions, Status, Transaction};
pub(crate) use init::{Init, InitRequest};
pub(crate) use records::{UnreadableRecord, read_record};
