//! Access control entries: kept, listed, deleted, and what they forbid.

use kafka_sandbox::answers::LinkId;
use kafka_sandbox::security::SecuritySettings;
use protocol::ErrorCode;
use protocol::messages::create_acls::{AclCreation, CreateAclsRequest};
use protocol::messages::create_topics::{CreatableTopic, CreateTopicsRequest};
use protocol::messages::delete_acls::{DeleteAclsFilter, DeleteAclsRequest};
use protocol::messages::describe_acls::DescribeAclsRequest;
use protocol::messages::describe_cluster::DescribeClusterRequest;
use protocol::messages::elect_leaders::{ElectLeadersRequest, TopicPartitions};
use protocol::messages::find_coordinator::FindCoordinatorRequest;
use protocol::messages::init_producer_id::InitProducerIdRequest;
use protocol::messages::join_group::JoinGroupRequest;
use protocol::messages::list_offsets::{ListOffsetsPartition, ListOffsetsRequest, ListOffsetsTopic};
use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic};
use protocol::messages::produce::{PartitionProduceData, ProduceRequest, TopicProduceData};

use crate::support::{Cluster, batch, settings};

/// A cluster of one broker with the topics `orders` and `secret`, and an administrator's and alice's connection.
fn cluster() -> (Cluster, LinkId, LinkId) {
    let mut settings = settings(1);
    settings.security = SecuritySettings {
        acls: true,
        super_users: vec!["User:admin".to_owned()],
        ..SecuritySettings::default()
    };
    let mut cluster = Cluster::with(settings);
    let admin = cluster.connect_as(1, "User:admin");
    let alice = cluster.connect_as(1, "User:alice");
    let topics = ["orders", "secret"].map(topic);
    let request = CreateTopicsRequest {
        topics: topics.to_vec(),
        ..CreateTopicsRequest::default()
    };
    let created = cluster.ask_on(admin, 7, &request).topics;
    assert!(created.iter().all(|topic| topic.error_code == 0));
    (cluster, admin, alice)
}

fn topic(name: &str) -> CreatableTopic {
    CreatableTopic {
        name: name.to_owned(),
        num_partitions: 1,
        replication_factor: 1,
        ..CreatableTopic::default()
    }
}

const TOPIC: i8 = 2;
const GROUP: i8 = 3;
const CLUSTER: i8 = 4;
const LITERAL: i8 = 3;
const PREFIXED: i8 = 4;
const READ: i8 = 3;
const WRITE: i8 = 4;
const DESCRIBE: i8 = 8;

fn acl(resource_type: i8, name: &str, pattern: i8, operation: i8) -> AclCreation {
    AclCreation {
        resource_type,
        resource_name: name.to_owned(),
        resource_pattern_type: pattern,
        principal: "User:alice".to_owned(),
        host: "*".to_owned(),
        operation,
        permission_type: 3,
    }
}

fn create(cluster: &mut Cluster, link: LinkId, acl: AclCreation) -> (ErrorCode, Option<String>) {
    let creations = vec![acl];
    let mut response = cluster.ask_on(link, 3, &CreateAclsRequest { creations });
    let result = response.results.pop().unwrap();
    (ErrorCode(result.error_code), result.error_message)
}

fn allow(cluster: &mut Cluster, admin: LinkId, acl: AclCreation) {
    assert_eq!(create(cluster, admin, acl).0, ErrorCode::NONE);
}

fn any() -> DescribeAclsRequest {
    DescribeAclsRequest {
        resource_type_filter: 1,
        pattern_type_filter: 1,
        resource_name_filter: None,
        principal_filter: None,
        host_filter: None,
        operation: 1,
        permission_type: 1,
    }
}

