//! What is not allowed, by topic, group, transactional id and cluster; and that it works once it is.

use kafka_client::admin::{AdminError, CreateTopicsOptions, NewTopic};
use kafka_client::client::{Client, Consumer, Producer};
use kafka_client::cluster::{CoordinatorKind, OffsetSpec, Target, TopicPartition};
use kafka_client::config::OffsetReset;
use kafka_client::consume::ConsumeError;
use kafka_client::error::{Class, RequestError};
use kafka_client::produce::{Fate, ProduceError, Record};
use protocol::ErrorCode;
use protocol::messages::add_offsets_to_txn::AddOffsetsToTxnRequest;
use protocol::messages::consumer_group_heartbeat::ConsumerGroupHeartbeatRequest;
use protocol::messages::describe_acls::DescribeAclsRequest;
use protocol::messages::init_producer_id::InitProducerIdRequest;

use super::admin::{Operation, Resource, allow, deny, take_away};
use super::ground::twins;
use crate::support::chain;

/// Sends one record, and returns its offset.
pub(super) async fn send(producer: &Producer, topic: &str, value: &str) -> Result<i64, ProduceError> {
    let delivery = producer.send(Record::to(topic).value(value)).await?;
    Ok(delivery.await?.offset)
}

/// A producer with or without idempotence, of which the first record is the first request that needs a right.
pub(super) fn producer(client: &Client, idempotent: bool) -> Producer {
    let builder = client.producer();
    let builder = builder.configure(|config| config.enable_idempotence = Some(idempotent));
    builder.start().unwrap()
}

fn is_denied(outcome: &Result<i64, ProduceError>, code: ErrorCode) -> bool {
    outcome.as_ref().is_err_and(|error| {
        error.class() == Class::Denied
            && error.fate() != Fate::MaybeWritten
            && chain(error).contains(&code.to_string())
    })
}

#[test]
fn a_producer_needs_write_on_the_topic() {
    twins("ACLs of a producer", async |ground| {
        let (admin, alice) = (ground.client("admin").await, ground.client("alice").await);
        let topic = ground.topic(&admin, "secure-write").await;
        let producer = producer(&alice, false);
        let refused = |outcome: &_| is_denied(outcome, ErrorCode::TOPIC_AUTHORIZATION_FAILED);

        let outcome = send(&producer, topic, "hidden").await;
        assert!(refused(&outcome), "{outcome:?}");
        assert!(
            matches!(outcome, Err(ProduceError::TopicUnavailable { .. })),
            "{outcome:?}"
        );

        allow(&admin, "alice", Operation::Describe, Resource::Topic(topic)).await;
        let is_sent = |outcome: &Result<i64, ProduceError>| {
            refused(outcome) && matches!(outcome, Err(ProduceError::Broker { .. }))
        };
        ground
            .comes(|| send(&producer, topic, "seen"), is_sent)
            .await
            .unwrap_err();

        allow(&admin, "alice", Operation::Write, Resource::Topic(topic)).await;
        let offset = ground
            .comes(|| send(&producer, topic, "first"), Result::is_ok)
            .await;
        assert_eq!(offset.unwrap(), 0, "what was refused is not there");
        admin.close().await;
        alice.close().await;
    });
}

#[test]
fn idempotence_needs_a_right_to_write_anywhere() {
    twins("ACLs of an idempotent producer", async |ground| {
        let (admin, bob) = (ground.client("admin").await, ground.client("bob").await);
        let topic = ground.topic(&admin, "secure-idempotent").await;
        let producer = producer(&bob, true);
        allow(&admin, "bob", Operation::Describe, Resource::Topic(topic)).await;
        let outcome = ground
            .comes(
                || send(&producer, topic, "no id"),
                |outcome| is_denied(outcome, ErrorCode::CLUSTER_AUTHORIZATION_FAILED),
            )
            .await;
        assert!(
            matches!(outcome, Err(ProduceError::ProducerIdRefused { .. })),
            "{outcome:?}"
        );
        // Since Kafka 2.8 (KIP-679) the right to write to some topic is enough.
        allow(&admin, "bob", Operation::Write, Resource::Topic(topic)).await;
        let offset = ground
            .comes(|| send(&producer, topic, "first"), Result::is_ok)
            .await;
        assert_eq!(offset.unwrap(), 0);
        assert_eq!(send(&producer, topic, "second").await.unwrap(), 1);
        take_away(&admin, "bob", Operation::Write, Resource::Topic(topic)).await;
        admin.close().await;
        bob.close().await;
    });
}

