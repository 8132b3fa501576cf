//! `consume --group`: joining, committing, leaving, and sharing with a member of Kafka's own client.

use std::time::Duration;

use real_kafka::tools;
use serde_json::Value;

use crate::support::{Kafkactl, numbered, shared, sorted};

fn committed(cli: &Kafkactl, group: &str) -> i64 {
    let described = cli.json(&["groups", "describe", group]);
    let partitions = described["items"][0]["partitions"].as_array().unwrap();
    partitions
        .iter()
        .filter_map(|partition| partition["committedOffset"].as_i64())
        .sum()
}

#[test]
fn exactly_what_was_asked_for_is_committed() {
    real_kafka::require!();
    let cli = shared();
    cli.create("exact", &[]);
    cli.produce("exact", &numbered("", 1000), &[]);
    let read = |flags: &[&str]| cli.ok(&[&["consume", "exact", "--group", "exact"], flags].concat());
    assert_eq!(read(&["-n", "7", "--from-beginning"]), numbered("", 7));
    assert_eq!(committed(&cli, "exact"), 7);
    assert_eq!(read(&["-n", "1"]), "8\n");
    assert_eq!(read(&["-n", "1", "--no-commit"]), "9\n");
    assert_eq!(committed(&cli, "exact"), 8);
    assert_eq!(read(&["--exit"]).lines().count(), 992);
    assert_eq!(committed(&cli, "exact"), 1000);
    assert_eq!(read(&["--exit"]), "");
}

#[test]
fn signals_commit_and_leave() {
    real_kafka::require!();
    let cli = shared();
    cli.create("leaving", &["-p", "2"]);
    for (number, (signal, code)) in [("INT", 130), ("TERM", 143)].into_iter().enumerate() {
        cli.produce("leaving", &numbered(signal, 50), &[]);
        let running = cli.start(&["consume", "leaving", "--group", "leaving", "--from-beginning"]);
        running.wait_out(|text| text.lines().count() == 50);
        running.signal(signal);
        let ended = running.end();
        assert_eq!((ended.code, ended.err.as_str()), (Some(code), ""));
        let described = cli.json(&["groups", "describe", "leaving"]);
        let group = &described["items"][0];
        assert_eq!(
            (&group["state"], &group["totalLag"]),
            (&"Empty".into(), &0.into()),
            "{group}"
        );
        assert_eq!(
            committed(&cli, "leaving"),
            50 * (i64::try_from(number).unwrap() + 1)
        );
    }
}

#[test]
fn a_pattern_takes_new_topics_in() {
    real_kafka::require!();
    let cli = shared();
    cli.create("pattern-a", &[]);
    cli.produce("pattern-a", "a\n", &[]);
    let running = cli.start(&[
        "consume",
        "--regex",
        "pattern-.",
        "--group",
        "pattern",
        "--from-beginning",
        "-X",
        "metadata.max.age.ms=300",
    ]);
    running.wait_out(|text| text == "a\n");
    cli.create("pattern-b", &[]);
    cli.produce("pattern-b", "b\n", &[]);
    running.wait_out(|text| text == "a\nb\n");
    running.signal("INT");
    running.end().failed(130);
}

#[test]
fn two_members_share_and_none_reads_twice() {
    real_kafka::require!();
    let cli = shared();
    cli.create("two", &["-p", "4"]);
    let arguments = ["consume", "two", "--group", "two", "--from-beginning"];
    let first = cli.start(&[&arguments[..], &["--client-id", "first"]].concat());
    let balanced = |counts: &[usize]| {
        cli.wait_json(&["groups", "describe", "two"], |found| {
            let members = members(found);
            found["items"][0]["state"] == "Stable"
                && members.iter().map(|(_, count)| *count).eq(counts.iter().copied())
        });
    };
    balanced(&[4]);
    let second = cli.start(&[&arguments[..], &["--client-id", "second"]].concat());
    balanced(&[2, 2]);
    for partition in ["0", "1", "2", "3"] {
        cli.produce(
            "two",
            &numbered(&format!("{partition}-"), 100),
            &["-p", partition],
        );
    }
    for running in [&first, &second] {
        running.wait_out(|text| text.lines().count() == 200);
    }
    second.signal("INT");
    let mut all = second.end().failed_with_output(130);
    balanced(&[4]);
    cli.produce("two", &numbered("more", 50), &[]);
    first.wait_out(|text| text.lines().count() == 250);
    first.signal("INT");
    all.push_str(&first.end().failed_with_output(130));
    let mut lines = sorted(&all);
    let count = lines.len();
    lines.dedup();
    assert_eq!((count, lines.len()), (450, 450));
}

