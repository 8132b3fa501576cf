//! SCRAM credentials that clients alter, and other things of the cluster that are described and changed from outside.

use std::time::Duration;

use bytes::Bytes;
use kafka_sandbox::security::{SaslSettings, SecuritySettings};
use protocol::messages::alter_user_scram_credentials::{
    AlterUserScramCredentialsRequest, ScramCredentialDeletion, ScramCredentialUpsertion,
};
use protocol::messages::api_versions::ApiVersionsRequest;
use protocol::messages::describe_quorum::{DescribeQuorumRequest, RequestPartitionData, RequestTopicData};
use protocol::messages::describe_user_scram_credentials::{DescribeUserScramCredentialsRequest, UserName};
use protocol::messages::get_telemetry_subscriptions::GetTelemetrySubscriptionsRequest;
use protocol::messages::list_config_resources::ListConfigResourcesRequest;
use protocol::messages::push_telemetry::PushTelemetryRequest;
use protocol::messages::unregister_broker::UnregisterBrokerRequest;
use protocol::messages::update_features::{FeatureUpdateKey, UpdateFeaturesRequest};
use protocol::sasl::scram::SaltedPassword;
use protocol::sasl::{Mechanism, Secret};
use protocol::{ErrorCode, Uuid};

use crate::support::{Cluster, settings};

fn upsertion(user: &str, password: &str) -> ScramCredentialUpsertion {
    let secret = Secret::from(password);
    let salted = SaltedPassword::derive(Mechanism::ScramSha256, &secret, b"salt", 4096).unwrap();
    ScramCredentialUpsertion {
        name: user.to_owned(),
        mechanism: 1,
        iterations: 4096,
        salt: Bytes::from_static(b"salt"),
        salted_password: Bytes::copy_from_slice(salted.expose()),
    }
}

fn alter(
    cluster: &mut Cluster,
    deletions: Vec<ScramCredentialDeletion>,
    upsertions: Vec<ScramCredentialUpsertion>,
) -> Vec<(String, ErrorCode, Option<String>)> {
    let request = AlterUserScramCredentialsRequest {
        deletions,
        upsertions,
    };
    let results = cluster.ask(1, 0, &request).results.into_iter();
    results
        .map(|result| (result.user, ErrorCode(result.error_code), result.error_message))
        .collect()
}

#[test]
fn credentials_are_altered_and_described_without_their_secrets() {
    let mut cluster = Cluster::of(1);
    let done = alter(&mut cluster, Vec::new(), vec![upsertion("carol", "pw")]);
    assert_eq!(done, [("carol".to_owned(), ErrorCode::NONE, None)]);
    let users = Some(
        ["carol", "nobody"]
            .map(|name| UserName {
                name: name.to_owned(),
            })
            .to_vec(),
    );
    let described = cluster
        .ask(1, 0, &DescribeUserScramCredentialsRequest { users })
        .results;
    let infos = &described[0].credential_infos;
    assert_eq!((infos[0].mechanism, infos[0].iterations), (1, 4096));
    assert_eq!(ErrorCode(described[1].error_code), ErrorCode::RESOURCE_NOT_FOUND);
    let text = "Attempt to describe a user credential that does not exist: nobody";
    assert_eq!(described[1].error_message.as_deref(), Some(text));
    let deletion = ScramCredentialDeletion {
        name: "carol".to_owned(),
        mechanism: 1,
    };
    let done = alter(&mut cluster, vec![deletion.clone()], Vec::new());
    assert_eq!(done[0].1, ErrorCode::NONE);
    let done = alter(&mut cluster, vec![deletion], Vec::new());
    assert_eq!(done[0].1, ErrorCode::RESOURCE_NOT_FOUND);
    let all = cluster.ask(1, 0, &DescribeUserScramCredentialsRequest { users: None });
    assert!(all.results.is_empty());
}

