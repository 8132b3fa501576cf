//! Python's clients: confluent-kafka, which is librdkafka, and kafka-python.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{install, program, sandbox};

const PATIENCE: Duration = Duration::from_secs(120);

/// Runs the steps of a script; those that succeed are counted.
fn steps(script: &str, release: &str, left_out: &[&str], succeed: usize) {
    let python = match install::python() {
        Ok(python) => python,
        Err(why) => return real_kafka::not_tested(&format!("{script} against the sandbox"), why),
    };
    let cluster = sandbox(release);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("python").join(script);
    let mut command = Command::new(python);
    command
        .arg("-B")
        .arg(path)
        .arg(cluster.bootstrap_servers())
        .args(left_out);
    let ended = program::run(&mut command, b"", PATIENCE).unwrap();
    let errors = ended.err.clone();
    let out = ended.success().unwrap_or_else(|why| panic!("{script}: {why}"));
    print!("{out}");
    let counted = out.lines().filter(|line| line.starts_with("ok ")).count();
    assert_eq!(counted, succeed, "{out}{errors}");
}

#[test]
fn confluent_kafka() {
    steps("confluent.py", "4.4", &[], 14);
}

#[test]
fn confluent_kafka_against_4_0() {
    steps("confluent.py", "4.0", &[], 14);
}

#[test]
fn confluent_kafka_against_2_8() {
    // Groups of KIP-848 and the offset of the newest record came later.
    steps("confluent.py", "2.8", &["consumer_group", "newest_record"], 12);
}

#[test]
fn kafka_python() {
    steps("pure.py", "4.4", &[], 9);
}

#[test]
fn kafka_python_against_4_0() {
    steps("pure.py", "4.0", &[], 9);
}

#[test]
fn kafka_python_against_2_8() {
    // It cannot read the answer in the version of 2.8: it looks for a field that came later.
    steps("pure.py", "2.8", &["cluster"], 8);
}