fn produce(cluster: &mut Cluster, link: LinkId, topic: &str) -> ErrorCode {
    let data = PartitionProduceData {
        index: 0,
        records: Some(batch(&["a"])),
    };
    let request = ProduceRequest {
        acks: -1,
        timeout_ms: 1000,
        topic_data: vec![TopicProduceData {
            name: topic.to_owned(),
            partition_data: vec![data],
            ..TopicProduceData::default()
        }],
        ..ProduceRequest::default()
    };
    let response = cluster.ask_on(link, 12, &request);
    ErrorCode(response.responses[0].partition_responses[0].error_code)
}

fn offsets(cluster: &mut Cluster, link: LinkId, topic: &str) -> ErrorCode {
    let partition = ListOffsetsPartition {
        timestamp: -1,
        current_leader_epoch: -1,
        ..ListOffsetsPartition::default()
    };
    let request = ListOffsetsRequest {
        replica_id: -1,
        topics: vec![ListOffsetsTopic {
            name: topic.to_owned(),
            partitions: vec![partition],
        }],
        ..ListOffsetsRequest::default()
    };
    ErrorCode(cluster.ask_on(link, 7, &request).topics[0].partitions[0].error_code)
}

fn names(cluster: &mut Cluster, link: LinkId) -> Vec<String> {
    let topics = cluster
        .ask_on(
            link,
            9,
            &MetadataRequest {
                topics: None,
                ..MetadataRequest::default()
            },
        )
        .topics;
    topics.into_iter().filter_map(|topic| topic.name).collect()
}

fn ask_for(cluster: &mut Cluster, link: LinkId, name: &str) -> ErrorCode {
    let topic = MetadataRequestTopic {
        name: Some(name.to_owned()),
        ..MetadataRequestTopic::default()
    };
    let request = MetadataRequest {
        topics: Some(vec![topic]),
        allow_auto_topic_creation: true,
        ..MetadataRequest::default()
    };
    ErrorCode(cluster.ask_on(link, 9, &request).topics[0].error_code)
}

#[test]
fn entries_are_created_listed_by_resource_and_deleted() {
    let (mut cluster, admin, _) = cluster();
    for acl in [
        acl(TOPIC, "orders", LITERAL, READ),
        acl(TOPIC, "orders", LITERAL, READ),
        acl(TOPIC, "orders", LITERAL, WRITE),
        acl(TOPIC, "ord", PREFIXED, READ),
        acl(GROUP, "*", LITERAL, READ),
    ] {
        allow(&mut cluster, admin, acl);
    }
    let count = |cluster: &mut Cluster, filter: &DescribeAclsRequest| {
        let listed = cluster.ask_on(admin, 3, filter);
        assert_eq!(
            (listed.error_code, listed.error_message.as_deref()),
            (0, Some(""))
        );
        listed
            .resources
            .iter()
            .map(|resource| resource.acls.len())
            .collect::<Vec<_>>()
    };
    assert_eq!(count(&mut cluster, &any()), [2, 1, 1]);
    let applies = DescribeAclsRequest {
        resource_name_filter: Some("orders".to_owned()),
        pattern_type_filter: 2,
        ..any()
    };
    assert_eq!(count(&mut cluster, &applies), [2, 1, 1]);
    let filter = DeleteAclsFilter {
        resource_type_filter: TOPIC,
        resource_name_filter: Some("orders".to_owned()),
        pattern_type_filter: LITERAL,
        principal_filter: None,
        host_filter: None,
        operation: 1,
        permission_type: 1,
    };
    let filters = vec![filter.clone(), filter];
    let deleted = cluster.ask_on(admin, 3, &DeleteAclsRequest { filters });
    let matched = deleted
        .filter_results
        .iter()
        .map(|result| result.matching_acls.len());
    assert_eq!(Vec::from_iter(matched), [2, 2], "as they were before the request");
    assert_eq!(count(&mut cluster, &any()), [1, 1]);
}

