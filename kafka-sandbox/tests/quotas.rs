//! Quotas: set, listed, and enforced by telling clients to be quiet and not reading them meanwhile.

use std::time::Duration;

use kafka_sandbox::answers::LinkId;
use protocol::ErrorCode;
use protocol::messages::alter_client_quotas::{
    AlterClientQuotasRequest, OpData, RequestEntityData, RequestEntryData,
};
use protocol::messages::create_topics::{CreatableTopic, CreateTopicsRequest};
use protocol::messages::describe_client_quotas::{ComponentData, DescribeClientQuotasRequest};
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchTopic};
use protocol::messages::metadata::{MetadataRequest, MetadataResponse};
use protocol::messages::produce::{PartitionProduceData, ProduceRequest, TopicProduceData};

use crate::support::{Cluster, batch};

/// Sets a quota for all client ids.
fn set(cluster: &mut Cluster, link: LinkId, key: &str, value: f64) {
    let entry = entry(&[("client-id", None)], key, value);
    assert_eq!(alter(cluster, link, entry), (ErrorCode::NONE, None));
}

fn entry(entity: &[(&str, Option<&str>)], key: &str, value: f64) -> RequestEntryData {
    let entity = entity.iter().map(|&(kind, name)| RequestEntityData {
        entity_type: kind.to_owned(),
        entity_name: name.map(str::to_owned),
    });
    RequestEntryData {
        entity: entity.collect(),
        ops: vec![OpData {
            key: key.to_owned(),
            value,
            remove: false,
        }],
    }
}

fn alter(cluster: &mut Cluster, link: LinkId, entry: RequestEntryData) -> (ErrorCode, Option<String>) {
    let request = AlterClientQuotasRequest {
        entries: vec![entry],
        validate_only: false,
    };
    let entry = cluster.ask_on(link, 1, &request).entries.pop().unwrap();
    (ErrorCode(entry.error_code), entry.error_message)
}

fn topics(
    cluster: &mut Cluster,
    link: LinkId,
    version: i16,
    name: &str,
    partitions: i32,
) -> (ErrorCode, i32) {
    let topic = CreatableTopic {
        name: name.to_owned(),
        num_partitions: partitions,
        replication_factor: 1,
        ..CreatableTopic::default()
    };
    let request = CreateTopicsRequest {
        topics: vec![topic],
        ..CreateTopicsRequest::default()
    };
    let created = cluster.ask_on(link, version, &request);
    (ErrorCode(created.topics[0].error_code), created.throttle_time_ms)
}

fn produce(cluster: &mut Cluster, link: LinkId, bytes: usize) -> (ErrorCode, i32) {
    let data = PartitionProduceData {
        index: 0,
        records: Some(batch(&[vec![7; bytes]])),
    };
    let request = ProduceRequest {
        transactional_id: None,
        acks: -1,
        timeout_ms: 1000,
        topic_data: vec![TopicProduceData {
            name: "t".to_owned(),
            partition_data: vec![data],
            ..TopicProduceData::default()
        }],
    };
    let response = cluster.ask_on(link, 12, &request);
    let code = response.responses[0].partition_responses[0].error_code;
    (ErrorCode(code), response.throttle_time_ms)
}

#[test]
fn who_produces_too_fast_is_told_and_not_read() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    topics(&mut cluster, link, 7, "t", 1);
    set(&mut cluster, link, "producer_byte_rate", 1000.0);
    assert_eq!(produce(&mut cluster, link, 5000), (ErrorCode::NONE, 0));
    let (code, quiet) = produce(&mut cluster, link, 10_000);
    assert_eq!(code, ErrorCode::NONE, "it is written all the same");
    // Some 15 200 bytes over ten seconds: half as much again as allowed.
    assert!((5000..6000).contains(&quiet), "{quiet}");
    let asked = cluster.send(link, 1, &MetadataRequest::default());
    let quiet = Duration::from_millis(quiet.unsigned_abs().into());
    cluster.advance(quiet - Duration::from_millis(1));
    assert!(cluster.answer::<MetadataResponse>(asked).is_none());
    cluster.advance(Duration::from_millis(1));
    assert!(cluster.answer::<MetadataResponse>(asked).is_some());
}

