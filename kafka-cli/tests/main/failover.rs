//! A broker dies while kafkactl writes: no record is lost, none is doubled.

use std::{io::Write, thread};

use real_kafka::KafkaCluster;

use crate::support::on;

const RECORDS: usize = 1_000_000;

#[test]
fn killing_the_leader_loses_no_record_and_doubles_none() {
    real_kafka::require!(own);
    // Its own: the nodes of shared clusters are left alone.
    let cluster = KafkaCluster::builder().brokers(3).start().unwrap();
    let cli = on(&cluster);
    cli.create("killed", &["-r", "3", "-c", "min.insync.replicas=2"]);
    let leader = cli.json(&["topics", "describe", "killed"])["items"][0]["partitions"][0]["leader"]
        .as_i64()
        .unwrap();
    let mut producing = cli.start(&["produce", "killed"]);
    let mut input = producing.input.take().unwrap();
    let (half, written) = std::sync::mpsc::channel();
    let writer = thread::spawn(move || {
        for number in 0..RECORDS {
            writeln!(input, "{number}").unwrap();
            if number == RECORDS / 2 {
                half.send(()).unwrap();
            }
        }
    });
    written.recv().unwrap();
    cluster.kill(i32::try_from(leader).unwrap()).unwrap();
    writer.join().unwrap();
    let ended = producing.end();
    assert!(
        ended
            .err
            .ends_with(&format!("Wrote {RECORDS} records to killed.\n")),
        "{}",
        ended.err
    );
    ended.ok();
    let read = cli.consume("killed", &[]);
    let mut numbers = read.lines().map(|line| line.parse::<usize>().unwrap());
    for expected in 0..RECORDS {
        assert_eq!(numbers.next(), Some(expected));
    }
    assert_eq!(numbers.next(), None);
    let after = cli.json(&["topics", "describe", "killed"]);
    assert_ne!(after["items"][0]["partitions"][0]["leader"], leader);
}
