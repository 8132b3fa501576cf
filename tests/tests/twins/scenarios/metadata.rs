//! What brokers say of themselves, of the cluster and of its topics.

use protocol::Uuid;
use protocol::messages::api_versions::ApiVersionsRequest;
use protocol::messages::describe_cluster::DescribeClusterRequest;
use protocol::messages::describe_quorum::{DescribeQuorumRequest, RequestPartitionData, RequestTopicData};
use protocol::messages::list_groups::ListGroupsRequest;
use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic};
use protocol::messages::unregister_broker::UnregisterBrokerRequest;
use protocol::messages::update_features::{FeatureUpdateKey, UpdateFeaturesRequest};

use super::super::pair::{Kafka, cluster, compare};
use super::classic_groups;

fn named(names: &[&str]) -> MetadataRequest {
    let topics = names.iter().map(|name| MetadataRequestTopic {
        name: Some((*name).to_owned()),
        ..MetadataRequestTopic::default()
    });
    MetadataRequest {
        topics: Some(topics.collect()),
        allow_auto_topic_creation: false,
        ..MetadataRequest::default()
    }
}

fn by_id(ids: &[Uuid]) -> MetadataRequest {
    let topics = ids.iter().map(|id| MetadataRequestTopic {
        topic_id: *id,
        name: None,
    });
    MetadataRequest {
        topics: Some(topics.collect()),
        ..named(&[])
    }
}

#[test]
fn metadata_in_every_version() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let id = k.create_topic("seen", 3, &[]);
        k.create_topic("seen-too", 1, &[]);
        for version in 0..=13 {
            let fit = |mut request: MetadataRequest| {
                // Earlier versions always create what is not there.
                request.allow_auto_topic_creation |= version < 4;
                request
            };
            k.ask_in(version, "some", &fit(named(&["seen-too", "seen"])));
            k.ask_in(
                version,
                "names that are none",
                &fit(named(&["a b", "", "seen", ".."])),
            );
            k.ask_in(version, "the same twice", &fit(named(&["seen", "seen"])));
            k.ask_in(
                version,
                "internal",
                &fit(named(&["__consumer_offsets", "__transaction_state"])),
            );
            if version >= 1 {
                k.ask_in(version, "none", &fit(named(&[])));
            }
            if version >= 4 {
                k.ask_in(version, "not there", &fit(named(&["never-there"])));
            }
            if version >= 8 {
                let mut request = fit(named(&["seen", "never-there"]));
                request.include_topic_authorized_operations = true;
                k.ask_in(version, "what may be done with topics", &request);
                if version <= 10 {
                    request.include_cluster_authorized_operations = true;
                    k.ask_in(version, "what may be done with the cluster", &request);
                }
            }
            if version >= 10 {
                k.ask_in(version, "by id", &fit(by_id(&[id])));
                k.ask_in(
                    version,
                    "by an id that is none",
                    &fit(by_id(&[Uuid::from_bytes([9; 16])])),
                );
                k.ask_in(version, "by the zero id", &fit(by_id(&[Uuid::ZERO])));
                let mut both = by_id(&[id]);
                both.topics.as_mut().unwrap()[0].name = Some("seen".to_owned());
                k.ask_in(version, "by id and name", &fit(both));
                let mut mixed = by_id(&[id]);
                mixed
                    .topics
                    .as_mut()
                    .unwrap()
                    .extend(named(&["seen-too"]).topics.unwrap());
                k.ask_in(version, "some by id, others by name", &fit(mixed));
            }
        }
        for version in [3, 4, 9, 12] {
            let name = format!("made-by-asking-{version}");
            let mut request = named(&[&name]);
            request.allow_auto_topic_creation = true;
            k.ask_in(version, "it is made", &request);
            k.until("it is there", &named(&[&name]), |answer| {
                let partitions = &answer.topics[0].partitions;
                answer.topics[0].error_code == 0 && partitions.iter().all(|one| one.leader_id == 1)
            });
        }
        let mut request = named(&["made.by.asking", "a b", "made_by_asking"]);
        request.allow_auto_topic_creation = true;
        k.ask("several are made, and one is not", &request);
    });
}