#[test]
fn who_fetches_too_fast_gets_nothing_for_a_while() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    topics(&mut cluster, link, 7, "t", 1);
    produce(&mut cluster, link, 30_000);
    set(&mut cluster, link, "consumer_byte_rate", 1000.0);
    let partition = FetchPartition {
        partition_max_bytes: 1 << 20,
        current_leader_epoch: -1,
        last_fetched_epoch: -1,
        ..FetchPartition::default()
    };
    let request = FetchRequest {
        max_bytes: 1 << 20,
        session_epoch: -1,
        topics: vec![FetchTopic {
            topic: "t".to_owned(),
            partitions: vec![partition],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    };
    let throttled = cluster.ask_on(link, 12, &request);
    assert!(throttled.responses.is_empty());
    // 30 000 bytes over ten seconds are three times what is allowed.
    assert!(
        (20_000..21_000).contains(&throttled.throttle_time_ms),
        "{}",
        throttled.throttle_time_ms
    );
    // They were not charged, or nobody could ever fetch them.
    let entry = entry(&[("client-id", None)], "consumer_byte_rate", 10_000.0);
    alter(&mut cluster, link, entry);
    let fetched = cluster.ask_on(link, 12, &request);
    assert_eq!(fetched.throttle_time_ms, 0);
    assert_eq!(fetched.responses.len(), 1);
}

#[test]
fn a_session_outlives_that_its_client_is_throttled() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    topics(&mut cluster, link, 7, "t", 1);
    let partition = FetchPartition {
        partition_max_bytes: 1 << 20,
        current_leader_epoch: -1,
        last_fetched_epoch: -1,
        ..FetchPartition::default()
    };
    let opening = FetchRequest {
        session_epoch: 0,
        max_bytes: 1 << 20,
        topics: vec![FetchTopic {
            topic: "t".to_owned(),
            partitions: vec![partition],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    };
    let session_id = cluster.ask_on(link, 12, &opening).session_id;
    assert_ne!(session_id, 0);
    produce(&mut cluster, link, 30_000);
    set(&mut cluster, link, "consumer_byte_rate", 1000.0);
    let mut next = FetchRequest {
        session_id,
        session_epoch: 1,
        max_bytes: 1 << 20,
        ..FetchRequest::default()
    };
    let throttled = cluster.ask_on(link, 12, &next);
    assert!(throttled.throttle_time_ms > 0);
    assert_eq!((throttled.error_code, throttled.session_id), (0, session_id));
    assert!(throttled.responses.is_empty());
    // Nor does one come to be.
    let refused = cluster.ask_on(link, 12, &opening);
    assert!(refused.throttle_time_ms > 0);
    assert_eq!((refused.error_code, refused.session_id), (0, 0));
    // The session goes on, and what it was not told it is told then.
    let entry = entry(&[("client-id", None)], "consumer_byte_rate", 10_000.0);
    alter(&mut cluster, link, entry);
    next.session_epoch = 2;
    let told = cluster.ask_on(link, 12, &next);
    assert_eq!((told.error_code, told.session_id), (0, session_id));
    assert_eq!(told.responses[0].partitions[0].high_watermark, 1);
    next.session_epoch = 3;
    assert_eq!(cluster.ask_on(link, 12, &next).session_id, session_id);
}

#[test]
fn partitions_are_created_at_their_rate() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    set(&mut cluster, link, "controller_mutation_rate", 1.0);
    assert_eq!(topics(&mut cluster, link, 7, "a", 12), (ErrorCode::NONE, 0));
    // Eleven at once, one too many: the next waits a second.
    assert_eq!(
        topics(&mut cluster, link, 7, "b", 1),
        (ErrorCode::THROTTLING_QUOTA_EXCEEDED, 1000)
    );
    assert_eq!(topics(&mut cluster, link, 7, "b", 2), (ErrorCode::NONE, 0));
    // Old versions do not know the error: they are throttled for what they did.
    cluster.advance(Duration::from_secs(60));
    assert_eq!(topics(&mut cluster, link, 5, "c", 14), (ErrorCode::NONE, 3000));
}

#[test]
fn time_is_charged_for_every_request() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    set(&mut cluster, link, "request_percentage", 0.01);
    let throttled = |cluster: &mut Cluster| {
        cluster
            .ask_on(link, 9, &MetadataRequest::default())
            .throttle_time_ms
    };
    let answers: Vec<i32> = std::iter::repeat_with(|| throttled(&mut cluster))
        .take(30)
        .collect();
    assert_eq!(answers[0], 0);
    assert!(answers.iter().any(|&quiet| quiet > 0), "{answers:?}");
    assert!(answers.iter().all(|&quiet| quiet <= 1000), "{answers:?}");
}

