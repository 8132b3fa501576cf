//! What a broker of some release of Apache Kafka offers and how it is set up.
//!
//! | file | facts |
//! |---|---|
//! | `versions` | APIs and their versions |
//! | `features` | supported and finalized features (KIP-584) |
//! | `configs` | settings, their defaults and what they may be set to |
//!
//! The facts were taken from running brokers and are compared with them in tests. They say what Kafka has, not what
//! the sandbox serves of it.

pub mod configs;
mod features;
mod versions;

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use protocol::{ApiKey, VersionRange};

pub use features::Feature;
use versions::VERSIONS;

/// A release of Apache Kafka to behave like. The default is the newest.
#[derive(Clone, Copy)]
pub struct Profile(&'static Facts);

#[derive(Debug)]
struct Facts {
    name: &'static str,
    release: &'static str,
    commit: &'static str,
    inter_broker_protocol: &'static str,
    /// Its column in the table of versions.
    column: usize,
    mode: Mode,
    topic_ids: bool,
    /// KIP-511.
    names_api_versions: bool,
    features: &'static [Feature],
}

/// What keeps a cluster's metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    KRaft,
    ZooKeeper,
}

impl Profile {
    /// Kafka 2.1 with ZooKeeper.
    pub const V2_1: Self = Self(&ALL[0]);
    /// Kafka 2.8 with ZooKeeper.
    pub const V2_8: Self = Self(&ALL[1]);
    /// Kafka 3.9 with KRaft.
    pub const V3_9: Self = Self(&ALL[2]);
    /// Kafka 4.0.
    pub const V4_0: Self = Self(&ALL[3]);
    /// Kafka 4.4.
    pub const V4_4: Self = Self(&ALL[4]);

    /// Returns all profiles, oldest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        ALL.iter().map(Self)
    }

    /// Its name, as `"4.4"`.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// The release the facts are those of, as `"4.4.0"`.
    pub const fn release(self) -> &'static str {
        self.0.release
    }

    /// What Kafka's own tools of that release print for `--version`, as `"4.4.0 (Commit:1156b2752aaa28ea)"`.
    pub fn version_text(self) -> String {
        format!("{} (Commit:{})", self.0.release, self.0.commit)
    }

    /// The version of what brokers tell each other, as `"4.4-IV2"`: `inter.broker.protocol.version` before 4.0, the
    /// name of the level of the feature `metadata.version` with KRaft.
    pub const fn inter_broker_protocol(self) -> &'static str {
        self.0.inter_broker_protocol
    }

    /// Whether the cluster keeps its metadata itself (KIP-500) instead of in ZooKeeper.
    pub fn is_kraft(self) -> bool {
        self.0.mode == Mode::KRaft
    }

    /// Whether topics have ids (KIP-516).
    pub const fn has_topic_ids(self) -> bool {
        self.0.topic_ids
    }

    /// Whether brokers store the ids of topics with committed offsets.
    pub fn has_topic_ids_in_offsets(self) -> bool {
        self.versions(ApiKey::OFFSET_COMMIT).last >= 10
    }

    /// Whether the answer to ApiVersions in a version that the broker does not know, which is an error in version 0,
    /// lists the versions of ApiVersions itself (KIP-511, since 2.4) rather than nothing.
    pub const fn names_api_versions_when_asked_in_unknown_version(self) -> bool {
        self.0.names_api_versions
    }

    /// The versions of an API that a broker offers to clients; empty when there are none.
    ///
    /// From 4.0 on Produce is offered from 0 on and served from 3 on. Telemetry (KIP-714) counts as offered, which a
    /// broker does only with a metrics reporter that takes it.
    pub fn versions(self, api: ApiKey) -> VersionRange {
        let row = VERSIONS
            .binary_search_by_key(&api, |(key, _)| *key)
            .ok()
            .and_then(|index| VERSIONS.get(index));
        row.and_then(|(_, versions)| versions.get(self.0.column))
            .copied()
            .unwrap_or(VersionRange::EMPTY)
    }

    /// The APIs that a broker offers to clients with their versions, by ascending number.
    pub fn apis(self) -> impl Iterator<Item = (ApiKey, VersionRange)> {
        VERSIONS
            .iter()
            .map(move |(key, _)| (*key, self.versions(*key)))
            .filter(|(_, versions)| !versions.is_empty())
    }

    /// The features the release knows; none before KRaft.
    pub const fn features(self) -> &'static [Feature] {
        self.0.features
    }

    /// The feature of that name, if the release knows it.
    pub fn feature(self, name: &str) -> Option<&'static Feature> {
        self.0.features.iter().find(|feature| feature.name == name)
    }

    /// The level at which a new cluster has a feature; 0 when the release does not know it.
    pub fn level(self, name: &str) -> i16 {
        self.feature(name).map_or(0, |feature| feature.finalized)
    }
}

