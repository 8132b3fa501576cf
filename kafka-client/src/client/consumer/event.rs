use std::time::Duration;

use super::CLOSE_TIMEOUT;
use crate::cluster::TopicPartition;
use crate::consume::Batch;
use crate::group::Leaving;

/// What a consumer comes to know, in order.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConsumerEvent {
    /// A rebalance is complete. These partitions came in addition; with an eager assignor all of them are named.
    Assigned(Vec<TopicPartition>),
    /// Records.
    Batch(Batch),
    /// These partitions are another member's already, because this one was out of touch for too long. What was not
    /// committed of them is processed again there.
    Lost(Vec<TopicPartition>),
    /// These partitions go to other members at the next call. Commit what was processed of them now.
    Revoked(Vec<TopicPartition>),
}

/// How a consumer is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CloseOptions {
    /// How long committing and leaving may take together. Default: 30 s.
    pub timeout: Duration,
    /// Whether it leaves its group (KIP-1092). Default: a dynamic member does, a static one does not.
    pub leaving: Leaving,
}

impl Default for CloseOptions {
    fn default() -> Self {
        Self {
            timeout: CLOSE_TIMEOUT,
            leaving: Leaving::Default,
        }
    }
}
