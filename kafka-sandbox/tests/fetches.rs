//! Fetch: sessions, waiting, limits, transactions, replicas.

use std::time::Duration;

use kafka_sandbox::fault::Command;
use kafka_sandbox::state::Settings;
use protocol::messages::create_topics::{CreatableReplicaAssignment, CreatableTopic};
use protocol::messages::delete_topics::{DeleteTopicState, DeleteTopicsRequest};
use protocol::messages::end_txn::EndTxnRequest;
use protocol::messages::fetch::{
    FetchPartition, FetchRequest, FetchResponse, FetchTopic, ForgottenTopic, PartitionData,
};
use protocol::records::{Batches, ProducerStamp};
use protocol::{ErrorCode, Uuid};

use crate::counting::{Count, Counting};
use crate::offsets::begin;
use crate::records::produce;
use crate::support::{Cluster, STARTED, batch, batch_of, settings, settings_with};

/// Partitions of a topic, and from where on.
fn of(id: Uuid, partitions: &[(i32, i64)]) -> FetchTopic {
    let partitions = partitions
        .iter()
        .map(|&(partition, fetch_offset)| FetchPartition {
            partition,
            fetch_offset,
            partition_max_bytes: 1 << 20,
            ..FetchPartition::default()
        });
    FetchTopic {
        topic_id: id,
        partitions: partitions.collect(),
        ..FetchTopic::default()
    }
}

/// A fetch that waits for half a second, outside of sessions.
fn alone(topics: Vec<FetchTopic>) -> FetchRequest {
    FetchRequest {
        max_wait_ms: 500,
        min_bytes: 1,
        topics,
        ..FetchRequest::default()
    }
}

fn in_session(session_id: i32, session_epoch: i32, topics: Vec<FetchTopic>) -> FetchRequest {
    FetchRequest {
        session_id,
        session_epoch,
        ..alone(topics)
    }
}

fn write(cluster: &mut Cluster, index: i32, value: &str) {
    let response = cluster.ask(1, 9, &produce("e", index, 1, batch(&[value])));
    assert_eq!(response.responses[0].partition_responses[0].error_code, 0);
}

/// What was told: partitions with code, high watermark and how many batches.
fn told(response: &FetchResponse) -> Vec<(i32, ErrorCode, i64, usize)> {
    let partitions = response.responses.iter().flat_map(|topic| &topic.partitions);
    partitions
        .map(|one| {
            let batches = Batches::new(one.records.clone().unwrap()).count();
            (
                one.partition_index,
                ErrorCode(one.error_code),
                one.high_watermark,
                batches,
            )
        })
        .collect()
}

fn only(response: &FetchResponse) -> &PartitionData {
    assert_eq!((response.error_code, response.responses.len()), (0, 1));
    assert_eq!(response.responses[0].partitions.len(), 1);
    &response.responses[0].partitions[0]
}

const NONE: ErrorCode = ErrorCode::NONE;

#[test]
fn in_a_session_only_news_is_told() {
    let mut cluster = Cluster::of(1);
    let id = cluster.create("e", 3, 1);
    write(&mut cluster, 1, "a");
    let opened = cluster.ask(1, 18, &in_session(0, 0, vec![of(id, &[(0, 0), (1, 0), (2, 0)])]));
    assert_ne!(opened.session_id, 0);
    assert_eq!(told(&opened), [(0, NONE, 0, 0), (1, NONE, 1, 1), (2, NONE, 0, 0)]);
    let session = opened.session_id;
    // Where the client has not moved on, it is told the same again.
    let same = cluster.ask(1, 18, &in_session(session, 1, vec![]));
    assert_eq!((same.session_id, told(&same)), (session, vec![(1, NONE, 1, 1)]));
    let link = cluster.connect(1);
    let waiting = cluster.send(link, 18, &in_session(session, 2, vec![of(id, &[(1, 1)])]));
    cluster.advance(Duration::from_millis(100));
    assert!(cluster.answer::<FetchResponse>(waiting).is_none());
    write(&mut cluster, 2, "b");
    let response: FetchResponse = cluster.answer(waiting).unwrap();
    assert_eq!(told(&response), [(2, NONE, 1, 1)]);
    // What was written while nobody waited is told at the next request.
    write(&mut cluster, 0, "c");
    let response = cluster.ask(1, 18, &in_session(session, 3, vec![of(id, &[(2, 1)])]));
    assert_eq!(told(&response), [(0, NONE, 1, 1)]);
    let before = cluster.now().elapsed;
    let response = cluster.ask(1, 18, &in_session(session, 4, vec![of(id, &[(0, 1)])]));
    assert_eq!(told(&response), []);
    assert_eq!(cluster.now().elapsed - before, Duration::from_millis(500));
    assert_eq!(response.session_id, session);
}

