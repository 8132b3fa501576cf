//! Groups of KIP-848, whose assignments the coordinator makes.

use protocol::messages::consumer_group_describe::ConsumerGroupDescribeRequest;
use protocol::messages::consumer_group_heartbeat::{
    ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse, RequestTopicPartitions,
};
use protocol::messages::delete_groups::DeleteGroupsRequest;
use protocol::messages::incremental_alter_configs::{
    AlterConfigsResource, AlterableConfig, IncrementalAlterConfigsRequest,
};
use protocol::messages::offset_commit::OffsetCommitRequest;
use protocol::messages::offset_fetch::{
    OffsetFetchRequest, OffsetFetchRequestGroup, OffsetFetchRequestTopics,
};
use protocol::{ErrorCode, Uuid};

use super::super::pair::{Kafka, Raw, cluster, compare};
use super::super::requests::commit;
use super::classic_groups;

fn beat(group: &str, member: &str, epoch: i32) -> ConsumerGroupHeartbeatRequest {
    ConsumerGroupHeartbeatRequest {
        group_id: group.to_owned(),
        member_id: member.to_owned(),
        member_epoch: epoch,
        ..ConsumerGroupHeartbeatRequest::default()
    }
}

/// The first heartbeat of a member, which says all of it.
fn enter(group: &str, member: &str, topics: &[&str]) -> ConsumerGroupHeartbeatRequest {
    ConsumerGroupHeartbeatRequest {
        rebalance_timeout_ms: 30_000,
        subscribed_topic_names: Some(topics.iter().map(|topic| (*topic).to_owned()).collect()),
        topic_partitions: Some(Vec::new()),
        ..beat(group, member, 0)
    }
}

/// What a member has, as it says it.
fn owned(owned: &[(Uuid, &[i32])]) -> Option<Vec<RequestTopicPartitions>> {
    let topics = owned.iter().map(|(topic_id, partitions)| RequestTopicPartitions {
        topic_id: *topic_id,
        partitions: partitions.to_vec(),
    });
    Some(topics.collect())
}

/// What the coordinator wants a member to have, as the member says that it does.
fn taken(answer: &ConsumerGroupHeartbeatResponse) -> Option<Vec<RequestTopicPartitions>> {
    let assignment = answer.assignment.as_ref()?;
    let topics = assignment
        .topic_partitions
        .iter()
        .map(|topic| RequestTopicPartitions {
            topic_id: topic.topic_id,
            partitions: topic.partitions.clone(),
        });
    Some(topics.collect())
}

fn describe(group: &str) -> ConsumerGroupDescribeRequest {
    ConsumerGroupDescribeRequest {
        group_ids: vec![group.to_owned()],
        include_authorized_operations: true,
    }
}

/// Waits until something is assigned.
fn until_assigned(
    k: &mut Raw,
    what: &str,
    request: &ConsumerGroupHeartbeatRequest,
    partitions: usize,
) -> ConsumerGroupHeartbeatResponse {
    k.until(what, request, |answer| {
        let topics = answer
            .assignment
            .iter()
            .flat_map(|assignment| &assignment.topic_partitions);
        topics.map(|topic| topic.partitions.len()).sum::<usize>() == partitions
    })
}

/// Waits until a group is in a state.
fn until_state(k: &mut Raw, what: &str, group: &str, state: &str) {
    k.until(what, &describe(group), |answer| {
        answer.groups[0].group_state == state
    });
}

/// Creates a topic, and waits until the coordinator of a group knows it: it learns of topics in its own time.
fn create_topic(k: &mut Raw, group: &str, topic: &str, partitions: i32) -> Uuid {
    let id = k.create_topic(topic, partitions, &[]);
    let mut probes = (0..).map(|number| format!("probe-{number}"));
    let probe = probes.find(|probe| kept_in(probe) == kept_in(group)).unwrap();
    k.settle(|link| {
        let answer = link.ask(&enter(&probe, "probe", &[topic]));
        let is_there = answer
            .assignment
            .is_some_and(|one| !one.topic_partitions.is_empty());
        if is_there {
            ErrorCode::NONE
        } else {
            ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
        }
    });
    k.settle(|link| ErrorCode(link.ask(&beat(&probe, "probe", -1)).error_code));
    id
}

/// Which partition keeps a group: Java's hash of its name, modulo their number.
fn kept_in(group: &str) -> u32 {
    let hash = group.bytes().fold(0_u32, |hash, byte| {
        hash.wrapping_mul(31).wrapping_add(byte.into())
    });
    (hash & 0x7fff_ffff) % 4
}