#[test]
fn credentials_that_cannot_be_are_refused_in_kafkas_words() {
    let mut cluster = Cluster::of(1);
    let good = upsertion("u", "pw");
    let unacceptable = ErrorCode::UNACCEPTABLE_CREDENTIAL;
    for (upsertions, code, message) in [
        (
            vec![ScramCredentialUpsertion {
                iterations: 4095,
                ..good.clone()
            }],
            unacceptable,
            "Too few iterations",
        ),
        (
            vec![ScramCredentialUpsertion {
                iterations: 20_000,
                ..good.clone()
            }],
            unacceptable,
            "Too many iterations",
        ),
        (
            vec![ScramCredentialUpsertion {
                iterations: -1,
                ..good.clone()
            }],
            unacceptable,
            "Too few iterations",
        ),
        (
            vec![ScramCredentialUpsertion {
                mechanism: 9,
                ..good.clone()
            }],
            ErrorCode::UNSUPPORTED_SASL_MECHANISM,
            "Unknown SCRAM mechanism",
        ),
        (
            vec![ScramCredentialUpsertion {
                name: String::new(),
                ..good.clone()
            }],
            unacceptable,
            "Username must not be empty",
        ),
        (
            vec![good.clone(), good],
            ErrorCode::DUPLICATE_RESOURCE,
            "A user credential cannot be altered twice in the same request",
        ),
    ] {
        let done = alter(&mut cluster, Vec::new(), upsertions);
        assert_eq!(done.len(), 1);
        assert_eq!((done[0].1, done[0].2.as_deref()), (code, Some(message)));
    }
}

#[test]
fn the_journal_has_credentials_and_not_what_they_were_made_of() {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        let mut settings = settings(1);
        settings.security = SecuritySettings {
            sasl: None,
            ..SecuritySettings::default()
        };
        let storage = kafka_sandbox::storage::DirectoryStorage::open(folder.path()).unwrap();
        Cluster::on(settings, Box::new(storage))
    };
    let mut cluster = open();
    let carol = upsertion("carol", "hunter2");
    let salted = carol.salted_password.clone();
    alter(&mut cluster, Vec::new(), vec![carol]);
    drop(cluster);
    let mut cluster = open();
    let all = cluster.ask(1, 0, &DescribeUserScramCredentialsRequest { users: None });
    assert_eq!(all.results[0].user, "carol");
    drop(cluster);
    use base64::Engine;
    let salted = base64::engine::general_purpose::STANDARD.encode(salted);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
            assert!(!text.contains("hunter2") && !text.contains(&salted));
        }
    }
    let settings = SaslSettings::new([Mechanism::Plain]).user("u", "hunter2");
    assert!(!format!("{settings:?}").contains("hunter2"));
}

#[test]
fn the_quorum_is_that_of_the_brokers() {
    let mut cluster = Cluster::of(3);
    let ask = |name: &str, partition_index: i32| DescribeQuorumRequest {
        topics: vec![RequestTopicData {
            topic_name: name.to_owned(),
            partitions: vec![RequestPartitionData { partition_index }],
        }],
    };
    let described = cluster.ask(1, 2, &ask("__cluster_metadata", 0));
    let partition = &described.topics[0].partitions[0];
    assert_eq!(
        (
            partition.error_code,
            partition.leader_id,
            partition.current_voters.len()
        ),
        (0, 1, 3)
    );
    assert!(partition.high_watermark > 0);
    assert_eq!(described.nodes.len(), 3);
    for (name, partition) in [("__cluster_metadata", 1), ("other", 0)] {
        let described = cluster.ask(1, 2, &ask(name, partition));
        let code = ErrorCode(described.topics[0].partitions[0].error_code);
        assert_eq!(code, ErrorCode::UNKNOWN_TOPIC_OR_PARTITION);
    }
}

#[test]
fn a_level_of_a_feature_is_changed_and_told() {
    let mut cluster = Cluster::of(1);
    let update = |level: i16, upgrade_type: i8| UpdateFeaturesRequest {
        feature_updates: vec![FeatureUpdateKey {
            feature: "transaction.version".to_owned(),
            max_version_level: level,
            upgrade_type,
            ..FeatureUpdateKey::default()
        }],
        ..UpdateFeaturesRequest::default()
    };
    let refused = cluster.ask(1, 2, &update(1, 1));
    assert_eq!(ErrorCode(refused.error_code), ErrorCode::INVALID_UPDATE_VERSION);
    assert_eq!(cluster.ask(1, 2, &update(1, 2)).error_code, 0);
    let request = ApiVersionsRequest {
        client_software_name: "test".to_owned(),
        client_software_version: "1.0".to_owned(),
        ..ApiVersionsRequest::default()
    };
    let versions = cluster.ask(1, 4, &request);
    let level = versions
        .finalized_features
        .iter()
        .find(|one| one.name == "transaction.version");
    assert_eq!(level.unwrap().max_version_level, 1);
    assert_eq!(versions.finalized_features_epoch, 2);
}