#[test]
fn partitions_join_and_leave_a_session() {
    let mut cluster = Cluster::of(1);
    let id = cluster.create("e", 3, 1);
    for index in 0..3 {
        write(&mut cluster, index, "a");
    }
    let session = cluster
        .ask(1, 18, &in_session(0, 0, vec![of(id, &[(0, 0)])]))
        .session_id;
    let response = cluster.ask(1, 18, &in_session(session, 1, vec![of(id, &[(2, 0)])]));
    assert_eq!(told(&response), [(0, NONE, 1, 1), (2, NONE, 1, 1)]);
    let mut request = in_session(session, 2, vec![of(id, &[(1, 0)])]);
    request.forgotten_topics_data = vec![ForgottenTopic {
        topic_id: id,
        partitions: vec![0, 2, 7],
        ..ForgottenTopic::default()
    }];
    assert_eq!(told(&cluster.ask(1, 18, &request)), [(1, NONE, 1, 1)]);
    // A session without partitions is over.
    let mut request = in_session(session, 3, vec![]);
    request.forgotten_topics_data = vec![ForgottenTopic {
        topic_id: id,
        partitions: vec![1],
        ..ForgottenTopic::default()
    }];
    let response = cluster.ask(1, 18, &request);
    assert_eq!(
        (response.error_code, response.session_id, told(&response)),
        (0, 0, vec![])
    );
    let response = cluster.ask(1, 18, &in_session(session, 4, vec![]));
    assert_eq!(
        ErrorCode(response.error_code),
        ErrorCode::FETCH_SESSION_ID_NOT_FOUND
    );
}

#[test]
fn sessions_are_told_apart_by_id_and_epoch() {
    let mut cluster = Cluster::of(2);
    let id = cluster.create("e", 1, 2);
    let open = in_session(0, 0, vec![of(id, &[(0, 0)])]);
    let session = cluster.ask(1, 18, &open).session_id;
    let mut refused = |broker: i32, version: i16, session: i32, epoch: i32| {
        let response = cluster.ask(broker, version, &in_session(session, epoch, vec![]));
        assert_eq!((response.session_id, response.responses.len()), (0, 0));
        ErrorCode(response.error_code)
    };
    assert_eq!(
        refused(1, 18, session + 1, 1),
        ErrorCode::FETCH_SESSION_ID_NOT_FOUND
    );
    assert_eq!(refused(1, 18, 0, 1), ErrorCode::FETCH_SESSION_ID_NOT_FOUND);
    assert_eq!(refused(2, 18, session, 1), ErrorCode::FETCH_SESSION_ID_NOT_FOUND);
    assert_eq!(refused(1, 18, session, 2), ErrorCode::INVALID_FETCH_SESSION_EPOCH);
    assert_eq!(
        refused(1, 18, session, -7),
        ErrorCode::INVALID_FETCH_SESSION_EPOCH
    );
    assert_eq!(
        refused(1, 12, session, 1),
        ErrorCode::FETCH_SESSION_TOPIC_ID_ERROR
    );
    let response = cluster.ask(1, 18, &in_session(session, 1, vec![]));
    assert_eq!((response.error_code, response.session_id), (0, session));
    // A full request in its name ends it.
    let response = cluster.ask(1, 18, &in_session(session, -1, vec![of(id, &[(0, 0)])]));
    assert_eq!((response.error_code, response.session_id), (0, 0));
    let response = cluster.ask(1, 18, &in_session(session, 2, vec![]));
    assert_eq!(
        ErrorCode(response.error_code),
        ErrorCode::FETCH_SESSION_ID_NOT_FOUND
    );
    let session = cluster.ask(1, 18, &open).session_id;
    cluster.perform(Command::Restart(1));
    let response = cluster.ask(1, 18, &in_session(session, 1, vec![]));
    assert_eq!(
        ErrorCode(response.error_code),
        ErrorCode::FETCH_SESSION_ID_NOT_FOUND
    );
}

