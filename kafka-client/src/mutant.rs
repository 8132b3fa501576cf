//! Deliberate mistakes, one at a time, by which a simulation proves that its checkers would notice them.
//!
//! They exist under the feature `simulation` alone; without it the question whether one is made is answered at compile
//! time.
#![cfg_attr(
    not(feature = "simulation"),
    expect(unreachable_pub, reason = "public under the feature")
)]

/// A mistake that the client can be made to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutant {
    /// A batch whose request got no answer counts as written.
    AckUnanswered,
    /// Fetched offsets are committed before they are handed out.
    CommitBeforeHandOut,
    /// Records of aborted transactions are delivered.
    DeliverAborted,
    /// Records of partitions that were revoked are delivered.
    DeliverRevoked,
    /// What was fetched before a seek is delivered after it.
    KeepOnSeek,
    /// Batches that are over do not give their memory back.
    KeepMemory,
    /// Flushes are not told that they are over.
    ForgetFlush,
    /// Several batches leave before the broker knows the producer.
    PipelineBeforeAck,
    /// A repeated batch gets another number.
    RenumberOnRetry,
    /// What failed is tried again without a pause.
    RetryAtOnce,
    /// Records are taken whatever their checksum says.
    TrustDamaged,
    /// A commit that was refused because of its generation counts as done.
    TrustStaleCommit,
    /// What timed out while it was under way counts as not written.
    UnwrittenOnTimeout,
}

#[cfg(feature = "simulation")]
thread_local! {
    static ACTIVE: std::cell::Cell<Option<Mutant>> = const { std::cell::Cell::new(None) };
}

/// Makes the clients of this thread make a mistake from here on, or none.
#[cfg(feature = "simulation")]
pub fn activate(mutant: Option<Mutant>) {
    ACTIVE.set(mutant);
}

/// Whether a mistake is to be made.
#[cfg(feature = "simulation")]
#[inline]
pub(crate) fn is(mutant: Mutant) -> bool {
    ACTIVE.get() == Some(mutant)
}

/// Whether a mistake is to be made: never.
#[cfg(not(feature = "simulation"))]
#[inline(always)]
pub(crate) const fn is(_: Mutant) -> bool {
    false
}
