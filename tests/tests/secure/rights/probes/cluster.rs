//! The cluster as a whole: entries, quotas, users, features.

use protocol::Uuid;
use protocol::messages::alter_user_scram_credentials::AlterUserScramCredentialsRequest;
use protocol::messages::delete_acls::{DeleteAclsFilter, DeleteAclsRequest};
use protocol::messages::delete_groups::DeleteGroupsRequest;
use protocol::messages::describe_acls::DescribeAclsRequest;
use protocol::messages::describe_client_quotas::DescribeClientQuotasRequest;
use protocol::messages::describe_cluster::DescribeClusterRequest;
use protocol::messages::describe_quorum::{DescribeQuorumRequest, RequestPartitionData, RequestTopicData};
use protocol::messages::describe_user_scram_credentials::DescribeUserScramCredentialsRequest;
use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic};
use protocol::messages::unregister_broker::UnregisterBrokerRequest;

use super::{Probing, UNKNOWN};
use crate::twins::requests::*;

impl Probing {
    pub(super) async fn cluster(&mut self) {
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
            principal_filter: None,
            host_filter: None,
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

    pub(super) async fn deletions(&mut self) {
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