/// The members by client id, with how many partitions each has.
fn members(described: &Value) -> Vec<(String, usize)> {
    let mut members: Vec<(String, usize)> = described["items"][0]["members"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|member| {
            let partitions = member["partitions"].as_object();
            let count = partitions.map_or(0, |topics| {
                topics.values().map(|p| p.as_array().map_or(0, Vec::len)).sum()
            });
            (member["clientId"].as_str().unwrap_or_default().to_owned(), count)
        })
        .collect();
    members.sort_unstable();
    members
}

#[test]
fn a_java_member_and_ours_balance_both_ways() {
    real_kafka::require!(own);
    let cluster = real_kafka::shared().unwrap();
    let cli = shared();
    cli.create("mixed", &["-p", "6"]);
    let bootstrap = cluster.bootstrap();
    let wait = |counts: &[usize]| {
        cli.wait_json(&["groups", "describe", "mixed"], |found| {
            let mut found_counts: Vec<usize> = members(found).into_iter().map(|(_, count)| count).collect();
            found_counts.sort_unstable();
            found["items"][0]["state"] == "Stable"
                && found["items"][0]["assignor"] == "cooperative-sticky"
                && found_counts == counts
        })
    };
    let mut java = tools()
        .unwrap()
        .spawn(
            "kafka-verifiable-consumer",
            &[
                "--bootstrap-server",
                &bootstrap,
                "--topic",
                "mixed",
                "--group-id",
                "mixed",
                "--reset-policy",
                "earliest",
                "--assignment-strategy",
                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
                "--group-protocol",
                "classic",
            ],
        )
        .unwrap();
    wait(&[6]);
    let ours = cli.start(&[
        "consume",
        "mixed",
        "--group",
        "mixed",
        "--from-beginning",
        "--client-id",
        "ours",
    ]);
    let half = wait(&[3, 3]);
    assert!(members(&half).contains(&("ours".to_owned(), 3)), "{half}");
    for partition in 0..6 {
        cli.produce(
            "mixed",
            &numbered(&format!("{partition}-"), 100),
            &["-p", &partition.to_string()],
        );
    }
    ours.wait_out(|text| text.lines().count() == 300);
    // The other way round: the Java member leaves, and all is ours.
    java.interrupt().unwrap();
    java.wait_ended(Duration::from_secs(60)).unwrap();
    wait(&[6]);
    cli.produce("mixed", &numbered("late", 60), &["-p", "0"]);
    cli.produce("mixed", &numbered("late", 60), &["-p", "5"]);
    let read = ours.wait_out(|text| text.lines().filter(|line| line.starts_with("late")).count() == 120);
    assert_eq!(
        read.lines().count(),
        420,
        "what the Java member committed is not read again"
    );
    let java_records: u64 = java
        .stdout()
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|event| event["name"] == "records_consumed")
        .filter_map(|event| event["count"].as_u64())
        .sum();
    assert_eq!(java_records, 300);
    ours.signal("INT");
    ours.end().failed(130);
    let end = cli.json(&["groups", "describe", "mixed"]);
    assert_eq!(
        (&end["items"][0]["state"], &end["items"][0]["totalLag"]),
        (&"Empty".into(), &0.into())
    );
}
