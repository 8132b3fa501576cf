//! Apache Kafka's own clients: the producer with transactions, the consumer with both protocols, the admin client.

use std::process::Command;
use std::time::Duration;

use real_kafka::{Distribution, Release};

use super::{program, sandbox};

const SOURCES: [(&str, &str); 1] = [("Clients.java", include_str!("../../java/Clients.java"))];
const PATIENCE: Duration = Duration::from_secs(120);

/// Runs the steps of the class; those that succeed are counted.
fn steps(release: &str, left_out: &[&str], succeed: usize) {
    real_kafka::require!(own);
    let kafka = Distribution::obtain(Release::TOOLS).unwrap();
    let classes = kafka.compile(&SOURCES).unwrap();
    let cluster = sandbox(release);
    let mut command = Command::new(real_kafka::java_program("java"));
    command
        .args(["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp"])
        .arg(format!("{}:{}", kafka.class_path(), classes.display()))
        .args(["Clients", &cluster.bootstrap_servers()])
        .args(left_out);
    let ended = program::run(&mut command, b"", PATIENCE).unwrap();
    let out = ended.success().unwrap_or_else(|why| panic!("{why}"));
    print!("{out}");
    let counted = out.lines().filter(|line| line.starts_with("ok ")).count();
    assert_eq!(counted, succeed, "{out}");
}

#[test]
fn java_clients() {
    steps("4.4", &[], 7);
}

#[test]
fn java_clients_against_4_0() {
    steps("4.0", &[], 7);
}

#[test]
fn java_clients_against_2_8() {
    // Both came later.
    steps(
        "2.8",
        &["consumer_group", "group_migration", "describe_transactions"],
        5,
    );
}
