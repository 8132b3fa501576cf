use crate::cluster::TopicPartition;
use crate::time::Moment;

/// Partitions on their way to other members.
#[derive(Debug)]
pub(super) struct HandOver {
    pub(super) number: u64,
    pub(super) partitions: Vec<TopicPartition>,
    pub(super) stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The caller may still be processing records of them.
    Caller,
    /// What the caller processed is being committed: by this commit, until this time.
    Commit(u64, Moment),
}

impl HandOver {
    /// When it goes on without the commit.
    pub(super) fn deadline(&self) -> Option<Moment> {
        match self.stage {
            Stage::Caller => None,
            Stage::Commit(_, until) => Some(until),
        }
    }
}
