use protocol::messages::api_versions::ApiVersionsResponse;
use protocol::{ApiInfo, ApiKey, VersionRange};

use crate::cluster::{Features, NodeId};
use crate::error::VersionError;

/// What a broker said of itself on a connection: the versions it speaks and the features of its cluster.
#[derive(Clone, Debug)]
pub struct BrokerVersions {
    /// By API number; empty where the broker does not know the API.
    ranges: Vec<VersionRange>,
    /// Whether its metadata has topic ids, without which versions that know topics only by id are of no use.
    topic_ids: bool,
    /// The finalized features; none before Kafka 2.7 (KIP-584).
    pub features: Option<Features>,
}

impl BrokerVersions {
    /// Takes what is known of the APIs out of a reply. Of APIs named twice the last counts.
    pub fn of(response: &ApiVersionsResponse) -> Self {
        let mut ranges = vec![VersionRange::EMPTY; ApiInfo::ALL.len()];
        for api in &response.api_keys {
            let place = usize::try_from(api.api_key)
                .ok()
                .and_then(|index| ranges.get_mut(index));
            if let Some(range) = place {
                *range = VersionRange {
                    first: api.min_version,
                    last: api.max_version,
                };
            }
        }
        let features = (response.finalized_features_epoch >= 0).then(|| Features {
            epoch: response.finalized_features_epoch,
            levels: response
                .finalized_features
                .iter()
                .map(|feature| (feature.name.clone(), feature.max_version_level))
                .collect(),
        });
        let mut versions = Self {
            ranges,
            topic_ids: false,
            features,
        };
        versions.topic_ids = versions
            .range(ApiKey::METADATA)
            .is_some_and(|range| range.last >= 10);
        versions
    }

    /// The versions of an API that the broker speaks; none when it does not know the API.
    pub fn range(&self, key: ApiKey) -> Option<VersionRange> {
        let index = usize::try_from(key.0).ok()?;
        self.ranges.get(index).copied().filter(|range| !range.is_empty())
    }

    /// The highest version that both sides speak, where the client can use `ours`.
    ///
    /// # Errors
    ///
    /// When there is none. Other APIs are not affected.
    pub fn choose(&self, key: ApiKey, ours: VersionRange, node: Option<NodeId>) -> Result<i16, VersionError> {
        let theirs = self.range(key);
        let common = theirs.map(|theirs| theirs.intersect(self.usable(key, ours)));
        match common {
            Some(common) if !common.is_empty() => Ok(common.last),
            _ => Err(VersionError {
                api: key,
                node,
                ours,
                theirs,
            }),
        }
    }

    /// Leaves out the versions that know topics only by id when the broker's metadata has no ids.
    fn usable(&self, key: ApiKey, ours: VersionRange) -> VersionRange {
        let last_by_name = match key {
            _ if self.topic_ids => i16::MAX,
            ApiKey::PRODUCE | ApiKey::FETCH => 12,
            ApiKey::OFFSET_COMMIT | ApiKey::OFFSET_FETCH => 9,
            ApiKey::TXN_OFFSET_COMMIT => 5,
            _ => i16::MAX,
        };
        VersionRange {
            first: ours.first,
            last: ours.last.min(last_by_name),
        }
    }
}