fn set_for_group(k: &mut Raw, group: &str, settings: &[(&str, &str)]) {
    let configs = settings.iter().map(|&(name, value)| AlterableConfig {
        name: name.to_owned(),
        config_operation: 0,
        value: Some(value.to_owned()),
    });
    let request = IncrementalAlterConfigsRequest {
        resources: vec![AlterConfigsResource {
            resource_type: 32,
            resource_name: group.to_owned(),
            configs: configs.collect(),
        }],
        validate_only: false,
    };
    k.ask("a setting of the group", &request);
}

#[test]
fn consumer_group_of_one() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let (group, topic) = ("consumer-one", "consumer-one-t");
        let id = create_topic(&mut k, group, topic, 2);
        k.ask_in_all("before there is a group", &describe(group));
        for version in 0..=1 {
            k.ask_in(version, "before there is a group", &beat(group, "a", 1));
            k.ask_in(version, "before there is a group", &beat(group, "a", -1));
            k.ask_in(version, "no group", &enter("", "a", &[topic]));
            k.ask_in(version, "an epoch that is none", &beat(group, "a", -3));
            k.ask_in(
                version,
                "no topics",
                &ConsumerGroupHeartbeatRequest {
                    subscribed_topic_names: None,
                    ..enter(group, "a", &[])
                },
            );
            k.ask_in(
                version,
                "no time for rebalances",
                &ConsumerGroupHeartbeatRequest {
                    rebalance_timeout_ms: -1,
                    ..enter(group, "a", &[topic])
                },
            );
            k.ask_in(
                version,
                "nothing owned is said",
                &ConsumerGroupHeartbeatRequest {
                    topic_partitions: None,
                    ..enter(group, "a", &[topic])
                },
            );
            k.ask_in(
                version,
                "something owned",
                &ConsumerGroupHeartbeatRequest {
                    topic_partitions: owned(&[(id, &[0])]),
                    ..enter(group, "a", &[topic])
                },
            );
            k.ask_in(
                version,
                "an unknown assignor",
                &ConsumerGroupHeartbeatRequest {
                    server_assignor: Some("nonsense".to_owned()),
                    ..enter(group, "a", &[topic])
                },
            );
            k.ask_in(
                version,
                "an empty instance",
                &ConsumerGroupHeartbeatRequest {
                    instance_id: Some(String::new()),
                    ..enter(group, "a", &[topic])
                },
            );
            k.ask_in(
                version,
                "an empty rack",
                &ConsumerGroupHeartbeatRequest {
                    rack_id: Some(String::new()),
                    ..enter(group, "a", &[topic])
                },
            );
            k.ask_in(
                version,
                "an empty assignor",
                &ConsumerGroupHeartbeatRequest {
                    server_assignor: Some(String::new()),
                    ..enter(group, "a", &[topic])
                },
            );
            k.ask_in(version, "an instance leaves that is none", &beat(group, "a", -2));
            k.ask_in(
                version,
                "no time for rebalances at all",
                &ConsumerGroupHeartbeatRequest {
                    rebalance_timeout_ms: 0,
                    ..enter("consumer-brief", "a", &[topic])
                },
            );
        }
        k.ask(
            "a pattern that is none",
            &ConsumerGroupHeartbeatRequest {
                subscribed_topic_names: None,
                subscribed_topic_regex: Some("(".to_owned()),
                ..enter(group, "a", &[])
            },
        );
        let named = k.ask_in(0, "without an id", &enter("consumer-unnamed", "", &[topic]));
        let named = named.member_id.unwrap_or_default();
        k.ask_in(0, "with the one it got", &beat("consumer-unnamed", &named, -1));

        let epoch = k.ask("the first", &enter(group, "a", &[topic])).member_epoch;
        k.ask("the first, again", &enter(group, "a", &[topic]));
        k.ask("as it is", &beat(group, "a", epoch));
        let mut full = enter(group, "a", &[topic]);
        full.member_epoch = epoch;
        k.ask("all of it, nothing owned", &full);
        full.topic_partitions = owned(&[(id, &[0, 1])]);
        k.ask("all of it", &full);
        until_state(&mut k, "at rest", group, "Stable");
        k.ask_in(0, "at rest", &describe(group));
        for version in 0..=1 {
            k.ask_in(version, "an old epoch", &beat(group, "a", epoch - 1));
            k.ask_in(version, "an epoch ahead", &beat(group, "a", epoch + 1));
            k.ask_in(version, "an unknown member", &beat(group, "b", epoch));
            k.ask_in(version, "an unknown member leaves", &beat(group, "b", -1));
            k.ask_in(
                version,
                "an unknown instance leaves",
                &ConsumerGroupHeartbeatRequest {
                    instance_id: Some("i".to_owned()),
                    ..beat(group, "b", -2)
                },
            );
        }
        k.ask("after that", &beat(group, "a", epoch));
        let mut changed = beat(group, "a", epoch);
        changed.subscribed_topic_names = Some(vec![topic.to_owned(), "never-there".to_owned()]);
        k.ask("another topic, which is not there", &changed);
        k.ask("after that", &describe(group));

        // Offsets of its member.
        let by = |epoch: i32, member: &str| commit(group, epoch, member, id, 0, 3);
        for version in [9, 10] {
            let name_too = |mut request: OffsetCommitRequest| {
                request.topics[0].name = topic.to_owned();
                request
            };
            k.ask_in(version, "good", &name_too(by(epoch, "a")));
            k.ask_in(version, "an old epoch", &name_too(by(epoch - 1, "a")));
            k.ask_in(version, "an epoch ahead", &name_too(by(epoch + 1, "a")));
            k.ask_in(version, "an unknown member", &name_too(by(epoch, "b")));
            k.ask_in(version, "nobody", &name_too(by(-1, "")));
        }
        for version in [2, 8] {
            let mut request = by(epoch, "a");
            request.topics[0].name = topic.to_owned();
            k.ask_in(version, "in a version before there were epochs", &request);
            request.generation_id_or_member_epoch = epoch - 1;
            k.ask_in(
                version,
                "in a version before there were epochs, an old one",
                &request,
            );
        }
        let mut fetch = OffsetFetchRequest {
            groups: vec![OffsetFetchRequestGroup {
                group_id: group.to_owned(),
                topics: Some(vec![OffsetFetchRequestTopics {
                    name: topic.to_owned(),
                    topic_id: id,
                    partition_indexes: vec![0, 1],
                }]),
                ..OffsetFetchRequestGroup::default()
            }],
            ..OffsetFetchRequest::default()
        };
        for (member, epoch) in [
            (None, -1),
            (Some("a"), epoch),
            (Some("a"), epoch - 1),
            (Some("a"), epoch + 1),
            (Some("b"), epoch),
            (Some("a"), -1),
            (None, epoch),
        ] {
            fetch.groups[0].member_id = member.map(str::to_owned);
            fetch.groups[0].member_epoch = epoch;
            for version in 9..=10 {
                k.ask_in(version, &format!("by {member:?} in {epoch}"), &fetch);
            }
        }

        // What the classic protocol makes of it.
        k.ask("a group of the other kind", &classic_groups::describe(group));
        k.ask_in(5, "a group of the other kind", &classic_groups::describe(group));
        k.ask("of the other kind", &classic_groups::heartbeat(group, epoch, "a"));
        k.ask("of the other kind", &classic_groups::leave(group, &[("a", None)]));
        k.ask("an unknown member", &classic_groups::leave(group, &[("b", None)]));
        let mut join = classic_groups::join(group, "");
        join.protocol_type = "connect".to_owned();
        k.ask("a member of the other kind", &join);
        let delete = DeleteGroupsRequest {
            groups_names: vec![group.to_owned()],
        };
        k.ask("a group with members", &delete);
        k.ask("leave", &beat(group, "a", -1));
        k.ask("when all have left", &describe(group));
        k.ask("of one who has left", &beat(group, "a", epoch));
        k.ask("of one who has left", &by(epoch, "a"));
        k.ask("of nobody", &by(-1, ""));
        k.ask("of an empty group", &classic_groups::describe(group));
        k.ask("an empty group", &delete);
        k.ask("a deleted group", &describe(group));
        k.ask("a deleted group", &beat(group, "a", epoch));
    });
}

