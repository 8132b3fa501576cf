//! The levels of the cluster's features (KIP-584).

use std::collections::BTreeMap;

use crate::profile::{Feature, Profile};

/// Which level each feature has.
#[derive(Debug)]
pub(crate) struct Features {
    known: &'static [Feature],
    /// Levels that differ from those of a new cluster.
    set: BTreeMap<String, i16>,
    /// Grows with each change.
    epoch: i64,
}

/// Which way a level is to change (KIP-778).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Upgrade {
    Up,
    SafeDown,
    UnsafeDown,
}

/// The feature that says how the cluster keeps its metadata.
const METADATA: &str = "metadata.version";
/// The feature that says how the controllers agree.
const KRAFT: &str = "kraft.version";

impl Features {
    /// Those of a new cluster.
    pub(crate) fn new(profile: Profile) -> Self {
        Self {
            known: profile.features(),
            set: BTreeMap::new(),
            epoch: 1,
        }
    }

    pub(crate) fn set(&mut self, name: &str, level: i16) {
        self.set.insert(name.to_owned(), level);
        self.epoch += 1;
    }

    /// The level of a feature; 0 when it is off or unknown.
    pub(crate) fn level(&self, name: &str) -> i16 {
        let first = self.known.iter().find(|feature| feature.name == name);
        let set = self.set.get(name).copied();
        set.unwrap_or_else(|| first.map_or(0, |feature| feature.finalized))
    }

    /// Grows with each change of a level.
    pub(crate) fn epoch(&self) -> i64 {
        self.epoch
    }

    /// Why a feature cannot get a level, in the words of the controller `controller`; none when it can.
    pub(crate) fn objection(
        &self,
        controller: i32,
        name: &str,
        level: i16,
        upgrade: Option<Upgrade>,
    ) -> Option<String> {
        let invalid = |why: &str| {
            Some(format!(
                "Invalid update version {level} for feature {name}. {why}"
            ))
        };
        let Some(upgrade) = upgrade else {
            return invalid("The controller does not support the given upgrade type.");
        };
        if level < 0 {
            return invalid("A feature version cannot be less than 0.");
        }
        let Some(feature) = self.known.iter().find(|feature| feature.name == name) else {
            return invalid(&format!(
                "Local controller {controller} does not support this feature."
            ));
        };
        let is_off = level == 0 && name != METADATA;
        if !is_off && !(feature.min..=feature.max).contains(&level) {
            let (min, max) = (feature.min, feature.max);
            return invalid(&format!(
                "Local controller {controller} only supports versions {min}-{max}"
            ));
        }
        let current = self.level(name);
        if level < current && upgrade == Upgrade::Up {
            return invalid(
                "Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe \
                 downgrade.",
            );
        }
        if level > current && upgrade != Upgrade::Up {
            return invalid("Can't downgrade to a newer version.");
        }
        if name == METADATA && level < current {
            let why = match upgrade {
                Upgrade::UnsafeDown => "Unsafe metadata downgrade is not supported in this version.",
                _ => {
                    "Refusing to perform the requested downgrade because it might delete metadata information."
                }
            };
            return Some(format!(
                "Unsupported metadata.version downgrade from {current} to {level}. {why}"
            ));
        }
        (name == KRAFT && level > current).then(|| {
            format!(
                "Invalid upgrade of kraft.version to KRAFT_VERSION_{level} because not all of the voters support it"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objections_are_in_kafkas_words() {
        let mut features = Features::new(Profile::V4_4);
        let rows = include_str!("../../data/observed-errors.tsv").lines();
        let rows = rows.filter_map(|row| row.strip_prefix("UpdateFeatures\t2\t"));
        let expected: Vec<&str> = rows
            .filter_map(|row| row.split_once("since the following feature had an error: "))
            .map(|(_, text)| text)
            .collect();
        let (up, safe, unsafe_) = (Upgrade::Up, Upgrade::SafeDown, Upgrade::UnsafeDown);
        for (name, level, upgrade) in [
            ("nonsense", 1, Some(up)),
            ("group.version", 9, Some(up)),
            ("transaction.version", 1, Some(up)),
            ("metadata.version", 34, Some(safe)),
            ("group.version", 0, Some(up)),
            ("group.version", -1, Some(up)),
            ("metadata.version", 1, Some(safe)),
            ("metadata.version", 30, Some(safe)),
            ("metadata.version", 21, Some(unsafe_)),
            ("group.version", 1, None),
            ("kraft.version", 1, Some(up)),
            ("", 1, Some(up)),
        ] {
            let said = features.objection(1, name, level, upgrade).unwrap();
            assert!(expected.contains(&said.as_str()), "{said}");
        }
        assert_eq!(features.objection(1, "transaction.version", 0, Some(safe)), None);
        assert_eq!(features.objection(1, "group.version", 1, Some(up)), None);
        features.set("group.version", 0);
        assert_eq!((features.level("group.version"), features.epoch()), (0, 2));
        assert_eq!(features.objection(1, "group.version", 1, Some(up)), None);
    }
}
