//! Rules and commands: what they do to requests, answers and brokers.

use std::time::Duration;

use kafka_sandbox::answers::LinkId;
use kafka_sandbox::fault::{Command, CommandError, Fault, Rule};
use protocol::messages::api_versions::ApiVersionsRequest;
use protocol::messages::fetch::{FetchPartition, FetchRequest, FetchTopic};
use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic, MetadataResponse};
use protocol::messages::produce::{PartitionProduceData, ProduceRequest, ProduceResponse, TopicProduceData};
use protocol::{ApiKey, ErrorCode};

use crate::support::{Cluster, batch};

/// Three brokers; partition n of `orders` is led by broker n + 1 and held by all.
pub(crate) fn cluster() -> Cluster {
    let mut cluster = Cluster::of(3);
    cluster.create_topic("orders", 3, 3);
    cluster.core.clear_requests();
    cluster
}

pub(crate) fn produce(partitions: &[i32]) -> ProduceRequest {
    let data = partitions.iter().map(|&index| PartitionProduceData {
        index,
        records: Some(batch(&["value"])),
    });
    ProduceRequest {
        acks: -1,
        timeout_ms: 1000,
        topic_data: vec![TopicProduceData {
            name: "orders".to_owned(),
            partition_data: data.collect(),
            ..TopicProduceData::default()
        }],
        ..ProduceRequest::default()
    }
}

/// Nobody reads answers to such a request: an answer would be taken for that to the next.
#[test]
fn a_refusal_without_acknowledgement_closes_the_connection() {
    let mut cluster = cluster();
    let rule = Rule::on(ApiKey::PRODUCE);
    let rule = rule.once().reply(ErrorCode::NOT_ENOUGH_REPLICAS);
    cluster.core.add_rule(rule).unwrap();
    let link = cluster.connect(1);
    let request = ProduceRequest {
        acks: 0,
        ..produce(&[0])
    };
    let asked = cluster.send(link, 9, &request);
    assert!(cluster.answer::<ProduceResponse>(asked).is_none());
    assert!(cluster.is_closed(link));
}

pub(crate) fn outcomes(response: &ProduceResponse) -> Vec<(ErrorCode, i64)> {
    let partitions = response
        .responses
        .iter()
        .flat_map(|topic| &topic.partition_responses);
    partitions
        .map(|partition| (ErrorCode(partition.error_code), partition.base_offset))
        .collect()
}

pub(crate) fn add(cluster: &mut Cluster, line: &str) {
    match line.parse().unwrap() {
        Fault::Rule(rule) => {
            cluster.core.add_rule(rule).unwrap();
        }
        Fault::Command(command) => {
            let now = cluster.now();
            cluster.core.perform(now, &command).unwrap();
            cluster.collect();
        }
    }
}

pub(crate) fn write(cluster: &mut Cluster, broker: i32) -> (ErrorCode, i64) {
    outcomes(&cluster.ask(broker, 9, &produce(&[broker - 1])))[0]
}

fn leaders(cluster: &mut Cluster, asked: i32) -> Vec<(i32, i32)> {
    let topic = MetadataRequestTopic {
        name: Some("orders".to_owned()),
        ..MetadataRequestTopic::default()
    };
    let request = MetadataRequest {
        topics: Some(vec![topic]),
        ..MetadataRequest::default()
    };
    let response = cluster.ask(asked, 12, &request);
    let partitions = response.topics[0].partitions.iter();
    partitions
        .map(|partition| (partition.leader_id, partition.leader_epoch))
        .collect()
}