#[test]
fn consumer_group_of_two() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        // With several topics, which share Kafka's uniform assignor makes depends on their ids.
        for (assignor, partitions) in [("uniform", &[7][..]), ("range", &[4, 3])] {
            let group = format!("consumer-{assignor}");
            let group = group.as_str();
            let names: Vec<String> = (1..=partitions.len())
                .map(|number| format!("{group}-{number}"))
                .collect();
            for (name, count) in names.iter().zip(partitions) {
                create_topic(&mut k, group, name, *count);
            }
            let topics: Vec<&str> = names.iter().map(String::as_str).collect();
            let first = |member: &str| ConsumerGroupHeartbeatRequest {
                server_assignor: Some(assignor.to_owned()),
                ..enter(group, member, &topics)
            };
            let a = until_assigned(&mut k, "a enters", &first("a"), 7);
            let mut all = beat(group, "a", a.member_epoch);
            all.topic_partitions = taken(&a);
            k.ask("a has it", &all);
            until_state(&mut k, "a alone", group, "Stable");
            let b = k.until("b enters", &first("b"), |answer| {
                answer.member_epoch > a.member_epoch
            });
            k.ask("b waits", &beat(group, "b", b.member_epoch));
            let fewer = k.until("a is to give up", &beat(group, "a", a.member_epoch), |answer| {
                answer.assignment.is_some()
            });
            k.ask("a gives up", &describe(group));
            k.ask("a still gives up", &all);
            k.ask("b still waits", &beat(group, "b", b.member_epoch));
            let mut rest = beat(group, "a", a.member_epoch);
            rest.topic_partitions = taken(&fewer);
            let a = k.ask("a has given up", &rest);
            let b = k.until("b gets it", &beat(group, "b", b.member_epoch), |answer| {
                answer.assignment.is_some()
            });
            let mut has = beat(group, "b", b.member_epoch);
            has.topic_partitions = taken(&b);
            k.ask("b has it", &has);
            until_state(&mut k, "a and b", group, "Stable");

            // The second member leaves what it had to the first.
            k.ask("b leaves", &beat(group, "b", -1));
            let a = k.until("a gets all", &beat(group, "a", a.member_epoch), |answer| {
                answer.assignment.is_some()
            });
            let mut all = beat(group, "a", a.member_epoch);
            all.topic_partitions = taken(&a);
            k.ask("a has all", &all);
            if names.len() == 1 {
                continue;
            }
            let mut fewer = beat(group, "a", a.member_epoch);
            fewer.subscribed_topic_names = Some(names[1..].to_vec());
            k.until("a wants less", &fewer, |answer| answer.assignment.is_some());
            k.ask("a wants less", &describe(group));
            k.ask("a leaves", &beat(group, "a", -1));
        }
    });
}