#[test]
fn refusals_are_in_kafkas_words() {
    let (mut cluster, admin, _) = cluster();
    let good = acl(TOPIC, "t", LITERAL, READ);
    let invalid = ErrorCode::INVALID_REQUEST;
    let failed = ErrorCode::UNKNOWN_SERVER_ERROR;
    let without_type = "Could not parse principal from `u` (no colon is present separating the principal type from the \
                        principal name)";
    for (acl, code, message) in [
        (
            AclCreation {
                principal: "u".to_owned(),
                ..good.clone()
            },
            invalid,
            Some(without_type),
        ),
        (
            AclCreation {
                resource_name: String::new(),
                ..good.clone()
            },
            invalid,
            Some("Invalid empty resource name"),
        ),
        (
            AclCreation {
                host: String::new(),
                ..good.clone()
            },
            invalid,
            Some("Host pattern cannot be null or empty"),
        ),
        (
            acl(CLUSTER, "other", LITERAL, READ),
            invalid,
            Some("The only valid name for the CLUSTER resource is kafka-cluster"),
        ),
        (
            AclCreation {
                operation: 1,
                ..good.clone()
            },
            failed,
            None,
        ),
        (
            AclCreation {
                resource_pattern_type: 2,
                ..good.clone()
            },
            failed,
            None,
        ),
        (
            AclCreation {
                permission_type: 1,
                ..good.clone()
            },
            failed,
            None,
        ),
    ] {
        let expected = (code, message.map(str::to_owned));
        assert_eq!(create(&mut cluster, admin, acl), expected);
    }
    let creations = vec![AclCreation { operation: 0, ..good }];
    let _ = cluster.send(admin, 3, &CreateAclsRequest { creations });
    assert!(cluster.is_closed(admin));
}

#[test]
fn without_an_authorizer_there_are_no_entries() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    let disabled = ErrorCode::SECURITY_DISABLED;
    let created = create(&mut cluster, link, acl(TOPIC, "t", LITERAL, READ));
    assert_eq!(
        created,
        (disabled, Some("No Authorizer is configured.".to_owned()))
    );
    let listed = cluster.ask_on(link, 3, &any());
    assert_eq!(ErrorCode(listed.error_code), disabled);
    assert_eq!(
        listed.error_message.as_deref(),
        Some("No Authorizer is configured on the broker")
    );
}

#[test]
fn only_who_may_alter_the_cluster_creates_entries() {
    let (mut cluster, _, alice) = cluster();
    let code = create(&mut cluster, alice, acl(TOPIC, "orders", LITERAL, READ)).0;
    assert_eq!(code, ErrorCode::CLUSTER_AUTHORIZATION_FAILED);
    let listed = cluster.ask_on(alice, 3, &any());
    assert_eq!(
        ErrorCode(listed.error_code),
        ErrorCode::CLUSTER_AUTHORIZATION_FAILED
    );
}

#[test]
fn topics_are_hidden_from_who_may_not_describe_them() {
    let (mut cluster, admin, alice) = cluster();
    let denied = ErrorCode::TOPIC_AUTHORIZATION_FAILED;
    assert!(names(&mut cluster, alice).is_empty());
    for name in ["orders", "missing"] {
        assert_eq!(ask_for(&mut cluster, alice, name), denied, "{name}");
        assert_eq!(produce(&mut cluster, alice, name), denied, "{name}");
        assert_eq!(offsets(&mut cluster, alice, name), denied, "{name}");
    }
    allow(&mut cluster, admin, acl(TOPIC, "orders", LITERAL, READ));
    assert_eq!(names(&mut cluster, alice), ["orders"]);
    assert_eq!(offsets(&mut cluster, alice, "orders"), ErrorCode::NONE);
    assert_eq!(produce(&mut cluster, alice, "orders"), denied);
    allow(&mut cluster, admin, acl(TOPIC, "or", PREFIXED, WRITE));
    assert_eq!(produce(&mut cluster, alice, "orders"), ErrorCode::NONE);
    assert_eq!(produce(&mut cluster, admin, "secret"), ErrorCode::NONE);
    assert_eq!(names(&mut cluster, admin).len(), 2);
}