#[test]
fn a_rule_applies_as_often_as_it_says_to_what_it_names() {
    let mut cluster = cluster();
    let rule = Rule::on(ApiKey::PRODUCE)
        .broker(2)
        .skip(1)
        .times(2)
        .reply(ErrorCode::NOT_LEADER_OR_FOLLOWER);
    cluster.core.add_rule(rule).unwrap();
    let refused = (ErrorCode::NOT_LEADER_OR_FOLLOWER, -1);
    assert_eq!(write(&mut cluster, 1), (ErrorCode::NONE, 0));
    let written: Vec<_> = (0..4).map(|_| write(&mut cluster, 2)).collect();
    assert_eq!(
        written,
        [(ErrorCode::NONE, 0), refused, refused, (ErrorCode::NONE, 1)]
    );
    assert_eq!(cluster.core.rules().len(), 0, "a rule at its end is dropped");
    assert_eq!(cluster.core.requests().of(ApiKey::PRODUCE).to(2).count(), 4);
}

#[test]
fn an_error_for_a_partition_leaves_the_others_alone() {
    let mut cluster = cluster();
    add(&mut cluster, "move=orders-1:1");
    add(
        &mut cluster,
        "produce topic=orders partition=1 once reply=KAFKA_STORAGE_ERROR",
    );
    let response = cluster.ask(1, 9, &produce(&[0, 1]));
    assert_eq!(
        outcomes(&response),
        [(ErrorCode::NONE, 0), (ErrorCode::KAFKA_STORAGE_ERROR, -1)]
    );
    let response = cluster.ask(1, 9, &produce(&[0, 1]));
    assert_eq!(outcomes(&response), [(ErrorCode::NONE, 1), (ErrorCode::NONE, 0)]);
}

#[test]
fn a_connection_is_dropped_before_or_after_the_request_is_applied() {
    let mut cluster = cluster();
    for (line, end) in [("produce once drop=before", 0), ("produce once drop=after", 1)] {
        add(&mut cluster, line);
        let link = cluster.connect(1);
        let asked = cluster.send(link, 9, &produce(&[0]));
        assert!(cluster.is_closed(link), "{line}");
        assert_eq!(cluster.answer::<ProduceResponse>(asked), None);
        assert_eq!(write(&mut cluster, 1), (ErrorCode::NONE, end), "{line}");
        add(&mut cluster, "recreate=orders");
        add(&mut cluster, "move=orders-0:1");
    }
}

#[test]
fn a_request_is_held_up_and_an_answer_is_late() {
    let mut cluster = cluster();
    let link = cluster.connect(1);
    for (line, applied_at_once) in [("produce once hold=2s", false), ("produce once delay=2s", true)] {
        add(&mut cluster, line);
        let asked = cluster.send(link, 9, &produce(&[0]));
        // What is asked meanwhile on the same connection waits behind it.
        let behind = cluster.send(link, 3, &ApiVersionsRequest::default());
        assert_eq!(end_offset(&mut cluster) > 0, applied_at_once, "{line}");
        cluster.advance(Duration::from_millis(1999));
        assert_eq!(cluster.answer::<ProduceResponse>(asked), None, "{line}");
        cluster.advance(Duration::from_millis(1));
        assert!(cluster.answer::<ProduceResponse>(asked).is_some(), "{line}");
        assert_eq!(end_offset(&mut cluster), 1);
        assert!(cluster.frame(link).is_some(), "{behind:?}");
        add(&mut cluster, "recreate=orders");
        add(&mut cluster, "move=orders-0:1");
    }
    let seen = cluster.core.requests().of(ApiKey::PRODUCE);
    assert_eq!(seen.count(), 2, "what was held up is counted once");
}

/// The end of partition 0, as its leader says.
pub(crate) fn end_offset(cluster: &mut Cluster) -> i64 {
    let request = FetchRequest {
        topics: vec![FetchTopic {
            topic: "orders".to_owned(),
            partitions: vec![FetchPartition::default()],
            ..FetchTopic::default()
        }],
        ..FetchRequest::default()
    };
    cluster.ask(1, 11, &request).responses[0].partitions[0].high_watermark
}