#[test]
fn a_newer_request_of_a_session_ends_the_one_that_waits() {
    let mut cluster = Cluster::of(1);
    let id = cluster.create("e", 1, 1);
    let session = cluster
        .ask(1, 18, &in_session(0, 0, vec![of(id, &[(0, 0)])]))
        .session_id;
    let (old, new) = (cluster.connect(1), cluster.connect(1));
    let first = cluster.send(old, 18, &in_session(session, 1, vec![]));
    let second = cluster.send(new, 18, &in_session(session, 2, vec![]));
    let response: FetchResponse = cluster.answer(first).unwrap();
    assert_eq!(
        ErrorCode(response.error_code),
        ErrorCode::INVALID_FETCH_SESSION_EPOCH
    );
    write(&mut cluster, 0, "a");
    let response: FetchResponse = cluster.answer(second).unwrap();
    assert_eq!(told(&response), [(0, NONE, 1, 1)]);
}

#[test]
fn a_session_outlives_its_connection() {
    let mut cluster = Cluster::of(1);
    let id = cluster.create("e", 1, 1);
    let link = cluster.connect(1);
    let session = cluster
        .ask_on(link, 18, &in_session(0, 0, vec![of(id, &[(0, 0)])]))
        .session_id;
    let _ = cluster.send(link, 18, &in_session(session, 1, vec![]));
    cluster.disconnect(link);
    assert_eq!(cluster.core.next_deadline(), None);
    write(&mut cluster, 0, "a");
    let response = cluster.ask(1, 18, &in_session(session, 2, vec![]));
    assert_eq!(told(&response), [(0, NONE, 1, 1)]);
}

#[test]
fn a_broker_without_room_opens_no_session() {
    let slots = "max.incremental.fetch.session.cache.slots";
    let mut cluster = Cluster::with(settings_with(1, &[(slots, "1")]));
    let id = cluster.create("e", 2, 1);
    let open = in_session(0, 0, vec![of(id, &[(0, 0), (1, 0)])]);
    let first = cluster.ask(1, 18, &open).session_id;
    assert_ne!(first, 0);
    let response = cluster.ask(1, 18, &open);
    assert_eq!((response.session_id, told(&response).len()), (0, 2));
    cluster.advance(Duration::from_secs(121));
    assert_ne!(
        cluster.ask(1, 18, &open).session_id,
        0,
        "the first was not used for long"
    );
    let response = cluster.ask(1, 18, &in_session(first, 1, vec![]));
    assert_eq!(
        ErrorCode(response.error_code),
        ErrorCode::FETCH_SESSION_ID_NOT_FOUND
    );
}

#[test]
fn a_session_learns_what_becomes_of_its_topics() {
    let mut cluster = Cluster::of(1);
    let (id, later) = (cluster.create("e", 1, 1), cluster.create("f", 1, 1));
    let session = cluster
        .ask(
            1,
            18,
            &in_session(0, 0, vec![of(id, &[(0, 0)]), of(later, &[(0, 0)])]),
        )
        .session_id;
    let link = cluster.connect(1);
    let waiting = cluster.send(link, 18, &in_session(session, 1, vec![]));
    let delete = DeleteTopicsRequest {
        topics: vec![DeleteTopicState {
            name: Some("e".to_owned()),
            ..DeleteTopicState::default()
        }],
        ..DeleteTopicsRequest::default()
    };
    cluster.ask(1, 6, &delete);
    let response: FetchResponse = cluster.answer(waiting).expect("it is told at once");
    assert_eq!(
        told(&response),
        [(0, ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, -1, 0)]
    );
    assert_eq!(response.responses[0].topic_id, id);
    cluster.create("e", 1, 1);
    let response = cluster.ask(1, 18, &in_session(session, 2, vec![]));
    assert_eq!(told(&response), [(0, ErrorCode::INCONSISTENT_TOPIC_ID, -1, 0)]);
    let mut request = in_session(session, 3, vec![of(Uuid::from_bytes([9; 16]), &[(0, 0)])]);
    request.max_wait_ms = 0;
    let codes: Vec<ErrorCode> = told(&cluster.ask(1, 18, &request))
        .into_iter()
        .map(|one| one.1)
        .collect();
    assert_eq!(
        codes,
        [ErrorCode::INCONSISTENT_TOPIC_ID, ErrorCode::UNKNOWN_TOPIC_ID]
    );
}