#[test]
fn groups_transactions_and_the_cluster_are_kept_from_who_has_no_right() {
    let (mut cluster, admin, alice) = cluster();
    let join = JoinGroupRequest {
        group_id: "g".to_owned(),
        session_timeout_ms: 10_000,
        ..JoinGroupRequest::default()
    };
    let code = cluster.ask_on(alice, 5, &join).error_code;
    assert_eq!(ErrorCode(code), ErrorCode::GROUP_AUTHORIZATION_FAILED);
    let find = |kind: i8| FindCoordinatorRequest {
        key: "k".to_owned(),
        key_type: kind,
        ..FindCoordinatorRequest::default()
    };
    let mut coordinator = |kind| ErrorCode(cluster.ask_on(alice, 3, &find(kind)).error_code);
    assert_eq!(coordinator(0), ErrorCode::GROUP_AUTHORIZATION_FAILED);
    assert_eq!(coordinator(1), ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    let mut init = |id: Option<&str>| {
        let request = InitProducerIdRequest {
            transactional_id: id.map(str::to_owned),
            transaction_timeout_ms: 1000,
            producer_id: -1,
            producer_epoch: -1,
            ..InitProducerIdRequest::default()
        };
        ErrorCode(cluster.ask_on(alice, 4, &request).error_code)
    };
    assert_eq!(init(Some("k")), ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    assert_eq!(init(None), ErrorCode::CLUSTER_AUTHORIZATION_FAILED);
    // To write anywhere is to write idempotently.
    allow(&mut cluster, admin, acl(TOPIC, "x", PREFIXED, WRITE));
    let request = InitProducerIdRequest {
        transactional_id: None,
        producer_id: -1,
        producer_epoch: -1,
        ..InitProducerIdRequest::default()
    };
    assert_eq!(cluster.ask_on(alice, 4, &request).error_code, 0);
    let request = CreateTopicsRequest {
        topics: vec![topic("new")],
        ..CreateTopicsRequest::default()
    };
    let created = &cluster.ask_on(alice, 7, &request).topics[0];
    assert_eq!(
        ErrorCode(created.error_code),
        ErrorCode::TOPIC_AUTHORIZATION_FAILED
    );
    assert_eq!(created.error_message.as_deref(), Some("Authorization failed."));
}

#[test]
fn answers_say_what_the_client_may_do() {
    let (mut cluster, admin, alice) = cluster();
    allow(
        &mut cluster,
        admin,
        acl(CLUSTER, "kafka-cluster", LITERAL, DESCRIBE),
    );
    allow(&mut cluster, admin, acl(TOPIC, "orders", LITERAL, READ));
    let request = DescribeClusterRequest {
        include_cluster_authorized_operations: true,
        endpoint_type: 1,
        ..DescribeClusterRequest::default()
    };
    let bits = cluster.ask_on(alice, 1, &request).cluster_authorized_operations;
    assert_eq!(bits, 1 << DESCRIBE);
    let request = MetadataRequest {
        topics: None,
        include_topic_authorized_operations: true,
        ..MetadataRequest::default()
    };
    let topics = cluster.ask_on(alice, 9, &request).topics;
    assert_eq!(topics[0].topic_authorized_operations, 1 << READ | 1 << DESCRIBE);
}

#[test]
fn an_election_that_is_denied_is_of_each_partition() {
    let (mut cluster, _, alice) = cluster();
    let request = ElectLeadersRequest {
        topic_partitions: Some(vec![TopicPartitions {
            topic: "orders".to_owned(),
            partitions: vec![0],
        }]),
        ..ElectLeadersRequest::default()
    };
    let denied = ErrorCode::CLUSTER_AUTHORIZATION_FAILED.0;
    // Version 0 cannot say it of the request.
    for (version, of_all) in [(0, 0), (1, denied), (2, denied)] {
        let response = cluster.ask_on(alice, version, &request);
        let of_each = response.replica_election_results[0].partition_result[0].error_code;
        assert_eq!(
            (response.error_code, of_each),
            (of_all, denied),
            "version {version}"
        );
    }
}
