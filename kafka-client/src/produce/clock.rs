use std::fmt;

use crate::time::Moment;

/// The time, for what happens on a caller's task. Asked once a batch, never once a record.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The moment, by a clock that never goes back.
    fn now(&self) -> Moment;

    /// The time of day in milliseconds since 1970, for the timestamps of records.
    fn unix_ms(&self) -> i64;
}