#[test]
fn a_throttled_client_is_told_and_not_read() {
    let mut cluster = cluster();
    add(&mut cluster, "metadata once throttle=3s");
    let link = cluster.connect(1);
    let response = cluster.ask_on(link, 9, &MetadataRequest::default());
    assert_eq!(response.throttle_time_ms, 3000);
    let asked = cluster.send(link, 9, &MetadataRequest::default());
    cluster.advance(Duration::from_millis(2999));
    assert!(cluster.answer::<MetadataResponse>(asked).is_none());
    cluster.advance(Duration::from_millis(1));
    let response = cluster.answer::<MetadataResponse>(asked);
    assert_eq!(response.map(|response| response.throttle_time_ms), Some(0));
}

#[test]
fn answers_are_cut_corrupted_and_split() {
    let mut cluster = cluster();
    let answer_of = |cluster: &mut Cluster, link: LinkId| {
        let asked = cluster.send(link, 3, &ApiVersionsRequest::default());
        cluster.advance(Duration::from_secs(1));
        let frame = cluster.frame(link);
        (frame, asked)
    };
    let link = cluster.connect(1);
    let (whole, _) = answer_of(&mut cluster, link);
    let whole = whole.unwrap();

    add(&mut cluster, "api-versions once split=7 every=1ms");
    let before = cluster.arrived(link).0;
    let (split, _) = answer_of(&mut cluster, link);
    assert_eq!(split.unwrap().slice(4..), whole.slice(4..));
    assert_eq!(cluster.arrived(link).0 - before, (whole.len() + 4).div_ceil(7));

    add(&mut cluster, "api-versions once corrupt=5");
    let (corrupt, _) = answer_of(&mut cluster, link);
    let corrupt = corrupt.unwrap();
    let differs: Vec<usize> = (4..whole.len()).filter(|&at| corrupt[at] != whole[at]).collect();
    assert_eq!(differs, [4 + 5]);

    add(&mut cluster, "api-versions once truncate=10");
    let (cut, _) = answer_of(&mut cluster, link);
    assert_eq!(cut, None);
    assert_eq!(cluster.arrived(link).1, 10);
    assert!(cluster.is_closed(link));
}

#[test]
fn a_killed_broker_loses_its_connections_and_its_partitions() {
    let mut cluster = cluster();
    let link = cluster.connect(1);
    add(&mut cluster, "kill=1");
    assert!(cluster.is_closed(link));
    assert!(cluster.try_connect(1).is_none());
    assert_eq!(leaders(&mut cluster, 2), [(2, 1), (2, 0), (3, 0)]);
    let now = cluster.now();
    let again = cluster.core.perform(now, &Command::Kill(1)).unwrap_err();
    assert_eq!(
        again,
        CommandError::Broker {
            broker: 1,
            status: "down"
        }
    );
    add(&mut cluster, "restart=1");
    assert!(cluster.try_connect(1).is_some());
    assert_eq!(
        leaders(&mut cluster, 1),
        [(2, 1), (2, 0), (3, 0)],
        "nobody gives leadership back unasked"
    );
}

#[test]
fn the_last_replica_in_sync_is_waited_for() {
    let mut cluster = cluster();
    for broker in [3, 2] {
        add(&mut cluster, &format!("kill={broker}"));
    }
    assert_eq!(write(&mut cluster, 1).0, ErrorCode::NONE);
    add(&mut cluster, "kill=1");
    add(&mut cluster, "restart=2");
    let leaderless = leaders(&mut cluster, 2);
    assert!(
        leaderless.iter().all(|&(leader, _)| leader == -1),
        "{leaderless:?}: what broker 1 has is missing on 2"
    );
    add(&mut cluster, "restart=1");
    let led = leaders(&mut cluster, 1);
    assert!(led.iter().all(|&(leader, _)| leader == 1), "{led:?}");
}

