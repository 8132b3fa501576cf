//! ApiVersions: what the broker speaks.

use protocol::messages::api_versions::{
    ApiVersion, ApiVersionsRequest, ApiVersionsResponse, FinalizedFeatureKey, SupportedFeatureKey,
};
use protocol::{ApiKey, ErrorCode, VersionRange};

use super::{Call, Handle, IMPLEMENTED, Reply};
use crate::profile::{Feature, Profile};
use crate::security::Software;
use crate::state::Features;

impl Handle for ApiVersionsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<ApiVersionsResponse> {
        let Some(profile) = call.asked().map(|broker| broker.profile) else {
            return Reply::Close;
        };
        if let Err(code) = check(&self, call) {
            return Reply::Now(ApiVersionsResponse {
                error_code: code.0,
                ..ApiVersionsResponse::default()
            });
        }
        call.session.tell_versions(Software {
            name: self.client_software_name,
            version: self.client_software_version,
        });
        Reply::Now(response(
            profile,
            &call.state.features,
            call.version,
            ErrorCode::NONE,
        ))
    }

    fn refuse(self, call: &Call<'_>, code: ErrorCode) -> ApiVersionsResponse {
        let known = call
            .asked()
            .map(|broker| response(broker.profile, &call.state.features, call.version, code));
        known.unwrap_or_default()
    }
}

/// Features whose APIs have no handler yet.
const ABSENT: [&str; 2] = ["share.version", "streams.version"];

fn check(request: &ApiVersionsRequest, call: &Call<'_>) -> Result<(), ErrorCode> {
    let software = [&request.client_software_name, &request.client_software_version];
    if call.version >= 3 && !software.into_iter().all(|text| is_software(text)) {
        return Err(ErrorCode::INVALID_REQUEST);
    }
    // Whom the client believes to talk to: both or neither (KIP-1242).
    match (request.cluster_id.as_deref(), request.node_id) {
        (None, -1) => Ok(()),
        (None, _) | (_, -1) => Err(ErrorCode::INVALID_REQUEST),
        (Some(cluster), node) if *cluster == *call.state.cluster_id && node == call.broker => Ok(()),
        (Some(_), _) => Err(ErrorCode::REBOOTSTRAP_REQUIRED),
    }
}

/// Whether a text names a software or its version (KIP-511).
fn is_software(text: &str) -> bool {
    let is_inner = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let ends = [text.bytes().next(), text.bytes().next_back()];
    let is_end = |end: Option<u8>| end.is_some_and(|byte| byte.is_ascii_alphanumeric());
    ends.into_iter().all(is_end) && text.as_bytes().iter().all(is_inner)
}

/// The answer, in version 0, to who asks in a version that a broker of `profile` does not speak: which ones it does (KIP-511),
/// if that Kafka says so.
pub(crate) fn unsupported(profile: Profile) -> ApiVersionsResponse {
    let versions = offered(profile, ApiKey::API_VERSIONS).filter(|_| profile > Profile::V2_1);
    let versions = versions.map(|versions| ApiVersion {
        api_key: ApiKey::API_VERSIONS.0,
        min_version: versions.first,
        max_version: versions.last,
    });
    ApiVersionsResponse {
        error_code: ErrorCode::UNSUPPORTED_VERSION.0,
        api_keys: versions.into_iter().collect(),
        ..ApiVersionsResponse::default()
    }
}

/// What a broker of `profile` speaks, beside an error or none, for an answer in `version`.
fn response(profile: Profile, levels: &Features, version: i16, code: ErrorCode) -> ApiVersionsResponse {
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
        finalized_features_epoch: if features.is_empty() { -1 } else { levels.epoch() },
        finalized_features: features
            .iter()
            .map(|feature| (feature.name, levels.level(feature.name)))
            .filter(|&(_, level)| level > 0)
            .map(|(name, level)| FinalizedFeatureKey {
                name: name.to_owned(),
                max_version_level: level,
                min_version_level: level,
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