#[test]
fn names_will_do_where_ids_are_not_known() {
    let mut cluster = Cluster::of(1);
    cluster.create("e", 1, 1);
    write(&mut cluster, 0, "a");
    let mut topic = of(Uuid::ZERO, &[(0, 0)]);
    topic.topic = "e".to_owned();
    let response = cluster.ask(1, 12, &in_session(0, 0, vec![topic.clone()]));
    assert_eq!(told(&response), [(0, NONE, 1, 1)]);
    assert_eq!(response.responses[0].topic, "e");
    let response = cluster.ask(1, 12, &in_session(response.session_id, 1, vec![]));
    assert_eq!(told(&response), [(0, NONE, 1, 1)]);
    let response = cluster.ask(1, 4, &alone(vec![topic.clone()]));
    assert_eq!(told(&response), [(0, NONE, 1, 1)]);
    topic.topic = "x".to_owned();
    let response = cluster.ask(1, 12, &alone(vec![topic]));
    assert_eq!(
        only(&response).error_code,
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION.0
    );
}

#[test]
fn partitions_that_do_not_exist_are_told_last_and_hold_nobody_up() {
    let mut cluster = Cluster::of(1);
    let id = cluster.create("e", 1, 1);
    let unknown = (7, ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, -1, 0);
    let before = cluster.now().elapsed;
    let response = cluster.ask(1, 18, &alone(vec![of(id, &[(7, 0)])]));
    assert_eq!((told(&response), cluster.now().elapsed), (vec![unknown], before));
    let response = cluster.ask(1, 18, &alone(vec![of(id, &[(7, 0), (0, 0)])]));
    assert_eq!(told(&response), [(0, NONE, 0, 0), unknown]);
    assert_eq!(
        cluster.now().elapsed - before,
        Duration::from_millis(500),
        "the other is waited for"
    );
    let response = cluster.ask(1, 18, &in_session(0, 0, vec![]));
    assert_ne!(response.session_id, 0, "partitions may join later");
}

#[test]
fn a_fetch_waits_for_as_much_as_it_wants() {
    let mut cluster = Cluster::of(1);
    let id = cluster.create("e", 2, 1);
    let size = batch(&["a"]).len();
    let mut request = alone(vec![of(id, &[(0, 0), (1, 0)])]);
    request.min_bytes = i32::try_from(size * 2).unwrap();
    let link = cluster.connect(1);
    let waiting = cluster.send(link, 18, &request);
    write(&mut cluster, 0, "a");
    assert!(cluster.answer::<FetchResponse>(waiting).is_none());
    write(&mut cluster, 1, "a");
    let response: FetchResponse = cluster.answer(waiting).unwrap();
    assert_eq!(told(&response), [(0, NONE, 1, 1), (1, NONE, 1, 1)]);
    // Time being up, there is what there is.
    request.topics = vec![of(id, &[(0, 0), (1, 1)])];
    let response = cluster.ask(1, 18, &request);
    assert_eq!(told(&response), [(0, NONE, 1, 1), (1, NONE, 1, 0)]);
    // No more is waited for than may come.
    request.max_bytes = 1;
    let before = cluster.now();
    assert_eq!(told(&cluster.ask(1, 18, &request))[0].3, 1);
    assert_eq!(cluster.now(), before);
}

