use std::sync::Arc;
use std::time::Duration;

use super::classic::ClassicGroup;
use super::consumer::ConsumerGroup;
use super::offsets::Offsets;

/// A group with its offsets.
#[derive(Debug)]
pub(super) struct Group {
    /// The partition of `__consumer_offsets` that keeps it.
    pub(super) partition: i32,
    pub(super) offsets: Offsets,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Classic(ClassicGroup),
    Consumer(ConsumerGroup),
}

impl Group {
    pub(super) fn classic(id: Arc<str>, partition: i32) -> Self {
        Self {
            partition,
            offsets: Offsets::default(),
            kind: Kind::Classic(ClassicGroup::new(id)),
        }
    }

    /// Whether nobody is in it.
    pub(super) fn is_empty(&self) -> bool {
        match &self.kind {
            Kind::Classic(group) => group.is_empty(),
            Kind::Consumer(group) => group.is_empty(),
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Duration> {
        match &self.kind {
            Kind::Classic(group) => group.next_deadline(),
            Kind::Consumer(group) => group.next_deadline(),
        }
    }
}
