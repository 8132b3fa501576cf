//! Offsets that groups commit, with members and without.

use protocol::messages::delete_groups::DeleteGroupsRequest;
use protocol::messages::describe_transactions::DescribeTransactionsRequest;
use protocol::messages::end_txn::EndTxnRequest;
use protocol::messages::list_groups::ListGroupsRequest;
use protocol::messages::offset_commit::{
    OffsetCommitRequest, OffsetCommitRequestPartition, OffsetCommitRequestTopic,
};
use protocol::messages::offset_delete::{
    OffsetDeleteRequest, OffsetDeleteRequestPartition, OffsetDeleteRequestTopic,
};
use protocol::messages::offset_fetch::{
    OffsetFetchRequest, OffsetFetchRequestGroup, OffsetFetchRequestTopic, OffsetFetchRequestTopics,
};
use protocol::messages::txn_offset_commit::{
    TxnOffsetCommitRequest, TxnOffsetCommitRequestPartition, TxnOffsetCommitRequestTopic,
};
use protocol::{ErrorCode, Uuid};

use super::super::pair::{Kafka, Raw, cluster, compare};
use super::super::requests::init_producer_id;
use super::classic_groups::{join, join_anew, leave, sync};

/// A topic whose offsets are committed, by name and id.
#[derive(Clone, Copy)]
struct Topic<'a> {
    name: &'a str,
    id: Uuid,
}

fn commit(
    group: &str,
    topic: Topic<'_>,
    offsets: &[(i32, i64)],
    metadata: Option<&str>,
) -> OffsetCommitRequest {
    let partitions = offsets
        .iter()
        .map(|&(partition_index, offset)| OffsetCommitRequestPartition {
            partition_index,
            committed_offset: offset,
            committed_leader_epoch: 0,
            committed_metadata: metadata.map(str::to_owned),
        });
    OffsetCommitRequest {
        group_id: group.to_owned(),
        topics: vec![OffsetCommitRequestTopic {
            name: topic.name.to_owned(),
            topic_id: topic.id,
            partitions: partitions.collect(),
        }],
        ..OffsetCommitRequest::default()
    }
}