#[test]
fn the_first_batch_comes_whole_and_others_as_they_fit() {
    let mut cluster = Cluster::of(1);
    let id = cluster.create("e", 3, 1);
    for index in 0..3 {
        for _ in 0..2 {
            write(&mut cluster, index, "value");
        }
    }
    let size = batch(&["value"]).len();
    let mut request = alone(vec![of(id, &[(0, 0), (1, 0), (2, 0)])]);
    let mut batches = |max_bytes: usize| -> Vec<usize> {
        request.max_bytes = i32::try_from(max_bytes).unwrap();
        told(&cluster.ask(1, 18, &request))
            .iter()
            .map(|one| one.3)
            .collect()
    };
    assert_eq!(batches(1), [1, 0, 0]);
    assert_eq!(batches(size * 3), [2, 1, 0]);
    assert_eq!(batches(size * 6), [2, 2, 2]);
    request.topics[0].partitions[0].partition_max_bytes = 1;
    request.max_bytes = i32::MAX;
    let counts: Vec<usize> = told(&cluster.ask(1, 18, &request))
        .iter()
        .map(|one| one.3)
        .collect();
    assert_eq!(counts, [1, 2, 2]);
}

#[test]
fn in_a_session_each_partition_has_its_turn() {
    let mut cluster = Cluster::of(1);
    let id = cluster.create("e", 3, 1);
    for index in 0..3 {
        write(&mut cluster, index, "value");
    }
    let mut request = in_session(0, 0, vec![of(id, &[(0, 0), (1, 0), (2, 0)])]);
    request.max_bytes = 1;
    let mut turns = Vec::new();
    for epoch in 1..=4 {
        let response = cluster.ask(1, 18, &request);
        let with_records = told(&response).into_iter().filter(|one| one.3 > 0);
        turns.extend(with_records.map(|one| one.0));
        request = in_session(response.session_id, epoch, vec![]);
        request.max_bytes = 1;
    }
    assert_eq!(turns, [0, 1, 2, 0]);
}

#[test]
fn offsets_and_epochs_are_checked() {
    let mut cluster = Cluster::of(1);
    let id = cluster.create("e", 1, 1);
    write(&mut cluster, 0, "a");
    let mut ask = |offset: i64, epoch: i32, last_fetched: i32| {
        let mut topic = of(id, &[(0, offset)]);
        topic.partitions[0].current_leader_epoch = epoch;
        topic.partitions[0].last_fetched_epoch = last_fetched;
        let response = cluster.ask(1, 18, &alone(vec![topic]));
        let one = only(&response).clone();
        (
            ErrorCode(one.error_code),
            one.high_watermark,
            one.diverging_epoch.end_offset,
        )
    };
    let out_of_range = (ErrorCode::OFFSET_OUT_OF_RANGE, -1, -1);
    assert_eq!(ask(2, -1, -1), out_of_range);
    assert_eq!(ask(-5, -1, -1), out_of_range);
    assert_eq!(ask(0, 1, -1).0, ErrorCode::UNKNOWN_LEADER_EPOCH);
    assert_eq!(ask(0, 0, 0), (NONE, 1, -1));
    assert_eq!(ask(1, -1, 5), out_of_range, "an epoch that never was");
    cluster.perform(Command::Restart(1));
    let mut ask = |offset: i64, epoch: i32, last_fetched: i32| {
        let mut topic = of(id, &[(0, offset)]);
        topic.partitions[0].current_leader_epoch = epoch;
        topic.partitions[0].last_fetched_epoch = last_fetched;
        let response = cluster.ask(1, 18, &alone(vec![topic]));
        let one = only(&response).clone();
        (
            ErrorCode(one.error_code),
            one.diverging_epoch.epoch,
            one.diverging_epoch.end_offset,
        )
    };
    assert_eq!(ask(0, 0, -1).0, ErrorCode::FENCED_LEADER_EPOCH);
    assert_eq!(
        ask(4, -1, 0),
        (NONE, 0, 1),
        "the client has records that were lost"
    );
}