/// Reads the first record of a topic's partition.
async fn read(consumer: &mut Consumer) -> Result<String, ConsumeError> {
    let batch = consumer.next().await?.expect("an open consumer");
    let record = batch.iter().next().unwrap();
    Ok(String::from_utf8(record.value().unwrap().to_vec()).unwrap())
}

fn code_of(outcome: &Result<String, ConsumeError>) -> Option<ErrorCode> {
    match outcome {
        Err(ConsumeError::Refused { source, .. } | ConsumeError::Topic { source, .. }) => Some(source.code),
        _ => None,
    }
}

#[test]
fn a_consumer_needs_read_on_the_topic() {
    twins("ACLs of a consumer", async |ground| {
        let (admin, alice) = (ground.client("admin").await, ground.client("alice").await);
        let topic = ground.topic(&admin, "secure-read").await;
        send(&producer(&admin, true), topic, "first").await.unwrap();
        let partition = TopicPartition::new(topic, 0);
        let consumer = alice
            .standalone_consumer()
            .assign([(partition, OffsetSpec::Earliest)]);
        let mut consumer = consumer.start().await.unwrap();

        let outcome = read(&mut consumer).await;
        assert_eq!(
            code_of(&outcome),
            Some(ErrorCode::TOPIC_AUTHORIZATION_FAILED),
            "{outcome:?}"
        );
        assert_eq!(outcome.unwrap_err().class(), Class::Denied);

        // Enough to be told where the partition begins, not to read it.
        allow(&admin, "alice", Operation::Describe, Resource::Topic(topic)).await;
        let mut told = read(&mut consumer).await;
        while !matches!(&told, Err(ConsumeError::Refused { offset: Some(0), .. })) {
            assert_eq!(
                code_of(&told),
                Some(ErrorCode::TOPIC_AUTHORIZATION_FAILED),
                "{told:?}"
            );
            told = read(&mut consumer).await;
        }
        assert_eq!(code_of(&told), Some(ErrorCode::TOPIC_AUTHORIZATION_FAILED));

        allow(&admin, "alice", Operation::Read, Resource::Topic(topic)).await;
        let value = loop {
            match read(&mut consumer).await {
                Ok(value) => break value,
                error => assert_eq!(
                    code_of(&error),
                    Some(ErrorCode::TOPIC_AUTHORIZATION_FAILED),
                    "{error:?}"
                ),
            }
        };
        assert_eq!(value, "first");
        consumer.close().await;
        admin.close().await;
        alice.close().await;
    });
}

/// Reads the first record of a topic as the only member of a group.
async fn read_in_group(client: &Client, group: &str, topic: &str) -> Result<String, ConsumeError> {
    let consumer = client.consumer(group).topics([topic.to_owned()]);
    let consumer = consumer.auto_offset_reset(OffsetReset::Earliest);
    let mut consumer = consumer.start().await.unwrap();
    let value = read(&mut consumer).await;
    if value.is_ok() {
        consumer.commit_all().await.unwrap();
    }
    consumer.close().await;
    value
}

#[test]
fn a_member_needs_read_on_the_group() {
    twins("ACLs of a group", async |ground| {
        let (admin, alice) = (ground.client("admin").await, ground.client("alice").await);
        let topic = ground.topic(&admin, "secure-group").await;
        send(&producer(&admin, true), topic, "first").await.unwrap();
        allow(&admin, "alice", Operation::Read, Resource::Topic(topic)).await;
        let refused = |outcome: &Result<String, ConsumeError>| {
            outcome.as_ref().is_err_and(|error| {
                matches!(
                    error,
                    ConsumeError::Group {
                        class: Class::Denied,
                        ..
                    }
                ) && chain(error).contains("GROUP_AUTHORIZATION_FAILED")
            })
        };
        let reads = || read_in_group(&alice, "secure-group", topic);
        let outcome = reads().await;
        assert!(refused(&outcome), "{outcome:?}");

        // Enough to find the coordinator, not to join.
        allow(
            &admin,
            "alice",
            Operation::Describe,
            Resource::Group("secure-group"),
        )
        .await;
        let outcome = reads().await;
        assert!(refused(&outcome), "{outcome:?}");

        allow(&admin, "alice", Operation::Read, Resource::Group("secure-group")).await;
        let value = ground.comes(reads, Result::is_ok).await;
        assert_eq!(value.unwrap(), "first");
        admin.close().await;
        alice.close().await;
    });
}

