//! Offsets: by time and by epoch; and deleting what is before one.

use protocol::messages::offset_for_leader_epoch::*;
use protocol::records::ProducerStamp;

use super::super::requests::*;
use super::{ground, topic_with};

#[test]
fn list_offsets_and_epochs_answer_as_kafka() {
    let (mut run, mut link, id) = ground();
    let (k, t) = (&mut link, "e");
    k.ask(&produce(
        id,
        0,
        -1,
        None,
        batch(3, ProducerStamp::default(), false),
    ));

    for (w, nn, p, e, ts) in [
        ("an unknown topic", "no-such", 0, -1, -1),
        ("an unknown partition", t, 9, -1, -1),
        ("a leader epoch ahead", t, 0, 77, -1),
        ("a time after all records", t, 0, -1, i64::MAX - 1),
        ("time -3 (newest record)", t, 0, -1, -3),
        ("time -4 (local start)", t, 0, -1, -4),
        ("time -5 (tiered)", t, 0, -1, -5),
        ("time -6", t, 0, -1, -6),
        ("time -7", t, 0, -1, -7),
    ] {
        run.say(k, w, list_offsets(nn, p, e, ts));
    }
    run.say(
        &mut run.node(3),
        "a broker without a replica",
        list_offsets(t, 0, -1, -1),
    );
    run.say(&mut run.node(2), "a follower", list_offsets(t, 0, -1, -1));
    let ole = |n: &str, p, c, e| OffsetForLeaderEpochRequest {
        replica_id: -1,
        topics: vec![OffsetForLeaderTopic {
            topic: n.into(),
            partitions: vec![OffsetForLeaderPartition {
                partition: p,
                current_leader_epoch: c,
                leader_epoch: e,
            }],
        }],
    };
    run.say(k, "an unknown topic", ole("no-such", 0, -1, 0));
    run.say(k, "an unknown partition", ole(t, 9, -1, 0));
    run.say(k, "a current epoch ahead", ole(t, 0, 77, 0));
    run.say(k, "an epoch ahead", ole(t, 0, -1, 77));
    run.say(k, "epoch -1", ole(t, 0, -1, -1));

    run.finish();
}

#[test]
fn delete_records_answers_as_kafka() {
    let (mut run, mut link, id) = ground();
    let (k, t) = (&mut link, "e");
    k.ask(&produce(
        id,
        0,
        -1,
        None,
        batch(3, ProducerStamp::default(), false),
    ));
    topic_with(k, "compact", "cleanup.policy", "compact");

    for (w, nn, p, o) in [
        ("beyond the high watermark", t, 0, 999),
        ("offset -2", t, 0, -2),
        ("an unknown topic", "no-such", 0, 0),
        ("an unknown partition", t, 9, 0),
        ("of a compacted topic", "compact", 0, 0),
        ("before the start", t, 0, 0),
    ] {
        run.say(k, w, delete_records(nn, p, o));
    }
    run.say(
        &mut run.node(3),
        "a broker without a replica",
        delete_records(t, 0, 0),
    );
    run.finish();
}