/// What is committed for these partitions, or for all there are.
fn fetch(group: &str, asked: Option<(Topic<'_>, &[i32])>) -> OffsetFetchRequest {
    let topics = asked.map(|(topic, partitions)| {
        vec![OffsetFetchRequestTopics {
            name: topic.name.to_owned(),
            topic_id: topic.id,
            partition_indexes: partitions.to_vec(),
        }]
    });
    OffsetFetchRequest {
        groups: vec![OffsetFetchRequestGroup {
            group_id: group.to_owned(),
            topics,
            ..OffsetFetchRequestGroup::default()
        }],
        ..OffsetFetchRequest::default()
    }
}

/// The same, in versions before several groups could be asked for.
fn fetch_old(group: &str, asked: Option<(Topic<'_>, &[i32])>) -> OffsetFetchRequest {
    let topics = asked.map(|(topic, partitions)| {
        vec![OffsetFetchRequestTopic {
            name: topic.name.to_owned(),
            partition_indexes: partitions.to_vec(),
        }]
    });
    OffsetFetchRequest {
        group_id: group.to_owned(),
        topics,
        ..OffsetFetchRequest::default()
    }
}

fn delete(group: &str, topic: &str, partitions: &[i32]) -> OffsetDeleteRequest {
    let partitions = partitions
        .iter()
        .map(|&partition_index| OffsetDeleteRequestPartition { partition_index });
    OffsetDeleteRequest {
        group_id: group.to_owned(),
        topics: vec![OffsetDeleteRequestTopic {
            name: topic.to_owned(),
            partitions: partitions.collect(),
        }],
    }
}

/// What is committed, in all versions and ways to ask.
fn look(k: &mut Raw, what: &str, group: &str, topic: Topic<'_>) {
    let some: &[i32] = &[1, 0, 9];
    for version in 1..=7 {
        k.ask_in(version, what, &fetch_old(group, Some((topic, some))));
        if version >= 2 {
            k.ask_in(version, what, &fetch_old(group, None));
        }
    }
    for version in 8..=10 {
        for require_stable in [false, true] {
            for asked in [Some((topic, some)), None] {
                let request = OffsetFetchRequest {
                    require_stable,
                    ..fetch(group, asked)
                };
                k.ask_in(version, what, &request);
            }
        }
    }
}

#[test]
fn group_offsets_without_members() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let name = "simple-t";
        let topic = Topic {
            name,
            id: k.create_topic(name, 3, &[]),
        };
        let unknown = Topic {
            name: "never-there",
            id: Uuid::from_bytes([9; 16]),
        };
        let group = "simple";
        look(&mut k, "before there is a group", group, topic);
        for version in 2..=10 {
            k.ask_in(
                version,
                "good",
                &commit(group, topic, &[(0, i64::from(version)), (1, 7)], Some("m")),
            );
            k.ask_in(
                version,
                "an unknown partition",
                &commit(group, topic, &[(9, 1), (2, 1)], None),
            );
            k.ask_in(
                version,
                "an unknown topic",
                &commit(group, unknown, &[(0, 1)], None),
            );
            let mut other = commit(group, topic, &[(0, 1)], None);
            other.generation_id_or_member_epoch = 1;
            k.ask_in(version, "of a generation", &other);
            other.generation_id_or_member_epoch = -1;
            other.member_id = "m".to_owned();
            k.ask_in(version, "of a member", &other);
            k.ask_in(version, "of no group", &commit("", topic, &[(0, 1)], None));
            k.ask_in(version, "nothing", &commit(group, topic, &[], None));
        }
        k.ask("a negative offset", &commit(group, topic, &[(2, -1)], None));
        k.ask(
            "an offset far below 0",
            &commit(group, topic, &[(2, -7)], Some("")),
        );
        k.ask(
            "metadata as long as can be",
            &commit(group, topic, &[(2, 1)], Some(&"x".repeat(4096))),
        );
        k.ask(
            "metadata that are longer",
            &commit(group, topic, &[(2, 2)], Some(&"x".repeat(4097))),
        );
        k.ask("after that", &commit(group, topic, &[(2, 3)], None));
        look(&mut k, "what is committed", group, topic);
        for version in 8..=10 {
            k.ask_in(version, "an unknown topic", &fetch(group, Some((unknown, &[0]))));
            k.ask_in(version, "no partition", &fetch(group, Some((topic, &[]))));
            let mut both = fetch(group, None);
            both.groups.extend(fetch("nobody-s", None).groups);
            both.groups.extend(fetch("", None).groups);
            k.ask_in(version, "several groups", &both);
            k.ask_in(version, "no group", &OffsetFetchRequest::default());
        }
        for version in 9..=10 {
            for (member, epoch) in [("m", -1), ("m", 0), ("", 5), ("m", 5)] {
                let mut request = fetch(group, Some((topic, &[0])));
                request.groups[0].member_id = Some(member.to_owned());
                request.groups[0].member_epoch = epoch;
                k.ask_in(version, &format!("as {member:?} in {epoch}"), &request);
            }
        }
        let list = ListGroupsRequest {
            states_filter: vec!["Empty".to_owned()],
            types_filter: vec!["Simple".to_owned()],
        };
        k.ask("there is no such type", &list);
        k.ask("some", &delete(group, name, &[0, 0, 9]));
        k.ask("those again", &delete(group, name, &[0]));
        k.ask("of an unknown topic", &delete(group, "never-there", &[0]));
        k.ask("of an unknown group", &delete("nobody-s", name, &[0]));
        k.ask("of no group", &delete("", name, &[0]));
        k.ask("nothing", &delete(group, name, &[]));
        k.ask("what is left", &fetch(group, None));
        let gone = DeleteGroupsRequest {
            groups_names: vec![group.to_owned()],
        };
        k.ask("with offsets", &gone);
        k.ask("of a deleted group", &fetch(group, None));
        k.ask("anew", &commit(group, topic, &[(0, 1)], None));
        k.ask("the last one", &delete(group, name, &[0]));
        k.ask("of nothing", &fetch(group, None));
        k.ask("without offsets", &gone);
    });
}

