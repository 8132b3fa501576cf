//! What is known of the replicas of a partition besides who they are.

/// What the configs of a topic ask of its replicas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Replication {
    /// `min.insync.replicas`: how many replicas must be in sync for a write with acks=all.
    pub(crate) min_insync_replicas: usize,
    /// `unclean.leader.election.enable`: whether one leads that may miss records, rather than none.
    pub(crate) unclean_election: bool,
    /// Whether a partition with fewer replicas than `min.insync.replicas` needs but those, and nothing new counts while too
    /// few are in sync: as from the releases of KIP-966 on.
    pub(crate) strict: bool,
    /// Whether replicas that may lead though they are not in sync are kept note of (KIP-966): the level of
    /// `eligible.leader.replicas.version`.
    pub(crate) keeps_eligible: bool,
}

/// The replicas of a partition beside those that are plainly in sync.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    /// The replicas that stand still, each with the end of what it has.
    pub(super) behind: Vec<(i32, i64)>,
    /// The high watermark, while too few replicas are in sync for it to rise.
    pub(super) held: Option<i64>,
    /// Where the log ended when the leader came to lead.
    pub(super) epoch_start: i64,
    /// Replicas that are not in sync and have all that counts, so that they may lead when none is (KIP-966).
    pub(super) eligible: Vec<i32>,
    /// Who led last, while nobody does and nobody is eligible.
    pub(super) last_leader: Option<i32>,
}
