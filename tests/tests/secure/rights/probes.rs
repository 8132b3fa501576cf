//! The requests, and what of an answer counts.

use kafka_client::client::{Client, Topics};
use kafka_client::cluster::{CoordinatorKind, NodeId, Target};
use protocol::messages::add_offsets_to_txn::AddOffsetsToTxnRequest;
use protocol::messages::add_partitions_to_txn::{
    AddPartitionsToTxnRequest, AddPartitionsToTxnTopic, AddPartitionsToTxnTransaction,
};
use protocol::messages::alter_configs as alter;
use protocol::messages::alter_replica_log_dirs::{
    AlterReplicaLogDir, AlterReplicaLogDirTopic, AlterReplicaLogDirsRequest,
};
use protocol::messages::alter_user_scram_credentials::AlterUserScramCredentialsRequest;
use protocol::messages::consumer_group_describe::ConsumerGroupDescribeRequest;
use protocol::messages::delete_acls::{DeleteAclsFilter, DeleteAclsRequest};
use protocol::messages::delete_groups::DeleteGroupsRequest;
use protocol::messages::describe_acls::DescribeAclsRequest;
use protocol::messages::describe_client_quotas::DescribeClientQuotasRequest;
use protocol::messages::describe_cluster::DescribeClusterRequest;
use protocol::messages::describe_configs::{DescribeConfigsRequest, DescribeConfigsResource};
use protocol::messages::describe_groups::DescribeGroupsRequest;
use protocol::messages::describe_log_dirs::DescribeLogDirsRequest;
use protocol::messages::describe_producers::{DescribeProducersRequest, TopicRequest as ProducersOf};
use protocol::messages::describe_quorum::{DescribeQuorumRequest, RequestPartitionData, RequestTopicData};
use protocol::messages::describe_topic_partitions::{DescribeTopicPartitionsRequest, TopicRequest};
use protocol::messages::describe_transactions::DescribeTransactionsRequest;
use protocol::messages::describe_user_scram_credentials::DescribeUserScramCredentialsRequest;
use protocol::messages::end_txn::EndTxnRequest;
use protocol::messages::find_coordinator::FindCoordinatorRequest;
use protocol::messages::heartbeat::HeartbeatRequest;
use protocol::messages::incremental_alter_configs as incremental;
use protocol::messages::leave_group::{LeaveGroupRequest, MemberIdentity};
use protocol::messages::list_config_resources::ListConfigResourcesRequest;
use protocol::messages::list_groups::ListGroupsRequest;
use protocol::messages::list_partition_reassignments::{
    ListPartitionReassignmentsRequest, ListPartitionReassignmentsTopics,
};
use protocol::messages::list_transactions::ListTransactionsRequest;
use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic};
use protocol::messages::offset_delete::{
    OffsetDeleteRequest, OffsetDeleteRequestPartition, OffsetDeleteRequestTopic,
};
use protocol::messages::offset_fetch::{
    OffsetFetchRequest, OffsetFetchRequestGroup, OffsetFetchRequestTopics,
};
use protocol::messages::offset_for_leader_epoch::{
    OffsetForLeaderEpochRequest, OffsetForLeaderPartition, OffsetForLeaderTopic,
};
use protocol::messages::sync_group::SyncGroupRequest;
use protocol::messages::txn_offset_commit::{
    TxnOffsetCommitRequest, TxnOffsetCommitRequestPartition, TxnOffsetCommitRequestTopic,
};
use protocol::messages::unregister_broker::UnregisterBrokerRequest;
use protocol::messages::write_txn_markers::{
    WritableTxnMarker, WritableTxnMarkerTopic, WriteTxnMarkersRequest,
};
use protocol::records::ProducerStamp;
use protocol::{ErrorCode, Request, Uuid};

use crate::twins::requests::*;

/// An id that no topic has.
const UNKNOWN: Uuid = Uuid::from_bytes([9; 16]);

/// Whether the client can describe a topic.
pub(super) async fn sees(client: &Client, topic: &str) -> bool {
    let metadata = client
        .metadata(Topics::Named(vec![topic.to_owned()]))
        .await
        .unwrap();
    metadata.topics.values().any(|found| found.error.is_none())
}