static ALL: [Facts; 5] = [
    Facts {
        name: "2.1",
        release: "2.1.1",
        commit: "21234bee31165527",
        inter_broker_protocol: "2.1-IV2",
        column: 0,
        mode: Mode::ZooKeeper,
        topic_ids: false,
        names_api_versions: false,
        features: &[],
    },
    Facts {
        name: "2.8",
        release: "2.8.2",
        commit: "3146c6ff4a24cc24",
        inter_broker_protocol: "2.8-IV1",
        column: 1,
        mode: Mode::ZooKeeper,
        topic_ids: true,
        names_api_versions: true,
        features: &[],
    },
    Facts {
        name: "3.9",
        release: "3.9.2",
        commit: "5e9866f43ab8e7e4",
        inter_broker_protocol: "3.9-IV0",
        column: 2,
        mode: Mode::KRaft,
        topic_ids: true,
        names_api_versions: true,
        features: features::V3_9,
    },
    Facts {
        name: "4.0",
        release: "4.0.2",
        commit: "5d0fe56677f97d95",
        inter_broker_protocol: "4.0-IV3",
        column: 3,
        mode: Mode::KRaft,
        topic_ids: true,
        names_api_versions: true,
        features: features::V4_0,
    },
    Facts {
        name: "4.4",
        release: "4.4.0",
        commit: "1156b2752aaa28ea",
        inter_broker_protocol: "4.4-IV2",
        column: 4,
        mode: Mode::KRaft,
        topic_ids: true,
        names_api_versions: true,
        features: features::V4_4,
    },
];

impl Default for Profile {
    fn default() -> Self {
        Self::V4_4
    }
}

impl PartialEq for Profile {
    fn eq(&self, other: &Self) -> bool {
        self.0.column == other.0.column
    }
}

impl Eq for Profile {}

impl Ord for Profile {
    /// An older release is less than a newer one.
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.column.cmp(&other.0.column)
    }
}

impl PartialOrd for Profile {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Profile({})", self.0.name)
    }
}

/// A release that there is no profile of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no profile of Kafka {given:?}: choose one of 2.1, 2.8, 3.9, 4.0, 4.4")]
pub struct UnknownProfile {
    given: String,
}

impl FromStr for Profile {
    type Err = UnknownProfile;

    /// Takes a name or any release of that line: `4.4`, `4.4.0`, `4.4.7`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_patch = |rest: &str| {
            rest.strip_prefix('.')
                .is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()))
        };
        Self::all()
            .find(|profile| {
                text.strip_prefix(profile.name())
                    .is_some_and(|rest| rest.is_empty() || is_patch(rest))
            })
            .ok_or_else(|| UnknownProfile {
                given: text.chars().take(32).collect(),
            })
    }
}

#[cfg(test)]
mod tests {
    use protocol::{ApiInfo, ErrorCode};

    use super::*;