#[test]
fn quotas_are_listed_as_they_were_set() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    for (entity, value) in [
        (&[("user", Some("alice"))][..], 10.0),
        (&[("user", None)], 20.0),
        (&[("user", Some("alice")), ("client-id", None)], 30.0),
    ] {
        let entry = entry(entity, "producer_byte_rate", value);
        assert_eq!(alter(&mut cluster, link, entry).0, ErrorCode::NONE);
    }
    let mut find = |match_type: i8, name: Option<&str>, strict: bool| {
        let component = ComponentData {
            entity_type: "user".to_owned(),
            match_type,
            r#match: name.map(str::to_owned),
        };
        let request = DescribeClientQuotasRequest {
            components: vec![component],
            strict,
        };
        let found = cluster.ask_on(link, 1, &request).entries.unwrap();
        let mut values: Vec<f64> = found.iter().map(|entry| entry.values[0].value).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    assert_eq!(find(0, Some("alice"), true), [10.0]);
    assert_eq!(find(0, Some("alice"), false), [10.0, 30.0]);
    assert_eq!(find(1, None, false), [20.0]);
    assert_eq!(find(2, None, true), [10.0, 20.0]);
}

#[test]
fn refusals_are_in_kafkas_words() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    let observed = include_str!("../data/observed-errors.tsv").lines();
    let observed = observed.filter_map(|row| row.strip_prefix("AlterClientQuotas\t1\t"));
    let observed: Vec<(&str, &str)> = observed
        .filter_map(|row| row.split_once("INVALID_REQUEST\t"))
        .collect();
    let user = &[("user", Some("u"))][..];
    let rate = "producer_byte_rate";
    let entries = [
        ("an unknown key", entry(user, "nonsense", 1.0)),
        ("an unknown entity type", entry(&[("nonsense", None)], rate, 1.0)),
        ("no entity", entry(&[], rate, 1.0)),
        ("the empty name", entry(&[("user", Some(""))], rate, 1.0)),
        ("rate 0", entry(user, rate, 0.0)),
        ("rate -1", entry(user, rate, -1.0)),
        ("rate 1.5", entry(user, rate, 1.5)),
        ("rate NaN", entry(user, rate, f64::NAN)),
        ("rate 1e30", entry(user, rate, 1e30)),
        ("ip with user", entry(&[("ip", None), ("user", None)], rate, 1.0)),
        (
            "ip that is none",
            entry(&[("ip", Some("1.2.3.4.5.6"))], "connection_creation_rate", 1.0),
        ),
        ("a key of users for ip", entry(&[("ip", None)], rate, 1.0)),
        (
            "connection_creation_rate for a user",
            entry(user, "connection_creation_rate", 1.0),
        ),
    ];
    assert_eq!(entries.len(), observed.len());
    for (situation, entry) in entries {
        let expected = observed
            .iter()
            .find(|(known, _)| known.trim_end() == situation)
            .unwrap()
            .1;
        let answered = alter(&mut cluster, link, entry);
        assert_eq!(
            answered,
            (ErrorCode::INVALID_REQUEST, Some(expected.to_owned())),
            "{situation}"
        );
    }
    let fine = entry(user, "request_percentage", 1.5);
    assert_eq!(alter(&mut cluster, link, fine), (ErrorCode::NONE, None));
}

#[test]
fn connections_beyond_their_rate_are_left_waiting() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    let entry = entry(&[("ip", None)], "connection_creation_rate", 1.0);
    alter(&mut cluster, link, entry);
    for _ in 0..10 {
        let link = cluster.connect(1);
        let asked = cluster.send(link, 1, &MetadataRequest::default());
        assert!(cluster.answer::<MetadataResponse>(asked).is_some());
    }
    let link = cluster.connect(1);
    let asked = cluster.send(link, 1, &MetadataRequest::default());
    assert!(cluster.answer::<MetadataResponse>(asked).is_none());
    cluster.advance(Duration::from_secs(1));
    assert!(cluster.answer::<MetadataResponse>(asked).is_some());
}
