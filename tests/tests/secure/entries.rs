//! Which of many entries counts: drawn ones, of every kind, and what they let users do on the sandbox and on a real Kafka.

use std::fmt::Write;

use fastrand::Rng;
use kafka_client::client::Client;
use kafka_client::cluster::{CoordinatorKind, NodeId, Target};
use protocol::ErrorCode;
use protocol::messages::create_acls::{AclCreation, CreateAclsRequest};
use protocol::messages::delete_acls::{DeleteAclsFilter, DeleteAclsRequest};
use protocol::messages::describe_acls::DescribeAclsRequest;
use protocol::messages::describe_cluster::DescribeClusterRequest;
use protocol::messages::describe_groups::DescribeGroupsRequest;
use protocol::messages::init_producer_id::InitProducerIdRequest;
use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic};

use super::ground::{Ground, on_own_kafka, on_sandbox};
use super::rights;
use crate::twins::requests::commit;

const SEEDS: std::ops::Range<u64> = 0..20;
const NAMES: [&str; 5] = ["a", "ab", "abc", "b", "ba"];
const USERS: [&str; 5] = ["alice", "bob", "dave", "erin", "frank"];

const ANY: i8 = 1;
const LITERAL: i8 = 3;
const PREFIXED: i8 = 4;

fn draw(rng: &mut Rng) -> AclCreation {
    const TOPIC: i8 = 2;
    const GROUP: i8 = 3;
    const CLUSTER: i8 = 4;
    let resource_type = rng.choice([TOPIC, TOPIC, GROUP, CLUSTER]).unwrap();
    let resource_pattern_type = rng.choice([LITERAL, PREFIXED]).unwrap();
    let resource_name = match (resource_type, resource_pattern_type) {
        (CLUSTER, _) => "kafka-cluster",
        (_, LITERAL) => rng.choice(["*", "a", "ab", "abc", "b", "ba"]).unwrap(),
        _ => rng.choice(["a", "ab", "abc", "b", "*"]).unwrap(),
    };
    // From All to IdempotentWrite, now and then one that such a thing does not know.
    let operation = rng.choice([2, 3, 4, 5, 6, 7, 8, 8, 9, 10, 11, 12]).unwrap();
    let user = rng.choice(USERS).unwrap();
    AclCreation {
        resource_type,
        resource_name: resource_name.to_owned(),
        resource_pattern_type: if resource_type == CLUSTER {
            LITERAL
        } else {
            resource_pattern_type
        },
        principal: rng
            .choice([
                format!("User:{user}"),
                format!("User:{user}"),
                "User:*".to_owned(),
            ])
            .unwrap(),
        host: rng
            .choice(["*", "*", "127.0.0.1", "10.1.2.3"])
            .unwrap()
            .to_owned(),
        operation,
        // Two of three allow.
        permission_type: rng.choice([2, 3, 3]).unwrap(),
    }
}

/// How many entries the broker knows.
async fn count(admin: &Client) -> usize {
    let all = DescribeAclsRequest {
        resource_type_filter: ANY,
        pattern_type_filter: ANY,
        operation: ANY,
        permission_type: ANY,
        resource_name_filter: None,
        principal_filter: None,
        host_filter: None,
    };
    let answer = admin.call(Target::Node(NodeId(1)), all, |_| None).await.unwrap();
    assert_eq!(answer.error_code, 0, "{answer:?}");
    answer.resources.iter().map(|resource| resource.acls.len()).sum()
}

async fn delete_all(admin: &Client) {
    let filter = DeleteAclsFilter {
        resource_type_filter: ANY,
        pattern_type_filter: ANY,
        operation: ANY,
        permission_type: ANY,
        resource_name_filter: None,
        principal_filter: None,
        host_filter: None,
    };
    let request = DeleteAclsRequest {
        filters: vec![filter],
    };
    let answer = admin.call(Target::Controller, request, |_| None).await.unwrap();
    assert_eq!(answer.filter_results[0].error_code, 0, "{answer:?}");
}