#[test]
fn a_pattern_finds_what_the_member_may_describe() {
    twins("ACLs of a pattern", async |ground| {
        let (admin, alice) = (ground.client("admin").await, ground.client("alice").await);
        let group = "secure-pattern";
        let open = ground.topic(&admin, "secure-pattern-open").await;
        ground.topic(&admin, "secure-pattern-hidden").await;
        allow(&admin, "alice", Operation::Describe, Resource::Topic(open)).await;
        allow(&admin, "alice", Operation::Read, Resource::Group(group)).await;
        let beat = async |member_epoch: i32| {
            let joins = member_epoch == 0;
            let request = ConsumerGroupHeartbeatRequest {
                group_id: group.to_owned(),
                member_id: "AAAAAAAAAAAAAAAAAAAAAQ".to_owned(),
                member_epoch,
                rebalance_timeout_ms: if joins { 10_000 } else { -1 },
                subscribed_topic_names: None,
                subscribed_topic_regex: joins.then(|| "secure-pattern-.*".to_owned()),
                topic_partitions: joins.then(Vec::new),
                ..ConsumerGroupHeartbeatRequest::default()
            };
            let coordinator = Target::Coordinator(CoordinatorKind::Group, group.into());
            alice.call(coordinator, request, |_| None).await
        };
        let joined = ground
            .comes(
                || beat(0),
                |answer| answer.as_ref().is_ok_and(|answer| answer.error_code == 0),
            )
            .await
            .unwrap();
        let mut epoch = joined.member_epoch;
        let mut assigned = joined.assignment;
        // A pattern is looked up when the first answer is out.
        while assigned.as_ref().is_none_or(|it| it.topic_partitions.is_empty()) {
            let answer = beat(epoch).await.unwrap();
            assert_eq!(answer.error_code, 0, "{answer:?}");
            epoch = answer.member_epoch;
            assigned = answer.assignment;
        }
        let topics = assigned.unwrap().topic_partitions;
        let topics: Vec<_> = topics.iter().map(|topic| Some(topic.topic_id)).collect();
        assert_eq!(topics, [super::rights::id_of(&admin, open).await]);
        admin.close().await;
        alice.close().await;
    });
}

#[test]
fn a_transaction_needs_write_on_its_id() {
    twins("ACLs of a transactional id", async |ground| {
        let (admin, alice) = (ground.client("admin").await, ground.client("alice").await);
        let id = "secure-transaction";
        let target = || Target::Coordinator(CoordinatorKind::Transaction, id.into());
        let init = async || {
            let request = InitProducerIdRequest {
                transactional_id: Some(id.to_owned()),
                transaction_timeout_ms: 60_000,
                ..InitProducerIdRequest::default()
            };
            // Whoever begins anew is first told that its last transaction is being ended.
            let retry_on = |answer: &protocol::messages::init_producer_id::InitProducerIdResponse| {
                Some(ErrorCode(answer.error_code)).filter(|code| code.is_retriable())
            };
            alice.call(target(), request, retry_on).await
        };
        let unfound = init().await;
        assert!(
            matches!(&unfound, Err(RequestError::NoCoordinator { last: Some(last), .. })
                if last.code == ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED),
            "{unfound:?}"
        );
        assert_eq!(unfound.unwrap_err().class(), Class::Denied);

        allow(
            &admin,
            "alice",
            Operation::Describe,
            Resource::TransactionalId(id),
        )
        .await;
        let refused = ground.comes(&init, Result::is_ok).await.unwrap();
        assert_eq!(
            ErrorCode(refused.error_code),
            ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED
        );

        allow(&admin, "alice", Operation::Write, Resource::TransactionalId(id)).await;
        let is_begun = |answer: &Result<protocol::messages::init_producer_id::InitProducerIdResponse, _>| {
            answer.as_ref().is_ok_and(|answer| answer.error_code == 0)
        };
        let begun = ground.comes(&init, is_begun).await.unwrap();
        let offsets = AddOffsetsToTxnRequest {
            transactional_id: id.to_owned(),
            producer_id: begun.producer_id,
            producer_epoch: begun.producer_epoch,
            group_id: "secure-theirs".to_owned(),
        };
        let answer = alice.call(target(), offsets, |_| None).await.unwrap();
        assert_eq!(
            ErrorCode(answer.error_code),
            ErrorCode::GROUP_AUTHORIZATION_FAILED
        );
        admin.close().await;
        alice.close().await;
    });
}