#[test]
fn consumer_group_by_pattern() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let group = "consumer-pattern";
        create_topic(&mut k, group, "pattern-a", 2);
        create_topic(&mut k, group, "pattern-b", 1);
        create_topic(&mut k, group, "not-a-pattern", 1);
        let by = |pattern: &str| ConsumerGroupHeartbeatRequest {
            subscribed_topic_names: None,
            subscribed_topic_regex: Some(pattern.to_owned()),
            ..enter(group, "a", &[])
        };
        let epoch = until_assigned(&mut k, "the topics are found", &by("pattern-[ab]"), 3);
        let mut has = beat(group, "a", epoch.member_epoch);
        has.topic_partitions = taken(&epoch);
        k.ask("it has them", &has);
        until_state(&mut k, "by a pattern", group, "Stable");
        let mut other = beat(group, "a", epoch.member_epoch);
        other.subscribed_topic_regex = Some("[".to_owned());
        k.ask("a pattern that is none", &other);
        k.ask("after that", &beat(group, "a", epoch.member_epoch));
        k.ask("leave", &beat(group, "a", -1));
    });
}

#[test]
fn consumer_members_that_are_static() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let (group, topic) = ("consumer-static", "consumer-static-t");
        create_topic(&mut k, group, topic, 2);
        let of = |instance: &str, request: ConsumerGroupHeartbeatRequest| ConsumerGroupHeartbeatRequest {
            instance_id: Some(instance.to_owned()),
            ..request
        };
        let a = until_assigned(&mut k, "a enters", &of("i", enter(group, "a", &[topic])), 2);
        k.ask("a enters again", &of("i", enter(group, "a", &[topic])));
        let mut has = of("i", beat(group, "a", a.member_epoch));
        has.topic_partitions = taken(&a);
        k.ask("a has it", &has);
        k.ask("the instance is in use", &of("i", enter(group, "b", &[topic])));
        k.ask("another instance", &of("j", beat(group, "a", a.member_epoch)));
        k.ask("another member", &of("i", beat(group, "b", a.member_epoch)));
        k.ask("without its instance", &beat(group, "a", a.member_epoch));
        k.ask("as another member leaves", &of("i", beat(group, "b", -2)));
        k.ask(
            "as another member leaves for good",
            &of("i", beat(group, "b", -1)),
        );
        k.ask("of an instance", &describe(group));
        k.ask("for a while", &of("i", beat(group, "a", -2)));
        k.ask("while it is away", &describe(group));
        k.ask("while it is away", &of("i", beat(group, "a", a.member_epoch)));
        let b = k.ask("comes back as b", &of("i", enter(group, "b", &[topic])));
        k.ask("the one it was", &of("i", beat(group, "a", a.member_epoch)));
        let mut has = of("i", beat(group, "b", b.member_epoch));
        has.topic_partitions = taken(&b);
        k.ask("b has it", &has);
        k.ask("of the one that came back", &describe(group));
        k.ask("for good", &of("i", beat(group, "b", -1)));
        k.ask("of nobody", &describe(group));
    });
}