#[test]
fn what_was_aborted_is_told_to_those_who_want_committed_records() {
    let mut cluster = Cluster::of(1);
    let id = cluster.create("e", 1, 1);
    write(&mut cluster, 0, "a");
    let stamp = begin(&mut cluster);
    let put = |cluster: &mut Cluster, stamp: ProducerStamp| {
        let mut request = produce("e", 0, -1, batch_of(&["x"], STARTED, stamp, true));
        request.transactional_id = Some("t".to_owned());
        let response = cluster.ask(1, 12, &request);
        assert_eq!(response.responses[0].partition_responses[0].error_code, 0);
    };
    put(&mut cluster, stamp);
    let end = EndTxnRequest {
        transactional_id: "t".to_owned(),
        producer_id: stamp.producer_id,
        producer_epoch: stamp.epoch,
        committed: false,
    };
    let ended = cluster.ask(1, 5, &end);
    assert_eq!(ended.error_code, 0);
    write(&mut cluster, 0, "b");
    let read = |cluster: &mut Cluster, isolation_level: i8, offset: i64, most: i32| {
        let mut topic = of(id, &[(0, offset)]);
        topic.partitions[0].partition_max_bytes = most;
        let request = FetchRequest {
            isolation_level,
            ..alone(vec![topic])
        };
        only(&cluster.ask(1, 18, &request)).clone()
    };
    let aborted = |data: &PartitionData| -> Option<Vec<(i64, i64)>> {
        let aborted = data.aborted_transactions.as_ref()?.iter();
        Some(aborted.map(|one| (one.producer_id, one.first_offset)).collect())
    };
    let all = read(&mut cluster, 1, 0, 1 << 20);
    assert_eq!((all.high_watermark, all.last_stable_offset), (4, 4));
    assert_eq!(aborted(&all), Some(vec![(stamp.producer_id, 1)]));
    assert_eq!(aborted(&read(&mut cluster, 0, 0, 1 << 20)), None);
    assert_eq!(aborted(&read(&mut cluster, 1, 3, 1 << 20)), Some(vec![]));
    assert_eq!(
        aborted(&read(&mut cluster, 1, 0, 1)),
        Some(vec![]),
        "it is behind what is read"
    );
    // The next transaction has the next epoch, and its records are not visible yet.
    let next = ProducerStamp {
        producer_id: ended.producer_id,
        epoch: ended.producer_epoch,
        base_sequence: 0,
    };
    put(&mut cluster, next);
    let open = read(&mut cluster, 1, 4, 1 << 20);
    assert_eq!((open.high_watermark, open.last_stable_offset), (5, 4));
    assert_eq!(open.records.unwrap().len(), 0);
    assert_eq!(
        Batches::new(read(&mut cluster, 0, 4, 1 << 20).records.unwrap()).count(),
        1
    );
}

/// A cluster whose brokers are in racks `r1`, `r2`, ..., with a topic on brokers 1, which leads, and 2.
fn with_racks(selector: &str) -> (Cluster, Uuid) {
    let mut settings = Settings {
        properties: [("replica.selector.class".to_owned(), selector.to_owned())].into(),
        ..settings(3)
    };
    for broker in &mut settings.brokers {
        broker.rack = Some(format!("r{}", broker.id));
    }
    let mut cluster = Cluster::with(settings);
    let id = cluster.create_with(CreatableTopic {
        name: "e".to_owned(),
        num_partitions: -1,
        replication_factor: -1,
        assignments: vec![CreatableReplicaAssignment {
            partition_index: 0,
            broker_ids: vec![1, 2],
        }],
        ..CreatableTopic::default()
    });
    write(&mut cluster, 0, "a");
    (cluster, id)
}

#[test]
fn replicas_are_read_by_those_who_know_that_they_can_be() {
    let (mut cluster, id) = with_racks("");
    let request = alone(vec![of(id, &[(0, 0)])]);
    assert_eq!(told(&cluster.ask(2, 18, &request)), [(0, NONE, 1, 1)]);
    let response = cluster.ask(3, 18, &request);
    let partition = only(&response);
    assert_eq!(partition.error_code, ErrorCode::NOT_LEADER_OR_FOLLOWER.0);
    assert_eq!(partition.current_leader.leader_id, 1);
    assert_eq!(
        (
            response.node_endpoints[0].node_id,
            response.node_endpoints[0].host.as_str()
        ),
        (1, "broker1")
    );
    let mut by_name = request;
    by_name.topics[0].topic = "e".to_owned();
    by_name.topics[0].topic_id = Uuid::ZERO;
    assert_eq!(told(&cluster.ask(2, 11, &by_name)), [(0, NONE, 1, 1)]);
    let response = cluster.ask(2, 10, &by_name);
    assert_eq!(only(&response).error_code, ErrorCode::NOT_LEADER_OR_FOLLOWER.0);
}

