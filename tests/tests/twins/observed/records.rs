//! Records: producing and fetching them.

use bytes::Bytes;
use protocol::messages::produce::*;
use protocol::records::ProducerStamp;

use super::super::requests::*;
use super::{UNKNOWN, ZERO, ground, ready, topic_with};

#[test]
fn produce_answers_as_kafka() {
    let (mut run, mut link, id) = ground();
    run.coordinator("tx", 1);
    let k = &mut link;

    run.say(
        k,
        "good",
        produce(id, 0, -1, None, batch(3, ProducerStamp::default(), false)),
    );
    run.say(
        k,
        "an unknown partition",
        produce(id, 9, -1, None, batch(1, ProducerStamp::default(), false)),
    );
    run.say(
        k,
        "an unknown topic id",
        produce(UNKNOWN, 0, -1, None, batch(1, ProducerStamp::default(), false)),
    );
    run.say_in(
        k,
        12,
        "an unknown topic name",
        ProduceRequest {
            acks: -1,
            timeout_ms: 5000,
            topic_data: vec![TopicProduceData {
                name: "no-such".into(),
                partition_data: vec![PartitionProduceData {
                    index: 0,
                    records: Some(batch(1, ProducerStamp::default(), false)),
                }],
                ..Default::default()
            }],
            ..Default::default()
        },
    );
    run.say(
        &mut run.node(3),
        "to a broker without a replica",
        produce(id, 0, -1, None, batch(1, ProducerStamp::default(), false)),
    );
    run.say(
        &mut run.node(2),
        "to a follower",
        produce(id, 0, -1, None, batch(1, ProducerStamp::default(), false)),
    );
    run.say(
        k,
        "acks=2",
        produce(id, 0, 2, None, batch(1, ProducerStamp::default(), false)),
    );
    let mut bad = batch(1, ProducerStamp::default(), false).to_vec();
    let l = bad.len();
    bad[l - 1] ^= 1;
    run.say(k, "a wrong CRC", produce(id, 0, -1, None, bad.into()));
    let mut bad = batch(1, ProducerStamp::default(), false).to_vec();
    bad[16] = 1;
    run.say(k, "magic 1", produce(id, 0, -1, None, bad.into()));
    let two = [
        batch(1, ProducerStamp::default(), false),
        batch(1, ProducerStamp::default(), false),
    ]
    .concat();
    run.say(k, "two batches", produce(id, 0, -1, None, two.into()));
    run.say(k, "no batch", produce(id, 0, -1, None, Bytes::new()));
    run.say(
        k,
        "a batch that is too large",
        produce(id, 0, -1, None, {
            let large = vec![7; 2_000_000];
            batch_at(now(), &[Some(&large)], ProducerStamp::default(), false)
        }),
    );
    run.say(
        k,
        "a time two days ahead",
        produce(
            id,
            0,
            -1,
            None,
            batch_at(
                now() + 2 * 86_400_000,
                &[Some(b"v")],
                ProducerStamp::default(),
                false,
            ),
        ),
    );
    ready(k, init_producer_id(None, 60000, -1, -1));
    let r = run.say(k, "no transactional id", init_producer_id(None, 60000, -1, -1));
    let ps = |e, s| ProducerStamp {
        producer_id: r.producer_id,
        epoch: e,
        base_sequence: s,
    };
    run.say(
        k,
        "sequence 0, 3 records",
        produce(id, 1, -1, None, batch(3, ps(0, 0), false)),
    );
    run.say(
        k,
        "the same batch again",
        produce(id, 1, -1, None, batch(3, ps(0, 0), false)),
    );
    run.say(
        k,
        "a sequence ahead",
        produce(id, 1, -1, None, batch(1, ps(0, 7), false)),
    );
    run.say(
        k,
        "a sequence behind, not a known batch",
        produce(id, 1, -1, None, batch(1, ps(0, 1), false)),
    );
    run.say(
        k,
        "a new producer with sequence 5",
        produce(id, 2, -1, None, batch(1, ps(0, 5), false)),
    );
    run.say(
        k,
        "a newer epoch with sequence 3",
        produce(id, 1, -1, None, batch(1, ps(1, 3), false)),
    );
    run.say(
        k,
        "a newer epoch with sequence 0",
        produce(id, 1, -1, None, batch(1, ps(1, 0), false)),
    );
    run.say(
        k,
        "an older epoch",
        produce(id, 1, -1, None, batch(1, ps(0, 3), false)),
    );
    run.say(
        k,
        "transactional records without a transaction",
        produce(id, 1, -1, Some("tx"), batch(1, ps(1, 1), true)),
    );
    let cid = topic_with(k, "compact", "cleanup.policy", "compact");
    run.say(
        k,
        "no key to a compacted topic",
        produce(cid, 0, -1, None, batch(2, ProducerStamp::default(), false)),
    );
    let mid = topic_with(k, "minisr", "min.insync.replicas", "2");
    run.say(
        k,
        "min.insync.replicas=2 and one replica",
        produce(mid, 0, -1, None, batch(1, ProducerStamp::default(), false)),
    );

    run.finish();
}

#[test]
fn fetch_answers_as_kafka() {
    let (mut run, mut link, id) = ground();
    let k = &mut link;
    k.ask(&produce(
        id,
        0,
        -1,
        None,
        batch(3, ProducerStamp::default(), false),
    ));

    run.say(k, "an unknown topic id", fetch(UNKNOWN, 0, 0, -1, 0, -1));
    run.say(k, "the zero topic id", fetch(ZERO, 0, 0, -1, 0, -1));
    run.say(k, "an unknown partition", fetch(id, 9, 0, -1, 0, -1));
    run.say(k, "an offset beyond the end", fetch(id, 0, 999, -1, 0, -1));
    run.say(k, "offset -5", fetch(id, 0, -5, -1, 0, -1));
    run.say(k, "a leader epoch ahead", fetch(id, 0, 0, 77, 0, -1));
    run.say(
        &mut run.node(3),
        "a broker without a replica",
        fetch(id, 0, 0, -1, 0, -1),
    );
    run.say(k, "an unknown session", fetch(id, 0, 0, -1, 4711, 3));
    let s = run.say(k, "a new session", fetch(id, 0, 0, -1, 0, 0));
    run.say(k, "a session epoch ahead", fetch(id, 0, 0, -1, s.session_id, 9));
    run.say(k, "session epoch without a session", fetch(id, 0, 0, -1, 0, 5));

    let mut named = fetch(ZERO, 0, 0, -1, 0, -1);
    named.topics[0].topic = "no-such".into();
    run.say_in(k, 12, "an unknown topic name", named);

    run.finish();
}
