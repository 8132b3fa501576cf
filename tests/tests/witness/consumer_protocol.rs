//! Subscriptions and assignments with their versions in front.

use std::collections::BTreeSet;

use bytes::Bytes;
use protocol::consumer_protocol::{Assignment, Subscription, TopicPartitions};
use protocol::testing::Rng;

use super::jvm::ask;
use super::wire::{Answer, Question};
use super::{report, rng};

const INSTANCES: usize = 100;

#[test]
fn subscriptions() {
    real_kafka::require!(own);
    let mut rng = rng("subscriptions");
    for version in 0..=Subscription::VERSION_MAX {
        for _ in 0..INSTANCES {
            let full = Subscription {
                // Java sorts what it writes.
                topics: names(&mut rng),
                user_data: rng.nullable(true, Rng::bytes),
                owned_partitions: partitions(&mut rng),
                generation: rng.nullable(true, |rng| rng.i32() & i32::MAX),
                rack: rng.nullable(true, Rng::string),
            };
            let bytes = full.encode(version).unwrap();
            let mut question = Question::new("facts.subscription_write");
            question.i16(version).count(full.topics.len());
            for topic in &full.topics {
                question.text(topic);
            }
            question.nullable_bytes(full.user_data.as_deref());
            put_partitions(&mut question, &full.owned_partitions);
            question.i32(full.generation.unwrap_or(-1));
            question.nullable_bytes(full.rack.as_deref().map(str::as_bytes));
            let mut answer = ask(&question);
            assert_eq!(bytes, answer.bytes(), "version {version} of {full:?}");
            answer.finish();

            let mut answer = ask(Question::new("facts.subscription_read").bytes(&bytes));
            let theirs = Subscription {
                topics: (0..answer.count()).map(|_| answer.text()).collect(),
                user_data: answer.nullable_bytes().map(Bytes::from),
                owned_partitions: read_partitions(&mut answer),
                generation: Some(answer.i32()).filter(|generation| *generation >= 0),
                // Java takes an empty rack for none.
                rack: answer.nullable_text(),
            };
            answer.finish();
            let mut ours = Subscription::decode(&bytes).unwrap();
            ours.rack = ours.rack.filter(|rack| !rack.is_empty());
            assert_eq!(ours, theirs);
        }
    }
    let versions = usize::try_from(Subscription::VERSION_MAX).unwrap() + 1;
    report(format_args!(
        "{} subscriptions in {versions} versions",
        versions * INSTANCES
    ));
    assert_eq!(versions, 4);
}

#[test]
fn assignments() {
    real_kafka::require!(own);
    let mut rng = rng("assignments");
    for version in 0..=Assignment::VERSION_MAX {
        for _ in 0..INSTANCES {
            let full = Assignment {
                partitions: partitions(&mut rng),
                user_data: rng.nullable(true, Rng::bytes),
            };
            let bytes = full.encode(version).unwrap();
            let mut question = Question::new("facts.assignment_write");
            question.i16(version);
            put_partitions(&mut question, &full.partitions);
            question.nullable_bytes(full.user_data.as_deref());
            let mut answer = ask(&question);
            assert_eq!(bytes, answer.bytes(), "version {version} of {full:?}");
            answer.finish();

            let mut answer = ask(Question::new("facts.assignment_read").bytes(&bytes));
            let theirs = Assignment {
                partitions: read_partitions(&mut answer),
                user_data: answer.nullable_bytes().map(Bytes::from),
            };
            answer.finish();
            assert_eq!(Assignment::decode(&bytes).unwrap(), theirs);
        }
    }
    let versions = usize::try_from(Assignment::VERSION_MAX).unwrap() + 1;
    report(format_args!(
        "{} assignments in {versions} versions",
        versions * INSTANCES
    ));
    assert_eq!(versions, 4);
}

/// Names in Java's order, which is that of UTF-16 units.
fn names(rng: &mut Rng) -> Vec<String> {
    let mut names: Vec<String> = rng
        .array(Rng::string)
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    names.sort_by_key(|name| name.encode_utf16().collect::<Vec<_>>());
    names
}

fn partitions(rng: &mut Rng) -> Vec<TopicPartitions> {
    names(rng)
        .into_iter()
        .map(|topic| {
            let mut partitions = rng.array(Rng::i32);
            partitions.push(rng.i32());
            partitions.sort_unstable();
            TopicPartitions { topic, partitions }
        })
        .collect()
}

fn put_partitions(question: &mut Question, topics: &[TopicPartitions]) {
    question.count(topics.iter().map(|topic| topic.partitions.len()).sum());
    for topic in topics {
        for partition in &topic.partitions {
            question.text(&topic.topic).i32(*partition);
        }
    }
}

fn read_partitions(answer: &mut Answer) -> Vec<TopicPartitions> {
    let mut topics: Vec<TopicPartitions> = Vec::new();
    for _ in 0..answer.count() {
        let (topic, partition) = (answer.text(), answer.i32());
        match topics.last_mut() {
            Some(last) if last.topic == topic => last.partitions.push(partition),
            _ => topics.push(TopicPartitions {
                topic,
                partitions: vec![partition],
            }),
        }
    }
    topics
}
