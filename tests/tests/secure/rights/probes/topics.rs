//! Topics: what is known of them, what is in them, and where.

use protocol::messages::alter_replica_log_dirs::{
    AlterReplicaLogDir, AlterReplicaLogDirTopic, AlterReplicaLogDirsRequest,
};
use protocol::messages::describe_log_dirs::DescribeLogDirsRequest;
use protocol::messages::describe_producers::{DescribeProducersRequest, TopicRequest as ProducersOf};
use protocol::messages::describe_topic_partitions::{DescribeTopicPartitionsRequest, TopicRequest};
use protocol::messages::list_partition_reassignments::{
    ListPartitionReassignmentsRequest, ListPartitionReassignmentsTopics,
};
use protocol::messages::metadata::MetadataRequestTopic;
use protocol::messages::offset_for_leader_epoch::{
    OffsetForLeaderEpochRequest, OffsetForLeaderPartition, OffsetForLeaderTopic,
};
use protocol::records::ProducerStamp;

use super::{Probing, UNKNOWN};
use crate::twins::requests::*;

impl Probing {
    pub(super) async fn topics(&mut self) {
        let (topic, unknown) = (self.topic.clone(), self.own("unknown"));
        let named = |name: &str| MetadataRequestTopic {
            name: Some(name.to_owned()),
            ..MetadataRequestTopic::default()
        };
        let by_id = |topic_id| MetadataRequestTopic { topic_id, name: None };
        let id = self.topic_id;
        self.ask("Metadata", self.metadata(Some(vec![named(&topic)])))
            .await;
        self.ask("Metadata, by id", self.metadata(Some(vec![by_id(id)])))
            .await;
        self.ask("Metadata, unknown", self.metadata(Some(vec![named(&unknown)])))
            .await;
        self.ask("Metadata, unknown id", self.metadata(Some(vec![by_id(UNKNOWN)])))
            .await;
        self.ask("Metadata, all", self.metadata(None)).await;
        for (probe, name) in [
            ("DescribeTopicPartitions", &topic),
            ("DescribeTopicPartitions, unknown", &unknown),
        ] {
            let request = DescribeTopicPartitionsRequest {
                topics: vec![TopicRequest { name: name.clone() }],
                response_partition_limit: 10,
                cursor: None,
            };
            self.ask(probe, request).await;
        }
        let records = || batch(1, ProducerStamp::default(), false);
        self.ask("Produce", produce(id, 0, -1, None, records())).await;
        self.ask("Produce, unknown", produce(UNKNOWN, 0, -1, None, records()))
            .await;
        self.ask("Fetch", fetch(id, 0, 0, -1, 0, -1)).await;
        self.ask("Fetch, unknown", fetch(UNKNOWN, 0, 0, -1, 0, -1)).await;
        self.ask("ListOffsets", list_offsets(&topic, 0, -1, -2)).await;
        self.ask("ListOffsets, unknown", list_offsets(&unknown, 0, -1, -2))
            .await;
        let epochs = OffsetForLeaderEpochRequest {
            replica_id: -2,
            topics: vec![OffsetForLeaderTopic {
                topic: topic.clone(),
                partitions: vec![OffsetForLeaderPartition {
                    partition: 0,
                    current_leader_epoch: -1,
                    leader_epoch: 0,
                }],
            }],
        };
        self.ask("OffsetForLeaderEpoch", epochs).await;
        self.ask("DeleteRecords", delete_records(&topic, 0, 0)).await;
        let new = self.own("new");
        self.ask(
            "CreateTopics",
            create_topics(vec![crate::twins::requests::topic(&new, 1, 1)], true),
        )
        .await;
        self.ask(
            "CreateTopics, there already",
            create_topics(vec![crate::twins::requests::topic(&topic, 1, 1)], true),
        )
        .await;
        self.ask("CreatePartitions", create_partitions(&topic, 2, None, true))
            .await;
        let producers = DescribeProducersRequest {
            topics: vec![ProducersOf {
                name: topic.clone(),
                partition_indexes: vec![0],
            }],
        };
        self.ask("DescribeProducers", producers).await;
        self.ask("ElectLeaders", elect(0, &topic, 0)).await;
        self.ask("AlterPartitionReassignments", reassign(&topic, 0, None, true))
            .await;
        let reassignments = ListPartitionReassignmentsRequest {
            timeout_ms: 5000,
            topics: Some(vec![ListPartitionReassignmentsTopics {
                name: topic.clone(),
                partition_indexes: vec![0],
            }]),
        };
        self.ask("ListPartitionReassignments", reassignments).await;
        let dirs = AlterReplicaLogDirsRequest {
            dirs: vec![AlterReplicaLogDir {
                path: "/nowhere".to_owned(),
                topics: vec![AlterReplicaLogDirTopic {
                    name: topic.clone(),
                    partitions: vec![0],
                }],
            }],
        };
        self.ask("AlterReplicaLogDirs", dirs).await;
        self.ask("DescribeLogDirs", DescribeLogDirsRequest { topics: None })
            .await;
    }
}
