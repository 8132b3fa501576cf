//! Levels of features that are changed while the cluster runs (KIP-584): the coordinators follow them.

use bytes::Bytes;
use protocol::messages::add_partitions_to_txn::{AddPartitionsToTxnRequest, AddPartitionsToTxnTopic};
use protocol::messages::consumer_group_describe::ConsumerGroupDescribeRequest;
use protocol::messages::consumer_group_heartbeat::ConsumerGroupHeartbeatRequest;
use protocol::messages::end_txn::EndTxnRequest;
use protocol::messages::find_coordinator::FindCoordinatorRequest;
use protocol::messages::init_producer_id::InitProducerIdRequest;
use protocol::messages::produce::{PartitionProduceData, ProduceRequest, TopicProduceData};
use protocol::messages::txn_offset_commit::{
    TxnOffsetCommitRequest, TxnOffsetCommitRequestPartition, TxnOffsetCommitRequestTopic,
};
use protocol::messages::update_features::{FeatureUpdateKey, UpdateFeaturesRequest};
use protocol::records::ProducerStamp;
use protocol::{ErrorCode, Request};

use crate::support::{Cluster, STARTED, batch_of};

/// Sets a feature to a level, which must work.
fn set(cluster: &mut Cluster, feature: &str, max_version_level: i16, upgrade_type: i8) {
    let request = UpdateFeaturesRequest {
        feature_updates: vec![FeatureUpdateKey {
            feature: feature.to_owned(),
            max_version_level,
            upgrade_type,
            ..FeatureUpdateKey::default()
        }],
        ..UpdateFeaturesRequest::default()
    };
    assert_eq!(cluster.ask(1, 2, &request).error_code, 0);
}

/// A cluster whose broker coordinates all groups (0) or transactions (1).
fn coordinated(key_type: i8) -> Cluster {
    let mut cluster = Cluster::of(1);
    cluster.create("orders", 1, 1);
    let request = FindCoordinatorRequest {
        key_type,
        coordinator_keys: vec!["any".to_owned()],
        ..FindCoordinatorRequest::default()
    };
    for _ in 0..2 {
        cluster.ask(1, 4, &request);
    }
    cluster
}

const UP: i8 = 1;
const DOWN: i8 = 2;

#[test]
fn consumer_groups_are_there_as_long_as_their_level_says_so() {
    let mut cluster = coordinated(0);
    let joining = ConsumerGroupHeartbeatRequest {
        group_id: "g".to_owned(),
        member_id: "m".to_owned(),
        rebalance_timeout_ms: 5000,
        subscribed_topic_names: Some(vec!["orders".to_owned()]),
        topic_partitions: Some(Vec::new()),
        ..ConsumerGroupHeartbeatRequest::default()
    };
    let beating = ConsumerGroupHeartbeatRequest {
        group_id: "g".to_owned(),
        member_id: "m".to_owned(),
        member_epoch: 2,
        ..ConsumerGroupHeartbeatRequest::default()
    };
    let describing = ConsumerGroupDescribeRequest {
        group_ids: vec!["g".to_owned()],
        ..ConsumerGroupDescribeRequest::default()
    };
    let joined = cluster.ask(1, 1, &joining);
    assert_eq!((joined.error_code, joined.member_epoch), (0, 2));
    set(&mut cluster, "group.version", 0, DOWN);
    let refused = cluster.ask(1, 1, &beating);
    let unsupported = ErrorCode::UNSUPPORTED_VERSION.0;
    assert_eq!((refused.error_code, refused.error_message), (unsupported, None));
    assert_eq!(cluster.ask(1, 1, &describing).groups[0].error_code, unsupported);
    set(&mut cluster, "group.version", 1, UP);
    assert_eq!(cluster.ask(1, 1, &beating).error_code, 0, "it was not forgotten");
    assert_eq!(cluster.ask(1, 1, &describing).groups[0].group_state, "Stable");
}

/// A producer of transactions.
struct Producer {
    cluster: Cluster,
    id: i64,
    epoch: i16,
}

impl Producer {
    fn at_level_0() -> Self {
        let mut cluster = coordinated(1);
        set(&mut cluster, "transaction.version", 0, DOWN);
        let request = InitProducerIdRequest {
            transactional_id: Some("t".to_owned()),
            transaction_timeout_ms: 60_000,
            producer_id: -1,
            producer_epoch: -1,
            ..InitProducerIdRequest::default()
        };
        let told = cluster.ask(1, 5, &request);
        assert_eq!((told.error_code, told.producer_epoch), (0, 0));
        Self {
            cluster,
            id: told.producer_id,
            epoch: told.producer_epoch,
        }
    }

