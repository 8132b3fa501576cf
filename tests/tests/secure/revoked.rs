//! Rights that are taken away while they are used.

use std::time::Duration;

use kafka_client::client::{Client, Consumer};
use kafka_client::cluster::{OffsetSpec, Target, TopicPartition};
use kafka_client::config::OffsetReset;
use kafka_client::consume::ConsumeError;
use kafka_client::error::Class;
use kafka_client::produce::Fate;
use protocol::messages::list_offsets::{ListOffsetsPartition, ListOffsetsRequest, ListOffsetsTopic};
use protocol::{ApiKey, ErrorCode};

use super::acls::{producer, send};
use super::admin::{Operation, Resource, allow, take_away};
use super::ground::{Ground, twins};
use crate::support::chain;

/// Waits until the first fetch of the user has brought a record and the second waits for one.
async fn is_parked(ground: &Ground<'_>, user: &str) {
    match ground.as_sandbox() {
        Some(sandbox) => {
            while sandbox.requests().from(user).of(ApiKey::FETCH).count() < 2 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        // A real broker does not tell; it has little else to do.
        None => tokio::time::sleep(Duration::from_millis(1500)).await,
    }
}

/// What the broker says when the client asks where a topic ends, for which it has to be allowed to describe it.
async fn describe(client: &Client, topic: &str) -> ErrorCode {
    let asked = ListOffsetsPartition {
        timestamp: -1,
        ..ListOffsetsPartition::default()
    };
    let request = ListOffsetsRequest {
        replica_id: -1,
        topics: vec![ListOffsetsTopic {
            name: topic.to_owned(),
            partitions: vec![asked],
        }],
        ..ListOffsetsRequest::default()
    };
    let answer = client.call(Target::Any, request, |_| None).await.unwrap();
    ErrorCode(answer.topics[0].partitions[0].error_code)
}

/// The values of the next batch.
async fn values_of(consumer: &mut Consumer) -> Result<Vec<String>, ConsumeError> {
    let batch = consumer.next().await?.expect("an open consumer");
    let values = batch.iter().map(|record| record.value().unwrap().to_vec());
    Ok(values.map(|value| String::from_utf8(value).unwrap()).collect())
}

#[test]
fn a_fetch_that_waits_was_allowed_when_it_came_and_the_next_is_refused() {
    twins("a fetch whose right is taken away", async |ground| {
        let (admin, dave) = (ground.client("admin").await, ground.client("dave").await);
        let topic = ground.topic(&admin, "secure-parked").await;
        let writer = producer(&admin, true);
        send(&writer, topic, "first").await.unwrap();
        allow(&admin, "dave", Operation::Read, Resource::Topic(topic)).await;
        ground
            .comes(|| describe(&dave, topic), |code| *code == ErrorCode::NONE)
            .await;

        let partition = TopicPartition::new(topic, 0);
        let consumer = dave
            .standalone_consumer()
            .assign([(partition.clone(), OffsetSpec::Earliest)])
            .configure(|config| config.fetch_max_wait = Duration::from_secs(20));
        let mut consumer = consumer.start().await.unwrap();
        assert_eq!(values_of(&mut consumer).await.unwrap(), ["first"]);
        // Asking for more is what sends the next fetch.
        let waits = tokio::time::timeout(Duration::from_millis(1), consumer.next()).await;
        assert!(waits.is_err(), "{waits:?}");
        is_parked(ground, "dave").await;
        take_away(&admin, "dave", Operation::Read, Resource::Topic(topic)).await;
        let denied = |code: &ErrorCode| *code == ErrorCode::TOPIC_AUTHORIZATION_FAILED;
        ground.comes(|| describe(&dave, topic), denied).await;
        send(&writer, topic, "second").await.unwrap();
        // The next fetch is sent before what the last one brought is asked for, and so may its error be told first.
        let (mut values, mut refused) = (Vec::new(), None);
        while values.is_empty() || refused.is_none() {
            match values_of(&mut consumer).await {
                Ok(more) => values.extend(more),
                Err(error) => refused = Some(error),
            }
        }
        assert_eq!(values, ["second"]);
        assert!(
            matches!(&refused, Some(ConsumeError::Refused { offset: Some(2), source, .. })
                if source.code == ErrorCode::TOPIC_AUTHORIZATION_FAILED),
            "{refused:?}"
        );

        send(&writer, topic, "third").await.unwrap();
        allow(&admin, "dave", Operation::Read, Resource::Topic(topic)).await;
        let values = loop {
            match values_of(&mut consumer).await {
                Ok(values) => break values,
                Err(error) => assert_eq!(error.class(), Class::Denied, "{error:?}"),
            }
        };
        assert_eq!(values, ["third"]);
        consumer.close().await;
        admin.close().await;
        dave.close().await;
    });
}

#[test]
fn what_is_acknowledged_around_a_right_that_comes_and_goes_is_there_once() {
    twins("a producer whose right is taken away", async |ground| {
        let (admin, dave) = (ground.client("admin").await, ground.client("dave").await);
        let topic = ground.topic(&admin, "secure-stream").await;
        let writer = producer(&dave, true);
        let mut acknowledged = Vec::new();
        let mut number = 0;
        for _ in 0..3 {
            allow(&admin, "dave", Operation::Write, Resource::Topic(topic)).await;
            let mut refused = 0;
            let mut written = 0;
            let mut withdrawn = false;
            // From when it works until it does not any more.
            while written == 0 || refused == 0 {
                let values: Vec<String> = (number..number + 20).map(|number| number.to_string()).collect();
                number += 20;
                let mut outcomes = Vec::new();
                for value in &values {
                    outcomes.push(send(&writer, topic, value));
                }
                // All of a round are under way at once.
                let outcomes = join_all(outcomes).await;
                for (value, outcome) in values.into_iter().zip(outcomes) {
                    match outcome {
                        Ok(offset) => {
                            written += 1;
                            acknowledged.push((offset, value));
                        }
                        Err(error) => {
                            assert_eq!(error.class(), Class::Denied, "{}", chain(&error));
                            assert_ne!(error.fate(), Fate::MaybeWritten, "{}", chain(&error));
                            refused += i32::from(written > 0);
                        }
                    }
                }
                if written > 0 && !withdrawn {
                    withdrawn = true;
                    take_away(&admin, "dave", Operation::Write, Resource::Topic(topic)).await;
                }
            }
        }
        let partition = TopicPartition::new(topic, 0);
        let consumer = admin
            .standalone_consumer()
            .assign([(partition, OffsetSpec::Earliest)]);
        let mut consumer = consumer.start().await.unwrap();
        let mut found = Vec::new();
        while found.len() < acknowledged.len() {
            let batch = consumer.next().await.unwrap().unwrap();
            found.extend(batch.iter().map(|record| {
                let value = String::from_utf8(record.value().unwrap().to_vec()).unwrap();
                (record.offset(), value)
            }));
        }
        acknowledged.sort();
        assert_eq!(found, acknowledged);
        let more = tokio::time::timeout(Duration::from_millis(200), consumer.next()).await;
        assert!(more.is_err(), "{more:?}");
        consumer.close().await;
        admin.close().await;
        dave.close().await;
    });
}

/// Drives futures together, and returns what they come to in their order.
async fn join_all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut futures: Vec<_> = futures
        .into_iter()
        .map(|future| (Box::pin(future), None))
        .collect();
    std::future::poll_fn(|cx| {
        let mut ready = true;
        for (future, outcome) in &mut futures {
            if outcome.is_none() {
                match future.as_mut().poll(cx) {
                    std::task::Poll::Ready(value) => *outcome = Some(value),
                    std::task::Poll::Pending => ready = false,
                }
            }
        }
        if ready {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    futures.into_iter().filter_map(|(_, outcome)| outcome).collect()
}

#[test]
fn a_member_whose_group_is_taken_away_is_told_and_ends() {
    twins("a group whose right is taken away", async |ground| {
        let (admin, dave) = (ground.client("admin").await, ground.client("dave").await);
        let topic = ground.topic(&admin, "secure-member").await;
        send(&producer(&admin, true), topic, "first").await.unwrap();
        allow(&admin, "dave", Operation::Read, Resource::Topic(topic)).await;
        allow(&admin, "dave", Operation::Read, Resource::Group("secure-member")).await;
        let start = async || {
            let consumer = dave
                .consumer("secure-member")
                .topics([topic])
                .auto_offset_reset(OffsetReset::Earliest)
                .configure(|config| config.heartbeat_interval = Duration::from_millis(100));
            let mut consumer = consumer.start().await.unwrap();
            values_of(&mut consumer).await.map(|values| (consumer, values))
        };
        let is_read = |started: &Result<(Consumer, Vec<String>), _>| started.is_ok();
        let (mut consumer, values) = ground.comes(&start, is_read).await.unwrap();
        assert_eq!(values, ["first"]);
        take_away(&admin, "dave", Operation::Read, Resource::Group("secure-member")).await;
        let error = consumer.next().await.unwrap_err();
        assert!(matches!(error, ConsumeError::Group { .. }), "{error:?}");
        assert_eq!(error.class(), Class::Denied);
        assert!(
            chain(&error).contains("GROUP_AUTHORIZATION_FAILED"),
            "{}",
            chain(&error)
        );
        consumer.close().await;
        admin.close().await;
        dave.close().await;
    });
}
