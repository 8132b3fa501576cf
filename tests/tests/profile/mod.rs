//! The sandbox's profiles say what brokers of those releases say of themselves.

mod configs;

use kafka_client::client::Client;
use kafka_client::cluster::Target;
use kafka_sandbox::profile::{Feature, Profile};
use protocol::messages::api_versions::{ApiVersionsRequest, ApiVersionsResponse};
use protocol::{ApiKey, VersionRange};
use real_kafka::KafkaCluster;

use crate::support::{run, shared};

#[test]
fn the_newest_release_is_as_its_profile_says() {
    let Some(cluster) = shared("the profile of the newest release") else {
        return;
    };
    compare(Profile::default(), cluster);
}

#[test]
#[ignore = "starts a broker of each release, whose answers do not change any more"]
fn older_releases_are_as_their_profiles_say() {
    real_kafka::require!(own);
    for profile in Profile::all().filter(|profile| *profile != Profile::default()) {
        let version = profile.release();
        let cluster = KafkaCluster::builder().version(version).start().unwrap();
        compare(profile, &cluster);
        configs::compare(profile, &cluster);
    }
}

fn compare(profile: Profile, cluster: &KafkaCluster) {
    let answer = ask(cluster);
    assert_eq!(of_broker(&answer), of_profile(profile), "{profile}");
    let version = profile.versions(ApiKey::API_VERSIONS).last;
    let mut supported: Vec<_> = answer
        .supported_features
        .iter()
        .map(|feature| (feature.name.as_str(), feature.min_version, feature.max_version))
        .collect();
    supported.sort_unstable();
    let expected = profile.features().iter();
    let shown = expected.clone().filter(|feature| feature.is_shown_in(version));
    let ranges = shown.map(|feature| (feature.name, feature.min, feature.max));
    assert_eq!(supported, ranges.collect::<Vec<_>>(), "{profile}");
    let mut finalized: Vec<_> = answer
        .finalized_features
        .iter()
        .map(|feature| {
            (
                feature.name.as_str(),
                feature.min_version_level,
                feature.max_version_level,
            )
        })
        .collect();
    finalized.sort_unstable();
    let expected = expected.filter(|feature| feature.finalized > 0);
    let levels = expected.map(|&Feature { name, finalized, .. }| (name, finalized, finalized));
    assert_eq!(finalized, levels.collect::<Vec<_>>(), "{profile}");
}

fn ask(cluster: &KafkaCluster) -> ApiVersionsResponse {
    let request = ApiVersionsRequest {
        client_software_name: "tests".to_owned(),
        client_software_version: "1".to_owned(),
        ..ApiVersionsRequest::default()
    };
    run(async {
        let client = Client::connect(cluster.bootstrap()).await.unwrap();
        let answer = client.call(Target::Any, request, |_| None).await.unwrap();
        client.close().await;
        answer
    })
}

/// What only controllers ask brokers before KRaft is of no interest to clients.
const FROM_CONTROLLERS: [ApiKey; 5] = [
    ApiKey::LEADER_AND_ISR,
    ApiKey::STOP_REPLICA,
    ApiKey::UPDATE_METADATA,
    ApiKey::CONTROLLED_SHUTDOWN,
    ApiKey::ALTER_PARTITION,
];

/// A broker without a metrics reporter that takes telemetry does not offer it.
const TELEMETRY: [ApiKey; 2] = [ApiKey::GET_TELEMETRY_SUBSCRIPTIONS, ApiKey::PUSH_TELEMETRY];

fn of_broker(answer: &ApiVersionsResponse) -> Vec<(ApiKey, VersionRange)> {
    let mut apis: Vec<_> = answer
        .api_keys
        .iter()
        .map(|api| {
            let versions = VersionRange {
                first: api.min_version,
                last: api.max_version,
            };
            (ApiKey(api.api_key), versions)
        })
        .filter(|(api, _)| !FROM_CONTROLLERS.contains(api))
        .collect();
    apis.sort_unstable_by_key(|(api, _)| *api);
    apis
}

fn of_profile(profile: Profile) -> Vec<(ApiKey, VersionRange)> {
    profile
        .apis()
        .filter(|(api, _)| !TELEMETRY.contains(api))
        .collect()
}
