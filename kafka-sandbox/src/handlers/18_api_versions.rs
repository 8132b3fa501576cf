//! ApiVersions: what the broker speaks.

use protocol::messages::api_versions::{
    ApiVersion, ApiVersionsRequest, ApiVersionsResponse, FinalizedFeatureKey, SupportedFeatureKey,
};
use protocol::{ApiKey, ErrorCode, VersionRange};

use super::{Call, Handle, IMPLEMENTED, Reply};
use crate::profile::{Feature, Profile};

impl Handle for ApiVersionsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<ApiVersionsResponse> {
        let Some(profile) = call.asked().map(|broker| broker.profile) else {
            return Reply::Close;
        };
        Reply::Now(response(profile, call.version, ErrorCode::NONE))
    }

    fn refuse(self, call: &Call<'_>, code: ErrorCode) -> ApiVersionsResponse {
        let known = call
            .asked()
            .map(|broker| response(broker.profile, call.version, code));
        known.unwrap_or_default()
    }
}

/// Features whose APIs have no handler yet.
const ABSENT: [&str; 2] = ["share.version", "streams.version"];

/// What a broker of `profile` speaks, beside an error or none, for an answer in `version`.
pub(crate) fn response(profile: Profile, version: i16, code: ErrorCode) -> ApiVersionsResponse {
    let apis = IMPLEMENTED.iter().filter_map(|&(key, _)| {
        let versions = offered(profile, key)?;
        Some(ApiVersion {
            api_key: key.0,
            min_version: versions.first,
            max_version: versions.last,
        })
    });
    let features: Vec<&Feature> = profile
        .features()
        .iter()
        .filter(|feature| !ABSENT.contains(&feature.name))
        .collect();
    ApiVersionsResponse {
        error_code: code.0,
        api_keys: apis.collect(),
        supported_features: features
            .iter()
            .filter(|feature| feature.is_shown_in(version))
            .map(|feature| SupportedFeatureKey {
                name: feature.name.to_owned(),
                min_version: feature.min,
                max_version: feature.max,
            })
            .collect(),
        finalized_features_epoch: if features.is_empty() { -1 } else { 1 },
        finalized_features: features
            .iter()
            .filter(|feature| feature.finalized > 0)
            .map(|feature| FinalizedFeatureKey {
                name: feature.name.to_owned(),
                max_version_level: feature.finalized,
                min_version_level: feature.finalized,
            })
            .collect(),
        ..ApiVersionsResponse::default()
    }
}

/// The versions of an API that a broker of `profile` offers; none when it has no handler here or is unknown to that Kafka.
///
/// The lowest version of Produce is offered as that Kafka does, though older than what is understood: librdkafka takes a
/// broker without it for one that knows no compression.
pub(crate) fn offered(profile: Profile, key: ApiKey) -> Option<VersionRange> {
    let &(_, known) = IMPLEMENTED.iter().find(|&&(other, _)| other == key)?;
    let of_profile = profile.versions(key);
    let mut versions = of_profile.intersect(known);
    if versions.is_empty() {
        return None;
    }
    if key == ApiKey::PRODUCE {
        versions.first = of_profile.first;
    }
    Some(versions)
}