    #[test]
    fn names_and_releases_are_understood() {
        for profile in Profile::all() {
            assert_eq!(profile.name().parse(), Ok(profile));
            assert_eq!(profile.release().parse(), Ok(profile));
        }
        assert_eq!("4.4.12".parse(), Ok(Profile::V4_4));
        for text in ["", "4", "4.", "4.44", "4.4.", "4.4.x", "4.4.0.1", " 4.4", "3.8"] {
            let error = text.parse::<Profile>().unwrap_err().to_string();
            assert!(
                error.ends_with("choose one of 2.1, 2.8, 3.9, 4.0, 4.4"),
                "{text}: {error}"
            );
        }
        let known: Vec<_> = Profile::all().map(Profile::name).collect();
        assert_eq!(known.join(", "), "2.1, 2.8, 3.9, 4.0, 4.4");
        assert_eq!(Profile::default(), Profile::V4_4);
    }

    #[test]
    fn tables_are_in_order() {
        assert!(VERSIONS.is_sorted_by_key(|(key, _)| *key));
        for (column, profile) in Profile::all().enumerate() {
            assert_eq!(profile.0.column, column, "{profile}");
            assert_eq!(profile.features().is_empty(), !profile.is_kraft(), "{profile}");
            let feature = profile.feature("metadata.version");
            assert_eq!(feature.is_some(), profile.is_kraft(), "{profile}");
            assert!(profile.version_text().starts_with(profile.release()));
        }
    }

    #[test]
    fn newer_releases_offer_more() {
        let newest: Vec<_> = Profile::V4_4.apis().collect();
        for info in ApiInfo::ALL.iter().filter(|info| info.on_brokers) {
            let versions = Profile::V4_4.versions(info.key);
            // A version that may still change is offered to nobody.
            let last = info.versions.last - i16::from(info.latest_unstable);
            assert_eq!(versions.last, last, "{}", info.name);
        }
        for pair in Profile::all().collect::<Vec<_>>().windows(2) {
            for (api, versions) in pair[0].apis() {
                assert!(pair[1].versions(api).last >= versions.last, "{api}");
            }
        }
        assert!(newest.len() > Profile::V2_1.apis().count());
        assert!(Profile::V2_1.versions(ApiKey::ELECT_LEADERS).is_empty());
        assert!(Profile::V4_4.versions(ApiKey(1000)).is_empty());
    }

    #[test]
    fn observed_errors_are_of_apis_that_are_offered() {
        let rows = include_str!("../../data/observed-errors.tsv").lines();
        for row in rows.filter(|row| !row.starts_with('#')) {
            let cells: Vec<_> = row.split('\t').collect();
            let [api, version, _, error, _] = cells[..] else {
                panic!("{row}")
            };
            if api != "-" {
                let api = ApiInfo::ALL.iter().find(|info| info.name == api);
                let api = api.unwrap_or_else(|| panic!("{row}")).key;
                let is_refused = error == "closed" || error == "UNSUPPORTED_VERSION";
                let is_offered = Profile::V4_4.versions(api).contains(version.parse().unwrap());
                assert!(is_offered || is_refused, "{row}");
            }
            let codes = (-1..200).map(ErrorCode);
            let is_known = codes.filter_map(ErrorCode::name).any(|name| name == error);
            assert!(is_known || error == "closed", "{row}");
        }
    }

    #[test]
    fn features_with_level_0_are_kept_from_old_clients() {
        let names = |version| {
            let features = Profile::V4_0.features().iter();
            let shown = features.filter(|feature| feature.is_shown_in(version));
            shown.map(|feature| feature.name).collect::<Vec<_>>()
        };
        assert_eq!(names(2), Vec::<&str>::new());
        assert_eq!(names(3), ["metadata.version"]);
        assert_eq!(names(4).len(), 5);
        assert_eq!(Profile::V4_0.level("transaction.version"), 2);
        assert_eq!(Profile::V4_0.level("share.version"), 0);
    }
}
