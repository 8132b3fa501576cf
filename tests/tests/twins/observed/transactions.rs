//! Transactions.

use protocol::messages::add_offsets_to_txn::AddOffsetsToTxnRequest;
use protocol::messages::add_partitions_to_txn::*;
use protocol::messages::describe_transactions::DescribeTransactionsRequest;
use protocol::messages::end_txn::EndTxnRequest;
use protocol::messages::list_transactions::ListTransactionsRequest;
use protocol::messages::txn_offset_commit::*;

use super::super::requests::*;
use super::{ZERO, ground, ready};

#[test]
fn transactions_answer_as_kafka() {
    let (mut run, _, _) = ground();
    run.coordinator("g", 0);
    let t = "e";

    let x = "x".to_owned();
    let c = &mut run.coordinator(&x, 1);
    let nox = run.near(c, "nox", 1);
    for (w, tx, to) in [
        ("the empty transactional id", Some(""), 60000),
        ("timeout 0", Some(&*x), 0),
        ("timeout -1", Some(&*x), -1),
        ("timeout above transaction.max.timeout.ms", Some(&*x), 900001),
    ] {
        run.say(c, w, init_producer_id(tx, to, -1, -1));
    }
    run.say(
        c,
        "producer id without epoch",
        init_producer_id(Some(&x), 60000, 5, -1),
    );
    run.say(
        c,
        "epoch without producer id",
        init_producer_id(Some(&x), 60000, -1, 5),
    );
    let u = run.near(c, "xu", 1);
    ready(c, init_producer_id(Some(&u), 60000, 999_999, 5));
    let u = run.near(c, "xv", 1);
    run.say(
        c,
        "an unknown producer id",
        init_producer_id(Some(&u), 60000, 999_999, 5),
    );
    run.say(
        &mut run.elsewhere(c),
        "not the coordinator",
        init_producer_id(Some(&x), 60000, -1, -1),
    );
    ready(c, init_producer_id(Some(&x), 60000, -1, -1));
    let p = run.say(c, "good", init_producer_id(Some(&x), 60000, -1, -1));
    let (pid, ep) = (p.producer_id, p.producer_epoch);
    run.say(
        c,
        "another producer id",
        init_producer_id(Some(&x), 60000, pid + 1000, ep),
    );
    run.say(
        c,
        "an older epoch",
        init_producer_id(Some(&x), 60000, pid, ep - 1),
    );
    run.say(
        c,
        "an epoch ahead",
        init_producer_id(Some(&x), 60000, pid, ep + 5),
    );
    let ap = |x: &str, pid, ep, t: &str, p| AddPartitionsToTxnRequest {
        transactions: vec![AddPartitionsToTxnTransaction {
            transactional_id: x.into(),
            producer_id: pid,
            producer_epoch: ep,
            verify_only: false,
            topics: vec![AddPartitionsToTxnTopic {
                name: t.into(),
                partitions: vec![p],
            }],
        }],
        ..Default::default()
    };
    for (w, xx, a, b, tt, pp) in [
        ("an unknown transactional id", &*nox, pid, ep, t, 0),
        ("another producer id", &x, pid + 1000, ep, t, 0),
        ("an older epoch", &x, pid, ep - 1, t, 0),
        ("an epoch ahead", &x, pid, ep + 5, t, 0),
        ("an unknown topic", &x, pid, ep, "no-such", 0),
        ("an unknown partition", &x, pid, ep, t, 9),
    ] {
        let mut r = ap(xx, a, b, tt, pp);
        let tr = r.transactions.remove(0);
        run.say_in(
            c,
            3,
            w,
            AddPartitionsToTxnRequest {
                v3_and_below_transactional_id: xx.into(),
                v3_and_below_producer_id: a,
                v3_and_below_producer_epoch: b,
                v3_and_below_topics: tr.topics,
                ..r
            },
        );
    }
    let et = |x: &str, pid, ep, cm| EndTxnRequest {
        transactional_id: x.into(),
        producer_id: pid,
        producer_epoch: ep,
        committed: cm,
    };
    for v in [4, 5] {
        for (w, xx, a, b) in [
            ("nothing to commit", &*x, pid, ep),
            ("an unknown transactional id", &nox, pid, ep),
            ("another producer id", &x, pid + 1000, ep),
            ("an older epoch", &x, pid, ep - 1),
            ("an epoch ahead", &x, pid, ep + 5),
        ] {
            run.say_in(c, v, w, et(xx, a, b, true));
        }
    }
    let (pid, ep) = {
        let p = ready(c, init_producer_id(Some(&x), 60000, -1, -1));
        (p.producer_id, p.producer_epoch)
    };
    run.say_in(c, 5, "nothing to abort", et(&x, pid, ep, false));
    let (pid, ep) = {
        let p = ready(c, init_producer_id(Some(&x), 60000, -1, -1));
        (p.producer_id, p.producer_epoch)
    };
    let ao = |x: &str, g: &str, e| AddOffsetsToTxnRequest {
        transactional_id: x.into(),
        producer_id: pid,
        producer_epoch: e,
        group_id: g.into(),
    };
    run.say_in(c, 3, "an unknown transactional id", ao(&nox, "g", ep));
    run.say_in(c, 3, "an older epoch", ao(&x, "g", ep - 1));
    run.say_in(c, 3, "the empty group", ao(&x, "", ep));
    let gc = &mut run.coordinator("g", 0);
    let g = run.near(gc, "txg", 0);
    // As when the facts were taken: its offsets are kept where those of a group are that is in the transaction.
    c.try_ask(3, &ao(&x, &g, ep)).unwrap();
    let to = |x: &str, g: &str, e: i32, m: &str, tid, name: &str| TxnOffsetCommitRequest {
        transactional_id: x.into(),
        group_id: g.into(),
        producer_id: pid,
        producer_epoch: ep,
        generation_id_or_member_epoch: e,
        member_id: m.into(),
        topics: vec![TxnOffsetCommitRequestTopic {
            name: name.into(),
            topic_id: tid,
            partitions: vec![TxnOffsetCommitRequestPartition {
                partition_index: 0,
                committed_offset: 1,
                committed_leader_epoch: -1,
                committed_metadata: None,
            }],
        }],
        ..Default::default()
    };
    run.say_in(
        gc,
        3,
        "a group not in the transaction",
        to(&x, &g, -1, "", ZERO, t),
    );
    run.say_in(
        gc,
        4,
        "a group not in the transaction",
        to(&x, &g, -1, "", ZERO, t),
    );
    run.say_in(gc, 5, "an unknown member", to(&x, &g, 5, "who", ZERO, t));
    run.say_in(gc, 5, "the empty group", to(&x, "", -1, "", ZERO, t));
    run.say(
        c,
        "an unknown id",
        DescribeTransactionsRequest {
            transactional_ids: vec![nox.clone()],
        },
    );
    run.say(
        c,
        "the empty id",
        DescribeTransactionsRequest {
            transactional_ids: vec!["".into()],
        },
    );
    run.say(
        c,
        "an unknown state",
        ListTransactionsRequest {
            state_filters: vec!["Nonsense".into()],
            duration_filter: -1,
            ..Default::default()
        },
    );
    run.say(
        c,
        "a pattern that is none",
        ListTransactionsRequest {
            transactional_id_pattern: Some("(".into()),
            duration_filter: -1,
            ..Default::default()
        },
    );
    run.finish();
}
