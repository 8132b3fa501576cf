//! The requests that situations are made of, with what matters in each as arguments.

use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use protocol::Uuid;
use protocol::messages::alter_client_quotas::*;
use protocol::messages::alter_partition_reassignments::*;
use protocol::messages::alter_user_scram_credentials::*;
use protocol::messages::consumer_group_heartbeat::*;
use protocol::messages::create_acls::*;
use protocol::messages::create_partitions::*;
use protocol::messages::create_topics::*;
use protocol::messages::delete_records::*;
use protocol::messages::delete_topics::*;
use protocol::messages::elect_leaders::*;
use protocol::messages::fetch::*;
use protocol::messages::init_producer_id::*;
use protocol::messages::join_group::*;
use protocol::messages::list_offsets::*;
use protocol::messages::offset_commit::*;
use protocol::messages::produce::*;
use protocol::messages::update_features::*;
use protocol::records::{OpenBatch, ProducerStamp, SealOptions};

pub(crate) fn topic(name: &str, p: i32, rf: i16) -> CreatableTopic {
    CreatableTopic {
        name: name.into(),
        num_partitions: p,
        replication_factor: rf,
        ..Default::default()
    }
}
pub(crate) fn create_topics(t: Vec<CreatableTopic>, v: bool) -> CreateTopicsRequest {
    CreateTopicsRequest {
        topics: t,
        timeout_ms: 10000,
        validate_only: v,
    }
}
pub(crate) fn assign(i: i32, b: &[i32]) -> CreatableReplicaAssignment {
    CreatableReplicaAssignment {
        partition_index: i,
        broker_ids: b.to_vec(),
    }
}
pub(crate) fn config(n: &str, v: Option<&str>) -> CreatableTopicConfig {
    CreatableTopicConfig {
        name: n.into(),
        value: v.map(Into::into),
    }
}
pub(crate) fn create_partitions(
    n: &str,
    c: i32,
    a: Option<Vec<Vec<i32>>>,
    v: bool,
) -> CreatePartitionsRequest {
    CreatePartitionsRequest {
        topics: vec![CreatePartitionsTopic {
            name: n.into(),
            count: c,
            assignments: a.map(|a| {
                a.into_iter()
                    .map(|b| CreatePartitionsAssignment { broker_ids: b })
                    .collect()
            }),
        }],
        timeout_ms: 10000,
        validate_only: v,
    }
}
pub(crate) fn produce(id: Uuid, p: i32, acks: i16, txn: Option<&str>, b: Bytes) -> ProduceRequest {
    ProduceRequest {
        transactional_id: txn.map(Into::into),
        acks,
        timeout_ms: 5000,
        topic_data: vec![TopicProduceData {
            topic_id: id,
            partition_data: vec![PartitionProduceData {
                index: p,
                records: Some(b),
            }],
            ..Default::default()
        }],
    }
}
pub(crate) fn fetch(id: Uuid, p: i32, off: i64, epoch: i32, sid: i32, sep: i32) -> FetchRequest {
    FetchRequest {
        replica_id: -1,
        max_wait_ms: 100,
        min_bytes: 0,
        max_bytes: 1000000,
        session_id: sid,
        session_epoch: sep,
        topics: vec![FetchTopic {
            topic_id: id,
            partitions: vec![FetchPartition {
                partition: p,
                current_leader_epoch: epoch,
                fetch_offset: off,
                last_fetched_epoch: -1,
                log_start_offset: -1,
                partition_max_bytes: 1000,
                high_watermark: i64::MAX,
                ..Default::default()
            }],
            ..Default::default()
        }],
        ..Default::default()
    }
}
pub(crate) fn list_offsets(n: &str, p: i32, e: i32, t: i64) -> ListOffsetsRequest {
    ListOffsetsRequest {
        replica_id: -1,
        topics: vec![ListOffsetsTopic {
            name: n.into(),
            partitions: vec![ListOffsetsPartition {
                partition_index: p,
                current_leader_epoch: e,
                timestamp: t,
            }],
        }],
        timeout_ms: 5000,
        ..Default::default()
    }
}
pub(crate) fn commit(
    g: &str,
    generation: i32,
    m: &str,
    id: Uuid,
    p: i32,
    meta: usize,
) -> OffsetCommitRequest {
    OffsetCommitRequest {
        group_id: g.into(),
        generation_id_or_member_epoch: generation,
        member_id: m.into(),
        topics: vec![OffsetCommitRequestTopic {
            topic_id: id,
            partitions: vec![OffsetCommitRequestPartition {
                partition_index: p,
                committed_offset: 1,
                committed_leader_epoch: -1,
                committed_metadata: Some("x".repeat(meta)),
            }],
            ..Default::default()
        }],
        retention_time_ms: -1,
        ..Default::default()
    }
}
pub(crate) fn join(g: &str, m: &str, st: i32, protos: Vec<&str>, ty: &str) -> JoinGroupRequest {
    JoinGroupRequest {
        group_id: g.into(),
        session_timeout_ms: st,
        rebalance_timeout_ms: 10000,
        member_id: m.into(),
        protocol_type: ty.into(),
        protocols: protos
            .into_iter()
            .map(|n| JoinGroupRequestProtocol {
                name: n.into(),
                metadata: Bytes::from_static(b"\0\x01\0\0\0\0\xff\xff\xff\xff\0\0\0\0"),
            })
            .collect(),
        ..Default::default()
    }
}
pub(crate) fn delete_records(n: &str, p: i32, o: i64) -> DeleteRecordsRequest {
    DeleteRecordsRequest {
        topics: vec![DeleteRecordsTopic {
            name: n.into(),
            partitions: vec![DeleteRecordsPartition {
                partition_index: p,
                offset: o,
            }],
        }],
        timeout_ms: 5000,
    }
}
pub(crate) fn reassign(
    n: &str,
    p: i32,
    r: Option<Vec<i32>>,
    change: bool,
) -> AlterPartitionReassignmentsRequest {
    AlterPartitionReassignmentsRequest {
        timeout_ms: 5000,
        allow_replication_factor_change: change,
        topics: vec![ReassignableTopic {
            name: n.into(),
            partitions: vec![ReassignablePartition {
                partition_index: p,
                replicas: r,
            }],
        }],
    }
}
pub(crate) fn elect(ty: i8, n: &str, p: i32) -> ElectLeadersRequest {
    ElectLeadersRequest {
        election_type: ty,
        topic_partitions: Some(vec![TopicPartitions {
            topic: n.into(),
            partitions: vec![p],
        }]),
        timeout_ms: 5000,
    }
}
pub(crate) fn init_producer_id(t: Option<&str>, to: i32, id: i64, e: i16) -> InitProducerIdRequest {
    InitProducerIdRequest {
        transactional_id: t.map(Into::into),
        transaction_timeout_ms: to,
        producer_id: id,
        producer_epoch: e,
        ..Default::default()
    }
}
pub(crate) fn upsertion(n: &str, m: i8, i: i32) -> ScramCredentialUpsertion {
    ScramCredentialUpsertion {
        name: n.into(),
        mechanism: m,
        iterations: i,
        salt: Bytes::from_static(b"salt"),
        salted_password: Bytes::from_static(b"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
    }
}
pub(crate) fn deletion(n: &str, m: i8) -> ScramCredentialDeletion {
    ScramCredentialDeletion {
        name: n.into(),
        mechanism: m,
    }
}
pub(crate) fn quota(e: Vec<(&str, Option<&str>)>, k: &str, v: f64, rm: bool) -> AlterClientQuotasRequest {
    AlterClientQuotasRequest {
        entries: vec![RequestEntryData {
            entity: e
                .into_iter()
                .map(|(t, n)| RequestEntityData {
                    entity_type: t.into(),
                    entity_name: n.map(Into::into),
                })
                .collect(),
            ops: vec![OpData {
                key: k.into(),
                value: v,
                remove: rm,
            }],
        }],
        validate_only: true,
    }
}
pub(crate) fn update_feature(f: &str, l: i16, t: i8) -> UpdateFeaturesRequest {
    UpdateFeaturesRequest {
        timeout_ms: 5000,
        feature_updates: vec![FeatureUpdateKey {
            feature: f.into(),
            max_version_level: l,
            upgrade_type: t,
            ..Default::default()
        }],
        validate_only: true,
    }
}
pub(crate) fn create_acl(rt: i8, n: &str, pt: i8, pr: &str, h: &str, op: i8, pe: i8) -> CreateAclsRequest {
    CreateAclsRequest {
        creations: vec![AclCreation {
            resource_type: rt,
            resource_name: n.into(),
            resource_pattern_type: pt,
            principal: pr.into(),
            host: h.into(),
            operation: op,
            permission_type: pe,
        }],
    }
}
pub(crate) fn delete_topic(name: Option<&str>, id: Uuid) -> DeleteTopicsRequest {
    DeleteTopicsRequest {
        topics: vec![DeleteTopicState {
            name: name.map(Into::into),
            topic_id: id,
        }],
        timeout_ms: 5000,
        ..Default::default()
    }
}
pub(crate) fn consumer_heartbeat(
    g: &str,
    m: &str,
    e: i32,
    topics: Option<Vec<&str>>,
    owned: Option<()>,
    assignor: Option<&str>,
    rb: i32,
) -> ConsumerGroupHeartbeatRequest {
    ConsumerGroupHeartbeatRequest {
        group_id: g.into(),
        member_id: m.into(),
        member_epoch: e,
        rebalance_timeout_ms: rb,
        subscribed_topic_names: topics.map(|t| t.into_iter().map(Into::into).collect()),
        server_assignor: assignor.map(Into::into),
        topic_partitions: owned.map(|_| vec![]),
        ..Default::default()
    }
}

/// A batch of records without keys, of this moment.
pub(crate) fn batch(records: usize, producer: ProducerStamp, transactional: bool) -> Bytes {
    let values = vec![Some(&b"v"[..]); records];
    batch_at(now(), &values, producer, transactional)
}

/// A batch of records without keys, of some time.
pub(crate) fn batch_at(
    timestamp: i64,
    values: &[Option<&[u8]>],
    producer: ProducerStamp,
    transactional: bool,
) -> Bytes {
    let mut open = OpenBatch::new(1 << 22);
    for value in values {
        open.append(timestamp, None, *value, std::iter::empty()).unwrap();
    }
    let options = SealOptions {
        transactional,
        producer,
        ..SealOptions::default()
    };
    let sealed = open.seal(&options, &mut Default::default()).unwrap();
    sealed.bytes().clone()
}

/// Milliseconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}
