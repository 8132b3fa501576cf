use std::collections::BTreeMap;

/// The finalized features of a cluster (KIP-584).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// Counts the changes; grows only.
    pub epoch: i64,
    /// The level of each feature, e.g. of `transaction.version`.
    pub levels: BTreeMap<String, i16>,
}

impl Features {
    /// The level of a feature; 0 when the cluster does not have it.
    pub fn level(&self, name: &str) -> i16 {
        self.levels.get(name).copied().unwrap_or(0)
    }
}