/// Creates a topic. Returns the error that says why not.
async fn create(client: &Client, name: &str) -> Result<(), AdminError> {
    let topic = NewTopic::new(name).partitions(1).replication_factor(1);
    let admin = client.admin();
    let mut created = admin.create_topics([topic], CreateTopicsOptions::default()).await;
    created.remove(0).1.map(drop)
}

#[test]
fn the_cluster_is_for_those_who_may_alter_it() {
    twins("ACLs of the cluster", async |ground| {
        let (admin, alice) = (ground.client("admin").await, ground.client("alice").await);
        let outcome = create(&alice, "secure-created").await;
        let code = outcome.as_ref().err().and_then(AdminError::code);
        assert_eq!(code, Some(ErrorCode::TOPIC_AUTHORIZATION_FAILED), "{outcome:?}");
        let denied = outcome.unwrap_err();
        assert_eq!(denied.class(), Class::Denied);

        let any = DescribeAclsRequest {
            resource_type_filter: 1,
            pattern_type_filter: 1,
            operation: 1,
            permission_type: 1,
            ..DescribeAclsRequest::default()
        };
        let describe = async || alice.call(Target::Any, any.clone(), |_| None).await.unwrap();
        let code = ErrorCode(describe().await.error_code);
        assert_eq!(code, ErrorCode::CLUSTER_AUTHORIZATION_FAILED);
        allow(&admin, "alice", Operation::Describe, Resource::Cluster).await;
        ground.comes(&describe, |answer| answer.error_code == 0).await;

        allow(&admin, "alice", Operation::Create, Resource::Cluster).await;
        let created = async || match create(&alice, "secure-created").await {
            Err(error) if error.code() == Some(ErrorCode::TOPIC_ALREADY_EXISTS) => Ok(()),
            outcome => outcome,
        };
        ground.comes(&created, Result::is_ok).await.unwrap();
        take_away(&admin, "alice", Operation::Create, Resource::Cluster).await;
        take_away(&admin, "alice", Operation::Describe, Resource::Cluster).await;
        admin.close().await;
        alice.close().await;
    });
}

#[test]
fn a_prefix_allows_and_a_denial_is_stronger() {
    twins("prefixes and denials", async |ground| {
        let (admin, alice) = (ground.client("admin").await, ground.client("alice").await);
        for name in ["secure-pre-a", "secure-pre-secret", "secure-other"] {
            ground.topic(&admin, name).await;
        }
        let producer = producer(&alice, false);
        let refused = |outcome: &_| is_denied(outcome, ErrorCode::TOPIC_AUTHORIZATION_FAILED);
        allow(&admin, "alice", Operation::Write, Resource::Topics("secure-pre-")).await;
        ground
            .comes(|| send(&producer, "secure-pre-a", "x"), Result::is_ok)
            .await
            .unwrap();
        send(&producer, "secure-pre-secret", "x").await.unwrap();
        let outcome = send(&producer, "secure-other", "x").await;
        assert!(refused(&outcome), "{outcome:?}");

        deny(
            &admin,
            "alice",
            Operation::Write,
            Resource::Topic("secure-pre-secret"),
        )
        .await;
        ground
            .comes(|| send(&producer, "secure-pre-secret", "x"), refused)
            .await
            .unwrap_err();
        send(&producer, "secure-pre-a", "x").await.unwrap();

        // Whoever denies everybody denies the one who is allowed, too.
        deny(&admin, "*", Operation::Write, Resource::Topic("secure-pre-a")).await;
        ground
            .comes(|| send(&producer, "secure-pre-a", "x"), refused)
            .await
            .unwrap_err();
        take_away(&admin, "*", Operation::Write, Resource::Topic("secure-pre-a")).await;
        ground
            .comes(|| send(&producer, "secure-pre-a", "x"), Result::is_ok)
            .await
            .unwrap();
        admin.close().await;
        alice.close().await;
    });
}