#[test]
fn the_cluster_and_its_features() {
    real_kafka::require!(own);
    compare(&cluster::exclusive(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        for version in 0..=2 {
            for operations in [false, true] {
                for endpoint_type in if version == 0 { 1..=1 } else { 0..=3 } {
                    for include_fenced_brokers in if version < 2 {
                        vec![false]
                    } else {
                        vec![false, true]
                    } {
                        let request = DescribeClusterRequest {
                            include_cluster_authorized_operations: operations,
                            endpoint_type,
                            include_fenced_brokers,
                        };
                        k.ask_in(version, &format!("endpoints of type {endpoint_type}"), &request);
                    }
                }
            }
        }
        k.ask("a broker that is none", &UnregisterBrokerRequest { broker_id: 9 });
        k.ask("a broker below 0", &UnregisterBrokerRequest { broker_id: -1 });

        let quorum = |topic: &str, partition: i32| DescribeQuorumRequest {
            topics: vec![RequestTopicData {
                topic_name: topic.to_owned(),
                partitions: vec![RequestPartitionData {
                    partition_index: partition,
                }],
            }],
        };
        k.ask_in_all("another partition", &quorum("__cluster_metadata", 1));
        k.ask_in_all("another topic", &quorum("t", 0));
        k.ask_in_all("nothing", &DescribeQuorumRequest { topics: vec![] });

        let feature = |name: &str, level: i16, upgrade_type: i8| FeatureUpdateKey {
            feature: name.to_owned(),
            max_version_level: level,
            upgrade_type,
            ..FeatureUpdateKey::default()
        };
        let update = |feature_updates: Vec<FeatureUpdateKey>, validate_only: bool| UpdateFeaturesRequest {
            timeout_ms: 10_000,
            feature_updates,
            validate_only,
        };
        for version in 1..=2 {
            for (name, level, kind) in [
                ("nonsense", 1, 1),
                ("group.version", 9, 1),
                ("group.version", 1, 1),
                ("group.version", 0, 1),
                ("group.version", 0, 2),
                ("group.version", -1, 1),
                ("group.version", 1, 0),
                ("group.version", 1, 9),
                ("metadata.version", 1, 2),
                ("transaction.version", 0, 2),
                ("", 1, 1),
            ] {
                k.ask_in(
                    version,
                    &format!("{name} {level} by {kind}"),
                    &update(vec![feature(name, level, kind)], true),
                );
            }
            k.ask_in(version, "nothing", &update(vec![], true));
            let good_and_bad = vec![feature("group.version", 1, 1), feature("nonsense", 1, 1)];
            k.ask_in(version, "good and bad", &update(good_and_bad, true));
            let twice = vec![feature("group.version", 1, 1), feature("group.version", 0, 2)];
            k.ask_in(version, "the same twice", &update(twice, true));
        }
        k.ask_in(
            0,
            "in version 0",
            &UpdateFeaturesRequest {
                timeout_ms: 10_000,
                feature_updates: vec![FeatureUpdateKey {
                    feature: "nonsense".to_owned(),
                    max_version_level: 1,
                    allow_downgrade: true,
                    ..FeatureUpdateKey::default()
                }],
                ..UpdateFeaturesRequest::default()
            },
        );
        k.ask("down", &update(vec![feature("group.version", 0, 2)], false));
        let finalized = |level: Option<i16>| {
            move |answer: &protocol::messages::api_versions::ApiVersionsResponse| {
                let mut found = answer.finalized_features.iter();
                found
                    .find(|one| one.name == "group.version")
                    .map(|one| one.max_version_level)
                    == level
            }
        };
        let versions = ApiVersionsRequest {
            client_software_name: "twin".to_owned(),
            client_software_version: "1".to_owned(),
            ..ApiVersionsRequest::default()
        };
        k.excuse(
            &[""],
            "the sandbox serves no share or streams groups, and counts its own changes",
        );
        k.until("it is down", &versions, finalized(None));
        k.ask("up", &update(vec![feature("group.version", 1, 1)], false));
        k.excuse(
            &[""],
            "the sandbox serves no share or streams groups, and counts its own changes",
        );
        k.until("it is up", &versions, finalized(Some(1)));
    });
}

/// A request with a header of version 1, and its length before it.
fn framed(key: i16, version: i16, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0; 4];
    bytes.extend(key.to_be_bytes());
    bytes.extend(version.to_be_bytes());
    // A correlation id, and no client id.
    bytes.extend(7_i32.to_be_bytes());
    bytes.extend((-1_i16).to_be_bytes());
    bytes.extend(body);
    let length = u32::try_from(bytes.len() - 4).unwrap();
    bytes[..4].copy_from_slice(&length.to_be_bytes());
    bytes
}

