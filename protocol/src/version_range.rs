//! Versions of a message, or of what else has versions.

use std::fmt;

/// The versions `first..=last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionRange {
    /// The lowest version.
    pub first: i16,
    /// The highest version; below `first` when the range is empty.
    pub last: i16,
}

impl VersionRange {
    /// The range without any version.
    pub const EMPTY: Self = Self { first: 0, last: -1 };

    /// Whether `version` lies in the range.
    pub const fn contains(self, version: i16) -> bool {
        self.first <= version && version <= self.last
    }

    /// Whether the range has no version.
    pub const fn is_empty(self) -> bool {
        self.last < self.first
    }

    /// The versions that lie in both ranges.
    pub fn intersect(self, other: Self) -> Self {
        Self {
            first: self.first.max(other.first),
            last: self.last.min(other.last),
        }
    }

    /// The versions, ascending.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = i16> + Clone {
        self.first..=self.last
    }
}

impl fmt::Display for VersionRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.is_empty(), self.first == self.last) {
            (true, _) => write!(f, "none"),
            (_, true) => write!(f, "{}", self.first),
            _ => write!(f, "{}-{}", self.first, self.last),
        }
    }
}
