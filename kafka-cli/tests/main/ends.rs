//! `consume --exit` ends, whatever lies at the end of a partition.

use std::{
    io::Write,
    thread,
    time::{Duration, Instant},
};

use real_kafka::tools;

use crate::support::{file, numbered, path, shared, sorted, tool};

/// Runs Kafka's copier, which writes in transactions and aborts some of them.
fn copy_in_transactions(bootstrap: &str, from: &str, to: &str, records: usize) {
    let records = records.to_string();
    let arguments = [
        "--broker-list",
        bootstrap,
        "--transactional-id",
        to,
        "--consumer-group",
        to,
        "--input-topic",
        from,
        "--input-partition",
        "0",
        "--output-topic",
        to,
        "--transaction-size",
        "10",
        "--max-messages",
        &records,
        "--enable-random-aborts",
    ];
    let copier = "org.apache.kafka.tools.TransactionalMessageCopier";
    tools()
        .unwrap()
        .run(copier, &arguments)
        .unwrap()
        .success()
        .unwrap();
}

#[test]
fn empty_partitions() {
    real_kafka::require!();
    let cli = shared();
    cli.create("end-empty", &["-p", "4"]);
    assert_eq!(cli.consume("end-empty", &[]), "");
    assert_eq!(cli.consume("end-empty", &["--group", "end-empty"]), "");
    cli.produce("end-empty", "only\n", &["-p", "2"]);
    assert_eq!(cli.consume("end-empty", &[]), "only\n");
    assert_eq!(cli.consume("end-empty", &["--group", "end-empty"]), "only\n");
    assert_eq!(cli.consume("end-empty", &["--group", "end-empty"]), "");
}

#[test]
fn control_batches_and_aborted_records() {
    real_kafka::require!(own);
    let cli = shared();
    let bootstrap = real_kafka::shared().unwrap().bootstrap();
    cli.create("end-txn-in", &[]);
    cli.create("end-txn", &[]);
    let lines = numbered("", 200);
    cli.produce("end-txn-in", &lines, &[]);
    copy_in_transactions(&bootstrap, "end-txn-in", "end-txn", 200);
    assert_eq!(cli.consume("end-txn", &["--read-committed"]), lines);
    assert_eq!(
        cli.consume("end-txn", &["--read-committed", "--group", "end-txn-g"]),
        lines
    );
    assert!(cli.consume("end-txn", &[]).lines().count() >= 200);
    // From behind the last record on, nothing but a marker is left.
    let end = tool("kafka-get-offsets", &bootstrap, &["--topic", "end-txn"]);
    let end: i64 = end.trim().rsplit(':').next().unwrap().parse().unwrap();
    assert!(end >= 220, "{end}");
    assert_eq!(cli.ok(&["consume", "end-txn", "--tail", "1", "--exit"]), "");
    assert_eq!(
        cli.ok(&["consume", "end-txn", "--tail", "1", "--exit", "--read-committed"]),
        ""
    );
    let described = cli.json(&["groups", "describe", "end-txn-g"]);
    assert_eq!(described["items"][0]["partitions"][0]["lag"], 0, "{described}");
}

#[test]
fn deleted_records() {
    real_kafka::require!(own);
    let cli = shared();
    cli.create("end-deleted", &["-p", "2"]);
    for partition in ["0", "1"] {
        cli.produce("end-deleted", &numbered(partition, 5), &["-p", partition]);
    }
    let offsets = file(
        r#"{"version":1,"partitions":[{"topic":"end-deleted","partition":0,"offset":5},{"topic":"end-deleted","partition":1,"offset":3}]}"#,
    );
    let bootstrap = real_kafka::shared().unwrap().bootstrap();
    tool(
        "kafka-delete-records",
        &bootstrap,
        &["--offset-json-file", path(&offsets)],
    );
    assert_eq!(cli.consume("end-deleted", &[]), "14\n15\n");
    assert_eq!(
        cli.ok(&["consume", "end-deleted", "--offset", "0:end"]),
        "14\n15\n"
    );
    assert_eq!(
        cli.consume("end-deleted", &["--group", "end-deleted"]),
        "14\n15\n"
    );
}

#[test]
fn gaps_that_compaction_leaves() {
    real_kafka::require!();
    let cli = shared();
    let eager = [
        "cleanup.policy=compact",
        "segment.ms=100",
        "min.cleanable.dirty.ratio=0.001",
        "max.compaction.lag.ms=100",
    ];
    let flags: Vec<&str> = eager.iter().flat_map(|config| ["-c", config]).collect();
    cli.create("end-compacted", &flags);
    let keyed = |value: &str| -> String {
        (0..100)
            .map(|key| format!("k{}:{value}{key}\n", key % 5))
            .collect()
    };
    let started = Instant::now();
    for round in 0.. {
        cli.produce(
            "end-compacted",
            &keyed(&format!("{round}-")),
            &["--key-separator", ":"],
        );
        let read = cli.consume("end-compacted", &["--group", "end-compacted", "-n", "1"]);
        assert!(read.lines().count() <= 1, "{read}");
        let read = cli.consume("end-compacted", &[]);
        if read.lines().count() < round * 100 {
            break;
        }
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "nothing was compacted"
        );
        thread::sleep(Duration::from_millis(200));
    }
    cli.consume("end-compacted", &["--read-committed"]);
    cli.consume("end-compacted", &["--group", "end-compacted"]);
    let lag = cli.json(&["groups", "describe", "end-compacted"]);
    assert_eq!(lag["items"][0]["totalLag"], 0, "{lag}");
}

#[test]
fn partitions_that_are_another_members() {
    real_kafka::require!();
    let cli = shared();
    cli.create("end-shared", &["-p", "4"]);
    for partition in ["0", "1", "2", "3"] {
        cli.produce("end-shared", &format!("p{partition}\n"), &["-p", partition]);
    }
    let group = [
        "consume",
        "end-shared",
        "--group",
        "end-shared",
        "--from-beginning",
    ];
    let other = cli.start(&group);
    other.wait_out(|text| text.lines().count() == 4);
    // The other member has read everything; half of its partitions move here, and there is nothing left to read.
    assert_eq!(cli.ok(&[&group[..], &["--exit"]].concat()), "");
    other.signal("INT");
    let ended = other.end();
    assert_eq!(sorted(&ended.text()), ["p0", "p1", "p2", "p3"]);
    ended.failed(130);
}

#[test]
fn partitions_that_grow_meanwhile() {
    real_kafka::require!();
    let cli = shared();
    cli.create("end-busy", &["-p", "2"]);
    let mut producing = cli.start(&["produce", "end-busy", "--rate", "500"]);
    let mut input = producing.input.take().unwrap();
    let writer = thread::spawn(move || {
        // Ends when the producer does.
        (0..).all(|number| writeln!(input, "{number}").is_ok());
    });
    cli.ok(&["consume", "end-busy", "--from-beginning", "-n", "100"]);
    for flags in [&[][..], &["--group", "end-busy"]] {
        let read = cli.consume("end-busy", flags);
        assert!(read.lines().count() >= 100, "{read}");
    }
    producing.signal("INT");
    producing.end().failed(130);
    writer.join().unwrap();
}