#[test]
fn consumer_members_time_out() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let (group, topic) = ("consumer-expiring", "consumer-expiring-t");
        create_topic(&mut k, group, topic, 2);
        set_for_group(&mut k, group, &[("consumer.session.timeout.ms", "999")]);
        // Both at once: answers show the interval, and with it that brokers know the time-out.
        let settings = [
            ("consumer.heartbeat.interval.ms", "200"),
            ("consumer.session.timeout.ms", "1000"),
        ];
        set_for_group(&mut k, group, &settings);
        k.until(
            "with the settings of the group",
            &enter(group, "a", &[topic]),
            |answer| {
                answer.heartbeat_interval_ms == 200
                    && answer
                        .assignment
                        .as_ref()
                        .is_some_and(|one| !one.topic_partitions.is_empty())
            },
        );
        k.until("nothing is heard of it", &describe(group), |answer| {
            answer.groups[0].group_state == "Empty"
        });
        k.ask("of one who timed out", &beat(group, "a", 1));

        // One who does not give up what it is to give up is put out.
        let group = "consumer-slow";
        create_topic(&mut k, group, "consumer-slow-t", 2);
        let topic = "consumer-slow-t";
        let slow = ConsumerGroupHeartbeatRequest {
            rebalance_timeout_ms: 500,
            ..enter(group, "a", &[topic])
        };
        let a = until_assigned(&mut k, "a slow one", &slow, 2);
        let mut has = beat(group, "a", a.member_epoch);
        has.topic_partitions = taken(&a);
        k.ask("it has it", &has);
        k.ask("a second", &enter(group, "b", &[topic]));
        k.until("it is to give up", &beat(group, "a", a.member_epoch), |answer| {
            answer.assignment.is_some()
        });
        k.until("it is put out", &describe(group), |answer| {
            answer.groups[0].members.len() == 1
        });
        k.ask("of one who was put out", &beat(group, "a", a.member_epoch));
        until_assigned(&mut k, "the second has all", &enter(group, "b", &[topic]), 2);
    });
}

#[test]
fn consumer_group_that_is_full() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let (group, topic) = ("consumer-full", "consumer-full-t");
        create_topic(&mut k, group, topic, 2);
        for member in ["a", "b", "c", "d"] {
            k.until("one more", &enter(group, member, &[topic]), |answer| {
                answer.error_code == 0
            });
        }
        k.ask("one too many", &enter(group, "e", &[topic]));
        k.ask("one leaves", &beat(group, "d", -1));
        let full = k.ask("another comes", &enter(group, "e", &[topic]));
        k.ask("it is there", &beat(group, "e", full.member_epoch));
    });
}

#[test]
fn consumer_groups_and_classic_ones() {
    real_kafka::require!(own);
    compare(cluster::shared(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let topic = "kinds-t";
        create_topic(&mut k, "kinds", topic, 1);
        // A group without members takes either kind.
        let group = "kinds";
        let joined = classic_groups::join_anew(&mut k, "a classic member", group);
        k.ask("of the other kind", &describe(group));
        k.ask(
            "leave",
            &classic_groups::leave(group, &[(&joined.member_id, None)]),
        );
        k.ask("of the other kind", &describe(group));
        k.ask("a consumer comes", &enter(group, "a", &[topic]));
        k.ask("it is another kind now", &describe(group));
        k.ask("it is another kind now", &classic_groups::describe(group));
        k.ask("leave", &beat(group, "a", -1));
        let joined = classic_groups::join_anew(&mut k, "a classic member comes", group);
        k.ask("it is classic again", &classic_groups::describe(group));
        k.ask("it is classic again", &describe(group));
        k.ask(
            "leave",
            &classic_groups::leave(group, &[(&joined.member_id, None)]),
        );

        // One that works for something else is left alone.
        let group = "kinds-connect";
        let mut join = classic_groups::join(group, "");
        join.protocol_type = "connect".to_owned();
        let asked = k.ask("a worker", &join);
        join.member_id = asked.member_id;
        k.ask("a worker", &join);
        k.ask("a consumer among workers", &enter(group, "a", &[topic]));
        k.ask("of workers", &describe(group));
        k.ask("of workers", &beat(group, "a", 1));
        k.ask("of workers", &beat(group, "a", -1));
    });
}
