use std::fmt;

/// Which protocol the members of a group speak.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum GroupKind {
    /// A member assigns the partitions.
    Classic,
    /// The coordinator assigns them (KIP-848).
    Consumer,
    /// Members share partitions record by record (KIP-932).
    Share,
    /// Kafka Streams (KIP-1071).
    Streams,
    /// One that this client does not know.
    Other(String),
}

impl GroupKind {
    /// The name that Kafka gives it.
    pub fn name(&self) -> &str {
        match self {
            Self::Classic => "classic",
            Self::Consumer => "consumer",
            Self::Share => "share",
            Self::Streams => "streams",
            Self::Other(name) => name,
        }
    }
}

impl From<&str> for GroupKind {
    fn from(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "classic" => Self::Classic,
            "consumer" => Self::Consumer,
            "share" => Self::Share,
            "streams" => Self::Streams,
            _ => Self::Other(name.to_owned()),
        }
    }
}

impl fmt::Display for GroupKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a group is doing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum GroupState {
    /// The coordinator computes who gets what (KIP-848).
    Assigning,
    /// Members wait for the leader's assignment.
    CompletingRebalance,
    /// It has neither members nor offsets.
    Dead,
    /// It has no members; its offsets remain.
    Empty,
    /// Members join.
    PreparingRebalance,
    /// Members move to what the coordinator computed (KIP-848).
    Reconciling,
    /// Every member has what it is to have.
    Stable,
    /// One that this client does not know.
    Other(String),
}

impl GroupState {
    /// The name that Kafka gives it.
    pub fn name(&self) -> &str {
        match self {
            Self::Assigning => "Assigning",
            Self::CompletingRebalance => "CompletingRebalance",
            Self::Dead => "Dead",
            Self::Empty => "Empty",
            Self::PreparingRebalance => "PreparingRebalance",
            Self::Reconciling => "Reconciling",
            Self::Stable => "Stable",
            Self::Other(name) => name,
        }
    }
}

impl From<&str> for GroupState {
    fn from(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "assigning" => Self::Assigning,
            "completingrebalance" => Self::CompletingRebalance,
            "dead" => Self::Dead,
            "empty" => Self::Empty,
            "preparingrebalance" => Self::PreparingRebalance,
            "reconciling" => Self::Reconciling,
            "stable" => Self::Stable,
            _ => Self::Other(name.to_owned()),
        }
    }
}

impl fmt::Display for GroupState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_unknown_ones_survive() {
        for name in [
            "Assigning",
            "CompletingRebalance",
            "Dead",
            "Empty",
            "Reconciling",
            "Stable",
            "NotReady",
        ] {
            assert_eq!(GroupState::from(name).name(), name);
            assert_eq!(
                matches!(GroupState::from(name), GroupState::Other(_)),
                name == "NotReady"
            );
        }
        for name in ["classic", "consumer", "share", "streams", "quorum"] {
            assert_eq!(GroupKind::from(name).name(), name);
        }
        assert_eq!(GroupKind::from("Consumer"), GroupKind::Consumer);
    }
}