#[test]
fn a_broker_that_is_gone_can_be_struck_off() {
    let mut cluster = Cluster::of(3);
    let mut strike = |id: i32| {
        let request = UnregisterBrokerRequest { broker_id: id };
        let response = cluster.ask(1, 0, &request);
        (ErrorCode(response.error_code), response.error_message.unwrap())
    };
    let unknown = (
        ErrorCode::BROKER_ID_NOT_REGISTERED,
        "Broker ID 9 is not currently registered".to_owned(),
    );
    assert_eq!(strike(9), unknown);
    assert_eq!(strike(2), (ErrorCode::NONE, String::new()));
    assert_eq!(
        strike(2),
        (ErrorCode::NONE, String::new()),
        "one that is up comes back"
    );
}

#[test]
fn clients_are_told_what_to_measure_and_may_send_it_in_time() {
    let mut cluster = Cluster::of(1);
    let ask = |id: Uuid| GetTelemetrySubscriptionsRequest {
        client_instance_id: id,
    };
    let told = cluster.ask(1, 0, &ask(Uuid::ZERO));
    assert_eq!(
        (told.error_code, told.push_interval_ms, told.telemetry_max_bytes),
        (0, 300_000, 1_048_576)
    );
    assert!(told.requested_metrics.is_empty() && !told.client_instance_id.is_zero());
    let again = cluster.ask(1, 0, &ask(told.client_instance_id));
    assert_eq!(ErrorCode(again.error_code), ErrorCode::THROTTLING_QUOTA_EXCEEDED);
    let good = PushTelemetryRequest {
        client_instance_id: told.client_instance_id,
        subscription_id: told.subscription_id,
        metrics: Bytes::from_static(b"no metrics"),
        ..PushTelemetryRequest::default()
    };
    let mut push = |push: &PushTelemetryRequest, after: u64| {
        cluster.advance(Duration::from_secs(after));
        ErrorCode(cluster.ask(1, 0, push).error_code)
    };
    assert_eq!(push(&good, 0), ErrorCode::NONE);
    assert_eq!(push(&good, 1), ErrorCode::THROTTLING_QUOTA_EXCEEDED);
    let packed = PushTelemetryRequest {
        compression_type: 1,
        ..good.clone()
    };
    assert_eq!(push(&packed, 300), ErrorCode::INVALID_RECORD, "it is not gzip");
    let unknown = PushTelemetryRequest {
        compression_type: 9,
        ..good.clone()
    };
    assert_eq!(push(&unknown, 300), ErrorCode::UNSUPPORTED_COMPRESSION_TYPE);
    let large = PushTelemetryRequest {
        metrics: Bytes::from(vec![0; 2_000_000]),
        ..good.clone()
    };
    assert_eq!(push(&large, 300), ErrorCode::TELEMETRY_TOO_LARGE);
    let nobody = PushTelemetryRequest {
        client_instance_id: Uuid::ZERO,
        ..good
    };
    assert_eq!(push(&nobody, 300), ErrorCode::INVALID_REQUEST);
}

#[test]
fn what_has_configs_is_listed() {
    let mut cluster = Cluster::of(2);
    let mut list = |version: i16, kinds: &[i8]| {
        let request = ListConfigResourcesRequest {
            resource_types: kinds.to_vec(),
        };
        let listed = cluster.ask(1, version, &request);
        (ErrorCode(listed.error_code), listed.config_resources.len())
    };
    assert_eq!(list(0, &[]), (ErrorCode::NONE, 0));
    assert_eq!(list(1, &[4]), (ErrorCode::NONE, 2));
    assert_eq!(list(1, &[]).1, 4, "brokers and their loggers");
    assert_eq!(list(1, &[99]).0, ErrorCode::UNSUPPORTED_VERSION);
}