#[test]
fn requests_that_are_none() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        for (what, bytes) in [
            ("an API that is none", framed(1000, 0, &[])),
            ("an API below 0", framed(-1, 0, &[])),
            ("an API that is no more", framed(4, 0, &[])),
            ("an API of controllers", framed(52, 0, &[0, 1, 0])),
            ("a version that is to come", framed(3, 14, &[0, 1, 0, 0, 0])),
            (
                "a version that is no more",
                framed(19, 0, &[0, 0, 0, 0, 0, 0, 0, 1]),
            ),
            ("a version below 0", framed(3, -1, &[0, 0, 0, 0])),
            ("ApiVersions in a version that is to come", framed(18, 99, &[0])),
            ("ApiVersions in a version below 0", framed(18, -1, &[])),
            ("a body that is too short", framed(12, 0, &[0, 1])),
            ("a text longer than the body", framed(12, 0, &[0, 9, b'g'])),
            ("a text of a negative length", framed(12, 0, &[0xff, 0xfe])),
            ("a list longer than the body", framed(3, 1, &[0x7f, 0, 0, 0])),
            ("no header", vec![0, 0, 0, 2, 0, 3]),
            ("no length", vec![0, 0, 0, 0]),
            ("a negative length", vec![0xff; 6]),
            (
                "a length of more than a hundred MiB",
                104_857_601_i32.to_be_bytes().to_vec(),
            ),
        ] {
            k.exchange(what, &bytes);
        }
        for version in 0..=5 {
            for (name, number) in [("twin", "1"), ("", "1"), ("twin", ""), ("a b", "1"), ("-a", "1")] {
                let request = ApiVersionsRequest {
                    client_software_name: name.to_owned(),
                    client_software_version: number.to_owned(),
                    ..ApiVersionsRequest::default()
                };
                let served =
                    "the sandbox serves no share or streams groups, delegation tokens or metrics reporters";
                let mut fresh = kafka.connect();
                if version < 3 || (name, number) == ("twin", "1") {
                    fresh.excuse(&[""], served);
                }
                fresh.ask_in(version, &format!("{name:?} {number:?}"), &request);
            }
        }
    });
}

#[test]
fn groups_are_listed() {
    real_kafka::require!(own);
    compare(&cluster::exclusive(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let ours = ["listed-stable", "listed-empty", "listed-joining"];
        let stable = classic_groups::join_anew(&mut k, "one that will be stable", ours[0]);
        k.ask(
            "alone",
            &classic_groups::sync(ours[0], &stable, &[(&stable.member_id, "all")]),
        );
        let empty = classic_groups::join_anew(&mut k, "one that will be empty", ours[1]);
        k.ask(
            "the only one",
            &classic_groups::leave(ours[1], &[(&empty.member_id, None)]),
        );
        let joining = classic_groups::join_anew(&mut k, "one that will be joining", ours[2]);
        let list = |states: &[&str], types: &[&str]| ListGroupsRequest {
            states_filter: states.iter().map(|state| (*state).to_owned()).collect(),
            types_filter: types.iter().map(|kind| (*kind).to_owned()).collect(),
        };
        for version in 0..=5 {
            k.ask_in(version, "all", &list(&[], &[]));
            if version >= 4 {
                for state in [
                    "Stable",
                    "stable",
                    "Empty",
                    "CompletingRebalance",
                    "PreparingRebalance",
                    "Dead",
                    "Nonsense",
                    "Assigning",
                ] {
                    k.ask_in(version, state, &list(&[state], &[]));
                }
                k.ask_in(version, "two states", &list(&["Stable", "Empty"], &[]));
                k.ask_in(version, "a state and none", &list(&["Stable", "nonsense"], &[]));
            }
            if version >= 5 {
                for kind in ["classic", "Classic", "consumer", "share", "streams", "nonsense"] {
                    k.ask_in(version, kind, &list(&[], &[kind]));
                }
                k.ask_in(version, "a type and a state", &list(&["Stable"], &["classic"]));
            }
        }
        k.ask(
            "the only one",
            &classic_groups::leave(ours[0], &[(&stable.member_id, None)]),
        );
        k.ask(
            "the only one",
            &classic_groups::leave(ours[2], &[(&joining.member_id, None)]),
        );
        let delete = protocol::messages::delete_groups::DeleteGroupsRequest {
            groups_names: ours.iter().map(|group| (*group).to_owned()).collect(),
        };
        k.ask("all", &delete);
        k.ask("when they are gone", &list(&[], &[]));
    });
}