#[test]
fn group_offsets_with_members() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let name = "t";
        let topic = Topic {
            name,
            id: k.create_topic(name, 2, &[]),
        };
        let other = Topic {
            name: "not-subscribed",
            id: k.create_topic("not-subscribed", 1, &[]),
        };
        let group = "committing";
        k.ask("before there are members", &commit(group, topic, &[(0, 1)], None));
        let joined = join_anew(&mut k, "a member", group);
        let by = |generation: i32, member: &str, offset: i64| OffsetCommitRequest {
            generation_id_or_member_epoch: generation,
            member_id: member.to_owned(),
            ..commit(group, topic, &[(0, offset)], Some("m"))
        };
        for version in [2, 7, 10] {
            k.ask_in(version, "before the assignment", &by(1, &joined.member_id, 2));
        }
        k.ask("alone", &sync(group, &joined, &[(&joined.member_id, "all")]));
        for version in 2..=10 {
            k.ask_in(version, "good", &by(1, &joined.member_id, i64::from(version)));
            k.ask_in(version, "an old generation", &by(0, &joined.member_id, 1));
            k.ask_in(version, "an unknown member", &by(1, "m", 1));
            k.ask_in(version, "no member", &by(-1, "", 1));
            k.ask_in(version, "no generation", &by(-1, &joined.member_id, 1));
        }
        let mut instance = by(1, &joined.member_id, 1);
        instance.group_instance_id = Some("i".to_owned());
        k.ask("an instance that is none", &instance);
        k.ask(
            "not subscribed",
            &OffsetCommitRequest {
                generation_id_or_member_epoch: 1,
                member_id: joined.member_id.clone(),
                ..commit(group, other, &[(0, 5)], None)
            },
        );
        k.ask("of a subscribed topic", &delete(group, name, &[0]));
        k.ask("of another topic", &delete(group, "not-subscribed", &[0]));
        k.ask("what is committed", &fetch(group, None));
        let mut second = kafka.connect();
        let asked = second.ask("another member", &join(group, ""));
        let joins = second.send("another member", &join(group, &asked.member_id));
        let beat = super::classic_groups::heartbeat(group, 1, &joined.member_id);
        k.until("it rebalances", &beat, |answer| answer.error_code != 0);
        k.ask("while it rebalances", &by(1, &joined.member_id, 20));
        let first = k.ask("again", &join(group, &joined.member_id));
        let joined = second.receive(joins);
        k.ask("before the assignment", &by(2, &first.member_id, 21));
        let members = [
            (first.member_id.as_str(), None),
            (joined.member_id.as_str(), None),
        ];
        k.ask("both", &leave(group, &members));
        k.ask("of one who is gone", &by(2, &first.member_id, 22));
        k.ask("of nobody", &commit(group, topic, &[(1, 23)], None));
        k.ask("of an empty group", &delete(group, name, &[0]));
        look(&mut k, "what is left", group, topic);
    });
}

#[test]
fn group_offsets_in_transactions() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let name = "pending-t";
        let topic = Topic {
            name,
            id: k.create_topic(name, 3, &[]),
        };
        let group = "pending";
        k.ask("before", &commit(group, topic, &[(1, 1)], None));
        let mut producer = k.ask("begin", &init_producer_id(Some("pending-x"), 60_000, -1, -1));
        for committed in [false, true] {
            let request = TxnOffsetCommitRequest {
                transactional_id: "pending-x".to_owned(),
                group_id: group.to_owned(),
                producer_id: producer.producer_id,
                producer_epoch: producer.producer_epoch,
                topics: vec![TxnOffsetCommitRequestTopic {
                    name: name.to_owned(),
                    partitions: vec![TxnOffsetCommitRequestPartition {
                        partition_index: 0,
                        committed_offset: 10,
                        committed_metadata: Some("m".to_owned()),
                        ..TxnOffsetCommitRequestPartition::default()
                    }],
                    ..TxnOffsetCommitRequestTopic::default()
                }],
                ..TxnOffsetCommitRequest::default()
            };
            k.ask_in(5, "in the transaction", &request);
            look(&mut k, "while it is open", group, topic);
            k.ask("while it is open", &delete(group, name, &[0, 1]));
            k.ask("around it", &commit(group, topic, &[(1, 2)], None));
            let end = EndTxnRequest {
                transactional_id: "pending-x".to_owned(),
                producer_id: producer.producer_id,
                producer_epoch: producer.producer_epoch,
                committed,
            };
            let ended = k.ask("end", &end);
            producer.producer_epoch = ended.producer_epoch;
            // The markers are written after the answer.
            k.settle(|link| {
                let request = DescribeTransactionsRequest {
                    transactional_ids: vec!["pending-x".to_owned()],
                };
                let state = &link.ask(&request).transaction_states[0].transaction_state;
                if state.starts_with("Complete") {
                    ErrorCode::NONE
                } else {
                    ErrorCode::CONCURRENT_TRANSACTIONS
                }
            });
            look(&mut k, "when it has ended", group, topic);
        }
    });
}
