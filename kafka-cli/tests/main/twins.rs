//! Each command prints the same on the sandbox as on a real Kafka, once ids, ports and times are made equal.

use kafka_sandbox::Sandbox;
use real_kafka::KafkaCluster;
use regex::Regex;

use crate::support::{Ended, Kafkactl, at, on};

/// What a command was, and how it ended.
type Told = (String, Option<i32>, String, String);

/// Runs every command on a cluster of one broker, and returns what they print.
fn tour(cli: &Kafkactl) -> Vec<Told> {
    let mut told = Vec::new();
    let mut run = |arguments: &str, input: &str| {
        let words: Vec<&str> = arguments.split_whitespace().collect();
        let Ended { code, out, err, .. } = cli.feed(&words, input.as_bytes());
        let out = String::from_utf8_lossy(&out).into_owned();
        told.push((arguments.to_owned(), code, plain(&out), plain(&err)));
    };
    run("topics list", "");
    run("topics create t -p 2 -r 1 -c retention.ms=86400000", "");
    run("topics create t -p 2 -r 1", "");
    run("topics create bad!name -p 1", "");
    run("topics create u -p 1 -r 5", "");
    run("topics create u -p 1 -c retention.ms=soon", "");
    for format in ["table", "wide", "json", "yaml", "csv", "name"] {
        run(&format!("topics list -o {format}"), "");
        run(&format!("topics describe t -o {format}"), "");
    }
    run("topics alter t -p 3 --unset retention.ms", "");
    run("topics alter t -p 1", "");
    run("topics describe t nowhere", "");

    run("produce t -p 0", "one\ntwo\n");
    run("produce t -p 1 -z zstd", "three\nfour\n");
    run("produce nowhere", "x\n");
    for flags in ["", "-O jsonl", "--offset end", "--offset 1", "-n 1"] {
        run(
            &format!("consume t -p 0 --from-beginning --exit {flags}")
                .replace("--from-beginning --exit --offset", "--exit --offset"),
            "",
        );
    }
    run("consume nowhere --exit --from-beginning", "");
    run("consume t --group readers --from-beginning -n 4", "");
    for format in ["table", "json", "csv"] {
        run(&format!("groups list -o {format}"), "");
        run(&format!("groups describe readers -o {format}"), "");
    }
    run("groups describe nobody", "");
    run("cluster info -o json", "");
    run("cluster info", "");
    run("topics delete t", "");
    run("topics delete t", "");
    run("topics list", "");
    told
}

/// The text with the same ids, ports, times and versions in the place of those that differ from run to run.
fn plain(text: &str) -> String {
    [
        (r"(127\.0\.0\.1|localhost):\d+", "HOST:PORT"),
        (r#""port": ?\d+"#, "\"port\": PORT"),
        (r"127\.0\.0\.1 +\d+", "HOST PORT"),
        // The sandbox has no such groups, and so does not offer the features.
        (r#"(?m)^ *(Feature: +|")(share|streams)\.version.*\n"#, ""),
        (r"\b[A-Za-z0-9_-]{22}\b", "ID"),
        (r"\b\d{4}-\d\d-\d\d[T ][0-9:.]+Z?", "TIME"),
        (r"\b1[0-9]{12}\b", "MILLISECONDS"),
        // Columns are as wide as what is in them.
        (r" {2,}", "  "),
        (r"(?m) +$", ""),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (pattern, name)| {
        Regex::new(pattern).unwrap().replace_all(&text, name).into_owned()
    })
}

#[test]
fn commands_print_the_same_as_on_a_real_kafka() {
    real_kafka::require!(own);
    let real = KafkaCluster::builder().brokers(1).start().unwrap();
    let sandbox = Sandbox::builder().brokers(1).start_blocking().unwrap();
    let kafka = tour(&on(&real));
    let ours = tour(&at(&sandbox.bootstrap_servers()));
    let differences: Vec<String> = kafka
        .iter()
        .zip(&ours)
        .filter(|(kafka, ours)| kafka != ours)
        .map(|(kafka, ours)| format!("{}\n  Kafka   {kafka:?}\n  sandbox {ours:?}", kafka.0))
        .collect();
    println!("{} commands", kafka.len());
    assert!(
        differences.is_empty(),
        "{} of {} differ:\n{}",
        differences.len(),
        kafka.len(),
        differences.join("\n")
    );
}
