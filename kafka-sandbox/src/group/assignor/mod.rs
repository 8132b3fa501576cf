//! Who gets which partitions in a group whose coordinator assigns (KIP-848).

mod range;
mod uniform;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use protocol::Uuid;

/// Partitions by topic.
pub(crate) type Assignment = BTreeMap<Uuid, BTreeSet<i32>>;

/// A way of assigning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Assignor {
    /// Neighbouring partitions go to one member, and partitions of the same number in several topics to the same.
    Range,
    /// Everybody gets as many as the others, and keeps what it has where that is possible.
    Uniform,
}

impl Assignor {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Range => "range",
            Self::Uniform => "uniform",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        [Self::Range, Self::Uniform]
            .into_iter()
            .find(|assignor| assignor.name() == name)
    }

    /// The one that a broker config names, by its name or by its class in Java.
    pub(crate) fn of_config(name: &str) -> Option<Self> {
        match name.rsplit('.').next() {
            Some("RangeAssignor") => Some(Self::Range),
            Some("UniformAssignor") => Some(Self::Uniform),
            _ => Self::of_name(name),
        }
    }

    /// Gives each of `members` its share of the topics with these many partitions. Whoever gets nothing is in it, too.
    pub(crate) fn assign(
        self,
        members: &[Subscriber<'_>],
        partitions: &BTreeMap<Uuid, i32>,
    ) -> BTreeMap<Arc<str>, Assignment> {
        let shares = match self {
            Self::Range => range::assign(members, partitions),
            Self::Uniform => uniform::assign(members, partitions),
        };
        let ids = members.iter().map(|member| member.id.clone());
        ids.zip(shares).collect()
    }
}

/// A member as an assignor sees it.
#[derive(Clone, Debug)]
pub(crate) struct Subscriber<'a> {
    pub(crate) id: &'a Arc<str>,
    pub(crate) instance: Option<&'a str>,
    /// What it wants.
    pub(crate) topics: Arc<BTreeSet<Uuid>>,
    /// What was meant for it before.
    pub(crate) current: Option<&'a Assignment>,
}

/// How many of `total` things the one at `index` of `count` gets when all get the same, and the first ones one more.
fn share(total: usize, count: usize, index: usize) -> usize {
    if count == 0 {
        return 0;
    }
    total / count + usize::from(index < total % count)
}

#[cfg(test)]
mod tests;