/// The id of a topic; none before it is led.
pub(super) async fn id_of(client: &Client, topic: &str) -> Option<Uuid> {
    let metadata = client
        .metadata(Topics::Named(vec![topic.to_owned()]))
        .await
        .unwrap();
    let found = metadata.topics.get(topic)?;
    let led = found
        .partitions
        .iter()
        .all(|partition| partition.leader.is_some());
    (found.error.is_none() && led).then_some(found.id)
}

/// What comes of beginning with transactions, for which their coordinator has to be there.
pub(super) async fn begin(client: &Client) -> ErrorCode {
    let id = "the first one";
    let request = init_producer_id(Some(id), 60_000, -1, -1);
    let coordinator = Target::Coordinator(CoordinatorKind::Transaction, id.into());
    ErrorCode(
        client
            .call(coordinator, request, |_| None)
            .await
            .unwrap()
            .error_code,
    )
}

/// A user who sends everything.
pub(super) struct Probing {
    client: Client,
    /// What the names of all that the user may have rights to begin with.
    prefix: String,
    topic: String,
    topic_id: Uuid,
    answers: Vec<(&'static str, String)>,
}

impl Probing {
    pub(super) fn new(client: Client, user: &str, topic_id: Uuid) -> Self {
        Self {
            client,
            prefix: format!("{user}-"),
            topic: format!("{user}-topic"),
            topic_id,
            answers: Vec::new(),
        }
    }

    /// Sends everything; what deletes comes last.
    pub(super) async fn all(mut self) -> Vec<(&'static str, String)> {
        self.topics().await;
        self.configs().await;
        self.groups().await;
        self.transactions().await;
        self.cluster().await;
        self.deletions().await;
        self.client.close().await;
        self.answers
    }

