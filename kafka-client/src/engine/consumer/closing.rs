use std::time::Duration;

use crate::group::Leaving;
use crate::oneshot::Promise;
use crate::time::Moment;

/// A consumer on its way out: commit, leave, end; within a time.
#[derive(Debug)]
pub(super) struct Closing {
    pub(super) until: Moment,
    pub(super) leaving: Leaving,
    pub(super) reply: Option<Promise<()>>,
    pub(super) stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Begin,
    Commit,
    Leave,
}

impl Closing {
    pub(super) fn new(now: Moment, timeout: Duration, leaving: Leaving, reply: Option<Promise<()>>) -> Self {
        Self {
            until: now + timeout,
            leaving,
            reply,
            stage: Stage::Begin,
        }
    }
}
