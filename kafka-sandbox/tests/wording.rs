//! Answers that clients show to people, or that depend on the release, as Kafka 4.4 was seen to give them.

use kafka_sandbox::profile::Profile;
use kafka_sandbox::state::Settings;
use protocol::messages::create_topics::{CreatableTopic, CreatableTopicConfig};
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchTopic};
use protocol::messages::produce::{
    PartitionProduceData, PartitionProduceResponse, ProduceRequest, TopicProduceData,
};
use protocol::{ErrorCode, Uuid};

use crate::support::{Cluster, batch, settings};

fn create(cluster: &mut Cluster, name: &str, config: &str, value: &str) -> Uuid {
    cluster.create_with(CreatableTopic {
        name: name.to_owned(),
        num_partitions: 1,
        replication_factor: 1,
        configs: vec![CreatableTopicConfig {
            name: config.to_owned(),
            value: Some(value.to_owned()),
        }],
        ..CreatableTopic::default()
    })
}

fn produce(cluster: &mut Cluster, version: i16, name: &str, id: Uuid) -> PartitionProduceResponse {
    let request = ProduceRequest {
        acks: -1,
        timeout_ms: 1000,
        topic_data: vec![TopicProduceData {
            name: name.to_owned(),
            topic_id: id,
            partition_data: vec![PartitionProduceData {
                index: 0,
                records: Some(batch(&["a", "b"])),
            }],
        }],
        ..ProduceRequest::default()
    };
    let mut response = cluster.ask(1, version, &request);
    response.responses.remove(0).partition_responses.remove(0)
}

#[test]
fn records_without_keys_are_named() {
    let mut cluster = Cluster::of(1);
    let id = create(&mut cluster, "compact", "cleanup.policy", "compact");
    let answer = produce(&mut cluster, 13, "", id);
    assert_eq!(answer.error_code, ErrorCode::INVALID_RECORD.0);
    let message = "One or more records have been rejected due to 2 record errors in total, and only showing the first \
                   three errors at most: [RecordError(batchIndex=0, message='Compacted topic cannot accept message \
                   without key in topic partition compact-0'), RecordError(batchIndex=1, message='Compacted topic \
                   cannot accept message without key in topic partition compact-0')]";
    assert_eq!(answer.error_message.as_deref(), Some(message));
}

#[test]
fn few_replicas_suffice_from_kip_966_on() {
    for (profile, version, expected) in [
        (Profile::default(), 13, ErrorCode::NONE),
        (Profile::V2_8, 8, ErrorCode::NOT_ENOUGH_REPLICAS),
    ] {
        let mut cluster = Cluster::with(Settings {
            profile,
            ..settings(1)
        });
        let id = create(&mut cluster, "t", "min.insync.replicas", "2");
        let answer = produce(&mut cluster, version, "t", id);
        assert_eq!(ErrorCode(answer.error_code), expected, "{profile}");
    }
}

#[test]
fn the_zero_id_is_an_unknown_id() {
    let mut cluster = Cluster::of(1);
    let request = FetchRequest {
        topics: vec![FetchTopic {
            partitions: vec![FetchPartition::default()],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    };
    let response = cluster.ask(1, 17, &request);
    let code = response.responses[0].partitions[0].error_code;
    assert_eq!(ErrorCode(code), ErrorCode::UNKNOWN_TOPIC_ID);
}