/// What the broker says that the user may do: with every topic and group, the cluster, and any topic at all.
async fn rights_of(user: &Client) -> String {
    let named = NAMES.iter().map(|name| MetadataRequestTopic {
        name: Some((*name).to_owned()),
        ..MetadataRequestTopic::default()
    });
    let metadata = MetadataRequest {
        topics: Some(named.collect()),
        allow_auto_topic_creation: false,
        include_topic_authorized_operations: true,
        ..MetadataRequest::default()
    };
    let node = || Target::Node(NodeId(1));
    let mut text = "topics".to_owned();
    // Kafka has them in no order.
    let mut topics = user.call(node(), metadata, |_| None).await.unwrap().topics;
    topics.sort_by(|a, b| a.name.cmp(&b.name));
    for topic in topics {
        let name = topic.name.unwrap_or_default();
        match ErrorCode(topic.error_code) {
            ErrorCode::NONE => write!(text, " {} {}", name, topic.topic_authorized_operations).unwrap(),
            code => write!(text, " {name} {code}").unwrap(),
        }
    }
    let groups = DescribeGroupsRequest {
        groups: NAMES.map(str::to_owned).to_vec(),
        include_authorized_operations: true,
    };
    text.push_str(", groups");
    let mut groups = user.call(node(), groups, |_| None).await.unwrap().groups;
    groups.sort_by(|a, b| a.group_id.cmp(&b.group_id));
    for group in groups {
        match ErrorCode(group.error_code) {
            ErrorCode::GROUP_AUTHORIZATION_FAILED => write!(text, " {} denied", group.group_id).unwrap(),
            _ => write!(text, " {} {}", group.group_id, group.authorized_operations).unwrap(),
        }
    }
    let cluster = DescribeClusterRequest {
        include_cluster_authorized_operations: true,
        ..DescribeClusterRequest::default()
    };
    let answer = user.call(node(), cluster, |_| None).await.unwrap();
    write!(text, ", cluster {}", answer.cluster_authorized_operations).unwrap();
    let id = InitProducerIdRequest {
        transactional_id: None,
        transaction_timeout_ms: 60_000,
        producer_id: -1,
        producer_epoch: -1,
        ..InitProducerIdRequest::default()
    };
    let answer = user.call(node(), id, |_| None).await.unwrap();
    write!(text, ", producer id {}", ErrorCode(answer.error_code)).unwrap();
    text
}

/// Draws entries for each seed, and notes whom they let do what.
async fn observe(ground: &Ground<'_>) -> Vec<String> {
    let admin = ground.client("admin").await;
    ground.comes(|| rights::begin(&admin), |code| code.is_ok()).await;
    for name in NAMES {
        ground.topic(&admin, name).await;
        let id = ground
            .comes(|| rights::id_of(&admin, name), Option::is_some)
            .await;
        // A group of this name, too.
        let coordinator = Target::Coordinator(CoordinatorKind::Group, name.into());
        let group = commit(name, -1, "", id.unwrap(), 0, 0);
        let answer = admin.call(coordinator, group, |_| None).await.unwrap();
        assert_eq!(answer.topics[0].partitions[0].error_code, 0, "{answer:?}");
    }
    let mut users = Vec::new();
    for user in USERS {
        users.push((user, ground.client(user).await));
    }
    let mut lines = Vec::new();
    for seed in SEEDS {
        let mut rng = Rng::with_seed(seed);
        let entries: Vec<_> = (0..rng.usize(1..60)).map(|_| draw(&mut rng)).collect();
        let request = CreateAclsRequest {
            creations: entries.clone(),
        };
        let answer = admin.call(Target::Controller, request, |_| None).await.unwrap();
        let mut kept = Vec::new();
        for (entry, result) in entries.into_iter().zip(answer.results) {
            match ErrorCode(result.error_code) {
                ErrorCode::NONE if !kept.contains(&entry) => kept.push(entry),
                ErrorCode::NONE => {}
                code => lines.push(format!("{seed}: {entry:?}: {code} {:?}", result.error_message)),
            }
        }
        ground.comes(|| count(&admin), |count| *count == kept.len()).await;
        for (user, client) in &users {
            lines.push(format!("{seed}: {user}: {}", rights_of(client).await));
        }
        delete_all(&admin).await;
        ground.comes(|| count(&admin), |count| *count == 0).await;
    }
    lines
}

#[test]
fn drawn_entries_let_users_do_what_they_do_in_kafka() {
    let sandbox = on_sandbox(observe);
    let users_with_rights = sandbox.iter().filter(|line| !line.contains("cluster 0")).count();
    assert!(
        users_with_rights > 10,
        "entries that allow nothing compare nothing"
    );
    let Some(kafka) = on_own_kafka("drawn entries", &[], observe) else {
        return;
    };
    for (sandbox, kafka) in sandbox.iter().zip(&kafka) {
        assert_eq!(sandbox, kafka, "left is the sandbox");
    }
    assert_eq!(sandbox.len(), kafka.len());
}