    /// A name of the user's own.
    fn own(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    async fn ask<R>(&mut self, probe: &'static str, request: R)
    where
        R: Request + Send + Sync + std::fmt::Debug + 'static,
        R::Response: std::fmt::Debug,
    {
        let answer = self.client.call(Target::Node(NodeId(1)), request, |_| None).await;
        let answer = answer.unwrap_or_else(|error| panic!("{probe}: {error:?}"));
        let verdict = self.verdict(&format!("{answer:?}"));
        self.answers.push((probe, verdict));
    }

    /// The errors of an answer with their words, how many things of the user it names, and what it says the user may do.
    ///
    /// Reads the text that [`Debug`](std::fmt::Debug) makes: the same rule for all responses.
    fn verdict(&self, text: &str) -> String {
        let mut parts: Vec<String> = Vec::new();
        for (at, label) in text.match_indices("error_code: ") {
            let rest = &text[at + label.len()..];
            let code = rest[..rest.find([',', ' ']).unwrap_or(rest.len())]
                .parse()
                .unwrap();
            if text[..at].ends_with("topic_config_") {
                continue;
            }
            let mut part = ErrorCode(code).to_string();
            if code != 0
                && let Some(words) = rest.split_once(" error_message: Some(\"")
                && !words.0.contains("error_code")
            {
                let mut message = words.1.split_once("\")").map_or(words.1, |(message, _)| message);
                // Where a broker has asked its controller, Kafka prints the object that the request is to it, and what right
                // it needs: that is not for anybody to rely on.
                if message.starts_with("Request Request(") {
                    message = "Cluster authorization failed.";
                }
                part = format!("{part} `{}`", message.replace(&self.prefix, "{own}"));
            }
            if parts.last() != Some(&part) {
                parts.push(part);
            }
        }
        for (at, label) in text.match_indices("authorized_operations: ") {
            let rest = &text[at + label.len()..];
            let number = &rest[..rest.find([',', ' ']).unwrap_or(rest.len())];
            if number != i32::MIN.to_string() {
                parts.push(format!("may {number}"));
            }
        }
        let named = text.matches(&format!("\"{}", self.prefix)).count();
        if named > 0 {
            parts.push(format!("names {named}"));
        }
        if parts.is_empty() {
            "empty".to_owned()
        } else {
            parts.join(", ")
        }
    }

    fn metadata(&self, topics: Option<Vec<MetadataRequestTopic>>) -> MetadataRequest {
        MetadataRequest {
            topics,
            allow_auto_topic_creation: false,
            include_topic_authorized_operations: true,
            ..MetadataRequest::default()
        }
    }

    async fn topics(&mut self) {
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

    async fn configs(&mut self) {
        let resources: [(i8, String, &str, &str, [&'static str; 3]); 5] = [
            (
                2,
                self.topic.clone(),
                "retention.ms",
                "1000",
                [
                    "DescribeConfigs, topic",
                    "IncrementalAlterConfigs, topic",
                    "AlterConfigs, topic",
                ],
            ),
            (
                4,
                "1".to_owned(),
                "log.retention.ms",
                "1000",
                [
                    "DescribeConfigs, broker",
                    "IncrementalAlterConfigs, broker",
                    "AlterConfigs, broker",
                ],
            ),
            (
                8,
                "1".to_owned(),
                "no.such.logger",
                "INFO",
                [
                    "DescribeConfigs, loggers",
                    "IncrementalAlterConfigs, loggers",
                    "AlterConfigs, loggers",
                ],
            ),
            (
                16,
                self.own("metrics"),
                "interval.ms",
                "1000",
                [
                    "DescribeConfigs, client metrics",
                    "IncrementalAlterConfigs, client metrics",
                    "AlterConfigs, client metrics",
                ],
            ),
            (
                32,
                self.own("group"),
                "consumer.session.timeout.ms",
                "50000",
                [
                    "DescribeConfigs, group",
                    "IncrementalAlterConfigs, group",
                    "AlterConfigs, group",
                ],
            ),
        ];
        for (resource_type, resource_name, name, value, [describe, increment, replace]) in resources {
            let request = DescribeConfigsRequest {
                resources: vec![DescribeConfigsResource {
                    resource_type,
                    resource_name: resource_name.clone(),
                    configuration_keys: Some(vec![name.to_owned()]),
                }],
                ..DescribeConfigsRequest::default()
            };
            self.ask(describe, request).await;
            let request = incremental::IncrementalAlterConfigsRequest {
                resources: vec![incremental::AlterConfigsResource {
                    resource_type,
                    resource_name: resource_name.clone(),
                    configs: vec![incremental::AlterableConfig {
                        name: name.to_owned(),
                        config_operation: 0,
                        value: Some(value.to_owned()),
                    }],
                }],
                validate_only: true,
            };
            self.ask(increment, request).await;
            let request = alter::AlterConfigsRequest {
                resources: vec![alter::AlterConfigsResource {
                    resource_type,
                    resource_name,
                    configs: vec![alter::AlterableConfig {
                        name: name.to_owned(),
                        value: Some(value.to_owned()),
                    }],
                }],
                validate_only: true,
            };
            self.ask(replace, request).await;
        }
        let all = ListConfigResourcesRequest::default();
        self.ask("ListConfigResources", all).await;
    }

    async fn groups(&mut self) {
        let (group, topic, id) = (self.own("group"), self.topic.clone(), self.topic_id);
        for (probe, key_type) in [("FindCoordinator, group", 0), ("FindCoordinator, transaction", 1)] {
            let request = FindCoordinatorRequest {
                key_type,
                coordinator_keys: vec![group.clone()],
                ..FindCoordinatorRequest::default()
            };
            self.ask(probe, request).await;
        }
        let joined = self.own("joined");
        self.ask("JoinGroup", join(&joined, "", 10_000, vec!["range"], "consumer"))
            .await;
        let sync = SyncGroupRequest {
            group_id: group.clone(),
            generation_id: 1,
            member_id: "nobody".to_owned(),
            protocol_type: Some("consumer".to_owned()),
            protocol_name: Some("range".to_owned()),
            ..SyncGroupRequest::default()
        };
        self.ask("SyncGroup", sync).await;
        let heartbeat = HeartbeatRequest {
            group_id: group.clone(),
            generation_id: 1,
            member_id: "nobody".to_owned(),
            group_instance_id: None,
        };
        self.ask("Heartbeat", heartbeat).await;
        let leave = LeaveGroupRequest {
            group_id: group.clone(),
            members: vec![MemberIdentity {
                member_id: "nobody".to_owned(),
                ..MemberIdentity::default()
            }],
            ..LeaveGroupRequest::default()
        };
        self.ask("LeaveGroup", leave).await;
        self.ask("OffsetCommit", commit(&group, -1, "", id, 0, 1)).await;
        self.ask("OffsetCommit, unknown", commit(&group, -1, "", UNKNOWN, 0, 1))
            .await;
        let named = Some(vec![OffsetFetchRequestTopics {
            topic_id: id,
            partition_indexes: vec![0],
            ..OffsetFetchRequestTopics::default()
        }]);
        for (probe, topics) in [("OffsetFetch", named), ("OffsetFetch, all", None)] {
            let request = OffsetFetchRequest {
                groups: vec![OffsetFetchRequestGroup {
                    group_id: group.clone(),
                    member_epoch: -1,
                    topics,
                    ..OffsetFetchRequestGroup::default()
                }],
                ..OffsetFetchRequest::default()
            };
            self.ask(probe, request).await;
        }
        let describe = DescribeGroupsRequest {
            groups: vec![group.clone()],
            include_authorized_operations: true,
        };
        self.ask("DescribeGroups", describe).await;
        let (consumers, theirs) = (self.own("consumers"), "theirs");
        for (probe, topic) in [
            ("ConsumerGroupHeartbeat", topic.as_str()),
            ("ConsumerGroupHeartbeat, another's topic", theirs),
        ] {
            let request = consumer_heartbeat(
                &consumers,
                "AAAAAAAAAAAAAAAAAAAAAA",
                0,
                Some(vec![topic]),
                Some(()),
                None,
                10_000,
            );
            self.ask(probe, request).await;
        }
        let describe = ConsumerGroupDescribeRequest {
            group_ids: vec![consumers],
            include_authorized_operations: true,
        };
        self.ask("ConsumerGroupDescribe", describe).await;
        self.ask("ListGroups", ListGroupsRequest::default()).await;
        let delete = OffsetDeleteRequest {
            group_id: group,
            topics: vec![OffsetDeleteRequestTopic {
                name: topic,
                partitions: vec![OffsetDeleteRequestPartition { partition_index: 0 }],
            }],
        };
        self.ask("OffsetDelete", delete).await;
    }

    async fn transactions(&mut self) {
        let (id, topic, topic_id) = (self.own("transaction"), self.topic.clone(), self.topic_id);
        let group = self.own("group");
        let (producer_id, producer_epoch) = (999_999, 0);
        self.ask("InitProducerId", init_producer_id(None, 60_000, -1, -1))
            .await;
        let begun = self.own("begun");
        self.ask(
            "InitProducerId, transactional",
            init_producer_id(Some(&begun), 60_000, -1, -1),
        )
        .await;
        let stamp = ProducerStamp {
            producer_id,
            epoch: producer_epoch,
            base_sequence: 0,
        };
        self.ask(
            "Produce, transactional",
            produce(topic_id, 0, -1, Some(&id), batch(1, stamp, true)),
        )
        .await;
        let transaction = |name: &str| AddPartitionsToTxnTransaction {
            transactional_id: id.clone(),
            producer_id,
            producer_epoch,
            verify_only: false,
            topics: vec![AddPartitionsToTxnTopic {
                name: name.to_owned(),
                partitions: vec![0],
            }],
        };
        let add = AddPartitionsToTxnRequest {
            transactions: vec![transaction(&topic)],
            ..AddPartitionsToTxnRequest::default()
        };
        self.ask("AddPartitionsToTxn", add).await;
        let add = AddOffsetsToTxnRequest {
            transactional_id: id.clone(),
            producer_id,
            producer_epoch,
            group_id: group.clone(),
        };
        self.ask("AddOffsetsToTxn", add).await;
        let commit = TxnOffsetCommitRequest {
            transactional_id: id.clone(),
            group_id: group,
            producer_id,
            producer_epoch,
            generation_id_or_member_epoch: -1,
            topics: vec![TxnOffsetCommitRequestTopic {
                name: topic.clone(),
                topic_id,
                partitions: vec![TxnOffsetCommitRequestPartition {
                    committed_offset: 1,
                    committed_leader_epoch: -1,
                    ..TxnOffsetCommitRequestPartition::default()
                }],
            }],
            ..TxnOffsetCommitRequest::default()
        };
        self.ask("TxnOffsetCommit", commit).await;
        let end = EndTxnRequest {
            transactional_id: id.clone(),
            producer_id,
            producer_epoch,
            committed: true,
        };
        self.ask("EndTxn", end).await;
        let describe = DescribeTransactionsRequest {
            transactional_ids: vec![begun, id],
        };
        self.ask("DescribeTransactions", describe).await;
        let list = ListTransactionsRequest {
            duration_filter: -1,
            ..ListTransactionsRequest::default()
        };
        self.ask("ListTransactions", list).await;
        let markers = WriteTxnMarkersRequest {
            markers: vec![WritableTxnMarker {
                producer_id,
                producer_epoch,
                transaction_result: false,
                topics: vec![WritableTxnMarkerTopic {
                    name: topic,
                    partition_indexes: vec![0],
                }],
                ..WritableTxnMarker::default()
            }],
        };
        self.ask("WriteTxnMarkers", markers).await;
    }

    async fn cluster(&mut self) {
        const ANY: i8 = 1;
        let describe = DescribeClusterRequest {
            include_cluster_authorized_operations: true,
            endpoint_type: 1,
            include_fenced_brokers: false,
        };
        self.ask("DescribeCluster", describe).await;
        let acls = DescribeAclsRequest {
            resource_type_filter: ANY,
            resource_name_filter: Some("nothing is called so".to_owned()),
            pattern_type_filter: ANY,
            operation: ANY,
            permission_type: ANY,
            ..DescribeAclsRequest::default()
        };
        self.ask("DescribeAcls", acls).await;
        let create = create_acl(2, "nothing is called so", 3, "User:nobody", "*", 3, 3);
        self.ask("CreateAcls", create).await;
        let delete = DeleteAclsRequest {
            filters: vec![DeleteAclsFilter {
                resource_type_filter: 2,
                resource_name_filter: Some("nothing is called so either".to_owned()),
                pattern_type_filter: 3,
                principal_filter: None,
                host_filter: None,
                operation: ANY,
                permission_type: ANY,
            }],
        };
        self.ask("DeleteAcls", delete).await;
        self.ask("DescribeClientQuotas", DescribeClientQuotasRequest::default())
            .await;
        let alter = quota(vec![("user", Some("nobody"))], "producer_byte_rate", 1e9, false);
        self.ask("AlterClientQuotas", alter).await;
        let users = DescribeUserScramCredentialsRequest {
            users: Some(Vec::new()),
        };
        self.ask("DescribeUserScramCredentials", users).await;
        let alter = AlterUserScramCredentialsRequest {
            deletions: vec![deletion("nobody", 1)],
            ..AlterUserScramCredentialsRequest::default()
        };
        self.ask("AlterUserScramCredentials", alter).await;
        let quorum = DescribeQuorumRequest {
            topics: vec![RequestTopicData {
                topic_name: "__cluster_metadata".to_owned(),
                partitions: vec![RequestPartitionData { partition_index: 0 }],
            }],
        };
        self.ask("DescribeQuorum", quorum).await;
        self.ask("UpdateFeatures", update_feature("group.version", 1, 1))
            .await;
        self.ask("UnregisterBroker", UnregisterBrokerRequest { broker_id: 77 })
            .await;
    }

    async fn deletions(&mut self) {
        let (unknown, topic) = (self.own("unknown"), self.topic.clone());
        let create = MetadataRequest {
            allow_auto_topic_creation: true,
            ..self.metadata(Some(vec![MetadataRequestTopic {
                name: Some(self.own("auto")),
                ..MetadataRequestTopic::default()
            }]))
        };
        self.ask("Metadata, to be created", create).await;
        let groups = DeleteGroupsRequest {
            groups_names: vec![self.own("group"), self.own("no-group")],
        };
        self.ask("DeleteGroups", groups).await;
        let id = self.topic_id;
        self.ask("DeleteTopics, unknown", delete_topic(Some(&unknown), Uuid::ZERO))
            .await;
        self.ask("DeleteTopics, unknown id", delete_topic(None, UNKNOWN))
            .await;
        self.ask("DeleteTopics, by id", delete_topic(None, id)).await;
        self.ask("DeleteTopics", delete_topic(Some(&topic), Uuid::ZERO))
            .await;
    }
}