    fn add(&mut self) -> ErrorCode {
        let request = AddPartitionsToTxnRequest {
            v3_and_below_transactional_id: "t".to_owned(),
            v3_and_below_producer_id: self.id,
            v3_and_below_producer_epoch: self.epoch,
            v3_and_below_topics: vec![AddPartitionsToTxnTopic {
                name: "orders".to_owned(),
                partitions: vec![0],
            }],
            ..AddPartitionsToTxnRequest::default()
        };
        let told = self.cluster.ask(1, 3, &request);
        ErrorCode(told.results_by_topic_v3_and_below[0].results_by_partition[0].partition_error_code)
    }

    fn produce(&mut self, version: i16) -> ErrorCode {
        let stamp = ProducerStamp {
            producer_id: self.id,
            epoch: self.epoch,
            base_sequence: 0,
        };
        let records: Bytes = batch_of(&["x"], STARTED, stamp, true);
        let request = ProduceRequest {
            acks: -1,
            timeout_ms: 1000,
            transactional_id: Some("t".to_owned()),
            topic_data: vec![TopicProduceData {
                name: "orders".to_owned(),
                partition_data: vec![PartitionProduceData {
                    index: 0,
                    records: Some(records),
                }],
                ..TopicProduceData::default()
            }],
        };
        let told = self.cluster.ask(1, version, &request);
        ErrorCode(told.responses[0].partition_responses[0].error_code)
    }

    fn find_group(&mut self) {
        let request = FindCoordinatorRequest {
            coordinator_keys: vec!["g".to_owned()],
            ..FindCoordinatorRequest::default()
        };
        for _ in 0..2 {
            self.cluster.ask(1, 4, &request);
        }
    }

    fn commit_offsets(&mut self, version: i16) -> ErrorCode {
        let request = TxnOffsetCommitRequest {
            transactional_id: "t".to_owned(),
            group_id: "g".to_owned(),
            producer_id: self.id,
            producer_epoch: self.epoch,
            generation_id_or_member_epoch: -1,
            topics: vec![TxnOffsetCommitRequestTopic {
                name: "orders".to_owned(),
                partitions: vec![TxnOffsetCommitRequestPartition::default()],
                ..TxnOffsetCommitRequestTopic::default()
            }],
            ..TxnOffsetCommitRequest::default()
        };
        let told = self.cluster.ask(1, version, &request);
        ErrorCode(told.topics[0].partitions[0].error_code)
    }

    /// Commits; the code, and the epoch to go on with if one is told.
    fn end(&mut self, version: i16) -> (ErrorCode, i16) {
        let request = EndTxnRequest {
            transactional_id: "t".to_owned(),
            producer_id: self.id,
            producer_epoch: self.epoch,
            committed: true,
        };
        let told = self.cluster.ask(1, version, &request);
        (ErrorCode(told.error_code), told.producer_epoch)
    }
}

#[test]
fn at_level_0_transactions_are_those_of_old_clients() {
    let mut producer = Producer::at_level_0();
    assert_eq!(producer.add(), ErrorCode::NONE);
    assert_eq!(producer.produce(11), ErrorCode::NONE);
    assert_eq!(producer.end(4), (ErrorCode::NONE, -1));
    // What newer clients do cannot be kept.
    let unsupported = ErrorCode::UNSUPPORTED_VERSION;
    assert_eq!(Producer::at_level_0().produce(12), unsupported);
    let mut producer = Producer::at_level_0();
    producer.find_group();
    assert_eq!(producer.commit_offsets(5), unsupported);
    let mut producer = Producer::at_level_0();
    assert_eq!(producer.add(), ErrorCode::NONE);
    assert_eq!(producer.produce(11), ErrorCode::NONE);
    assert_eq!(producer.end(5), (unsupported, -1));
    set(&mut producer.cluster, "transaction.version", 2, UP);
    assert_eq!(producer.end(5), (ErrorCode::NONE, 1));
}

#[test]
fn two_phase_commit_is_not_offered() {
    // Kafka 4.4 has InitProducerId 6 (KIP-939) behind `unstable.api.versions.enable`.
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    let request = InitProducerIdRequest {
        transactional_id: Some("t".to_owned()),
        enable_2pc: true,
        ..InitProducerIdRequest::default()
    };
    let newest = InitProducerIdRequest::KEY.info().unwrap().versions.last;
    assert_eq!(newest, 6);
    let _ = cluster.send(link, newest, &request);
    assert!(cluster.is_closed(link));
}
