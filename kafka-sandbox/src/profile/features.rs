//! The features of each release (KIP-584), and the levels a new cluster starts with.

/// A feature that a release knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// The name, as `"metadata.version"`.
    pub name: &'static str,
    /// The lowest level that the release supports.
    pub min: i16,
    /// The highest level that the release supports.
    pub max: i16,
    /// The level a new cluster starts with; 0 when it starts without, and the feature is then not among the finalized.
    pub finalized: i16,
}

impl Feature {
    /// Whether ApiVersions lists the feature as supported in that version of the answer: features came with version
    /// 3, and what goes down to level 0 is left out below 4, whose clients would not understand it (KIP-1022).
    pub const fn is_shown_in(&self, api_versions_version: i16) -> bool {
        api_versions_version >= 4 || (api_versions_version == 3 && self.min > 0)
    }
}

const fn feature(name: &'static str, min: i16, max: i16, finalized: i16) -> Feature {
    Feature {
        name,
        min,
        max,
        finalized,
    }
}

pub(super) static V3_9: &[Feature] = &[
    feature("kraft.version", 0, 1, 0),
    feature("metadata.version", 1, 21, 21),
];

pub(super) static V4_0: &[Feature] = &[
    feature("eligible.leader.replicas.version", 0, 1, 0),
    feature("group.version", 0, 1, 1),
    // 1 once the quorum's members can change (KIP-853), which a static list of voters cannot.
    feature("kraft.version", 0, 1, 0),
    feature("metadata.version", 7, 25, 25),
    feature("transaction.version", 0, 2, 2),
];

pub(super) static V4_4: &[Feature] = &[
    feature("eligible.leader.replicas.version", 0, 1, 1),
    feature("group.version", 0, 1, 1),
    feature("kraft.version", 0, 1, 0),
    feature("metadata.version", 7, 33, 33),
    feature("share.version", 0, 2, 2),
    feature("streams.version", 0, 1, 1),
    feature("transaction.version", 0, 2, 2),
];