#[test]
fn a_paused_broker_is_silent_and_fenced_after_its_session() {
    let mut cluster = cluster();
    let link = cluster.connect(1);
    add(&mut cluster, "pause=1");
    let asked = cluster.send(link, 9, &MetadataRequest::default());
    let other = cluster.connect(1);
    cluster.advance(Duration::from_millis(8999));
    assert_eq!(leaders(&mut cluster, 2), [(1, 0), (2, 0), (3, 0)]);
    cluster.advance(Duration::from_millis(1));
    assert_eq!(leaders(&mut cluster, 2), [(2, 1), (2, 0), (3, 0)]);
    assert!(cluster.answer::<MetadataResponse>(asked).is_none());
    assert!(
        !cluster.is_closed(link) && !cluster.is_closed(other),
        "its connections stay open"
    );
    add(&mut cluster, "resume=1");
    assert!(cluster.answer::<MetadataResponse>(asked).is_some());
    assert_eq!(write(&mut cluster, 1).0, ErrorCode::NOT_LEADER_OR_FOLLOWER);
}

#[test]
fn an_answer_of_a_paused_broker_waits_until_it_goes_on() {
    let mut cluster = cluster();
    add(&mut cluster, "metadata once delay=1s");
    let link = cluster.connect(1);
    let asked = cluster.send(link, 9, &MetadataRequest::default());
    add(&mut cluster, "pause=1");
    cluster.advance(Duration::from_secs(5));
    assert!(cluster.answer::<MetadataResponse>(asked).is_none());
    add(&mut cluster, "resume=1");
    assert!(cluster.answer::<MetadataResponse>(asked).is_some());
}

#[test]
fn a_rule_may_take_the_broker_that_is_asked() {
    let mut cluster = cluster();
    add(&mut cluster, "produce once kill=1");
    let link = cluster.connect(1);
    let asked = cluster.send(link, 9, &produce(&[0]));
    assert!(cluster.is_closed(link));
    assert!(cluster.answer::<ProduceResponse>(asked).is_none());
    assert_eq!(leaders(&mut cluster, 2)[0], (2, 1));

    add(&mut cluster, "restart=1");
    add(&mut cluster, "produce once pause=2");
    let link = cluster.connect(2);
    let asked = cluster.send(link, 9, &produce(&[1]));
    cluster.advance(Duration::from_secs(1));
    assert!(cluster.answer::<ProduceResponse>(asked).is_none());
    add(&mut cluster, "resume=2");
    let response: ProduceResponse = cluster.answer(asked).unwrap();
    assert_eq!(outcomes(&response), [(ErrorCode::NONE, 0)]);
}

#[test]
fn commands_that_do_not_fit_say_why() {
    let mut cluster = cluster();
    cluster.create_topic("single", 1, 1);
    let now = cluster.now();
    for (line, text) in [
        ("kill=9", "there is no broker 9"),
        ("resume=1", "broker 1 is up"),
        ("move=nothing-0:1", "there is no partition nothing-0"),
        ("move=orders-9:1", "there is no partition orders-9"),
        ("move=single-0:2", "broker 2 holds no replica of single-0"),
        ("recreate=nothing", "there is no topic nothing"),
        ("cut=orders-7:0", "there is no partition orders-7"),
    ] {
        let Fault::Command(command) = line.parse().unwrap() else {
            panic!("{line} is a rule");
        };
        assert_eq!(cluster.core.perform(now, &command).unwrap_err().to_string(), text);
    }
}

#[test]
fn records_can_be_cut_off_a_log() {
    let mut cluster = cluster();
    for offset in 0..3 {
        assert_eq!(write(&mut cluster, 1), (ErrorCode::NONE, offset));
    }
    add(&mut cluster, "cut=orders-0:1");
    assert_eq!(end_offset(&mut cluster), 1);
    assert_eq!(leaders(&mut cluster, 1)[0], (1, 1));
    assert_eq!(write(&mut cluster, 1), (ErrorCode::NONE, 1));
}