#[test]
fn a_client_is_sent_to_the_replica_in_its_rack() {
    let request = |selector: &str, rack: &str| {
        let (mut cluster, id) = with_racks(selector);
        let request = FetchRequest {
            rack_id: rack.to_owned(),
            ..alone(vec![of(id, &[(0, 0)])])
        };
        let response = cluster.ask(1, 18, &request);
        (only(&response).preferred_read_replica, told(&response)[0].3)
    };
    let selector = "org.apache.kafka.common.replica.RackAwareReplicaSelector";
    assert_eq!(request(selector, "r2"), (2, 0));
    assert_eq!(request(selector, "r1"), (-1, 1));
    assert_eq!(request(selector, "r3"), (-1, 1), "its broker has no replica");
    assert_eq!(request(selector, ""), (-1, 1));
    assert_eq!(request("", "r2"), (-1, 1));
}

#[test]
fn a_replica_that_stands_still_is_not_near() {
    let (mut cluster, id) = with_racks("org.apache.kafka.common.replica.RackAwareReplicaSelector");
    cluster.perform(Command::Pause(2));
    write(&mut cluster, 0, "b");
    let mut nearer = |offset: i64| {
        let request = FetchRequest {
            rack_id: "r2".to_owned(),
            ..alone(vec![of(id, &[(0, offset)])])
        };
        only(&cluster.ask(1, 18, &request)).preferred_read_replica
    };
    assert_eq!(nearer(0), 2, "nobody knows yet that it is silent");
    assert_eq!(nearer(1), 2, "it has all that is before");
    assert_eq!(nearer(2), -1);
}

#[test]
fn a_waiting_fetch_learns_that_the_leader_moved() {
    let (mut cluster, id) = with_racks("");
    let link = cluster.connect(1);
    let mut topic = of(id, &[(0, 1)]);
    topic.partitions[0].current_leader_epoch = 0;
    let waiting = cluster.send(link, 18, &alone(vec![topic]));
    assert!(cluster.answer::<FetchResponse>(waiting).is_none());
    cluster.perform(Command::MoveLeader {
        topic: "e".into(),
        partition: 0,
        to: 2,
    });
    let response: FetchResponse = cluster.answer(waiting).unwrap();
    let partition = only(&response);
    assert_eq!(partition.error_code, ErrorCode::FENCED_LEADER_EPOCH.0);
    assert_eq!(
        (
            partition.current_leader.leader_id,
            partition.current_leader.leader_epoch
        ),
        (2, 1)
    );
}

#[test]
fn a_fetch_that_waits_for_much_reads_it_once() {
    const BATCHES: usize = 200;
    let value = "x".repeat(10_000);
    for session_epoch in [0, -1] {
        let count = Count::default();
        let mut cluster = Cluster::on(settings(1), Box::new(Counting::new(count.clone())));
        let id = cluster.create("e", 1, 1);
        let link = cluster.connect(1);
        let mut request = in_session(0, session_epoch, vec![of(id, &[(0, 0)])]);
        let all = batch(&[&value]).len() * BATCHES;
        (request.min_bytes, request.max_bytes) = (i32::try_from(all).unwrap(), i32::MAX);
        request.topics[0].partitions[0].partition_max_bytes = i32::MAX;
        request.max_wait_ms = 60_000;
        let waiting = cluster.send(link, 18, &request);
        count.take();
        for _ in 1..BATCHES {
            write(&mut cluster, 0, &value);
            assert!(cluster.answer::<FetchResponse>(waiting).is_none());
        }
        let looked = count.take();
        assert!(looked < BATCHES * 10_000, "{looked} bytes");
        write(&mut cluster, 0, &value);
        let response: FetchResponse = cluster.answer(waiting).unwrap();
        let records = only(&response).records.clone().unwrap();
        let read = count.take();
        assert!(
            !records.is_empty() && read < records.len() + 10_000,
            "{read} bytes"
        );
    }
}
